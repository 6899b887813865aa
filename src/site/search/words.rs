//! Text → the words under which it is found: folded runs of letters and digits. Scripts that write no spaces give pairs of characters instead.
//!
//! An apostrophe, a hyphen and a full stop divide words, so that `l’eau` is found by `eau`: that is where this differs from the word
//! boundaries of Unicode.

use unicode_normalization::char::is_combining_mark;

use super::fold::fold;

/// Characters of a word that count; longer ones are cut, in a query too.
const LONGEST: usize = 32;

/// The words of a text, in its order. A run of Han, kana, Thai, Lao, Khmer or Burmese gives each pair of neighbours, and its last character,
/// so that any one character is the beginning of a word.
pub fn words(text: &str) -> Vec<String> {
    runs(text, true)
}

/// The words that a query asks for: as [`words`], without the last character of a run of pairs.
pub fn query(text: &str) -> Vec<String> {
    runs(text, false)
}

fn runs(text: &str, last: bool) -> Vec<String> {
    let folded = fold(text);
    let mut out = Vec::new();
    let mut run: Vec<char> = Vec::new();
    for c in folded.chars().chain([' ']) {
        let ends = !is_word(c)
            || run
                .first()
                .is_some_and(|first| is_dense(*first) != is_dense(c));
        if ends && !run.is_empty() {
            close(&run, last, &mut out);
            run.clear();
        }
        if is_word(c) {
            run.push(c);
        }
    }
    out
}

fn close(run: &[char], last: bool, out: &mut Vec<String>) {
    if !run.first().is_some_and(|c| is_dense(*c)) {
        out.push(run.iter().take(LONGEST).collect());
        return;
    }
    out.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
    if last || run.len() == 1 {
        out.extend(run.last().map(char::to_string));
    }
}

/// Whether a word is one character of a script without spaces.
pub(super) fn is_single(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(is_dense) && chars.next().is_none()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether a character is of a script without spaces between words.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}
