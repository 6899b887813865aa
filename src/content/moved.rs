//! A content file that gets another path → the texts of the files that link to it, or that it links to, as they must be then. Pure: paths are from
//! content/, with `/` between parts.

use std::{cell::LazyCell, collections::BTreeMap, ops::Range};

use percent_encoding::percent_decode_str;

use super::{
    addresses::{Form, Unwritten, addresses, replaced},
    named::{Named, named},
    written::{auto, respelled},
};
use crate::{
    diagnostic::Lines,
    render::links::{beside, encode},
};

/// Old path → new path.
pub type Moves = BTreeMap<String, String>;

/// The new address of the page that an address is of, where that is one that moves: a path from the site's root, or a full address.
pub type Pages<'p> = &'p dyn Fn(&str) -> Option<String>;

/// A text after the moves.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Relinked {
    /// The text; `None` where it stays as it is.
    pub text: Option<String>,
    /// The links that stay as they are.
    pub unwritten: Vec<Unwritten>,
}

/// A place of a text that refers to a file.
struct Reference<'m> {
    range: Range<usize>,
    /// The old path, where the file is one that moves.
    old: Option<&'m str>,
    /// What must stand there then.
    new: String,
}

/// The text of the file at `source` (its path before) after the moves.
pub fn relinked(source: &str, text: &str, moves: &Moves, pages: Pages<'_>) -> Relinked {
    let (references, unwritten) = references(source, text, moves, pages);
    let changes = references.into_iter().map(|one| (one.range, one.new));
    let out = replaced(text, changes.collect());
    Relinked {
        text: (out != text).then_some(out),
        unwritten,
    }
}

/// The byte of the first reference to each file of `moves` in the text of the file at `source`.
pub fn referred<'m>(source: &str, text: &str, moves: &'m Moves) -> BTreeMap<&'m str, usize> {
    let mut first = BTreeMap::new();
    for one in references(source, text, moves, &|_| None).0 {
        if let Some(old) = one.old {
            first.entry(old).or_insert(one.range.start);
        }
    }
    first
}

/// In the order of the text; and the links that can't be rewritten.
fn references<'m>(
    source: &str,
    text: &str,
    moves: &'m Moves,
    pages: Pages<'_>,
) -> (Vec<Reference<'m>>, Vec<Unwritten>) {
    let mut found = spelled_in_full(text, moves);
    found.extend(by_key(source, text, moves));
    let (links, unwritten) = links(source, text, moves, pages);
    found.extend(links);
    found.sort_by_key(|one| one.range.start);
    (found, unwritten)
}

/// `@/old.md` and `@/old`, wherever they stand as a whole, also percent-encoded.
fn spelled_in_full<'m>(text: &str, moves: &'m Moves) -> Vec<Reference<'m>> {
    let mut found = Vec::new();
    for (old, new) in moves {
        let (stem, new_stem) = (bare(old), bare(new));
        let encoded = encode(stem);
        found.extend(whole(text, old, stem, new_stem));
        if encoded != stem {
            found.extend(whole(text, old, &encoded, &encode(new_stem)));
        }
    }
    found
}

/// `@/` and `stem` in one spelling.
fn whole<'m>(text: &str, old: &'m str, stem: &str, new_stem: &str) -> Vec<Reference<'m>> {
    let stem = format!("@/{stem}");
    let reference = |at: usize| {
        let rest = text.get(at + stem.len()..).unwrap_or_default();
        let (end, suffix) = match rest.strip_prefix(".md") {
            Some(_) => (3, ".md"),
            None => (0, ""),
        };
        let next = rest.get(end..).and_then(|rest| rest.chars().next());
        let goes_on = |c: char| c.is_alphanumeric() || "-_/.%".contains(c);
        // A full stop may end a sentence.
        let after = rest.get(end + 1..).and_then(|rest| rest.chars().next());
        let ends = match next {
            Some('.') => !after.is_some_and(char::is_alphanumeric),
            Some(c) => !goes_on(c),
            None => true,
        };
        ends.then(|| Reference {
            range: at..at + stem.len() + end,
            old: Some(old),
            new: format!("@/{new_stem}{suffix}"),
        })
    };
    let places = text.match_indices(&stem);
    places.filter_map(|(at, _)| reference(at)).collect()
}

