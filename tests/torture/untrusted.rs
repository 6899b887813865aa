//! Lines 18 to 24, 28 and 29: seeds and bodies that mean harm. What is built is parsed as a browser, a reader of feeds or a spreadsheet parses it.

mod deep;
mod dom;
mod hostile;
mod plain_text;
mod templates;
mod xss;

/// Front matter with this title, as YAML of any characters.
fn front(title: &str) -> String {
    format!("---\ntitle: {}\n---\n\n", serde_json::Value::from(title))
}
