//! One line → whether it belongs to the header: a kind of document, a reference, a byline, a key with its value, a day.

use super::{
    cues::{Cue, cue},
    days::date_tokens,
    lines::Line,
};
use crate::distill::{
    dates::lexicon,
    tokens::{Gap, Kind, Token},
};

impl Line<'_> {
    /// A kind of document, a reference number, `key: value`, or a place and date.
    pub(crate) fn is_header(&self) -> bool {
        *self.header.get_or_init(|| {
            self.release().is_some_and(|rest| rest == self.tokens.len())
                || self.is_reference()
                || self.is_byline()
                || self.key().is_some()
                || self.is_date_line()
        })
    }

    /// The number of tokens of "COMMUNIQUÉ DE PRESSE N° 12", where the line begins so.
    pub(crate) fn release(&self) -> Option<usize> {
        if self.width > 110 || self.is_prose() && self.width > 90 {
            return None;
        }
        let first = self.tokens.iter().position(|t| t.kind != Kind::Punct)?;
        let mut n = first + cue(self.tokens, first, Cue::Release)?;
        // "Communiqué de presse / Press release".
        while let Some(more) = self
            .tokens
            .get(n)
            .filter(|t| t.kind == Kind::Punct)
            .and_then(|_| cue(self.tokens, n + 1, Cue::Release))
        {
            n += 1 + more;
        }
        let rest = &self.tokens[n..];
        let mut all = n;
        // What follows is the end, a number or a date; words are a headline of their own.
        if rest.is_empty() || rest.iter().all(|t| t.kind == Kind::Punct) {
            return Some(self.tokens.len());
        }
        if rest[0].kind == Kind::Punct && !rest[0].is("(") && !rest[0].is("/") {
            all += 1;
        }
        if self.has_number_or_date(all) && self.words_from(all) <= 5 {
            return Some(self.tokens.len());
        }
        if rest[0].kind == Kind::Glyph || rest[0].kind == Kind::Word {
            return (self.capitals() && self.words() <= 6).then_some(self.tokens.len());
        }
        Some(all)
    }

    fn words_from(&self, at: usize) -> usize {
        self.tokens
            .get(at..)
            .map_or(0, |r| r.iter().filter(|t| t.kind == Kind::Word).count())
    }

    fn has_number_or_date(&self, at: usize) -> bool {
        self.tokens
            .get(at..)
            .is_some_and(|r| r.iter().any(|t| t.kind == Kind::Number))
    }

    /// A short line with a number of reference: `Réf. : FEEP/CP/2026-011`, `# 14/2026 - …`.
    fn is_reference(&self) -> bool {
        let Some(first) = self
            .tokens
            .iter()
            .position(|t| t.kind != Kind::Punct || t.is("№"))
        else {
            return false;
        };
        let number = self.tokens.iter().any(|t| t.kind == Kind::Number);
        let code = self.tokens.windows(3).take(6).any(|w| {
            w[0].kind == Kind::Number
                && (w[1].is("/") || w[1].is("-"))
                && w[2].kind == Kind::Number
                && w[2].gap == Gap::None
        });
        // `农渔发〔2026〕11号`, `府農水字第1150000023號`
        let filed = self.raw.ends_with(['号', '號']) && self.raw.contains(['〔', '［', '第']);
        number && filed && self.words() <= 9
            || self.is_case()
            || number
                && self.width <= 60
                && !self.ends_sentence()
                && (cue(self.tokens, first, Cue::Ref).is_some() && self.words() <= 6
                    || code
                        && self.words() <= 6
                        && first <= 1
                        && (self.raw.starts_with('#') || self.words() <= 3))
    }

    /// `VG Cottau, Beschl. v. 03.02.2026 - 5 L 12/26`: a date and the number of a case.
    fn is_case(&self) -> bool {
        let case = |at: usize| {
            let part = |i: usize| self.tokens.get(i).is_some_and(|t| t.kind == Kind::Number);
            let slash = |i: usize| {
                self.tokens
                    .get(i)
                    .is_some_and(|t| matches!(t.text, "/" | "." | "-"))
            };
            let inside = at > 0 && self.tokens[at].gap == Gap::None && slash(at - 1);
            part(at)
                && self.tokens.get(at + 1).is_some_and(|t| t.is("/"))
                && part(at + 2)
                && !inside
                && !slash(at + 3)
        };
        self.width <= 90
            && self.words() <= 8
            && !self.ends_sentence()
            && date_tokens(self.tokens).is_some()
            && (0..self.tokens.len()).any(case)
    }

    /// Who wrote it, and nothing more: `By Maria Lopez`, `Von Jens Petersen, Nairobi`.
    fn is_byline(&self) -> bool {
        let Some(n) = cue(self.tokens, 0, Cue::Byline) else {
            return false;
        };
        let names = &self.tokens[n..];
        let words: Vec<_> = names.iter().filter(|t| t.kind == Kind::Word).collect();
        (2..=6).contains(&words.len())
            && !self.ends_sentence()
            && names.iter().all(|t| match t.kind {
                Kind::Word => {
                    self.begins_upper(t) || words.len() > 2 && t.text.chars().count() <= 3
                }
                Kind::Punct => matches!(t.text, "," | "." | "-" | "'" | "(" | ")" | "/"),
                Kind::Number | Kind::Glyph => false,
            })
    }

    /// Whether a token begins with a capital, or has a script without them.
    pub(crate) fn begins_upper(&self, token: &Token<'_>) -> bool {
        let Some(base) = self.tokens.first().map(Token::start) else {
            return false;
        };
        // Folding keeps the length of Latin, Greek and Cyrillic letters nearly always; where it did not, nothing is said.
        self.raw
            .get(token.start() - base..)
            .and_then(|rest| rest.chars().next())
            .is_some_and(|c| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic())
    }

    /// The number of tokens before the value of `key: value`.
    pub(crate) fn key(&self) -> Option<usize> {
        // A script without spaces has a token for each character.
        if let Some(n) = self.column() {
            return Some(n);
        }
        let glyphs = self.tokens.first()?.kind == Kind::Glyph;
        let most = if glyphs { 16 } else { 6 };
        let colon = self.tokens.iter().take(most).position(|t| t.is(":"))?;
        if self.width > 140 || colon == 0 {
            return None;
        }
        let known = cue(self.tokens, 0, Cue::Key).is_some_and(|n| n == colon);
        let slug = self.tokens[..colon].iter().all(|t| {
            t.kind == Kind::Word && t.text.is_ascii()
                || t.is("_")
                || t.is("-")
                || t.kind == Kind::Number
        }) && self.raw.starts_with(|c: char| c.is_ascii_lowercase())
            && self.tokens[..colon].iter().all(|t| t.gap != Gap::Space);
        (known || slug).then_some(colon + 1)
    }

    /// The number of tokens before the value of `Betreft   Kamerbrief`, a key with wide space in place of the colon.
    pub(super) fn column(&self) -> Option<usize> {
        if self.width > 140 {
            return None;
        }
        let n = cue(self.tokens, 0, Cue::Key).or_else(|| cue(self.tokens, 0, Cue::Subject))?;
        let wide = self.raw.find('\t').or_else(|| self.raw.find("  "))?;
        let base = self.tokens.first()?.start();
        let value = self.tokens.get(n)?;
        let key = self.tokens[n - 1].end() - base;
        // Folding keeps the length of what stands in a key nearly always.
        (key <= wide && wide < value.start() - base).then_some(n)
    }

    /// A decimal fraction, or `令和8年2月の訪日外客数`: words that hang on the date.
    fn tells_of_date(&self) -> bool {
        let decimal = self.tokens.windows(3).any(|w| {
            w[0].kind == Kind::Number
                && w[1].is(",")
                && w[1].gap == Gap::None
                && w[2].kind == Kind::Number
                && w[2].gap == Gap::None
        });
        let last = self
            .tokens
            .windows(2)
            .rposition(|w| w[0].kind == Kind::Number && matches!(w[1].text, "年" | "月" | "日"));
        let behind = last.map_or(0, |at| {
            let rest = self.tokens.iter().skip(at + 2);
            let hung: Vec<_> = rest
                .take_while(|t| t.kind == Kind::Glyph && t.gap == Gap::None)
                .collect();
            if hung.first().is_some_and(|t| t.is("の")) {
                HUNG
            } else {
                hung.len()
            }
        });
        decimal || behind >= HUNG
    }

    /// A short line that is a date and little more: `Bruxelles, le 5 février 2026`.
    pub(crate) fn is_date_line(&self) -> bool {
        if self.width > 90
            || self.tokens.is_empty()
            || self.raw.ends_with(['。', '।'])
            || self.raw.contains(['%', '٪', '€', '$', '£', '+'])
            || self.tells_of_date()
        {
            return false;
        }
        let Some(date) = date_tokens(self.tokens) else {
            return false;
        };
        let cues: usize = (0..self.tokens.len())
            .filter_map(|i| lexicon::any_publication_cue(self.tokens, i))
            .max()
            .unwrap_or(0);
        let mut depth = 0;
        let others = self
            .tokens
            .iter()
            .enumerate()
            .filter(|(i, t)| {
                match t.text {
                    "(" => depth += 1,
                    ")" => depth -= 1,
                    _ => {}
                }
                // `TUNIS (TAP) - 14 janvier 2026`: an agency is no news.
                depth <= 0
                    && t.kind == Kind::Word
                    // `1447 هـ الموافق 01 مارس 2026 م`: nor is one letter.
                    && t.text.chars().nth(1).is_some()
                    && cue(self.tokens, *i, Cue::Small).is_none()
                    && cue(self.tokens, *i, Cue::Article).is_none()
                    && !lexicon::any_month(self.tokens, *i)
                    && !lexicon::any_weekday(self.tokens, *i)
            })
            .count();
        let glyphs = self.tokens.iter().filter(|t| t.kind == Kind::Glyph).count();
        let has_day = self
            .tokens
            .iter()
            .any(|t| t.kind == Kind::Number && t.text.len() <= 2);
        let leads = self.raw.starts_with(|c: char| c.is_ascii_digit())
            || lexicon::any_month(self.tokens, 0);
        let limit = match (cues > 0, leads) {
            (true, _) => 9,
            (false, true) => 5,
            (false, false) if has_day => 3,
            // "CONSUMER PRICES, MARCH 2026" heads a text; "Paris, mars 2026" does not.
            (false, false) => 1,
        };
        let all_short = others <= limit && glyphs <= 18 && date > 0;
        all_short && !(self.raw.ends_with(['?', '!']) || self.is_prose() && self.width > 60)
    }
}

/// So many characters directly behind a date are more than a weekday.
const HUNG: usize = 7;
