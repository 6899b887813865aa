//! YAML text → a tree of nodes with their lines. Every guard of this folder is here.

use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use serde_json::{Map, Number};

use crate::diagnostic::Diagnostic;

/// Deeper nesting is refused.
pub(super) const DEPTH: usize = 32;

/// One YAML value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// 1-based line of the file.
    pub line: usize,
    /// The value.
    pub value: Value,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A scalar as it was written: `012` keeps its zero, `NO` is those two letters.
    Scalar {
        /// The text without quotes.
        text: String,
        /// Whether it stood without quotes, so that YAML would give it a type.
        plain: bool,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping in file order: key, line of the key, value.
    Map(Vec<(String, usize, Node)>),
}

impl Node {
    /// The text of a scalar, whatever type YAML would give it. `None` for null and for anything but a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } if !self.is_null() => Some(text),
            _ => None,
        }
    }

    /// Whether nothing was written, or `null` or `~` without quotes.
    pub fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// The same value without its place in a file, to be compared.
    #[must_use]
    pub fn without_lines(&self) -> Self {
        let value = match &self.value {
            Value::List(items) => Value::List(items.iter().map(Self::without_lines).collect()),
            Value::Map(entries) => Value::Map(
                entries
                    .iter()
                    .map(|(key, _, node)| (key.clone(), 0, node.without_lines()))
                    .collect(),
            ),
            scalar @ Value::Scalar { .. } => scalar.clone(),
        };
        Self { line: 0, value }
    }

    /// The same value without its place and its quotation marks, to be compared; null stays another than a text.
    #[must_use]
    pub fn as_text(&self) -> Self {
        let value = match &self.value {
            Value::List(items) => Value::List(items.iter().map(Self::as_text).collect()),
            Value::Map(entries) => Value::Map(
                entries
                    .iter()
                    .map(|(key, _, node)| (key.clone(), 0, node.as_text()))
                    .collect(),
            ),
            Value::Scalar { text, .. } => Value::Scalar {
                text: text.clone(),
                plain: self.is_null(),
            },
        };
        Self { line: 0, value }
    }

    /// The value with the types of YAML 1.2: for keys that nobody declared.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => serde_json::Value::Object(
                entries
                    .iter()
                    .map(|(key, _, node)| (key.clone(), node.to_json()))
                    .collect::<Map<_, _>>(),
            ),
            Value::Scalar { text, plain: false } => text.clone().into(),
            Value::Scalar { .. } if self.is_null() => serde_json::Value::Null,
            Value::Scalar { text, plain: true } => typed(text),
        }
    }
}

fn typed(text: &str) -> serde_json::Value {
    match text {
        "true" | "True" | "TRUE" => return true.into(),
        "false" | "False" | "FALSE" => return false.into(),
        _ => {}
    }
    let digits = text.trim_start_matches(['-', '+']);
    let numeric = digits.starts_with(|c: char| c.is_ascii_digit())
        && text.len() - digits.len() <= 1
        // A leading zero is part of a code, not of a number.
        && !(digits.len() > 1 && digits.starts_with('0') && !digits.starts_with("0."));
    if numeric {
        if let Ok(n) = text.parse::<i64>() {
            return n.into();
        }
        if let Some(n) = text.parse().ok().and_then(Number::from_f64) {
            return n.into();
        }
    }
    text.into()
}

/// Reads one YAML document. An empty one is null. `first_line` is the line of `file` on which `text` begins; `limit` is in bytes.
pub fn nodes(file: &str, text: &str, first_line: usize, limit: usize) -> Result<Node, Diagnostic> {
    if text.len() > limit {
        return Err(Diagnostic::error(
            file,
            format!(
                "{} KiB of YAML, where at most {} KiB are read",
                text.len() / 1024,
                limit / 1024
            ),
        )
        .at(first_line)
        .help("move long text below the front matter, or into a file of its own"));
    }
    let mut reader = Reader {
        file,
        first_line,
        parser: Parser::new_from_str(text),
    };
    let mut root = None;
    while let Some((event, span)) = reader.next()? {
        match event {
            Event::StreamEnd => break,
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
            event if root.is_none() => root = Some(reader.node(event, span, 0)?),
            _ => {
                return Err(reader
                    .error(&span, "a second YAML document begins here")
                    .help("keep one document: remove the `---` or `...` between the two"));
            }
        }
    }
    Ok(root.unwrap_or(Node {
        line: first_line,
        value: Value::Scalar {
            text: String::new(),
            plain: true,
        },
    }))
}

