//! Text → the form in which it is searched: lower case, without accents and points, the letters of one sound or shape as one.
//!
//! `themes/default/static/search.js` mirrors this file for what a reader types; tests/browser/fold.json tests both.

use unicode_normalization::UnicodeNormalization;

/// The zero of each row of ten digits that is not ASCII's; full-width and other compatible digits fold by NFKD.
const ZEROS: [char; 17] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}',
    '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}',
    '\u{17e0}',
];

/// Folds a text. Folding twice is folding once.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let plain: String = text.nfkd().filter(|c| !is_mark(*c)).collect();
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars().flat_map(char::to_lowercase) {
        if is_mark(c) {
            continue;
        }
        match letters(c) {
            Some(letters) => out.push_str(letters),
            None => out.push(digit(c)),
        }
    }
    // Hangul and voiced kana in one piece again.
    out.nfc().collect()
}

/// What no reader types: combining accents, the vowel signs of Arabic and Hebrew, tatweel, joiners and marks of direction.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c4}' | '\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Letters that stand for others.
fn letters(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'þ' => "th",
        'ς' => "σ",
        '\u{671}' => "\u{627}",                         // alef wasla
        '\u{649}' | '\u{6cc}' | '\u{6d2}' => "\u{64a}", // alef maqsura, Persian and Urdu yeh
        '\u{629}' | '\u{6c1}' | '\u{6be}' | '\u{6d5}' => "\u{647}", // teh marbuta, Urdu heh
        '\u{6a9}' => "\u{643}",                         // Persian kaf
        _ => return None,
    })
}

fn digit(c: char) -> char {
    let value = |zero: &char| (c as u32).checked_sub(*zero as u32).filter(|n| *n < 10);
    ZEROS
        .iter()
        .find_map(value)
        .and_then(|n| char::from_digit(n, 10))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::search::words::{query, words};

    #[test]
    fn the_shared_vectors_hold() {
        let text = include_str!("../../../tests/browser/fold.json");
        let vectors: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let vectors = vectors.as_array().expect("a list");
        assert!(vectors.len() > 20);
        for vector in vectors {
            let text = vector[0].as_str().expect("a text");
            assert_eq!(fold(text), vector[1].as_str().expect("folded"), "{text}");
            let list = |n: usize| -> Vec<&str> {
                let list = vector[n].as_array().expect("words");
                list.iter().filter_map(|w| w.as_str()).collect()
            };
            assert_eq!(words(text), list(2), "the words of {text}");
            assert_eq!(query(text), list(3), "the query {text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,40}") {
            let once = fold(&text);
            proptest::prop_assert_eq!(fold(&once), once);
        }
    }
}
