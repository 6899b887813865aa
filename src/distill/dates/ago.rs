//! A number of days or weeks from the day of writing: three days ago, il y a trois jours, 三天前.

use super::{
    lexicon::Cat,
    scan::{Mention, Scan, Shape},
};

impl Scan<'_> {
    /// A phrase of date-words.tsv in which `#` stands for a number.
    pub(super) fn ago(&self, at: usize) -> Option<Mention> {
        for (cat, sign) in [(Cat::Ago, -1), (Cat::Ahead, 1)] {
            if let Some((days, last)) = self.lexicon.counted(self.tokens, at, cat) {
                return Some(Scan::found(
                    at,
                    last,
                    Shape::Offset(sign * days),
                    "days from the day of writing",
                ));
            }
        }
        None
    }
}
