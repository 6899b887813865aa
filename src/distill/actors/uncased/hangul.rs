//! Korean → people beside their posts, organisations by the head word at the end of a word.

use super::{sighting, spaceless::known};
use crate::distill::{
    actors::{
        Sighting,
        lexicon::{ENDS, Lexicon, ORGHEADS, ROLES, SURNAMES},
        words::{Gap, Word},
    },
    evidence::Span,
    text::Text,
};

/// The longest phrase between a name and its post, in words.
const LONGEST_POST: usize = 4;

/// People and organisations of a text.
pub(in super::super) fn hangul(
    text: &Text,
    words: &[Word<'_>],
    lexicon: &Lexicon,
) -> (Vec<Sighting>, Vec<Sighting>) {
    let reader = Reader {
        text,
        words,
        lexicon,
    };
    (reader.people(), reader.organisations())
}

struct Reader<'a> {
    text: &'a Text,
    words: &'a [Word<'a>],
    lexicon: &'a Lexicon,
}

impl Reader<'_> {
    fn bare(&self, at: usize) -> &str {
        self.words
            .get(at)
            .map_or("", |w| without_particle(w.text, self.lexicon))
    }

    fn whole(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.before == Gap::Space)
    }

    fn is_role(&self, at: usize) -> bool {
        self.lexicon.classes(self.bare(at)) & ROLES != 0
    }

    /// `김민수`: a family name of one syllable and a given name of two.
    fn is_native(&self, at: usize) -> bool {
        let bare = self.bare(at);
        let first = bare.chars().next().map_or(0, char::len_utf8);
        bare.chars().count() == 3
            && bare.chars().all(is_hangul)
            && self
                .lexicon
                .classes_exactly(bare.get(..first).unwrap_or_default())
                & SURNAMES
                != 0
            && self.lexicon.classes(bare) & (ROLES | ORGHEADS | ENDS) == 0
    }

    fn people(&self) -> Vec<Sighting> {
        let mut found: Vec<Sighting> = Vec::new();
        for at in 0..self.words.len() {
            if !self.is_role(at) {
                continue;
            }
            let Some((name, role)) = self.before(at).or_else(|| self.after(at)) else {
                continue;
            };
            if found
                .iter()
                .rev()
                .take(4)
                .any(|f| f.span.start < name.end && name.start < f.span.end)
            {
                continue;
            }
            let role = self.text.slice(role).to_owned();
            found.push(sighting(self.text, name, role, "role beside name", 0.88));
        }
        found
    }

    /// `김민수 외교부 장관은`, `응우옌 반 히에우 자원환경부 차관은`.
    fn before(&self, at: usize) -> Option<(Span, Span)> {
        let from = at.saturating_sub(LONGEST_POST);
        let native = (from..at).find(|&i| {
            (i + 1..=at).all(|k| self.whole(k))
                && self.words.get(i).is_some_and(|w| w.text == self.bare(i))
                && self.is_native(i)
        });
        let (first, last) = match native {
            Some(i) => (i, i),
            None => self.foreign(at)?,
        };
        let start = self.words.get(first)?.span.start;
        let end = self.words.get(last)?.span.end;
        let role = self.words.get(last + 1)?.span.start;
        let stop = self.words.get(at)?.span.start + self.bare(at).len();
        Some((Span::new(start, end), Span::new(role, stop)))
    }

    /// Two to four short words between a mark and an office with its post.
    fn foreign(&self, role: usize) -> Option<(usize, usize)> {
        let office = (role.saturating_sub(2)..role)
            .rev()
            .find(|&i| self.lexicon.classes(self.bare(i)) & ORGHEADS != 0 && self.whole(i + 1))?;
        let mut first = office;
        while first > 0 && self.whole(first) && office - first < 5 {
            let word = self.words.get(first - 1)?;
            let plain = without_particle(word.text, self.lexicon) == word.text
                || word.text.chars().count() < 3;
            if !plain
                || word.is(ENDS | ROLES | ORGHEADS)
                || word.text.chars().count() > 4
                || !word.text.chars().all(is_hangul)
            {
                break;
            }
            first -= 1;
        }
        (2..=4)
            .contains(&(office - first))
            .then(|| (first, office - 1))
    }

    /// `외교부 장관 김민수는`.
    fn after(&self, at: usize) -> Option<(Span, Span)> {
        let role = self.words.get(at)?;
        if role.text != self.bare(at) || !self.whole(at + 1) || !self.is_native(at + 1) {
            return None;
        }
        let name = self.words.get(at + 1)?.span.start;
        Some((Span::new(name, name + self.bare(at + 1).len()), role.span))
    }

    fn organisations(&self) -> Vec<Sighting> {
        let mut found = known(self.text, self.lexicon);
        for (at, word) in self.words.iter().enumerate() {
            let bare = self.bare(at);
            if bare.chars().count() < 3 || self.lexicon.classes(bare) & ORGHEADS == 0 {
                continue;
            }
            let span = Span::new(word.span.start, word.span.start + bare.len());
            let place = found.partition_point(|f| f.span.end <= span.start);
            if found.get(place).is_none_or(|f| f.span.start >= span.end) {
                let hit = sighting(self.text, span, String::new(), "head word", 0.78);
                found.insert(place, hit);
            }
        }
        found
    }
}

/// A word without the particle at its end.
fn without_particle<'w>(word: &'w str, lexicon: &Lexicon) -> &'w str {
    lexicon
        .list("particles")
        .iter()
        .find_map(|p| {
            word.strip_suffix(p)
                .filter(|rest| rest.chars().count() >= 2)
        })
        .unwrap_or(word)
}

fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0xAC00..=0xD7A3)
}
