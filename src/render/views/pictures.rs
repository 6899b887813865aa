//! The pictures of a site and the figures beside them, as templates see them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;
use tera::Value;

use super::terms::{link, terms};
use crate::{
    model::{CountryCode, Direction, PubDate},
    render::{
        dates::{self, Style},
        pictures::{self, Day, Place, shades},
        strings::Strings,
    },
    site::{Period, Site, Taxonomy, route},
};

/// Countries in the matrix.
const MATRIX: usize = 16;

/// Pairs in the table beside the matrix.
const PAIRS: usize = 20;

/// Months in a sparkline.
const MONTHS: usize = 24;

/// What the shades of a picture stand for: the least and the most of each.
#[derive(Serialize)]
struct Key {
    shade: usize,
    from: usize,
    to: usize,
}

fn keys(shades: &[usize], most: usize) -> Vec<Key> {
    let ends = shades.iter().skip(1).map(|next| next - 1).chain([most]);
    shades
        .iter()
        .zip(ends)
        .map(|(from, to)| Key {
            shade: pictures::shade(shades, *from),
            from: *from,
            to,
        })
        .collect()
}

fn mirrored(site: &Site, ui: usize) -> bool {
    site.ui_lang(ui).direction() == Direction::Rtl
}

/// `n briefings` in the interface's language.
fn in_words(site: &Site, strings: &Strings, ui: usize, figure: usize) -> String {
    let count = Some(figure as u64);
    strings
        .get(site.ui_lang(ui), "n_briefings", count, &BTreeMap::new())
        .unwrap_or_else(|| figure.to_string())
}

/// An object whose `svg` is markup already.
fn with_svg(view: &serde_json::Value, svg: &str) -> Value {
    match Value::from_serializable(view).into_map() {
        Some(mut map) => {
            map.insert("svg".into(), Value::safe_string(svg));
            Value::from(map)
        }
        None => Value::none(),
    }
}

/// The world, each country shaded by its number of briefings; the countries, most briefings first.
pub(in crate::render) fn map(site: &Site, strings: &Strings, ui: usize) -> Value {
    let mut countries = terms(site, Taxonomy::Countries, ui);
    countries.sort_by_key(|term| std::cmp::Reverse(term.page_count()));
    let most = countries
        .first()
        .map_or(0, super::terms::TermView::page_count);
    let shades = shades(most);
    let codes: Vec<String> = countries
        .iter()
        .map(|t| t.slug().to_ascii_uppercase())
        .collect();
    let places: Vec<Place<'_>> = countries
        .iter()
        .zip(&codes)
        .map(|(term, code)| Place {
            code,
            figure: term.page_count(),
            label: format!(
                "{}: {}",
                term.name(),
                in_words(site, strings, ui, term.page_count())
            ),
            path: term.path().to_owned(),
        })
        .collect();
    let svg = pictures::map(&places, &shades);
    with_svg(
        &json!({"keys": keys(&shades, most), "countries": countries}),
        &svg,
    )
}

/// The countries that most often share a briefing, and how often two of them do. Nothing where no two do.
pub(in crate::render) fn matrix(site: &Site, strings: &Strings, ui: usize) -> Value {
    let meetings = meetings(site);
    let mut ranked: BTreeMap<CountryCode, usize> = BTreeMap::new();
    for ((one, other), count) in &meetings {
        *ranked.entry(*one).or_default() += count;
        *ranked.entry(*other).or_default() += count;
    }
    let mut ranked: Vec<(CountryCode, usize)> = ranked.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ranked.truncate(MATRIX);
    let links: Vec<_> = ranked
        .iter()
        .map(|(code, _)| code.as_str().to_ascii_lowercase())
        .map(|slug| link(site, Taxonomy::Countries, &slug, ui))
        .collect();
    let names: Vec<String> = links.iter().map(|l| l.name.clone()).collect();
    let place = |code: &CountryCode| ranked.iter().position(|(c, _)| c == code);
    let both: BTreeMap<(usize, usize), usize> = meetings
        .iter()
        .filter_map(|((one, other), count)| {
            let (one, other) = (place(one)?, place(other)?);
            Some(((one.min(other), one.max(other)), *count))
        })
        .collect();
    let most = both.values().copied().max().unwrap_or_default();
    if most == 0 {
        return Value::none();
    }
    let shades = shades(most);
    let figure = |a: usize, b: usize| {
        let figure = both.get(&(a.min(b), a.max(b))).copied().unwrap_or_default();
        let name = |at: usize| names.get(at).map_or("", String::as_str);
        let words = in_words(site, strings, ui, figure);
        (figure, format!("{} + {}: {words}", name(a), name(b)))
    };
    let svg = pictures::matrix(&names, figure, &shades, mirrored(site, ui));
    let mut pairs: Vec<_> = both.iter().collect();
    pairs.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let pairs: Vec<_> = pairs
        .into_iter()
        .take(PAIRS)
        .map(|((a, b), count)| json!({"one": links.get(*a), "other": links.get(*b), "page_count": count}))
        .collect();
    with_svg(&json!({"keys": keys(&shades, most), "pairs": pairs}), &svg)
}

