//! A body with comments of Liquid or of Hugo's shortcode `comment` → the text without them: nobody was shown what they hold. Both tools read them before
//! Markdown, so they are comments in code, too. A page with one that never ends is a draft. Lines keep their numbers.

use std::ops::Range;

use super::{
    Plan, Tree,
    fences::{Fences, Line},
    liquid::{ending, endings, next},
    report::Outcome,
    tags::{Dialect, Tags},
};
use crate::diagnostic::Lines;

/// What a tag is to comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Begin,
    End,
    /// A comment in one tag.
    Whole,
    /// What follows is text up to `endraw`.
    Raw,
}

impl Plan {
    /// Takes the comments out of the bodies, and takes note of each.
    pub(super) fn uncomment(&mut self, tree: &Tree) {
        // A shortcode of the site's own may show what it holds.
        let own = |path: &String| {
            [
                "layouts/shortcodes/comment.html",
                "layouts/_shortcodes/comment.html",
            ]
            .iter()
            .any(|end| path.ends_with(end))
        };
        if self.dialect == Dialect::Hugo && tree.keys().any(own) {
            return;
        }
        for page in &mut self.pages {
            let (found, open) = comments(&page.body, self.dialect);
            if found.is_empty() && open.is_none() {
                continue;
            }
            let lines = Lines::of(&page.body, page.body_line);
            for comment in &found {
                let why = Outcome::Dropped("nobody was shown it".to_owned());
                let line = lines.at(comment.start);
                self.report.note(&page.from, line, "comment", why);
            }
            if let Some(at) = open {
                page.front.set("draft", true);
                self.report.find(
                    &page.from,
                    Some(lines.at(at)),
                    "the comment that begins here has no end; the page is a draft",
                    "take out of the new file what nobody should read, and `draft: true`",
                );
            }
            page.body = without(&page.body, &found);
        }
    }
}

/// Where comments stand, and where one begins that never ends.
fn comments(body: &str, dialect: Dialect) -> (Vec<Range<usize>>, Option<usize>) {
    let mut found = Vec::new();
    if !matches!(dialect, Dialect::Jekyll | Dialect::Hugo) {
        return (found, None);
    }
    // What such a tag holds may be code that tells of it.
    let tags = Tags::of(body, dialect).without("{{/*");
    let raw = endings(body, "endraw");
    let (mut at, mut begin, mut depth) = (0, 0, 0_usize);
    while let Some((start, length, inner)) = next(&tags, body, at) {
        at = start + length;
        match part(&body[start..at], inner, dialect) {
            Some(Part::Raw) => at = ending(&raw, at).map_or(at, |(end, length)| end + length),
            Some(Part::Begin) => {
                if depth == 0 {
                    begin = start;
                }
                depth += 1;
            }
            Some(Part::End) if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(begin..at);
                }
            }
            Some(Part::Whole) if depth == 0 => found.push(start..at),
            _ => {}
        }
    }
    (found, (depth > 0).then_some(begin))
}

fn part(tag: &str, inner: &str, dialect: Dialect) -> Option<Part> {
    let name = inner.split_whitespace().next()?;
    if dialect == Dialect::Jekyll {
        return match name {
            _ if !tag.starts_with("{%") => None,
            "raw" if inner == name => Some(Part::Raw),
            "comment" => Some(Part::Begin),
            "endcomment" => Some(Part::End),
            _ => name.starts_with('#').then_some(Part::Whole),
        };
    }
    if !tag.starts_with("{{<") && !tag.starts_with("{{%") {
        return None;
    }
    match inner.strip_prefix('/') {
        Some(ended) => (ended.trim() == "comment").then_some(Part::End),
        None if name == "comment" && inner.ends_with('/') => Some(Part::Whole),
        None => (name == "comment").then_some(Part::Begin),
    }
}

