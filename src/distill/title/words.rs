//! A list of cue words → whether a word or text fits one of them. Only those with its first or last letter are compared with it.

use super::line::unspaced;

/// The words and phrases of one kind. `*x` stands for all that ends with x, `x*` for all that begins with it, `*x*` for all that has it.
#[derive(Debug, Default)]
pub(super) struct Words {
    all: Vec<&'static str>,
    /// All but endings and parts, by their first letter.
    heads: ByLetter,
    /// Endings without their star, by their last letter.
    endings: ByLetter,
    /// Parts without their stars.
    parts: Vec<&'static str>,
}

impl Words {
    pub(super) fn new(words: impl Iterator<Item = &'static str>) -> Self {
        let all: Vec<&'static str> = words.collect();
        let stars = || all.iter().filter_map(|w| w.strip_prefix('*'));
        Self {
            heads: ByLetter::new(all.iter().copied().filter(|w| !w.starts_with('*')), first),
            endings: ByLetter::new(stars().filter(|w| !w.ends_with('*')), last),
            parts: stars().filter_map(|w| w.strip_suffix('*')).collect(),
            all,
        }
    }

    /// As they are listed.
    pub(super) fn all(&self) -> &[&'static str] {
        &self.all
    }

    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether a lower-case word is one of them.
    pub(super) fn has(&self, lower: &str) -> bool {
        let (Some(first), Some(last)) = (first(lower), last(lower)) else {
            return false;
        };
        self.heads
            .of(first)
            .iter()
            .any(|w| match w.strip_suffix('*') {
                Some(stem) => lower.starts_with(stem),
                None => lower == *w,
            })
            || self
                .endings
                .of(last)
                .iter()
                .any(|w| lower.len() > w.len() + 1 && lower.ends_with(w))
            || self.parts.iter().any(|w| lower.contains(w))
    }

    /// Whether a lower-case word is listed as it stands.
    pub(super) fn lists(&self, lower: &str) -> bool {
        first(lower).is_some_and(|letter| self.heads.of(letter).contains(&lower))
    }

    /// The number of words of the longest phrase that begins a list of lower-case words; none where none does.
    pub(super) fn phrase<'a>(&self, lower: &(impl Iterator<Item = &'a str> + Clone)) -> usize {
        let Some(begin) = lower.clone().next() else {
            return 0;
        };
        let Some(letter) = first(begin) else {
            return 0;
        };
        let fits = |phrase: &&&str| {
            let mut words = lower.clone();
            phrase.starts_with(begin) && phrase.split(' ').all(|p| words.next() == Some(p))
        };
        let phrases = self.heads.of(letter).iter().filter(fits);
        phrases.map(|p| p.split(' ').count()).max().unwrap_or(0)
    }

    /// Where the text behind the first of the phrases in it begins.
    pub(super) fn after(&self, lower: &str) -> Option<usize> {
        let mut end = None;
        for (at, letter) in lower.char_indices() {
            if end.is_some_and(|end| end <= at) {
                break;
            }
            let phrases = self.heads.of(letter).iter();
            let here =
                phrases.filter(|w| lower.get(at..).is_some_and(|rest| rest.starts_with(**w)));
            end = here.map(|w| at + w.len()).chain(end).min();
        }
        end
    }

    /// Whether a text ends with one of the words, in a script without spaces too.
    pub(super) fn ends(&self, text: &str) -> bool {
        self.all.iter().any(|w| text.ends_with(w))
    }

    /// Whether one of the words stands before the next comma.
    pub(super) fn within(&self, text: &str) -> bool {
        let part = text.split(',').next().unwrap_or_default();
        !self.is_empty() && part.split(' ').any(|w| self.has(w.trim_end_matches('.')))
    }

    /// Whether a text, in lower case, could begin with one of the words.
    pub(super) fn may_start(&self, text: &str) -> bool {
        let lower = first(text).and_then(|letter| letter.to_lowercase().next());
        lower.is_some_and(|letter| !self.heads.of(letter).is_empty())
    }

    /// Whether a text begins with one of the words.
    pub(super) fn starts(&self, text: &str) -> bool {
        first(text).is_some_and(|letter| {
            self.heads.of(letter).iter().any(|w| {
                text.strip_prefix(w).is_some_and(|rest| {
                    rest.is_empty()
                        || w.ends_with(unspaced)
                        || rest.starts_with([' ', ',', '.', '!', '。', '、', '，', '！', '।'])
                })
            })
        })
    }
}

fn first(word: &str) -> Option<char> {
    word.chars().next()
}

fn last(word: &str) -> Option<char> {
    word.chars().next_back()
}

/// Words beside others that share the lower bits of a letter.
#[derive(Debug)]
struct ByLetter {
    words: Vec<&'static str>,
    /// Where the words of each letter begin, and where the last ones end.
    from: [u16; LETTERS + 1],
}

/// The small letters of an alphabet are told apart by five bits.
const LETTERS: usize = 32;

impl Default for ByLetter {
    fn default() -> Self {
        Self::new(std::iter::empty(), first)
    }
}

impl ByLetter {
    fn new(words: impl Iterator<Item = &'static str>, of: fn(&str) -> Option<char>) -> Self {
        let place = |word: &&str| of(word).map_or(0, |letter| letter as usize % LETTERS);
        let mut words: Vec<&'static str> = words.filter(|w| !w.is_empty()).collect();
        words.sort_by_key(place);
        let mut from = [0; LETTERS + 1];
        for (letter, from) in from.iter_mut().enumerate() {
            *from = words.partition_point(|w| place(w) < letter) as u16;
        }
        Self { words, from }
    }

    #[inline]
    fn of(&self, letter: char) -> &[&'static str] {
        let at = letter as usize % LETTERS;
        let here = usize::from(self.from[at])..usize::from(self.from[at + 1]);
        self.words.get(here).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &'static str) -> Words {
        Words::new(list.split(", "))
    }

    #[test]
    fn words_are_found_by_their_letters() {
        let found = words("is, are, *ed, re*, *mid*, at the end");
        for word in ["is", "are", "signed", "rest", "amidst"] {
            assert!(found.has(word), "{word}");
        }
        for word in ["", "i", "isn", "ed", "bed,", "bare"] {
            assert!(!found.has(word), "{word}");
        }
        assert!(found.lists("are") && !found.lists("signed"));
        assert!(found.starts("is, they say") && found.starts("are") && !found.starts("area"));
    }

    #[test]
    fn the_longest_phrase_counts() {
        let found = words("on, on monday, on monday next");
        assert_eq!(found.phrase(&"on monday they".split(' ')), 2);
        assert_eq!(found.phrase(&"onto monday".split(' ')), 0);
        assert_eq!(found.phrase(&"".split(' ')), 0);
    }

    #[test]
    fn the_text_begins_behind_the_phrase_that_ends_first() {
        let found = words("pleased to inform you that, inform");
        assert_eq!(
            found.after("we are pleased to inform you that it"),
            Some(24)
        );
        assert_eq!(found.after("we are"), None);
    }
}
