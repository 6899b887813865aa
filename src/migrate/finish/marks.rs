//! A body → the marks of the other tool that Dépêche does not know, and that readers would see as text. Code is left alone.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::super::{
    fences::{Fences, Line},
    page::Page,
    report::Report,
    tags::{self, Dialect},
};
use crate::content::addresses::dialect;

/// Says which marks a page has: one finding a kind, with its first line.
pub(super) fn marks(page: &Page, of: Dialect, report: &mut Report) {
    let mut kinds: BTreeMap<&str, (usize, String, usize)> = BTreeMap::new();
    for (line, text) in masked(&page.body, of).lines().enumerate() {
        for (kind, mark) in found(text, of) {
            let (.., times) = kinds.entry(kind).or_insert((line, mark, 0));
            *times += 1;
        }
    }
    for (kind, (line, mark, times)) in kinds {
        let more = match times {
            1 => String::new(),
            2 => " and on another line".to_owned(),
            _ => format!(" and on {} other lines", times - 1),
        };
        report.find(
            &page.from,
            Some(page.body_line + line),
            &format!("`{mark}` ({kind}) here{more} is shown as text"),
            "write in Markdown what it stood for, or take it out of the new file",
        );
    }
}

/// The body with spaces for all that is code.
fn masked(body: &str, of: Dialect) -> String {
    let parsed = Parser::new_ext(body, dialect()).into_offset_iter();
    let code = parsed.filter_map(|(event, range)| {
        let code = match event {
            // MkDocs indents what belongs to an admonition.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => of != Dialect::Mkdocs,
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Code(_) => true,
            _ => false,
        };
        code.then_some(range)
    });
    let text = blanked(body, code);
    if of != Dialect::Mkdocs {
        return text;
    }
    // What is code in what is indented.
    let mut code = Vec::new();
    let mut fences = Fences::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if fences.next(line.trim_start()) == Line::Text {
            code.extend(spans(line).map(|span| at + span.start..at + span.end));
        } else {
            code.push(at..at + line.len());
        }
        at += line.len();
    }
    blanked(&text, code)
}

/// A text with spaces in place of these bytes; its lines stay.
fn blanked(text: &str, ranges: impl IntoIterator<Item = Range<usize>>) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for range in ranges {
        let code = bytes.get_mut(range).unwrap_or_default();
        for byte in code.iter_mut().filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The code of a line between backticks.
fn spans(line: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + line.get(at..)?.find('`')?;
        at = start + tags::code(&line[start..])?;
        Some(start..at)
    })
}

/// The marks on a line, with what each is.
fn found(line: &str, of: Dialect) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let text = line.trim();
    let bare = line.trim_start();
    if !matches!(of, Dialect::Jekyll | Dialect::Mkdocs) {
        return all;
    }
    if let Some(mark) = attributes(line, of) {
        let kind = if mark.contains("toc") {
            "a table of contents"
        } else {
            "attributes"
        };
        all.push((kind, mark));
    }
    if text.contains("$$") {
        all.push(("mathematics", "$$".to_owned()));
    }
    if bare.starts_with("*[") && bare.contains("]:") {
        let end = bare.find("]:").map_or(0, |at| at + 2);
        all.push(("an abbreviation", bare[..end].to_owned()));
    }
    if of != Dialect::Mkdocs {
        return all;
    }
    if text.eq_ignore_ascii_case("[toc]") {
        all.push(("a table of contents", text.to_owned()));
    }
    if text.starts_with("--8<--") || text.starts_with(";--8<--") {
        all.push(("a piece of another file", text.to_owned()));
    }
    if let Some(mark) = icon(line) {
        all.push(("an icon", mark));
    }
    let admonition = ["!!! ", "???+ ", "??? ", "=== "];
    if bare.len() < line.len() && admonition.iter().any(|mark| bare.starts_with(mark)) {
        all.push((
            "an admonition or tab within something else",
            text.to_owned(),
        ));
    }
    all
}

/// The bytes of the longest mark that is looked for.
const LONGEST: usize = 500;

