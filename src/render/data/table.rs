//! Briefings → a table of them, all of a list: CSV (RFC 4180, UTF-8 with a byte order mark, since spreadsheets guess otherwise) or JSON.

use serde_json::{Value, json};

use super::title;
use crate::{
    model::PubDate,
    site::{
        Data, Item, Scope, Site,
        data::{Format, changed, id},
        route,
    },
};

const COLUMNS: [&str; 11] = [
    "date",
    "title",
    "language",
    "countries",
    "topics",
    "people",
    "organisations",
    "number",
    "url",
    "updated",
    "id",
];

/// A row a briefing. Several values of a cell are parted by `; `.
pub(super) fn csv(site: &Site, positions: &[usize]) -> Vec<u8> {
    let mut rows = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{FEFF}".as_bytes().to_vec());
    // Writing to memory cannot fail.
    let _ = rows.write_record(COLUMNS);
    for item in positions.iter().filter_map(|at| site.briefings.get(*at)) {
        let _ = rows.write_record(row(site, item).iter().map(|cell| harmless(cell)));
    }
    rows.into_inner().unwrap_or_default()
}

fn row(site: &Site, item: &Item) -> [String; 11] {
    fn joined<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
        let values: Vec<String> = values.into_iter().map(|v| v.to_string()).collect();
        values.join("; ")
    }
    let card = &item.card;
    let front = &item.entry.front;
    let date = |date: Option<&PubDate>| date.map(ToString::to_string).unwrap_or_default();
    [
        date(card.date.as_ref()),
        card.title.clone(),
        card.lang.to_string(),
        joined(&card.countries),
        joined(&card.topics),
        joined(front.people.iter().map(|p| &p.name)),
        joined(&front.organisations),
        front.number.clone().unwrap_or_default(),
        site.config.base_url.absolute(&card.path),
        date(changed(item)),
        id(site, item),
    ]
}

/// A cell that a spreadsheet would take for a formula begins with an apostrophe.
pub fn harmless(cell: &str) -> String {
    // Spaces before the sign are no help, and its wide form is the same to some programs.
    let sign = cell.trim_start_matches(|c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
    });
    if sign.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n'])
    {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// The same as an object with one object a briefing.
pub(super) fn json(site: &Site, scope: &Scope, positions: &[usize]) -> Value {
    let base = &site.config.base_url;
    let own = route::address(site, &Data::List(scope.clone(), Format::Json));
    let items = positions.iter().filter_map(|at| site.briefings.get(*at));
    let rows: Vec<Value> = items.map(|item| object(site, item)).collect();
    json!({
        "title": title(site, scope, 0),
        "url": base.absolute(&own),
        "page": base.absolute(&route::folder(site, scope)),
        "count": rows.len(),
        "briefings": rows,
    })
}

fn object(site: &Site, item: &Item) -> Value {
    let card = &item.card;
    let front = &item.entry.front;
    json!({
        "id": id(site, item),
        "url": site.config.base_url.absolute(&card.path),
        "title": card.title,
        "date": card.date,
        "updated": changed(item),
        "language": card.lang,
        "summary": card.summary,
        "countries": card.countries.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "topics": card.topics,
        "people": front.people,
        "organisations": front.organisations,
        "number": front.number,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-5 °C", "'-5 °C"),
            ("a=b", "a=b"),
        ] {
            assert_eq!(harmless(cell), written);
        }
    }
}
