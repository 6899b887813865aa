//! Scripts with spaces and without capitals (Arabic, Hebrew, Devanagari): a role and a given name, a head word and the chain of nouns after it.
//! Where the grammar has definite nouns, a name begins where they end.

mod chain;
mod names;

use std::ops::Range;

use super::sighting;
use crate::distill::{
    actors::{
        Sighting,
        lexicon::{
            COMMON, COUNTRY, Classes, DEFINITE, DEMONYMS, ENDS, GIVEN, HONORIFICS, Lexicon,
            NOTHEADS, ORGHEADS, PARTICLES, QUALIFIERS, ROLES, SPEECH, SURNAMES, TAILS, VERBS,
        },
        names::one_spaced,
        words::{Gap, Word},
    },
    evidence::Span,
    text::Text,
};

/// How far a name may be from its role word, in words.
const LONGEST_ROLE: usize = 10;
/// People and organisations of a text.
pub(in super::super) fn spaced(
    text: &Text,
    words: &[Word<'_>],
    lexicon: &Lexicon,
) -> (Vec<Sighting>, Vec<Sighting>) {
    let definite = lexicon.has(DEFINITE);
    // What is written to a word in front of it hides the word.
    let classes = words
        .iter()
        .map(|w| {
            let hidden = lexicon.prefixes_of(w.lower).find_map(|(prefix, bare)| {
                let and = prefix == "و" || !definite;
                let lists = if and {
                    ROLES | GIVEN | ORGHEADS | NOTHEADS
                } else {
                    ROLES | ORGHEADS | NOTHEADS
                };
                // `بنك` is no `ب` with a word.
                let whole = w.is(ORGHEADS) || bare.chars().count() < 4;
                let lists = if whole && !and { ROLES } else { lists };
                Some(lexicon.classes(bare) & lists).filter(|classes| *classes != 0)
            });
            // `على` is no `علي`.
            let mut own = w.classes;
            if own & (GIVEN | ENDS) == GIVEN | ENDS {
                own &= if w.text.ends_with('ى') {
                    !GIVEN
                } else {
                    !ENDS
                };
            }
            own | hidden.unwrap_or_default()
        })
        .collect();
    let reader = Reader {
        words,
        classes,
        definite,
    };
    let organisations = reader.organisations(text, lexicon);
    // A patron within a body's name is no naming of the person.
    let within = |p: &Sighting| {
        let next = organisations.partition_point(|o| o.span.start <= p.span.start);
        organisations
            .get(..next)
            .and_then(<[Sighting]>::last)
            .is_some_and(|o| p.span.start < o.span.end)
    };
    let mut people = reader.people(text);
    people.retain(|p| !within(p));
    (people, organisations)
}

struct Reader<'a> {
    words: &'a [Word<'a>],
    classes: Vec<Classes>,
    definite: bool,
}

