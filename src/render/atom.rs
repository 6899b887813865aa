//! Briefings → an Atom feed (RFC 4287), newest first. Its dates come from the briefings: no clock.

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::views;
use crate::{
    model::{CountryCode, TopicSlug},
    site::{Feed, Site, route},
};

/// The feed of the site or of a term; `positions` are in `Site::briefings`.
pub fn feed(site: &Site, feed: &Feed, positions: &[usize]) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    // Writing to memory cannot fail.
    let _ = write(&mut xml, site, feed, positions);
    xml.into_inner()
}

fn write(
    xml: &mut Writer<Vec<u8>>,
    site: &Site,
    feed: &Feed,
    positions: &[usize],
) -> std::io::Result<()> {
    let base = &site.config.base_url;
    let own = base.absolute(&route::feed(site, feed));
    let (title, page) = match feed {
        Feed::Site => (site.config.title.clone(), "/".to_owned()),
        Feed::Term(taxonomy, slug) => (
            format!(
                "{} – {}",
                views::term(site, *taxonomy, slug, 0).name(),
                site.config.title
            ),
            route::term(site, *taxonomy, slug, 0),
        ),
    };
    let items: Vec<_> = positions
        .iter()
        .filter_map(|at| site.briefings.get(*at))
        .collect();
    let changed = |item: &crate::site::Item| {
        item.card
            .updated
            .as_ref()
            .or(item.card.date.as_ref())
            .map(crate::model::PubDate::to_rfc3339)
    };
    let newest = items
        .iter()
        .filter_map(|i| changed(i))
        .max()
        .unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned());

    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.write_event(Event::Text(BytesText::from_escaped("\n")))?;
    let element = xml.create_element("feed").with_attributes([
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xml:lang", site.config.default_language.as_str()),
    ]);
    element.write_inner_content(|xml| {
        text(xml, "title", &title)?;
        if !site.config.description.is_empty() {
            text(xml, "subtitle", &site.config.description)?;
        }
        text(xml, "id", &own)?;
        link(xml, "self", "application/atom+xml", &own)?;
        link(xml, "alternate", "text/html", &base.absolute(&page))?;
        text(xml, "updated", &newest)?;
        let author = if site.config.publisher.is_empty() {
            &site.config.title
        } else {
            &site.config.publisher
        };
        xml.create_element("author")
            .write_inner_content(|xml| text(xml, "name", author))?;
        if !site.config.license.is_empty() {
            text(xml, "rights", &site.config.license)?;
        }
        for item in items {
            let address = base.absolute(&item.card.path);
            let published = item
                .card
                .date
                .as_ref()
                .map(crate::model::PubDate::to_rfc3339);
            xml.create_element("entry")
                .with_attribute(("xml:lang", item.card.lang.as_str()))
                .write_inner_content(|xml| {
                    text(xml, "title", &item.card.title)?;
                    text(xml, "id", &address)?;
                    link(xml, "alternate", "text/html", &address)?;
                    text(xml, "updated", changed(item).as_deref().unwrap_or(&newest))?;
                    if let Some(published) = &published {
                        text(xml, "published", published)?;
                    }
                    for term in item
                        .card
                        .countries
                        .iter()
                        .map(CountryCode::as_str)
                        .chain(item.card.topics.iter().map(TopicSlug::as_str))
                    {
                        xml.create_element("category")
                            .with_attribute(("term", term))
                            .write_empty()?;
                    }
                    if !item.card.summary.is_empty() {
                        text(xml, "summary", &item.card.summary)?;
                    }
                    Ok(())
                })?;
        }
        Ok(())
    })?;
    Ok(())
}

fn text(xml: &mut Writer<Vec<u8>>, name: &str, content: &str) -> std::io::Result<()> {
    // XML has no way to write most control characters, nor these two.
    let clean: String = content
        .chars()
        .filter(|c| match c {
            '\n' | '\t' => true,
            '\u{FFFE}' | '\u{FFFF}' => false,
            c => !c.is_control(),
        })
        .collect();
    xml.create_element(name)
        .write_text_content(BytesText::new(&clean))
        .map(|_| ())
}

fn link(xml: &mut Writer<Vec<u8>>, rel: &str, kind: &str, href: &str) -> std::io::Result<()> {
    xml.create_element("link")
        .with_attributes([("rel", rel), ("type", kind), ("href", href)])
        .write_empty()
        .map(|_| ())
}
