//! What happens to a briefing after it was published, as its front matter says it: corrections, a withdrawal.

use crate::model::PubDate;

/// One entry of the change history that readers see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// When it was made.
    pub date: Option<PubDate>,
    /// What was changed, in the briefing's language.
    pub text: String,
}

/// A briefing that no longer stands: its page says so, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withdrawal {
    /// Since when.
    pub date: Option<PubDate>,
    /// Why, in the briefing's language; may be empty.
    pub reason: String,
}
