//! The shortcodes and template tags in a body → what Dépêche has for them; what it has nothing for stays as it is written, and is said.
//! Code is left alone; where the other tool ran tags in code, too, they are said.

use std::ops::Range;

use super::{
    fences::{Fences, Line},
    liquid,
};

/// Which tags there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Dialect {
    /// None.
    #[default]
    Plain,
    /// `{{ name() }}`, `{% name() %} … {% end %}`
    Zola,
    /// `{{< name >}}`, `{{% name %}}`, and comments of its templates: `{{/* … */}}`
    Hugo,
    /// Liquid: `{% name %}`, `{{ name }}`
    Jekyll,
    /// What plugins of MkDocs read: `{{ name }}`, `{% name %}`
    Mkdocs,
}

impl Dialect {
    fn pairs(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Plain => &[],
            Self::Hugo => &[("{{<", ">}}"), ("{{%", "%}}"), ("{{/*", "*/}}")],
            _ => &[("{{", "}}"), ("{%", "%}")],
        }
    }
}

/// One tag.
#[derive(Debug)]
pub(super) struct Tag<'t> {
    /// As it stands.
    pub(super) whole: &'t str,
    /// What stands between the braces, without spaces round it and Liquid's hyphens.
    pub(super) inner: &'t str,
    /// What stands before it.
    pub(super) before: &'t str,
    /// What stands behind it.
    pub(super) after: &'t str,
    /// The line of the body, counted from 0.
    pub(super) line: usize,
    /// Whether it stands in code, where it stays whatever it meant. Only Liquid, which runs before Markdown is read, has such tags.
    pub(super) code: bool,
}

impl Tag<'_> {
    /// Its name.
    pub(super) fn name(&self) -> &str {
        let end = self
            .inner
            .find(|c: char| !(c.is_alphanumeric() || "_-./".contains(c)))
            .unwrap_or(self.inner.len());
        &self.inner[..end]
    }

    /// Whether it ends what another has begun.
    pub(super) fn closes(&self) -> bool {
        self.inner.starts_with('/') || self.inner.starts_with("end")
    }

    /// The text in its first quotation marks, else its first word after the name.
    pub(super) fn argument(&self) -> Option<&str> {
        let rest = self.inner[self.name().len()..].trim();
        match rest.find(['"', '\'', '`']) {
            Some(at) => {
                let mark = rest[at..].chars().next()?;
                rest[at + 1..].split(mark).next()
            }
            None => rest.split_whitespace().next(),
        }
    }
}

/// The body with each tag replaced by what `each` gives for it.
pub(super) fn rewrite(
    body: &str,
    dialect: Dialect,
    mut each: impl FnMut(&Tag<'_>) -> Option<String>,
) -> String {
    if dialect.pairs().iter().all(|(open, _)| !body.contains(open)) {
        return body.to_owned();
    }
    let liquid = dialect == Dialect::Jekyll;
    let (body, raw) = if liquid {
        liquid::unraw(body)
    } else {
        (body.to_owned(), Vec::new())
    };
    let is_raw = |at: usize| {
        let next = raw.partition_point(|range| range.end <= at);
        raw.get(next).is_some_and(|range| range.start <= at)
    };
    let tags = Tags::of(&body, dialect);
    let mut ends = Vec::new();
    if liquid {
        ends = liquid::endings(&body, "endhighlight");
        ends.retain(|(at, _)| !is_raw(*at));
    }
    let lines = |range: Range<usize>| body.get(range).unwrap_or_default().matches('\n').count();
    // Where the last tag in code ends: what stands in it is none.
    let mut until = 0;
    let mut in_code =
        |range: Range<usize>, mut line: usize, each: &mut dyn FnMut(&Tag<'_>) -> Option<String>| {
            let text = body.get(range.clone()).filter(|_| liquid);
            let mut known = range.start;
            for (at, _) in text.unwrap_or_default().match_indices('{') {
                let at = range.start + at;
                let free = at >= until && !is_raw(at);
                if let Some((length, inner)) = free.then(|| tags.at(at)).flatten() {
                    until = at + length;
                    line += lines(known..at);
                    known = at;
                    each(&Tag {
                        whole: &body[at..at + length],
                        inner,
                        before: &body[..at],
                        after: &body[at + length..],
                        line,
                        code: true,
                    });
                }
            }
        };
    let mut out = String::with_capacity(body.len());
    let (mut at, mut line, mut line_start) = (0, 0, true);
    // Where the line that `at` stands in ends.
    let mut line_end = 0;
    let mut fences = Fences::default();
    while let Some(rest) = body.get(at..).filter(|rest| !rest.is_empty()) {
        if line_end <= at {
            line_end = rest.find('\n').map_or(body.len(), |end| at + end + 1);
        }
        let end = line_end - at;
        if line_start && fences.next(rest[..end].trim()) != Line::Text {
            in_code(at..at + end, line, &mut each);
            out.push_str(&rest[..end]);
            at += end;
            line += 1;
            continue;
        }
        line_start = false;
        let free = rest.starts_with('{') && !is_raw(at);
        if let Some((mut length, inner)) = free.then(|| tags.at(at)).flatten() {
            let found = Tag {
                whole: &rest[..length],
                inner,
                before: &body[..at],
                after: &rest[length..],
                line,
                code: false,
            };
            let block = (liquid && found.name() == "highlight")
                .then(|| liquid::highlighted(&ends, at + length));
            if let Some((code, ending)) = block.flatten() {
                length = code.end + ending - at;
                let lang = found.argument().unwrap_or_default();
                liquid::fenced(&mut out, lang, &body[code.clone()], &rest[length..]);
                let below = lines(at..code.start);
                in_code(code, line + below, &mut each);
            } else {
                let new = each(&found);
                out.push_str(new.as_deref().unwrap_or(found.whole));
            }
            line += rest[..length].matches('\n').count();
            at += length;
            continue;
        }
        let length = code(&rest[..end]);
        if let Some(length) = length {
            in_code(at..at + length, line, &mut each);
        }
        let length = length.unwrap_or_else(|| rest.chars().next().map_or(1, char::len_utf8));
        out.push_str(&rest[..length]);
        if rest[..length].ends_with('\n') {
            line += 1;
            line_start = true;
        }
        at += length;
    }
    out
}

/// The length of what a line begins with where that is backticks: with the code that they begin, if they do.
pub(super) fn code(line: &str) -> Option<usize> {
    let run = |text: &str| text.len() - text.trim_start_matches('`').len();
    let ticks = Some(run(line)).filter(|ticks| *ticks > 0)?;
    let mut at = ticks;
    while let Some(next) = line.get(at..)?.find('`') {
        at += next;
        let length = run(line.get(at..)?);
        at += length;
        if length == ticks {
            return Some(at);
        }
    }
    Some(ticks)
}

/// The tags of a body.
pub(super) struct Tags<'b> {
    body: &'b str,
    /// What tags begin and end with, and the last place where that end stands: behind it no other is looked for.
    pairs: Vec<(&'static str, &'static str, usize)>,
}

