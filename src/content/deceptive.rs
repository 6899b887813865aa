//! Title and body of a content file → warnings of what shows otherwise than it reads: characters that turn text around or can't be seen, words of
//! letters that only look alike. Refuses nothing: such a page is built as it is.

use memchr::memmem;

use super::Entry;
use crate::diagnostic::{Diagnostic, Rule};

/// Letters of a word from which on two scripts in it are a trick rather than a formula.
const WORD: usize = 3;

/// What is deceptive about an entry.
pub(super) fn deceptive(file: &str, entry: &Entry) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some(why) = entry.front.title.as_deref().and_then(odd) {
        let line = entry.front.lines.get("title").copied().unwrap_or(1);
        found.push(
            Diagnostic::warning(file, format!("the title {why}"))
                .rule(Rule::DeceptiveTitle)
                .at(line)
                .help("write the title anew, letter by letter, unless it is meant so"),
        );
    }
    let body: &str = &entry.body;
    let turned = ["\u{202D}", "\u{202E}"].into_iter();
    let turned = turned.filter_map(|sign| memmem::find(body.as_bytes(), sign.as_bytes()));
    if let Some(at) = turned.min() {
        let line = entry.body_line + body.get(..at).unwrap_or_default().matches('\n').count();
        let what = "the text has a character (U+202D or U+202E) that shows letters in another order than they stand in";
        found.push(
            Diagnostic::warning(file, what)
                .rule(Rule::DeceptiveTitle)
                .at(line)
                .help("delete it: right-to-left words need none"),
        );
    }
    found
}

/// What is odd about a title.
fn odd(title: &str) -> Option<String> {
    if title.is_ascii() {
        return title.chars().find(|c| is_control(*c)).map(unseen);
    }
    let right_to_left = title
        .chars()
        .any(|c| matches!(c as u32, 0x590..=0x8FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFE));
    let mut before = ' ';
    let mut all = title.chars().peekable();
    while let Some(c) = all.next() {
        let is_odd = match c {
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
                return Some(format!(
                    "has a character (U+{:04X}) that turns text around",
                    c as u32
                ));
            }
            '\u{200E}' | '\u{200F}' | '\u{61C}' => !right_to_left,
            // Persian, Urdu and the scripts of India are written with these.
            '\u{200C}' | '\u{200D}' => before.is_ascii() && all.peek().is_none_or(char::is_ascii),
            '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{180E}' => true,
            c => is_control(c),
        };
        if is_odd {
            return Some(unseen(c));
        }
        before = c;
    }
    let words = title.split(|c: char| !c.is_alphabetic());
    words.into_iter().find_map(mixed)
}

/// White space is what a long title is folded with.
fn is_control(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}

fn unseen(c: char) -> String {
    format!("has a character (U+{:04X}) that can't be seen", c as u32)
}

/// A word of two scripts whose letters look alike.
fn mixed(word: &str) -> Option<String> {
    let script = |c: char| match c as u32 {
        0x41..=0x5A | 0x61..=0x7A | 0xC0..=0x24F | 0x1E00..=0x1EFF => Some("Latin"),
        0x370..=0x3FF | 0x1F00..=0x1FFF => Some("Greek"),
        0x400..=0x52F => Some("Cyrillic"),
        _ => None,
    };
    let mut scripts: Vec<&str> = word.chars().filter_map(script).collect();
    if scripts.len() < WORD {
        return None;
    }
    scripts.sort_unstable();
    scripts.dedup();
    let [first, second, ..] = scripts[..] else {
        return None;
    };
    Some(format!(
        "mixes {first} and {second} letters in one word, `{word}`"
    ))
}

#[cfg(test)]
mod tests {
    use super::odd;

    #[test]
    fn tricks_are_told_from_scripts() {
        for title in [
            "Accord de pêche",
            "می‌خواهم",
            "اتفاق \u{200F}(2026)",
            "क्‍ष",
            "ΔT of 5 µm",
            "Москва – Paris",
            "👩‍🚀 in space",
            "Straße",
        ] {
            assert_eq!(odd(title), None, "{title}");
        }
        for (title, why) in [
            ("a\u{202E}b", "U+202E"),
            ("a\u{2066}b", "U+2066"),
            ("pay\u{200B}ment", "U+200B"),
            ("pay\u{200D}ment", "U+200D"),
            ("a\u{200F}b", "U+200F"),
            ("a\u{1}b", "U+0001"),
            ("Mоscow", "Cyrillic and Latin"),
            ("Ραris", "Greek and Latin"),
        ] {
            assert!(odd(title).is_some_and(|said| said.contains(why)), "{title}");
        }
    }
}
