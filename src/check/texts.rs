//! Texts → images that nobody described, links to other sites, titles and texts that are there twice.

use std::{cell::LazyCell, collections::BTreeMap};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::{
    content::{Kind, addresses::dialect},
    diagnostic::{Diagnostic, Lines, Rule},
    site::Item,
};

/// A text that is there twice must be as long as this, in bytes, to be more than a form.
const LONG: usize = 240;

/// A link to another site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outgoing {
    /// The address, without fragment.
    pub url: String,
    /// The content file.
    pub file: String,
    /// 1-based line there.
    pub line: usize,
}

/// What a check asks of the Markdown of one file.
pub(super) fn read(item: &Item) -> (Vec<Diagnostic>, Vec<Outgoing>) {
    let body: &str = &item.entry.body;
    let file = format!("content/{}", item.card.source);
    let mut faults = Vec::new();
    let mut outgoing = Vec::new();
    let mut image: Option<(String, usize, String)> = None;
    let lines = LazyCell::new(|| Lines::of(body, item.entry.body_line));
    for (event, range) in Parser::new_ext(body, dialect()).into_offset_iter() {
        let line = || lines.at(range.start);
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let url = dest_url.split('#').next().unwrap_or_default();
                if url.starts_with("http://") || url.starts_with("https://") {
                    outgoing.push(Outgoing {
                        url: url.to_owned(),
                        file: file.clone(),
                        line: line(),
                    });
                }
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                image = Some((dest_url.into_string(), line(), String::new()));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((.., described)) = &mut image {
                    described.push_str(&text);
                }
            }
            Event::End(TagEnd::Image) => {
                let fault = image.take().and_then(|(url, line, described)| {
                    Some((undescribed(&url, &described)?, line))
                });
                faults.extend(fault.map(|(message, line)| {
                    Diagnostic::warning(&file, message)
                        .rule(Rule::AltMissing)
                        .at(line)
                        .help("say between the brackets what the image shows: ![Map of the two ports](map.png)")
                }));
            }
            _ => {}
        }
    }
    (faults, outgoing)
}

fn undescribed(url: &str, described: &str) -> Option<String> {
    let described = described.trim();
    let name = url.rsplit('/').next().unwrap_or(url);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    if described.is_empty() {
        return Some(format!("the image `{url}` has no description"));
    }
    let is_name = described.eq_ignore_ascii_case(name)
        || (described.eq_ignore_ascii_case(stem)
            && !described.contains(' ')
            && described.contains(['_', '-', '.'])
            || described.eq_ignore_ascii_case(stem)
                && described.bytes().any(|c| c.is_ascii_digit()));
    is_name.then(|| format!("the image `{url}` has its file name for a description"))
}

/// Titles that two pages of one language have, or two briefings of one language and day; and texts that two briefings have.
pub(super) fn twice<'a>(items: impl Iterator<Item = &'a Item> + Clone) -> Vec<Diagnostic> {
    let mut titles: BTreeMap<(String, String, String), &Item> = BTreeMap::new();
    let mut texts: BTreeMap<&str, &Item> = BTreeMap::new();
    let mut found = Vec::new();
    let mut sorted: Vec<&Item> = items.collect();
    sorted.sort_by(|a, b| a.card.source.cmp(&b.card.source));
    for item in sorted {
        let briefing = item.card.kind == Kind::Briefing;
        let day = item.card.date.as_ref().filter(|_| briefing);
        let key = (
            item.card.title.to_lowercase(),
            item.card.lang.to_string(),
            day.map_or_else(|| format!("{briefing}"), ToString::to_string),
        );
        let file = format!("content/{}", item.card.source);
        let text = item.entry.body.trim();
        let line = item.entry.front.line(&["title"]);
        if let Some(other) = texts.get(text).filter(|_| briefing && text.len() >= LONG) {
            let message = format!("the text is that of content/{}", other.card.source);
            found.push(
                Diagnostic::warning(&file, message)
                    .rule(Rule::TextDuplicate)
                    .at(item.entry.body_line)
                    .help("keep one of the two, and lead the other's address here with `aliases`"),
            );
        } else if let Some(other) = titles.get(&key) {
            let message = format!(
                "the title `{}` is that of content/{} too",
                item.card.title, other.card.source
            );
            found.push(
                Diagnostic::warning(&file, message)
                    .rule(Rule::TitleDuplicate)
                    .at(line)
                    .help("say in one of the two titles what sets it apart"),
            );
        }
        titles.entry(key).or_insert(item);
        if briefing {
            texts.entry(text).or_insert(item);
        }
    }
    found
}
