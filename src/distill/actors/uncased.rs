//! Text in a script without capitals → people and organisations, by role words and head words and the shape of names.
//! Refuses what has no sure end: a wrong name is worse than none.

use std::ops::Range;

use super::{
    Sighting,
    lexicon::Lexicon,
    names::country_words,
    words::{Gap, Word, words},
};
use crate::{
    distill::{evidence::Span, text::Text},
    model::Lang,
};

mod han;

/// The people whom a text names.
pub(super) fn people(text: &Text, lexicon: &Lexicon, lang: &Lang) -> Vec<Sighting> {
    match lang.primary() {
        "zh" => han::chinese_people(text, lexicon),
        "ja" => han::japanese_people(text, lexicon),
        "ko" => han::korean_people(text, lexicon),
        "ar" | "fa" | "he" | "hi" => spaced_people(text, lexicon, lang),
        _ => Vec::new(),
    }
}

/// The organisations that a text names.
pub(super) fn organisations(text: &Text, lexicon: &Lexicon, lang: &Lang) -> Vec<Sighting> {
    let mut found = match lang.primary() {
        "zh" | "ja" => han::organisations(text, lexicon, lang),
        "ko" => han::korean_organisations(text, lexicon),
        "ar" | "fa" | "he" | "hi" => spaced_organisations(text, lexicon, lang),
        _ => return Vec::new(),
    };
    for name in lexicon.list("known").exact_longest_first() {
        for (at, _) in text.decoded.match_indices(name) {
            let span = Span::new(at, at + name.len());
            if !found
                .iter()
                .any(|f| f.span.start < span.end && span.start < f.span.end)
            {
                found.push(sighting(text, span, String::new(), "known name"));
            }
        }
    }
    found
}

fn sighting(text: &Text, span: Span, role: String, rule: &'static str) -> Sighting {
    Sighting {
        span,
        name: text
            .slice(span)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        role,
        rule,
        weight: 2.0,
    }
}

/// Arabic, Persian, Hebrew and Hindi: words with their lexicon.
struct Reader<'a> {
    words: &'a [Word<'a>],
    lexicon: &'a Lexicon,
    arabic: bool,
    countries: &'a std::collections::BTreeSet<String>,
}

fn spaced_people(text: &Text, lexicon: &Lexicon, lang: &Lang) -> Vec<Sighting> {
    let words = words(text, |_| false);
    let countries = country_words(lang);
    let reader = Reader {
        words: &words,
        lexicon,
        arabic: lang.primary() == "ar",
        countries: &countries,
    };
    let mut found = Vec::new();
    for at in 0..words.len() {
        let hit = if reader.is_role(at) {
            reader
                .role_then_name(at)
                .map(|name| (at..name.start, name, "role + name"))
        } else if reader.is_given(at) {
            reader
                .name_then_role(at)
                .map(|(name, role)| (role, name, "name, role"))
        } else {
            None
        };
        if let Some((role, name, rule)) = hit
            && let (Some(name), Some(role)) = (span_of(&words, &name), span_of(&words, &role))
        {
            let role = text
                .slice(role)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            found.push(sighting(text, name, role, rule));
        }
    }
    found
}

