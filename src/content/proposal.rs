//! A [`Document`] → what its content file needs of it: its values, and what a person should look at. What speaks for the values, most of a document, is let
//! go: an import holds many proposals at a time.

use super::{doubtful::doubtful, write::Due};
use crate::distill::{ConfidenceMap, Document, EvidenceMap};

/// A document without its evidence.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Its values and doubts; no evidence and no confidence.
    pub document: Document,
    /// What a person should look at.
    pub(super) due: Vec<Due>,
}

impl Proposal {
    /// What a document proposes.
    pub fn of(document: Document) -> Self {
        let due = doubtful(&document).into_iter();
        Self {
            due: due
                .map(|doubtful| (doubtful.key, doubtful.reason))
                .collect(),
            document: Document {
                evidence: EvidenceMap::new(),
                confidence: ConfidenceMap::new(),
                ..document
            },
        }
    }
}
