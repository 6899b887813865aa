//! Trigger terms of one language → the stems of their first words; folded text → hits. Refuses matches inside words, but for the prefixes that
//! Arabic and Hebrew write together with a word, scripts that put no space between words, and terms that ask for any beginning.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::distill::{
    runs::Run,
    stems::Stems,
    text::Text,
    vocabulary::{Term, Vocabulary},
};

use super::{
    TELLING,
    edges::{
        FIRST_BYTE_INSIDE, after_unspaced, is_closed, letters_end, may_begin_inside, word_end,
        word_start,
    },
    terms,
};

/// The place of the phrases that tell no topic.
const NO_TOPIC: usize = usize::MAX;

/// All terms of a vocabulary in one language.
#[derive(Debug)]
pub(crate) struct Matcher {
    /// The first words of most terms, with the terms that begin with each.
    heads: Stems<Heads>,
    /// The first words that may stand inside a word …
    inner: Option<AhoCorasick>,
    /// … with the terms that begin with each.
    by_inner: Vec<Heads>,
    terms: Vec<Compiled>,
}

/// The terms that begin with the same word.
#[derive(Debug, Default)]
struct Heads {
    list: Vec<Head>,
    /// One of them takes any ending.
    open_right: bool,
}

/// How a term begins: what most hits are judged by, without a look at the term.
#[derive(Debug)]
struct Head {
    term: usize,
    open_right: bool,
    /// The term is this word alone, and nothing blocks it.
    alone: bool,
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
    first: Word,
    rest: Vec<Word>,
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
            .filter_map(|(slug, term)| match slug {
                terms::NOTHING => Some((NO_TOPIC, term)),
                slug => Some((*index.get(slug)?, term)),
            })
            .filter(|(topic, _)| {
                *topic == NO_TOPIC || vocabulary.topics.get(*topic).is_some_and(|t| t.builtin)
            })
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
        let mut heads: BTreeMap<String, Heads> = BTreeMap::new();
        let mut inner: BTreeMap<&str, Heads> = BTreeMap::new();
        for (i, term) in terms.iter().enumerate() {
            let head = Head {
                term: i,
                open_right: term.first.open_right,
                alone: term.rest.is_empty() && term.not.is_empty(),
            };
            let heads = if term.first.open_left {
                inner.entry(&term.first.text).or_default()
            } else {
                heads.entry(term.first.text.clone()).or_default()
            };
            heads.open_right |= head.open_right;
            heads.list.push(head);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(inner.keys());
        Self {
            heads: Stems::new(heads),
            inner: automaton.ok().filter(|_| !inner.is_empty()),
            by_inner: inner.into_values().collect(),
            terms,
        }
    }

    /// A term by its place.
    pub(crate) fn term(&self, place: usize) -> Option<&Compiled> {
        self.terms.get(place)
    }

    /// Every occurrence of every term, in no particular order.
    pub(crate) fn hits(&self, folded: &str, runs: &[Run]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for &Run { start, end, .. } in runs {
            self.begin(folded, start, end, &mut hits);
            let word = folded.get(start..end).unwrap_or_default();
            if !word.is_ascii() && word.bytes().any(|byte| byte >= FIRST_BYTE_INSIDE) {
                for (at, c) in word.char_indices().skip(1) {
                    if may_begin_inside(&word[..at], c) {
                        self.begin(folded, start + at, end, &mut hits);
                    }
                }
            }
        }
        let inner = self.inner.iter();
        for found in inner.flat_map(|a| a.find_overlapping_iter(folded)) {
            let (start, stop) = (found.start(), found.end());
            if let Some(heads) = self.by_inner.get(found.pattern().as_usize()) {
                let end = letters_end(folded, stop);
                self.keep(folded, (start, stop, end), heads, &mut hits);
            }
        }
        hits
    }

    /// Keeps the terms that begin at `start`, in a word that goes on up to `end`.
    fn begin(&self, folded: &str, start: usize, end: usize, hits: &mut Vec<Hit>) {
        let rest = folded.as_bytes().get(start..).unwrap_or_default();
        for found in self.heads.at(rest) {
            let stop = start + found.length;
            self.keep(folded, (start, stop, end), found.meaning, hits);
        }
    }

    /// Keeps the terms whose first word is from `start` to `stop` and that go on as the text does. The word that begins before ends at `end`.
    fn keep(
        &self,
        folded: &str,
        (start, stop, end): (usize, usize, usize),
        heads: &Heads,
        hits: &mut Vec<Hit>,
    ) {
        let whole = if stop <= end {
            end
        } else {
            letters_end(folded, stop)
        };
        let closed = whole == stop || after_unspaced(folded, stop);
        if !closed && !heads.open_right {
            return;
        }
        for head in &heads.list {
            if !closed && !head.open_right {
                continue;
            }
            let end = if closed { stop } else { whole };
            let end = if head.alone {
                Some(end)
            } else {
                self.terms.get(head.term).and_then(|term| {
                    term.end(folded, end)
                        .filter(|end| !term.is_blocked(folded, start, *end))
                })
            };
            if let Some(end) = end {
                let term = head.term;
                hits.push(Hit { term, start, end });
            }
        }
    }
}

impl Hit {
    /// In bytes.
    pub(crate) fn length(self) -> usize {
        self.end - self.start
    }
}

impl Compiled {
    /// Whether what its words mean each by itself no longer counts: it is of several words and tells its topic, or it tells none.
    pub(crate) fn is_phrase(&self) -> bool {
        self.topic == NO_TOPIC || !self.rest.is_empty() && self.weight >= TELLING
    }

    fn new(topic: usize, term: Term) -> Option<Self> {
        let pattern = fold(&term.pattern);
        let mut words = pattern.split(' ').filter_map(|word| {
            let text = word.trim_matches('*').to_owned();
            (!text.is_empty()).then(|| Word {
                text,
                open_left: word.starts_with('*'),
                open_right: word.ends_with('*'),
            })
        });
        Some(Self {
            first: words.next()?,
            rest: words.collect(),
            topic,
            weight: term.weight,
            own: false,
            min: term.min,
            not: term.not.iter().map(|phrase| fold(phrase)).collect(),
            pattern: term.pattern,
        })
    }

    /// The end of the term whose first word ends at `at`.
    fn end(&self, folded: &str, mut at: usize) -> Option<usize> {
        for word in &self.rest {
            let rest = folded.get(at..)?;
            let gaps = rest.bytes().take_while(|b| matches!(b, b' ' | b'\n'));
            let (gap, lines) = gaps.fold((0, 0), |(gap, lines), byte| {
                (gap + 1, lines + usize::from(byte == b'\n'))
            });
            let next = at + gap;
            let spaced = gap > 0 && lines < 2;
            let begin = spaced
                .then(|| word_start(folded, next, &word.text))
                .flatten()?;
            let stop = begin + word.text.len();
            at = word_end(folded, stop, is_closed(folded, stop), word.open_right)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distill::{runs::runs, tokens::tokens};

    fn found(pattern: &str, text: &str) -> Vec<String> {
        let mut parts = pattern.split('!');
        let term = Term {
            pattern: parts.next().unwrap_or_default().to_owned(),
            weight: 2.0,
            not: parts.map(str::to_owned).collect(),
            min: 1,
        };
        let folded = fold(text);
        let runs = runs(&folded, &tokens(&folded));
        Matcher::build(vec![Compiled::new(0, term).expect("a term")])
            .hits(&folded, &runs)
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
        assert!(found("termés*!termész", "Természetesen").is_empty());
    }
}
