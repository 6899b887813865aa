//! A word → what it says by itself, and with what a text must go on for it to say more: most words need no look at the index. Refuses nothing.

use super::lexicon::{Cue, Entry, Lexicon, Meaning, Prefix};
use crate::distill::stems::{Ahead, told};

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Says {
    /// Of its neighbours, whatever follows it; by default nothing.
    alone: Cue,
    /// There is more in any text: a country, or what depends on its surroundings.
    always: bool,
    /// How the text must go on for there to be more.
    ahead: Ahead,
}

impl Says {
    /// The bit of `always`, above those of `ahead` and below those of the cue.
    const ALWAYS: u64 = Ahead::ANY.bits() + 1;
    const CUE: u32 = Self::ALWAYS.ilog2() + 1;

    /// What it says of its neighbours where there is no [more](Says::more).
    #[inline]
    pub(super) fn alone(self) -> Cue {
        self.alone
    }

    /// Whether there may be more than that, where the text goes on like this.
    #[inline]
    pub(super) fn more(self, behind: &[u8]) -> bool {
        self.always || self.ahead.may_have(told(behind))
    }

    fn bits(self) -> u64 {
        let always = if self.always { Self::ALWAYS } else { 0 };
        self.ahead.bits() | always | u64::from(self.alone.0) << Self::CUE
    }

    #[inline]
    fn from_bits(bits: u64) -> Self {
        Self {
            alone: Cue((bits >> Self::CUE) as u16),
            always: bits & Self::ALWAYS != 0,
            ahead: Ahead::from_bits(bits),
        }
    }
}

impl Lexicon {
    /// What the word with this hash says.
    #[inline]
    pub(super) fn says<'w>(&self, hash: u64, word: impl FnOnce() -> &'w str) -> Says {
        let worked_out = || self.says_worked_out(word()).bits();
        Says::from_bits(self.words.of(hash, worked_out))
    }

    fn says_worked_out(&self, word: &str) -> Says {
        let mut says = Says {
            alone: Cue::default(),
            always: self.names(word, None),
            ahead: self.index.ahead(word),
        };
        for found in self.index.at(word.as_bytes()) {
            let Meaning { whole, begins, .. } = found.meaning;
            let ends_inside = *whole != Cue::default() && found.length < word.len();
            says.always |= ends_inside || begins.has(Cue::MUTUAL) || begins.has(Cue::BYSTANDER);
            says.alone.add(*whole);
            says.alone.add(*begins);
        }
        for prefix in &self.prefixes {
            let inner = word.get(prefix.text.len()..).unwrap_or_default();
            if !inner.is_empty() && prefix.begins(word.as_bytes()) {
                says.always |= self.names(inner, Some(prefix));
                says.ahead.add(self.index.ahead(inner));
            }
        }
        says
    }

    /// Whether a word, without the prefix before it, may name a country, whatever follows it.
    fn names(&self, word: &str, prefix: Option<&Prefix>) -> bool {
        self.index.at(word.as_bytes()).any(|found| {
            let tail = word.get(found.length..).unwrap_or_default();
            let fits = |entry: &Entry| entry.fits(prefix) && entry.tails.may_take(tail);
            found.meaning.entries.iter().any(fits)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            files,
            scan::{Scan, scan, scan_by},
            spaced,
        },
        *,
    };
    use crate::distill::{mixed::mixed, table::hash, text::Text};

    #[test]
    fn words_with_countries_or_phrases_need_a_look_and_others_say_what_they_say() {
        let english = Lexicon::of(&"en".parse().expect("a language"));
        let arabic = Lexicon::of(&"ar".parse().expect("a language"));
        for _ in 0..2 {
            let says = |word: &'static str| english.says(hash(word), || word);
            for (word, cue) in [
                ("spreadsheet", Cue::default()),
                ("ambassador", Cue::OFFICIAL),
            ] {
                assert!(
                    !says(word).more(b" of") && says(word).alone() == cue,
                    "{word}"
                );
            }
            for word in ["france", "french"] {
                assert!(says(word).more(b", and"), "{word}");
            }
            assert!(says("costa").more(b" rica") && !says("costa").more(b" brava"));
            assert!(arabic.says(hash("ومصر"), || "ومصر").more(b" "));
        }
    }
    #[test]
    fn what_words_say_alone_is_what_a_look_at_each_finds() {
        let look = Says {
            alone: Cue::default(),
            always: true,
            ahead: Ahead::default(),
        };
        for code in ["en", "fr", "de", "ar", "he", "ru", "tr", "hu", "ko"] {
            let lang = code.parse().expect("a language");
            let lexicon = Lexicon::of(&lang);
            let words = files::of(files::key(&lang)).concat();
            for text in mixed(&words, 60).map(Text::new) {
                let haystack = spaced(&text.folded);
                let told = scan(&text, &haystack, &text.runs(), &lexicon);
                let found = scan_by(&text, &haystack, &text.runs(), &lexicon, |_| look);
                let shown = |scan: &Scan<'_>| format!("{scan:#?}");
                assert_eq!(shown(&told), shown(&found), "{code}: {}", text.folded);
            }
        }
    }
}
