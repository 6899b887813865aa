//! The Markdown of another tool → what Dépêche shows otherwise: the title as a first heading, `<!-- more -->`, raw HTML. Lines keep their numbers
//! until all findings are made.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

use super::fences::{Fences, Line};
use crate::{content::addresses::dialect, diagnostic::Lines};

/// The text, as a reader sees it, of a heading of the first level that the body begins with, and the body without it.
pub(super) fn leading(body: &str) -> Option<(String, String)> {
    let mut events = Parser::new_ext(body, dialect()).into_offset_iter();
    let (first, place) = events.next()?;
    let level = HeadingLevel::H1;
    if !matches!(first, Event::Start(Tag::Heading { level: of, .. }) if of == level) {
        return None;
    }
    let mut title = String::new();
    for (event, _) in events {
        match event {
            Event::Text(text) | Event::Code(text) => title.push_str(&text),
            Event::SoftBreak | Event::HardBreak => title.push(' '),
            Event::End(TagEnd::Heading(_)) => break,
            _ => {}
        }
    }
    // Attributes as kramdown writes them.
    let title = title.split(" {:").next().unwrap_or_default().trim();
    if title.is_empty() {
        return None;
    }
    // Lines keep their numbers.
    let lines = "\n".repeat(body[place.clone()].matches('\n').count());
    let rest = format!("{}{lines}{}", &body[..place.start], &body[place.end..]);
    Some((title.to_owned(), rest))
}

/// The body without the mark at which other tools end a summary.
pub(super) fn without_more(body: &str) -> Option<String> {
    let found = ["<!-- more -->", "<!--more-->"]
        .into_iter()
        .find(|mark| body.contains(mark))?;
    Some(body.replacen(found, "", 1))
}

/// The lines, counted from 0, on which raw HTML begins; comments are none.
pub(super) fn raw_html(body: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    if !body.contains('<') {
        return lines;
    }
    let places = Lines::of(body, 0);
    for (event, range) in Parser::new_ext(body, dialect()).into_offset_iter() {
        if let Event::Html(html) | Event::InlineHtml(html) = event
            && !html.trim_start().starts_with("<!--")
            && html.trim_start().starts_with('<')
        {
            let line = places.at(range.start);
            if lines.last() != Some(&line) {
                lines.push(line);
            }
        }
    }
    lines
}

/// MkDocs' `!!! note "Title"`, `??? …` and `=== "Tab"` with what is indented below them, as quotations that begin with the title in bold.
/// The second value is the lines, counted from 0, on which they stood.
pub(super) fn admonitions(body: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(body.len());
    let mut found = Vec::new();
    let mut inside = false;
    // Empty lines belong to a quotation where more of it follows.
    let mut pending = 0;
    let mut titled = false;
    let mut fences = Fences::default();
    for (nth, line) in body.split_inclusive('\n').enumerate() {
        // What is indented in a quotation belongs to it, fences too.
        let text = if inside { line } else { line.trim_start() };
        let code = fences.next(text) == Line::Code;
        if inside && !code && line.trim().is_empty() {
            pending += 1;
            continue;
        }
        let blank = std::mem::take(&mut pending);
        if code {
            out.push_str(line);
        } else if let Some(title) = admonition(line) {
            out.push_str(&"\n".repeat(blank.max(usize::from(inside))));
            found.push(nth);
            (inside, titled) = (true, true);
            out.push_str("> **");
            out.push_str(&title);
            out.push_str("**\n");
        } else if !inside {
            out.push_str(line);
        } else if let Some(text) = line.strip_prefix("    ") {
            out.push_str(&">\n".repeat(blank.max(usize::from(titled))));
            titled = false;
            out.push_str("> ");
            out.push_str(text);
        } else {
            (inside, titled) = (false, false);
            out.push_str(&"\n".repeat(blank.max(1)));
            out.push_str(line);
        }
    }
    (out, found)
}

fn admonition(line: &str) -> Option<String> {
    let line = line.trim_end();
    let rest = ["!!! ", "???+ ", "??? ", "=== "]
        .into_iter()
        .find_map(|mark| line.strip_prefix(mark))?;
    let quoted = rest.split('"').nth(1).filter(|title| !title.is_empty());
    let kind = rest.split_whitespace().next()?;
    Some(quoted.map_or_else(
        || {
            let mut letters = kind.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters).collect())
                .unwrap_or_default()
        },
        str::to_owned,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_marks_and_admonitions_are_found() {
        assert_eq!(
            leading("\n# A {#a}\n\nx"),
            Some(("A".to_owned(), "\n\n\nx".to_owned()))
        );
        assert_eq!(leading("## A\n"), None);
        assert_eq!(
            without_more("a\n<!-- more -->\nb").as_deref(),
            Some("a\n\nb")
        );
        assert_eq!(
            raw_html("a\n\n<div>\nx\n</div>\n\nb <b>c</b>\n\n`<i>`"),
            [2, 4, 6]
        );
        let (text, lines) = admonitions("a\n\n!!! warning \"Mind\"\n    b\n\n    c\n\nd\n");
        assert_eq!(text, "a\n\n> **Mind**\n>\n> b\n>\n> c\n\nd\n");
        assert_eq!(lines, [2]);
        for (text, quoted) in [
            (
                "!!! note\n    See <https://example.org/x>\n\nafter\n",
                "> **Note**\n>\n> See <https://example.org/x>\n\nafter\n",
            ),
            (
                "!!! a\n    **b**\n    c >\n!!! d\n    e\n\n",
                "> **A**\n>\n> **b**\n> c >\n\n> **D**\n>\n> e\n",
            ),
        ] {
            assert_eq!(admonitions(text).0, quoted);
        }
        let title = |line: &str| leading(line).map(|(title, _)| title);
        assert_eq!(
            title("# Programming in C#").as_deref(),
            Some("Programming in C#")
        );
        assert_eq!(title("# A ##").as_deref(), Some("A"));
        assert_eq!(title("# #"), None);
        for (text, seen) in [
            (
                "# Multi *emph* [link](b.md) `code`\n",
                "Multi emph link code",
            ),
            ("# A &amp; \\*B\\* {: .lead}\n", "A & *B*"),
            ("# ![The sea](a.png) {#sea .x}\n", "The sea"),
            ("Two\nlines\n=====\n", "Two lines"),
        ] {
            assert_eq!(title(text).as_deref(), Some(seen));
        }
        let rest = leading("Title\n====\n\nx").map(|(_, rest)| rest);
        assert_eq!(rest.as_deref(), Some("\n\n\nx"));
        assert_eq!(title("Title\n----\n"), None);
        for code in [
            "```\n!!! note\n    x\n```\n",
            "- a\n\n  ~~~\n=== \"T\"\n```\n  ~~~\n",
        ] {
            assert_eq!(admonitions(code), (code.to_owned(), Vec::new()));
        }
        let (text, lines) =
            admonitions("!!! tip\n    ```\n    a\n    ```\n\n```\n??? x\n```\n=== \"T\"\n    b\n");
        assert_eq!(
            text,
            "> **Tip**\n>\n> ```\n> a\n> ```\n\n```\n??? x\n```\n> **T**\n>\n> b\n"
        );
        assert_eq!(lines, [0, 8]);
    }
}
