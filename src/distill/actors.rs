//! Text → people (role word + capitalised run) and organisations ("Long Name (ACRO)"). Precision before recall.

use super::{Person, evidence::Finding, layout::Layout, text::Text};
use crate::model::Lang;

/// Derives the people, in text order.
pub fn people(text: &Text, layout: &Layout, lang: &Lang) -> Finding<Vec<Person>> {
    let _ = (text, layout, lang);
    Finding::default()
}

/// Derives the organisations, in text order.
pub fn organisations(text: &Text, layout: &Layout, lang: &Lang) -> Finding<Vec<String>> {
    let _ = (text, layout, lang);
    Finding::default()
}
