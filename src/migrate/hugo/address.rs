//! The address that Hugo gives a content file: by `url`, else by the pattern of its section.

use super::{
    super::{
        fields::moment,
        front::{Entries, word},
    },
    settings::Site,
};
use crate::site::card;

pub(super) fn address(to: &str, entries: &Entries, site: &Site, default: &str) -> String {
    let (folder, stem, lang) = card::split(to);
    let lang = lang.map_or_else(|| default.to_owned(), |lang| lang.to_string());
    let prefix = if lang != default || site.in_folder {
        format!("{lang}/")
    } else {
        String::new()
    };
    let url = word(entries, "url").map(|url| url.trim_start_matches('/').to_owned());
    if let Some(url) = url {
        let end = if url.contains('.') || url.ends_with('/') || url.is_empty() {
            ""
        } else {
            "/"
        };
        return format!("/{prefix}{url}{end}");
    }
    let plain = |text: &str| text.trim().to_lowercase().replace(' ', "-");
    let folder = plain(folder);
    // A page in a folder of its own has the folder's name.
    let (folder, name) = match stem {
        "index" => folder
            .rsplit_once('/')
            .map_or(("", folder.as_str()), |(above, name)| (above, name)),
        stem => (folder.as_str(), stem),
    };
    if stem == "_index" {
        let end = if folder.is_empty() { "" } else { "/" };
        return format!("/{prefix}{folder}{end}");
    }
    let section = folder.split('/').next().unwrap_or_default();
    let slug = word(entries, "slug").map(plain);
    let name = plain(name);
    let pattern = site
        .permalinks
        .get(section)
        .map_or("/:sections/:slugorcontentbasename/", String::as_str);
    let day = word(entries, "date").and_then(moment);
    let day = |range: std::ops::Range<usize>| {
        day.as_deref()
            .and_then(|day| day.get(range))
            .unwrap_or_default()
            .to_owned()
    };
    let title = || card::portable(&plain(word(entries, "title").unwrap_or(&name)));
    let mut path = String::new();
    for part in pattern.split('/').filter(|part| !part.is_empty()) {
        let mut filled = part.to_owned();
        let tokens = [
            (
                ":slugorcontentbasename",
                slug.clone().unwrap_or_else(|| name.clone()),
            ),
            (
                ":slugorfilename",
                slug.clone().unwrap_or_else(|| name.clone()),
            ),
            (":contentbasename", name.clone()),
            (":filename", name.clone()),
            (":sections", folder.to_owned()),
            (":section", section.to_owned()),
            (":slug", slug.clone().unwrap_or_else(title)),
            (":title", title()),
            (":year", day(0..4)),
            (":month", day(5..7)),
            (":day", day(8..10)),
        ];
        for (token, value) in tokens {
            filled = filled.replace(token, &value);
        }
        if !filled.is_empty() {
            path.push_str(&filled);
            path.push('/');
        }
    }
    if site.ugly {
        return format!("/{prefix}{}.html", path.trim_end_matches('/'));
    }
    format!("/{prefix}{path}")
}

#[cfg(test)]
mod tests {
    use super::{super::super::front::parts, *};

    #[test]
    fn addresses_are_those_of_hugo() {
        let mut site = Site::default();
        site.permalinks
            .insert("news".into(), "/:year/:month/:slug/".into());
        for (path, front, expected) in [
            ("_index.md", "", "/"),
            ("Posts/My Post.md", "", "/posts/my-post/"),
            ("posts/a/index.md", "", "/posts/a/"),
            ("posts/a.fr.md", "---\nslug: b\n---\n", "/fr/posts/b/"),
            ("a.md", "---\nurl: /x/y\n---\n", "/x/y/"),
            (
                "news/a.md",
                "---\ntitle: The Talks\ndate: 2026-01-27\n---\n",
                "/2026/01/the-talks/",
            ),
        ] {
            let entries = parts(path, front).expect(front).entries;
            assert_eq!(address(path, &entries, &site, "en"), expected, "{path}");
        }
    }
}