/// How many briefings are about both of two countries, the lower code first.
fn meetings(site: &Site) -> BTreeMap<(CountryCode, CountryCode), usize> {
    let mut meetings = BTreeMap::new();
    for item in &site.briefings {
        let mut codes = item.card.countries.clone();
        codes.sort_unstable();
        codes.dedup();
        for (at, one) in codes.iter().enumerate() {
            for other in codes.iter().skip(at + 1) {
                *meetings.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    meetings
}

/// The months of a year that have briefings, each a sheet of the calendar whose days lead to their lists.
pub(in crate::render) fn calendar(
    site: &Site,
    strings: &Strings,
    year: Period,
    ui: usize,
) -> serde_json::Value {
    let inside = |p: &Period| p.year == year.year;
    let periods: Vec<(Period, usize)> = site
        .archive
        .range(year..)
        .map(|(p, of)| (*p, of.len()))
        .take_while(|(p, _)| inside(p))
        .collect();
    let days = || periods.iter().filter(|(p, _)| p.day.is_some());
    let most = days().map(|(_, count)| *count).max().unwrap_or_default();
    let shades = shades(most);
    let lang = site.ui_lang(ui);
    let sheets: Vec<_> = periods
        .iter()
        .filter(|(p, _)| p.month.is_some() && p.day.is_none())
        .filter_map(|(month, count)| {
            let first = month.first_day()?;
            let own: Vec<Day> = days()
                .filter(|(p, _)| p.month == month.month)
                .filter_map(|(p, figure)| {
                    let date = dates::format(&PubDate::day(p.first_day()?), lang, Style::Long);
                    Some(Day {
                        number: p.day?,
                        figure: *figure,
                        label: format!("{date}: {}", in_words(site, strings, ui, *figure)),
                        path: site.config.base_url.rooted(&route::archive(site, *p, ui)),
                    })
                })
                .collect();
            let svg = pictures::month(first, &own, &shades, mirrored(site, ui));
            let title = dates::format(&PubDate::day(first), lang, Style::MonthName);
            let path = site
                .config
                .base_url
                .rooted(&route::archive(site, *month, ui));
            Some(json!({"title": title, "path": path, "page_count": count, "svg": svg}))
        })
        .collect();
    json!({"sheets": sheets, "keys": keys(&shades, most)})
}

/// The course of a term over the months up to the newest briefing of the site, as a line.
pub(in crate::render) fn course(site: &Site, taxonomy: Taxonomy, slug: &str, ui: usize) -> String {
    let month = |at: usize| {
        let date = site.briefings.get(at)?.card.date.as_ref()?.civil();
        Some(i32::from(date.year()) * 12 + i32::from(date.month()) - 1)
    };
    let Some(last) = (0..site.briefings.len()).find_map(month) else {
        return String::new();
    };
    let mut figures = [0; MONTHS];
    for at in site.terms_of(taxonomy).get(slug).into_iter().flatten() {
        let age = month(*at).and_then(|month| usize::try_from(last - month).ok());
        if let Some(figure) = age
            .and_then(|age| MONTHS.checked_sub(age + 1))
            .and_then(|place| figures.get_mut(place))
        {
            *figure += 1;
        }
    }
    pictures::sparkline(&figures, mirrored(site, ui))
}
