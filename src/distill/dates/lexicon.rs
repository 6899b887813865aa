//! calendar-names.tsv and date-words.tsv → for each language, what a run of tokens means in a date.

use std::{
    collections::{BTreeMap, HashMap},
    sync::LazyLock,
};

use unicode_normalization::UnicodeNormalization;

use super::tokens::{Gap, Kind, Token, tokens};
use crate::distill::text::Text;

/// What a word does in a date. The heads of the two data files say more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cat {
    Month,
    Weekday,
    Solar,
    Hijri,
    Day,
    Last,
    Next,
    This,
    Of,
    To,
    Ordinal,
    Due,
    Since,
    Issued,
    Changed,
    Embargo,
    Era,
    Ago,
    Ahead,
    Count,
    Clock,
}

/// A word or phrase and its meaning.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    words: Vec<String>,
    pub(crate) cat: Cat,
    pub(crate) value: i32,
    /// Whether it is an abbreviation, which means a date only beside a number.
    pub(crate) short: bool,
}

/// The date words of one language.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    by_first: HashMap<String, Vec<Entry>>,
}

static ALL: LazyLock<BTreeMap<&'static str, Lexicon>> = LazyLock::new(read);
static NONE: LazyLock<Lexicon> = LazyLock::new(Lexicon::default);

/// The lexicon of a language by its primary subtag; an empty one where there is none.
pub(crate) fn of_language(primary: &str) -> &'static Lexicon {
    let key = match primary {
        "nb" | "nn" => "no",
        "bs" | "sh" | "cnr" => "sr",
        other => other,
    };
    ALL.get(key).unwrap_or(&NONE)
}