impl Reader<'_> {
    fn text(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.text)
    }

    fn gap(&self, at: usize) -> Gap {
        self.words.get(at).map_or(Gap::Stop, |w| w.before)
    }

    fn is(&self, lists: Classes, at: usize) -> bool {
        self.classes.get(at).is_some_and(|c| c & lists != 0)
    }

    /// A given name as it stands, with nothing written to it.
    fn is_given(&self, at: usize) -> bool {
        self.is(GIVEN, at) && self.words.get(at).is_some_and(|w| w.is(GIVEN))
    }

    fn span(&self, range: &Range<usize>) -> Option<Span> {
        let words = self.words.get(range.clone())?;
        Some(Span::new(words.first()?.span.start, words.last()?.span.end))
    }

    fn is_definite(&self, at: usize) -> bool {
        let word = self.text(at);
        word.strip_prefix('و')
            .unwrap_or(word)
            .strip_prefix("ال")
            .is_some_and(|rest| rest.chars().count() > 1)
            || word.starts_with("لل")
            || word.starts_with("ولل")
            || word.starts_with("بال")
    }

    /// Written to "and", and no word of a name by itself.
    fn is_conjoined(&self, at: usize) -> bool {
        self.definite
            && self.text(at).starts_with('و')
            && self.words.get(at).is_none_or(|w| !w.is(PARTICLES | GIVEN))
    }

    /// Written to a preposition and an article.
    fn is_after_preposition(&self, at: usize) -> bool {
        let word = self.text(at);
        self.definite
            && ["بال", "لل", "فال", "كال", "ولل", "وبال"]
                .iter()
                .any(|p| word.starts_with(p))
    }

    fn people(&self, text: &Text) -> Vec<Sighting> {
        let mut found: Vec<Sighting> = Vec::new();
        let mut next = 0;
        for at in 0..self.words.len() {
            let hit = if self.is(ROLES, at) {
                self.titled(at)
                    .or_else(|| self.role_then_name(at))
                    .map(|(name, sure)| (at..name.start, name, "role + name", sure))
            } else if self.is(SPEECH, at)
                && !self.is(GIVEN, at + 1)
                && let Some(name) = self.said_before_role(at)
            {
                Some((name.end..name.end + 1, name, "verb of saying", 0.76))
            } else if self.is(GIVEN, at) {
                self.name_then_role(at)
                    .map(|(name, role)| (role, name, "name, role", 0.9))
                    .or_else(|| self.said(at))
                    .or_else(|| self.by_its_words(at))
            } else {
                self.in_apposition(at)
                    .map(|(name, role)| (role, name, "name, role", 0.76))
            };
            let Some((role, name, rule, sure)) = hit else {
                continue;
            };
            if name.start < next {
                continue;
            }
            next = name.end;
            let role = self.span(&role).map(|r| one_spaced(text.slice(r)));
            if let Some(mut span) = self.span(&name) {
                if self.words.get(name.start).is_some_and(|w| !w.is(GIVEN))
                    && self.is(GIVEN, name.start)
                {
                    span.start += first_letter(self.text(name.start));
                }
                found.push(sighting(text, span, role.unwrap_or_default(), rule, sure));
            }
        }
        found
    }

    fn role_then_name(&self, role: usize) -> Option<(Range<usize>, f32)> {
        let mut at = role + 1;
        while at < role + LONGEST_ROLE {
            match self.gap(at) {
                Gap::Space => {}
                Gap::Comma if at > role + 1 => return self.name_between_commas(at),
                _ => return None,
            }
            let plain = self.is_given(at);
            if plain && let Some(name) = self.name(at) {
                return Some((name, 0.92));
            }
            if !plain
                && self.is_shaped(at)
                && let Some(name) = self.name(at).filter(|n| {
                    self.is_closed_name(n) || self.is(HONORIFICS, at - 1) && self.is_plain_name(n)
                })
            {
                return Some((name, 0.74));
            }
            if self.is(ENDS | VERBS, at) && !self.is(QUALIFIERS, at) {
                return None;
            }
            at += 1;
        }
        None
    }

    /// An indefinite word after a definite one, which can be nothing but a name.
    fn is_shaped(&self, at: usize) -> bool {
        let before = self.is_definite(at - 1) || self.is(COUNTRY, at - 1);
        self.definite
            && before
            && !self.is_definite(at)
            && !self.is_conjoined(at)
            && !self.is(
                QUALIFIERS | ORGHEADS | ROLES | COUNTRY | ENDS | VERBS | COMMON | SPEECH,
                at,
            )
            && !self.text(at).starts_with(['ب', 'ل'])
            && !["ك", "ف"].iter().any(|p| {
                self.text(at)
                    .strip_prefix(p)
                    .is_some_and(|rest| rest.starts_with("ال") || rest.starts_with('ل'))
            })
    }

    /// A name of unknown words is believed where a mark or a word of saying ends it, and none of its words is a common one.
    fn is_closed_name(&self, name: &Range<usize>) -> bool {
        let closed = self.gap(name.end) != Gap::Space
            || self.is(ENDS | SPEECH, name.end)
            || self.is_conjoined(name.end);
        closed && self.is_plain_name(name)
    }

    fn is_plain_name(&self, name: &Range<usize>) -> bool {
        let others = if self.definite {
            COMMON | ENDS | VERBS | QUALIFIERS
        } else {
            COMMON | COUNTRY | ENDS | ORGHEADS | QUALIFIERS | ROLES | TAILS | VERBS
        };
        !name.clone().any(|i| self.is(others, i))
    }

    /// `أكدت غريس موانغي وكيلة الوزارة`: two unknown words between a word of saying and a role.
    fn said_before_role(&self, at: usize) -> Option<Range<usize>> {
        let unknown = |i: usize| {
            self.gap(i) == Gap::Space
                && !self.is_definite(i)
                && !self.is_conjoined(i)
                && !self.is_after_preposition(i)
                && self.text(i).chars().count() > 2
                && !self.is(
                    QUALIFIERS | ORGHEADS | ROLES | COUNTRY | ENDS | VERBS | COMMON | SPEECH,
                    i,
                )
        };
        let role = matches!(self.gap(at + 3), Gap::Space | Gap::Comma) && self.is(ROLES, at + 3);
        (self.definite && unknown(at + 1) && unknown(at + 2) && role).then_some(at + 1..at + 3)
    }

    /// `، ناصر بوريطة،`
    fn name_between_commas(&self, at: usize) -> Option<(Range<usize>, f32)> {
        let name = self.name(at)?;
        let closed = self.gap(name.end) != Gap::Space
            || self.is(ENDS | SPEECH, name.end)
            || self.is_conjoined(name.end);
        let given = self.is(GIVEN, at);
        if !given && (self.is_conjoined(at) || self.is_after_preposition(at)) {
            return None;
        }
        (closed && (given || self.is_closed_name(&name)))
            .then_some((name, if given { 0.92 } else { 0.74 }))
    }

    /// A given name and what belongs to it: particles with the word after them, further given names, a family name.
    fn name(&self, at: usize) -> Option<Range<usize>> {
        let mut end = at + 1;
        let mut units = usize::from(!self.is(PARTICLES, at));
        let mut family = false;
        while end < at + 7 && self.gap(end) == Gap::Space {
            let bound = self.is(PARTICLES, end - 1) && !self.is(ENDS | SPEECH, end);
            let stops = self.is(ENDS | SPEECH | ORGHEADS, end)
                || self.is(ROLES, end) && !self.is(GIVEN, end)
                || self.is(COUNTRY, end)
                || self.is_conjoined(end)
                || self.is_after_preposition(end)
                || self.text(end).starts_with(|c: char| c.is_numeric());
            if stops && !bound {
                break;
            }
            if self.is(PARTICLES, end) {
                end += 1;
                continue;
            }
            let given = self.is_given(end);
            let fits = bound
                || units < 2 && !self.is(COMMON, end)
                || !self.definite && self.is_family(end)
                || !family
                    && (given || self.definite && self.is_definite(end))
                    && !self.is(VERBS | COMMON, end);
            if !fits {
                break;
            }
            // `سلطان خليفة المنصوري`: a name of origin may follow the father's.
            let origin = self.definite
                && !family
                && self.is_definite(end + 1)
                && self.text(end + 1).ends_with('ي')
                && !self.is(DEMONYMS, end + 1);
            family = !bound && self.is_definite(end) || units >= 1 && !given && !bound && !origin;
            units += usize::from(!bound || units < 2);
            end += 1;
        }
        while end > at + 1 && self.is(PARTICLES, end - 1) && !self.ends_on_particle(end - 1) {
            end -= 1;
        }
        (units >= 2 && end >= at + 2).then_some(at..end)
    }

    /// A word after two of a name that can be its family name: of the list, or after nothing but given names.
    fn is_family(&self, at: usize) -> bool {
        self.is(SURNAMES, at)
            || self.is_given(at - 1)
                && self.is_given(at - 2)
                && !self.is(QUALIFIERS | TAILS | VERBS | COMMON, at)
                && (self.gap(at + 1) != Gap::Space || self.is(SPEECH | ENDS, at + 1))
    }

    /// `عبد الرحمن`: a second part of a given name.
    fn ends_on_particle(&self, at: usize) -> bool {
        self.is_definite(at) || self.text(at).starts_with("الل")
    }

    /// `أحمد المنصوري، مدير الوكالة،`
    fn name_then_role(&self, at: usize) -> Option<(Range<usize>, Range<usize>)> {
        if self.gap(at) == Gap::Space && at > 0 && self.is(GIVEN, at - 1) {
            return None;
        }
        let name = self.name(at)?;
        let role = name.end;
        let marked = matches!(self.gap(role), Gap::Comma | Gap::Open | Gap::Dash);
        // `غريس موانغي وكيلة وزارة الطاقة`
        let beside = self.definite && self.gap(role) == Gap::Space && self.is_given(at);
        if !(marked || beside) || !self.is(ROLES, role) {
            return None;
        }
        let mut end = role + 1;
        while end < role + 12 && self.gap(end) == Gap::Space && !self.is(SPEECH, end) {
            end += 1;
        }
        Some((name, role..end))
    }
}

/// The bytes of the conjunction that is written to a word.
fn first_letter(word: &str) -> usize {
    word.chars().next().map_or(0, char::len_utf8)
}
