//! The address that Jekyll gives a content file: by its own `permalink`, else by that of the settings.

use super::{
    super::{
        ends,
        fields::moment,
        front::{Entries, get, texts, word},
    },
    Site,
};

pub(super) fn address(path: &str, entries: &Entries, site: &Site) -> String {
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let own = word(entries, "permalink");
    let post = path.split('/').any(|part| part == "_posts");
    let first = path.split('/').next().unwrap_or_default();
    let (day, title) = match stem
        .get(..10)
        .filter(|day| post && day.parse::<jiff::civil::Date>().is_ok())
    {
        Some(day) => (day.to_owned(), stem.get(11..).unwrap_or_default()),
        None => (String::new(), stem),
    };
    let day = word(entries, "date").and_then(moment).unwrap_or(day);
    let day = |range: std::ops::Range<usize>| day.get(range).unwrap_or_default().to_owned();
    let title = word(entries, "slug").unwrap_or(title);
    if !post && own.is_none() {
        let folder = path
            .rsplit_once('/')
            .map_or(String::new(), |(folder, _)| format!("{folder}/"));
        if let Some(name) = first.strip_prefix('_') {
            return format!("/{name}/{title}.html");
        }
        if stem == "index" {
            return format!("/{folder}");
        }
        let pretty = matches!(site.permalink.as_str(), "pretty") || site.permalink.ends_with('/');
        return format!("/{folder}{stem}{}", if pretty { "/" } else { ".html" });
    }
    let pattern = match own.unwrap_or(&site.permalink) {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "none" => "/:categories/:title:output_ext",
        other => other,
    };
    let mut categories: Vec<String> = path
        .split('/')
        .take_while(|part| *part != "_posts")
        .map(str::to_owned)
        .collect();
    for key in ["categories", "category"] {
        let Some(node) = get(entries, key) else {
            continue;
        };
        let named = match node.text() {
            Some(text) if key == "categories" => {
                text.split_whitespace().map(str::to_owned).collect()
            }
            _ => texts(node),
        };
        categories.extend(
            named
                .into_iter()
                .map(|name| name.to_lowercase().replace(' ', "-")),
        );
    }
    if !post {
        categories.clear();
    }
    let month = day(5..7);
    let mut path = pattern.to_owned();
    for (token, value) in [
        (":categories", categories.join("/")),
        (":year", day(0..4)),
        (":i_month", month.trim_start_matches('0').to_owned()),
        (":month", month.clone()),
        (":i_day", day(8..10).trim_start_matches('0').to_owned()),
        (":day", day(8..10)),
        (":title", title.to_owned()),
        (":slug", title.to_owned()),
        (":name", title.to_owned()),
        (":basename", title.to_owned()),
        (":path", title.to_owned()),
        (":collection", first.trim_start_matches('_').to_owned()),
        (":output_ext", ".html".to_owned()),
    ] {
        path = path.replace(token, &value);
    }
    let end = if path.ends_with('/') || ends(&path, &["html"]) {
        ""
    } else {
        "/"
    };
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let slash = if path.ends_with('/') || end == "/" {
        "/"
    } else {
        ""
    };
    if parts.is_empty() {
        "/".to_owned()
    } else {
        format!("/{}{slash}", parts.join("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::front::parts, *};

    #[test]
    fn addresses_are_those_of_jekyll() {
        for (path, front, permalink, expected) in [
            ("index.md", "", "date", "/"),
            ("about.md", "", "date", "/about.html"),
            ("about.md", "", "pretty", "/about/"),
            (
                "_posts/2026-01-27-talks.md",
                "---\ncategories: Sea ports\n---\n",
                "date",
                "/sea/ports/2026/01/27/talks.html",
            ),
            (
                "_posts/2026-01-27-talks.md",
                "",
                "/blog/:year/:title/",
                "/blog/2026/talks/",
            ),
            (
                "_posts/2026-01-27-talks.md",
                "---\npermalink: /x/y\n---\n",
                "date",
                "/x/y/",
            ),
            ("_staff/ann.md", "", "date", "/staff/ann.html"),
        ] {
            let entries = parts(path, front).expect(front).entries;
            let site = Site {
                permalink: permalink.into(),
                ..Site::default()
            };
            assert_eq!(
                address(path, &entries, &site),
                expected,
                "{path} {permalink}"
            );
        }
    }
}
