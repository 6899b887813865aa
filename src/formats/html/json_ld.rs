//! The JSON-LD of a page → the day of publication and the headline that it states of its article. Refuses nothing: what is no JSON says nothing.

use serde_json::Value;

/// Values within each other that are looked at.
const DEPTH: usize = 12;

/// What the JSON-LD of a page states.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Stated {
    /// The time of publication, as machines write it.
    pub(super) published: Option<String>,
    pub(super) headline: Option<String>,
    /// How surely the object is about the page's article; less is surer.
    rank: usize,
}

/// What is said of others than the article of this page.
const OTHERS: [&str; 14] = [
    "author",
    "breadcrumb",
    "citation",
    "comment",
    "hasPart",
    "image",
    "isBasedOn",
    "isPartOf",
    "itemListElement",
    "mentions",
    "publisher",
    "relatedLink",
    "review",
    "video",
];

/// The surest of what the scripts state.
pub(super) fn stated<'a>(scripts: impl Iterator<Item = &'a str>) -> Stated {
    let mut best = Stated {
        rank: usize::MAX,
        ..Stated::default()
    };
    for script in scripts {
        // Line feeds within strings are no JSON, and on many pages.
        let text = script.replace(char::is_control, " ");
        let text = text
            .trim()
            .trim_start_matches("<!--")
            .trim_end_matches("-->");
        if let Ok(value) = serde_json::from_str(text) {
            look(&value, DEPTH, &mut best);
        }
    }
    best
}

fn look(value: &Value, depth: usize, best: &mut Stated) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    match value {
        Value::Array(items) => {
            for item in items {
                look(item, depth, best);
            }
        }
        Value::Object(object) => {
            let text = |key: &str| {
                let text = object.get(key)?.as_str()?.trim();
                (!text.is_empty()).then(|| text.to_owned())
            };
            let found = Stated {
                published: text("datePublished"),
                headline: text("headline").filter(|h| !h.ends_with("...") && !h.ends_with('…')),
                rank: object.get("@type").map_or(2, rank),
            };
            if found.rank < best.rank && (found.published.is_some() || found.rank == 0) {
                *best = found;
            }
            for (key, value) in object {
                if !OTHERS.contains(&key.as_str()) {
                    look(value, depth, best);
                }
            }
        }
        _ => {}
    }
}

fn rank(kind: &Value) -> usize {
    match kind {
        Value::String(name) if name.ends_with("Article") || name.ends_with("Posting") => 0,
        Value::String(name) if name == "Report" || name == "SpecialAnnouncement" => 0,
        Value::String(name) if name.ends_with("Page") => 1,
        Value::Array(names) => names.iter().map(rank).min().unwrap_or(2),
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::stated;

    #[test]
    fn the_article_is_found_wherever_it_stands() {
        for (script, published, headline) in [
            (
                r#"{"@type":"NewsArticle","headline":"A","datePublished":"2026-01-27"}"#,
                Some("2026-01-27"),
                Some("A"),
            ),
            (
                r#"{"@graph":[{"@type":"WebPage","datePublished":"2020-01-01"},{"@type":["Thing","NewsArticle"],"headline":"A","datePublished":"2026-01-27"}]}"#,
                Some("2026-01-27"),
                Some("A"),
            ),
            (
                "[{\"@type\":\"BreadcrumbList\"},{\"@type\":\"WebPage\",\"description\":\"a\nb\",\"datePublished\":\"2026-01-27\"}]",
                Some("2026-01-27"),
                None,
            ),
            (
                r#"{"@type":"Article","headline":"Cut off …","itemListElement":[{"@type":"Article","datePublished":"2020-01-01"}]}"#,
                None,
                None,
            ),
            ("not JSON", None, None),
        ] {
            let found = stated([script].into_iter());
            assert_eq!(
                (found.published.as_deref(), found.headline.as_deref()),
                (published, headline),
                "{script}"
            );
        }
    }
}
