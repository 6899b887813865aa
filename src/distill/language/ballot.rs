//! A text of one script → the votes for its languages, best first: stop words and rare letters; a crate breaks ties only.

use std::fmt::Write;

use super::{
    profiles::{Peers, peers},
    quotes::{Quotes, is_mark},
    rows,
    script::{Letters, Script},
};
use crate::distill::{
    each::{each, is_beyond_ascii},
    text::Text,
    tokens::{Kind, Token},
};

/// So many languages are shown as evidence.
const VOTES: usize = 3;
/// So many words are shown for each.
const WORDS: usize = 4;
/// What stands between quotation marks may be in another language.
const QUOTED: f32 = 0.3;

/// What speaks for one language.
pub(super) struct Vote {
    pub(super) code: &'static str,
    pub(super) score: f32,
    pub(super) reason: String,
    /// Whether its script alone tells it.
    pub(super) by_script: bool,
}

impl Vote {
    pub(super) fn of_script(code: &'static str, reason: &str) -> Self {
        Self {
            code,
            score: 1.0,
            reason: reason.to_owned(),
            by_script: true,
        }
    }
}

/// The stop words and rare letters of each language of a script, best first.
pub(super) fn ballot(
    text: &Text,
    tokens: &[Token<'_>],
    script: Script,
    letters: &Letters,
) -> Vec<Vote> {
    let peers = peers(script);
    let (count, quotes) = marks(&text.folded, peers);
    let (mut scores, spoken) = voices(tokens, peers, quotes);
    let words = spoken.words;
    let letters = letters.all().max(1) as f32;
    let share = |n: u32| n as f32 / letters * words as f32;
    let (own, listed) = rare(&count, peers);
    for (score, own) in scores.iter_mut().zip(own) {
        // As much as a stop word for every hundredth of rare letters, a third of the words at most.
        *score += share(own).min(words as f32 / 3.0);
        if script == Script::Cyrillic || script == Script::Arabic {
            // Letters that others of the script have, and this language has not.
            *score -= share(listed - own).min(words as f32 / 4.0);
        }
    }
    let tie = if words < 16 { 0.85 } else { 0.93 };
    let enough = worth_a_look(&scores, tie);
    let mut order: Vec<usize> = (0..scores.len())
        .filter(|&i| scores[i] > 0.0 && scores[i] >= enough)
        .collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    let close = match *order {
        [] => true,
        [first, second, ..] => scores[second] > scores[first] * tie,
        [_] => false,
    };
    let guess = close
        .then(|| whatlang::detect(&text.decoded))
        .flatten()
        // Of a word or two it knows nothing that the order of the profiles does not.
        .filter(|g| order.is_empty() || g.is_reliable())
        .and_then(|g| short_code(g.lang().code()));
    if let Some(code) = guess
        && let Some(at) = order
            .iter()
            .take_while(|&&i| scores[i] > scores[order[0]] * tie)
            .position(|&i| peers.codes[i] == code)
    {
        order[..=at].rotate_right(1);
    }
    let mut votes: Vec<Vote> = order
        .iter()
        .take(VOTES)
        .map(|&i| Vote {
            code: peers.codes[i],
            score: scores[i],
            reason: spoken.reason(i, peers.codes[i]),
            by_script: false,
        })
        .collect();
    if votes.is_empty()
        && let Some(code) = guess
    {
        votes.push(Vote {
            code,
            score: 0.5,
            reason: "letter trigrams, for want of common words".to_owned(),
            by_script: false,
        });
    }
    votes
}

/// The score of the last of the languages that are shown, or less where more are as close to the best as `tie` says.
fn worth_a_look(scores: &[f32], tie: f32) -> f32 {
    let mut most = [0.0_f32; VOTES];
    for score in scores {
        if let Some(at) = most.iter().position(|known| score > known) {
            most[at..].rotate_right(1);
            most[at] = *score;
        }
    }
    most[VOTES - 1].min(most[0] * tie)
}

/// How often each of the rare letters comes, by its number, and what is quoted.
fn marks(folded: &str, peers: &Peers) -> ([u32; 256], Quotes) {
    let mut count = [0; 256];
    let mut quotes = Quotes::default();
    let telling = |byte| is_beyond_ascii(byte) || byte == b'"' || byte == b'\n';
    each(folded, telling, |at, c| {
        count[usize::from(peers.letters.number(c))] += 1;
        if c == '\n' || is_mark(c) {
            quotes.take(at, c);
        }
    });
    (count, quotes)
}

/// How many rare letters of each language a text has, and of all together.
fn rare(count: &[u32; 256], peers: &Peers) -> (Vec<u32>, u32) {
    let mut own = vec![0; peers.codes.len()];
    let mut listed = 0;
    for (n, owners) in count.iter().skip(1).zip(peers.letters.owners()) {
        if *n > 0 {
            listed += n;
            for owner in owners {
                own[usize::from(*owner)] += n;
            }
        }
    }
    (own, listed)
}

/// The words of a text that have a voice.
struct Spoken<'a> {
    /// Each once.
    all: Vec<Word<'a>>,
    /// For some bits of a word's place in the table, one more than its place among these: it is there, or behind it where that was taken.
    known: Vec<u32>,
    /// So many words the text has.
    words: usize,
}

