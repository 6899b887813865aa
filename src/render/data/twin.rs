//! A content file → its Markdown twin: a short front matter, then the body with full addresses. Raw HTML is text here, too.

use std::{fmt::Write, ops::Range};

use pulldown_cmark::{Event, Parser, Tag};

use super::publisher;
use crate::{
    content::Kind,
    model::{CountryCode, TopicSlug},
    render::{
        links::{Links, Target},
        markdown::options,
    },
    site::{Item, Site, data::changed},
    yaml::scalar,
};

pub(super) fn markdown(site: &Site, item: &Item) -> Vec<u8> {
    let (card, front) = (&item.card, &item.entry.front);
    let mut text = String::from("---\n");
    // Writing to a string cannot fail.
    let mut put = |key: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "{key}: {}", scalar(value));
        }
    };
    put("title", &card.title);
    if let Some(date) = &card.date {
        put("date", date.as_str());
    }
    if let Some(date) = changed(item).filter(|d| Some(*d) != card.date.as_ref()) {
        put("updated", date.as_str());
    }
    put("lang", card.lang.as_str());
    put("url", &site.config.base_url.absolute(&card.path));
    if card.kind == Kind::Briefing {
        put("number", front.number.as_deref().unwrap_or_default());
        put("publisher", publisher(site));
    }
    put("summary", &card.summary);
    list(
        &mut text,
        "countries",
        card.countries.iter().map(CountryCode::as_str),
    );
    list(
        &mut text,
        "topics",
        card.topics.iter().map(TopicSlug::as_str),
    );
    let _ = write!(text, "---\n\n# {}\n\n", card.title.replace('\n', " "));
    text.push_str(body(site, item).trim_start());
    if !text.ends_with('\n') {
        text.push('\n');
    }
    for correction in &front.corrections {
        let date = correction.date.as_ref().map(|d| format!("{d}: "));
        let words = correction.text.replace('\n', " ");
        let _ = write!(text, "\n> {}{words}\n", date.unwrap_or_default());
    }
    text.into_bytes()
}

fn list<'a>(text: &mut String, key: &str, values: impl Iterator<Item = &'a str>) {
    let values: Vec<String> = values.map(scalar).collect();
    if !values.is_empty() {
        let _ = writeln!(text, "{key}: [{}]", values.join(", "));
    }
}

/// The body without a first heading that says the title again; its links are full addresses, those that lead nowhere are empty.
fn body(site: &Site, item: &Item) -> String {
    let body = &item.entry.body;
    let links = Links::absolute(site, &item.entry.path);
    let target = |link: &str| match links.resolve(link) {
        // A space or a bracket would end the address.
        Target::Address(address) => address
            .replace(' ', "%20")
            .replace('(', "%28")
            .replace(')', "%29"),
        Target::Nowhere(_) => String::new(),
    };
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let parser = Parser::new_ext(body, options());
    for (_, definition) in parser.reference_definitions().iter() {
        if let Some(at) = place(body, &definition.span, &definition.dest) {
            changes.push((at, target(&definition.dest)));
        }
    }
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                if let Some(at) = place(body, &range, &dest_url) {
                    changes.push((at, target(&dest_url)));
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                let html = body.get(range.clone()).unwrap_or_default();
                changes.push((range, html.replace('<', "\\<")));
            }
            _ => {}
        }
    }
    changes.sort_by_key(|(at, _)| (at.start, at.end));
    let mut out = String::with_capacity(body.len());
    let mut done = 0;
    for (at, new) in changes {
        // What lies within something that was changed already stays as it was changed.
        if let Some(between) = body.get(done..at.start) {
            out.push_str(between);
            out.push_str(&new);
            done = at.end;
        }
    }
    out.push_str(body.get(done..).unwrap_or_default());
    let title = format!("# {}\n", item.card.title);
    match out.trim_start().strip_prefix(&title) {
        Some(rest) => rest.to_owned(),
        None => out,
    }
}

/// Where in a link's source its address stands: after its text. `None` for autolinks of mail and for addresses written with escapes.
fn place(body: &str, range: &Range<usize>, address: &str) -> Option<Range<usize>> {
    let source = body.get(range.clone())?;
    if address.is_empty() || source.starts_with('<') {
        return None;
    }
    let after = source.rfind("](").or_else(|| source.find("]:"))?;
    let at = range.start + after + source.get(after..)?.find(address)?;
    Some(at..at + address.len())
}
