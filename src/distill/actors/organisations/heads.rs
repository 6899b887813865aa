//! A head word → the words of the organisation on both sides of it.

use super::{Hit, Reader};
use crate::distill::actors::lexicon::{
    ADJECTIVES, ADJECTIVES_FIRST, ARTICLES, BODY, BREAKERS, CAPITAL_NOUNS, CAPITAL_TAILS,
    CONJUNCTIONS, COUNTRY, DEMONYMS, FIELDS, FORJOINTS, GENITIVES, GIVEN, HEAD_FIRST, HEAD_LAST,
    JOINED_TAILS, KINDS, LEFTJOINTS, LOWERHEADS, NATIONAL, NEEDADJECTIVE, NEEDCAPITAL, NEEDNAME,
    NOTADJECTIVES, NOTFIRST, NOTHEADS, NOTNAMES, NOTSINGLES, OPENJOINTS, ORGANISATIONS, ORGHEADS,
    ORGJOINTS, OWNERS, PARTICLES, PLACEHEADS, PLACEJOINTS, PLACES_IN_NAMES, PRESS, ROLES, SINGLES,
    SMALLADJECTIVES, SPEECH, STATEHEADS, STOP, TAILS, TWO_CAPITALS, UNITS, WEAKHEADS,
};

/// How far a name goes after its head, in words.
const LONGEST_TAIL: usize = 12;

