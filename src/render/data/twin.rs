//! A content file → its Markdown twin: a short front matter, then the body with full addresses. Raw HTML is text here, too.

use std::{fmt::Write, ops::Range};

use pulldown_cmark::{Event, Parser};

use super::publisher;
use crate::{
    content::{
        Kind,
        addresses::{Address, Form, addresses, dialect, replaced},
    },
    model::{CountryCode, TopicSlug},
    render::links::{Links, Target},
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
        put("issuer", front.issuer.as_deref().unwrap_or_default());
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
    let _ = write!(
        text,
        "---\n\n# {}\n\n",
        escaped(&card.title.replace('\n', " "))
    );
    text.push_str(body(site, item).trim_start());
    if !text.ends_with('\n') {
        text.push('\n');
    }
    for correction in &front.corrections {
        let date = correction.date.as_ref().map(|d| format!("{d}: "));
        let words = escaped(&correction.text.replace('\n', " "));
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

/// The body without a first heading that says the title again; its links are full addresses, those that lead nowhere are empty, or text where
/// their address is written with escapes.
fn body(site: &Site, item: &Item) -> String {
    // As a text once: a body is checked each time it is made one.
    let body: &str = &item.entry.body;
    let links = Links::absolute(site, &item.entry.path);
    let target = |link: &str| match links.resolve(link) {
        // A space or a bracket would end the address.
        Target::Address(address) => address
            .replace(' ', "%20")
            .replace('(', "%28")
            .replace(')', "%29"),
        Target::Nowhere(_) => String::new(),
    };
    let leads = |link: &str| matches!(links.resolve(link), Target::Address(_));
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for Address {
        dest,
        form,
        whole,
        at,
        ..
    } in addresses(body)
    {
        match (at, form) {
            (Some(at), Form::Inline | Form::Definition) => changes.push((at, target(&dest))),
            _ if leads(&dest) => {}
            (_, Form::Definition) => changes.push((whole, String::new())),
            _ => changes.push((whole.clone(), text_of(body, whole))),
        }
    }
    if body.contains('<') {
        for (event, range) in Parser::new_ext(body, dialect()).into_offset_iter() {
            if matches!(event, Event::Html(_) | Event::InlineHtml(_)) {
                changes.push((range.clone(), text_of(body, range)));
            }
        }
    }
    // What lies within something that was changed already stays as it was changed.
    let out = replaced(body, changes);
    let title = format!("# {}\n", item.card.title);
    match out.trim_start().strip_prefix(&title) {
        Some(rest) => rest.to_owned(),
        None => out,
    }
}

/// A piece of the source as text that no reader of Markdown takes for a link or for HTML.
fn text_of(body: &str, range: Range<usize>) -> String {
    escaped(body.get(range).unwrap_or_default())
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::Tag;

    use super::*;
    use crate::pipeline::{BuildOptions, Memo, Sources, build};

    /// The twin of a page with this title and body.
    fn twin(title: &str, body: &str) -> String {
        let page = format!("---\ntitle: '{title}'\n---\n{body}");
        let sources = Sources {
            content: [("a.md".to_owned(), page.into_bytes().into())].into(),
            ..Sources::default()
        };
        let (renderer, _) = build(&sources, &BuildOptions::default(), &mut Memo::default());
        let renderer = renderer.expect("a site");
        let item = renderer.site().item("a.md").expect("the page");
        String::from_utf8(markdown(renderer.site(), item)).expect("UTF-8")
    }

    #[test]
    fn what_the_page_refuses_is_no_link_here() {
        let body = "[a](javascript&#58;alert(1)) [b](javascript\\:alert(1)) <javascript:alert(1)> [c](javascript:alert(1)) [d][e]\n\n\
                    <div>\n[f](javascript:alert(1))\n</div>\n\n[e]: javascript&#58;alert(1)\n";
        let twin = twin("<img onerror=1> [g](javascript:alert(1))", body);
        let (_, text) = twin.split_once("---\n\n").expect("front matter");
        for event in Parser::new_ext(text, dialect()) {
            match event {
                Event::Start(Tag::Link { dest_url, .. }) => assert_eq!(&*dest_url, "", "{text}"),
                Event::Html(html) | Event::InlineHtml(html) => panic!("{html} in {text}"),
                _ => {}
            }
        }
        assert!(text.contains("alert(1)"), "{text}");
    }
}
