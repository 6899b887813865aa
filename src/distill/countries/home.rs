//! Tallies + the home of the language → where a text is at home.
//!
//! A press office rarely names its own country: its bodies, towns and date lines tell, and whoever else is named only passes by.

use std::collections::BTreeMap;

use super::tally::Tally;
use crate::model::CountryCode;

/// Bytes from which on a text that names no country at all is a whole document, not a line.
pub(super) const LONG: usize = 240;

/// What the text as a whole says about its home.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    /// The state in which nearly all texts of the language are written.
    pub(super) home: Option<CountryCode>,
    /// The text speaks of two parties together.
    pub(super) mutual: bool,
    /// It is a whole document.
    pub(super) long: bool,
}

/// How much speaks for a text being at home in a country: its places and bodies, and the language.
pub(super) fn strength(code: CountryCode, tally: &Tally, setting: Setting) -> u32 {
    tally.at_home + u32::from(setting.home == Some(code))
}

/// The greatest strength of all.
pub(super) fn strongest(tallies: &BTreeMap<CountryCode, Tally>, setting: Setting) -> u32 {
    let strengths = tallies.iter().map(|(c, t)| strength(*c, t, setting));
    strengths.max().unwrap_or_default()
}

/// Adds the home of the language, which a text may take for granted, to what it names.
pub(super) fn assume(tallies: &mut BTreeMap<CountryCode, Tally>, setting: Setting) {
    if let Some(home) = setting.home
        && (setting.long || !tallies.is_empty())
    {
        tallies
            .entry(home)
            .or_insert_with(|| Tally::new(usize::MAX));
    }
}
