//! A seed's decoded text and its folded copy for matching, with the way back from one to the other.

mod fold;

use std::{ops::Range, sync::LazyLock};

use unicode_normalization::char::is_combining_mark;

use self::fold::{fold_alone, fold_marked, fold_simply};
use super::{
    evidence::Span,
    runs::{Run, runs},
    tokens::{Token, tokens},
};
use crate::near::Near;

/// Decoded text beside a folded copy.
///
/// Folding: lower case, NFC, compatibility forms of full-width letters and digits, any decimal digit → ASCII, typographic apostrophes → `'`,
/// any space (NBSP, narrow, ideographic) and tab → one space each, Arabic harakat and tatweel removed, alef forms → ا, ى → ي, ة kept,
/// zero-width characters removed (ZWNJ → removed), CR removed. Line feeds stay.
#[derive(Debug)]
pub struct Text {
    /// The seed as text, exactly (without a byte order mark).
    pub decoded: String,
    /// The folded copy: match on this.
    pub folded: String,
    /// Where folding changed how many bytes there are, in order; most of a text lies between two such places.
    shifts: Vec<Shift>,
}

/// From a byte of the folded text on, both texts go on byte by byte.
#[derive(Clone, Copy, Debug)]
struct Shift {
    folded: u32,
    decoded: u32,
}

impl Text {
    /// Folds `decoded`.
    pub fn new(decoded: String) -> Self {
        let mut folded = String::with_capacity(decoded.len());
        let mut shifts = Vec::new();
        let mut at = 0;
        while let Some(rest) = decoded.get(at..).filter(|rest| !rest.is_empty()) {
            let run = ascii_run(rest);
            let plain = rest.get(..run).unwrap_or_default();
            folded.push_str(plain);
            if let Some(new) = folded.len().checked_sub(run) {
                folded.get_mut(new..).map(str::make_ascii_lowercase);
            }
            at += run;
            let mut chars = rest.get(run..).unwrap_or_default().chars();
            let mut next = chars.next();
            while let Some(first) = next {
                let (start, before) = (at, folded.len());
                at += first.len_utf8();
                next = chars.next();
                if next.is_some_and(is_mark) {
                    while let Some(mark) = next.filter(|c| is_mark(*c)) {
                        at += mark.len_utf8();
                        next = chars.next();
                    }
                    fold_marked(decoded.get(start..at).unwrap_or_default(), &mut folded);
                    shift(&mut shifts, &folded, before, start..at);
                } else if let Some(simple) = fold_simply(first) {
                    // As many bytes as before: a test goes through all of them.
                    folded.push(simple);
                } else {
                    fold_alone(first, &mut folded);
                    shift(&mut shifts, &folded, before, start..at);
                }
                if next.is_none_or(|c| c.is_ascii()) {
                    break;
                }
            }
        }
        Self {
            decoded,
            folded,
            shifts,
        }
    }

