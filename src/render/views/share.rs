//! What a link to a page shows where it is shared (Open Graph), and which files for machines lie beside a page.

use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    config::Output,
    model::{Lang, PubDate},
    render::data,
    site::{
        Data, Item, Scope, Site,
        data::{Format, Picture, changed},
        route,
    },
};

/// A file beside a page.
#[derive(Clone, Debug, Serialize)]
pub(in crate::render) struct Beside {
    /// What it is of.
    title: String,
    /// What readers call its format.
    format: &'static str,
    /// Its media type.
    r#type: &'static str,
    path: String,
}

/// The feeds of a list, then those of the site in the interface's language or else of all: each format.
pub(in crate::render) fn feeds(site: &Site, ui: usize, of: Option<&Scope>) -> Vec<Beside> {
    // A site in Chinese (zh) has its texts in zh-Hans.
    let tongue = site
        .facets
        .languages
        .keys()
        .find(|lang| site.ui(lang) == ui);
    let tongue = tongue.filter(|_| ui > 0).cloned().map(Scope::Language);
    let own = of.cloned();
    let all = match own {
        Some(Scope::Site) => [own, tongue, None],
        _ => [own, tongue, Some(Scope::Site)],
    };
    all.into_iter()
        .flatten()
        .flat_map(|scope| {
            [
                (Format::Atom, "Atom", "application/atom+xml"),
                (Format::JsonFeed, "JSON Feed", "application/feed+json"),
            ]
            .into_iter()
            .filter_map(move |kind| list(site, ui, &scope, kind))
        })
        .collect()
}

/// The tables of a list.
pub(in crate::render) fn tables(site: &Site, ui: usize, scope: &Scope) -> Vec<Beside> {
    let kinds = [
        (Format::Csv, "CSV", "text/csv"),
        (Format::Json, "JSON", "application/json"),
    ];
    let tables = kinds.into_iter();
    tables
        .filter_map(|kind| list(site, ui, scope, kind))
        .collect()
}

fn list(
    site: &Site,
    ui: usize,
    scope: &Scope,
    (format, name, r#type): (Format, &'static str, &'static str),
) -> Option<Beside> {
    let path = route::address(site, &Data::List(scope.clone(), format));
    format.is_of(site, scope).then(|| Beside {
        title: data::title(site, scope, ui),
        format: name,
        r#type,
        path: site.config.base_url.rooted(&path),
    })
}

/// The same text as a briefing's or page's own, for programs.
pub(in crate::render) fn twins(site: &Site, item: &Item, is_briefing: bool) -> Vec<Beside> {
    let has = |output| site.config.outputs.has(output);
    let twin = |format, r#type, path: String| Beside {
        title: item.card.title.clone(),
        format,
        r#type,
        path: site.config.base_url.rooted(&path),
    };
    let path = &item.card.path;
    let mut all = Vec::new();
    if item.entry.front.withdrawn.is_some() {
        return all;
    }
    if has(Output::Markdown) {
        all.push(twin("Markdown", "text/markdown", route::markdown(path)));
    }
    if is_briefing && has(Output::Ninjs) {
        all.push(twin("ninjs", "application/json", route::ninjs(path)));
    }
    all
}

/// The picture of a shared link: its address, and whether it is one of ours, whose measures are known.
pub(in crate::render) fn picture(
    site: &Site,
    ui: usize,
    position: Option<usize>,
) -> Option<(String, bool)> {
    let config = &site.config;
    let given = config.share_image.as_str();
    if given.contains("://") {
        return Some((given.to_owned(), false));
    }
    if !given.is_empty() {
        return Some((config.base_url.absolute(given), false));
    }
    let of = position.map_or(Picture::Site(ui), Picture::Briefing);
    let path = route::address(site, &Data::Card(of));
    let made = config.outputs.has(Output::Cards);
    made.then(|| (config.base_url.absolute(&path), true))
}

