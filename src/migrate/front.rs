//! The text of a content file of another tool → the entries of its front matter, and the text below. TOML between `+++`, YAML between `---`, or a
//! JSON object (Hugo).

use crate::{
    diagnostic::Diagnostic,
    yaml::{self, Node, Value},
};

/// Key, line, value.
pub(super) type Entries = Vec<(String, usize, Node)>;

/// A content file in its parts.
#[derive(Debug)]
pub(super) struct Parts<'t> {
    pub(super) entries: Entries,
    pub(super) body: &'t str,
    /// The 1-based line on which the body begins.
    pub(super) body_line: usize,
}

pub(super) fn parts<'t>(file: &str, text: &'t str) -> Result<Parts<'t>, Diagnostic> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let limit = yaml::FRONT_MATTER_LIMIT;
    let first = text.lines().next().unwrap_or_default().trim_end();
    let (front, body, line) = match first {
        "---" | "+++" => {
            let after = text.find('\n').map_or(text.len(), |at| at + 1);
            let (mut at, mut end) = (after, None);
            for line in text[after..].split_inclusive('\n') {
                if line.trim_end() == first {
                    end = Some(at);
                    break;
                }
                at += line.len();
            }
            let end = end.ok_or_else(|| {
                Diagnostic::error(
                    file,
                    format!("the front matter has no end: no second `{first}`"),
                )
                .at(1)
                .help("mend the file; it was left out")
            })?;
            let rest = &text[end..];
            let body = rest.find('\n').map_or("", |at| &rest[at + 1..]);
            (&text[after..end], body, 2)
        }
        _ if first.starts_with('{') && !first.starts_with("{{") && !first.starts_with("{%") => {
            let mut values =
                serde_json::Deserializer::from_str(text).into_iter::<serde_json::Value>();
            match values.next() {
                Some(Ok(_)) => {
                    let (front, body) = text.split_at(values.byte_offset());
                    (front, body, 1)
                }
                _ => return Ok(bare(text)),
            }
        }
        _ => return Ok(bare(text)),
    };
    let root = if first == "+++" {
        yaml::toml_nodes(file, front, line, limit)?
    } else {
        yaml::nodes(file, front, line, limit)?
    };
    let body_line = 1 + text[..text.len() - body.len()].matches('\n').count();
    let entries = match root.value {
        Value::Map(entries) => entries,
        _ if root.is_null() => Vec::new(),
        _ => {
            return Err(
                Diagnostic::error(file, "the front matter is not made of keys and values")
                    .at(root.line)
                    .help("mend the file; it was left out"),
            );
        }
    };
    Ok(Parts {
        entries,
        body,
        body_line,
    })
}

fn bare(text: &str) -> Parts<'_> {
    Parts {
        entries: Vec::new(),
        body: text,
        body_line: 1,
    }
}

/// The entries of a mapping; none of anything else.
pub(super) fn map(node: &Node) -> &[(String, usize, Node)] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

/// The value of a key, whatever the case of its letters.
pub(super) fn get<'n>(entries: &'n [(String, usize, Node)], key: &str) -> Option<&'n Node> {
    entries
        .iter()
        .find(|(k, ..)| k.eq_ignore_ascii_case(key))
        .map(|(.., node)| node)
}

/// The text of a key.
pub(super) fn word<'n>(entries: &'n [(String, usize, Node)], key: &str) -> Option<&'n str> {
    get(entries, key)?.text()
}

/// The texts of a list; one text is a list of one.
pub(super) fn texts(node: &Node) -> Vec<String> {
    match &node.value {
        Value::List(items) => items
            .iter()
            .filter_map(|item| item.text().map(str::to_owned))
            .collect(),
        _ => node.text().map(str::to_owned).into_iter().collect(),
    }
}

/// Names: a text, a list of texts, or mappings with a `name`.
pub(super) fn names(node: &Node) -> Vec<String> {
    match &node.value {
        Value::List(items) => items.iter().flat_map(names).collect(),
        Value::Map(entries) => word(entries, "name")
            .map(str::to_owned)
            .into_iter()
            .collect(),
        Value::Scalar { .. } => texts(node),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_found_in_three_languages() {
        for (text, keys, body, line) in [
            ("+++\ntitle = \"A\"\n+++\nx", 1, "x", 4),
            ("---\ntitle: A\nb: 1\n---\n\nx", 2, "\nx", 5),
            ("{\n\"title\": \"A}\"\n}\nx", 1, "\nx", 3),
            ("{{< a >}}\nx", 0, "{{< a >}}\nx", 1),
            ("# x", 0, "# x", 1),
        ] {
            let parts = parts("a.md", text).expect(text);
            assert_eq!(
                (parts.entries.len(), parts.body, parts.body_line),
                (keys, body, line),
                "{text}"
            );
        }
        assert!(parts("a.md", "+++\na = 1\n").is_err());
    }
}
