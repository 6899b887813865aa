//! The address that Hugo gives a content file: by `url`, else by the pattern that is for it, else by its path.

use jiff::civil::Date;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::{
    super::{
        fields::moment,
        front::{Entries, get, word},
    },
    permalinks::Values,
    settings::Site,
};

/// The address, or why it can't be told.
pub(super) fn address(
    to: &str,
    entries: &Entries,
    site: &Site,
    default: &str,
) -> Result<String, String> {
    let (folder, stem, lang) = site.languages.split(to);
    let whole = (folder, stem);
    let lang = lang.map_or_else(|| default.to_owned(), |lang| lang.to_string());
    let prefix = if lang != default || site.in_folder {
        format!("{lang}/")
    } else {
        String::new()
    };
    // A page in a folder of its own has the folder's name.
    let (folder, name) = match stem {
        "index" => folder.rsplit_once('/').unwrap_or(("", folder)),
        stem => (folder, stem),
    };
    let list = stem == "_index";
    if list && folder.is_empty() {
        return Ok(format!("/{prefix}"));
    }
    let named = site.named(to, entries);
    let slug = word(entries, "slug").filter(|slug| !slug.trim().is_empty());
    let slug = slug.or(named
        .as_ref()
        .map(|(_, slug)| slug.as_str())
        .filter(|slug| !slug.is_empty()));
    let slug = slug.map(|slug| site.plain(slug));
    let values = || {
        let folders = site.sections(&lang, folder);
        let slugs = folders.iter().map(|folder| site.slug_of(&lang, folder));
        let current = folders.last().copied().unwrap_or_default();
        let parts = current.split('/').filter(|part| !part.is_empty());
        Values {
            day: day(entries, named.as_ref().map(|(day, _)| day.as_str())),
            sections: parts.map(|part| site.plain(part)).collect(),
            section_slugs: slugs.collect(),
            title: site.plain(word(entries, "title").unwrap_or(name)),
            slug: slug.clone(),
            name: if list {
                String::new()
            } else {
                site.plain(name)
            },
        }
    };
    if let Some(url) = word(entries, "url").filter(|url| !url.is_empty()) {
        let whole = if url.contains(':') {
            values().fill(url)?
        } else {
            url.to_owned()
        };
        let path = whole.trim_start_matches('/');
        let end = if path.contains('.') || path.ends_with('/') || path.is_empty() {
            ""
        } else {
            "/"
        };
        // What begins with a slash counts from the root of all languages.
        let prefix = if url.starts_with('/') { "" } else { &prefix };
        return Ok(format!("/{prefix}{path}{end}"));
    }
    let kind = if list { "section" } else { "page" };
    let path = match site.permalinks.of(kind, whole) {
        Some(pattern) => {
            // Hugo takes it for escaped here.
            let filled = values().fill(pattern)?.replace('+', " ");
            let decoded = percent_encoding::percent_decode_str(&filled).decode_utf8_lossy();
            decoded.into_owned()
        }
        None if list => folder.to_owned(),
        None => format!("{folder}/{}", slug.unwrap_or_else(|| name.to_owned())),
    };
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let path = site.plain(&parts.join("/"));
    let section = folder.split('/').next().unwrap_or_default();
    Ok(match path.as_str() {
        "" => format!("/{prefix}"),
        path if site.ugly.has(section) => format!("/{prefix}{path}.html"),
        path => format!("/{prefix}{path}/"),
    })
}

/// The day of a page: that of its name where it counts, else of its front matter; where there is none, the first day that Go knows.
fn day(entries: &Entries, named: Option<&str>) -> Date {
    let keys = [
        "date",
        "publishDate",
        "pubdate",
        "published",
        "lastmod",
        "modified",
    ];
    let written = keys
        .into_iter()
        .filter_map(|key| word(entries, key).and_then(moment));
    let mut days = named.map(str::to_owned).into_iter().chain(written);
    let day = days.find_map(|day| day.get(..10)?.parse().ok());
    day.unwrap_or(jiff::civil::date(1, 1, 1))
}

impl Site {
    /// A text as a part of an address: letters, digits, marks and some signs stay, a hyphen stands for spaces, all else goes.
    pub(super) fn plain(&self, text: &str) -> String {
        let bare: String = if self.bare {
            text.nfd()
                .filter(|c| !is_combining_mark(*c))
                .nfc()
                .collect()
        } else {
            text.to_owned()
        };
        let (mut out, mut space) = (String::with_capacity(bare.len()), false);
        for (at, c) in bare.char_indices() {
            let code = || {
                let mut next = bare[at + 1..].bytes();
                next.next().is_some_and(|b| b.is_ascii_hexdigit())
                    && next.next().is_some_and(|b| b.is_ascii_hexdigit())
            };
            let stays = c.is_alphanumeric()
                || is_combining_mark(c)
                || "./\\_#+~-@".contains(c)
                || (c == '%' && code());
            if stays {
                if space && c != '-' {
                    out.push('-');
                }
                space = false;
                out.push(c);
            } else if c.is_whitespace() && !out.is_empty() && !out.ends_with('-') {
                space = true;
            }
        }
        if self.cased { out } else { out.to_lowercase() }
    }

