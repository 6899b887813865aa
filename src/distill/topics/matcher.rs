//! Trigger terms of one language → one automaton over the first word of each; folded text → hits. Refuses matches inside words, but for the
//! prefixes that Arabic and Hebrew write together with a word, and scripts that put no space between words.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::distill::{
    text::Text,
    vocabulary::{Term, Vocabulary},
};

use super::terms;

/// All terms of a vocabulary in one language.
#[derive(Debug)]
pub(crate) struct Matcher {
    automaton: Option<AhoCorasick>,
    /// For each pattern of the automaton, the terms that begin with it.
    by_head: Vec<Vec<usize>>,
    terms: Vec<Compiled>,
}

/// A term, ready to match.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The topic's place in the vocabulary.
    pub(crate) topic: usize,
    /// As the lexicon writes it.
    pub(crate) pattern: String,
    /// What one occurrence in the body adds.
    pub(crate) weight: f32,
    /// How often it must occur to count.
    pub(crate) min: usize,
    /// Whether the site gave it.
    pub(crate) own: bool,
    words: Vec<Word>,
    not: Vec<String>,
}

#[derive(Debug)]
struct Word {
    text: String,
    open_left: bool,
    open_right: bool,
}

/// Where a term is in the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The term's place in its matcher.
    pub(crate) term: usize,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
}

impl Matcher {
    /// The built-in and the site's own terms of a language; English where the language has none.
    pub(crate) fn new(vocabulary: &Vocabulary, lang: &str) -> Self {
        let index: BTreeMap<&str, usize> = vocabulary
            .topics
            .iter()
            .enumerate()
            .map(|(i, t)| (t.slug.as_str(), i))
            .collect();
        let builtin = terms::builtin(lang).or_else(|| terms::builtin("en"));
        let mut compiled: Vec<Compiled> = terms::parse(builtin.unwrap_or_default())
            .into_iter()
            .filter_map(|(slug, term)| Some((*index.get(slug)?, term)))
            .filter(|(topic, _)| vocabulary.topics.get(*topic).is_some_and(|t| t.builtin))
            .filter_map(|(topic, term)| Compiled::new(topic, term))
            .collect();
        for (i, topic) in vocabulary.topics.iter().enumerate() {
            let own = topic.terms.get(lang).into_iter().flatten().cloned();
            compiled.extend(
                own.filter_map(|term| Compiled::new(i, term))
                    .map(|term| Compiled { own: true, ..term }),
            );
        }
        Self::build(compiled)
    }

    fn build(terms: Vec<Compiled>) -> Self {
        let mut heads: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, term) in terms.iter().enumerate() {
            if let Some(head) = term.words.first() {
                heads.entry(&head.text).or_default().push(i);
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(heads.keys())
            .ok();
        let by_head = heads.into_values().collect();
        Self {
            automaton,
            by_head,
            terms,
        }
    }

    /// A term by its place.
    pub(crate) fn term(&self, place: usize) -> Option<&Compiled> {
        self.terms.get(place)
    }

    /// Every occurrence of every term, in no particular order.
    pub(crate) fn hits(&self, folded: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else {
            return Vec::new();
        };
        let mut hits = Vec::new();
        for found in automaton.find_overlapping_iter(folded) {
            for &place in self
                .by_head
                .get(found.pattern().as_usize())
                .into_iter()
                .flatten()
            {
                let Some(term) = self.terms.get(place) else {
                    continue;
                };
                let start = found.start();
                if let Some(end) = term.end(folded, start)
                    && !term.is_blocked(folded, start, end)
                {
                    hits.push(Hit {
                        term: place,
                        start,
                        end,
                    });
                }
            }
        }
        hits
    }
}

impl Compiled {
    fn new(topic: usize, term: Term) -> Option<Self> {
        let words: Vec<Word> = fold(&term.pattern)
            .split(' ')
            .filter_map(|word| {
                let text = word.trim_matches('*').to_owned();
                (!text.is_empty()).then(|| Word {
                    text,
                    open_left: word.starts_with('*'),
                    open_right: word.ends_with('*'),
                })
            })
            .collect();
        (!words.is_empty()).then(|| Self {
            topic,
            weight: term.weight,
            own: false,
            min: term.min,
            not: term.not.iter().map(|phrase| fold(phrase)).collect(),
            pattern: term.pattern,
            words,
        })
    }

    /// The end of the term where it begins at `start`.
    fn end(&self, folded: &str, start: usize) -> Option<usize> {
        let mut words = self.words.iter();
        let first = words.next()?;
        if !first.open_left && !may_begin(folded, start) {
            return None;
        }
        let mut at = word_end(folded, start + first.text.len(), first)?;
        for word in words {
            let rest = folded.get(at..)?;
            let gap = rest.len() - rest.trim_start_matches([' ', '\n']).len();
            let next = at + gap;
            let spaced = gap > 0 && rest.get(..gap)?.matches('\n').count() < 2;
            let begin = spaced.then(|| word_start(folded, next, word)).flatten()?;
            at = word_end(folded, begin + word.text.len(), word)?;
        }
        Some(at)
    }

