//! A body of Jekyll, whose tags are run before its Markdown is read → the text that `raw` lets stand, and blocks of code in place of `highlight`.

use std::ops::Range;

use super::tags::{Dialect, Tags};

/// The text without the tags `raw` and `endraw`, and the bytes of it that stood between two of them. A `raw` that never ends stays.
pub(super) fn unraw(body: &str) -> (String, Vec<Range<usize>>) {
    let tags = Tags::of(body, Dialect::Jekyll);
    let ends = endings(body, "endraw");
    let mut out = String::with_capacity(body.len());
    let mut raw = Vec::new();
    let mut at = 0;
    while let Some((start, length, inner)) = next(&tags, body, at) {
        let after = start + length;
        let end = (inner == "raw").then(|| ending(&ends, after));
        let Some((end, whole)) = end.flatten() else {
            out.push_str(&body[at..after]);
            at = after;
            continue;
        };
        out.push_str(&body[at..start]);
        let begin = out.len();
        out.push_str(&body[after..end]);
        raw.push(begin..out.len());
        at = end + whole;
    }
    out.push_str(&body[at..]);
    (out, raw)
}

/// The first tag from a byte on: where it begins, its length, and what stands in it.
pub(super) fn next<'b>(
    tags: &Tags<'b>,
    body: &str,
    from: usize,
) -> Option<(usize, usize, &'b str)> {
    let places = body.get(from..)?.match_indices('{');
    let mut places = places.map(|(at, _)| from + at);
    places.find_map(|at| {
        let (length, inner) = tags.at(at)?;
        Some((at, length, inner))
    })
}

/// Where each tag of one word stands, and its length, whatever stands before it.
pub(super) fn endings(body: &str, word: &str) -> Vec<(usize, usize)> {
    let places = body.match_indices("{%");
    let found = places.filter_map(|(at, open)| {
        let rest = &body[at + open.len()..];
        let inner = unhyphened(rest).strip_prefix(word)?;
        let after = unhyphened(inner).strip_prefix("%}")?;
        Some((at, body.len() - at - after.len()))
    });
    found.collect()
}

/// The text without the spaces and the hyphen of Liquid that it begins with.
fn unhyphened(text: &str) -> &str {
    let text = text.trim_start();
    text.strip_prefix('-').unwrap_or(text).trim_start()
}

/// The first of the tags from a byte on.
pub(super) fn ending(ends: &[(usize, usize)], from: usize) -> Option<(usize, usize)> {
    let next = ends.partition_point(|(at, _)| *at < from);
    ends.get(next).copied()
}

/// The block of code that `highlight` begins: the bytes between its tag, which ends at `after`, and the one of `ends` that ends it, and the length of
/// that.
pub(super) fn highlighted(ends: &[(usize, usize)], after: usize) -> Option<(Range<usize>, usize)> {
    let (end, length) = ending(ends, after)?;
    Some((after..end, length))
}

/// Writes code between fences that nothing in it ends, on lines of its own. `below` is what follows.
pub(super) fn fenced(out: &mut String, lang: &str, code: &str, below: &str) {
    let blank = |text: &str| text.trim().is_empty();
    if !blank(out.rsplit('\n').next().unwrap_or_default()) {
        out.push('\n');
    }
    let runs = code.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0).max(2) + 1);
    out.push_str(&fence);
    out.push_str(lang);
    match code.split_once('\n') {
        Some((first, _)) if blank(first) => {}
        _ => out.push('\n'),
    }
    out.push_str(code);
    if !blank(code.rsplit('\n').next().unwrap_or_default()) {
        out.push('\n');
    }
    out.push_str(&fence);
    if !blank(below.split('\n').next().unwrap_or_default()) {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_raw_stays() {
        for (body, text, raw) in [
            (
                "a {% raw %}{{ x }} {% y %}{% endraw %} b",
                "a {{ x }} {% y %} b",
                vec!["{{ x }} {% y %}"],
            ),
            (
                "{%- raw -%}{% raw %}{%- endraw -%}{{ z }}",
                "{% raw %}{{ z }}",
                vec!["{% raw %}"],
            ),
            ("{{ '{% raw %}' }} x", "{{ '{% raw %}' }} x", vec![]),
            ("{% raw %} x", "{% raw %} x", vec![]),
            ("{% raw %}{% {% - endraw - %}", "{% ", vec!["{% "]),
            (
                "{% raw %}a{% endraw %}{% raw %} b",
                "a{% raw %} b",
                vec!["a"],
            ),
        ] {
            let (out, found) = unraw(body);
            assert_eq!(out, text, "{body}");
            let found: Vec<&str> = found.into_iter().map(|range| &out[range]).collect();
            assert_eq!(found, raw, "{body}");
        }
    }

    #[test]
    fn code_has_lines_of_its_own() {
        for (before, code, below, text) in [
            ("", "\na\n", "\n", "```js\na\n```"),
            ("x ", "a", " y", "x \n```js\na\n```\n"),
            ("- ", "\n  ```\n  ", "", "- \n````js\n  ```\n  ````"),
        ] {
            let mut out = before.to_owned();
            fenced(&mut out, "js", code, below);
            assert_eq!(out, text);
        }
    }
}
