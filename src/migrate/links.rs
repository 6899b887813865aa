//! Links of another tool → links of Dépêche: `@/path/to/file.md` where a content file is meant, a path of the site where another file is.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    markdown::{as_md, stem},
    page::Page,
    topics::Named,
};
use crate::render::links::beside;

mod rewrite;

pub(super) use rewrite::rewrite;

/// What links can lead to.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Paths of content files as links name them → our path.
    sources: BTreeMap<String, String>,
    /// The names that a reference may end with → paths of content files of that name.
    names: BTreeMap<String, Vec<String>>,
    /// Addresses of the other site, without slashes at their ends → our path.
    pub(super) addresses: BTreeMap<String, String>,
    /// Our content files.
    pub(super) ours: BTreeSet<String>,
    /// Content files that are drafts since something else has their address → where links to them lead, if anywhere.
    pub(super) replaced: BTreeMap<String, Option<String>>,
    /// Our other files, from content/.
    pub(super) assets: BTreeSet<String>,
    /// The path below which the other site lay, and its whole address.
    pub(super) base: (String, String),
    /// Lists of terms: `/tags/`.
    pub(super) term_lists: Vec<String>,
}

/// What may stand after a reference in the path of a content file.
const ENDS: [&str; 7] = [
    "",
    ".md",
    ".markdown",
    "/index.md",
    "/_index.md",
    "/index.markdown",
    "/_index.markdown",
];

/// The last parts of the references that may mean a content file.
fn names(source: &str) -> impl Iterator<Item = &str> {
    let (folder, file) = source.rsplit_once('/').unwrap_or(("", source));
    let stem = stem(file);
    let folder = matches!(stem, "index" | "_index")
        .then(|| folder.rsplit('/').next())
        .flatten();
    [Some(file), Some(stem), folder].into_iter().flatten()
}

/// What a link becomes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// It stays.
    Same,
    /// It is written so.
    New(String),
    /// There is nothing where it leads.
    Nowhere,
}

impl Known {
    pub(super) fn of(pages: &[Page]) -> Self {
        let mut known = Self::default();
        for page in pages {
            known.ours.insert(page.to.clone());
            known.sources.insert(page.source.clone(), page.to.clone());
            // A reference without an end is tried with the usual ones.
            let mut source = page.source.clone();
            if ![".md", ".markdown"].iter().any(|end| source.ends_with(end)) {
                source = as_md(&source);
                let unknown = known.sources.entry(source.clone());
                unknown.or_insert_with(|| page.to.clone());
            }
            for name in names(&source) {
                let all = known.names.entry(name.to_owned()).or_default();
                all.push(source.clone());
            }
            if page.untold {
                continue;
            }
            let address = plain(&page.address).to_owned();
            known
                .addresses
                .entry(address)
                .or_insert_with(|| page.to.clone());
        }
        // An address leads to its page rather than to one that had it once.
        for page in pages {
            for alias in page.front.list("aliases") {
                let known = known.addresses.entry(plain(alias).to_owned());
                known.or_insert_with(|| page.to.clone());
            }
        }
        known
    }

    /// A link to a content file of ours.
    fn to(&self, to: &str, rest: &str) -> Option<String> {
        match self.replaced.get(to) {
            Some(address) => address.as_ref().map(|address| format!("{address}{rest}")),
            None => Some(format!("@/{to}{rest}")),
        }
    }

