//! A text, Markdown or HTML → its words with one space between them, and the line of each. Emphasis, links and tags are no words.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::{content::addresses::dialect, diagnostic::Lines};

/// Elements that stand within a word or between two.
const INLINE: [&[u8]; 20] = [
    b"a", b"abbr", b"b", b"cite", b"code", b"del", b"em", b"i", b"ins", b"kbd", b"mark", b"q",
    b"s", b"small", b"span", b"strong", b"sub", b"sup", b"u", b"wbr",
];

/// A text with one space between words.
#[derive(Default)]
pub(super) struct Plain {
    pub(super) text: String,
    /// Where each word begins, and its 1-based line in the text as it was.
    words: Vec<(usize, usize)>,
    /// Where in the text a paragraph, heading, cell or the like ends.
    ends: Vec<usize>,
    /// Whether the next word is another one, whatever comes before it.
    apart: bool,
}

impl Plain {
    /// A text as it is written.
    pub(super) fn of(text: &str) -> Self {
        let mut plain = Self::default();
        plain.push(text, 1);
        plain
    }

    /// What Markdown shows, then what it says without showing it: titles of links. The text begins on a line.
    pub(super) fn markdown(text: &str, line: usize) -> Self {
        let mut plain = Self::default();
        let mut titles = Vec::new();
        let lines = Lines::of(text, line);
        // A tag or a comment may go over lines, each of which is an event.
        let mut block: Option<(String, usize)> = None;
        for (event, range) in Parser::new_ext(text, dialect()).into_offset_iter() {
            let line = lines.at(range.start);
            if let Event::Html(more) | Event::Text(more) = &event
                && let Some((html, _)) = &mut block
            {
                html.push_str(more);
                continue;
            }
            if let Some((html, line)) = block.take() {
                plain.push_html(&html, line);
            }
            match event {
                Event::Start(Tag::HtmlBlock) => {
                    plain.end();
                    block = Some((String::new(), line));
                }
                Event::Text(text) | Event::Code(text) => plain.push(&text, line),
                Event::InlineHtml(html) => plain.push_html(&html, line),
                Event::Start(Tag::Link { title, .. } | Tag::Image { title, .. }) => {
                    titles.push((title, line));
                }
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
                | Event::End(
                    TagEnd::Emphasis
                    | TagEnd::Strong
                    | TagEnd::Strikethrough
                    | TagEnd::Link
                    | TagEnd::Image,
                )
                | Event::FootnoteReference(_) => {}
                Event::SoftBreak | Event::HardBreak => plain.apart = true,
                _ => plain.end(),
            }
        }
        for (title, line) in titles {
            plain.end();
            plain.push(&title, line);
        }
        plain
    }

    /// What HTML shows.
    pub(super) fn html(text: &str) -> Self {
        let mut plain = Self::default();
        plain.push_html(text, 1);
        plain
    }

    fn push_html(&mut self, html: &str, line: usize) {
        let lines = Lines::of(html, line);
        let emitter = DefaultEmitter::<usize>::new_with_span();
        for token in Tokenizer::new_with_emitter(html, emitter) {
            let Ok(token) = token;
            match token {
                Token::String(words) => {
                    let line = lines.at(words.span.start);
                    self.push(&String::from_utf8_lossy(&words), line);
                }
                Token::StartTag(tag) => self.apart |= !INLINE.contains(&&**tag.name),
                Token::EndTag(tag) => self.apart |= !INLINE.contains(&&**tag.name),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
    }

    /// Nothing goes on from what is there to what comes.
    fn end(&mut self) {
        self.apart = true;
        self.ends.push(self.text.len());
    }

    /// The paragraphs, headings, cells and the like of Markdown.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &str> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        let ends = self.ends.iter().copied().chain([self.text.len()]);
        let blocks = begins.zip(ends);
        blocks.filter_map(|(begin, end)| Some(self.text.get(begin..end)?.trim()))
    }

    /// More of the text, which begins on a line.
    fn push(&mut self, text: &str, line: usize) {
        for (below, part) in text.split('\n').enumerate() {
            self.apart |= below > 0;
            let mut rest = part;
            while !rest.is_empty() {
                let word = rest.trim_start();
                self.apart |= word.len() < rest.len();
                let (word, after) =
                    word.split_at(word.find(char::is_whitespace).unwrap_or(word.len()));
                rest = after;
                if word.is_empty() {
                    continue;
                }
                if self.apart || self.text.is_empty() {
                    if !self.text.is_empty() {
                        self.text.push(' ');
                    }
                    self.words.push((self.text.len(), line + below));
                    self.apart = false;
                }
                self.text.push_str(word);
            }
        }
    }

    /// The line of the word at a byte of the text.
    pub(super) fn line(&self, at: usize) -> usize {
        let nth = self.words.partition_point(|(start, _)| *start <= at);
        let word = self.words.get(nth.saturating_sub(1));
        word.map_or(1, |(_, line)| *line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_no_words() {
        for (text, words) in [
            ("The **port** of\n*Rot*terdam", "The port of Rotterdam"),
            ("# A\n\n- b [c](d \"e\")\n- `f`", "A b c f e"),
            ("a <b>b</b>c<br>d", "a bc d"),
            ("| a | b |\n|---|---|\n| c | **d** |", "a b c d"),
        ] {
            assert_eq!(Plain::markdown(text, 1).text, words, "{text}");
        }
        let plain = Plain::markdown("a\n\n> b\n> *c*", 5);
        assert_eq!(plain.text, "a b c");
        assert_eq!([0, 2, 4].map(|at| plain.line(at)), [5, 7, 8]);
        let blocks: Vec<&str> = plain.blocks().filter(|text| !text.is_empty()).collect();
        assert_eq!(blocks, ["a", "b c"]);
        let plain = Plain::markdown(
            "> <p\n> class=\"x\">a <!--\n> no\n> -->b\n> c</p>\n\n- <i\n  id=d>e",
            2,
        );
        assert_eq!(plain.text, "a b c e");
        assert_eq!([0, 2, 4, 6].map(|at| plain.line(at)), [3, 5, 6, 9]);
        let plain = Plain::html("<p>a\n<b>b</b>\n<p>c");
        assert_eq!((plain.text.as_str(), plain.line(4)), ("a b c", 3));
    }
}