/// The words of all languages together, for what is read before the language is known.
static UNION: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut union = Lexicon::default();
    for lexicon in ALL.values() {
        for (first, entries) in &lexicon.by_first {
            union
                .by_first
                .entry(first.clone())
                .or_default()
                .extend(entries.iter().cloned());
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
    UNION
        .find(all, at, |e| e.cat == Cat::Weekday && !e.short)
        .is_some()
}

/// Whether the tokens from `at` say "published", "embargo" or the like in any language; the number of tokens.
pub(crate) fn any_publication_cue(all: &[Token<'_>], at: usize) -> Option<usize> {
    let fits = |e: &Entry| matches!(e.cat, Cat::Issued | Cat::Changed | Cat::Embargo);
    UNION.find(all, at, fits).map(|(_, n)| n)
}

impl Lexicon {
    /// The longest entry that fits and begins at token `at`, with the number of its tokens.
    pub(crate) fn find(
        &self,
        all: &[Token<'_>],
        at: usize,
        fits: impl Fn(&Entry) -> bool,
    ) -> Option<(&Entry, usize)> {
        let first = all.get(at)?;
        self.by_first
            .get(first.text)?
            .iter()
            .find(|e| {
                fits(e)
                    && e.words.len() <= all.len() - at
                    && e.words.iter().zip(&all[at..]).all(|(w, t)| t.is(w))
            })
            .map(|e| (e, e.words.len()))
    }

    /// The days that a phrase with a number counts (`# days ago`), and the token after it.
    pub(crate) fn counted(&self, all: &[Token<'_>], at: usize, cat: Cat) -> Option<(i32, usize)> {
        let first = all.get(at)?.text;
        let phrases = [first, "#"].map(|word| self.by_first.get(word));
        phrases
            .into_iter()
            .flatten()
            .flatten()
            .filter(|e| e.cat == cat)
            .find_map(|e| {
                let mut count = None;
                let mut next = at;
                for word in &e.words {
                    let token = all.get(next).filter(|t| next == at || t.gap <= Gap::Line)?;
                    if word == "#" {
                        let (n, after) = self.number(all, next)?;
                        count = Some(n);
                        next = after;
                    } else if token.is(word) {
                        next += 1;
                    } else {
                        return None;
                    }
                }
                Some((count? * e.value, next))
            })
    }

    /// A count from 1 to 99 in figures or words.
    fn number(&self, all: &[Token<'_>], at: usize) -> Option<(i32, usize)> {
        let token = all.get(at)?;
        let figures = token.number().filter(|n| (1..100).contains(n));
        figures.map(|n| (n, at + 1)).or_else(|| {
            self.get(all, at, Cat::Count)
                .map(|(e, n)| (e.value, at + n))
        })
    }

    /// The entry of one category at a token.
    pub(crate) fn get(&self, all: &[Token<'_>], at: usize, cat: Cat) -> Option<(&Entry, usize)> {
        self.find(all, at, |e| e.cat == cat)
    }
}

fn read() -> BTreeMap<&'static str, Lexicon> {
    let mut all: BTreeMap<&'static str, Lexicon> = BTreeMap::new();
    let rows = include_str!("../lexicon/calendar-names.tsv")
        .lines()
        .chain(include_str!("../lexicon/date-words.tsv").lines());
    for row in rows.filter(|r| !r.starts_with('#')) {
        let mut cells = row.split('\t');
        let (Some(lang), Some(kind), Some(value), Some(forms)) = (
            cells.next(),
            cells.next(),
            cells.next().and_then(|v| v.parse().ok()),
            cells.next(),
        ) else {
            continue;
        };
        let Some((cat, short)) = category(kind) else {
            continue;
        };
        let lexicon = all.entry(lang).or_default();
        for form in forms.split('|') {
            let folded = Text::new(form.to_owned()).folded;
            let bare = without_marks(&folded);
            lexicon.add(&folded, cat, value, short);
            if bare != folded && matches!(cat, Cat::Month | Cat::Weekday) {
                lexicon.add(&bare, cat, value, short);
            }
        }
    }
    for lexicon in all.values_mut() {
        lexicon.sort();
    }
    all
}

impl Lexicon {
    fn sort(&mut self) {
        for entries in self.by_first.values_mut() {
            // The longest first, and an order that no hashing can change.
            entries.sort_by(|a, b| {
                (b.words.len(), a.short, a.cat, &a.words, a.value).cmp(&(
                    a.words.len(),
                    b.short,
                    b.cat,
                    &b.words,
                    b.value,
                ))
            });
        }
    }

    fn add(&mut self, folded: &str, cat: Cat, value: i32, short: bool) {
        let words: Vec<String> = tokens(folded).iter().map(|t| t.text.to_owned()).collect();
        let Some(first) = words.first().cloned() else {
            return;
        };
        let entries = self.by_first.entry(first).or_default();
        match entries
            .iter_mut()
            .find(|e| e.words == words && e.cat == cat)
        {
            // A newsroom's whole word may be CLDR's abbreviation.
            Some(known) => known.short &= short,
            None => entries.push(Entry {
                words,
                cat,
                value,
                short,
            }),
        }
    }

    /// Whether the tokens from `at` to `end` are exactly one phrase of a category.
    pub(crate) fn spans(&self, all: &[Token<'_>], at: usize, end: usize, cat: Cat) -> bool {
        self.find(all, at, |e| e.cat == cat && at + e.words.len() == end)
            .is_some()
    }
}

/// The months, weekdays, numbers and words such as "yesterday" and "ago" of each language, which also tell it.
pub(crate) fn telling_words() -> impl Iterator<Item = (&'static str, &'static str)> {
    ALL.iter().flat_map(|(lang, lexicon)| {
        let lang = if *lang == "no" { "nb" } else { *lang };
        lexicon
            .by_first
            .values()
            .flatten()
            .filter(|e| {
                let whole = matches!(
                    e.cat,
                    Cat::Month | Cat::Weekday | Cat::Day | Cat::Last | Cat::Next | Cat::Count
                ) && e.words.len() == 1;
                !e.short && (whole || e.cat == Cat::Ago)
            })
            .flat_map(|e| &e.words)
            .filter(|w| w.chars().count() >= 3)
            .map(move |w| (lang, w.as_str()))
    })
}

fn category(kind: &str) -> Option<(Cat, bool)> {
    Some(match kind {
        "m" => (Cat::Month, false),
        "ma" => (Cat::Month, true),
        "w" => (Cat::Weekday, false),
        "wa" => (Cat::Weekday, true),
        "p" => (Cat::Solar, false),
        "h" => (Cat::Hijri, false),
        "day" => (Cat::Day, false),
        "last" => (Cat::Last, false),
        "next" => (Cat::Next, false),
        "this" => (Cat::This, false),
        "of" => (Cat::Of, false),
        "to" => (Cat::To, false),
        "ord" => (Cat::Ordinal, false),
        "due" => (Cat::Due, false),
        "since" => (Cat::Since, false),
        "issued" => (Cat::Issued, false),
        "changed" => (Cat::Changed, false),
        "embargo" => (Cat::Embargo, false),
        "era" => (Cat::Era, false),
        "ago" => (Cat::Ago, false),
        "ahead" => (Cat::Ahead, false),
        "num" => (Cat::Count, false),
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
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
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
