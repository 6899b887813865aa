//! Weekdays, the words that turn them, and relative days: mardi dernier, terça-feira (27), hier.

use super::{
    lexicon::Cat,
    scan::{Mention, Scan, Shape, Turn},
    tokens::{Gap, Kind},
};

impl Scan<'_> {
    /// A weekday, alone or before a date.
    pub(super) fn weekday(&self, at: usize) -> Option<Mention> {
        let (value, short, n) = self.entry(at, |e| e.cat == Cat::Weekday)?;
        let weekday = i8::try_from(value).ok()?;
        let mut next = at + n;
        let mut turn = self.turn_before(at);
        let mut first = turn.map_or(at, |(_, first)| first);
        if let Some((found, after)) = self.turn_at(next) {
            turn = turn.or(Some((found, first)));
            next = after;
        }
        let after_turn = next;
        let glue = [
            "den",
            "the",
            "le",
            "el",
            "dem",
            "d",
            "der",
            "ngày",
            "วันที่",
            "tanggal",
            "tgl",
            "tarehe",
            "dia",
            "día",
            "giorno",
            "dnia",
            "dne",
            "dňa",
            "em",
            "на",
            "בתאריך",
            "ב",
            "في",
            "de",
            "a",
            "مورخ",
            "mnamo",
            "il",
            "o",
            "ที่",
            "วัน",
            "日",
        ];
        for _ in 0..4 {
            if let Some(date) = self
                .date(next)
                .filter(|_| self.tok(next).is_some_and(|t| t.gap < Gap::Paragraph))
            {
                let mut date = self.adorn(date);
                date.first = first;
                date.weekday = Some(weekday);
                date.turn = date.turn.or(turn.map(|(t, _)| t));
                return Some(date);
            }
            if self.one_of(next, &[",", ".", "(", "،", "/", "-", "–"])
                || self.one_of(next, &glue)
                || self.cat(next, Cat::Of).is_some() && self.lang == "th"
            {
                next += 1;
            } else {
                break;
            }
        }
        // "mardi 27", "terça-feira (27)".
        let open = usize::from(self.is(after_turn, "("));
        let mut number = after_turn + open;
        if open == 0 && self.one_of(number, &[",", "den", "the", "dem", "le"]) {
            number += 1 + usize::from(self.one_of(number + 1, &["den", "the", "dem"]));
        }
        if open == 1
            && let (Some(d), Some(m)) = (self.small(number, 31), self.small(number + 2, 12))
            && self.is(number + 1, "/")
            && self.is(number + 3, ")")
        {
            let mut found = Scan::found(
                first,
                number + 4,
                Shape::DayMonth { month: m, day: d },
                "weekday, day and month in figures",
            );
            found.weekday = Some(weekday);
            return Some(found);
        }
        if let Some(day) = self.small(number, 31) {
            let after = self.past_ordinal(number + 1);
            let counted = self.tok(after).is_some_and(|t| {
                t.kind == Kind::Word
                    && !self.one_of(after, &["à", "a", "at", "in", "en", "em", "um", "in"])
            }) && open == 0
                && after <= number + 1;
            let closed = open == 0 || self.is(after, ")");
            let time = self.one_of(number + 1, &[":", "h", "."])
                && self.joined(number + 1)
                && after == number + 1;
            if closed && !counted && !time {
                let mut found = Scan::found(
                    first,
                    after + open,
                    Shape::DayOfMonth(day),
                    "weekday and day of the month",
                );
                found.weekday = Some(weekday);
                found.turn = turn.map(|(t, _)| t);
                return Some(found);
            }
        }
        let loose = short
            && !(self.lang == "pt"
                && at > 0
                && self.one_of(at - 1, &["nesta", "última", "próxima", "desta"]));
        if loose || self.no_weekday(at, n, turn.is_some()) {
            return None;
        }
        if turn.is_none()
            && matches!(self.lang, "sv" | "da" | "no")
            && at > 0
            && self.is(at - 1, "på")
        {
            turn = Some((Turn::Next, at));
            first = at;
        }
        let rule = match turn {
            Some((Turn::Last, _)) => "weekday before the day of writing",
            Some((Turn::Next, _)) => "weekday after the day of writing",
            _ => "weekday",
        };
        let mut found = Scan::found(first, after_turn, Shape::Weekday, rule);
        found.weekday = Some(weekday);
        found.turn = turn.map(|(t, _)| t);
        Some(found)
    }

    /// Whether a word that could be a weekday is another word here, or means every such day.
    pub(super) fn no_weekday(&self, at: usize, n: usize, turned: bool) -> bool {
        let previous: &[&str] = &[
            "every",
            "each",
            "cada",
            "chaque",
            "jeden",
            "jede",
            "jeder",
            "ogni",
            "todas",
            "todos",
            "los",
            "каждый",
            "каждую",
            "каждое",
            "кожен",
            "кожну",
            "elke",
            "iedere",
            "każdy",
            "każdą",
            "her",
            "كل",
            "每",
            "毎",
            "毎週",
            "매주",
            "varje",
            "hver",
            "každý",
            "každé",
            "každou",
            "setiap",
            "kila",
            "fiecare",
            "cada",
            "every",
            "black",
            "good",
            "bloody",
        ];
        if at > 0 && self.one_of(at - 1, previous) {
            return true;
        }
        let before = |words: &[&str]| at > 0 && self.one_of(at - 1, words);
        match self.lang {
            "en" | "de" | "el" | "id" | "tr" | "sw" if !self.capital(at) => true,
            "vi" => true,
            "tr" => self.is(at, "pazar") && !self.is(at + n, "günü"),
            "ru" => {
                self.one_of(at, &["среду", "среды", "среде", "среда", "средой"])
                    && !turned
                    && !before(&["в", "во", "к", "со", "минувшую"])
            }
            "uk" => {
                self.one_of(at, &["середу", "середи", "середа"]) && !turned && !before(&["у", "в"])
            }
            "sr" => {
                self.one_of(at, &["среду", "среде", "среда", "sredu", "srede", "sreda"])
                    && !turned
                    && !before(&["у", "u"])
            }
            "fr" => before(&["le"]) && !turned,
            _ => false,
        }
    }

    pub(super) fn turn_at(&self, at: usize) -> Option<(Turn, usize)> {
        if self.tok(at)?.gap >= Gap::Paragraph {
            return None;
        }
        let own = |cat| self.lexicon.get(self.tokens, at, cat).map(|(_, n)| at + n);
        let mut skip = at;
        // "Kamis pekan lalu": last week's, which is the last one but for the first days of a week.
        if self.one_of(at, &["pekan", "minggu", "week", "semana"]) {
            skip += 1;
        }
        if skip > at {
            let later = |cat| {
                self.lexicon
                    .get(self.tokens, skip, cat)
                    .map(|(_, n)| skip + n)
            };
            return later(Cat::Last)
                .map(|n| (Turn::Last, n))
                .or_else(|| later(Cat::Next).map(|n| (Turn::Next, n)));
        }
        if self.lang == "en" || self.lang == "de" || self.lang == "zh" || self.lang == "ja" {
            return None;
        }
        own(Cat::Last)
            .map(|n| (Turn::Last, n))
            .or_else(|| own(Cat::Next).map(|n| (Turn::Next, n)))
    }

    pub(super) fn turn_before(&self, at: usize) -> Option<(Turn, usize)> {
        for back in 1..=3 {
            let start = at.checked_sub(back)?;
            for (cat, turn) in [
                (Cat::Last, Turn::Last),
                (Cat::Next, Turn::Next),
                (Cat::This, Turn::This),
            ] {
                let whole = self.lexicon.spans(self.tokens, start, at, cat);
                if whole && self.tok(at).is_some_and(|t| t.gap <= Gap::Line) {
                    return Some((turn, start));
                }
            }
        }
        None
    }

    /// Adds a weekday behind a date, and the words that turn it.
    pub(super) fn adorn(&self, mut found: Mention) -> Mention {
        let mut next = found.last;
        let open = self.one_of(next, &["(", "（", "，", ",", "["])
            || self.is(next, ".") && self.is(next + 1, ",");
        let free = matches!(
            self.lang,
            "tr" | "hu" | "zh" | "ja" | "ko" | "az" | "kk" | "eu"
        );
        let start = next + usize::from(open) + usize::from(self.is(next, "."));
        if found.weekday.is_none() && (free || self.is(next, "(")) {
            for at in [next, start] {
                if let Some((value, short, n)) = self.entry(at, |e| e.cat == Cat::Weekday)
                    && (!short || self.is(at - 1, "("))
                {
                    found.weekday = i8::try_from(value).ok();
                    next = at + n + usize::from(open && self.is(at + n, ")") && at == start);
                    found.last = next;
                    break;
                }
            }
        }
        if let Some((turn, after)) = self.turn_at(found.last) {
            found.turn = Some(turn);
            found.last = after;
        } else if let Some((turn, first)) = self
            .turn_before(found.first)
            .filter(|(t, _)| *t != Turn::This)
        {
            found.turn = Some(turn);
            found.first = first;
        }
        found
    }

    /// hier, gestern, أمس, 昨日.
    pub(super) fn relative(&self, at: usize) -> Option<Mention> {
        let (offset, last) = self
            .lexicon
            .get(self.tokens, at, Cat::Day)
            .map(|(e, n)| (e.value, at + n))
            .or_else(|| {
                let (v, _, n) = self.prefixed(at, |e| e.cat == Cat::Day)?;
                Some((v, at + n))
            })?;
        let before = |words: &[&str]| at > 0 && self.one_of(at - 1, words);
        let other = match self.lang {
            "es" => self.is(at, "mañana") && before(&["la", "de", "esta", "por", "media"]),
            "hu" => {
                self.is(at, "ma")
                    && !self.joined(at + 1)
                    && self.one_of(at + 1, &["már", "is", "még"])
            }
            "ja" => self.tok(at).is_some_and(|t| t.text == "あ"),
            "ar" => {
                self.is(at, "اليوم")
                    && (before(&["هذا", "ذلك", "نفس", "في"]) && !self.is(at - 1, "هذا")
                        || self.tok(at + 1).is_some_and(|t| {
                            t.is("الثاني") || t.is("الاول") || t.is("العالمي") || t.is("الوطني")
                        }))
            }
            _ => false,
        };
        (!other).then(|| {
            Scan::found(
                at,
                last,
                Shape::Offset(offset),
                "day relative to the day of writing",
            )
        })
    }
}
