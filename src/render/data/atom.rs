//! Briefings → an Atom feed (RFC 4287), newest first, in full. Its dates come from the briefings: no clock.

use std::{borrow::Cow, io::Write, sync::Arc};

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{Piece, publisher, terms, title};
use crate::{
    model::PubDate,
    site::{
        Data, Scope, Site,
        data::{Format, changed, id},
        route,
    },
};

type Xml = Writer<Vec<u8>>;

/// Bytes that a feed or an entry has beside its texts, about.
const AROUND: usize = 2048;

/// Bytes that are looked at together.
const BLOCK: usize = 512;

/// The feed of a list: the briefings at `positions`, whose entries `entry` has.
pub(super) fn feed(
    site: &Site,
    scope: &Scope,
    positions: &[usize],
    entry: &dyn Fn(usize) -> Arc<Vec<u8>>,
) -> Vec<u8> {
    let entries: Vec<Arc<Vec<u8>>> = positions.iter().map(|at| entry(*at)).collect();
    let bytes: usize = entries.iter().map(|entry| entry.len()).sum();
    let mut xml = Writer::new(Vec::with_capacity(bytes + AROUND));
    // Writing to memory cannot fail.
    let _ = write(&mut xml, site, scope, positions, &entries);
    xml.into_inner()
}

/// A briefing in a feed, the same in all.
pub(super) fn entry(site: &Site, piece: &Piece<'_>) -> Vec<u8> {
    let html = &piece.text.html;
    // Every tag grows by six bytes.
    let mut xml = Writer::new(Vec::with_capacity(html.len() + html.len() / 4 + AROUND));
    let lang = piece.item.card.lang.as_str();
    let element = xml
        .create_element("entry")
        .with_attribute(("xml:lang", lang));
    let _ = element.write_inner_content(|xml| content(xml, site, piece));
    xml.into_inner()
}

fn write(
    xml: &mut Xml,
    site: &Site,
    scope: &Scope,
    positions: &[usize],
    entries: &[Arc<Vec<u8>>],
) -> std::io::Result<()> {
    let config = &site.config;
    let base = &config.base_url;
    let own = base.absolute(&route::address(
        site,
        &Data::List(scope.clone(), Format::Atom),
    ));
    let items = positions.iter().filter_map(|at| site.briefings.get(*at));
    let newest = moment(items.filter_map(changed).max());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.write_event(Event::Text(BytesText::from_escaped("\n")))?;
    let lang = config.default_language.as_str();
    let element = xml
        .create_element("feed")
        .with_attributes([("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", lang)]);
    element.write_inner_content(|xml| {
        text(xml, "title", &title(site, scope, 0))?;
        if !config.description.is_empty() {
            text(xml, "subtitle", &config.description)?;
        }
        text(xml, "id", &own)?;
        link(xml, "self", "application/atom+xml", &own, "")?;
        let page = base.absolute(&route::folder(site, scope));
        link(xml, "alternate", "text/html", &page, lang)?;
        text(xml, "updated", &newest)?;
        xml.create_element("author")
            .write_inner_content(|xml| text(xml, "name", publisher(site)))?;
        if !config.license.is_empty() {
            text(xml, "rights", &config.license)?;
        }
        for entry in entries {
            xml.get_mut().write_all(entry)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn content(xml: &mut Xml, site: &Site, piece: &Piece<'_>) -> std::io::Result<()> {
    let item = piece.item;
    let card = &item.card;
    let base = &site.config.base_url;
    text(xml, "title", &card.title)?;
    text(xml, "id", &id(site, item))?;
    let own = base.absolute(&card.path);
    link(xml, "alternate", "text/html", &own, card.lang.as_str())?;
    let versions = site.translations.get(&card.source);
    for version in versions.into_iter().flatten() {
        if version.lang != card.lang {
            let address = base.absolute(&version.path);
            link(
                xml,
                "alternate",
                "text/html",
                &address,
                version.lang.as_str(),
            )?;
        }
    }
    text(xml, "updated", &moment(changed(item)))?;
    if let Some(date) = &card.date {
        text(xml, "published", &date.to_rfc3339())?;
    }
    if let Some(issuer) = &item.entry.front.issuer {
        xml.create_element("author")
            .write_inner_content(|xml| text(xml, "name", issuer))?;
    }
    for (term, label) in terms(site, item) {
        xml.create_element("category")
            .with_attributes([("term", &*clean(&term)), ("label", &*clean(&label))])
            .write_empty()?;
    }
    if !card.summary.is_empty() {
        text(xml, "summary", &card.summary)?;
    }
    xml.create_element("content")
        .with_attribute(("type", "html"))
        .write_text_content(BytesText::from_escaped(escaped(&clean(&piece.text.html))))?;
    Ok(())
}

/// A long text for an element, with what escapes many bytes at a time.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    // Writing to memory cannot fail.
    let _ = pulldown_cmark_escape::escape_html_body_text(&mut out, text);
    out
}

fn moment(date: Option<&PubDate>) -> String {
    date.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), PubDate::to_rfc3339)
}

/// Without what XML has no way to write: most control characters, and two more.
pub(in crate::render) fn clean(content: &str) -> Cow<'_, str> {
    let may_stand = |c: char| match c {
        '\n' | '\t' => true,
        '\u{FFFE}' | '\u{FFFF}' => false,
        c => !c.is_control(),
    };
    if may_have_one(content.as_bytes()) && content.contains(|c| !may_stand(c)) {
        Cow::Owned(content.chars().filter(|c| may_stand(*c)).collect())
    } else {
        Cow::Borrowed(content)
    }
}

/// Whether a byte, or two, may be one of those characters or their beginning. It goes through blocks without a branch, since most texts have none.
fn may_have_one(text: &[u8]) -> bool {
    let next = text.get(1..).unwrap_or_default();
    let odd = |(&a, &b): (&u8, &u8)| {
        (a < 32 && a != b'\n' && a != b'\t')
            || a == 0x7F
            || (a == 0xC2 && b < 0xA0)
            || (a == 0xEF && b == 0xBF)
    };
    let last = text.last().is_some_and(|last| odd((last, &0)));
    let mut blocks = text.chunks(BLOCK).zip(next.chunks(BLOCK));
    last || blocks.any(|(text, next)| text.iter().zip(next).fold(false, |any, two| any | odd(two)))
}

fn text(xml: &mut Xml, name: &str, content: &str) -> std::io::Result<()> {
    xml.create_element(name)
        .write_text_content(BytesText::new(&clean(content)))
        .map(|_| ())
}

fn link(xml: &mut Xml, rel: &str, kind: &str, href: &str, lang: &str) -> std::io::Result<()> {
    let element = xml
        .create_element("link")
        .with_attributes([("rel", rel), ("type", kind)]);
    let element = if lang.is_empty() {
        element
    } else {
        element.with_attribute(("hreflang", lang))
    };
    element
        .with_attribute(("href", href))
        .write_empty()
        .map(|_| ())
}
