//! Trigger terms of one language → the stems of their first words; folded text → hits. Refuses matches inside words, but for the prefixes that
//! Arabic and Hebrew write together with a word, scripts that put no space between words, and terms that ask for any beginning.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::distill::{
    runs::Run,
    stems::{Found, Stems},
    table::Memo,
    vocabulary::Vocabulary,
};

use super::{
    compiled::{Compiled, NO_TOPIC, Word},
    edges::{FIRST_BYTE_INSIDE, after_unspaced, letters_end, may_begin_inside},
    next::{Ahead, Next, may_go_on},
    terms,
};

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
    /// What the words begin that came last.
    words: Memo,
}

/// Bytes of the longest word that is worth remembering: what is longer does not come again.
const LONGEST_WORD: usize = 48;

/// What a word begins.
enum Begins {
    /// No term, whatever follows it.
    Nothing,
    /// The terms of the stem at this place and of those with which that begins, where the text goes on like this.
    Stem(u32, Ahead),
    /// What only a look at the text tells.
    More,
}

/// The terms that begin with the same word: from where to where their heads are.
#[derive(Debug)]
struct Heads {
    from: u32,
    to: u32,
    /// One of them takes any ending.
    open_right: bool,
    /// With what the text must go on for one of them.
    ahead: Ahead,
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
            let mut ahead = Ahead::default();
            for head in &list {
                ahead.add(head.next.into());
            }
            let from = heads.len() as u32;
            heads.extend(list);
            let to = heads.len() as u32;
            Heads {
                from,
                to,
                open_right,
                ahead,
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
            words: Memo::default(),
        }
    }

    /// A term by its place.
    pub(crate) fn term(&self, place: usize) -> Option<&Compiled> {
        self.terms.get(place)
    }

    /// Every occurrence of every term, in no particular order.
    pub(crate) fn hits(&self, folded: &str, runs: &[Run]) -> Vec<Hit> {
        self.hits_by(folded, runs, |run| {
            let (start, end) = (run.start(), run.end());
            if end - start > LONGEST_WORD {
                return Begins::More;
            }
            self.begins(run.hash, || folded.get(start..end).unwrap_or_default())
        })
    }

    /// The same, where each word begins this.
    fn hits_by(&self, folded: &str, runs: &[Run], begins: impl Fn(&Run) -> Begins) -> Vec<Hit> {
        let mut hits = Vec::with_capacity(runs.len() / 4);
        for run in runs {
            let (start, end) = (run.start(), run.end());
            match begins(run) {
                Begins::Nothing => {}
                Begins::Stem(_, ahead) if !may_go_on(ahead, Next::ahead(folded, end)) => {}
                Begins::Stem(place, _) => {
                    let stems = self.by_stem.from(place);
                    self.keep_all(folded, (start, end), stems, &mut hits);
                }
                Begins::More => {
                    let word = folded.get(start..end).unwrap_or_default();
                    for inside in std::iter::once(0).chain(places_inside(word)) {
                        let from = start + inside;
                        let rest = folded.as_bytes().get(from..).unwrap_or_default();
                        let stems = self.by_stem.at(rest);
                        self.keep_all(folded, (from, end), stems, &mut hits);
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

    /// What the word with this hash begins.
    #[inline]
    fn begins<'w>(&self, hash: u64, word: impl FnOnce() -> &'w str) -> Begins {
        const NOTHING: u64 = u64::MAX;
        const MORE: u64 = u64::MAX - 1;
        let known = self
            .words
            .of(hash, || match self.begins_worked_out(word()) {
                Begins::Nothing => NOTHING,
                Begins::Stem(place, ahead) => ahead.bits() << 32 | u64::from(place),
                Begins::More => MORE,
            });
        match known {
            NOTHING => Begins::Nothing,
            MORE => Begins::More,
            stem => Begins::Stem(stem as u32, Ahead::from_bits(stem >> 32)),
        }
    }

    fn begins_worked_out(&self, word: &str) -> Begins {
        let here = |word: &str| {
            let mut ahead = Ahead::default();
            for found in self.by_stem.at(word.as_bytes()) {
                if after_unspaced(word, found.length) {
                    ahead = Ahead::ANY;
                } else if found.length == word.len() || found.meaning.open_right {
                    ahead.add(found.meaning.ahead);
                }
            }
            ahead
        };
        // A first word may have a hyphen or an apostrophe in it.
        let goes_on = |word: &str| !self.by_stem.ahead(word).is_empty();
        let inside = |at| goes_on(&word[at..]) || !here(&word[at..]).is_empty();
        if goes_on(word) || places_inside(word).any(inside) {
            return Begins::More;
        }
        match here(word) {
            ahead if ahead.is_empty() => Begins::Nothing,
            ahead => Begins::Stem(self.by_stem.longest(word.as_bytes()), ahead),
        }
    }

    /// Keeps the terms of all stems at `start`, in a word that goes on up to `end`.
    #[inline]
    fn keep_all<'m>(
        &self,
        folded: &str,
        (start, end): (usize, usize),
        stems: impl Iterator<Item = Found<'m, Heads>>,
        hits: &mut Vec<Hit>,
    ) {
        for found in stems {
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

#[cfg(test)]
mod tests {
    use super::{super::compiled::fold, *};
    use crate::distill::{mixed::mixed, runs::runs, tokens::tokens, vocabulary::Term};

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
    #[test]
    fn what_words_begin_is_what_a_look_at_each_finds() {
        for lang in ["en", "fr", "de", "ar", "he", "ru", "hu", "ko", "zh", "th"] {
            let matcher = Matcher::new(Vocabulary::embedded(), lang);
            let words = terms::builtin(lang).expect("terms");
            for text in mixed(words, 60) {
                let folded = fold(&text);
                let runs = runs(&folded, &tokens(&folded));
                let told = matcher.hits(&folded, &runs);
                let found = matcher.hits_by(&folded, &runs, |_| Begins::More);
                assert!(told == found && !found.is_empty(), "{lang}: {folded}");
            }
        }
    }
}
