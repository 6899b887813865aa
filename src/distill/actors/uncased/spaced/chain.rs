//! A head word of a script without capitals → the organisation: the chain of nouns after it, up to the last definite one, or the words of the list.

use super::{Reader, first_letter};
use crate::distill::{
    actors::{
        Sighting,
        bodies::known,
        lexicon::{
            ADJECTIVES, COMMON, COUNTRY, CUTS, DEMONYMS, ENDS, GIVEN, HEAD_LAST, KNOWN, Lexicon,
            NATIONAL, NOBILITY, NOTHEADS, ORGHEADS, PARTICLES, PLACEHEADS, PLACEJOINTS, PLURALS,
            ROLES, SPEECH, STATEHEADS, SURNAMES, TAILS, VERBS,
        },
        uncased::sighting,
        words::Gap,
    },
    text::Text,
};

/// The longest chain of an organisation's name after its head, in words.
const LONGEST_CHAIN: usize = 7;
/// The most words in a row within a name that no list has.
const LONGEST_OPEN: usize = 2;

impl Reader<'_> {
    pub(super) fn organisations(&self, text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
        let mut found = Vec::new();
        let mut next = 0;
        for at in 0..self.words.len() {
            if at < next {
                continue;
            }
            if self
                .words
                .get(at)
                .is_some_and(|w| w.is(KNOWN) || lexicon.prefixes_of(w.lower).next().is_some())
                && let Some(body) = known(self.words, lexicon, at)
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
            if let Some((end, hit)) = self.quoted(at, text) {
                next = end;
                found.push(hit);
                continue;
            }
            if self.is(PLURALS, at) {
                next = self.coordinated(at, text, lexicon, &mut found);
                continue;
            }
            let more = lexicon.has(HEAD_LAST)
                && self.gap(at + 1) == Gap::Space
                && self.is(ORGHEADS, at + 1);
            if !self.is(ORGHEADS, at) || more {
                continue;
            }
            let mut start = at;
            let end = if self.definite {
                self.definite_chain(at)
            } else if lexicon.has(HEAD_LAST) {
                start = self.chain_before(at, next);
                at + 1
            } else {
                self.open_chain(at)
            };
            if end < start + 2
                || end == start + 2 && (self.is(NOTHEADS, at) || self.is_common(start, lexicon))
            {
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

    /// `شركة "ضياء لطاقة المستقبل"`: what stands in quotation marks after a head word is the name.
    fn quoted(&self, head: usize, text: &Text) -> Option<(usize, Sighting)> {
        if !self.is(ORGHEADS, head) || self.gap(head + 1) != Gap::Quote {
            return None;
        }
        let last = (head + 1..head + LONGEST_CHAIN)
            .take_while(|&i| i == head + 1 || self.gap(i) == Gap::Space)
            .find(|&i| self.words.get(i).is_some_and(|w| w.quoted))?;
        let span = self.span(&(head + 1..last + 1))?;
        let hit = sighting(text, span, String::new(), "head word + quoted name", 0.84);
        Some((last + 1, hit))
    }

    /// `هيئة الدفاع`: two words that name no one body.
    fn is_common(&self, start: usize, lexicon: &Lexicon) -> bool {
        let (Some(head), Some(tail)) = (self.words.get(start), self.words.get(start + 1)) else {
            return false;
        };
        lexicon.is_exactly(&format!("{} {}", head.lower, tail.lower), NOTHEADS)
    }

    /// Where the name begins that ends in the head word: after what ends a phrase, or with the words of the list.
    fn chain_before(&self, head: usize, earliest: usize) -> usize {
        let mut start = head;
        let mut listed = head;
        let mut open = 0;
        while start > earliest
            && head - start < LONGEST_CHAIN
            && self.gap(start) == Gap::Space
            && !self.ends_chain(start - 1)
        {
            start -= 1;
            if self.is(TAILS, start) {
                open = 0;
                listed = start;
            } else {
                open += 1;
            }
        }
        let closed = start == 0 || self.gap(start) != Gap::Space || self.is(ENDS, start - 1);
        if closed && open <= LONGEST_OPEN {
            start
        } else {
            listed
        }
    }

    /// Whether a word of the list is of no organisation's name.
    fn ends_chain(&self, at: usize) -> bool {
        let of_name = self.words.get(at).is_some_and(|w| w.is(TAILS));
        self.is(ENDS | SPEECH | VERBS | COMMON, at)
            || !of_name && self.is(ROLES | GIVEN | SURNAMES | DEMONYMS, at)
            || self.text(at).starts_with(|c: char| c.is_numeric())
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
                    self.with_purpose(end + 1)
                } else {
                    head
                };
            }
            if !self.is_definite(end) || self.is_after_preposition(end) {
                return head;
            }
        } else if self.gap(end) != Gap::Space || !self.is_adjective(end) {
            // `المحكمة المقاول`: two nouns.
            return head;
        }
        while end < head + LONGEST_CHAIN && self.gap(end) == Gap::Space {
            let purpose = self.with_purpose(end);
            if purpose > end && !self.is(ENDS | ROLES | SPEECH, end) {
                end = purpose;
                continue;
            }
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
        let two_words = at_place
            && self.is_definite(end)
            && self.gap(end + 1) == Gap::Space
            && self.is(TAILS, end + 1);
        end + usize::from(at_place) + usize::from(two_words)
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

    /// What describes a definite noun: a relation, or a word of the list.
    fn is_adjective(&self, at: usize) -> bool {
        let word = self.text(at);
        self.is_after_preposition(at)
            || self.is(ADJECTIVES | DEMONYMS, at)
            || ["ي", "ية", "يه", "يين", "ى"]
                .iter()
                .any(|ending| word.ends_with(ending))
    }

    /// `لنقل الكهرباء`: what the body is for. Returns where it ends.
    fn with_purpose(&self, at: usize) -> usize {
        let purpose = self.gap(at) == Gap::Space
            && self.text(at).starts_with('ل')
            && self.text(at).chars().count() > 3
            && !self.is_definite(at)
            && self.gap(at + 1) == Gap::Space
            && self.is_definite(at + 1)
            && !self.is_after_preposition(at + 1)
            && !self.is(ENDS | VERBS | GIVEN, at);
        if purpose { at + 2 } else { at }
    }

    /// `الأردنية`: whose the organisation is, not its name.
    fn is_nationality(&self, at: usize) -> bool {
        self.is(DEMONYMS, at)
    }

    /// The words that may follow a head word: those of the list, and others where the list takes up again or a word that ends names follows.
    fn open_chain(&self, head: usize) -> usize {
        let mut end = head + 1;
        let mut at = head + 1;
        let mut open = 0;
        while at < head + LONGEST_CHAIN && self.gap(at) == Gap::Space {
            let listed = self.is(TAILS | ADJECTIVES, at);
            let joint = self.text(at) == "و" && at > head + 1 && self.is(TAILS, at + 1);
            if listed && (!self.is(ENDS, at) || self.is(TAILS, at + 1)) || joint {
                open = 0;
                at += 1;
                end = if joint { end } else { at };
                continue;
            }
            if self.ends_chain(at) || self.is(COUNTRY | CUTS, at) || open == LONGEST_OPEN {
                break;
            }
            open += 1;
            at += 1;
        }
        let closed = self.gap(at) != Gap::Space || self.is(SPEECH, at);
        // `دانشگاه البرز،`: nothing listed, but the phrase ends here.
        let whole = end == head + 1 && open > 0 && at == end + open;
        if whole && closed && self.is(PLACEHEADS, head) {
            end = at;
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