    /// Cuts the folded text into tokens.
    pub(crate) fn tokens(&self) -> Vec<Token<'_>> {
        tokens(&self.folded)
    }

    /// Its runs of letters and digits.
    pub(crate) fn runs(&self) -> Vec<Run> {
        runs(&self.folded, &self.tokens())
    }

    /// The span of `decoded` from which `folded[start..end]` came. Offsets are those of characters; those past the end mean the
    /// end.
    pub fn original(&self, start: usize, end: usize) -> Span {
        let end = end.max(start);
        // Most texts in ASCII.
        if self.shifts.is_empty() {
            let most = self.decoded.len();
            return Span::new(start.min(most), end.min(most));
        }
        let next = self
            .shifts
            .partition_point(|shift| shift.folded as usize <= start);
        let later = self.shifts.get(next..).unwrap_or_default();
        let more = later
            .iter()
            .take_while(|shift| shift.folded as usize <= end)
            .count();
        // An end maps to the beginning of the next folded character; what folding dropped in between belongs to this span.
        let start = self.decoded_at(start, next);
        Span::new(start, self.decoded_at(end, next + more))
    }

    /// Where in `decoded` the character begins that has its fold at `folded`; `next` is the first shift behind that.
    #[inline]
    fn decoded_at(&self, folded: usize, next: usize) -> usize {
        if folded >= self.folded.len() {
            return self.decoded.len();
        }
        match next.checked_sub(1).and_then(|last| self.shifts.get(last)) {
            Some(shift) => shift.decoded as usize + (folded - shift.folded as usize),
            None => folded,
        }
    }

    /// The first folded byte that came from `offset` of `decoded` or from after it.
    pub fn folded_at(&self, offset: usize) -> usize {
        let next = self
            .shifts
            .partition_point(|shift| (shift.decoded as usize) < offset);
        let most = self
            .shifts
            .get(next)
            .map_or(self.folded.len(), |shift| shift.folded as usize);
        let goes_on = match next.checked_sub(1).and_then(|last| self.shifts.get(last)) {
            Some(shift) => shift.folded as usize + (offset - shift.decoded as usize),
            None => offset,
        };
        // Within a character with its marks, the next one is meant.
        self.folded.ceil_char_boundary(goes_on.min(most))
    }

    /// The decoded text of a span; empty where the span is none of this text's.
    pub fn slice(&self, span: Span) -> &str {
        self.decoded.get(span.start..span.end).unwrap_or_default()
    }
}

/// Notes what `folded` has from `before` on, the fold of one character with its marks at `from`: all of several characters came from where that
/// begins.
fn shift(shifts: &mut Vec<Shift>, folded: &str, before: usize, from: Range<usize>) {
    let new = folded.get(before..).unwrap_or_default();
    let one = new.chars().nth(1).is_none();
    if one && new.len() == from.len() {
        return;
    }
    let mut note = |folded: usize, decoded: usize| {
        shifts.push(Shift {
            folded: folded as u32,
            decoded: decoded as u32,
        });
    };
    for (at, _) in new.char_indices().skip(1) {
        note(before + at, from.start);
    }
    note(folded.len(), from.end);
}

/// Whether a character is a combining mark.
#[inline]
pub(crate) fn is_mark(c: char) -> bool {
    static NEAR: LazyLock<Near<bool>> = LazyLock::new(|| Near::new(is_far_mark));
    NEAR.of(c)
}

/// What texts in scripts of three bytes are mostly made of is told without a table.
fn is_far_mark(c: char) -> bool {
    match c {
        '\u{2000}'..='\u{206F}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A0}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7A3}' => false,
        _ => is_combining_mark(c),
    }
}

/// Whether a character continues a word: a letter, a digit or a mark.
#[inline]
pub(crate) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        is_word_beyond_ascii(c)
    }
}

/// What comes most often is told first.
fn is_word_beyond_ascii(c: char) -> bool {
    match c {
        'À'..='Ö'
        | 'Ø'..='ö'
        | 'ø'..='ʯ'
        | 'А'..='ԯ'
        | '\u{5D0}'..='\u{5EA}'
        | '\u{620}'..='\u{65F}'
        | '一'..='鿿'
        | 'ぁ'..='ゖ'
        | 'ァ'..='ヺ'
        | '가'..='힣'
        // Greek, Devanagari, Bengali, Thai, Georgian: letters, digits and marks.
        | '\u{388}'..='\u{38A}'
        | '\u{38E}'..='\u{3A1}'
        | '\u{3A3}'..='\u{3CE}'
        | '\u{900}'..='\u{963}'
        | '\u{966}'..='\u{96F}'
        | '\u{985}'..='\u{98C}'
        | '\u{995}'..='\u{9A8}'
        | '\u{9AA}'..='\u{9B0}'
        | '\u{9BE}'..='\u{9C4}'
        | '\u{E01}'..='\u{E3A}'
        | '\u{E40}'..='\u{E4E}'
        | '\u{E50}'..='\u{E59}'
        | '\u{10D0}'..='\u{10FA}' => true,
        '\u{A0}'..='\u{A9}'
        | '\u{AB}'..='\u{B1}'
        | '\u{BB}'
        | '\u{2BC}'
        | '\u{2000}'..='\u{206F}'
        | '\u{3000}'..='\u{3004}'
        | '\u{FF0C}'
        | '\u{FF1A}' => false,
        _ => c.is_alphanumeric() || is_mark(c),
    }
}