/// What Open Graph asks for; of a briefing, its position is given, too.
pub(in crate::render) fn share(
    site: &Site,
    ui: usize,
    title: &str,
    (item, position): (Option<&Item>, Option<usize>),
    image: Option<&(String, bool)>,
) -> Value {
    let shown = item.filter(|item| item.entry.front.withdrawn.is_none());
    let words = site.config.words(site.ui_lang(ui));
    let summary = shown.map_or("", |item| &item.card.summary);
    let description = if summary.is_empty() {
        words.description
    } else {
        summary
    };
    let lang = item.map_or_else(|| site.ui_lang(ui), |item| &item.card.lang);
    let others = item.and_then(|item| site.translations.get(&item.card.source));
    let others: Vec<String> = match (item, others) {
        (_, Some(versions)) => versions.iter().filter_map(|v| locale(&v.lang)).collect(),
        (None, None) => site.config.languages.iter().filter_map(locale).collect(),
        (Some(_), None) => Vec::new(),
    };
    let own = locale(lang);
    let others: Vec<String> = others
        .into_iter()
        .filter(|l| Some(l) != own.as_ref())
        .collect();
    let image = image.map(|(url, ours)| {
        json!({"url": url, "alt": if *ours { format!("{} – {title}", words.title) } else { words.title.to_owned() },
               "width": ours.then_some(1200), "height": ours.then_some(630)})
    });
    json!({
        "title": title, "description": description, "type": if position.is_some() { "article" } else { "website" },
        "locale": own, "locales": others, "image": image,
        "published": position.and(item).and_then(|i| i.card.date.as_ref()).map(PubDate::to_rfc3339),
        "modified": position.and(item).and_then(changed).map(PubDate::to_rfc3339),
    })
}

/// A language with a territory, as Open Graph wants it: `fr_FR`. `None` for languages of which it is not known.
fn locale(lang: &Lang) -> Option<String> {
    let primary = lang.primary();
    let territory = lang.as_str().split('-').skip(1).find(|p| p.len() == 2);
    let territory = territory.or_else(|| match lang.as_str() {
        "ar" => Some("AR"),
        "en" => Some("GB"),
        "zh-Hant" => Some("TW"),
        _ => TERRITORIES
            .iter()
            .find(|(known, _)| *known == primary)
            .map(|(_, territory)| *territory),
    })?;
    Some(format!("{primary}_{territory}"))
}

/// The country in which most speakers of a language live, by CLDR's likely subtags; of Arabic, what Open Graph writes.
const TERRITORIES: [(&str, &str); 56] = [
    ("am", "ET"),
    ("az", "AZ"),
    ("bg", "BG"),
    ("bn", "BD"),
    ("bs", "BA"),
    ("ca", "ES"),
    ("cs", "CZ"),
    ("cy", "GB"),
    ("da", "DK"),
    ("de", "DE"),
    ("el", "GR"),
    ("es", "ES"),
    ("et", "EE"),
    ("eu", "ES"),
    ("fa", "IR"),
    ("fi", "FI"),
    ("fr", "FR"),
    ("ga", "IE"),
    ("gl", "ES"),
    ("he", "IL"),
    ("hi", "IN"),
    ("hr", "HR"),
    ("hu", "HU"),
    ("hy", "AM"),
    ("id", "ID"),
    ("is", "IS"),
    ("it", "IT"),
    ("ja", "JP"),
    ("ka", "GE"),
    ("kk", "KZ"),
    ("ko", "KR"),
    ("lt", "LT"),
    ("lv", "LV"),
    ("mk", "MK"),
    ("ms", "MY"),
    ("nb", "NO"),
    ("nl", "NL"),
    ("nn", "NO"),
    ("pl", "PL"),
    ("pt", "PT"),
    ("ro", "RO"),
    ("ru", "RU"),
    ("sk", "SK"),
    ("sl", "SI"),
    ("sq", "AL"),
    ("sr", "RS"),
    ("sv", "SE"),
    ("sw", "KE"),
    ("ta", "IN"),
    ("te", "IN"),
    ("th", "TH"),
    ("tr", "TR"),
    ("uk", "UA"),
    ("ur", "PK"),
    ("vi", "VN"),
    ("zh", "CN"),
];
