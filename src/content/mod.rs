//! Content files: front matter ⇄ YAML, `Document` → Markdown file, the three-way re-import.

mod fields;
pub mod front_matter;
mod read;
mod split;

pub use front_matter::{FrontMatter, Kind, SeedRef};
pub use read::read;

/// One content file, read.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Path from content/, with `/` between parts: `briefings/a.md`.
    pub path: String,
    /// Its front matter.
    pub front: FrontMatter,
    /// The Markdown below it.
    pub body: String,
    /// The 1-based line of the file on which the body begins.
    pub body_line: usize,
}

/// stub
pub fn read(
    path: &str,
    bytes: &[u8],
) -> Result<(Entry, Vec<crate::diagnostic::Diagnostic>), crate::diagnostic::Diagnostic> {
    let text = String::from_utf8_lossy(bytes);
    let rest = text.strip_prefix("---\n").unwrap_or(&text);
    let (yaml, body) = rest.split_once("\n---\n").unwrap_or(("", rest));
    let v: serde_json::Map<String, serde_json::Value> =
        crate::yaml::parse(path, yaml, 2).unwrap_or_default();
    let s = |k: &str| v.get(k).and_then(|x| x.as_str()).map(str::to_owned);
    let list = |k: &str| {
        v.get(k)
            .and_then(|x| x.as_array())
            .cloned()
            .unwrap_or_default()
    };
    let front = FrontMatter {
        title: s("title"),
        date: s("date").and_then(|d| d.parse().ok()),
        lang: s("lang").and_then(|d| d.parse().ok()),
        summary: s("summary"),
        countries: list("countries")
            .iter()
            .filter_map(|c| c.as_str()?.parse().ok())
            .collect(),
        topics: list("topics")
            .iter()
            .filter_map(|c| c.as_str()?.parse().ok())
            .collect(),
        ..Default::default()
    };
    Ok((
        Entry {
            path: path.to_owned(),
            front,
            body: body.to_owned(),
            body_line: 1,
        },
        vec![],
    ))
}
