//! TOML → the same tree of nodes as YAML gives, in the order of the file. Refuses what is too long, nested too deep, or no TOML.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Node, Value, node::DEPTH};
use crate::diagnostic::Diagnostic;

/// Reads TOML. `first_line` is the 1-based line of `file` on which `text` begins; `limit` is in bytes. A moment without an offset is one of UTC.
pub fn toml_nodes(
    file: &str,
    text: &str,
    first_line: usize,
    limit: usize,
) -> Result<Node, Diagnostic> {
    if text.len() > limit {
        let (length, limit) = (text.len() / 1024, limit / 1024);
        return Err(Diagnostic::error(
            file,
            format!("{length} KiB of TOML, where at most {limit} KiB are read"),
        )
        .at(first_line)
        .help("move long text below the front matter, or into a file of its own"));
    }
    let reader = Reader {
        file,
        first_line,
        breaks: text.match_indices('\n').map(|(at, _)| at).collect(),
    };
    let table = DeTable::parse(text).map_err(|e| {
        let line = reader.line(e.span().map_or(0, |span| span.start));
        Diagnostic::error(file, format!("this is not TOML: {}", e.message()))
            .at(line)
            .help("write one `key = value` a line, texts in \"double quotes\"")
    })?;
    Ok(Node {
        line: first_line,
        value: reader.map(table.get_ref(), 0)?,
    })
}

struct Reader<'a> {
    file: &'a str,
    first_line: usize,
    /// Where each line ends.
    breaks: Vec<usize>,
}

impl Reader<'_> {
    fn line(&self, at: usize) -> usize {
        self.first_line + self.breaks.partition_point(|end| *end < at)
    }

    fn map(&self, table: &DeTable<'_>, depth: usize) -> Result<Value, Diagnostic> {
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let read = entries.into_iter().map(|(key, value)| {
            let line = self.line(key.span().start);
            let node = self.node(value, line, depth + 1)?;
            Ok((key.get_ref().to_string(), line, node))
        });
        read.collect::<Result<_, _>>().map(Value::Map)
    }

    fn node(
        &self,
        value: &Spanned<DeValue<'_>>,
        key_line: usize,
        depth: usize,
    ) -> Result<Node, Diagnostic> {
        if depth > DEPTH {
            return Err(Diagnostic::error(
                self.file,
                format!("the TOML is nested deeper than {DEPTH} levels"),
            )
            .at(key_line)
            .help("flatten the value"));
        }
        let line = self.line(value.span().start).max(key_line);
        let scalar = |text: String, plain| Value::Scalar { text, plain };
        let value = match value.get_ref() {
            DeValue::String(text) => scalar(text.to_string(), false),
            DeValue::Integer(n) => scalar(
                i64::from_str_radix(n.as_str(), n.radix())
                    .map_or_else(|_| n.as_str().to_owned(), |n| n.to_string()),
                true,
            ),
            DeValue::Float(n) => scalar(n.as_str().to_owned(), true),
            DeValue::Boolean(truth) => scalar(truth.to_string(), true),
            DeValue::Datetime(moment) => {
                let local =
                    moment.date.is_some() && moment.time.is_some() && moment.offset.is_none();
                scalar(format!("{moment}{}", if local { "Z" } else { "" }), false)
            }
            DeValue::Array(items) => Value::List(
                items
                    .iter()
                    .map(|item| self.node(item, key_line, depth + 1))
                    .collect::<Result<_, _>>()?,
            ),
            DeValue::Table(table) => self.map(table, depth)?,
        };
        Ok(Node { line, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_types_lines_and_order() {
        let text = "title = \"A\"\ndate = 2026-01-27\nat = 2026-01-27 09:30:00\nn = 0x10\nb = [1.5,\n true]\n[extra.deep]\nz = 1\na = '2'\n";
        let root = toml_nodes("a.md", text, 2, 1000).expect("TOML");
        assert_eq!(
            root.to_json().to_string(),
            r#"{"title":"A","date":"2026-01-27","at":"2026-01-27T09:30:00Z","n":16,"b":[1.5,true],"extra":{"deep":{"z":1,"a":"2"}}}"#
        );
        let Value::Map(entries) = &root.value else {
            panic!("a map");
        };
        let lines: Vec<usize> = entries.iter().map(|(_, line, _)| *line).collect();
        assert_eq!(lines, [2, 3, 4, 5, 6, 8]);
    }

    #[test]
    fn what_is_no_toml_is_refused_with_its_line() {
        for (text, line) in [("a = 1\nb = \n", 3), ("a = 1\na = 2\n", 3), ("a: 1\n", 2)] {
            let error = toml_nodes("a.md", text, 2, 1000).expect_err(text);
            assert_eq!(error.line, Some(line), "{error}");
        }
        let deep = format!("a = {}{}\n", "[".repeat(60), "]".repeat(60));
        assert!(toml_nodes("a.md", &deep, 2, 1000).is_err());
        assert!(toml_nodes("a.md", "a = 1\n", 2, 3).is_err());
    }
}
