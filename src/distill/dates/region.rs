//! A text's spelling, places and phone numbers → whether it is from where the month comes first in figures.

use super::{lexicon::Cat, scan::Scan};
use crate::distill::tokens::{Gap, Kind};

/// Whether there are more marks of the United States than of elsewhere.
pub(super) fn american(scan: &Scan<'_>) -> bool {
    let mut score = scan.count(Cat::UnitedStates) - scan.count(Cat::Elsewhere);
    for (i, t) in scan
        .tokens
        .iter()
        .enumerate()
        .filter(|(_, t)| t.kind == Kind::Punct)
    {
        let digits = |at: usize| {
            scan.tok(at)
                .filter(|n| n.kind == Kind::Number)
                .map_or(0, |n| n.text.len())
        };
        // (912) 555-0144
        let phone = t.is("(")
            && digits(i + 1) == 3
            && scan.tok(i + 1).is_some_and(|n| n.gap == Gap::None)
            && scan.is(i + 2, ")")
            && digits(i + 3) == 3;
        score += match t.text {
            "$" => 1,
            "£" | "€" => -1,
            _ => 3 * i32::from(phone),
        };
    }
    score > 0
}
