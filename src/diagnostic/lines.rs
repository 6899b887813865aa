//! Places in a text → lines of its file, for messages.

/// Byte offsets of a text → lines of its file.
#[derive(Clone, Debug)]
pub struct Lines {
    ends: Vec<usize>,
    first: usize,
}

impl Lines {
    /// Of a text that begins on line `first` of its file.
    pub fn of(text: &str, first: usize) -> Self {
        Self {
            ends: memchr::memchr_iter(b'\n', text.as_bytes()).collect(),
            first,
        }
    }

    /// The line of the byte at `at`.
    pub fn at(&self, at: usize) -> usize {
        self.first + self.ends.partition_point(|end| *end < at)
    }
}
