//! The headings of a body → the same, each with an id and, on an item's own page, a link to itself; and the table of contents.

use pulldown_cmark::{Event, HeadingLevel, Tag};
use serde::Serialize;

use super::ids::{Ids, anchor};
use crate::site::card::portable;

/// A heading of a body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The fragment.
    pub id: String,
    /// Its text.
    pub title: String,
    /// The fragment as a link.
    pub permalink: String,
    /// The headings below it.
    pub children: Vec<Heading>,
}

/// Gives each heading an id, and remembers it for the table of contents.
pub(super) struct Headings {
    /// Whether they link to themselves.
    linked: bool,
    found: Vec<Heading>,
    /// Where the heading that is open begins, and its text.
    open: Option<(usize, String)>,
}

impl Headings {
    pub(super) fn new(linked: bool) -> Self {
        Self {
            linked,
            found: Vec::new(),
            open: None,
        }
    }

    /// A heading begins: what joins `events` after it is the place of its link to itself.
    pub(super) fn begin<'e>(&mut self, event: Event<'e>, events: &mut Vec<Event<'e>>) -> Event<'e> {
        self.open = Some((events.len(), String::new()));
        events.push(event);
        Event::Html("".into())
    }

    /// Takes notice of an event within a heading.
    pub(super) fn see(&mut self, event: &Event<'_>) {
        if let (Event::Text(text) | Event::Code(text), Some((_, title))) = (event, &mut self.open) {
            title.push_str(text);
        }
    }

    /// The heading that is open ends; the level that it has on the page, whose own title is its only first-level heading.
    pub(super) fn end(
        &mut self,
        level: HeadingLevel,
        events: &mut Vec<Event<'_>>,
        ids: &mut Ids,
    ) -> HeadingLevel {
        let level = level.max(HeadingLevel::H2);
        let Some((at, title)) = self.open.take() else {
            return level;
        };
        let given = match events.get(at) {
            Some(Event::Start(Tag::Heading { id: Some(id), .. })) => Some(portable(id)),
            _ => None,
        };
        let id = ids.unique(&given.unwrap_or_else(|| anchor(&title)));
        events[at] = Event::Start(Tag::Heading {
            level,
            id: Some(id.clone().into()),
            classes: Vec::new(),
            attrs: Vec::new(),
        });
        let is_link = |event: &Event<'_>| {
            matches!(
                event,
                Event::Start(Tag::Link { .. }) | Event::FootnoteReference(_)
            )
        };
        if self.linked && !events[at..].iter().any(is_link) {
            let open = format!("<a class=\"self\" href=\"#{id}\">");
            events[at + 1] = Event::Html(open.into());
            events.push(Event::Html("</a>".into()));
        }
        self.found.push(Heading {
            level: level as u8,
            permalink: format!("#{id}"),
            id,
            title,
            children: Vec::new(),
        });
        level
    }

    /// The headings, each below the one that it belongs to.
    pub(super) fn nested(self) -> Vec<Heading> {
        let mut roots = Vec::new();
        for heading in self.found {
            insert(&mut roots, heading);
        }
        roots
    }
}

fn insert(list: &mut Vec<Heading>, heading: Heading) {
    match list.last_mut() {
        Some(above) if above.level < heading.level => insert(&mut above.children, heading),
        _ => list.push(heading),
    }
}
