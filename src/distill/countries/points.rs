//! What speaks for and against a country → points that a person can add up. From nought on, the briefing is about it.
//!
//! The weights are fitted to labelled documents (logistic regression, rounded to tenths), so the sum says too how sure it is.

use std::fmt::Write;

use super::{places::Place, role::Part};
use crate::distill::evidence::ACCOUNT;

/// How far the points of a document that the weights were not fitted to can be trusted.
const UNSEEN: f32 = 0.3;

/// The stretches of a text that weigh differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spot {
    Headline,
    Lead,
    Paragraph,
    Body,
    Header,
    Dateline,
    End,
}

impl From<Place> for Spot {
    fn from(place: Place) -> Self {
        match place {
            Place::Headline => Self::Headline,
            Place::Lead => Self::Lead,
            Place::LeadParagraph => Self::Paragraph,
            Place::Early | Place::Late => Self::Body,
            Place::Header => Self::Header,
            Place::Dateline => Self::Dateline,
            Place::Boilerplate | Place::Footer => Self::End,
        }
    }
}

impl Spot {
    pub(super) const ALL: [Self; 7] = [
        Self::Headline,
        Self::Lead,
        Self::Paragraph,
        Self::Body,
        Self::Header,
        Self::Dateline,
        Self::End,
    ];

    fn says(self) -> &'static str {
        match self {
            Self::Headline => "in the headline",
            Self::Lead => "in the first sentence",
            Self::Paragraph => "in the first paragraph",
            Self::Body => "in the body",
            Self::Header => "above the text",
            Self::Dateline => "in the dateline",
            Self::End => "in footer or boilerplate",
        }
    }
}

/// Points for the part that a country plays where it stands, once for each pair: rows are spots, columns parts.
const STANDS: [[f32; Part::ALL.len()]; Spot::ALL.len()] = [
    // acts, named, adjective, scene, list, passing, place, away, body, dateline
    [0.1, 0.3, 0.1, 0.0, 0.0, 2.9, 2.0, 0.0, 0.8, 0.0],
    [1.9, 2.0, 0.6, 0.1, 0.8, 1.0, 2.0, 0.8, 0.1, 0.0],
    [2.2, -0.9, -1.7, -1.2, 1.1, -0.7, 0.5, 0.1, 0.4, 0.0],
    [0.1, -1.5, -0.7, -2.1, 0.5, 0.0, 1.6, -0.2, 0.4, 0.0],
    [0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.4],
    [0.0, 2.1, 0.0, 0.0, 0.0, 0.0, 1.1, 0.0, -0.5, 1.4],
    [0.0, -0.6, 0.0, 0.0, 0.0, 0.4, 0.1, 0.0, 0.0, -1.9],
];

/// One thing that speaks for or against a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clue {
    /// Where it stands and what it does there.
    Stands(Spot, Part),
    /// What every country begins with.
    Start,
    /// How much of the text is about it, beside the one that is named most: from 0 to 1.
    Share,
    /// Named again: the logarithm of how often.
    Again,
    /// Named before any other.
    First,
    /// Headline, first sentence or agency's lead begins with it.
    Begins,
    /// Joined to one with which they begin.
    BeginsBeside,
    /// A later sentence begins with it.
    BeginsLater,
    /// A cell or a line of a table begins with it.
    Row,
    /// The text is in the language of its home.
    Language,
    /// The text is at home there.
    Home,
    /// How surely: from 0 to 1.
    HomeFirm,
    /// At home, and no other country acts in headline or first sentence.
    HomeAlone,
    /// At home, and the text speaks of two parties of which the lead names the other.
    HomeParty,
    /// The text is at home elsewhere.
    HomeElsewhere,
    /// Only others act in headline and first sentence.
    OthersLead,
    /// In the first sentence, where the headline names only others.
    BelowHeadline,
    /// Nowhere referred to.
    Unnamed,
    /// The same, in a text so short that it takes nothing for granted.
    UnnamedInShort,
    /// Only its places and bodies are.
    Hinted,
    /// Only as a neighbour, market, origin or nationality.
    Bystander,
}