/// A word that has a voice, and how often it comes.
struct Word<'a> {
    place: usize,
    text: &'a str,
    count: usize,
    languages: &'static [u8],
}

/// The votes of the words, by language.
fn voices<'a>(
    tokens: &[Token<'a>],
    peers: &'static Peers,
    mut quotes: Quotes,
) -> (Vec<f32>, Spoken<'a>) {
    let mut scores = vec![0.0_f32; peers.codes.len()];
    let mut spoken = Spoken::of_at_most(tokens.len());
    for token in tokens.iter().filter(|t| t.kind == Kind::Word) {
        spoken.words += 1;
        let Some((place, languages)) = peers.words.find(token.hash) else {
            continue;
        };
        // A word that many languages have tells little between them.
        let one = token.text.chars().nth(1).is_none();
        let said = if quotes.hold(token.start()) {
            QUOTED
        } else {
            1.0
        };
        let worth = said * if one { 0.4 } else { 1.0 } / (languages.len() as f32).sqrt();
        for language in languages {
            scores[usize::from(*language)] += worth;
        }
        spoken.add(place, token.text, languages);
    }
    (scores, spoken)
}

impl<'a> Spoken<'a> {
    fn of_at_most(words: usize) -> Self {
        Self {
            all: Vec::with_capacity(words / 4),
            known: vec![0; (words + 1).next_power_of_two()],
            words: 0,
        }
    }

    /// Counts a word by its place in the table.
    fn add(&mut self, place: usize, text: &'a str, languages: &'static [u8]) {
        let mut at = place;
        loop {
            at &= self.known.len() - 1;
            let known = self.known[at] as usize;
            if known == 0 {
                break;
            }
            if let Some(word) = self.all.get_mut(known - 1).filter(|w| w.place == place) {
                word.count += 1;
                return;
            }
            at += 1;
        }
        self.all.push(Word {
            place,
            text,
            count: 1,
            languages,
        });
        self.known[at] = self.all.len() as u32;
    }

    /// The commonest words that speak for a language, and how many do.
    fn reason(&self, language: usize, code: &str) -> String {
        let mut total = 0;
        let mut shown = [(0, ""); WORDS];
        let own = |word: &&Word<'_>| word.languages.contains(&(language as u8));
        for word in self.all.iter().filter(own) {
            total += word.count;
            let comes_first = |(n, text): &(usize, &str)| (word.count, *text) > (*n, word.text);
            if let Some(at) = shown.iter().position(comes_first) {
                shown[at..].rotate_right(1);
                shown[at] = (word.count, word.text);
            }
        }
        let mut reason = String::with_capacity(64);
        for (_, word) in shown.iter().filter(|(n, _)| *n > 0) {
            if !reason.is_empty() {
                reason.push_str(", ");
            }
            reason.push_str(word);
        }
        let _ = write!(reason, " → {code} {total}/{} words", self.words);
        reason
    }
}

/// The two-letter code of a language that whatlang names in three letters, where it is known.
fn short_code(three: &str) -> Option<&'static str> {
    rows(include_str!("../lexicon/language-codes.tsv"))
        .find(|(long, _)| *long == three)
        .map(|(_, short)| short)
}
