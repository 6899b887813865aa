//! The Markdown of another tool → Markdown as Dépêche reads it; what it has nothing for stays as text and is said with its line.

use super::super::{
    headings,
    links::{self, Known, Link},
    page::Page,
    report::{Outcome, Report},
    tags::{self, Dialect, Tag},
    topics::Named,
};

/// The Markdown of a page as Dépêche reads it.
pub(super) fn body(
    page: &Page,
    dialect: Dialect,
    known: &Known,
    named: &Named,
    report: &mut Report,
) -> String {
    let mut text = page.body.clone();
    if let Some(without) = headings::without_more(&text) {
        let why = Outcome::Dropped("a summary is what `summary` says".to_owned());
        report.note(&page.from, page.body_line, "<!-- more -->", why);
        text = without;
    }
    let text = tags::rewrite(&text, dialect, |tag| {
        let line = page.body_line + tag.line;
        if tag.whole.starts_with("{{/*") && dialect == Dialect::Hugo {
            let why = Outcome::Dropped("nobody should be shown it".to_owned());
            report.note(&page.from, line, "comment", why);
            // Findings below keep their lines.
            return Some("\n".repeat(tag.whole.matches('\n').count()));
        }
        let new = (!tag.code)
            .then(|| tag_of(tag, dialect, page, known))
            .flatten();
        let new = if is_reference(tag.name()) {
            new.map(|address| unspaced(&address))
        } else {
            new
        };
        if new.is_none() && !tag.closes() {
            let shown: String = tag.whole.chars().take(60).collect();
            let shown = shown.replace('\n', " ");
            let (message, help) = if tag.code {
                (
                    format!("`{shown}` in code is shown as it is written"),
                    "write there what it stood for",
                )
            } else if is_reference(tag.name()) {
                (
                    format!("`{shown}` names no content file that was carried over"),
                    "write a link into the new file: @/path/to/file.md",
                )
            } else {
                (
                    format!("`{shown}` is shown as text"),
                    "write in Markdown what it stood for",
                )
            };
            report.find(&page.from, Some(line), &message, help);
        }
        new
    });
    let (text, moved) = if dialect == Dialect::Mkdocs {
        let (text, lines) = headings::admonitions(&text);
        for line in &lines {
            let outcome = Outcome::Changed("a quotation".to_owned());
            report.note(
                &page.from,
                page.body_line + line,
                "admonition or tab",
                outcome,
            );
        }
        (text, !lines.is_empty())
    } else {
        (text, false)
    };
    let html = headings::raw_html(&text);
    if let Some(first) = html.first() {
        let times = if html.len() == 1 {
            String::new()
        } else {
            format!(" and on {} other lines", html.len() - 1)
        };
        report.find(
            &page.from,
            (!moved).then_some(page.body_line + first),
            &format!("raw HTML here{times} is shown as text"),
            "write it in Markdown, or allow its elements with `raw_html` in site.yaml",
        );
    }
    let (text, unwritten) = links::rewrite(&text, page.body_line, |line, dest| {
        match known.link(page, dest, named) {
            Link::Same => None,
            Link::New(new) => Some(new),
            Link::Nowhere => {
                // A tag that stayed has been said already.
                if !dest.contains("{{") && !dest.contains("{%") {
                    report.find(
                        &page.from,
                        (!moved).then_some(line),
                        &format!("the link `{dest}` leads to nothing that was carried over"),
                        "mend it in the new file: @/path/to/file.md, /path/, or a full address",
                    );
                }
                None
            }
        }
    });
    for link in unwritten {
        report.find(
            &page.from,
            (!moved).then_some(link.line),
            &format!(
                "the link `{}` is written with signs that stand for others, and stays as it is",
                link.dest
            ),
            &format!("let it lead to {} in the new file", link.new),
        );
    }
    text
}

/// An address where Markdown ends one at a space or a bracket.
fn unspaced(address: &str) -> String {
    let signs = [(' ', "%20"), ('(', "%28"), (')', "%29")];
    signs
        .into_iter()
        .fold(address.to_owned(), |text, (sign, code)| {
            text.replace(sign, code)
        })
}

fn is_reference(name: &str) -> bool {
    matches!(name, "ref" | "relref" | "get_url" | "post_url" | "link")
}

