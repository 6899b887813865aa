//! Trigger terms of one language → the stems of their first words; folded text → hits. Refuses matches inside words, but for the prefixes that
//! Arabic and Hebrew write together with a word, scripts that put no space between words, and terms that ask for any beginning.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::distill::{
    runs::Run,
    stems::Stems,
    table::YesNo,
    text::Text,
    vocabulary::{Term, Vocabulary},
};

use super::{
    TELLING,
    edges::{
        FIRST_BYTE_INSIDE, after_unspaced, is_closed, letters_end, may_begin_inside, word_end,
        word_start,
    },
    next::Next,
    terms,
};

/// The place of the phrases that tell no topic.
const NO_TOPIC: usize = usize::MAX;

/// All terms of a vocabulary in one language.
#[derive(Debug)]
pub(crate) struct Matcher {
    /// The first words of most terms, with the terms that begin with each.
    by_stem: Stems<Heads>,
    /// The first words that may stand inside a word …
    inner: Option<AhoCorasick>,
    /// … with the terms that begin with each.
    by_inner: Vec<Heads>,
    /// How the terms begin, those that begin with the same word side by side.
    heads: Vec<Head>,
    terms: Vec<Compiled>,
    /// Whether a term may begin in a word.
    words: YesNo,
}

/// Bytes of the longest word that is worth remembering: what is longer does not come again.
const LONGEST_WORD: usize = 48;

/// The terms that begin with the same word: from where to where their heads are.
#[derive(Debug)]
struct Heads {
    from: u32,
    to: u32,
    /// One of them takes any ending.
    open_right: bool,
}

/// How a term begins: what most places are judged by, without a look at the term.
#[derive(Debug)]
struct Head {
    term: u32,
    open_right: bool,
    /// The term is this word alone, and nothing blocks it.
    alone: bool,
    next: Next,
}

/// A term, ready to match.
#[derive(Debug)]
pub(crate) struct Compiled {
    /// The topic's place in the vocabulary.
    pub(crate) topic: usize,
    /// As the lexicon writes it.
    pub(crate) pattern: Box<str>,
    /// What one occurrence in the body adds.
    pub(crate) weight: f32,
    /// How often it must occur to count.
    pub(crate) min: u32,
    /// Whether the site gave it.
    pub(crate) own: bool,
    rest: Box<[Word]>,
    not: Box<[String]>,
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
        let mut compiled: Vec<(Word, Compiled)> = terms::parse(builtin.unwrap_or_default())
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
                    .map(|(first, term)| (first, Compiled { own: true, ..term })),
            );
        }
        Self::build(compiled)
    }

    /// Files each term by its first word.
    fn build(compiled: Vec<(Word, Compiled)>) -> Self {
        let mut stems: BTreeMap<String, Vec<Head>> = BTreeMap::new();
        let mut inner: BTreeMap<String, Vec<Head>> = BTreeMap::new();
        let mut terms = Vec::with_capacity(compiled.len());
        for (first, term) in compiled {
            let head = Head {
                term: terms.len() as u32,
                open_right: first.open_right,
                alone: term.rest.is_empty() && term.not.is_empty(),
                next: term.rest.first().map_or(Next::ANY, |w| Next::of(&w.text)),
            };
            let filed = if first.open_left {
                &mut inner
            } else {
                &mut stems
            };
            filed.entry(first.text).or_default().push(head);
            terms.push(term);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(inner.keys());
        let mut heads: Vec<Head> = Vec::with_capacity(terms.len());
        let mut lay = |list: Vec<Head>| {
            let open_right = list.iter().any(|head| head.open_right);
            let from = heads.len() as u32;
            heads.extend(list);
            let to = heads.len() as u32;
            Heads {
                from,
                to,
                open_right,
            }
        };
        let filled = !inner.is_empty();
        let by_inner = inner.into_values().map(&mut lay).collect();
        let stems = stems.into_iter().map(|(stem, list)| (stem, lay(list)));
        Self {
            by_stem: Stems::new(stems.collect()),
            inner: automaton.ok().filter(|_| filled),
            by_inner,
            heads,
            terms,
            words: YesNo::default(),
        }
    }

    /// A term by its place.
    pub(crate) fn term(&self, place: usize) -> Option<&Compiled> {
        self.terms.get(place)
    }

    /// Every occurrence of every term, in no particular order.
    pub(crate) fn hits(&self, folded: &str, runs: &[Run]) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(runs.len() / 4);
        for run in runs {
            let (start, end) = (run.start(), run.end());
            let word = folded.get(start..end).unwrap_or_default();
            if word.len() <= LONGEST_WORD && !self.words.of(run.hash, || self.may_begin(word)) {
                continue;
            }
            self.begin(folded, start, end, &mut hits);
            for at in places_inside(word) {
                self.begin(folded, start + at, end, &mut hits);
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

    /// Whether a term may begin with or in a word, whatever follows it.
    fn may_begin(&self, word: &str) -> bool {
        self.by_stem.may_begin(word)
            || places_inside(word).any(|at| self.by_stem.may_begin(&word[at..]))
    }

    /// Keeps the terms that begin at `start`, in a word that goes on up to `end`.
    fn begin(&self, folded: &str, start: usize, end: usize, hits: &mut Vec<Hit>) {
        let rest = folded.as_bytes().get(start..).unwrap_or_default();
        for found in self.by_stem.at(rest) {
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
        let end = if closed { stop } else { whole };
        let ahead = Next::ahead(folded, end);
        let heads = self.heads.get(heads.from as usize..heads.to as usize);
        for head in heads.unwrap_or_default() {
            if !closed && !head.open_right || !head.next.may_be(ahead) {
                continue;
            }
            let term = head.term as usize;
            let end = if head.alone {
                Some(end)
            } else {
                self.terms.get(term).and_then(|term| {
                    term.end(folded, end)
                        .filter(|end| !term.is_blocked(folded, start, *end))
                })
            };
            if let Some(end) = end {
                hits.push(Hit { term, start, end });
            }
        }
    }
}

/// Where inside a word a term may begin.
fn places_inside(word: &str) -> impl Iterator<Item = usize> {
    let some = !word.is_ascii() && word.bytes().any(|byte| byte >= FIRST_BYTE_INSIDE);
    let places = some.then(|| word.char_indices().skip(1)).into_iter();
    let allowed = |(at, c): &(usize, char)| may_begin_inside(&word[..*at], *c);
    places.flatten().filter(allowed).map(|(at, _)| at)
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

    /// The term without its first word, and that.
    fn new(topic: usize, term: Term) -> Option<(Word, Self)> {
        let pattern = fold(&term.pattern);
        let mut words = pattern.split(' ').filter_map(|word| {
            let text = word.trim_matches('*').to_owned();
            (!text.is_empty()).then(|| Word {
                text,
                open_left: word.starts_with('*'),
                open_right: word.ends_with('*'),
            })
        });
        let first = words.next()?;
        let compiled = Self {
            rest: words.collect(),
            topic,
            weight: term.weight,
            own: false,
            min: u32::try_from(term.min).unwrap_or(u32::MAX),
            not: term.not.iter().map(|phrase| fold(phrase)).collect(),
            pattern: term.pattern.into(),
        };
        Some((first, compiled))
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
