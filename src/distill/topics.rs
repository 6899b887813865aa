//! Text → topics of the vocabulary: Σ weight × zone × (1 + ln tf) over trigger terms, with a floor.

use super::{evidence::Finding, layout::Layout, text::Text, vocabulary::Vocabulary};
use crate::model::{Lang, TopicSlug};

/// Derives the topics, most salient first.
pub fn topics(
    text: &Text,
    layout: &Layout,
    lang: &Lang,
    vocabulary: &Vocabulary,
) -> Finding<Vec<TopicSlug>> {
    let _ = (text, layout, lang, vocabulary);
    Finding::default()
}