impl<'b> Tags<'b> {
    pub(super) fn of(body: &'b str, dialect: Dialect) -> Self {
        let pairs = dialect.pairs().iter();
        let pairs = pairs.filter_map(|(open, close)| Some((*open, *close, body.rfind(close)?)));
        Self {
            body,
            pairs: pairs.collect(),
        }
    }

    /// Without the tags that begin so.
    pub(super) fn without(mut self, open: &str) -> Self {
        self.pairs.retain(|(known, ..)| *known != open);
        self
    }

    /// The length of the tag at a byte, and what stands in it.
    pub(super) fn at(&self, at: usize) -> Option<(usize, &'b str)> {
        let rest = self.body.get(at..)?;
        let mut pairs = self.pairs.iter();
        let (open, close, last) = pairs.find(|(open, ..)| rest.starts_with(open))?;
        let inner = rest.get(open.len()..)?;
        let ends = at + open.len() <= *last;
        let end = ends.then(|| inner.find(close)).flatten()?;
        let trimmed = inner[..end].trim();
        let trimmed = trimmed.strip_prefix('-').unwrap_or(trimmed);
        let trimmed = trimmed.strip_suffix('-').unwrap_or(trimmed);
        Some((open.len() + end + close.len(), trimmed.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_outside_code() {
        let body =
            "a {{< ref \"x.md#y\" >}} `{{< no >}}` b\n```\n{{< no >}}\n```\n{{% end %}}\n{{ no }}";
        let mut seen = Vec::new();
        let out = rewrite(body, Dialect::Hugo, |tag| {
            seen.push((
                tag.name().to_owned(),
                tag.argument().map(str::to_owned),
                tag.line,
            ));
            (tag.name() == "ref").then(|| "@/x.md".to_owned())
        });
        assert!(
            out.starts_with("a @/x.md `{{< no >}}` b\n```\n{{< no >}}\n"),
            "{out}"
        );
        assert_eq!(
            seen,
            [
                ("ref".to_owned(), Some("x.md#y".to_owned()), 0),
                ("end".to_owned(), None, 4)
            ]
        );
        let out = rewrite("{{ a(\nb) }}{%- x -%}é", Dialect::Zola, |tag| {
            Some(format!("[{}]", tag.inner))
        });
        assert_eq!(out, "[a(\nb)][x]é");
    }

    #[test]
    fn what_begins_with_three_backticks_may_be_code_within_a_line() {
        let out = rewrite(
            "```js``` {{< a >}}\n\n````\n```\n{{< b >}}\n```` x\n````\n{{< c >}} `` ` {{< d >}} ``\n",
            Dialect::Hugo,
            |tag| Some(tag.name().to_uppercase()),
        );
        assert_eq!(
            out,
            "```js``` A\n\n````\n```\n{{< b >}}\n```` x\n````\nC `` ` {{< d >}} ``\n"
        );
    }

    #[test]
    fn a_tag_in_a_tag_in_code_is_none() {
        let mut seen = Vec::new();
        rewrite(
            "```\n{{ a {{ b }}\n{{ c }}\n```\n",
            Dialect::Jekyll,
            |tag| {
                seen.push((tag.inner.to_owned(), tag.line));
                None
            },
        );
        assert_eq!(seen, [("a {{ b".to_owned(), 1), ("c".to_owned(), 2)]);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test of how long it takes")]
    fn what_never_ends_is_looked_for_once() {
        let many = |text: &str| text.repeat(60_000);
        for (body, dialect) in [
            (many("{% raw %}"), Dialect::Jekyll),
            (many("{% highlight js %}"), Dialect::Jekyll),
            (
                many("{% raw %}{% endhighlight %}{% endraw %}{% highlight %}"),
                Dialect::Jekyll,
            ),
            (
                format!("{{% raw %}}{}{{% endraw %}}", many("{{ ")),
                Dialect::Jekyll,
            ),
            (format!("```\n{}```\n}}}}", many("{{\n")), Dialect::Jekyll),
            (many("{% "), Dialect::Jekyll),
            (many("{{ "), Dialect::Zola),
            (many("{{< "), Dialect::Hugo),
            (many("{{< a >}} and more words "), Dialect::Hugo),
        ] {
            let begun = std::time::Instant::now();
            rewrite(&body, dialect, |_| None);
            let (took, start) = (begun.elapsed(), &body[..20]);
            assert!(
                took < std::time::Duration::from_secs(10),
                "{start}: {took:?}"
            );
        }
    }
}