/// The text without these parts. The ends of their lines stand at the next empty line, where they change nothing.
fn without(body: &str, parts: &[Range<usize>]) -> String {
    let mut text = String::with_capacity(body.len());
    let (mut at, mut owed) = (0, Vec::new());
    for part in parts {
        text.push_str(&body[at..part.start]);
        owed.push((text.len(), body[part.clone()].matches('\n').count()));
        at = part.end;
    }
    text.push_str(&body[at..]);
    let mut out = String::with_capacity(body.len());
    let (mut end, mut due, mut fences) = (0, 0, Fences::default());
    let mut owed = owed.into_iter().peekable();
    for line in text.split_inclusive('\n') {
        out.push_str(line);
        end += line.len();
        while let Some((_, lines)) = owed.next_if(|(at, _)| *at < end) {
            due += lines;
        }
        if fences.next(line.trim()) == Line::Text && line.trim().is_empty() {
            out.extend(std::iter::repeat_n('\n', due));
            due = 0;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_lines_keep_their_numbers() {
        let liquid = [
            ("a {% comment %}b{% endcomment %} c", "a  c", None),
            (
                "a{%- comment x -%}b{%endcomment%}c {% # d %}e",
                "ac e",
                None,
            ),
            (
                "a\n{% comment %}\nb\n{% endcomment %}\nc",
                "a\n\n\n\nc",
                None,
            ),
            (
                "a {% comment %}\nb\n{% endcomment %} c\nd\n\ne",
                "a  c\nd\n\n\n\ne",
                None,
            ),
            (
                "```\n{% comment %}\n```\n{% endcomment %}\n\n```\n\nc",
                "```\n\n\n```\n\n\n\nc",
                None,
            ),
            (
                "{% comment %}{% comment %}{% endcomment %}a{% endcomment %}b",
                "b",
                None,
            ),
            (
                "{% comment %}{% raw %}{% endcomment %}{% endraw %}a{% endcomment %}b",
                "b",
                None,
            ),
            (
                "{% raw %}{% comment %}{% endraw %} {{ comment }} a",
                "{% raw %}{% comment %}{% endraw %} {{ comment }} a",
                None,
            ),
            ("a {% endcomment %}", "a {% endcomment %}", None),
            ("a {% comment %} b", "a {% comment %} b", Some(2)),
        ];
        let hugo = [
            ("{{% comment %}}a{{% /comment %}}b", "b", None),
            ("{{< comment >}}a{{< / comment >}}b", "b", None),
            ("`{{< comment >}}a{{< /comment >}}`b", "``b", None),
            ("{{< comment />}}b", "b", None),
            (
                "`{{/*` {{< comment >}}a{{< /comment >}} `*/}}`",
                "`{{/*`  `*/}}`",
                None,
            ),
            (
                "{{</* comment */>}} {{< comments >}}",
                "{{</* comment */>}} {{< comments >}}",
                None,
            ),
            ("a {{< comment >}} b", "a {{< comment >}} b", Some(2)),
        ];
        let liquid = liquid.map(|case| (Dialect::Jekyll, case));
        let hugo = hugo.map(|case| (Dialect::Hugo, case));
        for (dialect, (body, text, open)) in liquid.into_iter().chain(hugo) {
            let (found, unended) = comments(body, dialect);
            assert_eq!(
                (without(body, &found).as_str(), unended),
                (text, open),
                "{body}"
            );
        }
        let (found, open) = comments("{% comment %}", Dialect::Zola);
        assert!(found.is_empty() && open.is_none());
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test of how long it takes")]
    fn what_never_ends_is_looked_for_once() {
        let many = |text: &str| text.repeat(60_000);
        for (body, dialect) in [
            (many("{% comment %}"), Dialect::Jekyll),
            (many("{% raw %}{% comment %}"), Dialect::Jekyll),
            (many("{% comment %}\n{% endcomment %}\n"), Dialect::Jekyll),
            (many("{{< comment >}}"), Dialect::Hugo),
        ] {
            let begun = std::time::Instant::now();
            let (found, _) = comments(&body, dialect);
            without(&body, &found);
            let (took, start) = (begun.elapsed(), &body[..20]);
            assert!(
                took < std::time::Duration::from_secs(10),
                "{start}: {took:?}"
            );
        }
    }
}
