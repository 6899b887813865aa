//! A text → what stands between quotation marks of one line. Refuses a mark that nothing closes.

/// The quotations of a text, asked for in order.
pub(super) struct Quotes {
    spans: Vec<(usize, usize)>,
    at: usize,
}

impl Quotes {
    /// Finds the quotations of a folded text.
    pub(super) fn of(folded: &str) -> Self {
        let mut spans = Vec::new();
        let mut open: Option<(usize, &str)> = None;
        for (at, c) in folded.char_indices() {
            match open {
                _ if c == '\n' => open = None,
                Some((from, closing)) if closing.contains(c) => {
                    spans.push((from, at));
                    open = None;
                }
                Some(_) => {}
                None => open = closing(c).map(|marks| (at, marks)),
            }
        }
        Self { spans, at: 0 }
    }

    /// Whether the byte is inside one; each byte asked for is behind the one before.
    pub(super) fn hold(&mut self, byte: usize) -> bool {
        while self.spans.get(self.at).is_some_and(|s| s.1 < byte) {
            self.at += 1;
        }
        self.spans.get(self.at).is_some_and(|s| s.0 <= byte)
    }
}

/// The marks that close what this one opens.
fn closing(mark: char) -> Option<&'static str> {
    Some(match mark {
        '«' => "»",
        '»' => "«",
        '“' => "”",
        '„' => "“”",
        '"' => "\"",
        _ => return None,
    })
}
