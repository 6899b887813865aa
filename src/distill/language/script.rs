//! Text → the script of most of its letters.

use std::sync::LazyLock;

use crate::{
    distill::{
        each::{each, is_beyond_ascii},
        evidence::Span,
        text::Text,
    },
    near::Near,
};

/// A script that tells something of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Bengali,
    Tamil,
    Thai,
    Lao,
    Myanmar,
    Georgian,
    Ethiopic,
    Khmer,
    Kana,
    Han,
    Hangul,
}

/// The scripts as the data files name them, in the order of [`Script`].
pub(super) const NAMES: [&str; 18] = [
    "latin",
    "greek",
    "cyrillic",
    "armenian",
    "hebrew",
    "arabic",
    "devanagari",
    "bengali",
    "tamil",
    "thai",
    "lao",
    "myanmar",
    "georgian",
    "ethiopic",
    "khmer",
    "kana",
    "han",
    "hangul",
];

/// How many letters of each script a text has.
#[derive(Default)]
pub(super) struct Letters {
    all: [usize; NAMES.len()],
    /// Those in Latin words that begin with a capital: names, wherever another script is at hand. Not counted where none is.
    named: usize,
}

impl Letters {
    /// Counts the letters of a decoded text.
    pub(super) fn of(decoded: &str) -> Self {
        // The last counts what tells no script.
        let mut count = [0_usize; NAMES.len() + 1];
        let near = &*NEAR;
        each(decoded, is_beyond_ascii, |_, c| {
            count[usize::from(near.of(c))] += 1;
        });
        let [mut all @ .., _] = count;
        all[Script::Latin as usize] += ascii_letters(decoded);
        let mixed = all.iter().sum::<usize>() > all[Script::Latin as usize];
        Self {
            all,
            named: if mixed { named(decoded) } else { 0 },
        }
    }

    /// Those of one script.
    pub(super) fn count(&self, script: Script) -> usize {
        self.all[script as usize]
    }

    /// Those of all scripts.
    pub(super) fn all(&self) -> usize {
        self.all.iter().sum()
    }

    /// The script of most of the text.
    pub(super) fn main(&self) -> Option<Script> {
        // A character of a dense script is worth two or three letters.
        let (han, kana, hangul) = (
            self.count(Script::Han) * 3,
            self.count(Script::Kana) * 2,
            self.count(Script::Hangul) * 3,
        );
        // Japanese and Korean mix Han with their own: a little of it is enough, but not a brand name in a Chinese text.
        let (dense, own) = if hangul * 3 > han {
            (Script::Hangul, hangul + han)
        } else if kana * 18 > han + kana {
            (Script::Kana, han + kana)
        } else {
            (Script::Han, han + kana)
        };
        SPACED
            .iter()
            .map(|script| match script {
                Script::Latin if self.all() > self.count(Script::Latin) => {
                    (*script, self.count(*script) - self.named / 2)
                }
                _ => (*script, self.count(*script)),
            })
            .chain([(dense, own)])
            .filter(|(_, n)| *n > 0)
            .max_by_key(|(_, n)| *n)
            .map(|(script, _)| script)
    }
}

fn ascii_letters(text: &str) -> usize {
    // In parts whose sums fit a byte: several bytes are added at once.
    let parts = text.as_bytes().chunks(usize::from(u8::MAX));
    let letters = |part: &[u8]| -> u8 {
        let each = part.iter().map(|b| u8::from(b.is_ascii_alphabetic()));
        each.sum()
    };
    parts.map(|part| usize::from(letters(part))).sum()
}

/// How many letters the Latin words have that begin with a capital.
fn named(text: &str) -> usize {
    let (mut inside, mut name, mut all) = (false, false, 0);
    for c in text.chars() {
        let latin = if c.is_ascii() {
            c.is_ascii_alphabetic()
        } else {
            NEAR.of(c) == Script::Latin as u8
        };
        name = latin && if inside { name } else { c.is_uppercase() };
        inside = latin;
        all += usize::from(name);
    }
    all
}

/// The scripts of which a letter is worth one.
const SPACED: [Script; 15] = [
    Script::Latin,
    Script::Greek,
    Script::Cyrillic,
    Script::Armenian,
    Script::Hebrew,
    Script::Arabic,
    Script::Devanagari,
    Script::Bengali,
    Script::Tamil,
    Script::Thai,
    Script::Lao,
    Script::Myanmar,
    Script::Georgian,
    Script::Ethiopic,
    Script::Khmer,
];

/// The line that shows a script first.
pub(super) fn shown(text: &Text, main: Script) -> Span {
    let mut at = 0;
    for line in text.decoded.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if line.chars().any(|c| script(c) == Some(main)) {
            let shown: usize = line
                .trim()
                .char_indices()
                .nth(60)
                .map_or(line.trim().len(), |(i, _)| i);
            return Span::new(start, start + shown);
        }
    }
    Span::new(0, 0)
}

/// The [`number`]s of characters.
static NEAR: LazyLock<Near<u8>> = LazyLock::new(|| Near::new(number));

/// The place of a character's script, the last and one where it tells none.
fn number(c: char) -> u8 {
    script(c).map_or(NAMES.len() as u8, |script| script as u8)
}

/// The script of a letter that tells one.
fn script(c: char) -> Option<Script> {
    Some(match c {
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Script::Latin,
        '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Script::Greek,
        '\u{400}'..='\u{52F}' => Script::Cyrillic,
        '\u{530}'..='\u{58F}' => Script::Armenian,
        '\u{590}'..='\u{5FF}' => Script::Hebrew,
        '\u{620}'..='\u{64A}' | '\u{671}'..='\u{6D3}' => Script::Arabic,
        '\u{600}'..='\u{6FF}'
        | '\u{750}'..='\u{77F}'
        | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}'
            if c.is_alphabetic() =>
        {
            Script::Arabic
        }
        '\u{900}'..='\u{97F}' => Script::Devanagari,
        '\u{980}'..='\u{9FF}' => Script::Bengali,
        '\u{B80}'..='\u{BFF}' => Script::Tamil,
        '\u{E00}'..='\u{E7F}' => Script::Thai,
        '\u{E80}'..='\u{EFF}' => Script::Lao,
        '\u{1000}'..='\u{109F}' => Script::Myanmar,
        '\u{10A0}'..='\u{10FF}' => Script::Georgian,
        '\u{1200}'..='\u{137F}' => Script::Ethiopic,
        '\u{1780}'..='\u{17FF}' => Script::Khmer,
        '\u{3041}'..='\u{30FF}' => Script::Kana,
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
            Script::Han
        }
        '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => Script::Hangul,
        _ => return None,
    })
}
