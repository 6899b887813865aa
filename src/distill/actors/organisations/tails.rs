//! An organisation's head word → how far its name goes after it: adjectives, genitives, joints with their nouns, a place.

use super::Reader;
use crate::distill::actors::lexicon::{
    ADJECTIVES, ADJECTIVES_FIRST, ARTICLES, BODY, BREAKERS, CAPITAL_NOUNS, CAPITAL_TAILS,
    CONJUNCTIONS, FIELDS, FORJOINTS, GENITIVES, GIVEN, HEAD_FIRST, HEAD_LAST, JOINED_TAILS,
    NEEDCAPITAL, NOTADJECTIVES, NOTFIRST, NOTNAMES, OPENJOINTS, ORGHEADS, ORGJOINTS, PARTICLES,
    PLACEHEADS, PLACEJOINTS, PLACES_IN_NAMES, ROLES, SMALLADJECTIVES, SPEECH, STOP, TAILS,
    TWO_CAPITALS, WEAKHEADS,
};

/// How far a name goes after its head, in words.
const LONGEST_TAIL: usize = 12;

impl Reader<'_> {
    /// How far the name goes after its head: adjectives, then joints with their nouns.
    pub(super) fn right_of(&self, head: usize) -> usize {
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
        } else if self.is(OPENJOINTS, noun - 1)
            && (self.is_genitive(noun, noun - 1) || self.is_tail(noun))
        {
            true
        } else if self.lexicon.has(CAPITAL_TAILS) {
            // `Ministry of Foreign Affairs`
            let matter =
                self.joined(noun + 1) && self.is(FIELDS, noun + 1) && self.capital(noun + 1);
            self.capital(noun) && (!self.is(STOP, noun) || matter)
        } else {
            !self.is(STOP | BREAKERS, noun)
        };
        // `по денежно-кредитной политике`
        let described = self.is(OPENJOINTS, noun - 1)
            && self.is(SMALLADJECTIVES, noun)
            && !self.capital(noun)
            && self.joined(noun + 1)
            && !self.capital(noun + 1)
            && !self.is(STOP | SPEECH | NOTADJECTIVES | BREAKERS, noun + 1);
        if described {
            return Some(noun + 2);
        }
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
            && (!self.is(ROLES | GIVEN, at)
                || (!first || self.is(ORGJOINTS, at + 1)) && self.is_last_capital(at))
            && (!place_or_day || self.lexicon.has(PLACES_IN_NAMES) || self.is(FIELDS, at))
            && (first || !nouns)
            // `JUNTA Mérida`
            && (!self.is_shouted(head) || self.is_shouted(at))
    }

    /// A capital that no other follows: no name begins with it.
    fn is_last_capital(&self, at: usize) -> bool {
        let particle = self.is(PARTICLES, at + 1) && !self.is(ORGJOINTS, at + 1);
        let next = self.joined(at + 1) && (self.capital(at + 1) || particle);
        self.capital(at) && !next
    }

    fn is_shouted(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| w.shouted && w.lower.chars().count() > 3)
    }

    /// `по контролю`: after such a joint, a word of the list.
    fn is_tail(&self, at: usize) -> bool {
        !self.capital(at)
            && self.is(TAILS, at)
            && !self.is(STOP | SPEECH | NOTADJECTIVES | ROLES, at)
    }

    pub(super) fn is_adjective(&self, at: usize) -> bool {
        self.is(ADJECTIVES, at) && !self.is(NOTADJECTIVES | STOP, at) && !self.capital(at)
    }

    /// `министерство водного хозяйства`: small words in the genitive right after the head.
    pub(super) fn is_genitive(&self, at: usize, head: usize) -> bool {
        // `Uniwersytetu Gdańskiego kara`
        let closed = at > head + 1
            && self.capital(at - 1)
            && !self.is(TAILS, at)
            && self.is(WEAKHEADS, head)
            && self.lexicon.has(ADJECTIVES_FIRST);
        // `комитета национального банка`
        let another = self.is(SMALLADJECTIVES, at) && self.is(ORGHEADS, at + 1);
        at - head <= 3
            && !closed
            && !another
            && !self.capital(at)
            && !self.is(STOP | SPEECH | NOTADJECTIVES | ROLES, at)
            && self.is(GENITIVES, at)
            && self
                .words
                .get(at)
                .is_some_and(|w| w.lower.chars().count() > 3)
    }
}