/// How many bytes at the beginning fold each for itself: printable ASCII and line feeds, but for one on which a mark follows.
fn ascii_run(rest: &str) -> usize {
    const STEP: usize = 16;
    let simple = |b: &u8| matches!(b, b' '..=b'~' | b'\n');
    let bytes = rest.as_bytes();
    let steps = bytes
        .chunks_exact(STEP)
        .take_while(|step| step.iter().fold(true, |all, b| all & simple(b)));
    let sure = steps.count() * STEP;
    let more = bytes.iter().skip(sure).take_while(|b| simple(b));
    let run = sure + more.count();
    let behind = rest.get(run..).and_then(|rest| rest.chars().next());
    run - usize::from(run > 0 && behind.is_some_and(is_mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_the_way_back() {
        let text = Text::new("L’ÉTÉ\u{A0}٢٧ عمّان e\u{301}\r\nI\u{307}zmir".to_owned());
        assert_eq!(text.folded, "l'été 27 عمان é\nizmir");
        let at = text.folded.find("27").expect("27");
        assert_eq!(text.slice(text.original(at, at + 2)), "٢٧");
        let at = text.folded.find("عمان").expect("Amman");
        assert_eq!(text.slice(text.original(at, at + "عمان".len())), "عمّان");
        let at = text.folded.find("izmir").expect("izmir");
        assert_eq!(text.slice(text.original(at, at + 5)), "I\u{307}zmir");
    }

    /// The way back, told character by character.
    fn slowly(decoded: &str) -> Vec<(usize, usize)> {
        let clusters: Vec<usize> = decoded
            .char_indices()
            .filter(|(at, c)| *at == 0 || !is_mark(*c))
            .map(|(at, _)| at)
            .chain([decoded.len()])
            .collect();
        let mut ways = Vec::new();
        let mut folded = 0;
        for pair in clusters.windows(2) {
            let alone = Text::new(decoded[pair[0]..pair[1]].to_owned()).folded;
            ways.extend(alone.char_indices().map(|(at, _)| (folded + at, pair[0])));
            folded += alone.len();
        }
        ways.push((folded, decoded.len()));
        ways
    }

    #[test]
    fn every_character_leads_back_to_where_it_came_from() {
        let odd = "a\u{200B}\u{200B}bİ\u{FEFF}’’ﬁŉ\u{FB2C}ẞ\r\n\u{301}e\u{301}\u{AD}عُمان Ⅳ\u{1E9B}\u{323}ΐΣ\u{130}中２\u{3000}\t가";
        let texts = odd.char_indices().map(|(at, _)| &odd[at..]);
        for text in texts.chain(["भारत", "\nกิน", "Ⱥa", "", "\u{200B}"]) {
            let text = Text::new(text.to_owned());
            let ways = slowly(&text.decoded);
            for &(folded, decoded) in &ways {
                assert_eq!(
                    text.original(folded, folded).start,
                    decoded,
                    "{folded} of {}",
                    text.folded
                );
            }
            for offset in text.decoded.char_indices().map(|(at, _)| at) {
                let told = ways.iter().find(|(_, decoded)| *decoded >= offset);
                assert_eq!(
                    Some(text.folded_at(offset)),
                    told.map(|(folded, _)| *folded),
                    "{offset}"
                );
            }
        }
    }
}
