//! What rendering says of pages → findings, those that many pages share once.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;

/// What was said of all pages, each finding once.
#[derive(Default)]
pub(super) struct Findings(BTreeMap<(String, Option<usize>, String), (Diagnostic, usize)>);

impl Findings {
    /// Enters one.
    pub(super) fn add(&mut self, said: Diagnostic) {
        let place = (said.file.clone(), said.line, said.message.clone());
        self.0.entry(place).or_insert((said, 0)).1 += 1;
    }

    /// All, with the number of pages that say the same.
    pub(super) fn folded(self) -> Vec<Diagnostic> {
        let folded = self.0.into_values().map(|(said, times)| match times {
            1 => said,
            _ => Diagnostic {
                message: format!("{} (on {times} pages)", said.message),
                ..said
            },
        });
        folded.collect()
    }
}
