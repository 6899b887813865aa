//! A body → the marks of the other tool that Dépêche does not know, and that readers would see as text. Code is left alone.

use std::collections::BTreeMap;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

use super::super::{page::Page, report::Report, tags::Dialect};
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
    let mut bytes = body.as_bytes().to_vec();
    let mut blank = |range: std::ops::Range<usize>| {
        let code = bytes.get_mut(range).unwrap_or_default();
        for byte in code.iter_mut().filter(|byte| **byte != b'\n') {
            *byte = b' ';
        }
    };
    for (event, range) in Parser::new_ext(body, dialect()).into_offset_iter() {
        let code = match event {
            // MkDocs indents what belongs to an admonition.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => of != Dialect::Mkdocs,
            Event::Start(Tag::CodeBlock(_) | Tag::HtmlBlock) | Event::Code(_) => true,
            _ => false,
        };
        if code {
            blank(range);
        }
    }
    let mut fence: Option<char> = None;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        let text = line.trim_start();
        let mark = ['`', '~']
            .into_iter()
            .find(|mark| text.starts_with(&String::from(*mark).repeat(3)));
        let inside = fence.is_some();
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        if inside || mark.is_some() {
            blank(at..at + line.len());
        } else {
            for span in spans(line) {
                blank(at + span.start..at + span.end);
            }
        }
        at += line.len();
    }
    String::from_utf8(bytes).unwrap_or_default()
}

/// The code of a line between backticks.
fn spans(line: &str) -> Vec<std::ops::Range<usize>> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(start) = line[at..].find('`').map(|found| at + found) {
        let long = line[start..].len() - line[start..].trim_start_matches('`').len();
        let inner = start + long;
        let mark = "`".repeat(long);
        let Some(end) = line[inner..].find(&mark).map(|found| inner + found + long) else {
            break;
        };
        spans.push(start..end);
        at = end;
    }
    spans
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

/// `{: .lead}` of kramdown, `{ .md-button }` of MkDocs; those of a heading are read.
fn attributes(line: &str, of: Dialect) -> Option<String> {
    let mut rest = line;
    let mut before = String::new();
    loop {
        let at = rest.find('{')?;
        before.push_str(&rest[..at]);
        let whole = &rest[at..];
        let end = whole.find('}').map_or(whole.len(), |end| end + 1);
        let mark = &whole[..end];
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
        // A heading reads those without a colon.
        let heading = before.trim_start().starts_with('#');
        let whole = mark.ends_with('}') && !mark.starts_with("{{") && !mark.starts_with("{%");
        if whole && (kramdown || (of == Dialect::Mkdocs && listed && !heading)) {
            return Some(mark.to_owned());
        }
        rest = &rest[at + 1..];
        before.push('{');
    }
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
    }
}
