//! Places in a body → lines of its file, for messages.

use std::ops::Range;

/// Byte offsets of a body → lines of its file.
pub(super) struct Lines {
    starts: Vec<usize>,
    first: usize,
}

impl Lines {
    /// Of a body that begins on line `first` of its file.
    pub(super) fn of(body: &str, first: usize) -> Self {
        Self {
            starts: body.match_indices('\n').map(|(at, _)| at).collect(),
            first,
        }
    }

    /// The line on which a range begins.
    pub(super) fn at(&self, range: &Range<usize>) -> usize {
        self.first + self.starts.partition_point(|end| *end < range.start)
    }
}
