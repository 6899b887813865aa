//! How sure a value is → a figure for people. A mark stands before what lies below the floor.

use crate::distill::Confidence;

/// `94%`, or `!55%` where a person should look.
pub(super) fn percent(confidence: Confidence) -> String {
    let mark = if confidence.is_enough() { "" } else { "!" };
    format!("{mark}{:.0}%", confidence.get() * 100.0)
}
