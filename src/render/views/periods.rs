//! Years, months and days as templates see them.

use serde::Serialize;
use serde_json::json;

use super::Crumb;
use crate::{
    model::{Lang, PubDate},
    render::dates::{self, Style},
    site::{Period, Site, route},
};

/// A period with its number of briefings.
#[derive(Serialize)]
pub(in crate::render) struct PeriodView {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
    /// `2026`, `2026-01` or `2026-01-27`.
    date: String,
    pub(super) title: String,
    pub(super) path: String,
    page_count: usize,
}

/// A period and those it lies in, outermost first.
pub(in crate::render) fn periods_above(
    site: &Site,
    period: Option<Period>,
    ui: usize,
) -> Vec<Crumb> {
    let mut crumbs = Vec::new();
    let mut next = period;
    while let Some(period) = next {
        crumbs.push(Crumb::new(
            site,
            &short_name(period, site.ui_lang(ui)),
            &route::archive(site, period, ui),
        ));
        next = period.parent();
    }
    crumbs.reverse();
    crumbs
}

fn short_name(period: Period, lang: &Lang) -> String {
    match (period.day, period.month) {
        (Some(day), _) => day.to_string(),
        (None, Some(_)) => in_words(period, lang, Style::MonthName),
        (None, None) => period.year.to_string(),
    }
}

fn in_words(period: Period, lang: &Lang, style: Style) -> String {
    period
        .first_day()
        .map(|day| dates::format(&PubDate::day(day), lang, style))
        .unwrap_or_default()
}

/// A period in words: `27 January 2026`.
pub(in crate::render) fn period_title(site: &Site, period: Period, ui: usize) -> String {
    let lang = site.ui_lang(ui);
    match (period.day, period.month) {
        (Some(_), _) => in_words(period, lang, Style::Long),
        (None, Some(_)) => in_words(period, lang, Style::Month),
        (None, None) => period.year.to_string(),
    }
}

/// A year, month or day with the periods in it, and the one before and after.
pub(in crate::render) fn archive(site: &Site, period: Period, ui: usize) -> serde_json::Value {
    let title = period_title(site, period, ui);
    let kind = match (period.day, period.month) {
        (Some(_), _) => "day",
        (None, Some(_)) => "month",
        (None, None) => "year",
    };
    let alike = |p: &&Period| {
        p.month.is_some() == period.month.is_some() && p.day.is_some() == period.day.is_some()
    };
    let before = site
        .archive
        .range(..period)
        .map(|(p, _)| p)
        .rev()
        .find(alike);
    let after = site
        .archive
        .range(period..)
        .map(|(p, _)| p)
        .filter(|p| **p != period)
        .find(alike);
    let view = |p: Period| period_view(site, p, ui);
    let inside =
        |p: &Period| p.year == period.year && (period.month.is_none() || p.month == period.month);
    let children: Vec<PeriodView> = site
        .archive
        .range(period..)
        .map(|(p, _)| *p)
        .take_while(inside)
        .filter(|p| p.parent() == Some(period))
        .map(view)
        .collect();
    json!({
        "kind": kind, "year": period.year, "month": period.month, "day": period.day, "title": title,
        "path": view(period).path, "page_count": view(period).page_count, "children": children,
        "parent": period.parent().map(view), "previous": before.copied().map(view), "next": after.copied().map(view),
    })
}

fn period_view(site: &Site, period: Period, ui: usize) -> PeriodView {
    PeriodView {
        year: period.year,
        month: period.month,
        day: period.day,
        date: [period.month, period.day]
            .into_iter()
            .flatten()
            .fold(format!("{:04}", period.year), |date, part| {
                format!("{date}-{part:02}")
            }),
        title: short_name(period, site.ui_lang(ui)),
        path: site
            .config
            .base_url
            .rooted(&route::archive(site, period, ui)),
        page_count: site.archive.get(&period).map_or(0, Vec::len),
    }
}

/// All years, newest first.
pub(in crate::render) fn years(site: &Site, ui: usize) -> Vec<PeriodView> {
    site.archive
        .keys()
        .rev()
        .filter(|p| p.month.is_none())
        .map(|p| period_view(site, *p, ui))
        .collect()
}
