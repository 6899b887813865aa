//! A head word of a script without capitals → the organisation: the chain of nouns after it, up to the last definite one, or the words of the list.

use super::{Reader, first_letter};
use crate::distill::{
    actors::{
        Sighting,
        bodies::known,
        lexicon::{
            ADJECTIVES, COMMON, COUNTRY, DEMONYMS, ENDS, GIVEN, HEAD_LAST, KNOWN, Lexicon,
            NATIONAL, NOBILITY, NOTHEADS, ORGHEADS, PARTICLES, PLACEHEADS, PLACEJOINTS, PLURALS,
            QUOTEHEADS, ROLES, SPEECH, STATEHEADS, TAILS, VERBS,
        },
        uncased::sighting,
        words::Gap,
    },
    text::Text,
};

/// The longest chain of an organisation's name after its head, in words.
const LONGEST_CHAIN: usize = 7;

impl Reader<'_> {
    pub(super) fn organisations(&self, text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
        let mut found = Vec::new();
        let mut next = 0;
        for at in 0..self.words.len() {
            if at < next {
                continue;
            }
            if self.words.get(at).is_some_and(|w| {
                w.is(KNOWN)
                    || lexicon
                        .prefixes
                        .iter()
                        .any(|p| w.lower.starts_with(p.as_str()))
            }) && let Some(body) = known(self.words, lexicon, at)
                && let Some(mut span) = self.span(&body.words)
            {
                next = body.words.end;
                if !body.is_body {
                    continue;
                }
                span.start += body.prefix;
                // `الهلال الأحمر العراقي`: each people has its own.
                let national = body.words.clone().any(|i| self.is(NATIONAL, i))
                    && self.gap(next) == Gap::Space
                    && self.is(DEMONYMS, next)
                    && self.is_definite(next);
                if national && let Some(nation) = self.words.get(next) {
                    next += 1;
                    span.end = nation.span.end;
                    found.push(sighting(text, span, String::new(), "known name", 0.9));
                    continue;
                }
                found.push(Sighting {
                    name: body.printed.to_owned(),
                    body: Some(body.body),
                    ..sighting(text, span, String::new(), "known name", 0.93)
                });
                continue;
            }
            if self.is(PLURALS, at) {
                next = self.coordinated(at, text, lexicon, &mut found);
                continue;
            }
            if !self.is(ORGHEADS, at) {
                continue;
            }
            let mut start = at;
            let end = if self.definite {
                self.definite_chain(at)
            } else if lexicon.has(HEAD_LAST) {
                while start > next
                    && at - start < LONGEST_CHAIN
                    && self.gap(start) == Gap::Space
                    && self.is(TAILS, start - 1)
                {
                    start -= 1;
                }
                at + 1
            } else {
                self.listed_chain(at)
            };
            if end < start + 2 || self.is(NOTHEADS, at) && end == start + 2 {
                continue;
            }
            if let Some(mut span) = self.span(&(start..end)) {
                let conjoined = start == at && self.words.get(at).is_some_and(|w| !w.is(ORGHEADS));
                if conjoined {
                    span.start += first_letter(self.text(start));
                }
                next = end;
                found.push(sighting(text, span, String::new(), "head word", 0.78));
            }
        }
        found
    }

    /// `وزارتي الداخلية والنقل`: each of the bodies by its name in the singular. Returns where the last ends.
    fn coordinated(
        &self,
        head: usize,
        text: &Text,
        lexicon: &Lexicon,
        found: &mut Vec<Sighting>,
    ) -> usize {
        let singular = self
            .words
            .get(head)
            .and_then(|w| lexicon.singulars.get(w.lower));
        let mut at = head + 1;
        let mut matters = Vec::new();
        while at < head + LONGEST_CHAIN && self.gap(at) == Gap::Space && self.is_definite(at) {
            if self.is(ENDS | ROLES | SPEECH | ORGHEADS, at) || self.is_after_preposition(at) {
                break;
            }
            let another = matters.is_empty() || self.text(at).starts_with('و');
            if another {
                matters.push(at..at + 1);
            } else if let Some(last) = matters.last_mut() {
                last.end = at + 1;
            }
            at += 1;
        }
        let Some(singular) = singular.filter(|_| matters.len() > 1) else {
            return head + 1;
        };
        for (i, matter) in matters.iter().enumerate() {
            let Some(mut span) = self.span(matter) else {
                continue;
            };
            if i > 0 {
                span.start += first_letter(self.text(matter.start));
            }
            let hit = sighting(text, span, String::new(), "head word in the plural", 0.8);
            found.push(Sighting {
                name: format!("{singular} {}", hit.name),
                ..hit
            });
        }
        at
    }

    /// `وزارة الصناعة الصيدلانية`, `لجنة عمليات السوق المفتوحة`: nouns up to the first definite one, and what describes it.
    fn definite_chain(&self, head: usize) -> usize {
        let mut end = head + 1;
        if self.is(NOBILITY, end) && self.is(GIVEN, end + 1) && self.gap(end + 1) == Gap::Space {
            return self.end_of_patron(end + 2);
        }
        if !self.is_definite(head) {
            while end < head + 3
                && self.gap(end) == Gap::Space
                && !self.is_definite(end)
                && !self.is(
                    ENDS | VERBS | SPEECH | ROLES | COUNTRY | COMMON | GIVEN,
                    end,
                )
                && !self.is_conjoined(end)
                && self.text(end).chars().count() > 2
            {
                end += 1;
            }
            if self.gap(end) != Gap::Space {
                return head;
            }
            if self.is(COUNTRY, end) {
                return if end == head + 1 && self.is(PLACEHEADS, head) {
                    end + 1
                } else {
                    head
                };
            }
            if !self.is_definite(end) || self.is_after_preposition(end) {
                return head;
            }
        }
        while end < head + LONGEST_CHAIN && self.gap(end) == Gap::Space {
            let another = self.is(STATEHEADS, head) && self.is_nationality(end)
                || self.text(end).starts_with('و') && (self.is(ORGHEADS, end) || end == head + 1);
            let fits = self.is_definite(end)
                && !another
                && (end > head + 1 || self.agrees(head, end))
                && !self.is(ENDS | ROLES | COMMON | SPEECH, end)
                && !self.text(end).starts_with("بال");
            if !fits {
                break;
            }
            end += 1;
        }
        let at_place = end > head + 1
            && self.is(PLACEHEADS, head)
            && self.gap(end) == Gap::Space
            && self
                .text(end)
                .strip_prefix('ب')
                .is_some_and(|rest| rest.chars().count() > 2)
            && !self.is(ENDS, end);
        // `بالدار البيضاء`
        let two = at_place
            && self.text(end).starts_with("بال")
            && self.gap(end + 1) == Gap::Space
            && self.is_definite(end + 1)
            && !self.is(ENDS | ROLES | COMMON | SPEECH | DEMONYMS, end + 1);
        end + usize::from(at_place) + usize::from(two)
    }

    /// What describes a definite head word has its gender: `المحكمة الإدارية`, not `المحكمة المقاول`.
    fn agrees(&self, head: usize, tail: usize) -> bool {
        let feminine =
            |at: usize| self.text(at).ends_with(['ة', 'ى']) || self.text(at).ends_with("ات");
        !self.is_definite(head) || feminine(head) == feminine(tail)
    }

    /// `جامعة الأمير سطام بن عبد العزيز`: past the patron after whom the body is called.
    fn end_of_patron(&self, mut end: usize) -> usize {
        while self.gap(end) == Gap::Space
            && (self.is(PARTICLES, end) || self.is(PARTICLES, end - 1))
            && !self.is(ENDS | SPEECH, end)
        {
            end += 1;
        }
        end
    }

    /// `الأردنية`: whose the organisation is, not its name.
    fn is_nationality(&self, at: usize) -> bool {
        self.is(DEMONYMS, at)
    }

    /// The words that may follow a head word, as the language's list has them.
    fn listed_chain(&self, head: usize) -> usize {
        let mut end = head + 1;
        // `دانشگاه البرز`: what follows such a head is its name.
        if self.is(QUOTEHEADS, head)
            && self.gap(end) == Gap::Space
            && !self.is(ENDS | ROLES | SPEECH | GIVEN | ORGHEADS, end)
            && self.text(end).chars().count() > 2
        {
            end += 1;
        }
        while end < head + LONGEST_CHAIN && self.gap(end) == Gap::Space {
            let joint = self.text(end) == "و" && self.is(TAILS, end + 1) && end > head + 1;
            let fits = self.is(TAILS | ADJECTIVES, end) || joint;
            if !fits || self.is(ENDS, end) && !joint {
                break;
            }
            end += 1;
        }
        // `בית המשפט המחוזי בחיפה`
        let at_place = end > head + 1
            && self.is(PLACEHEADS, head)
            && self.gap(end) == Gap::Space
            && self.is(PLACEJOINTS, end)
            && !self.is(ENDS | ROLES | GIVEN, end);
        end + usize::from(at_place)
    }
}
