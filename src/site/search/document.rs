//! One content file → [`Words`]: the words it is found by and where each stands. It rests on the file alone, so a build remembers it by the file's bytes.

use std::collections::BTreeMap;

use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{pairs, words::words};
use crate::{
    content::{Entry, addresses::dialect},
    site::card,
};

/// Where a word stands in a document; the first place counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// In the title.
    Title,
    /// In the summary.
    Summary,
    /// In the body.
    Body,
}

impl Place {
    /// All, the weightiest first.
    pub const ALL: [Self; 3] = [Self::Title, Self::Summary, Self::Body];
}

/// The words of one document, and its pairs of neighbouring words, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// For each place the words whose weightiest place it is, sorted, one a line: a hundred thousand documents are in memory at once.
    by_place: [Box<str>; 3],
    /// The numbers of the pairs, sorted.
    pairs: Box<[u32]>,
}

impl Words {
    /// The words of a content file.
    pub fn of(entry: &Entry) -> Self {
        let front = &entry.front;
        let names = front.people.iter().map(|p| p.name.as_str());
        let names = names.chain(front.organisations.iter().map(String::as_str));
        let summary = front.summary.iter().map(String::as_str);
        let summary = summary.chain(names).collect::<Vec<_>>().join("\n");
        let mut found: BTreeMap<String, Place> = BTreeMap::new();
        let mut neighbours = Vec::new();
        for (place, text) in [
            (Place::Title, card::title(entry)),
            (Place::Summary, summary),
            (Place::Body, plain(&entry.body)),
        ] {
            for line in text.lines() {
                let words = words(line);
                neighbours.extend(pairs::of_line(&words));
                for word in words {
                    found.entry(word).or_insert(place);
                }
            }
        }
        let of = |place: Place| -> Box<str> {
            let here = found.iter().filter(|(_, at)| **at == place);
            let here: Vec<&str> = here.map(|(word, _)| word.as_str()).collect();
            here.join("\n").into()
        };
        neighbours.sort_unstable();
        neighbours.dedup();
        Self {
            by_place: Place::ALL.map(of),
            pairs: neighbours.into(),
        }
    }

    /// The numbers of its pairs of neighbouring words, sorted.
    pub(super) fn pairs(&self) -> &[u32] {
        &self.pairs
    }

    /// Each word and its place.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Place)> {
        Place::ALL
            .into_iter()
            .zip(&self.by_place)
            .flat_map(|(place, words)| words.lines().map(move |word| (word, place)))
    }
}

/// The text of a body without its markup; what is no neighbour stands on another line.
fn plain(body: &str) -> String {
    let mut text = String::with_capacity(body.len());
    let mut raw = String::new();
    for event in Parser::new_ext(body, dialect()) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::Html(part) => raw.push_str(&part),
            Event::End(TagEnd::HtmlBlock) => {
                text.push('\n');
                between_tags(&raw, &mut text);
                raw.clear();
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Strikethrough)
            | Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Strikethrough,
            ) => {}
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(_) | Event::End(_) => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// The text of raw HTML. Its tags and comments are no words, whether a site lets them pass or shows them as text.
fn between_tags(html: &str, text: &mut String) {
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::String(part) => text.push_str(&String::from_utf8_lossy(&part)),
            _ => text.push(' '),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_comments_are_no_words() {
        let html = "<details open><summary>More</summary>\n<!-- a\nsecret -->\nwell</details>\n\nIn <kbd title=\"key\">K</kbd> <!-- none -->line\n";
        let text = plain(html);
        let words: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(words, ["More", "well", "In", "K", "line"]);
    }

    #[test]
    fn a_word_has_its_weightiest_place_and_markup_is_no_word() {
        let entry = Entry {
            path: "a.md".to_owned(),
            front: crate::content::FrontMatter {
                title: Some("Water talks".to_owned()),
                summary: Some("Talks on rivers.".to_owned()),
                ..Default::default()
            },
            body: "**Wa**ter and [rivers](https://example.org/hidden)\n\n| a | b |\n|---|---|\n| c | d |\n".into(),
            body_line: 1,
        };
        let words = Words::of(&entry);
        let all: Vec<(&str, Place)> = words.iter().collect();
        assert_eq!(all[..2], [("talks", Place::Title), ("water", Place::Title)]);
        assert_eq!(
            all[2..4],
            [("on", Place::Summary), ("rivers", Place::Summary)]
        );
        let body: Vec<&str> = all[4..].iter().map(|(word, _)| *word).collect();
        assert_eq!(body, ["a", "and", "b", "c", "d"]);
    }
}
