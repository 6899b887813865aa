//! Hits → readings: which country each hit stands for where it stands, or why it stands for none.
//!
//! Ambiguous forms are settled by their neighbours and by the rest of the document, never by a list of documents or a ban on the form.

use std::collections::BTreeMap;

use super::{
    lexicon::{Check, Kind, Lexicon},
    scan::{Hit, is_word},
};
use crate::{distill::text::Text, model::CountryCode};

/// A hit that was judged.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts about one place in the text"
)]
pub(super) struct Reading<'l> {
    pub(super) hit: Hit<'l>,
    /// The country, where it stands for one.
    pub(super) code: Option<CountryCode>,
    /// The rule that says so, or that says why not.
    pub(super) rule: &'static str,
    /// Behind a preposition of place: where something happens, not who acts.
    pub(super) venue: bool,
    /// An adjective on someone who acts for the country.
    pub(super) official: bool,
    /// Named as a neighbour, market or origin.
    pub(super) bystander: bool,
    /// The city of a place and date line: `Rabat, 27 ene (EFE).-`.
    pub(super) dateline: bool,
    /// Begins its sentence, line or table cell.
    pub(super) opens: Opens,
}

/// What a reading begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opens {
    Nothing,
    Sentence,
    Cell,
}

/// Judges each hit.
pub(super) fn judge<'l>(
    text: &Text,
    haystack: &str,
    lexicon: &Lexicon,
    hits: &[Hit<'l>],
) -> Vec<Reading<'l>> {
    let around = Around {
        text,
        haystack,
        lexicon,
    };
    let support = firm_support(&around, hits);
    let persons = person_forms(&around, hits);
    let towns: Vec<bool> = (0..hits.len())
        .map(|i| around.town_of_state(hits, i))
        .collect();
    hits.iter()
        .enumerate()
        .map(|(i, hit)| {
            let refused = if towns[i] {
                Some("town in a state")
            } else {
                around.refuse(hits, i, &support, &persons)
            };
            let code = match refused {
                Some(_) => None,
                None => choose(&hit.entry.codes, &support),
            };
            let rule = refused.unwrap_or_else(|| around.rule(hit));
            Reading {
                code,
                rule,
                venue: around.venue(hit),
                official: hit.entry.kind == Kind::Adjective && around.official(hit),
                bystander: around.bystander(hit),
                dateline: hit.entry.kind >= Kind::Capital && around.dateline(hit),
                opens: around.opens(hit),
                hit: hit.clone(),
            }
        })
        .collect()
}

type Support = BTreeMap<CountryCode, u32>;

/// How often each country is named by forms that can mean nothing else.
fn firm_support(around: &Around<'_>, hits: &[Hit<'_>]) -> Support {
    let mut support = Support::new();
    for (i, hit) in hits.iter().enumerate() {
        let entry = hit.entry;
        if let [code] = entry.codes[..]
            && entry.check == Check::None
            && !around.street(hit)
        {
            *support.entry(code).or_default() += if entry.kind <= Kind::Capital { 2 } else { 1 };
        }
        if around.town_of_state(hits, i)
            && let Some(&code) = hits.get(i + 1).and_then(|h| h.entry.codes.last())
        {
            *support.entry(code).or_default() += 3;
        }
    }
    support
}

/// The country that the rest of the document speaks for most; the first where it speaks for none.
fn choose(codes: &[CountryCode], support: &Support) -> Option<CountryCode> {
    let mut best = *codes.first()?;
    for &code in codes {
        let count = |c| support.get(&c).copied().unwrap_or_default();
        if count(code) > count(best) {
            best = code;
        }
    }
    Some(best)
}

/// The forms that are part of a full name of a person somewhere in the document: then the form alone is that person too.
fn person_forms<'a>(around: &Around<'a>, hits: &[Hit<'_>]) -> Vec<&'a str> {
    hits.iter()
        .filter(|h| h.entry.check == Check::Person && around.within_name(h))
        .filter_map(|h| around.haystack.get(h.start..h.end))
        .collect()
}

struct Around<'a> {
    text: &'a Text,
    haystack: &'a str,
    lexicon: &'a Lexicon,
}

