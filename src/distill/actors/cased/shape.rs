//! Where a capital stands → the run of words that is a name there: particles and initials with it, two words or more.
//! Refuses runs with a country, a month, an organisation's head word or a street in them.

use std::ops::Range;

use super::Reader;
use crate::distill::actors::{
    lexicon::{
        AFTERPARTICLES, ARTICLES, BODY, BREAKERS, CAPITAL_NOUNS, COUNTRY, GIVEN,
        GIVEN_BEFORE_PARTICLES, GIVENTOO, HEAD_LAST, HONORIFICS, JOINED_TAILS, LEGALFORMS,
        NOBILITY, NOBLEJOINTS, NOTNAMES, NOUNS, ORGANISATIONS, ORGHEADS, PARTICLES, ROLES, SPEECH,
        STOP, STREETS,
    },
    words::Gap,
};

impl Reader<'_> {
    /// A whole name that begins at `at`.
    pub(super) fn name(&self, at: usize) -> Option<Range<usize>> {
        if !self.capital(at) {
            return None;
        }
        // In the middle of a run no name begins.
        let inside = at > 0
            && self.gap(at) == Gap::Space
            && self.can_be_name(at - 1)
            && !self.is(ROLES, at - 1);
        if inside {
            return None;
        }
        let mut run = self.run(at)?;
        // `Instytutu Informatyki Hanna Dębska`: after an organisation's head word, a name begins with a given name.
        if at > 0
            && self.gap(at) == Gap::Space
            && self.is(ORGHEADS, at - 1)
            && self.capital(at - 1)
            && !self.is(BODY, at - 1)
            && !self.lexicon.has(JOINED_TAILS | HEAD_LAST)
        {
            run.start = run
                .clone()
                .find(|&i| self.is(GIVEN, i) && self.capital(i))
                .or_else(|| (run.len() > 2).then(|| run.end - 2))?;
        }
        Some(run).filter(|run| self.is_full(run))
    }

    /// A capitalised run with its particles.
    pub(super) fn run(&self, at: usize) -> Option<Range<usize>> {
        if !self.can_be_name(at) {
            return None;
        }
        let mut end = at + 1;
        let mut initials = 0;
        loop {
            let mut next = end;
            // `Leo Pardon van Sabena`
            let closed = self.lexicon.has(GIVEN_BEFORE_PARTICLES)
                && end > at + 1
                && !self.is(GIVEN | PARTICLES | NOBILITY | NOUNS | ROLES, end - 1)
                && !self.is_initial(end - 1);
            while !closed
                && next < end + 3
                && self.gap(next) == Gap::Space
                && self.is_particle(next, at, end)
            {
                next += 1;
            }
            let last = self.words.get(end - 1)?;
            initials += usize::from(last.initial && end - 1 > at);
            // `Surname A. B.` ends with its initials.
            let reversed = initials == 2 && last.initial && !self.is_initial(at);
            if last.ending
                || reversed && !self.is_initial(next)
                || self.gap(next) != Gap::Space
                || !self.can_be_name(next) && !self.is_place_of(at, next)
            {
                break;
            }
            end = next + 1;
        }
        // `Aino Laaksonen Turun yliopistosta`: the third word is of the body's name.
        let next = self.gap(end) == Gap::Space && self.is(ORGHEADS, end);
        if next && end - at == 3 && self.lexicon.has(HEAD_LAST) && self.is(GIVEN, at) {
            end -= 1;
        }
        (end - at <= 7).then_some(at..end)
    }

    /// `Raúl Montero del Valle`, `Betty White`: after a given name, a word of places or colours may be of the name.
    fn is_place_of(&self, first: usize, at: usize) -> bool {
        self.capital(at)
            && self.is(GIVEN, first)
            && !self.is(GIVENTOO, first)
            && self.is(NOTNAMES, at)
            && !self.is(STOP | STREETS | ORGANISATIONS | ROLES, at)
    }

    fn is_initial(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.initial)
    }

    /// A small (or, as in `Joris Van Damme`, a capital) word between the parts of a name; `of` only after a title of nobility.
    fn is_particle(&self, at: usize, first: usize, end: usize) -> bool {
        self.words.get(at).is_some_and(|w| {
            w.is(PARTICLES) && !w.is(BREAKERS)
                || w.is(AFTERPARTICLES) && at > end
                || w.is(NOBLEJOINTS) && self.is(NOBILITY, first)
        })
    }

    fn can_be_name(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at).filter(|w| w.capital) else {
            return false;
        };
        if word.initial && !word.is(HONORIFICS) {
            return true;
        }
        if word.is(ORGANISATIONS | NOTNAMES | HONORIFICS | BODY) {
            return false;
        }
        if word.is(STOP | ROLES | LEGALFORMS) {
            let known = word.is(GIVENTOO);
            let form = word.is(LEGALFORMS) && !word.is(GIVEN) && word.lower.chars().count() > 2;
            let after_given = || at > 0 && self.is(GIVEN, at - 1) && self.gap(at) == Gap::Space;
            let other =
                form || word.is(STOP) && !known || word.is(ROLES) && !known && !after_given();
            if other {
                return false;
            }
        }
        !word.lower.bytes().any(|b| b.is_ascii_digit())
    }

    /// Two words or more, not all shouted, none of them a country or a matter.
    pub(super) fn is_full(&self, run: &Range<usize>) -> bool {
        let Some(words) = self.words.get(run.clone()) else {
            return false;
        };
        let (mut capitals, mut named) = (0, 0);
        let (mut shouted, mut initials, mut foreign) = (true, false, false);
        for word in words.iter().filter(|w| w.capital) {
            capitals += 1;
            if word.initial {
                initials = true;
                continue;
            }
            foreign |= word.is(COUNTRY | NOTNAMES);
            if word.lower.chars().nth(1).is_some() {
                named += 1;
                shouted &= word.shouted;
            }
        }
        let given = words.first().is_some_and(|w| w.is(GIVEN));
        let noble = words.first().is_some_and(|w| w.is(NOBILITY));
        capitals >= 2
            && (named >= 2 || named == 1 && initials)
            && (noble || !shouted || given || initials)
            && (words.len() > 2 || given || !foreign)
    }

    pub(super) fn has_given(&self, name: &Range<usize>) -> bool {
        self.words
            .get(name.clone())
            .is_some_and(|words| words.iter().any(|w| w.capital && w.is(GIVEN) || w.initial))
    }

    /// Where every noun has a capital, two of them are a name only where one is a given name, or nothing before or in them speaks for nouns.
    pub(super) fn is_believed(&self, name: &Range<usize>) -> bool {
        if !self.lexicon.has(CAPITAL_NOUNS) || self.has_given(name) {
            return true;
        }
        let Some(words) = self.words.get(name.clone()) else {
            return false;
        };
        let described = name.start > 0
            && self.gap(name.start) == Gap::Space
            && !self.is(SPEECH | ROLES | HONORIFICS, name.start - 1);
        !described && words.iter().all(|w| w.capital && !w.is(NOUNS | ARTICLES))
    }

    /// The name without the countries and matters of policy that belong to the role before it.
    pub(super) fn without_matters(&self, mut name: Range<usize>) -> Option<Range<usize>> {
        while self.is(COUNTRY | NOTNAMES, name.start)
            && !self.is(GIVEN, name.start)
            && !self.is_initial(name.start)
        {
            name.start += 1;
            while name.start < name.end && !self.capital(name.start) {
                name.start += 1;
            }
        }
        (name.start < name.end && self.is_full(&name)).then_some(name)
    }
}
