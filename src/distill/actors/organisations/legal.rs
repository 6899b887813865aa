//! A company's legal form → the company, by the capitalised words before it: `Ostwind Energie GmbH`, `Acciaierie del Tirreno S.p.A.`, `Transportes do
//! Minho, Lda.`. Refuses a form without a name, and words that say what kind of company it is.

use super::{Hit, Reader};
use crate::distill::{
    actors::{
        lexicon::{
            BODY, CAPITAL_NOUNS, CONJUNCTIONS, COUNTRY, DEMONYMS, FIELDS, HONORIFICS, LEFTJOINTS,
            LEGALFORMS, NOTNAMES, NOUNS, ORGANISATIONS, ORGHEADS, ORGJOINTS, PARTICLES, Piece,
            QUOTEHEADS, ROLES, STOP, TWO_CAPITALS,
        },
        words::Gap,
    },
    table::hash,
};

/// The longest name before a legal form, in words.
const LONGEST: usize = 8;

impl Reader<'_> {
    /// The company whose legal form begins at `form`.
    pub(super) fn company(&self, form: usize) -> Option<Hit> {
        let end = self.legal_form(form)?;
        if self.is(BODY, form) {
            return None;
        }
        let word = self.words.get(form)?;
        let short = word.lower.chars().count() < 3 && end == form + 1;
        // `FC Example`
        if end == form + 1
            && word.lower.chars().count() < 4
            && self.joined(end)
            && self.capital(end)
        {
            return None;
        }
        // `TRADERS AS PRICES`
        if short && form > 0 && self.words.get(form - 1)?.shouted {
            return None;
        }
        let comma = word.before == Gap::Comma && !short;
        let mut start = form;
        while start > 0 && form - start < LONGEST {
            let joined = self.joined(start) || start == form && comma;
            if !joined || start < form && self.ends_name(start - 1) {
                break;
            }
            if self.is_company_word(start - 1) {
                start -= 1;
            } else if start == form && end > form + 1 && self.is_small_noun(form - 1) {
                start -= 2;
            } else if let Some(before) = self.before_joint(start - 1, form) {
                start = before;
            } else {
                break;
            }
        }
        if start == form {
            return None;
        }
        let last = self.words.get(end - 1)?;
        let dot = self.text.decoded.as_bytes().get(last.span.end) == Some(&b'.');
        Some(Hit {
            tail: usize::from(dot && end > form + 1),
            ..Hit::new(start..end, "legal form", 2.6, 0.9)
        })
    }

    /// `Kerval Holdings`, `Brightwater Tankers`: two capitals or more, the last a word of trade.
    pub(super) fn trader(&self, trade: usize) -> Option<Hit> {
        let next = self.joined(trade + 1) && self.capital(trade + 1);
        if !self.capital(trade) || next || self.words.get(trade)?.shouted {
            return None;
        }
        let mut start = trade;
        while start > 0 && trade - start < 3 && self.joined(start) && !self.ends_name(start - 1) {
            let word = self.words.get(start - 1)?;
            if !self.is_company_word(start - 1) || word.shouted && word.lower.chars().count() > 4 {
                break;
            }
            start -= 1;
        }
        let own = start < trade
            && !self.is(
                BODY | COUNTRY | NOTNAMES | FIELDS | ORGHEADS | DEMONYMS,
                start,
            )
            && !self.is(NOTNAMES | FIELDS, trade - 1);
        own.then(|| Hit::new(start..trade + 1, "name with its trade", 1.9, 0.76))
    }

    /// Past the words of the legal form at `at`: written as in the list, or all in capitals.
    fn legal_form(&self, at: usize) -> Option<usize> {
        let first = hash(self.words.get(at)?.lower);
        let mut forms = self.lexicon.legal_forms.iter();
        let form = forms.find(|form| form.first == first && self.is_form(&form.pieces, at))?;
        Some(at + form.pieces.len())
    }

    fn is_form(&self, pieces: &[Piece], at: usize) -> bool {
        pieces.iter().enumerate().all(|(i, piece)| {
            self.words.get(at + i).is_some_and(|word| {
                let same = word.text == piece.written
                    || piece.shoutable.as_ref().is_some_and(|small| {
                        !word.text.contains(char::is_lowercase)
                            && word.text.to_lowercase() == *small
                    });
                same && (i == 0 || self.follows(at + i, piece.dotted))
            })
        })
    }

    /// Only a full stop, where there must be one, or a space between a word and the one before it.
    fn follows(&self, at: usize, dotted: bool) -> bool {
        let before = self.words.get(at - 1).map_or(0, |w| w.span.end);
        let start = self.words.get(at).map_or(0, |w| w.span.start);
        self.text
            .decoded
            .get(before..start)
            .is_some_and(|between| match between {
                "." => true,
                // `N. V.` are a person's initials.
                ". " | " " => !dotted,
                _ => false,
            })
    }

    fn is_company_word(&self, at: usize) -> bool {
        let kind = QUOTEHEADS | NOUNS;
        self.capital(at)
            && !self.is(STOP | ROLES | HONORIFICS, at)
            && !(self.lexicon.has(CAPITAL_NOUNS) && self.is(kind, at))
    }

    /// `Moravské strojírny a.s.`
    fn is_small_noun(&self, at: usize) -> bool {
        at > 0
            && !self.is(STOP | ROLES, at)
            && self
                .words
                .get(at)
                .is_some_and(|w| w.lower.chars().count() > 3)
            && self.joined(at)
            && self.is_company_word(at - 1)
    }

    /// The capitalised word before the joint at `joint`; after "and" only the last word of the name stands.
    fn before_joint(&self, joint: usize, form: usize) -> Option<usize> {
        let both = self.is(CONJUNCTIONS, joint);
        let fits = if both {
            joint + 2 == form
        } else {
            !self.lexicon.has(CAPITAL_NOUNS) && self.is(ORGJOINTS | LEFTJOINTS | PARTICLES, joint)
        };
        let before = joint.checked_sub(1)?;
        // `Inc and Lear Corp`, `Shares of Lear Corp`
        let another = self.is(LEGALFORMS, before)
            || self.lexicon.has(TWO_CAPITALS) && !both && !self.is(ORGANISATIONS, before);
        let fits = fits && !another;
        (fits && self.joined(joint) && self.is_company_word(before)).then_some(before)
    }
}
