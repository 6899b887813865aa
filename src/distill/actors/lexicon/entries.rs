//! What a language's file tells beside the lists: bodies that everyone knows, companies' legal forms.

/// Before a known name that is of no body: `!West Bank`.
pub(super) const NO_BODY: char = '!';

/// A body that everyone knows: its names as printed, the fullest first.
#[derive(Debug)]
pub(in crate::distill::actors) struct Body {
    /// The names: folded words beside the printed form.
    pub(in crate::distill::actors) names: Vec<BodyName>,
}

/// One name of a [`Body`].
#[derive(Debug)]
pub(in crate::distill::actors) struct BodyName {
    /// As printed.
    pub(in crate::distill::actors) printed: &'static str,
    /// Folded, word by word.
    pub(in crate::distill::actors) words: Vec<String>,
    /// One word without a small letter.
    pub(in crate::distill::actors) acronym: bool,
}

impl BodyName {
    /// Whether it is a body; else something that looks like one.
    pub(in crate::distill::actors) fn is_body(&self) -> bool {
        !self.printed.starts_with(NO_BODY)
    }
}

/// A company's legal form.
#[derive(Debug)]
pub(in crate::distill::actors) struct LegalForm {
    /// The hash of its first piece, folded.
    pub(in crate::distill::actors) first: u64,
    /// What stands between spaces and full stops.
    pub(in crate::distill::actors) pieces: Vec<Piece>,
}

/// One piece of a [`LegalForm`].
#[derive(Debug)]
pub(in crate::distill::actors) struct Piece {
    /// Whether a full stop stands before it.
    pub(in crate::distill::actors) dotted: bool,
    /// As written.
    pub(in crate::distill::actors) written: &'static str,
    /// In small letters, where it may be written all in capitals.
    pub(in crate::distill::actors) shoutable: Option<String>,
}
