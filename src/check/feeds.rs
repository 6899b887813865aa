//! The bytes of a feed → what keeps readers of feeds from reading it: it is not well-formed, or two entries have one id.

use std::collections::BTreeSet;

use quick_xml::{Reader, events::Event};
use serde_json::Value;

use crate::{
    diagnostic::{Diagnostic, Rule},
    site::{data::Format, route},
};

/// The faults of the feed at a path.
pub(super) fn faults(path: &str, format: Format, bytes: &[u8]) -> Vec<Diagnostic> {
    let read = match format {
        Format::Atom => atom(bytes),
        Format::JsonFeed => json(bytes),
        _ => return Vec::new(),
    };
    let messages = match read {
        Err(why) => vec![format!("the feed can't be read: {why}")],
        Ok(ids) => twice(&ids)
            .into_iter()
            .map(|id| format!("two entries of the feed have the id {id}"))
            .collect(),
    };
    messages
        .into_iter()
        .map(|message| {
            Diagnostic::error(route::output_file(path), message)
                .rule(Rule::Feed)
                .help("readers of feeds show such entries once, or not at all: look for what the briefings share")
        })
        .collect()
}

/// The ids of the entries of an Atom feed.
fn atom(bytes: &[u8]) -> Result<Vec<String>, String> {
    // Well-formed first: readers of feeds forgive more than they should.
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = true;
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|e| e.to_string())? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof if depth > 0 => return Err("an element has no end".to_owned()),
            Event::Eof => break,
            _ => {}
        }
    }
    let feed = feed_rs::parser::parse(bytes).map_err(|e| e.to_string())?;
    Ok(feed.entries.into_iter().map(|entry| entry.id).collect())
}

/// The ids of the items of a JSON Feed.
fn json(bytes: &[u8]) -> Result<Vec<String>, String> {
    let feed: Value = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    let items = feed["items"].as_array().ok_or("it has no `items`")?;
    let id = |item: &Value| {
        item["id"]
            .as_str()
            .map(str::to_owned)
            .ok_or("an item has no `id`".to_owned())
    };
    items.iter().map(id).collect()
}

fn twice(ids: &[String]) -> BTreeSet<&String> {
    let mut seen = BTreeSet::new();
    ids.iter().filter(|id| !seen.insert(*id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str =
        "<entry><id>urn:a</id><title>A</title><updated>2026-01-27T00:00:00Z</updated></entry>";

    #[test]
    fn a_feed_that_is_cut_or_has_an_id_twice_is_a_fault() {
        let feed = |inner: &str| {
            format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><id>urn:f</id><title>F</title><updated>2026-01-27T00:00:00Z</updated>{inner}</feed>"
            )
        };
        let said = |text: &str, format| faults("/atom.xml", format, text.as_bytes());
        assert_eq!(said(&feed(ENTRY), Format::Atom), []);
        assert!(
            said(&feed(&ENTRY.repeat(2)), Format::Atom)[0]
                .message
                .contains("urn:a")
        );
        assert_eq!(
            said(&feed(ENTRY).replace("</feed>", ""), Format::Atom).len(),
            1
        );
        assert_eq!(
            said(r#"{"items": [{"id": "a"}, {"id": "b"}]}"#, Format::JsonFeed),
            []
        );
        assert_eq!(
            said(r#"{"items": [{"id": "a"}, {"id": "a"}]}"#, Format::JsonFeed).len(),
            1
        );
        assert_eq!(said(r#"{"items": [{}]}"#, Format::JsonFeed).len(), 1);
    }
}
