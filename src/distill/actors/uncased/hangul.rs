//! Korean → people beside their posts, organisations by the head word at the end of a word.

use super::{sighting, spaceless::known};
use crate::distill::{
    actors::{
        Sighting,
        lexicon::{ENDS, LEGALFORMS, Lexicon, NOTHEADS, ORGHEADS, ROLES, SURNAMES, UNITS},
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

    /// `김민수`: a family name of one syllable or two and a given name of two.
    fn is_native(&self, at: usize) -> bool {
        let bare = self.bare(at);
        // `남궁민수` has a family name of two syllables.
        let family = match bare.chars().count() {
            3 => 1,
            4 => 2,
            _ => return false,
        };
        let family: String = bare.chars().take(family).collect();
        bare.chars().all(is_hangul)
            && self.lexicon.classes_exactly(&family) & SURNAMES != 0
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
            .find(|&i| self.lexicon.classes(self.bare(i)) & ORGHEADS != 0 && self.whole(i + 1));
        let Some(office) = office else {
            return self.foreign_of_unit(role);
        };
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

    /// `연세대학교 약학과 다나카 히로시 교수`: two or three words between a part of a body and the post.
    fn foreign_of_unit(&self, role: usize) -> Option<(usize, usize)> {
        let unit = (role.saturating_sub(4)..role.saturating_sub(2))
            .rev()
            .find(|&i| {
                let word = self.words.get(i).is_some_and(|w| w.is(UNITS));
                word || self.lexicon.classes(self.bare(i)) & ORGHEADS != 0
            })?;
        let plain = (unit + 1..=role).all(|i| self.whole(i))
            && (unit + 1..role).all(|i| {
                self.words.get(i).is_some_and(|w| {
                    !w.is(ENDS | ROLES | ORGHEADS)
                        && w.text.chars().count() <= 4
                        && w.text.chars().all(is_hangul)
                })
            });
        plain.then_some((unit + 1, role - 1))
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
            if bare.chars().count() < 3
                || self.lexicon.classes_exactly(bare) & NOTHEADS != 0
                || self.lexicon.classes(bare) & (ORGHEADS | LEGALFORMS) == 0
            {
                continue;
            }
            let mut span = Span::new(word.span.start, word.span.start + bare.len());
            if self.lexicon.classes_exactly(bare) & LEGALFORMS != 0 {
                // `한빛제약 주식회사`
                let company = at.checked_sub(1).and_then(|i| self.words.get(i));
                match company.filter(|_| self.whole(at)) {
                    Some(company) => span.start = company.span.start,
                    None => continue,
                }
                found.retain(|f: &Sighting| f.span.end <= span.start || f.span.start >= span.end);
            }
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
