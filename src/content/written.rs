//! The address of a link as it stands in Markdown, with escapes and entities ⇄ the address that is meant. What would be read otherwise than it is
//! meant is refused.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use super::addresses::dialect;

/// The bytes of the address that a text begins with, behind white space and the marks of a quotation, without angle brackets.
pub(super) fn found(text: &str) -> (Range<usize>, bool) {
    let mut below = false;
    let begins = |c: char| {
        below |= c == '\n';
        !(c.is_whitespace() || (below && c == '>'))
    };
    let at = text.find(begins).unwrap_or(text.len());
    let rest = text.get(at..).unwrap_or_default();
    let angled = rest.starts_with('<');
    let start = at + usize::from(angled);
    let (mut depth, mut escaped) = (0_usize, false);
    let ends = |c: char| {
        if std::mem::take(&mut escaped) && c.is_ascii_punctuation() {
            return false;
        }
        match c {
            '\\' => escaped = true,
            '>' => return angled,
            '(' => depth += 1,
            ')' if !angled && depth == 0 => return true,
            ')' => depth = depth.saturating_sub(1),
            c => return !angled && c.is_whitespace(),
        }
        false
    };
    let own = text.get(start..).unwrap_or_default();
    (start..start + own.find(ends).unwrap_or(own.len()), angled)
}

/// The address that is meant by one that is written so, between angle brackets or not; `None` where it is none.
pub(crate) fn read(raw: &str, angled: bool) -> Option<String> {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\\&()<>".contains(c);
    if !raw.contains(odd) {
        return Some(raw.to_owned());
    }
    let text = if angled {
        format!("[a](<{raw}>)")
    } else {
        format!("[a]({raw})")
    };
    let mut events = Parser::new_ext(&text, dialect()).into_offset_iter();
    let link = events.nth(1)?;
    match link {
        (
            Event::Start(Tag::Link {
                link_type: LinkType::Inline,
                dest_url,
                ..
            }),
            range,
        ) if range == (0..text.len()) => Some(dest_url.to_string()),
        _ => None,
    }
}

/// How `head` and `rest` are written in place of `raw`, which means some address and `rest`: what stands there for `rest` stays. `None` where that
/// can't be written.
pub(super) fn respelled(raw: &str, angled: bool, head: &str, rest: &str) -> Option<String> {
    let wanted = format!("{head}{rest}");
    let kept = |(at, _): (usize, &str)| {
        let own = raw.get(at..)?;
        (read(own, angled).as_deref() == Some(rest)).then_some(own)
    };
    let kept = match rest {
        "" => Some(""),
        // That of `&#46;` is none, and no later one than the first begins as much.
        _ => raw
            .match_indices(['?', '#'])
            .find(|(at, _)| !raw.get(..*at).is_some_and(|above| above.ends_with('&')))
            .and_then(kept),
    };
    let escaped = |text: &str| -> String {
        let odd = |c: char| matches!(c, '\\' | '&' | '<' | '>' | '(' | ')' | '|');
        let signs = text.chars();
        signs
            .flat_map(|c| odd(c).then_some('\\').into_iter().chain([c]))
            .collect()
    };
    let spellings = [
        kept.map(|kept| format!("{head}{kept}")),
        kept.map(|kept| format!("{}{kept}", escaped(head))),
        Some(escaped(&wanted)),
    ];
    let mut spellings = spellings.into_iter().flatten();
    spellings.find(|text| read(text, angled).as_ref() == Some(&wanted))
}

/// An address as it is written in an autolink, which has no escapes. `None` where it would be read otherwise.
pub(super) fn auto(address: String) -> Option<String> {
    let text = format!("<{address}>");
    let mut events = Parser::new_ext(&text, dialect()).into_offset_iter();
    let (Event::Start(Tag::Link { dest_url, .. }), range) = events.nth(1)? else {
        return None;
    };
    (range == (0..text.len()) && *dest_url == *address).then_some(address)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn addresses_are_read_as_markdown_reads_them() {
        for (text, raw) in [
            ("a.md)", "a.md"),
            (" a.md 't')", "a.md"),
            ("<a b\\>.md> 't')", "a b\\>.md"),
            ("a\\)b(c).md)", "a\\)b(c).md"),
            ("\n> > a.md\n", "a.md"),
            ("", ""),
        ] {
            assert_eq!(text.get(found(text).0), Some(raw), "{text}");
        }
        for (raw, angled, meant) in [
            ("a\\_b.md", false, Some("a_b.md")),
            ("a&#95;b.md?x&amp;y", false, Some("a_b.md?x&y")),
            ("a b&gt;", true, Some("a b>")),
            ("a)b", false, None),
            ("a b", false, None),
            ("a>b", true, None),
        ] {
            assert_eq!(read(raw, angled).as_deref(), meant, "{raw}");
        }
        for (raw, head, rest, written) in [
            ("a\\_b", "c_d", "", Some("c_d")),
            ("a&#95;b?x&amp;y#z", "c", "?x&y#z", Some("c?x&amp;y#z")),
            ("a\\#x", "c)", "#x", Some("c\\)#x")),
            ("a", "c\nd", "", None),
        ] {
            let new = respelled(raw, false, head, rest);
            assert_eq!(new.as_deref(), written, "{raw}");
        }
        for (address, holds) in [
            ("https://e.org/c/?a=1&amp;b=2#\\_(", true),
            ("https://e.org/a b", false),
            ("https://e.org/>", false),
            ("/c/", false),
        ] {
            assert_eq!(auto(address.to_owned()).is_some(), holds, "{address}");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test measures time")]
    fn entities_are_passed_over_at_once() {
        let begun = Instant::now();
        let raw = format!("{}old.md#y&amp;z", "&#46;/".repeat(100_000));
        let new = respelled(&raw, false, "new.md", "#y&z");
        assert_eq!(new.as_deref(), Some("new.md#y&amp;z"));
        let raw = format!("old.md&quest;{}", "?".repeat(100_000));
        let rest = "?".repeat(100_001);
        let new = respelled(&raw, false, "new.md", &rest);
        assert_eq!(new, Some(format!("new.md{rest}")));
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
}