struct Reader<'a> {
    file: &'a str,
    first_line: usize,
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Option<(Event<'a>, Span)>, Diagnostic> {
        self.parser.next_event().transpose().map_err(|e| {
            if e.info().contains("unknown anchor") {
                return self.refused(e.marker().line(), "an alias (`*name`)");
            }
            if e.info().contains("recursion limit") {
                return self.too_deep(e.marker().line());
            }
            Diagnostic::error(self.file, format!("this is not YAML: {}", e.info()))
                .at(self.line(e.marker().line()))
                .help("put a text that holds `: `, ` #` or begins with a special character in \"double quotes\"")
        })
    }

    fn line(&self, line: usize) -> usize {
        self.first_line + line.saturating_sub(1)
    }

    fn error(&self, span: &Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.file, message).at(self.line(span.start.line()))
    }

    fn too_deep(&self, line: usize) -> Diagnostic {
        Diagnostic::error(
            self.file,
            format!("the YAML is nested deeper than {DEPTH} levels"),
        )
        .at(self.line(line))
        .help("flatten the value")
    }

    fn refused(&self, line: usize, what: &str) -> Diagnostic {
        Diagnostic::error(self.file, format!("{what} is not read here"))
            .at(self.line(line))
            .help("write the value out; put a text that begins with `&`, `*` or `!` in \"double quotes\"")
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Diagnostic> {
        if depth > DEPTH {
            return Err(self.too_deep(span.start.line()));
        }
        let line = self.line(span.start.line());
        let (anchored, tagged) = match &event {
            Event::Alias(_) => return Err(self.refused(span.start.line(), "an alias (`*name`)")),
            Event::Scalar(_, _, anchor, tag)
            | Event::SequenceStart(anchor, tag)
            | Event::MappingStart(anchor, tag) => (*anchor != 0, tag.is_some()),
            _ => (false, false),
        };
        if anchored {
            return Err(self.refused(span.start.line(), "an anchor (`&name`)"));
        }
        if tagged {
            return Err(self.refused(span.start.line(), "a tag (`!name`)"));
        }
        let value = match event {
            Event::Scalar(text, style, ..) => Value::Scalar {
                text: text.into_owned(),
                plain: style == ScalarStyle::Plain,
            },
            Event::SequenceStart(..) => self.list(depth)?,
            Event::MappingStart(..) => self.map(depth)?,
            _ => return Err(self.error(&span, "this is not YAML: a value is missing")),
        };
        Ok(Node { line, value })
    }

    fn list(&mut self, depth: usize) -> Result<Value, Diagnostic> {
        let mut items = Vec::new();
        while let Some((event, span)) = self.next()? {
            if matches!(event, Event::SequenceEnd) {
                break;
            }
            items.push(self.node(event, span, depth + 1)?);
        }
        Ok(Value::List(items))
    }

    fn map(&mut self, depth: usize) -> Result<Value, Diagnostic> {
        let mut entries: Vec<(String, usize, Node)> = Vec::new();
        let mut seen = std::collections::BTreeMap::new();
        while let Some((event, span)) = self.next()? {
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let key = self.node(event, span, depth + 1)?;
            let Value::Scalar { text, plain } = key.value else {
                return Err(self.error(&span, "a key must be a word, not a list or a mapping"));
            };
            if plain && text == "<<" {
                return Err(self.refused(span.start.line(), "a merge key (`<<`)"));
            }
            if let Some(first) = seen.insert(text.clone(), key.line) {
                return Err(self
                    .error(
                        &span,
                        format!("`{text}` is given twice, first on line {first}"),
                    )
                    .help("keep one of the two"));
            }
            let Some((event, span)) = self.next()? else {
                break;
            };
            let value = self.node(event, span, depth + 1)?;
            entries.push((text, key.line, value));
        }
        Ok(Value::Map(entries))
    }
}