fn span_of(words: &[Word<'_>], range: &Range<usize>) -> Option<Span> {
    let words = words.get(range.clone())?;
    Some(Span::new(words.first()?.span.start, words.last()?.span.end))
}

impl Reader<'_> {
    fn text(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| w.text)
    }

    fn gap(&self, at: usize) -> Gap {
        self.words.get(at).map_or(Gap::Stop, |w| w.before)
    }

    fn is(&self, list: &str, at: usize) -> bool {
        self.lexicon.list(list).has(self.text(at))
    }

    /// A role word, also after a written-together "and".
    fn is_role(&self, at: usize) -> bool {
        let word = self.text(at);
        let roles = self.lexicon.list("roles");
        roles.has(word)
            || word
                .strip_prefix('و')
                .or_else(|| word.strip_prefix('ل'))
                .is_some_and(|rest| roles.has(rest))
    }

    fn is_given(&self, at: usize) -> bool {
        self.is("given", at)
    }

    fn is_definite(&self, at: usize) -> bool {
        let word = self.text(at);
        ["ال", "لل", "وال", "بال", "ولل"]
            .iter()
            .any(|p| word.starts_with(p))
    }

    fn is_country(&self, at: usize) -> bool {
        let bare = self.text(at);
        self.countries.contains(bare)
    }

    fn role_then_name(&self, role: usize) -> Option<Range<usize>> {
        let mut at = role + 1;
        while at < role + 10 {
            match self.gap(at) {
                Gap::Space => {}
                Gap::Comma if at > role + 1 => return self.name_between_commas(at),
                _ => return None,
            }
            let definite_before = self.is_definite(at - 1)
                || self.is_country(at - 1)
                || matches!(self.text(at - 1), "عام" | "عامة");
            let shaped = self.arabic
                && definite_before
                && !self.is_definite(at)
                && !self.is("qualifiers", at)
                && !self.is("orgheads", at)
                && !self.is_role(at)
                && !self.is_country(at)
                && !self.is("ends", at)
                && !["و", "ب", "ل", "ك", "ف"].iter().any(|p| {
                    self.text(at).strip_prefix(p).is_some_and(|r| {
                        r.starts_with("ال")
                            || r.starts_with('ل')
                            || self.lexicon.list("qualifiers").has(r)
                    })
                });
            if (self.is_given(at) || shaped)
                && let Some(name) = self.name(at)
            {
                return Some(name);
            }
            if self.is("ends", at) && !self.is("qualifiers", at) {
                return None;
            }
            at += 1;
        }
        None
    }

    /// `، ناصر بوريطة،`
    fn name_between_commas(&self, at: usize) -> Option<Range<usize>> {
        let name = self.name(at)?;
        let closed = self.gap(name.end) != Gap::Space
            || self.is("ends", name.end)
            || self.text(name.end).starts_with('و');
        closed.then_some(name)
    }

    /// Two to five words from `at`, up to a word that cannot be of a name.
    fn name(&self, at: usize) -> Option<Range<usize>> {
        let mut end = at + 1;
        while end < at + 6
            && self.gap(end) == Gap::Space
            && !self.is("ends", end)
            && (!self.is_role(end) || self.is_given(end))
            && !self.is("orgheads", end)
            && !self.is_country(end)
        {
            let joined = self.arabic
                && self.text(end).starts_with('و')
                && !self.is("particles", end)
                && !self.is_given(end);
            if joined {
                break;
            }
            end += 1;
        }
        let length = end - at;
        let particles = (at..end).filter(|&i| self.is("particles", i)).count();
        let closed = self.gap(end) != Gap::Space
            || self.is("ends", end)
            || self.arabic && self.text(end).starts_with('و')
            || self.is_role(end);
        let plausible = (at..end).all(|i| self.text(i).chars().all(|c| !c.is_ascii_digit()));
        (plausible
            && closed
            && length >= 2
            && length - particles <= 3 + usize::from(self.is_given(at)))
        .then_some(at..end)
    }

    /// `أحمد المنصوري، مدير الوكالة،`
    fn name_then_role(&self, at: usize) -> Option<(Range<usize>, Range<usize>)> {
        if self.gap(at) == Gap::Space && at > 0 && self.is_given(at - 1) {
            return None;
        }
        let name = self.name(at)?;
        let role = name.end;
        if self.gap(role) != Gap::Comma || !self.is_role(role) {
            return None;
        }
        let mut end = role + 1;
        while end < role + 12 && self.gap(end) == Gap::Space && end < self.words.len() {
            end += 1;
        }
        Some((name, role..end))
    }
}

fn spaced_organisations(text: &Text, lexicon: &Lexicon, lang: &Lang) -> Vec<Sighting> {
    let words = words(text, |_| false);
    let countries = country_words(lang);
    let reader = Reader {
        words: &words,
        lexicon,
        arabic: lang.primary() == "ar",
        countries: &countries,
    };
    let mut found = Vec::new();
    let mut next = 0;
    for at in 0..words.len() {
        if at < next || !reader.is("orgheads", at) {
            continue;
        }
        let end = reader.organisation_end(at);
        let phrase = span_of(&words, &(at..end))
            .map(|s| text.slice(s))
            .unwrap_or_default();
        if end < at + 2 || reader.lexicon.list("nothead").has(phrase) {
            continue;
        }
        if let Some(mut span) = span_of(&words, &(at..end)) {
            let head = reader.text(at);
            let conjunct = head
                .strip_prefix('و')
                .is_some_and(|rest| lexicon.list("orgheads").has(rest));
            if conjunct {
                span.start += 'و'.len_utf8();
            }
            next = end;
            found.push(sighting(text, span, String::new(), "head word"));
        }
    }
    found
}

impl Reader<'_> {
    fn organisation_end(&self, head: usize) -> usize {
        let mut end = head + 1;
        while end < head + 7 && self.gap(end) == Gap::Space {
            let fits = if self.arabic {
                self.is_definite(end)
                    && !self.is_nationality(end)
                    && !JOINT.contains(&self.text(end))
            } else {
                self.is("tails", end)
                    || (self.text(end) == "و" && self.is("tails", end + 1) && end > head + 1)
            };
            if !fits || self.is("ends", end) && self.arabic {
                break;
            }
            end += 1;
        }
        end
    }

    /// `الأردنية`: whose the organisation is, not its name.
    fn is_nationality(&self, at: usize) -> bool {
        let word = self.text(at);
        let bare = word.strip_prefix("ال").unwrap_or(word);
        let stem = ["ية", "ي", "يين", "يون"]
            .iter()
            .find_map(|e| bare.strip_suffix(e))
            .unwrap_or("");
        stem.chars().count() >= 3
            && self.countries.iter().any(|c| {
                let c = c.strip_prefix("ال").unwrap_or(c);
                c.starts_with(stem) && c.chars().count() <= stem.chars().count() + 2
            })
    }
}

/// Adjectives that make a head word common: the joint committee, the mixed commission.
const JOINT: [&str; 8] = [
    "المشتركة",
    "المشترك",
    "المختلطة",
    "الجديدة",
    "الجديد",
    "المذكورة",
    "المعنية",
    "المختصة",
];