    /// The day and the slug that stand in the name of a file, where the settings let them count before front matter.
    pub(super) fn named(&self, to: &str, entries: &Entries) -> Option<(String, String)> {
        let (folder, stem, _) = self.languages.split(to);
        let name = match stem {
            "index" => folder.rsplit('/').next().unwrap_or_default(),
            stem => stem,
        };
        for key in &self.dates {
            if key == ":filename" {
                if let Some(day) = name.get(..10).filter(|day| day.parse::<Date>().is_ok()) {
                    let slug = name[10..].trim_matches([' ', '-', '_']);
                    return Some((day.to_owned(), slug.to_owned()));
                }
            } else if get(entries, key).is_some_and(|node| !node.is_null()) {
                return None;
            }
        }
        None
    }

    /// The sections above a page, from the top: each folder at the top is one, another where it has an `_index.md`.
    fn sections<'f>(&self, lang: &str, folder: &'f str) -> Vec<&'f str> {
        let ends = folder.match_indices('/').map(|(at, _)| at);
        let above = ends.chain([folder.len()]).map(|end| &folder[..end]);
        let known = |above: &&str| {
            let has = |lang: &str| {
                let key = (lang.to_owned(), (*above).to_owned());
                self.lists.contains_key(&key)
            };
            !above.is_empty() && (!above.contains('/') || has(lang))
        };
        above.filter(known).collect()
    }

    /// What a section is called in addresses, where that is known.
    fn slug_of(&self, lang: &str, folder: &str) -> Option<String> {
        let key = (lang.to_owned(), folder.to_owned());
        let said = self.lists.get(&key)?.as_ref()?;
        Some(self.plain(said))
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            super::{Plan, front::parts, languages::Languages},
            permalinks::permalinks,
            settings::Ugly,
        },
        *,
    };
    use crate::yaml;

    fn told(path: &str, front: &str, site: &Site) -> Result<String, String> {
        let entries = parts(path, front).expect(front).entries;
        address(path, &entries, site, "en")
    }

    #[test]
    fn addresses_are_those_of_hugo() {
        let node = yaml::nodes("hugo.yaml", "news: /:year/:month/:slug/\n", 1, 99);
        let site = Site {
            languages: Languages::new(["en", "fr"]),
            permalinks: permalinks("hugo.yaml", &node.expect("YAML"), &mut Plan::default()),
            ugly: Ugly {
                all: false,
                sections: ["docs".to_owned()].into(),
            },
            ..Site::default()
        };
        for (path, front, expected) in [
            ("_index.md", "", "/"),
            ("Posts/My Post.md", "", "/posts/my-post/"),
            ("posts/a/index.md", "", "/posts/a/"),
            ("posts/a.fr.md", "---\nslug: b\n---\n", "/fr/posts/b/"),
            ("posts/_index.fr.md", "", "/fr/posts/"),
            ("posts/l'eau & C++ 2.0.md", "", "/posts/leau-c++-2.0/"),
            ("a.md", "---\nurl: /x/y\n---\n", "/x/y/"),
            ("a.fr.md", "---\nurl: /fr/à-propos/\n---\n", "/fr/à-propos/"),
            ("a.fr.md", "---\nurl: x.html\n---\n", "/fr/x.html"),
            ("docs/a.md", "", "/docs/a.html"),
            ("docs/_index.md", "", "/docs.html"),
            (
                "news/a.md",
                "---\ntitle: The Talks\ndate: 2026-01-27\n---\n",
                "/2026/01/the-talks/",
            ),
            (
                "news/a.md",
                "---\ntitle: What's new & C++ 2.0\ndate: 2026-01-27\n---\n",
                "/2026/01/whats-new-c-2.0/",
            ),
            (
                "news/deep/l'eau.md",
                "---\ntitle: L'eau\n---\n",
                "/1/01/leau/",
            ),
        ] {
            assert_eq!(told(path, front, &site).as_deref(), Ok(expected), "{path}");
        }
        let site = Site {
            bare: true,
            cased: true,
            dates: vec![":filename".to_owned(), "date".to_owned()],
            ..Site::default()
        };
        for (path, expected) in [
            ("Blog/Été à Sète.md", "/Blog/Ete-a-Sete/"),
            ("blog/2026-01-27-a.md", "/blog/a/"),
            ("blog/2026-01-27_b/index.md", "/blog/b/"),
            ("blog/2026-01-27.md", "/blog/2026-01-27/"),
        ] {
            assert_eq!(told(path, "", &site).as_deref(), Ok(expected), "{path}");
        }
    }
}
