//! calendar-names.tsv and date-words.tsv → for each language, what a run of tokens means in a date, and how the language writes dates.
//!
//! A language's words are read when the first document needs them.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, OnceLock},
};

use unicode_normalization::UnicodeNormalization;

use crate::distill::{
    table::{Table, hash},
    text::{Text, is_mark},
    tokens::{Kind, Token, tokens},
};

/// What a word does in a date. The heads of the two data files say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cat {
    Month,
    Weekday,
    /// A weekday that is another word, too.
    Homonym,
    Solar,
    Hijri,
    Day,
    /// A day word that is another word, too.
    Unsure,
    NotAfter,
    NotBefore,
    Last,
    Next,
    NextWeekday,
    This,
    Of,
    To,
    Ordinal,
    Due,
    DueAfter,
    Since,
    SinceAfter,
    Issued,
    Changed,
    Embargo,
    Era,
    /// Between a weekday and its date.
    Glue,
    Every,
    EveryAfter,
    /// Before a weekday that means every such day where nothing turns it.
    Habit,
    /// Before a day of the month or figures.
    On,
    /// Before a weekday.
    OnWeekday,
    /// After a day of the month that nothing else follows.
    AfterDay,
    /// After a weekday, to say that it is one.
    DayWord,
    /// Before an abbreviated weekday that counts all the same.
    Sure,
    Plan,
    /// After a number of days: a duration.
    Duration,
    UnitedStates,
    Elsewhere,
    Number,
    Nth,
    /// A phrase in which `#` is a number of so many days, before the day of writing or after.
    Ago,
    Ahead,
    /// Days ahead, or how long something took.
    AheadUnsure,
    /// The same of months.
    MonthsAgo,
    MonthsAhead,
    Week,
    RelMonth,
    RelYear,
    Clock,
    NoEmbargo,
}

/// How a language writes dates: the names are those of the data's rows `is`.
const TRAITS: [&str; 15] = [
    "month-day",
    "year-first",
    "capital-months",
    "capital-weekdays",
    "day-stop",
    "glyph-dates",
    "calendar-weeks",
    "this-ahead",
    "weekday-after",
    "turn-before",
    "buddhist",
    "no-bare-weekday",
    "minguo",
    "region",
    "capital-nouns",
];

/// A trait of a language, by its place in [`TRAITS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trait {
    /// January 27.
    MonthDay,
    /// 2026. január 27.
    YearFirst,
    /// Months are written with a capital, and what is not is another word.
    CapitalMonths,
    CapitalWeekdays,
    /// 27.1. is a day and month.
    DayStop,
    /// 2026年1月27日.
    GlyphDates,
    /// "Last Thursday" is the one of last week.
    CalendarWeeks,
    /// "This Friday" looks ahead.
    ThisAhead,
    /// 27 Ocak Salı.
    WeekdayAfter,
    /// "Last" and "next" stand before only.
    TurnBefore,
    /// Two figures of a year are Buddhist.
    Buddhist,
    /// A weekday alone is a number or another word.
    NoBareWeekday,
    /// 115年 is a year of the Republic.
    Minguo,
    /// The text's spelling tells whether the month comes first in figures.
    Region,
    /// Nouns begin with a capital: "morgen", but "der Morgen".
    CapitalNouns,
}

/// A word or phrase and its meaning.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The words after the first.
    pub(crate) rest: Box<[Box<str>]>,
    pub(crate) cat: Cat,
    pub(crate) value: i32,
    /// Whether it is an abbreviation, which means a date only beside a number.
    pub(crate) short: bool,
}

impl Entry {
    /// Whether the tokens from `at` go on as the entry does; its first word is there.
    pub(crate) fn goes_on(&self, all: &[Token<'_>], at: usize) -> bool {
        self.rest
            .iter()
            .enumerate()
            .all(|(i, w)| all.get(at + 1 + i).is_some_and(|t| t.is(w)))
    }

    /// How many tokens it has.
    pub(crate) fn len(&self) -> usize {
        self.rest.len() + 1
    }
}

/// The date words of one language.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    by_first: Table<Vec<Entry>>,
    /// Beginnings of words that give news.
    pub(crate) told: Vec<Box<str>>,
    /// Endings of words of what will be.
    pub(crate) plans: Vec<Box<str>>,
    /// Letters that a word may have before it.
    pub(crate) prefixes: Vec<char>,
    traits: u32,
}

