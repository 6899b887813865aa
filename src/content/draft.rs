//! A [`Document`] → what its content file needs of it: its values, and what a person should look at. What speaks for the values, most of a document, is let
//! go: an import holds many drafts at a time.

use super::doubtful::{Doubtful, doubtful};
use crate::distill::{ConfidenceMap, Document, EvidenceMap};

/// A document without its evidence.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Its values and doubts; no evidence and no confidence.
    pub document: Document,
    /// The keys that a person should look at.
    pub(super) doubtful: Vec<Doubtful>,
}

impl Draft {
    /// The draft of a document.
    pub fn of(document: Document) -> Self {
        Self {
            doubtful: doubtful(&document),
            document: Document {
                evidence: EvidenceMap::new(),
                confidence: ConfidenceMap::new(),
                ..document
            },
        }
    }
}
