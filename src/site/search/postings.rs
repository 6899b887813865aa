//! Rows of document numbers ⇄ text: a letter or two a number, which any web server compresses and every browser reads without a library.
//!
//! A row runs from the greatest number down; each is written as the distance from the one before, five bits a character, least first, the sixth
//! bit saying that more follow (as in source maps). Greatest first means that a newer document adds to the front and leaves the rest as it is.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A row that is being written.
#[derive(Clone, Debug, Default)]
pub struct Row {
    text: String,
    last: Option<u32>,
    /// The documents in it.
    pub count: usize,
}

impl Row {
    /// Adds a document with a note of `0..notes`; numbers must fall.
    pub fn push(&mut self, id: u32, note: u32, notes: u32) {
        let step = self.last.map_or(id, |last| last.saturating_sub(id));
        let mut rest = u64::from(step) * u64::from(notes) + u64::from(note);
        loop {
            let five = (rest & 31) as usize;
            rest >>= 5;
            let more = usize::from(rest > 0) << 5;
            self.text.push(char::from(ALPHABET[five | more]));
            if rest == 0 {
                break;
            }
        }
        self.last = Some(id);
        self.count += 1;
    }

    /// The row as text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Writes the last bits of a number in `count` letters, six bits each, greatest first.
pub(super) fn letters(n: u32, count: u32, out: &mut String) {
    for at in (0..count).rev() {
        out.push(char::from(ALPHABET[(n >> (6 * at) & 63) as usize]));
    }
}

/// The documents of a row with their notes; what is no row gives what could be read.
#[cfg(test)]
pub(super) fn read(text: &str, notes: u32) -> Vec<(u32, u32)> {
    let (mut out, mut last, mut value, mut shift) = (Vec::new(), None, 0_u64, 0);
    for byte in text.bytes() {
        let digit = ALPHABET.iter().position(|b| *b == byte).unwrap_or(0) as u64;
        value |= (digit & 31) << shift;
        shift += 5;
        if digit < 32 {
            let step = (value / u64::from(notes)) as u32;
            let id = last.map_or(step, |last: u32| last - step);
            out.push((id, (value % u64::from(notes)) as u32));
            (last, value, shift) = (Some(id), 0, 0);
        }
    }
    out
}
