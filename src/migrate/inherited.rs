//! What keeps pages back from elsewhere – a section of Zola that is a draft, `cascade` of Hugo, `defaults` of Jekyll – makes drafts of them; and the files
//! beside a page that is kept back stay behind with it, since a file has no draft. Where it is in doubt whom a value is for, it is for all; and a folder
//! whose own page can't be read is kept back whole.

use std::collections::BTreeMap;

use globset::GlobMatcher;
use jiff::Timestamp;

use super::{
    Plan,
    fields::{listed, shown, truth},
    front::{get, map, word},
    kept_back::glob_of,
    page::Page,
};
use crate::{
    site::card,
    yaml::{Node, Value},
};

/// Values that keep pages back, and for which pages.
#[derive(Debug)]
pub(super) struct Inherited {
    file: String,
    line: usize,
    what: &'static str,
    whom: Whom,
}

/// For which pages a value is.
#[derive(Debug)]
pub(super) enum Whom {
    /// Content files of ours that begin so and, as Hugo writes their paths, match.
    Below(String, Option<GlobMatcher>),
    /// Files of the other site that begin so, or whose beginning matches, of this type; all where the pattern can't be read.
    Jekyll(String, Option<GlobMatcher>, Option<String>),
}

impl Whom {
    /// Whether a `scope` of Jekyll says it; else it is in doubt, and all.
    pub(super) fn is_told(&self) -> bool {
        !matches!(self, Self::Jekyll(_, None, _))
    }

    pub(super) fn has(&self, page: &Page) -> bool {
        match self {
            Self::Below(folder, glob) => {
                let (above, name, _) = card::split(&page.to);
                let mut paths = vec![hugo_path(above, name)];
                // In doubt it is for both: the whole name, and what comes before the full stop.
                if let Some(name) = &page.dotted {
                    let ends = name.match_indices('.').map(|(at, _)| at);
                    let all = ends.chain([name.len()]).map(|end| &name[..end]);
                    paths.extend(all.map(|name| hugo_path(above, name)));
                }
                let matches = |glob: &GlobMatcher| {
                    let mut paths = paths.iter();
                    paths.any(|path| {
                        glob.is_match(path) || glob.is_match(path.trim_start_matches('/'))
                    })
                };
                page.to.starts_with(folder.as_str()) && glob.as_ref().is_none_or(matches)
            }
            Self::Jekyll(path, glob, kind) => {
                let covers = |of: &String| {
                    of.starts_with(path) || glob.as_ref().is_none_or(|glob| glob.is_match(of))
                };
                let mut parts = page.from.split('/');
                let kinds = match kind.as_deref() {
                    None => true,
                    Some("pages") => !parts.any(|part| part.starts_with('_')),
                    Some(kind) => parts.any(|part| part.strip_prefix('_') == Some(kind)),
                };
                // With the folder of the collections, and without.
                (covers(&page.from) || covers(&page.source)) && kinds
            }
        }
    }
}

/// The path of a page as Hugo writes it: in small letters, with hyphens for spaces, without language and end.
pub(super) fn hugo_path(folder: &str, name: &str) -> String {
    let name = if matches!(name, "index" | "_index") {
        String::new()
    } else {
        format!("/{name}")
    };
    let above = if folder.is_empty() { "" } else { "/" };
    let path = format!("{above}{folder}{name}");
    path.to_lowercase().replace(' ', "-")
}

/// The pages that a `scope` of Jekyll is for.
pub(super) fn scope(scope: &[(String, usize, Node)]) -> Whom {
    let path = word(scope, "path").unwrap_or_default();
    let path = path.trim_start_matches('/');
    let kind = word(scope, "type").map(|kind| match kind {
        "post" | "page" | "draft" => format!("{kind}s"),
        _ => kind.to_owned(),
    });
    // Without an asterisk it is the beginning of a path, whatever stands in it.
    let begins = if path.contains('*') {
        path.to_owned()
    } else {
        globset::escape(path)
    };
    Whom::Jekyll(path.to_owned(), glob_of(&format!("{begins}*"), false), kind)
}

