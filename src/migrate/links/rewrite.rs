//! Markdown → the same with other addresses in its links, images and definitions. What is shown of them stays.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

/// The Markdown with its links and images as `each` gives them; `each` gets the line, counted from 0, and the destination.
pub(in crate::migrate) fn rewrite(
    markdown: &str,
    mut each: impl FnMut(usize, &str) -> Option<String>,
) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_ext(markdown, options);
    let definitions: Vec<_> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| (definition.dest.to_string(), definition.span.clone(), "]:"))
        .collect();
    let mut all: Vec<_> = parser
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
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
                let before = match link_type {
                    LinkType::Inline => "](",
                    LinkType::Autolink => "<",
                    // A link by reference has its destination elsewhere.
                    _ => return None,
                };
                Some((dest_url.to_string(), range, before))
            }
            _ => None,
        })
        .chain(definitions)
        .collect();
    all.sort_by_key(|(_, range, _)| range.start);
    let mut edits = BTreeMap::new();
    for (dest, range, before) in all {
        let own = markdown.get(range.clone()).unwrap_or_default();
        let Some(at) = destination(own, before, &dest) else {
            continue;
        };
        let start = range.start + at;
        let line = markdown
            .get(..start)
            .unwrap_or_default()
            .matches('\n')
            .count();
        let Some(new) = each(line, &dest) else {
            continue;
        };
        if before == "<" {
            // Only a full address can stand between angle brackets.
            edits.insert(range.start, (range.len(), format!("[{dest}]({new})")));
        } else {
            edits.insert(start, (dest.len(), new));
        }
    }
    let (mut out, mut done) = (String::with_capacity(markdown.len()), 0);
    for (start, (length, new)) in edits {
        if start >= done {
            out.push_str(&markdown[done..start]);
            out.push_str(&new);
            done = start + length;
        }
    }
    out.push_str(&markdown[done..]);
    out
}

/// Where the destination stands in a link, an image or a definition: after the mark that comes before it.
fn destination(own: &str, before: &str, dest: &str) -> Option<usize> {
    let mark = if before == "](" {
        own.rfind(before)
    } else {
        own.find(before)
    };
    let from = mark? + before.len();
    let at = own.get(from..)?.find(dest).filter(|_| !dest.is_empty())?;
    Some(from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_a_link_stays() {
        let out = rewrite("[a](x) ![x](x \"t\") [r][r]\n\n[r]: x\n", |_, dest| {
            Some(format!("/{dest}"))
        });
        assert_eq!(out, "[a](/x) ![x](/x \"t\") [r][r]\n\n[r]: /x\n");
        let moved = |text: &str| rewrite(text, |_, _| Some("@/a.md".to_owned()));
        for (text, new) in [
            ("<https://e.org/a/> x", "[https://e.org/a/](@/a.md) x"),
            (
                "[https://e.org/wip/][r] [r] [r][]\n\n[r]: https://e.org/wip/\n",
                "[https://e.org/wip/][r] [r] [r][]\n\n[r]: @/a.md\n",
            ),
            ("[![p](p.png)](b)", "[![p](@/a.md)](@/a.md)"),
            ("<me@e.org>", "<me@e.org>"),
        ] {
            assert_eq!(moved(text), new, "{text}");
        }
    }
}
