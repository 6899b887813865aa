//! A file's name → what kind of file it is, as servers say it; and the kinds that a server does not know by itself.

/// Kinds that go by a whole name.
pub const NAMED: [(&str, &str); 3] = [
    ("atom.xml", "application/atom+xml"),
    ("feed.json", "application/feed+json"),
    ("opensearch.xml", "application/opensearchdescription+xml"),
];

/// Kinds that go by the end of a name, which many servers do not know.
pub const ENDS: [(&str, &str); 4] = [
    ("md", "text/markdown"),
    ("csv", "text/csv"),
    ("opml", "text/x-opml"),
    ("webmanifest", "application/manifest+json"),
];

/// The value of `Content-Type`: text says that it is UTF-8.
pub fn content_type(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let named = NAMED.iter().find(|(known, _)| *known == name);
    let known = named.or_else(|| ENDS.iter().find(|(known, _)| *known == end));
    let guessed = || {
        mime_guess::from_path(name)
            .first_or_octet_stream()
            .to_string()
    };
    let kind = known.map_or_else(guessed, |(_, kind)| (*kind).to_owned());
    let is_text = kind.starts_with("text/")
        || ["xml", "json", "javascript"]
            .iter()
            .any(|end| kind.ends_with(end));
    if is_text {
        format!("{kind}; charset=utf-8")
    } else {
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::content_type as of;

    #[test]
    fn text_says_that_it_is_utf8() {
        assert_eq!(of("index.html"), "text/html; charset=utf-8");
        assert_eq!(of("a/atom.xml"), "application/atom+xml; charset=utf-8");
        assert_eq!(of("a/feeds.opml"), "text/x-opml; charset=utf-8");
        assert_eq!(of("a/index.md"), "text/markdown; charset=utf-8");
        assert_eq!(of("a/card.png"), "image/png");
        assert_eq!(of("CNAME"), "application/octet-stream");
    }
}
