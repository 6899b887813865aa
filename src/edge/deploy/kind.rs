//! A file's name → what kind of file it is, as servers say it.

/// The value of `Content-Type`.
pub(super) fn of(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let known = match name {
        "atom.xml" => Some("application/atom+xml"),
        "feed.json" => Some("application/feed+json"),
        "opensearch.xml" => Some("application/opensearchdescription+xml"),
        _ => match name.rsplit_once('.').map(|(_, end)| end) {
            Some("opml") => Some("text/x-opml"),
            Some("webmanifest") => Some("application/manifest+json"),
            _ => None,
        },
    };
    let guessed = || {
        mime_guess::from_path(name)
            .first_or_octet_stream()
            .to_string()
    };
    let kind = known.map_or_else(guessed, str::to_owned);
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
    use super::of;

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
