//! HTML that was made of a stranger's Markdown: only the elements and attributes that Dépêche writes, no script in any form, each element
//! closed, each id once. Read with a tokenizer of HTML as a browser would, not with the code that wrote it.

use std::collections::BTreeSet;

use html5gum::{Token, Tokenizer};

/// Elements without an end.
const VOID: [&str; 4] = ["br", "hr", "img", "input"];

const ELEMENTS: [&str; 33] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "section",
    "b",
];

const ATTRIBUTES: [&str; 19] = [
    "alt",
    "aria-label",
    "checked",
    "class",
    "dir",
    "disabled",
    "href",
    "id",
    "lang",
    "rel",
    "role",
    "scope",
    "src",
    "start",
    "tabindex",
    "title",
    "type",
    "aria-labelledby",
    "style",
];

/// Panics where `html` is not as above.
pub(crate) fn check(html: &str) {
    let mut open: Vec<String> = Vec::new();
    let mut ids = BTreeSet::new();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                assert!(ELEMENTS.contains(&name.as_str()), "<{name}> in {html}");
                for (key, value) in &tag.attributes {
                    let (key, value) = (text(key), text(value));
                    assert!(
                        ATTRIBUTES.contains(&key.as_str()),
                        "{key}={value:?} in {html}"
                    );
                    if key == "id" {
                        assert!(
                            ids.insert(value.clone()),
                            "the id {value:?} twice in {html}"
                        );
                        assert!(
                            !value.is_empty() && !value.contains(char::is_whitespace),
                            "the id {value:?} in {html}"
                        );
                    }
                    if key == "style" {
                        assert!(
                            value.starts_with("text-align:"),
                            "style={value:?} in {html}"
                        );
                    }
                    if matches!(key.as_str(), "href" | "src")
                        && let Some(scheme) = scheme(&value)
                    {
                        assert!(
                            matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel"),
                            "{value:?} in {html}"
                        );
                    }
                }
                if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = text(&tag.name);
                assert_eq!(
                    open.pop().as_deref(),
                    Some(name.as_str()),
                    "</{name}> in {html}"
                );
            }
            Token::Comment(_) | Token::Doctype(_) => panic!("a comment or doctype in {html}"),
            Token::String(_) | Token::Error(_) => {}
        }
    }
    assert!(open.is_empty(), "{open:?} stay open in {html}");
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The scheme of an address as the URL standard reads it: what stands before the text goes, and tabs and line feeds in it.
fn scheme(address: &str) -> Option<String> {
    let kept: String = address
        .trim_start_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\n' | '\r'))
        .collect();
    let (scheme, _) = kept.split_once(':')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(plain))
        .then(|| scheme.to_ascii_lowercase())
}