    /// The content file that a reference names: a path from the content folder or from the page's, with or without `.md`, else a name that only one file has.
    pub(super) fn reference(&self, page: &Page, reference: &str) -> Option<String> {
        let (path, rest) = parted(reference);
        if path.is_empty() {
            return Some(reference.to_owned());
        }
        let from_root = path.strip_prefix("@/").or_else(|| path.strip_prefix('/'));
        let candidates = if let Some(path) = from_root {
            vec![path.to_owned()]
        } else {
            let beside = beside(&page.source, path);
            beside.into_iter().chain([path.to_owned()]).collect()
        };
        let forms = |path: &String| {
            let path = path.trim_end_matches('/');
            ENDS.map(|end| format!("{path}{end}"))
        };
        let exact = candidates
            .iter()
            .flat_map(forms)
            .find_map(|path| self.sources.get(&path));
        let named = || {
            let path = path.trim_start_matches("./").trim_matches('/');
            let ends = forms(&format!("/{path}"));
            let all = self.names.get(path.rsplit('/').next()?)?;
            let mut all = all
                .iter()
                .filter(|source| ends.iter().any(|end| format!("/{source}").ends_with(end)));
            let first = all.next()?;
            all.next().is_none().then(|| self.sources.get(first))?
        };
        self.to(exact.or_else(named)?, rest)
    }

