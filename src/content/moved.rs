//! A content file that gets another path → the texts of the files that link to it, or that it links to, as they must be then. Pure: paths are from
//! content/, with `/` between parts.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::{Event, Options, Parser, Tag};

/// Old path → new path.
pub type Moves = BTreeMap<String, String>;

/// The text of the file at `source` (its path before) after the moves; `None` where it stays as it is.
pub fn relinked(source: &str, text: &str, moves: &Moves) -> Option<String> {
    let mut edits = spelled_in_full(text, moves);
    edits.extend(relative(source, text, moves));
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in edits {
        // A link of both kinds is one of the first.
        if range.start >= at {
            out.push_str(text.get(at..range.start)?);
            out.push_str(&new);
            at = range.end;
        }
    }
    out.push_str(text.get(at..)?);
    (out != text).then_some(out)
}

/// `@/old.md` and `@/old`, wherever they stand as a whole.
fn spelled_in_full(text: &str, moves: &Moves) -> Vec<(Range<usize>, String)> {
    let mut edits = Vec::new();
    for (old, new) in moves {
        let stem = format!("@/{}", old.trim_end_matches(".md"));
        let new_stem = new.trim_end_matches(".md");
        for (at, _) in text.match_indices(&stem) {
            let rest = text.get(at + stem.len()..).unwrap_or_default();
            let (end, suffix) = match rest.strip_prefix(".md") {
                Some(_) => (3, ".md"),
                None => (0, ""),
            };
            let next = rest.get(end..).and_then(|rest| rest.chars().next());
            let goes_on = |c: char| c.is_alphanumeric() || "-_/.".contains(c);
            // A full stop may end a sentence.
            let after = rest.get(end + 1..).and_then(|rest| rest.chars().next());
            let ends = match next {
                Some('.') => !after.is_some_and(char::is_alphanumeric),
                Some(c) => !goes_on(c),
                None => true,
            };
            if ends {
                edits.push((at..at + stem.len() + end, format!("@/{new_stem}{suffix}")));
            }
        }
    }
    edits
}

/// Links that rest on where a file lies: those to what moves, and those of what moves to another folder.
fn relative(source: &str, text: &str, moves: &Moves) -> Vec<(Range<usize>, String)> {
    let body = super::split::split("", text).map_or(0, |split| split.body.start);
    let Some(markdown) = text.get(body..) else {
        return Vec::new();
    };
    let leaves = moves
        .get(source)
        .is_some_and(|new| folder(new) != folder(source));
    let dialect =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let parser = Parser::new_ext(markdown, dialect);
    let definitions: Vec<(String, Range<usize>)> = parser
        .reference_definitions()
        .iter()
        .map(|(_, definition)| (definition.dest.to_string(), definition.span.clone()))
        .collect();
    let inline = parser
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some((dest_url.to_string(), range))
            }
            _ => None,
        });
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (dest, range) in inline.chain(definitions) {
        let Some(new) = readdressed(source, &dest, moves, leaves) else {
            continue;
        };
        // The address stands last in its link.
        let at = markdown
            .get(range.clone())
            .and_then(|link| link.rfind(&dest));
        if let Some(at) = at {
            let start = body + range.start + at;
            edits.push((start..start + dest.len(), new));
        }
    }
    edits
}

/// What a relative address must be; nothing where it may stay.
fn readdressed(source: &str, dest: &str, moves: &Moves, leaves: bool) -> Option<String> {
    if dest.is_empty() || dest.starts_with(['/', '#', '?', '@']) || dest.contains(':') {
        return None;
    }
    let (path, rest) = dest
        .find(['#', '?'])
        .map_or((dest, ""), |at| dest.split_at(at));
    let target = beside(source, path)?;
    match moves.get(&target) {
        Some(new) => Some(format!("@/{new}{rest}")),
        None if leaves && target.to_lowercase().ends_with(".md") => {
            Some(format!("@/{target}{rest}"))
        }
        None if leaves => Some(format!("/{target}{rest}")),
        None => None,
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn beside(source: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder(source)
        .split('/')
        .filter(|p| !p.is_empty())
        .collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_follow_a_file() {
        let moves = Moves::from([("b/old.md".to_owned(), "c/new.md".to_owned())]);
        for (source, before, after) in [
            (
                "a.md",
                "[x](@/b/old.md#y) [z](@/b/older.md) @/b/old.",
                "[x](@/c/new.md#y) [z](@/b/older.md) @/c/new.",
            ),
            (
                "a.md",
                "---\nsuperseded_by: \"@/b/old\"\n---\n",
                "---\nsuperseded_by: \"@/c/new\"\n---\n",
            ),
            (
                "b/a.md",
                "[x](old.md) [old.md](other.md)\n\n[r]: ./old.md \"T\"\n",
                "[x](@/c/new.md) [old.md](other.md)\n\n[r]: @/c/new.md \"T\"\n",
            ),
            ("a.md", "[x](b/old.md?q)", "[x](@/c/new.md?q)"),
            (
                "b/old.md",
                "---\ntitle: A\n---\n![m](map.png) [x](other.md#a) [y](/z/)",
                "---\ntitle: A\n---\n![m](/b/map.png) [x](@/b/other.md#a) [y](/z/)",
            ),
        ] {
            assert_eq!(
                relinked(source, before, &moves).as_deref(),
                Some(after),
                "{before}"
            );
        }
        for text in [
            "[x](https://e.example/@/b/older) [y](old.md)",
            "@/b/old/page.md `@/b/old-er.md`",
            "",
        ] {
            assert_eq!(relinked("a.md", text, &moves), None, "{text}");
        }
    }
}
