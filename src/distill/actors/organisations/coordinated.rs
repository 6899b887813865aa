//! `les ministères de l'Intérieur et des Transports`, `the Ministries of Health and Education` → each of the bodies, by its name in the singular.
//! Refuses matters that are written as common nouns.

use std::ops::Range;

use super::{Hit, Reader};
use crate::distill::{
    actors::{
        lexicon::{ADJECTIVES, CONJUNCTIONS, COUNTRY, NOTADJECTIVES, ORGJOINTS, ROLES, STOP},
        words::Gap,
    },
    evidence::Span,
};

/// The most bodies of one list.
const MOST: usize = 5;

impl Reader<'_> {
    /// The bodies after a head word in the plural.
    pub(super) fn coordinated(&self, head: usize) -> Vec<Hit> {
        let Some(singular) = self
            .words
            .get(head)
            .and_then(|w| self.lexicon.singulars.get(w.lower))
        else {
            return Vec::new();
        };
        let matters = self.matters(head + 1);
        if matters.len() < 2 {
            return Vec::new();
        }
        let own = |(joint, noun): &(Range<usize>, Range<usize>)| {
            let (start, end) = (self.words.get(joint.start)?, self.words.get(noun.start)?);
            (joint.start < noun.start)
                .then(|| self.text.slice(Span::new(start.span.start, end.span.start)))
        };
        let shared = matters.first().and_then(own);
        let mut found = Vec::new();
        for (i, matter) in matters.iter().enumerate() {
            let noun = &matter.1;
            let Some((joint, span)) = own(matter).or(shared).zip(self.span(noun)) else {
                continue;
            };
            let printed = format!("{singular} {joint}{}", self.text.slice(span));
            let start = if i == 0 { head } else { noun.start };
            found.push(Hit {
                printed: Some(printed),
                ..Hit::new(start..noun.end, "head word in the plural", 2.4, 0.82)
            });
        }
        found
    }

    /// The joints and the nouns of each matter.
    fn matters(&self, from: usize) -> Vec<(Range<usize>, Range<usize>)> {
        let mut found = Vec::new();
        let mut at = from;
        while found.len() < MOST {
            let joint = at;
            while self.near(at) && self.is(ORGJOINTS, at) && !self.is(CONJUNCTIONS, at) {
                at += 1;
            }
            let noun = at;
            let begins = self.near(at) && self.capital(at) && !self.is(STOP | ROLES | COUNTRY, at);
            if !begins || found.is_empty() && joint == noun {
                break;
            }
            at += 1;
            while self.joined(at)
                && (self.capital(at) && !self.is(STOP | ROLES, at)
                    || self.is(ADJECTIVES, at) && !self.is(NOTADJECTIVES | STOP, at))
            {
                at += 1;
            }
            found.push((joint..noun, noun..at));
            if self.joined(at) && self.is(CONJUNCTIONS, at) {
                at += 1;
            } else if self.words.get(at).is_none_or(|w| w.before != Gap::Comma) {
                break;
            }
        }
        found
    }

    fn near(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_some_and(|w| matches!(w.before, Gap::Space | Gap::Comma))
    }
}
