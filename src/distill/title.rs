//! Text → title: the headline where there is one, else the main clause of the lead. And the summary: the lead.

use super::{evidence::Finding, layout::Layout, text::Text};
use crate::model::Lang;

/// Derives the title, fit to print. Never empty where the text is not.
pub fn title(text: &Text, layout: &Layout, lang: &Lang) -> Finding<String> {
    let _ = (text, layout, lang);
    Finding::default()
}

/// Derives the summary: the lead sentence or sentences without the dateline.
pub fn summary(text: &Text, layout: &Layout, lang: &Lang) -> Finding<String> {
    let _ = (text, layout, lang);
    Finding::default()
}
