//! A Markdown text → where the addresses of its links, pictures and definitions stand. What is shown of a link, and its title, are no part of that.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::written::{found, read};

/// The dialect: CommonMark with tables, footnotes, strikethrough, task lists and heading attributes.
pub fn dialect() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// How a link is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `[text](address)` and `![text](address)`.
    Inline,
    /// `<address>`.
    Auto,
    /// `[label]: address`: what links by label have in common.
    Definition,
}

impl Form {
    /// The byte of a link, from behind what is shown of it, or of a definition, behind which its address stands, but for white space.
    fn begins(self, text: &str) -> Option<usize> {
        match self {
            Self::Inline => Some(text.find("](")? + 2),
            Self::Auto => Some(text.find('<')? + 1),
            Self::Definition => {
                let mut escaped = false;
                let ends = |c: char| {
                    let stands = std::mem::take(&mut escaped);
                    escaped = c == '\\' && !stands;
                    c == ']' && !stands
                };
                let end = text.find(ends)?;
                text.get(end..)?.starts_with("]:").then_some(end + 2)
            }
        }
    }
}

/// One address of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The address, its escapes undone.
    pub dest: String,
    /// How it is written.
    pub form: Form,
    /// The bytes of the whole link or definition.
    pub whole: Range<usize>,
    /// The byte behind what is shown of it: its address stands between here and its end.
    pub behind: usize,
    /// The bytes of the address as it is written, escapes and all, without angle brackets; none where it is not found.
    pub at: Option<Range<usize>>,
}

impl Address {
    fn of(text: &str, dest: String, form: Form, whole: Range<usize>, behind: usize) -> Self {
        let at = text.get(behind..whole.end).and_then(|own| {
            let after = form.begins(own)?;
            let (at, angled) = match form {
                Form::Auto => (0..own.len().checked_sub(after + 1)?, true),
                _ => found(own.get(after..)?),
            };
            let at = after + at.start..after + at.end;
            let raw = own.get(at.clone())?;
            let meant = raw == dest || read(raw, angled).as_ref() == Some(&dest);
            meant.then(|| behind + at.start..behind + at.end)
        });
        Self {
            dest,
            form,
            whole,
            behind,
            at,
        }
    }
}

/// A link that should lead elsewhere, and is written so that it can't be rewritten safely.
#[derive(Debug, PartialEq, Eq)]
pub struct Unwritten {
    /// Its 1-based line in the file.
    pub line: usize,
    /// Where it leads.
    pub dest: String,
    /// Where it must lead.
    pub new: String,
}

/// The text with other words in place of some of its bytes. Of two changes that overlap the first stands.
pub fn replaced(text: &str, mut changes: Vec<(Range<usize>, String)>) -> String {
    changes.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in changes {
        if let Some(between) = text.get(at..range.start) {
            out.push_str(between);
            out.push_str(&new);
            at = range.end;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// A link that has begun and not ended.
struct Open {
    /// None of a link by label: its address is that of the definition.
    link: Option<(String, Form)>,
    whole: Range<usize>,
    behind: usize,
}

/// The addresses of a text, in the order in which their links begin; not those that are empty.
pub fn addresses(text: &str) -> Vec<Address> {
    let parser = Parser::new_ext(text, dialect());
    let mut all: Vec<Address> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| {
            let (dest, span) = (definition.dest.to_string(), definition.span.clone());
            let behind = span.start;
            Address::of(text, dest, Form::Definition, span, behind)
        })
        .collect();
    let mut open: Vec<Open> = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        let end = range.end;
        match event {
            Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    ..
                },
            ) => {
                let form = match link_type {
                    LinkType::Inline => Some(Form::Inline),
                    LinkType::Autolink => Some(Form::Auto),
                    _ => None,
                };
                open.push(Open {
                    link: form.map(|form| (dest_url.to_string(), form)),
                    behind: range.start,
                    whole: range,
                });
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(ended) = open.pop()
                    && let Some((dest, form)) = ended.link
                {
                    all.push(Address::of(text, dest, form, ended.whole, ended.behind));
                }
            }
            _ => {}
        }
        // What stands within a link ends before its address begins; what is shown of an autolink is its address.
        if let Some(Open {
            link,
            whole,
            behind,
        }) = open.last_mut()
            && end < whole.end
            && !matches!(link, Some((_, Form::Auto)))
        {
            *behind = (*behind).max(end);
        }
    }
    all.retain(|address| !address.dest.is_empty());
    all.sort_by_key(|address| address.whole.start);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_behind_what_is_shown() {
        for (text, found) in [
            ("[old.md](old.md \"old.md\")", vec!["9..15"]),
            ("[![p](p.png)](b)", vec!["14..15", "6..11"]),
            ("[`](a`](b)", vec!["8..9"]),
            ("<https://e.org/>", vec!["1..15"]),
            ("[a]( <b c.md> 't')", vec!["6..12"]),
            ("[r][] [r]\n\n[r]: <x.md> 'x'\n", vec!["17..21"]),
            ("[a](b\\_c.md \"b_c.md\")", vec!["4..11"]),
            ("[a](b.md?x&amp;y)", vec!["4..16"]),
            ("[r]\n\n> [r]:\n> b.md\n", vec!["14..18"]),
            ("[\\]: x]\n\n[\\]: x]: b.md\n", vec!["18..22"]),
            ("[a]() <me@e.org>", vec![]),
        ] {
            let at = |a: Address| a.at.map_or_else(|| "-".to_owned(), |at| format!("{at:?}"));
            let all: Vec<String> = addresses(text).into_iter().map(at).collect();
            assert_eq!(all, found, "{text}");
        }
    }
}