impl<'a> Around<'a> {
    fn before(&self, hit: &Hit<'_>) -> &'a str {
        self.haystack.get(..hit.start).unwrap_or_default()
    }

    fn after(&self, hit: &Hit<'_>) -> &'a str {
        self.haystack.get(hit.end..).unwrap_or_default()
    }

    /// The word before, where nothing but one space or an apostrophe stands between.
    fn previous(&self, hit: &Hit<'_>) -> &'a str {
        let before = self.before(hit);
        let before = before.strip_suffix(' ').unwrap_or(before);
        last_word(before)
    }

    /// The word after, where nothing but one space stands between.
    fn next(&self, hit: &Hit<'_>) -> &'a str {
        self.after(hit).strip_prefix(' ').map_or("", first_word)
    }

    /// The decoded text of a folded slice.
    fn decoded(&self, folded: &str) -> &'a str {
        let at = (folded.as_ptr() as usize).wrapping_sub(self.haystack.as_ptr() as usize);
        self.text
            .slice(self.text.original(at, at.saturating_add(folded.len())))
    }

    fn is_capital(&self, folded: &str) -> bool {
        !folded.is_empty()
            && self
                .decoded(folded)
                .chars()
                .next()
                .is_some_and(char::is_uppercase)
    }

    /// The decoded line around a hit.
    fn line(&self, hit: &Hit<'_>) -> &'a str {
        let all = &self.text.decoded;
        let start = all
            .get(..hit.span.start)
            .and_then(|b| b.rfind('\n'))
            .map_or(0, |n| n + 1);
        let end = all
            .get(hit.span.end..)
            .and_then(|a| a.find('\n'))
            .map_or(all.len(), |n| hit.span.end + n);
        all.get(start..end).unwrap_or_default()
    }

    fn line_in_capitals(&self, hit: &Hit<'_>) -> bool {
        let line = self.line(hit);
        let cased = |c: &char| c.is_uppercase() || c.is_lowercase();
        line.chars().filter(cased).count() > 12 && !line.chars().any(char::is_lowercase)
    }

    /// Whether most words of the line begin with a capital, as in an English headline.
    fn line_in_title_case(&self, hit: &Hit<'_>) -> bool {
        let line = self.line(hit).trim_end();
        if line.ends_with('.') || line.len() > 160 {
            return false;
        }
        let words = line
            .split(|c: char| !is_word(c))
            .filter(|w| w.chars().count() > 3);
        let (all, capitals) = words.fold((0, 0), |(a, c), w| {
            (
                a + 1,
                c + usize::from(w.chars().next().is_some_and(char::is_uppercase)),
            )
        });
        all >= 3 && capitals * 3 >= all * 2
    }

    fn rule(&self, hit: &Hit<'_>) -> &'static str {
        match hit.entry.kind {
            Kind::Blocked => "blocked",
            Kind::Name if hit.entry.acronym => "short form",
            Kind::Name => "country name",
            Kind::Adjective => "adjective",
            Kind::Government => "seat of government",
            Kind::Capital if self.venue(hit) => "capital as venue",
            Kind::Capital => "capital as government",
            Kind::Region => "part of a country",
            Kind::City => "city",
        }
    }

    /// Why a hit stands for no country, where it doesn't.
    fn refuse(
        &self,
        hits: &[Hit<'_>],
        i: usize,
        support: &Support,
        persons: &[&str],
    ) -> Option<&'static str> {
        let hit = hits.get(i)?;
        let entry = hit.entry;
        if entry.kind == Kind::Blocked {
            return Some("blocked");
        }
        if self.street(hit) {
            return Some("street name");
        }
        let backed = entry.codes.iter().any(|c| support.contains_key(c));
        if entry.acronym
            && hit.end - hit.start <= 2
            && !entry.codes.is_empty()
            && self.line_in_capitals(hit)
        {
            return Some("two letters on a line in capitals");
        }
        match entry.check {
            Check::None => None,
            Check::Caps => self.line_in_capitals(hit).then_some("line in capitals"),
            Check::Cued => (!backed).then_some("ambiguous, nothing else names the country"),
            Check::Person => self
                .person(hit, backed, persons)
                .then_some("name of a person"),
            Check::Common => self.common_noun(hit, backed).then_some("common noun"),
            Check::Pronoun => self.pronoun(hit).then_some("pronoun"),
            Check::Pair => (!self.in_pair(hits, i, support)).then_some("single character"),
        }
    }

    /// `rue de Luxembourg`, `Washington Street`.
    fn street(&self, hit: &Hit<'_>) -> bool {
        let cues = &self.lexicon.cues;
        let next = self.next(hit);
        if cues.street_after.contains(next) && (next.contains("str") || self.is_capital(next)) {
            return true;
        }
        let mut before = self.before(hit);
        for step in 0..3 {
            let trimmed = before.trim_end_matches([' ', '\'', '.']);
            if trimmed.len() + 2 < before.len() {
                return false;
            }
            let word = last_word(trimmed);
            if word.is_empty() {
                return false;
            }
            if cues.street_before.contains(word) {
                return true;
            }
            // Only little words may stand between: `rue de la`.
            if word.chars().count() > 3 || step == 2 {
                return false;
            }
            before = trimmed
                .get(..trimmed.len() - word.len())
                .unwrap_or_default();
        }
        false
    }

    /// Whether the form stands inside a run of capitalised words that reads as a person's name.
    fn within_name(&self, hit: &Hit<'_>) -> bool {
        if self.line_in_title_case(hit) || self.line_in_capitals(hit) {
            return false;
        }
        let cues = &self.lexicon.cues;
        let previous = self.previous(hit);
        if cues.person_before.contains(previous) {
            return true;
        }
        // `Dr. Jordan`
        let before = self.before(hit);
        if let Some(stop) = before.strip_suffix(". ")
            && cues.person_before.contains(last_word(stop))
        {
            return true;
        }
        let next = self.next(hit);
        if self.is_capital(next)
            && next.chars().count() > 1
            && !cues.not_person_after.contains(next)
            && !self.decoded(next).chars().all(char::is_uppercase)
        {
            return true;
        }
        let gap_is_space = before.ends_with(' ') && !before.ends_with("  ");
        gap_is_space
            && self.is_capital(previous)
            && previous.chars().count() > 1
            && !cues.not_person_after.contains(previous)
            && !cues.links.contains(previous)
            && !cues.venue_before.contains(previous)
            && !self.opens_sentence(before.trim_end_matches(' ').trim_end_matches(previous))
    }

    fn person(&self, hit: &Hit<'_>, backed: bool, persons: &[&str]) -> bool {
        if self.within_name(hit) {
            return true;
        }
        let form = self.haystack.get(hit.start..hit.end).unwrap_or_default();
        let cues = &self.lexicon.cues;
        if persons.contains(&form) {
            // A place all the same where a preposition of place says so.
            return !(cues.venue_before.contains(self.previous(hit)) && backed);
        }
        let after = self.after(hit).trim_start_matches([' ', ',']);
        !backed && cues.person_after.contains(first_word(after))
    }

    /// `Turkey prices rose` beside `turkeys`: a capital that only a sentence or a headline demands proves nothing.
    fn common_noun(&self, hit: &Hit<'_>, backed: bool) -> bool {
        let demanded = self.opens_sentence(self.before(hit))
            || self.line_in_title_case(hit)
            || self.line_in_capitals(hit);
        let form = self.haystack.get(hit.start..hit.end).unwrap_or_default();
        let small = self.haystack.match_indices(form).any(|(at, m)| {
            let whole = self
                .haystack
                .get(..at)
                .is_some_and(|b| !b.ends_with(is_word));
            whole
                && self
                    .haystack
                    .get(at..at + m.len())
                    .is_some_and(|m| !self.is_capital(m))
        });
        if demanded {
            small || !backed && self.line_in_capitals(hit)
        } else {
            false
        }
    }

    /// `told US the`: a pronoun after a verb that takes one.
    fn pronoun(&self, hit: &Hit<'_>) -> bool {
        if self.line_in_capitals(hit) {
            return true;
        }
        let cues = &self.lexicon.cues;
        let next = self.next(hit);
        cues.person_after.contains(self.previous(hit))
            && !self.is_capital(next)
            && (next.is_empty() || cues.links.contains(next))
    }

    /// One-character names count in a row of two or more, where what follows or the document says that they are countries.
    fn in_pair(&self, hits: &[Hit<'_>], i: usize, support: &Support) -> bool {
        let pair = |h: &Hit<'_>| h.entry.check == Check::Pair;
        let mut first = i;
        while first > 0 && pair(&hits[first - 1]) && hits[first - 1].end == hits[first].start {
            first -= 1;
        }
        let mut last = i;
        while last + 1 < hits.len()
            && pair(&hits[last + 1])
            && hits[last].end == hits[last + 1].start
        {
            last += 1;
        }
        if first == last {
            return false;
        }
        let after = self.after(&hits[last]);
        if self
            .lexicon
            .cues
            .officials
            .iter()
            .any(|o| after.starts_with(o.as_str()))
        {
            return true;
        }
        let run = &hits[first..=last];
        let backed = run
            .iter()
            .filter(|h| h.entry.codes.iter().any(|c| support.contains_key(c)))
            .count();
        backed == run.len() || backed > 0 && self.opens_sentence(self.before(&hits[first]))
    }

    /// `Lebanon, Ohio`: the place is a town of the region named after the comma.
    fn town_of_state(&self, hits: &[Hit<'_>], i: usize) -> bool {
        let (Some(hit), Some(state)) = (hits.get(i), hits.get(i + 1)) else {
            return false;
        };
        let between = self.haystack.get(hit.end..state.start);
        // The region may be one that has a country's name too: Athens, Georgia.
        let region = state.entry.kind == Kind::Region && state.entry.check == Check::None
            || state.entry.codes.len() > 1
                && state.entry.kind == Kind::Name
                && hit.entry.kind >= Kind::Capital;
        let same = hit
            .entry
            .codes
            .iter()
            .any(|c| state.entry.codes.last() == Some(c));
        between == Some(", ")
            && region
            && hit.entry.kind != Kind::Blocked
            && hit.entry.kind != Kind::Adjective
            && (hit.entry.kind != Kind::Region || state.entry.codes.len() > 1)
            && !(same && hit.entry.kind != Kind::City)
    }

    /// Whether a preposition of place, or nothing but a date line, introduces the capital.
    fn venue(&self, hit: &Hit<'_>) -> bool {
        let cues = &self.lexicon.cues;
        if cues.venue_before.contains(self.previous(hit)) {
            return true;
        }
        // Glued prepositions: بالرباط.
        let glued = last_word(self.before(hit));
        self.before(hit).ends_with(is_word) && cues.venue_before.contains(glued)
    }

    /// A city that begins its line and is followed by a date or an agency.
    fn dateline(&self, hit: &Hit<'_>) -> bool {
        let all = &self.text.decoded;
        let start = all
            .get(..hit.span.start)
            .and_then(|b| b.rfind('\n'))
            .map_or(0, |n| n + 1);
        let head = all.get(start..hit.span.start).unwrap_or_default();
        let opens = head.chars().filter(|c| c.is_alphabetic()).count() <= 6
            && (head.trim().is_empty() || head.trim_end().ends_with(['-', '–', '—', ')', '.']));
        if !opens {
            return false;
        }
        let tail = all.get(hit.span.end..).unwrap_or_default();
        let mut near = tail.chars().take_while(|&c| c != '\n').take(48).peekable();
        let stop = near
            .peek()
            .is_some_and(|c| matches!(c, ',' | '.' | ' ' | '(' | '-' | '–' | '—' | ':' | '،'));
        let rest: String = near.collect();
        let agency = rest.trim_start().starts_with(['(', '-', '–', '—']);
        let date = rest
            .trim_start()
            .strip_prefix([',', '.', '،'])
            .is_some_and(|r| r.chars().take(32).any(char::is_numeric));
        stop && (agency || date)
    }

    fn official(&self, hit: &Hit<'_>) -> bool {
        let officials = &self.lexicon.cues.officials;
        let is = |w: &str| !w.is_empty() && officials.iter().any(|o| w.starts_with(o.as_str()));
        let after = self.after(hit).trim_start_matches([' ', '-']);
        if !self.lexicon.spaced {
            return officials.iter().any(|o| after.starts_with(o.as_str()));
        }
        let next = first_word(after);
        let then = after
            .get(next.len()..)
            .map_or("", |r| first_word(r.trim_start_matches(' ')));
        let before = self.before(hit).trim_end_matches(' ');
        let previous = last_word(before);
        is(next) || is(then) || is(previous)
    }

    fn bystander(&self, hit: &Hit<'_>) -> bool {
        let cues = &self.lexicon.cues;
        let after = self.after(hit).trim_start_matches(' ');
        if cues
            .bystander_after
            .iter()
            .any(|b| after.starts_with(b.as_str()))
        {
            return true;
        }
        let before = self.before(hit);
        let from = before
            .char_indices()
            .rev()
            .take_while(|&(_, c)| !matches!(c, '.' | ';' | '。' | '\n'))
            .nth(45)
            .map_or_else(|| sentence_start(before), |(at, _)| at);
        let near = before.get(from..).unwrap_or_default();
        cues.bystander.iter().any(|b| {
            near.match_indices(b.as_str()).any(|(at, _)| {
                !self.lexicon.spaced || near.get(..at).is_some_and(|x| !x.ends_with(is_word))
            })
        })
    }

    fn opens(&self, hit: &Hit<'_>) -> Opens {
        let before = self.before(hit);
        let original = self.text.folded.get(..hit.start).unwrap_or_default();
        let line = original.rsplit('\n').next().unwrap_or_default();
        let after = self.text.folded.get(hit.end..).unwrap_or_default();
        let rest = after.split('\n').next().unwrap_or_default();
        if line.trim_matches([' ', '|', '*', '-', '•', '–']).is_empty()
            && (line.contains('|') || rest.contains("  ") || rest.contains('|'))
        {
            return Opens::Cell;
        }
        let word = last_word(before.trim_end_matches([' ', '\'']));
        let without = if word.chars().count() <= 3 {
            before.trim_end_matches([' ', '\'']).trim_end_matches(word)
        } else {
            before
        };
        if self.opens_sentence(before) || self.opens_sentence(without) {
            Opens::Sentence
        } else {
            Opens::Nothing
        }
    }

    fn opens_sentence(&self, before: &str) -> bool {
        let at = before.len();
        let line_start = self
            .text
            .folded
            .get(..at)
            .is_some_and(|b| b.trim_end_matches(' ').ends_with('\n'));
        // A line break opens a sentence only where a paragraph ends: wrapped lines go on.
        let paragraph = line_start
            && self
                .text
                .folded
                .get(..at)
                .is_some_and(|b| b.trim_end_matches(' ').ends_with("\n\n"));
        let trimmed = before.trim_end_matches([
            ' ', '"', '«', '“', '„', '\'', '(', '-', '—', '–', '*', '•', '#', '>',
        ]);
        paragraph
            || trimmed.is_empty()
            || trimmed.ends_with([
                '.', '!', '?', ':', '。', '！', '？', '؟', '।', '|', '；', '\n',
            ])
    }
}

fn sentence_start(before: &str) -> usize {
    before.rfind(['.', ';', '。', '\n']).map_or(0, |at| {
        at + before
            .get(at..)
            .and_then(|b| b.chars().next())
            .map_or(1, char::len_utf8)
    })
}

fn first_word(s: &str) -> &str {
    let end = s.find(|c: char| !is_word(c)).unwrap_or(s.len());
    s.get(..end).unwrap_or_default()
}

fn last_word(s: &str) -> &str {
    let start = s
        .char_indices()
        .rev()
        .take_while(|&(_, c)| is_word(c))
        .last()
        .map_or(s.len(), |(at, _)| at);
    s.get(start..).unwrap_or_default()
}
