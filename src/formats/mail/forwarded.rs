//! A plain text with a forwarded message below a line of dashes → that message alone. Refuses texts without such a line and a header below it.

use super::written;
use crate::distill::{Container, Options, Said, Source, derive};

/// Lines that the header of a forwarded message may have.
const HEADER: usize = 12;
/// Characters of a cover note in what is said of it.
const QUOTED: usize = 80;

/// A mail that forwards another.
#[derive(Debug, PartialEq)]
pub(super) struct Parts<'a> {
    /// What was written above.
    cover: &'a str,
    /// The line of the header that states the day, without its name.
    day: Option<&'a str>,
    message: &'a str,
}

/// The parts of a text.
pub(super) fn parted(text: &str) -> Option<Parts<'_>> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let (cover, below) = (text.get(..at)?, text.get(at + line.len()..)?);
        at += line.len();
        if is_rule(line)
            && let Some((day, message)) = headed(below)
        {
            return Some(Parts {
                cover: cover.trim(),
                day,
                message,
            });
        }
    }
    None
}

/// The embargo that is stated above a forwarded message: it holds for the message. `container` is that of the mail around it.
pub(super) fn held(cover: &str, container: &Container) -> Option<Said> {
    let source = Source {
        text: cover.to_owned(),
        container: container.clone(),
        ..Source::default()
    };
    let until = derive(&source, "", Options::default()).embargo_until?;
    Said::new(until.to_string(), "above the forwarded message")
}

/// The message, with the day of its header above it: it states the day of publication, the mail around it does not.
pub(super) fn source(parts: &Parts<'_>, container: Container) -> Source {
    let embargo = held(parts.cover, &container);
    let made = container.published.clone();
    let container = Container {
        published: container.published.filter(|_| parts.day.is_none()),
        made,
        embargo,
        ..container
    };
    let mut found = written::source(parts.message, container);
    if let Some(day) = parts.day {
        found.text = format!("{day}\n\n{}", found.text);
    }
    found.notes.extend(left_out(parts.cover));
    found
}

/// What is said of a message that only forwards another.
pub(super) fn note(cover: &Source) -> Option<String> {
    left_out(cover.markdown.as_deref().unwrap_or_default())
}

fn left_out(cover: &str) -> Option<String> {
    let words: Vec<&str> = cover.split_whitespace().collect();
    let said: String = words.join(" ").chars().take(QUOTED).collect();
    (!said.is_empty())
        .then(|| format!("what was written above the forwarded message was left out: “{said}”"))
}

/// `-----Message d'origine-----`, `---------- Forwarded message ---------`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let words = line.trim_matches('-');
    line.starts_with("----") && line.ends_with("----") && words.chars().any(char::is_alphabetic)
}

/// The day that a header states, and what stands below it. `None` where there is no header with an address.
fn headed(text: &str) -> Option<(Option<&str>, &str)> {
    let mut at = 0;
    let (mut named, mut address, mut day) = (0, false, None);
    for line in text.split_inclusive('\n').take(HEADER) {
        let next = at + line.len();
        match line.split_once([':', '：']) {
            Some((name, value)) if name.split_whitespace().count() <= 3 => {
                named += 1;
                address |= value.contains('@');
                if day.is_none() && !value.contains('@') && has_year(value) {
                    day = Some(value.trim());
                }
            }
            _ if line.trim().is_empty() && named > 0 => break,
            _ => {}
        }
        at = next;
    }
    let message = text.get(at..)?.trim_start_matches('\n');
    (named > 1 && address && !message.trim().is_empty()).then_some((day, message))
}

fn has_year(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit())
        .any(|number| number.len() == 4 && (number.starts_with("19") || number.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forwarded_message_is_told_from_what_stands_around_it() {
        let text = "Please publish.\n\n---------- Forwarded message ---------\nFrom: Press <press@example.org>\nDate: Tue, Jan 27, 2026 at 6:02 PM\nSubject: Ports: a day\n\n\nIceland reopened.\n";
        assert_eq!(
            parted(text),
            Some(Parts {
                cover: "Please publish.",
                day: Some("Tue, Jan 27, 2026 at 6:02 PM"),
                message: "Iceland reopened.\n",
            })
        );
        for text in [
            "A\n\n-----\nB: c\nD: e@f\n\nG\n",
            "A\n---- note ----\nB\n\nC\n",
        ] {
            assert_eq!(parted(text), None, "{text}");
        }
    }
}
