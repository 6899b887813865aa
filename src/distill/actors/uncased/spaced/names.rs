//! Names of scripts without capitals by what stands around them: a title, a verb of saying, a post after a comma, a family name of the list.

use std::ops::Range;

use super::Reader;
use crate::distill::actors::{
    lexicon::{
        COMMON, COUNTRY, Classes, DEMONYMS, ENDS, GIVEN, HONORIFICS, ORGHEADS, PARTICLES,
        QUALIFIERS, ROLES, SPEECH, SURNAMES, TAILS, VERBS,
    },
    words::Gap,
};

/// What is no word of a name, unless a list says that it is.
const OTHER: Classes =
    COMMON | COUNTRY | DEMONYMS | ENDS | ORGHEADS | QUALIFIERS | ROLES | SPEECH | TAILS | VERBS;

/// A name with the words of its role, the rule that found it, and how sure.
pub(super) type Named = (Range<usize>, Range<usize>, &'static str, f32);

impl Reader<'_> {
    /// `السيد جنكيز أولوصوي`, `סא"ל גיא לוין`: after a title come a given and a family name, known or not.
    pub(super) fn titled(&self, title: usize) -> Option<(Range<usize>, f32)> {
        let at = title + 1;
        if !self.is(HONORIFICS, title) || self.gap(at) != Gap::Space || self.is_given(at) {
            return None;
        }
        let first = self.text(at);
        let noun = self.is_definite(at)
            || self.definite && ["ب", "ل", "و", "ي"].iter().any(|p| first.starts_with(p));
        if noun && !self.is(GIVEN, at) || self.is(OTHER, at) {
            return None;
        }
        let name = self.name(at)?;
        let plain = name.clone().all(|i| !self.is(OTHER & !TAILS, i));
        (plain && self.is_closed(name.end)).then_some((name, 0.8))
    }

    /// `أكدت غريس موانغي`, `राकेश सिन्हा ने`: a known given name beside a word of saying.
    pub(super) fn said(&self, at: usize) -> Option<Named> {
        let before = at > 0 && self.is(SPEECH, at - 1) && self.gap(at) == Gap::Space;
        let name = self.name(at)?;
        let after = !self.definite
            && self.gap(name.end) == Gap::Space
            && self.is(SPEECH, name.end)
            && !(at > 0 && self.gap(at) == Gap::Space && self.is(GIVEN, at - 1));
        (before || after).then_some((name.end..name.end, name, "verb of saying", 0.8))
    }

    /// `منصف القروي`, `מאיר כהן`: a given name with a family name that can be nothing else.
    pub(super) fn by_its_words(&self, at: usize) -> Option<Named> {
        let free = self.gap(at) != Gap::Space
            || at == 0
            || self.is(ENDS | SPEECH | VERBS | PARTICLES, at - 1)
            || self.is_definite(at - 1) && !self.is(ORGHEADS | COMMON, at - 1);
        if !free || !self.is_given(at) || self.is(OTHER & !ROLES, at) {
            return None;
        }
        let name = self.name(at)?;
        let last = name.end - 1;
        let family = self.is(SURNAMES, last)
            || name.clone().skip(1).any(|i| self.is(PARTICLES, i)) && name.len() > 2
            || self.definite
                && self.is_definite(last)
                && self.text(last).ends_with('ي')
                && !self.is(DEMONYMS, last);
        let plain = name
            .clone()
            .skip(1)
            .all(|i| !self.is(OTHER & !(TAILS | COUNTRY), i));
        // A line that is nothing but a name is a signature.
        let signature = self.gap(at) == Gap::Stop && self.gap(name.end) == Gap::Stop;
        (family && plain && !signature && self.is_closed(name.end)).then_some((
            name.end..name.end,
            name,
            "given and family name",
            0.76,
        ))
    }

    /// `نسترن صفایی، استاد دانشگاه`: two or three words that begin a sentence, a comma, and a post.
    pub(super) fn in_apposition(&self, at: usize) -> Option<(Range<usize>, Range<usize>)> {
        if self.gap(at) != Gap::Stop || self.is(OTHER, at) || self.is_definite(at) {
            return None;
        }
        let end = (at + 1..at + 4).find(|&i| self.gap(i) != Gap::Space)?;
        if end < at + 2
            || self.gap(end) != Gap::Comma
            || !self.is(ROLES, end)
            || (at..end).any(|i| self.is(OTHER, i) && !self.is(SURNAMES | GIVEN, i))
        {
            return None;
        }
        let stop = (end + 1..end + 8)
            .find(|&i| self.gap(i) != Gap::Space || self.is(SPEECH, i))
            .unwrap_or(end + 1);
        Some((at..end, end..stop))
    }

    /// Whether a name has ended before this word.
    fn is_closed(&self, at: usize) -> bool {
        self.gap(at) != Gap::Space
            || self.is(ENDS | SPEECH | VERBS | ROLES, at)
            || self.is_conjoined(at)
            || self.is_after_preposition(at)
            || self.definite && (self.text(at).starts_with('ب') || self.text(at).starts_with('ل'))
    }
}