impl Clue {
    /// Its points, and its words.
    fn entry(self) -> (f32, &'static str) {
        match self {
            Self::Stands(spot, part) => (STANDS[spot as usize][part as usize], spot.says()),
            Self::Start => (-2.2, "start"),
            Self::Share => (4.6, "share of all naming"),
            Self::Again => (3.5, "named again"),
            Self::First => (0.7, "named first"),
            Self::Begins => (1.3, "lead begins with it"),
            Self::BeginsBeside => (1.6, "beside what the lead begins with"),
            Self::BeginsLater => (1.2, "a sentence begins with it"),
            Self::Row => (1.6, "a row of its own"),
            Self::Language => (1.0, "home of the language"),
            Self::Home => (0.7, "home of the text"),
            Self::HomeFirm => (1.7, "its places and bodies"),
            Self::HomeAlone => (0.6, "no other acts in the lead"),
            Self::HomeParty => (0.8, "one of two parties"),
            Self::HomeElsewhere => (-1.1, "the text is at home elsewhere"),
            Self::OthersLead => (-2.9, "lead about others"),
            Self::BelowHeadline => (-2.9, "headline names others alone"),
            Self::Unnamed => (-0.5, "not named"),
            Self::UnnamedInShort => (-2.5, "a single line"),
            Self::Hinted => (3.2, "only its places and bodies named"),
            Self::Bystander => (-0.8, "only in passing"),
        }
    }
}

/// All that speaks for and against one country.
#[derive(Clone, Debug, Default)]
pub(super) struct Points {
    items: Vec<(Clue, f32)>,
    pub(super) sum: f32,
}

impl Points {
    /// Counts a clue by a measure.
    pub(super) fn by(&mut self, clue: Clue, measure: f32) {
        if measure > 0.0 {
            let points = clue.entry().0 * measure;
            self.items.push((clue, points));
            self.sum += points;
        }
    }

    /// Counts a clue where it holds.
    pub(super) fn if_so(&mut self, holds: bool, clue: Clue) {
        self.by(clue, f32::from(u8::from(holds)));
    }

    /// How likely it is that the briefing is about it. Documents that the weights were not fitted to are less clear-cut by `UNSEEN`.
    pub(super) fn likely(&self) -> f32 {
        1.0 / (1.0 + (-self.sum * UNSEEN).exp())
    }

    /// The sum, item by item.
    pub(super) fn account(&self) -> String {
        let mut account = String::with_capacity(ACCOUNT.len() + 32 * self.items.len());
        account.push_str(ACCOUNT);
        let mut sign = "";
        for (clue, points) in self.items.iter().filter(|(_, points)| *points != 0.0) {
            let part = match clue {
                Clue::Stands(_, part) => part.says(),
                _ => "",
            };
            for text in [sign, clue.entry().1, part, " "] {
                account.push_str(text);
            }
            tenths(*points, &mut account);
            sign = ", ";
        }
        account
    }
}

/// Writes points with their sign, rounded to tenths, as `{:+.1}` does.
fn tenths(points: f32, account: &mut String) {
    let tenths = (f64::from(points) * 10.0).round_ties_even().abs();
    if tenths >= 100.0 || points.is_nan() {
        let _ = write!(account, "{points:+.1}");
        return;
    }
    let tenths = tenths as u8;
    let digits = [tenths / 10, tenths % 10].map(|digit| char::from(b'0' + digit));
    account.push(if points.is_sign_negative() { '-' } else { '+' });
    account.push(digits[0]);
    account.push('.');
    account.push(digits[1]);
}

/// The points of a reading by itself.
pub(super) fn stands(place: Place, part: Part) -> f32 {
    Clue::Stands(place.into(), part).entry().0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenths_are_written_as_the_library_does() {
        for n in -80_000..=80_000_i32 {
            for points in [n as f32 / 4000.0, n as f32 / 6553.6] {
                let mut written = String::new();
                tenths(points, &mut written);
                assert_eq!(written, format!("{points:+.1}"));
            }
        }
    }
}