/// The mappings of a list; one mapping is a list of one.
pub(super) fn each(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

impl Plan {
    /// Takes note of a `cascade` of Hugo, for pages below a folder.
    pub(super) fn cascade(&mut self, file: &str, folder: &str, line: usize, node: &Node) {
        for item in each(node) {
            let held =
                map(item)
                    .iter()
                    .any(|(key, _, value)| match key.to_ascii_lowercase().as_str() {
                        "draft" | "headless" => value.text() != Some("false"),
                        "build" | "_build" => !shown(value),
                        "published" => value.text().and_then(truth) != Some(true),
                        "publishdate" | "pubdate" | "expirydate" | "unpublishdate" => true,
                        _ => false,
                    });
            let mut build = map(item).iter().filter(|(key, ..)| {
                ["build", "_build"]
                    .iter()
                    .any(|b| key.eq_ignore_ascii_case(b))
            });
            if !held && build.any(|(.., value)| !listed(value)) {
                self.report.find(
                    file,
                    Some(line),
                    "`cascade` kept pages out of lists; nothing does that here",
                    "write `draft: true` into the new files that should not be found",
                );
            }
            let target = get(map(item), "target").or_else(|| get(map(item), "_target"));
            let path = target.and_then(|target| word(map(target), "path"));
            if held {
                // A pattern that can't be read is for all.
                let glob = path.and_then(|path| {
                    let path = path.to_lowercase();
                    glob_of(&path, !path.contains("**"))
                });
                self.inherited.push(Inherited {
                    file: file.to_owned(),
                    line,
                    what: "`cascade`",
                    whom: Whom::Below(folder.to_owned(), glob),
                });
            }
        }
    }

    /// Takes note of a section of Zola that is a draft: all below its folder was left out.
    pub(super) fn draft_section(&mut self, file: &str, folder: &str, line: usize) {
        let above = if folder.is_empty() { "" } else { "/" };
        self.inherited.push(Inherited {
            file: file.to_owned(),
            line,
            what: "`draft`",
            whom: Whom::Below(format!("{folder}{above}"), None),
        });
    }

    /// Takes note of a content file that can't be read: it is kept back, and with the page of a folder all below that folder.
    pub(super) fn unread(&mut self, file: &str, to: &str) {
        let mut page = Page {
            from: file.to_owned(),
            to: to.to_owned(),
            address: "/".to_owned(),
            ..Page::default()
        };
        page.front.set("draft", true);
        self.others.push(page);
        if is_index(to) {
            self.inherited.push(Inherited {
                file: file.to_owned(),
                line: 1,
                what: "a page that can’t be read",
                whom: Whom::Below(folder_of(to).to_owned(), None),
            });
        }
    }

    /// Takes note of the `defaults` of Jekyll.
    pub(super) fn defaults(&mut self, file: &str, node: &Node) {
        for item in each(node) {
            let of = |key: &str| get(map(item), key).map(map).unwrap_or_default();
            let (scope, values) = (of("scope"), of("values"));
            if word(values, "sitemap") == Some("false") {
                self.report.find(
                    file,
                    Some(item.line),
                    "`sitemap` in `defaults` kept pages out of the sitemap; nothing does that here",
                    "write `draft: true` into the new files that should not be found",
                );
            }
            let held = word(values, "published").is_some_and(|value| value != "true")
                || word(values, "draft").is_some_and(|value| value != "false");
            if held {
                self.inherited.push(Inherited {
                    file: file.to_owned(),
                    line: item.line,
                    what: "`defaults`",
                    whom: self::scope(scope),
                });
            }
        }
    }

    /// Makes drafts of the pages that inherit it.
    pub(super) fn inherit(&mut self) {
        for held in &self.inherited {
            let mut pages = 0;
            for page in self.pages.iter_mut().filter(|page| held.whom.has(page)) {
                page.front.set("draft", true);
                page.files_shown = false;
                pages += 1;
            }
            for page in self.others.iter_mut().filter(|page| held.whom.has(page)) {
                page.front.set("draft", true);
            }
            let message = format!(
                "{} keeps pages back: each of those that it is for is a draft ({pages})",
                held.what
            );
            let help = "take `draft: true` out of those that should be published";
            self.report
                .find(&held.file, Some(held.line), &message, help);
        }
    }

    /// Leaves behind the files of what is kept back: of the nearest folder with pages, where its `index.md` or `_index.md` is kept back, or all below it
    /// where it has none.
    pub(super) fn leave_beside(&mut self, now: Timestamp) {
        let mut folders: BTreeMap<String, Folder> = BTreeMap::new();
        // A page that had no address belongs to another.
        for page in self.pages.iter().filter(|page| !page.address.is_empty()) {
            let public = !page.is_kept_back(now);
            let index = is_index(&page.from);
            for (depth, folder) in above(&page.from).enumerate() {
                let folder = folders.entry(folder.to_owned()).or_default();
                folder.any |= public;
                if depth == 0 && index {
                    // A translation may be public.
                    folder.own = Some(public || folder.own == Some(true));
                    folder.shown |= page.files_shown;
                }
            }
        }
        // Where one that stays behind is public, that makes no folder public but its own.
        for page in &self.others {
            let (public, index) = (!page.is_kept_back(now), is_index(&page.from));
            if public && !index {
                continue;
            }
            for (depth, folder) in above(&page.from).enumerate() {
                let own = depth == 0 && index;
                if own {
                    let folder = folders.entry(folder.to_owned()).or_default();
                    folder.own.get_or_insert(public);
                } else if !public {
                    folders.entry(folder.to_owned()).or_default();
                }
            }
        }
        let report = &mut self.report;
        self.copies.retain(|_, from| {
            let nearest = above(from).find_map(|folder| folders.get_key_value(folder));
            let Some((folder, pages)) = nearest else {
                return true;
            };
            // Of a section, Zola copies what lies in the very folder.
            let shown = pages.shown && above(from).next() == Some(folder.as_str());
            let public = shown || pages.own.unwrap_or(pages.any);
            if !public {
                let message =
                    format!("not copied: it belongs to {folder}/, whose page is kept back");
                report.find(from, None, &message, "copy it when that page is published");
            }
            public
        });
    }
}

/// Which pages of a folder are public.
#[derive(Default)]
struct Folder {
    /// Its own, where it has one.
    own: Option<bool>,
    /// Whether the files in it are public, whatever its own page is.
    shown: bool,
    /// Any at or below it.
    any: bool,
}

/// Whether a file is the page of its folder.
fn is_index(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with("index.") || name.starts_with("_index.")
}

/// The folder of a path, with a slash at its end; nothing at the top.
pub(super) fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

/// The folders above a path, the nearest first.
fn above(path: &str) -> impl Iterator<Item = &str> {
    path.rmatch_indices('/').map(|(at, _)| &path[..at])
}