/// What stands for a tag; nothing where it stays.
fn tag_of(tag: &Tag<'_>, dialect: Dialect, page: &Page, known: &Known) -> Option<String> {
    if let Some(inner) = tag
        .inner
        .strip_prefix("/*")
        .and_then(|t| t.strip_suffix("*/"))
    {
        // Escaped: it was shown as text before.
        let ends = (tag.whole.get(..3)?, tag.whole.get(tag.whole.len() - 3..)?);
        let (open, close) = if dialect == Dialect::Hugo {
            ends
        } else {
            ("{{", "}}")
        };
        return Some(format!("{open}{inner}{close}"));
    }
    match (dialect, tag.name()) {
        (Dialect::Hugo, "ref" | "relref") => known.reference(page, tag.argument()?),
        (Dialect::Zola, "get_url") => {
            let argument = tag.argument()?;
            if argument.starts_with("@/") {
                known.reference(page, argument)
            } else {
                Some(format!("/{}", argument.trim_start_matches('/')))
            }
        }
        (Dialect::Jekyll, "post_url") => {
            let name = tag.argument()?.trim_start_matches('/');
            known
                .reference(page, &format!("/_posts/{name}"))
                .or_else(|| known.reference(page, name))
        }
        (Dialect::Jekyll, "link") => {
            let path = tag.argument()?;
            known
                .reference(page, &format!("/{path}"))
                .or_else(|| Some(format!("/{path}")))
        }
        (Dialect::Jekyll, part @ ("site.baseurl" | "site.url")) if tag.inner == part => {
            if begins_address(tag.before) {
                // Alone it is the home page.
                let goes_on = tag.after.starts_with(['/', '{']);
                return Some(if goes_on { "" } else { "/" }.to_owned());
            }
            let (path, whole) = (known.base.0.as_str(), known.base.1.as_str());
            let value = if part == "site.url" {
                whole.strip_suffix(path)?
            } else {
                path
            };
            (!whole.is_empty()).then(|| value.to_owned())
        }
        (Dialect::Jekyll, "")
            if tag.inner.contains("relative_url") || tag.inner.contains("absolute_url") =>
        {
            tag.argument()
                .map(|path| format!("/{}", path.trim_start_matches('/')))
        }
        _ => None,
    }
}

/// Whether the address of a link or of a picture begins where this text ends, but for `site.url` and `site.baseurl`.
fn begins_address(before: &str) -> bool {
    let mut before = before;
    for _ in 0..2 {
        let tag = before.strip_suffix("}}");
        let tag = tag.and_then(|tag| tag.rsplit_once("{{"));
        let name = |inner: &str| {
            let name = inner.trim_matches(['-', ' ']);
            matches!(name, "site.url" | "site.baseurl")
        };
        let Some((text, _)) = tag.filter(|(_, inner)| name(inner)) else {
            break;
        };
        before = text;
    }
    if let Some(attribute) = before.strip_suffix(['"', '\'']) {
        let name = attribute.trim_end().strip_suffix('=').map(str::trim_end);
        return name.is_some_and(|name| {
            let ends = |end: &str| {
                let at = name.len().checked_sub(end.len());
                let tail = at.and_then(|at| name.get(at..));
                tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
            };
            ends("href") || ends("src")
        });
    }
    let open = before.strip_suffix('<').unwrap_or(before).trim_end();
    open.ends_with("](") || open.strip_suffix("]:").is_some_and(labels)
}

/// Whether a text ends with the label of a definition, without the bracket at its end.
fn labels(text: &str) -> bool {
    // CommonMark: a label has 999 characters at most.
    let near = text.char_indices().rev().take(1_010);
    let mut near = near.skip_while(|(_, c)| *c != '\n');
    let start = match near.next() {
        Some((at, _)) => at + 1,
        None if text.chars().rev().nth(1_009).is_none() => 0,
        None => return false,
    };
    let line = text.get(start..).unwrap_or_default().trim_start();
    line.starts_with('[') && !line.starts_with("[^")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_begins_behind_brackets() {
        for (before, begins) in [
            ("[a](", true),
            ("![a](<", true),
            ("[a]( ", true),
            ("[a]({{ site.url }}", true),
            ("[a]({{site.url}}{{- site.baseurl -}}", true),
            ("x\n  [r]: ", true),
            ("[r]: <", true),
            ("<a href=\"", true),
            ("<img src = '", true),
            ("", false),
            ("see ", false),
            ("(", false),
            ("<", false),
            ("as in [1]: ", false),
            ("[^1]: ", false),
            ("he said \"", false),
            ("{{ site.url }}", false),
            ("[a]({{ page.url }}", false),
        ] {
            assert_eq!(begins_address(before), begins, "{before}");
        }
    }
}