    /// Whether the hit lies in a phrase that means something else.
    fn is_blocked(&self, folded: &str, start: usize, end: usize) -> bool {
        self.not.iter().any(|phrase| {
            let mut from = start.saturating_sub(phrase.len());
            while !folded.is_char_boundary(from) {
                from += 1;
            }
            let mut to = (end + phrase.len()).min(folded.len());
            while !folded.is_char_boundary(to) {
                to -= 1;
            }
            let window = folded.get(from..to).unwrap_or_default();
            window
                .match_indices(phrase.as_str())
                .any(|(at, _)| from + at < end && start < from + at + phrase.len())
        })
    }
}

fn fold(s: &str) -> String {
    Text::new(s.to_owned()).folded
}

/// Where `word` begins at `at`, or after a prefix that Arabic or Hebrew writes together with it.
fn word_start(folded: &str, at: usize, word: &Word) -> Option<usize> {
    let rest = folded.get(at..)?;
    if rest.starts_with(&word.text) {
        return Some(at);
    }
    PREFIXES
        .iter()
        .find(|p| {
            rest.strip_prefix(**p)
                .is_some_and(|r| r.starts_with(&word.text))
        })
        .map(|p| at + p.len())
}

fn word_end(folded: &str, at: usize, word: &Word) -> Option<usize> {
    let rest = folded.get(at..)?;
    let letters = rest
        .char_indices()
        .find(|(_, c)| !is_word_char(*c))
        .map_or(rest.len(), |(i, _)| i);
    let closed = letters == 0 || is_unspaced(folded.get(..at)?.chars().next_back()?);
    if closed {
        Some(at)
    } else {
        word.open_right.then_some(at + letters)
    }
}

/// Whether a word may begin at `at`: after no letter, in a script without spaces, or after a written-together prefix.
fn may_begin(folded: &str, at: usize) -> bool {
    let (Some(before), Some(rest)) = (folded.get(..at), folded.get(at..)) else {
        return false;
    };
    if !before.chars().next_back().is_some_and(is_word_char)
        || rest.chars().next().is_some_and(is_unspaced)
    {
        return true;
    }
    let start = before
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_word_char(*c))
        .last()
        .map_or(at, |(i, _)| i);
    before.get(start..).is_some_and(|p| PREFIXES.contains(&p))
}

/// What Arabic (and, attached, conjunctions with prepositions) and Hebrew write together with the next word.
const PREFIXES: [&str; 36] = [
    "ال", "وال", "بال", "فال", "كال", "لل", "ولل", "وبال", "و", "ب", "ل", "ف", "ك", "وب", "ول",
    "س", "ה", "ו", "ב", "ל", "מ", "ש", "כ", "וה", "וב", "ול", "ומ", "וש", "שה", "מה", "בה", "לה",
    "כש", "שב", "של", "מש",
];

/// Scripts that put no space between words, or write particles on to them: Thai, Lao, Khmer, Burmese, kana, Han, Hangul.
fn is_unspaced(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x2FFFF)
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> Vec<String> {
        let mut parts = pattern.split('!');
        let term = Term {
            pattern: parts.next().unwrap_or_default().to_owned(),
            weight: 2.0,
            not: parts.map(str::to_owned).collect(),
            min: 1,
        };
        let folded = fold(text);
        Matcher::build(vec![Compiled::new(0, term).expect("a term")])
            .hits(&folded)
            .into_iter()
            .map(|h| folded[h.start..h.end].to_owned())
            .collect()
    }

    #[test]
    fn words_endings_and_prefixes() {
        assert_eq!(
            found("terroris*", "Terroristes, antiterrorisme"),
            ["terroristes"]
        );
        assert_eq!(
            found("droit* de l'homme", "DROITS\nDE L’HOMME"),
            ["droits\nde l'homme"]
        );
        assert!(found("mine", "miner déterminé").is_empty());
        assert!(found("arme blanche", "arme\n\nblanche").is_empty());
        assert_eq!(found("*polizei", "die Bundespolizei"), ["polizei"]);
        assert_eq!(found("إرهاب*", "ومكافحة الإرهاب وبالإرهابيين").len(), 2);
        assert_eq!(found("تعاون أمني", "التعاون الأمني"), ["تعاون الامني"]);
        assert_eq!(found("反恐", "加强反恐合作"), ["反恐"]);
        assert!(found("guinea!guinea pig", "40 guinea pigs").is_empty());
        assert_eq!(found("guinea!guinea pig", "pigs of Guinea"), ["guinea"]);
    }
}