/// `{: .lead}` of kramdown, `{ .md-button }` of MkDocs; those of a heading are read.
fn attributes(line: &str, of: Dialect) -> Option<String> {
    // A heading reads those without a colon.
    let heading = line.trim_start().starts_with('#');
    let mut end = 0;
    for (at, _) in line.match_indices('{') {
        if end <= at {
            end = at + line[at..].find('}')? + 1;
        }
        if end - at > LONGEST {
            continue;
        }
        let mark = &line[at..end];
        let inner = mark.trim_start_matches('{').trim_end_matches('}');
        let kramdown = inner.strip_prefix(':').is_some_and(|inner| {
            inner.starts_with([' ', '.', '#', ':', '/']) || inner.starts_with(char::is_alphabetic)
        });
        let inner = inner.trim();
        let named =
            |text: &str| text.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        let listed = inner.strip_prefix(['.', '#']).is_some_and(named)
            || inner.split_once('=').is_some_and(|(key, value)| {
                named(key) && !key.contains(' ') && value.starts_with(['"', '\''])
            });
        let tag = mark.starts_with("{{") || mark.starts_with("{%");
        if !tag && (kramdown || (of == Dialect::Mkdocs && listed && !heading)) {
            return Some(mark.to_owned());
        }
    }
    None
}

/// `:material-check:`, `:smile:`.
fn icon(line: &str) -> Option<String> {
    let mut before = None;
    for (at, c) in line.char_indices() {
        let free = !before.is_some_and(|c: char| c.is_alphanumeric() || c == ':');
        before = Some(c);
        if c != ':' || !free {
            continue;
        }
        let rest = &line[at + 1..];
        let name =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_' | '+');
        let end = rest.find(|c| !name(c)).unwrap_or(rest.len());
        let closed = rest[end..].starts_with(':');
        let after = rest.get(end + 1..).and_then(|rest| rest.chars().next());
        let alone = !after.is_some_and(|c| c.is_alphanumeric() || c == ':');
        if closed && alone && end > 1 && rest.starts_with(|c: char| c.is_ascii_lowercase()) {
            return Some(line[at..=at + 1 + end].to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_outside_of_code() {
        let seen = |body: &str, of| {
            let text = masked(body, of);
            let all = text.lines().flat_map(|line| found(line, of));
            all.map(|(_, mark)| mark).collect::<Vec<_>>()
        };
        let body = "a\n{: .lead}\n* TOC\n{:toc}\n![a](b){:width=\"3\"} $$x$$ {a: 1}\n\n`{: .x}` {{ a }} {%: b %}\n\n```\n{: .y}\n```\n\n    $$ code $$\n\n*[HTML]: Hyper\n";
        assert_eq!(
            seen(body, Dialect::Jekyll),
            ["{: .lead}", "{:toc}", "{:width=\"3\"}", "$$", "*[HTML]:"]
        );
        let body = "## H {#id .x}\n[b](c){ .md-button } :material-check: 10:30:45 a:b:c :smile:\n\n[TOC]\n\n--8<-- \"inc.md\"\n\n- a\n\n    !!! note\n        `:no-icon:` x\n\n!!! tip\n    ```\n    [TOC]\n    ```\n";
        assert_eq!(
            seen(body, Dialect::Mkdocs),
            [
                "{ .md-button }",
                ":material-check:",
                "[TOC]",
                "--8<-- \"inc.md\"",
                "!!! note"
            ]
        );
        assert!(seen(body, Dialect::Hugo).is_empty());
        let body = "```js``` is a language\n{: .lead}\n$$x$$\n\n- x\n  ```\n  {: .code}\n\n{: .b}\n\n    ```\n\n{: .c}\n";
        assert_eq!(
            seen(body, Dialect::Jekyll),
            ["{: .lead}", "$$", "{: .b}", "{: .c}"]
        );
        let body = "```js``` is a language { .a }\n\n!!! tip\n    ````\n    ```\n    { .code }\n    ````\n    `` ` { .code } `` { .b }\n\n{ .c }\n";
        assert_eq!(seen(body, Dialect::Mkdocs), ["{ .a }", "{ .b }", "{ .c }"]);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test of how long it takes")]
    fn braces_that_do_not_end_are_looked_through_once() {
        for line in ["{ ".repeat(100_000), "{ ".repeat(100_000) + "{: .lead}"] {
            let begun = std::time::Instant::now();
            let mark = attributes(&line, Dialect::Jekyll);
            assert!(begun.elapsed() < std::time::Duration::from_secs(5));
            assert_eq!(mark.is_some(), line.ends_with('}'));
        }
    }
}