/// The rows of both files by language, unread.
static ROWS: LazyLock<BTreeMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let mut all: BTreeMap<&'static str, Vec<Row>> = BTreeMap::new();
    let lines = include_str!("../lexicon/calendar-names.tsv")
        .lines()
        .chain(include_str!("../lexicon/date-words.tsv").lines());
    for line in lines.filter(|r| !r.starts_with('#')) {
        let mut cells = line.splitn(4, '\t');
        if let (Some(lang), Some(kind), Some(value), Some(forms)) = (
            cells.next(),
            cells.next(),
            cells.next().and_then(|v| v.parse().ok()),
            cells.next(),
        ) {
            all.entry(lang)
                .or_default()
                .push(Row { kind, value, forms });
        }
    }
    all
});

#[derive(Clone, Copy, Debug)]
struct Row {
    kind: &'static str,
    value: i32,
    forms: &'static str,
}

impl Row {
    /// Each form as folded text, and without its marks where they are often left out.
    fn each(&self, cat: Cat, mut f: impl FnMut(&str)) {
        for form in self.forms.split('|') {
            let folded = fold(form);
            f(&folded);
            if matches!(
                cat,
                Cat::Month | Cat::Weekday | Cat::Day | Cat::Last | Cat::Next
            ) {
                let bare = without_marks(&folded);
                if bare != folded {
                    f(&bare);
                }
            }
        }
    }
}

fn fold(form: &str) -> String {
    if form.is_ascii() {
        form.to_ascii_lowercase()
    } else {
        Text::new(form.to_owned()).folded
    }
}

static ALL: LazyLock<BTreeMap<&'static str, OnceLock<Lexicon>>> =
    LazyLock::new(|| ROWS.keys().map(|lang| (*lang, OnceLock::new())).collect());
static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

/// The language as whose a language is read: itself, or what its row `same` says.
fn of_same(primary: &str) -> &str {
    ROWS.get(primary)
        .and_then(|rows| rows.iter().find(|r| r.kind == "same"))
        .map_or(primary, |row| row.forms)
}

/// The lexicon of a language by its primary subtag; an empty one where there is none.
pub(crate) fn of_language(primary: &str) -> &'static Lexicon {
    let key = of_same(primary);
    match (ALL.get(key), ROWS.get(key)) {
        (Some(cell), Some(rows)) => cell.get_or_init(|| Lexicon::read(rows)),
        _ => &NONE,
    }
}

/// The languages that write their dates in the words of this one.
pub(crate) fn followers(lang: &str) -> impl Iterator<Item = &'static str> {
    ROWS.iter()
        .filter(move |(_, rows)| rows.iter().any(|r| r.kind == "same" && r.forms == lang))
        .map(|(code, _)| *code)
}

/// The words of all languages together, for what is read before the language is known.
static UNION: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut union = Lexicon::default();
    for row in ROWS.values().flatten() {
        let Some((cat, short)) = category(row.kind) else {
            continue;
        };
        if matches!(
            cat,
            Cat::Month
                | Cat::Weekday
                | Cat::Homonym
                | Cat::Solar
                | Cat::Hijri
                | Cat::Issued
                | Cat::Changed
                | Cat::Embargo
        ) {
            row.each(cat, |form| union.add(form, cat, row.value, short));
        }
    }
    union.sort();
    union
});

