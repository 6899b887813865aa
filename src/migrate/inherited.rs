//! What keeps pages back from elsewhere – `cascade` of Hugo, `defaults` of Jekyll – makes drafts of them; and the files beside a page that is kept back stay
//! behind with it, since a file has no draft. Where it is in doubt whom a value is for, it is for all.

use globset::GlobMatcher;
use jiff::Timestamp;

use super::{
    Plan,
    fields::shown,
    front::{get, map, word},
    kept_back::glob_of,
    page::Page,
};
use crate::yaml::{Node, Value};

/// Values that keep pages back, and for which pages.
#[derive(Debug)]
pub(super) struct Inherited {
    file: String,
    line: usize,
    key: &'static str,
    whom: Whom,
}

#[derive(Debug)]
enum Whom {
    /// Content files of ours that begin so and, without their ends, match.
    Hugo(String, Option<GlobMatcher>),
    /// Files of the other site that begin so or match, of this type.
    Jekyll(String, Option<GlobMatcher>, Option<String>),
}

impl Whom {
    fn has(&self, page: &Page) -> bool {
        match self {
            Self::Hugo(folder, glob) => {
                let path = page.to.trim_end_matches(".md");
                let path = ["/index", "/_index"]
                    .iter()
                    .find_map(|end| path.strip_suffix(end))
                    .unwrap_or(path);
                let matches = |glob: &GlobMatcher| glob.is_match(format!("/{path}"));
                page.to.starts_with(folder.as_str()) && glob.as_ref().is_none_or(matches)
            }
            Self::Jekyll(path, glob, kind) => {
                let whole = path.is_empty() || page.from == *path;
                let below = page.from.starts_with(&format!("{path}/"));
                let matches = glob.as_ref().is_some_and(|glob| glob.is_match(&page.from));
                let part = |name: &str| page.from.split('/').any(|part| part == name);
                let kinds = match kind.as_deref() {
                    None => true,
                    Some("pages") => !page.from.starts_with('_') && !part("_posts"),
                    Some(kind) => part(&format!("_{kind}")),
                };
                (whole || below || matches) && kinds
            }
        }
    }
}

/// The mappings of a list; one mapping is a list of one.
fn each(node: &Node) -> &[Node] {
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
                        "publishdate" | "pubdate" | "published" | "expirydate"
                        | "unpublishdate" => true,
                        _ => false,
                    });
            let target = get(map(item), "target").or_else(|| get(map(item), "_target"));
            let path = target.and_then(|target| word(map(target), "path"));
            if held {
                self.inherited.push(Inherited {
                    file: file.to_owned(),
                    line,
                    key: "cascade",
                    whom: Whom::Hugo(folder.to_owned(), path.and_then(|p| glob_of(p, true))),
                });
            }
        }
    }

    /// Takes note of the `defaults` of Jekyll.
    pub(super) fn defaults(&mut self, file: &str, node: &Node) {
        for item in each(node) {
            let of = |key: &str| get(map(item), key).map(map).unwrap_or_default();
            let (scope, values) = (of("scope"), of("values"));
            let held = word(values, "published").is_some_and(|value| value != "true")
                || word(values, "draft").is_some_and(|value| value != "false");
            if held {
                let path = word(scope, "path").unwrap_or_default().trim_matches('/');
                let kind = word(scope, "type").map(|kind| match kind {
                    "post" | "page" | "draft" => format!("{kind}s"),
                    _ => kind.to_owned(),
                });
                self.inherited.push(Inherited {
                    file: file.to_owned(),
                    line: item.line,
                    key: "defaults",
                    whom: Whom::Jekyll(path.to_owned(), glob_of(path, false), kind),
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
                pages += 1;
            }
            let message = format!(
                "`{}` keeps pages back: each of those that it is for is a draft ({pages})",
                held.key
            );
            let help = "take `draft: true` out of those that should be published";
            self.report
                .find(&held.file, Some(held.line), &message, help);
        }
    }

    /// Leaves behind what lies in the folder of a page that is kept back, where that is `index.md` in the words of Hugo and Zola.
    pub(super) fn leave_beside(&mut self, now: Timestamp) {
        let folder = |page: &Page| {
            let (folder, name) = page.from.rsplit_once('/')?;
            (name.starts_with("index.") && page.to.contains('/')).then(|| format!("{folder}/"))
        };
        let bundles = |kept: bool| {
            let pages = self.pages.iter();
            let pages = pages.filter(move |page| page.front.is_kept_back(now) == kept);
            pages.filter_map(folder)
        };
        let public: Vec<String> = bundles(false).collect();
        // A translation may be public.
        let held: Vec<String> = bundles(true).filter(|f| !public.contains(f)).collect();
        let report = &mut self.report;
        self.copies.retain(|_, from| {
            let Some(folder) = held.iter().find(|folder| from.starts_with(folder.as_str())) else {
                return true;
            };
            let message =
                format!("not copied: the page {folder}, to which it belongs, is kept back");
            report.find(from, None, &message, "copy it when that page is published");
            false
        });
    }
}
