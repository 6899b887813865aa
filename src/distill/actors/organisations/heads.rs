//! A head word → the words of the organisation on both sides of it.

use super::{Hit, Reader};
use crate::distill::actors::lexicon::{
    ADJECTIVES, ADJECTIVES_FIRST, BODY, CAPITAL_NOUNS, CONJUNCTIONS, COUNTRY, DEMONYMS, FIELDS,
    GIVEN, HEAD_FIRST, HEAD_LAST, KINDS, LEFTJOINTS, LOWERHEADS, NATIONAL, NEEDADJECTIVE,
    NEEDCAPITAL, NEEDNAME, NOTFIRST, NOTHEADS, NOTSINGLES, ORGANISATIONS, ORGHEADS, ORGJOINTS,
    OWNERS, PARTICLES, PRESS, ROLES, SINGLES, SMALLADJECTIVES, STATEHEADS, STOP, TWO_CAPITALS,
    UNITS, WEAKHEADS,
};

impl Reader<'_> {
    /// A head word with what belongs to it on both sides.
    pub(super) fn around_head(&self, head: usize) -> Option<Hit> {
        // `благодійний фонд «Чисте поле»`: the name is in the quotation marks.
        let quoted = self
            .words
            .get(head + 1)
            .is_some_and(|w| w.before == super::Gap::Quote && w.capital);
        if self.is(BODY, head) || quoted {
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
        // `Venezolaans bedrijf` at the beginning of a sentence: its capital says nothing.
        let opens = self
            .words
            .get(start)
            .is_some_and(|w| w.before == super::Gap::Stop);
        if small && start + 1 == head && opens && !self.lexicon.has(ADJECTIVES_FIRST | HEAD_LAST) {
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
            } else if self.joins_left(previous, head) {
                start = previous - 1;
            } else {
                break;
            }
        }
        start
    }

    /// "and", "of" within a name, before which it goes on.
    fn joins_left(&self, joint: usize, head: usize) -> bool {
        let Some(before) = joint.checked_sub(1).filter(|&i| self.capital(i)) else {
            return false;
        };
        let both = self.is(CONJUNCTIONS, joint);
        if self.is_hung(joint) || both && self.is(FIELDS, before) {
            return true;
        }
        self.is(LEFTJOINTS, joint)
            && self.joined(joint)
            && !self.is(STOP | ROLES, before)
            && !self.ends_name(before)
            && (both || !self.lexicon.has(TWO_CAPITALS) || self.is(ORGANISATIONS, before))
            && (head - joint < 3 || !self.is(ORGHEADS, before))
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