/// Whether the token names a month in any language.
pub(crate) fn any_month(all: &[Token<'_>], at: usize) -> bool {
    let fits = |e: &Entry| matches!(e.cat, Cat::Month | Cat::Solar | Cat::Hijri);
    UNION.find(all, at, fits).is_some()
}

/// Whether the token names a weekday in any language.
pub(crate) fn any_weekday(all: &[Token<'_>], at: usize) -> bool {
    let fits = |e: &Entry| matches!(e.cat, Cat::Weekday | Cat::Homonym) && !e.short;
    UNION.find(all, at, fits).is_some()
}

/// Whether the tokens from `at` say "published", "embargo" or the like in any language; the number of tokens.
pub(crate) fn any_publication_cue(all: &[Token<'_>], at: usize) -> Option<usize> {
    let fits = |e: &Entry| matches!(e.cat, Cat::Issued | Cat::Changed | Cat::Embargo);
    UNION.find(all, at, fits).map(Entry::len)
}

impl Lexicon {
    /// The entries that begin with the word with this hash, the longest first.
    pub(crate) fn beginning(&self, word: u64) -> &[Entry] {
        self.by_first.get(word).map_or(&[], Vec::as_slice)
    }

    /// The phrases that begin with a number: "three days ago".
    pub(crate) fn counted(&self) -> &[Entry] {
        static NUMBER: LazyLock<u64> = LazyLock::new(|| hash("#"));
        self.beginning(*NUMBER)
    }

    /// Whether the language writes dates so.
    pub(crate) fn has(&self, is: Trait) -> bool {
        self.traits & (1 << (is as u32)) != 0
    }

    fn find(&self, all: &[Token<'_>], at: usize, fits: impl Fn(&Entry) -> bool) -> Option<&Entry> {
        let first = all.get(at)?;
        self.beginning(first.hash)
            .iter()
            .find(|e| fits(e) && e.goes_on(all, at))
    }

    fn read(rows: &[Row]) -> Self {
        let mut lexicon = Self::default();
        for row in rows {
            match row.kind {
                "is" => {
                    for name in row.forms.split('|') {
                        let at = TRAITS.iter().position(|t| *t == name);
                        lexicon.traits |= at.map_or(0, |at| 1 << at);
                    }
                }
                "prefix" => lexicon.prefixes = row.forms.chars().filter(|c| *c != '|').collect(),
                "planend" => lexicon
                    .plans
                    .extend(row.forms.split('|').map(|f| fold(f).into())),
                "told" => lexicon
                    .told
                    .extend(row.forms.split('|').map(|f| fold(f).into())),
                kind => {
                    if let Some((cat, short)) = category(kind) {
                        row.each(cat, |form| lexicon.add(form, cat, row.value, short));
                    }
                }
            }
        }
        lexicon.sort();
        lexicon
    }

    fn sort(&mut self) {
        for entries in self.by_first.values_mut() {
            let homonyms: Vec<_> = entries
                .iter()
                .filter(|e| e.cat == Cat::Homonym)
                .map(|e| e.rest.clone())
                .collect();
            entries.retain(|e| e.cat != Cat::Weekday || !homonyms.contains(&e.rest));
            // The longest first, and an order that no hashing can change.
            entries.sort_by(|a, b| {
                (b.len(), a.short, a.cat, &a.rest, a.value).cmp(&(
                    a.len(),
                    b.short,
                    b.cat,
                    &b.rest,
                    b.value,
                ))
            });
        }
    }

    fn add(&mut self, folded: &str, cat: Cat, value: i32, short: bool) {
        let words = tokens(folded);
        let Some((first, rest)) = words.split_first() else {
            return;
        };
        let rest: Box<[Box<str>]> = rest.iter().map(|t| t.text.into()).collect();
        let entries = self.by_first.of(first.hash);
        match entries.iter_mut().find(|e| e.cat == cat && e.rest == rest) {
            // A newsroom's whole word may be CLDR's abbreviation.
            Some(known) => known.short &= short,
            None => entries.push(Entry {
                rest,
                cat,
                value,
                short,
            }),
        }
    }
}

/// The months, weekdays, numbers and words such as "yesterday" and "ago" of each language, which also tell it.
pub(crate) fn telling_words() -> impl Iterator<Item = (&'static str, String)> {
    ROWS.iter().flat_map(|(lang, rows)| {
        let lang = *lang;
        let mut words = Vec::new();
        for row in rows {
            let Some((cat, false)) = category(row.kind) else {
                continue;
            };
            let whole = matches!(
                cat,
                Cat::Month
                    | Cat::Weekday
                    | Cat::Homonym
                    | Cat::Day
                    | Cat::Last
                    | Cat::Next
                    | Cat::Number
            );
            if whole || cat == Cat::Ago {
                row.each(cat, |form| {
                    let found = tokens(form);
                    words.extend(
                        found
                            .iter()
                            .filter(|t| {
                                (found.len() == 1 || cat == Cat::Ago) && t.text.chars().count() >= 3
                            })
                            .map(|t| (lang, t.text.to_owned())),
                    );
                });
            }
        }
        words
    })
}

fn category(kind: &str) -> Option<(Cat, bool)> {
    Some(match kind {
        "m" => (Cat::Month, false),
        "ma" => (Cat::Month, true),
        "w" => (Cat::Weekday, false),
        "wa" => (Cat::Weekday, true),
        "wx" => (Cat::Homonym, false),
        "p" => (Cat::Solar, false),
        "h" => (Cat::Hijri, false),
        "day" => (Cat::Day, false),
        "dayx" => (Cat::Unsure, false),
        "notafter" => (Cat::NotAfter, false),
        "notbefore" => (Cat::NotBefore, false),
        "last" => (Cat::Last, false),
        "next" => (Cat::Next, false),
        "nextw" => (Cat::NextWeekday, false),
        "this" => (Cat::This, false),
        "of" => (Cat::Of, false),
        "to" => (Cat::To, false),
        "ord" => (Cat::Ordinal, false),
        "due" => (Cat::Due, false),
        "dueafter" => (Cat::DueAfter, false),
        "since" => (Cat::Since, false),
        "sinceafter" => (Cat::SinceAfter, false),
        "issued" => (Cat::Issued, false),
        "changed" => (Cat::Changed, false),
        "embargo" => (Cat::Embargo, false),
        "noembargo" => (Cat::NoEmbargo, false),
        "era" => (Cat::Era, false),
        "glue" => (Cat::Glue, false),
        "every" => (Cat::Every, false),
        "everyafter" => (Cat::EveryAfter, false),
        "habit" => (Cat::Habit, false),
        "on" => (Cat::On, false),
        "onw" => (Cat::OnWeekday, false),
        "afterday" => (Cat::AfterDay, false),
        "dayword" => (Cat::DayWord, false),
        "sure" => (Cat::Sure, false),
        "plan" => (Cat::Plan, false),
        "duration" => (Cat::Duration, false),
        "us" => (Cat::UnitedStates, false),
        "elsewhere" => (Cat::Elsewhere, false),
        "num" => (Cat::Number, false),
        "nth" => (Cat::Nth, false),
        "ago" => (Cat::Ago, false),
        "ahead" => (Cat::Ahead, false),
        "aheadx" => (Cat::AheadUnsure, false),
        "agom" => (Cat::MonthsAgo, false),
        "aheadm" => (Cat::MonthsAhead, false),
        "week" => (Cat::Week, false),
        "month" => (Cat::RelMonth, false),
        "year" => (Cat::RelYear, false),
        "clock" => (Cat::Clock, false),
        _ => return None,
    })
}

/// The form that is typed without accents or in capitals without them (Latin and Greek alone: elsewhere marks are letters).
fn without_marks(folded: &str) -> String {
    let plain = folded.chars().all(|c| {
        c.is_ascii()
            || matches!(c, '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{3FF}' | '\u{1E00}'..='\u{1EFF}')
    });
    if !plain {
        return folded.to_owned();
    }
    folded
        .nfd()
        .filter(|c| !is_mark(*c))
        .map(|c| match c {
            'ı' => 'i',
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            c => c,
        })
        .collect()
}

/// Whether the script of a token is written in two cases.
pub(crate) fn cased(token: &Token<'_>) -> bool {
    token.kind == Kind::Word && token.text.chars().any(char::is_lowercase)
}