/// Values of front matter in any spelling.
fn by_key<'m>(source: &str, text: &str, moves: &'m Moves) -> Vec<Reference<'m>> {
    let one = |named: Named| {
        let (old, new) = moves.get_key_value(&named.source)?;
        Some(Reference {
            new: named.spelled(new),
            range: named.range,
            old: Some(old),
        })
    };
    named(source, text).into_iter().filter_map(one).collect()
}

/// Links to what moves, as Markdown reads them, and those of what moves to another folder.
fn links<'m>(
    source: &str,
    text: &str,
    moves: &'m Moves,
    pages: Pages<'_>,
) -> (Vec<Reference<'m>>, Vec<Unwritten>) {
    let (mut found, mut unwritten) = (Vec::new(), Vec::new());
    let body = super::split::split("", text).map_or(0, |split| split.body.start);
    let Some(markdown) = text.get(body..) else {
        return (found, unwritten);
    };
    let leaves = moves
        .get(source)
        .is_some_and(|new| folder(new) != folder(source));
    let lines = LazyCell::new(|| Lines::of(text, 1));
    for address in addresses(markdown) {
        let dest = address.dest;
        let (path, rest) = dest
            .find(['#', '?'])
            .map_or((dest.as_str(), ""), |at| dest.split_at(at));
        let to = readdressed(source, path, moves, leaves);
        let Some((old, head)) = to.or_else(|| Some((None, pages(path)?))) else {
            continue;
        };
        let range = address.at.map(|at| body + at.start..body + at.end);
        let written = range.and_then(|range| {
            let angled = text.get(..range.start)?.ends_with('<');
            let new = match address.form {
                Form::Auto => auto(format!("{head}{rest}"))?,
                _ => respelled(text.get(range.clone())?, angled, &head, rest)?,
            };
            Some(Reference { range, old, new })
        });
        if let Some(reference) = written {
            found.push(reference);
            continue;
        }
        unwritten.push(Unwritten {
            line: lines.at(body + address.whole.start),
            new: format!("{head}{rest}"),
            dest,
        });
    }
    (found, unwritten)
}

/// What the path of a relative address must be, and the file that moves, if it leads to one; nothing where it may stay.
fn readdressed<'m>(
    source: &str,
    path: &str,
    moves: &'m Moves,
    leaves: bool,
) -> Option<(Option<&'m str>, String)> {
    if path.is_empty() || path.starts_with('/') || path.contains(':') {
        return None;
    }
    let path = percent_decode_str(path).decode_utf8_lossy();
    if let Some(path) = path.strip_prefix("@/") {
        let (old, new) = moves.get_key_value(&format!("{}.md", bare(path)))?;
        let new = if bare(path) == path { bare(new) } else { new };
        return Some((Some(old), format!("@/{}", encode(new))));
    }
    let target = beside(source, &path)?;
    let whole = |begin: &str, path: &str| format!("{begin}{}", encode(path));
    match moves.get_key_value(&target) {
        Some((old, new)) => Some((Some(old), whole("@/", new))),
        None if leaves && target.to_lowercase().ends_with(".md") => {
            Some((None, whole("@/", &target)))
        }
        None if leaves => Some((None, whole("/", &target))),
        None => None,
    }
}

