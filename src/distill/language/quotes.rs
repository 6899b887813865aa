//! A text → what stands between quotation marks of one line. Refuses a mark that nothing closes.

/// The quotations of a text, asked for in order.
#[derive(Default)]
pub(super) struct Quotes {
    spans: Vec<(usize, usize)>,
    open: Option<(usize, &'static str)>,
    at: usize,
}

impl Quotes {
    /// Takes the next character of a folded text; all but line feeds and quotation marks may be left out.
    #[inline]
    pub(super) fn take(&mut self, at: usize, c: char) {
        match self.open {
            _ if c == '\n' => self.open = None,
            Some((from, closing)) if closing.contains(c) => {
                self.spans.push((from, at));
                self.open = None;
            }
            Some(_) => {}
            None => self.open = closing(c).map(|marks| (at, marks)),
        }
    }

    /// Whether the byte is inside one; each byte asked for is behind the one before.
    pub(super) fn hold(&mut self, byte: usize) -> bool {
        while self.spans.get(self.at).is_some_and(|s| s.1 < byte) {
            self.at += 1;
        }
        self.spans.get(self.at).is_some_and(|s| s.0 <= byte)
    }
}

/// Whether a character can begin or end a quotation.
#[inline]
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '“' | '”' | '„')
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