    /// What a link of a page becomes.
    pub(super) fn link(&self, page: &Page, dest: &str, named: &Named) -> Link {
        let whole = &self.base.1;
        let dest_in_site = (!whole.is_empty())
            .then(|| dest.strip_prefix(whole.as_str()))
            .flatten()
            .filter(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']))
            .map(|rest| {
                if rest.starts_with('/') {
                    rest.to_owned()
                } else {
                    format!("/{rest}")
                }
            });
        if let Some(path) = &dest_in_site {
            return match self.rooted(path, named) {
                Link::Same => Link::New(path.clone()),
                other => other,
            };
        }
        let scheme = dest
            .split(['/', '?', '#'])
            .next()
            .is_some_and(|head| head.contains(':'));
        if scheme || dest.is_empty() || dest.starts_with(['#', '?']) || dest.starts_with("//") {
            return Link::Same;
        }
        if let Some(path) = dest.strip_prefix("@/") {
            // What was rewritten before.
            let path = parted(path).0;
            if self.ours.contains(path) && !self.replaced.contains_key(path) {
                return Link::Same;
            }
            let (path, rest) = parted(dest);
            let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
            return match self.reference(page, &format!("{decoded}{rest}")) {
                Some(new) if new == dest => Link::Same,
                Some(new) => Link::New(new),
                None => Link::Nowhere,
            };
        }
        if dest.starts_with('/') {
            let base = &self.base.0;
            let below = (!base.is_empty())
                .then(|| dest.strip_prefix(base.as_str()))
                .flatten()
                .filter(|rest| rest.is_empty() || rest.starts_with('/'));
            let Some(below) = below else {
                return self.rooted(dest, named);
            };
            return match self.rooted(below, named) {
                Link::Same => Link::New(below.to_owned()),
                Link::Nowhere => self.rooted(dest, named),
                new @ Link::New(_) => new,
            };
        }
        let (path, rest) = parted(dest);
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        if let Some(to) = beside(&page.source, &decoded).and_then(|path| self.sources.get(&path)) {
            return self.to(to, rest).map_or(Link::Nowhere, Link::New);
        }
        if beside(&page.to, &decoded).is_some_and(|path| self.assets.contains(&path)) {
            return Link::Same;
        }
        // As a browser reads it on the page, and from the folder of the old file.
        let folder = page
            .address
            .rfind('/')
            .map_or("", |at| &page.address[..=at]);
        let on_page = beside(folder.trim_start_matches('/'), &decoded);
        let from_file = beside(&page.source, &decoded);
        for path in on_page.into_iter().chain(from_file) {
            match self.rooted(&format!("/{path}{rest}"), named) {
                Link::Same => return Link::New(format!("/{path}{rest}")),
                Link::New(new) => return Link::New(new),
                Link::Nowhere => {}
            }
        }
        Link::Nowhere
    }

    /// A path from the site's root.
    pub(super) fn rooted(&self, dest: &str, named: &Named) -> Link {
        let (path, rest) = parted(dest);
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        if let Some(to) = self.addresses.get(plain(&decoded)) {
            return self.to(to, rest).map_or(Link::Nowhere, Link::New);
        }
        if plain(&decoded).is_empty() || self.assets.contains(decoded.trim_start_matches('/')) {
            return Link::Same;
        }
        for list in &self.term_lists {
            if let Some(term) =
                format!("{}/", decoded.trim_end_matches('/')).strip_prefix(list.as_str())
            {
                let term = term.trim_matches('/');
                if term.is_empty() {
                    return Link::New(crate::site::route::TOPICS.to_owned());
                }
                if let Some(slug) = super::topics::topic_slug(term).filter(|slug| named.has(slug)) {
                    return Link::New(format!("{}{slug}/", crate::site::route::TOPICS));
                }
            }
        }
        Link::Nowhere
    }
}

/// An address without what differs where nothing does: slashes at its ends, `index.html`.
pub(super) fn plain(address: &str) -> &str {
    let address = address.trim_matches('/');
    match address.strip_suffix("index.html") {
        Some(rest) if rest.is_empty() || rest.ends_with('/') => rest.trim_end_matches('/'),
        _ => address,
    }
}

fn parted(link: &str) -> (&str, &str) {
    link.find(['#', '?'])
        .map_or((link, ""), |at| link.split_at(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(source: &str, to: &str, address: &str) -> Page {
        Page {
            source: source.into(),
            to: to.into(),
            address: address.into(),
            ..Page::default()
        }
    }

    #[test]
    fn links_lead_where_they_led() {
        let pages = [
            page("blog/a.md", "blog/a.md", "/blog/a/"),
            page("b.md", "b.md", "/b.html"),
        ];
        let mut known = Known::of(&pages);
        known.assets.insert("blog/c.png".into());
        known.base = ("/x".into(), "https://e.org/x".into());
        known.term_lists.push("/tags/".into());
        let mut named = Named::default();
        named.add("sea", "Sea");
        let new = |text: &str| Link::New(text.into());
        for (dest, expected) in [
            ("@/b.md#f", Link::Same),
            ("@/no.md", Link::Nowhere),
            ("/blog/a/#f", new("@/blog/a.md#f")),
            ("/b.html", new("@/b.md")),
            ("/x/blog/a", new("@/blog/a.md")),
            ("https://e.org/x/b.html", new("@/b.md")),
            ("https://e.org/xy/", Link::Same),
            ("../b.md", new("@/b.md")),
            ("c.png", Link::Same),
            ("../c.png", new("/blog/c.png")),
            ("../../b.html", new("@/b.md")),
            ("/tags/Sea/", new("/topics/sea/")),
            ("/no/", Link::Nowhere),
            ("mailto:a@b", Link::Same),
            ("#f", Link::Same),
        ] {
            assert_eq!(known.link(&pages[0], dest, &named), expected, "{dest}");
        }
        assert_eq!(
            known.reference(&pages[1], "a").as_deref(),
            Some("@/blog/a.md")
        );
    }

    #[test]
    fn a_name_that_one_file_has_is_enough() {
        let pages = [
            page(
                "_posts/2026-01-27-a.markdown",
                "posts/2026-01-27-a.md",
                "/a/",
            ),
            page("x/b/index.md", "x/b/index.md", "/x/b/"),
            page("x/c.md", "x/c.md", "/x/c/"),
            page("y/c.md", "y/c.md", "/y/c/"),
        ];
        let known = Known::of(&pages);
        for (reference, to) in [
            ("/_posts/2026-01-27-a", Some("@/posts/2026-01-27-a.md")),
            ("2026-01-27-a", Some("@/posts/2026-01-27-a.md")),
            ("b#f", Some("@/x/b/index.md#f")),
            ("b/index.md", Some("@/x/b/index.md")),
            ("c", None),
            ("y/c.md", Some("@/y/c.md")),
            ("z", None),
        ] {
            let from = page("d.md", "d.md", "/d/");
            assert_eq!(
                known.reference(&from, reference).as_deref(),
                to,
                "{reference}"
            );
        }
    }
}
