//! The events of a body → the same, each paragraph with an id and a link to itself. Those of lists and footnotes have none.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::ids::Ids;

/// Gives each paragraph an id and a link to itself. Those of lists and footnotes have none.
pub(super) struct Paragraphs<'a> {
    label: &'a str,
    number: usize,
    /// Lists and footnotes that are open.
    nested: usize,
    /// Where the paragraph that is open begins, and its text.
    open: Option<(usize, String)>,
}

impl<'a> Paragraphs<'a> {
    pub(super) fn new(label: &'a str) -> Self {
        Self {
            label,
            number: 0,
            nested: 0,
            open: None,
        }
    }

    /// Takes notice of an event that is about to join `events`.
    pub(super) fn see(&mut self, event: &Event<'_>, events: &mut Vec<Event<'_>>, ids: &mut Ids) {
        match event {
            Event::Start(Tag::List(_) | Tag::FootnoteDefinition(_)) => self.nested += 1,
            Event::End(TagEnd::List(_) | TagEnd::FootnoteDefinition) => {
                self.nested = self.nested.saturating_sub(1);
            }
            Event::Start(Tag::Paragraph) if self.nested == 0 && !self.label.is_empty() => {
                self.open = Some((events.len(), String::new()));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, own)) = &mut self.open {
                    own.push_str(text);
                }
            }
            Event::End(TagEnd::Paragraph) => {
                let Some((at, text)) = self.open.take() else {
                    return;
                };
                let Some(id) = ids.paragraph(&text) else {
                    return;
                };
                self.number += 1;
                let label = self.label.replace("{n}", &self.number.to_string());
                let label = quick_xml::escape::escape(&label);
                events[at] = Event::Html(format!("<p id=\"{id}\">").into());
                events.push(Event::Html(
                    format!("<a class=\"here\" href=\"#{id}\" aria-label=\"{label}\"></a>").into(),
                ));
            }
            _ => {}
        }
    }
}
