//! Runs of letters and digits → what is written as one word: runs that an apostrophe, a hyphen or the like joins.

use crate::distill::runs::Run;

/// Letters, digits and what joins them.
pub(super) struct Letters {
    /// First byte.
    pub(super) start: usize,
    /// One past the last byte.
    pub(super) end: usize,
    /// Of its text, where nothing joins two parts of it.
    pub(super) hash: Option<u64>,
    /// The first apostrophe.
    pub(super) apostrophe: Option<usize>,
}

/// Takes the next from the runs that are left.
#[inline]
pub(super) fn letters(folded: &str, rest: &mut &[Run]) -> Option<Letters> {
    let (first, mut left) = rest.split_first()?;
    let mut all = Letters {
        start: first.start(),
        end: first.end(),
        hash: Some(first.hash),
        apostrophe: None,
    };
    while let Some((next, behind)) = left.split_first()
        && joins(folded, all.end, next)
    {
        if all.apostrophe.is_none() && folded.as_bytes().get(all.end) == Some(&b'\'') {
            all.apostrophe = Some(all.end);
        }
        all.hash = None;
        all.end = next.end();
        left = behind;
    }
    *rest = left;
    Some(all)
}

/// Whether what stands between `from` and the next run joins both. Hebrew writes its acronyms with a quotation mark before the last letter.
#[inline]
fn joins(folded: &str, from: usize, next: &Run) -> bool {
    let between = folded
        .as_bytes()
        .get(from..next.start())
        .unwrap_or_default();
    match between {
        [b'-' | b'\''] => true,
        [b'"'] => {
            let letter = folded.get(next.start()..).and_then(|n| n.chars().next());
            letter.is_some_and(|c| ('\u{5D0}'..='\u{5EA}').contains(&c))
        }
        [_, _] | [_, _, _] => ["·", "\u{2011}", "\u{2010}", "״", "׳"]
            .iter()
            .any(|sign| sign.as_bytes() == between),
        _ => false,
    }
}
