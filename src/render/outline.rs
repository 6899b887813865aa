//! Values of JSON → their outline: which names there are and of what type each is, lists by what their items have in common. Refuses nothing.

use std::{collections::BTreeSet, fmt::Write};

use indexmap::IndexMap;
use serde_json::Value;

/// Maps within maps that an outline goes down to.
const DEPTH: usize = 8;

/// What values of one name are like.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    kinds: BTreeSet<&'static str>,
    /// Of maps.
    pub fields: IndexMap<String, Shape>,
    /// Of the items of lists.
    pub items: Option<Box<Shape>>,
}

impl Shape {
    /// The shape of a value.
    pub fn of(value: &Value) -> Self {
        let mut shape = Self::default();
        shape.add(value);
        shape
    }

    /// Makes it the shape of one more value.
    pub fn add(&mut self, value: &Value) {
        self.add_at(value, 0);
    }

    fn add_at(&mut self, value: &Value, depth: usize) {
        self.kinds.insert(kind(value));
        if depth >= DEPTH {
            return;
        }
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    let field = self.fields.entry(name.clone()).or_default();
                    field.add_at(value, depth + 1);
                }
            }
            Value::Array(items) => {
                for item in items {
                    let shape = self.items.get_or_insert_default();
                    shape.add_at(item, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// Its type in words: `string or none`, `list of map`.
    pub fn kind(&self) -> String {
        let none = self.kinds.contains("none");
        let named = self.kinds.iter().filter(|kind| **kind != "none");
        let mut words: Vec<String> = named.map(|kind| self.named(kind)).collect();
        if none {
            words.push("none".to_owned());
        }
        words.join(" or ")
    }

    fn named(&self, kind: &str) -> String {
        match &self.items {
            Some(items) if kind == "list" => format!("list of {}", items.kind()),
            _ => kind.to_owned(),
        }
    }

    /// The fields of the value, or of the items of lists.
    pub fn inner(&self) -> &IndexMap<String, Shape> {
        match &self.items {
            Some(items) if self.fields.is_empty() => items.inner(),
            _ => &self.fields,
        }
    }

    /// A line a name with its type, those within it further in.
    pub fn lines(&self) -> String {
        let mut text = String::new();
        self.write(&mut text, 0);
        text
    }

    fn write(&self, text: &mut String, depth: usize) {
        for (name, field) in self.inner() {
            // Writing into a string can't fail.
            let _ = writeln!(text, "{:1$}{name}: {2}", "", depth * 2, field.kind());
            field.write(text, depth + 1);
        }
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "none",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "map",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_outline_has_all_names_of_all_items() {
        let value = json!({"a": [{"b": 1}, {"b": null, "c": "x"}], "d": [], "e": 1.5});
        let said = "a: list of map\n  b: integer or none\n  c: string\nd: list\ne: float\n";
        assert_eq!(Shape::of(&value).lines(), said);
    }
}
