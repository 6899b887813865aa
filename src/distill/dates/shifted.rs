//! "Three days after 12 January", "two weeks before Tuesday", "昨日の2日前" → a day counted from another.

use super::{
    lexicon::Cat,
    mention::{Mention, Shape},
    scan::Scan,
};
use crate::distill::tokens::Gap;

impl Scan<'_> {
    /// The date at `next`, from which the days or weeks are counted that are said at `at`.
    pub(super) fn shifted(&self, at: usize, days: i32, next: usize) -> Option<Mention> {
        self.tok(next).filter(|t| t.gap <= Gap::Line)?;
        let mut found = self.weekday(next).or_else(|| {
            let date = self.date(next).map(|m| self.adorn(m));
            date.or_else(|| self.relative(next))
        })?;
        counts(&found).then(|| {
            found.first = at;
            found.shift = days;
            found
        })
    }

    /// Adds the days that are counted behind a date.
    pub(super) fn shift_behind(&self, mut found: Mention) -> Mention {
        if counts(&found)
            && let number = self.count_at(found.last)
            && let Some((days, last)) = self.counted_days(found.last, number, Cat::ShiftAfter)
        {
            found.shift = days;
            found.last = last;
        }
        found
    }
}

/// Whether days are counted from such a date.
fn counts(mention: &Mention) -> bool {
    matches!(
        mention.shape,
        Shape::Day { .. }
            | Shape::DayMonth { .. }
            | Shape::Easter { .. }
            | Shape::Weekday
            | Shape::Offset(_)
    )
}
