//! Text in a script without capitals → people and organisations, by role words and head words and the shape of names.
//! Refuses what has no sure end: a wrong name is worse than none.

mod chinese;
mod hangul;
mod japanese;
mod spaced;
mod spaceless;
mod thai;

pub(super) use hangul::hangul;
pub(super) use spaced::spaced;
pub(super) use spaceless::spaceless;

use super::{Sighting, names::one_spaced};
use crate::distill::{evidence::Span, text::Text};

/// What was found at a place, as written there.
fn sighting(text: &Text, span: Span, role: String, rule: &'static str, sure: f32) -> Sighting {
    Sighting {
        span,
        name: one_spaced(text.slice(span)),
        role,
        rule,
        weight: 2.0,
        sure,
        body: None,
    }
}