impl Reader<'_> {
    /// A head word with what belongs to it on both sides.
    pub(super) fn around_head(&self, head: usize) -> Option<Hit> {
        if self.is(BODY, head) {
            return None;
        }
        let small = !self.capital(head);
        if small && self.lexicon.has(TWO_CAPITALS | CAPITAL_NOUNS) {
            return None;
        }
        let mut start = self.left_of(head);
        while start < head && self.is(NOTFIRST, start) && (small || self.is(STATEHEADS, head)) {
            start += 1;
        }
        if small && start == head && !self.is(LOWERHEADS, head) {
            return None;
        }
        let end = self.without_country(start, head, self.right_of(head));
        if self.is(STATEHEADS, head) {
            while start + 1 < head && self.is(COUNTRY, start) {
                start += 1;
            }
        }
        let range = start..end;
        if range.len() < 2 {
            return self
                .is_proper_single(head)
                .then(|| Hit::new(range, "one word with a head", 2.0, 0.75));
        }
        if self.words.get(range.clone())?.iter().any(|w| w.is(PRESS)) {
            return None;
        }
        if self.is(UNITS, head) && self.is_within(head, end) {
            return None;
        }
        if self.is(KINDS, head) && start == head && self.capital(head + 1) {
            return None;
        }
        if self.is(NOTHEADS, head) && end > head + 1 && start == head {
            return None;
        }
        if small
            && start == head
            && self.is(NEEDADJECTIVE, head)
            && !(head + 1..end).any(|i| self.capital(i))
            && !self.is(ADJECTIVES, head + 1)
        {
            return None;
        }
        let needs = NEEDNAME | if small { NEEDCAPITAL } else { 0 };
        if start == head && self.is(needs, head) && !(head + 1..end).any(|i| self.capital(i)) {
            return None;
        }
        // Nothing but "the Council of the", "a Commission": one word with a small companion says little.
        let capitals = range.clone().filter(|&i| self.capital(i)).count();
        let weak = self.is(WEAKHEADS, head);
        let enough = if self.lexicon.has(TWO_CAPITALS) {
            2
        } else {
            usize::from(weak)
        };
        let sure = 0.84 - if weak { 0.1 } else { 0.0 } - if capitals < 2 { 0.06 } else { 0.0 };
        (capitals >= enough).then(|| Hit::new(range, "head word", 2.0, sure))
    }

    /// `Department of Logistics at the University of Eastmere`: a part of the body that follows.
    fn is_within(&self, head: usize, end: usize) -> bool {
        (head + 2..end + 4)
            .take_while(|&at| at < end || self.joined(at))
            .any(|at| {
                self.is(ORGHEADS, at)
                    && !self.is(UNITS, at)
                    && (at < end || self.capital(at))
                    && self.is(STOP | ORGJOINTS, at - 1)
                    && (end..at).all(|i| self.is(STOP | ORGJOINTS, i))
            })
    }

    /// `Cruz Roja Mexicana`, `Polski Czerwony Krzyż`: a people's adjective is of the names that each people has its own of.
    pub(super) fn with_nation(&self, mut hit: Hit) -> Hit {
        if !hit.words.clone().any(|at| self.is(NATIONAL, at)) {
            return hit;
        }
        let (start, end) = (hit.words.start, hit.words.end);
        let fits = |at: usize| {
            self.capital(at) && !self.is(STOP | ROLES | GIVEN | ORGHEADS | PARTICLES, at)
        };
        if self.lexicon.has(HEAD_FIRST) {
            let adjective =
                fits(end) || self.is(NATIONAL | DEMONYMS, end) || self.is_adjective(end);
            if self.joined(end) && adjective && !self.ends_name(end - 1) {
                hit.words.end += 1;
            }
        } else if start > 0 && self.joined(start) && fits(start - 1) && !self.ends_name(start - 1) {
            hit.words.start -= 1;
        }
        if hit.words.len() > end - start {
            hit.printed = None;
            hit.body = None;
        }
        hit
    }

    /// `министерство здравоохранения Таджикистана`: a ministry's country is not of its name.
    fn without_country(&self, start: usize, head: usize, mut end: usize) -> usize {
        if !self.is(STATEHEADS, head) {
            return end;
        }
        while end > head + 1
            && end > start + 2
            && (self.is(COUNTRY, end - 1) || !self.capital(end - 1) && self.is(DEMONYMS, end - 1))
        {
            end -= 1;
            while end > head + 1 && self.is(ORGJOINTS, end - 1) {
                end -= 1;
            }
        }
        end
    }

    /// Where capitalised words (and, between them, joints) lead up to the head.
    fn left_of(&self, head: usize) -> usize {
        let mut start = head;
        if self.lexicon.has(HEAD_FIRST) {
            return start;
        }
        while start > 0 && head - start < 9 && (self.joined(start) || self.is_listed(start)) {
            let previous = start - 1;
            // `Çevre, Şehircilik ve İklim Değişikliği Bakanlığı`
            if self.is_listed(start) {
                start = previous;
                continue;
            }
            // `tutkija Aino Laaksonen Turun yliopistosta`
            if previous > 0
                && head > previous + 2
                && self.lexicon.has(HEAD_LAST)
                && self.is(GIVEN, previous)
                && self.is(ROLES, previous - 1)
            {
                return previous + 2;
            }
            // `St Brigid's Hospital`, `Women's Council`
            let owner = self.is(OWNERS, previous)
                || previous > 0 && self.joined(previous) && self.is(OWNERS, previous - 1);
            if self.is(ROLES | BODY, previous) || self.ends_name(previous) && !owner {
                break;
            }
            if self.capital(previous)
                && !self.is(STOP, previous)
                && (!self.lexicon.has(ADJECTIVES_FIRST) || self.is(SMALLADJECTIVES, previous))
            {
                start = previous;
            } else if self.lexicon.has(ADJECTIVES_FIRST)
                && !self.capital(previous)
                && self.is(SMALLADJECTIVES, previous)
            {
                // `Межгосударственная водная комиссия`: small adjectives count once a capital is reached.
                let Some(first) = (previous.saturating_sub(3)..previous)
                    .rev()
                    .take_while(|&i| {
                        self.joined(i + 1) && (self.capital(i) || self.is(SMALLADJECTIVES, i))
                    })
                    .find(|&i| self.capital(i) && !self.is(STOP | ROLES, i))
                else {
                    break;
                };
                start = first;
            } else if self.is_hung(previous)
                || previous > 0
                    && self.is(CONJUNCTIONS, previous)
                    && self.is(FIELDS, previous - 1)
                    && self.capital(previous - 1)
            {
                start = previous - 1;
            } else if previous > 0
                && self.is(LEFTJOINTS, previous)
                && self.joined(previous)
                && self.capital(previous - 1)
                && !self.is(STOP | ROLES, previous - 1)
                && !self.ends_name(previous - 1)
                && (self.is(CONJUNCTIONS, previous)
                    || !self.lexicon.has(TWO_CAPITALS)
                    || self.is(ORGANISATIONS, previous - 1))
                && (head - previous < 3 || !self.is(ORGHEADS, previous - 1))
            {
                start = previous - 1;
            } else {
                break;
            }
        }
        start
    }

    /// A field of policy before a comma, and another after it.
    fn is_listed(&self, at: usize) -> bool {
        at > 0
            && self
                .words
                .get(at)
                .is_some_and(|w| w.before == super::Gap::Comma)
            && [at - 1, at]
                .iter()
                .all(|&i| self.is(FIELDS, i) && self.capital(i))
    }

    /// `Voedsel- en Warenautoriteit`: "and" after a word that ends in a hyphen.
    fn is_hung(&self, joint: usize) -> bool {
        joint > 0
            && self.is(CONJUNCTIONS, joint)
            && self.capital(joint - 1)
            && self
                .words
                .get(joint - 1)
                .is_some_and(|w| self.text.decoded.as_bytes().get(w.span.end) == Some(&b'-'))
    }

    /// A possessive or case ending closes what comes before it.
    pub(super) fn ends_name(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.ending)
    }

    /// How far the name goes after its head: adjectives, then joints with their nouns.
    fn right_of(&self, head: usize) -> usize {
        let mut end = head + 1;
        if self.lexicon.has(HEAD_LAST) {
            return end;
        }
        let mut joints = 0;
        let mut anchor = head;
        while end < self.words.len()
            && end - head < LONGEST_TAIL
            && self.joined(end)
            && !self.ends_name(end - 1)
        {
            if self.is(BREAKERS, end) && !self.is(ORGJOINTS, end) {
                break;
            }
            if self.is(ORGJOINTS, end) {
                match self.after_joint(end, joints, head) {
                    Some(next) => {
                        joints += 1;
                        end = next;
                        anchor = next - 1;
                    }
                    None => break,
                }
            } else if self.belongs_bare(end, head)
                || self.is_adjective(end)
                || self.is_genitive(end, anchor)
            {
                end += 1;
            } else {
                break;
            }
        }
        let place = self.is(PLACEHEADS, head)
            && self.is(PLACEJOINTS, end)
            && self.joined(end)
            && self.joined(end + 1)
            && self.capital(end + 1);
        if place { end + 2 } else { end }
    }

    /// Past the noun that the joints from `joint` bind to the name; `None` where it is not of the name.
    fn after_joint(&self, joint: usize, joints: usize, head: usize) -> Option<usize> {
        if self.is(NOTFIRST, joint) {
            return None;
        }
        let mut noun = joint;
        while noun < joint + 3 && self.joined(noun) && self.is(ORGJOINTS, noun) {
            noun += 1;
        }
        let begins = self.joined(noun)
            && self
                .words
                .get(noun)
                .is_some_and(|w| w.lower.chars().any(char::is_alphabetic));
        if !begins || joints >= 3 || self.is(ROLES, noun) && !self.is_last_capital(noun) {
            return None;
        }
        let strict = self.is(FORJOINTS, noun - 1)
            || self.is(FORJOINTS, joint) && self.is(NEEDCAPITAL, joint);
        let fits = if strict && !self.capital(noun) {
            false
        } else if self.is(CONJUNCTIONS, joint) {
            self.is_parallel(joint, noun, head)
        } else if self.is(OPENJOINTS, noun - 1) && self.is_genitive(noun, noun - 1) {
            true
        } else if self.lexicon.has(CAPITAL_TAILS) {
            // `Ministry of Foreign Affairs`
            let matter =
                self.joined(noun + 1) && self.is(FIELDS, noun + 1) && self.capital(noun + 1);
            self.capital(noun) && (!self.is(STOP, noun) || matter)
        } else {
            !self.is(STOP | BREAKERS, noun)
        };
        fits.then_some(noun + 1)
    }

    /// A second noun after "and" belongs to the name only where both are written with capitals, or, with the head's own "of", both without.
    fn is_parallel(&self, joint: usize, noun: usize, head: usize) -> bool {
        // `e il Politecnico`: with an article of its own the second noun is another body.
        if self.is(ARTICLES, joint + 1) {
            return false;
        }
        let article = (joint..noun).any(|i| self.is(STOP, i) && !self.is(CONJUNCTIONS, i));
        // `de l'eau et de l'assainissement`: the same joint twice.
        let again = self.lexicon.has(HEAD_FIRST)
            && noun > joint + 1
            && joint > head + 2
            && (joint + 1..noun)
                .rev()
                .zip((head + 1..joint - 1).rev())
                .all(|(a, b)| {
                    let word = |at: usize| self.words.get(at).map(|w| w.lower);
                    word(a) == word(b)
                });
        let small = !self.capital(joint - 1)
            && (self.is_genitive(noun, joint)
                || again && !self.capital(noun) && !self.is(STOP, noun));
        (self.capital(noun) && self.capital(joint - 1) || small)
            && !self.is(ORGHEADS, noun)
            && joint > head + 1
            && !(article && self.lexicon.has(TWO_CAPITALS))
    }

    /// A capitalised word right after the name so far: part of it, but for what begins something else.
    fn belongs_bare(&self, at: usize, head: usize) -> bool {
        let first = at == head + 1;
        let nouns = self.lexicon.has(CAPITAL_NOUNS);
        let place_or_day = self.is(NOTNAMES, at) && (!first || nouns);
        self.capital(at)
            && !self.lexicon.has(JOINED_TAILS)
            && !self.is(STOP | BODY, at)
            && (!self.is(ROLES | GIVEN, at) || !first && self.is_last_capital(at))
            && (!place_or_day || self.lexicon.has(PLACES_IN_NAMES) || self.is(FIELDS, at))
            && (first || !nouns)
            // `JUNTA Mérida`
            && !(self.is_shouted(head) && !self.is_shouted(at))
    }

    /// A capital that no other follows: no name begins with it.
    fn is_last_capital(&self, at: usize) -> bool {
        let next = self.joined(at + 1) && (self.capital(at + 1) || self.is(PARTICLES, at + 1));
        self.capital(at) && !next
    }

    fn is_shouted(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| w.shouted && w.lower.chars().count() > 3)
    }

    fn is_adjective(&self, at: usize) -> bool {
        self.is(ADJECTIVES, at) && !self.is(NOTADJECTIVES | STOP, at) && !self.capital(at)
    }

    /// `министерство водного хозяйства`: small words in the genitive right after the head.
    fn is_genitive(&self, at: usize, head: usize) -> bool {
        // `Uniwersytetu Gdańskiego kara`
        let closed = at > head + 1
            && self.capital(at - 1)
            && !self.is(TAILS, at)
            && self.is(WEAKHEADS, head)
            && self.lexicon.has(ADJECTIVES_FIRST);
        at - head <= 3
            && !closed
            && !self.capital(at)
            && !self.is(STOP | SPEECH | NOTADJECTIVES | ROLES, at)
            && self.is(GENITIVES, at)
            && self
                .words
                .get(at)
                .is_some_and(|w| w.lower.chars().count() > 3)
    }

    /// One word that is a name by itself: `Bundesbank`, `Scheldecommissie`.
    fn is_proper_single(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| {
            w.capital
                && w.is(SINGLES)
                && !w.is(NOTSINGLES)
                && (w.before != super::Gap::Stop
                    || self.lexicon.has(CAPITAL_NOUNS)
                    || w.is(STATEHEADS))
        })
    }
}
