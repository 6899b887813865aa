//! `Site` → `feeds.opml`: all feeds in groups, for a reader of feeds to take over in one go (OPML 2.0). No clock: it has no date.

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};

use super::{Words, atom::clean, name, title};
use crate::{
    config::Output,
    site::{
        Data, Scope, Site, Taxonomy,
        data::{Format, scopes},
        route,
    },
};

type Xml = Writer<Vec<u8>>;

pub(super) fn opml(site: &Site, words: Words<'_>) -> Vec<u8> {
    let mut xml = Writer::new(Vec::new());
    // Writing to memory cannot fail.
    let _ = write(&mut xml, site, words);
    xml.into_inner()
}

fn write(xml: &mut Xml, site: &Site, words: Words<'_>) -> std::io::Result<()> {
    // One feed a list: a reader that took both formats would show each briefing twice.
    let format = if site.config.outputs.has(Output::Atom) {
        Format::Atom
    } else {
        Format::JsonFeed
    };
    let feeds: Vec<Scope> = scopes(site)
        .into_iter()
        .filter(|scope| format.is_of(site, scope))
        .collect();
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.write_event(Event::Text(BytesText::from_escaped("\n")))?;
    xml.create_element("opml")
        .with_attribute(("version", "2.0"))
        .write_inner_content(|xml| {
            xml.create_element("head").write_inner_content(|xml| {
                xml.create_element("title")
                    .write_text_content(BytesText::new(&clean(&site.config.title)))?;
                Ok(())
            })?;
            xml.create_element("body").write_inner_content(|xml| {
                for scope in feeds.iter().filter(|s| **s == Scope::Site) {
                    outline(xml, site, scope, format)?;
                }
                group(xml, site, &words("languages", None), format, &feeds, |s| {
                    matches!(s, Scope::Language(_))
                })?;
                group(xml, site, &words("countries", None), format, &feeds, |s| {
                    matches!(s, Scope::Term(Taxonomy::Countries, _))
                })?;
                group(xml, site, &words("topics", None), format, &feeds, |s| {
                    matches!(s, Scope::Term(Taxonomy::Topics, _))
                })
            })?;
            Ok(())
        })?;
    Ok(())
}

fn group(
    xml: &mut Xml,
    site: &Site,
    words: &str,
    format: Format,
    feeds: &[Scope],
    belongs: impl Fn(&Scope) -> bool,
) -> std::io::Result<()> {
    let members: Vec<&Scope> = feeds.iter().filter(|s| belongs(s)).collect();
    if members.is_empty() {
        return Ok(());
    }
    xml.create_element("outline")
        .with_attribute(("text", words))
        .write_inner_content(|xml| {
            members
                .into_iter()
                .try_for_each(|scope| outline(xml, site, scope, format))
        })?;
    Ok(())
}

fn outline(xml: &mut Xml, site: &Site, scope: &Scope, format: Format) -> std::io::Result<()> {
    let base = &site.config.base_url;
    let own = base.absolute(&route::address(site, &Data::List(scope.clone(), format)));
    let page = base.absolute(&route::folder(site, scope));
    let words = name(site, scope, 0).unwrap_or_else(|| site.config.title.clone());
    let title = title(site, scope, 0);
    let lang = match scope {
        Scope::Language(lang) => Some(lang.as_str()),
        _ => None,
    };
    // Readers of feeds know `rss` as the type of any feed.
    let element = xml.create_element("outline").with_attributes([
        ("type", "rss"),
        ("text", &*clean(&words)),
        ("title", &*clean(&title)),
        ("xmlUrl", own.as_str()),
        ("htmlUrl", page.as_str()),
    ]);
    element
        .with_attributes(lang.map(|lang| ("language", lang)))
        .write_empty()
        .map(|_| ())
}