fn bare(path: &str) -> &str {
    path.strip_suffix(".md").unwrap_or(path)
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_follow_a_file() {
        let relinked = |source: &str, text: &str, moves: &Moves| {
            let pages = |path: &str| {
                let new = |old| {
                    path.strip_suffix(old)
                        .map(|begin| format!("{begin}/c/new/"))
                };
                new("/b/old/")
            };
            let relinked = relinked(source, text, moves, &pages);
            assert_eq!(relinked.unwritten, [], "{text}");
            relinked.text
        };
        let moves = Moves::from([("b/old.md".to_owned(), "c/new.md".to_owned())]);
        for (source, before, after) in [
            (
                "b/a.md",
                "[x](old.md \"see old.md\") [see old.md][r] [old.md] ![](old.md)\n\n[r]: old.md\n[old.md]: <old.md> 'old.md'\n",
                "[x](@/c/new.md \"see old.md\") [see old.md][r] [old.md] ![](@/c/new.md)\n\n[r]: @/c/new.md\n[old.md]: <@/c/new.md> 'old.md'\n",
            ),
            ("a.md", "[x](b/%6Fld.md#y)", "[x](@/c/new.md#y)"),
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
                "a.md",
                "---\nsuperseded_by: b/old # so\ntranslation_of: 'content/b/old.md'\n---\nb/old\n",
                "---\nsuperseded_by: c/new # so\ntranslation_of: 'content/c/new.md'\n---\nb/old\n",
            ),
            (
                "a.md",
                "+++\ntitle = \"b/old\"\nsuperseded_by = \"/b/old\"\n+++\n",
                "+++\ntitle = \"b/old\"\nsuperseded_by = \"/c/new\"\n+++\n",
            ),
            (
                "b/a.md",
                "[x](old.md) [old.md](other.md)\n\n[r]: ./old.md \"T\"\n",
                "[x](@/c/new.md) [old.md](other.md)\n\n[r]: @/c/new.md \"T\"\n",
            ),
            (
                "a.md",
                "[x](@/b/%6Fld.md#y) [z](@/b/old%20er.md)",
                "[x](@/c/new.md#y) [z](@/b/old%20er.md)",
            ),
            ("a.md", "[x](b/old.md?q)", "[x](@/c/new.md?q)"),
            ("b/a.md", "[x](%6Fld.md)", "[x](@/c/new.md)"),
            (
                "b/a.md",
                "[x](old\\.md) [y](<old.m&#100;>) [z](old.md?a=1&amp;b=2)\n\n[q]: old.md?x=1&amp;copy;=2\n\n> [r]:\n> old.md\n",
                "[x](@/c/new.md) [y](<@/c/new.md>) [z](@/c/new.md?a=1&amp;b=2)\n\n[q]: @/c/new.md?x=1&amp;copy;=2\n\n> [r]:\n> @/c/new.md\n",
            ),
            (
                "a.md",
                "[x](/b/old/#y) <https://e.org/b/old/> [z](/b/old/z/)",
                "[x](/c/new/#y) <https://e.org/c/new/> [z](/b/old/z/)",
            ),
            (
                "a.md",
                "<https://e.org/b/old/?a=1&amp;b=2#\\_(> [x](<https://e.org/b/old/?a=1&amp;b=2>)",
                "<https://e.org/c/new/?a=1&amp;b=2#\\_(> [x](<https://e.org/c/new/?a=1&amp;b=2>)",
            ),
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
        let spaced = Moves::from([("b c/o d.md".to_owned(), "b c/new.md".to_owned())]);
        let before =
            "---\nextra: {a: \"@/b%20c/o%20d\"}\n---\n[x](@/b%20c/o%20d.md) [y](<@/b c/o d.md>)";
        let after =
            "---\nextra: {a: \"@/b%20c/new\"}\n---\n[x](@/b%20c/new.md) [y](<@/b c/new.md>)";
        assert_eq!(relinked("a.md", before, &spaced).as_deref(), Some(after));
        for text in [
            "[x](https://e.example/@/b/older) [y](old.md)",
            "@/b/old/page.md `@/b/old-er.md`",
            "",
        ] {
            assert_eq!(relinked("a.md", text, &moves), None, "{text}");
        }
    }
}
