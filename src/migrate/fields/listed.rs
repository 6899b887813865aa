//! What keeps a page at no address, or out of lists.

use super::super::front::{get, map, word};
use crate::yaml::{Node, Value};

/// Whether a page with this `build` of Hugo has an address.
pub(in crate::migrate) fn shown(build: &Node) -> bool {
    match get(map(build), "render") {
        Some(render) => render.text().is_some_and(|text| {
            ["always", "true"]
                .iter()
                .any(|word| text.eq_ignore_ascii_case(word))
        }),
        None => matches!(build.value, Value::Map(_)),
    }
}

/// Whether a page with this `build` of Hugo stands in all lists.
pub(in crate::migrate) fn listed(build: &Node) -> bool {
    get(map(build), "list").is_none_or(|list| {
        let text = list.text().unwrap_or_default();
        ["always", "true"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
    })
}

/// Whether a switch is off, or a mapping says `disable` or `exclude`.
pub(super) fn is_out(node: &Node) -> bool {
    let on = |key: &str| word(map(node), key) == Some("true");
    node.text() == Some("false") || on("disable") || on("exclude")
}
