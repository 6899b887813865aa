//! calendar-names.tsv and date-words.tsv → their rows by language, and the words of them that tell a language.

use std::{collections::BTreeMap, sync::LazyLock};

use unicode_normalization::UnicodeNormalization;

use super::kinds::{Cat, category};
use crate::distill::{
    text::{Text, is_mark},
    tokens::tokens,
};

/// The rows of both files by language, unread.
pub(super) static ROWS: LazyLock<BTreeMap<&'static str, Vec<Row>>> = LazyLock::new(|| {
    let mut all: BTreeMap<&'static str, Vec<Row>> = BTreeMap::new();
    let lines = include_str!("../../lexicon/calendar-names.tsv")
        .lines()
        .chain(include_str!("../../lexicon/date-words.tsv").lines());
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
pub(super) struct Row {
    pub(super) kind: &'static str,
    pub(super) value: i32,
    pub(super) forms: &'static str,
}

impl Row {
    /// Each form as folded text, and without its marks where they are often left out.
    pub(super) fn each(&self, cat: Cat, mut f: impl FnMut(&str)) {
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

/// A form as the text is folded.
pub(super) fn fold(form: &str) -> String {
    if form.is_ascii() {
        form.to_ascii_lowercase()
    } else {
        Text::new(form.to_owned()).folded
    }
}

/// The language as whose a language is read: itself, or what its row `same` says.
pub(super) fn of_same(primary: &str) -> &str {
    ROWS.get(primary)
        .and_then(|rows| rows.iter().find(|r| r.kind == "same"))
        .map_or(primary, |row| row.forms)
}

/// The languages that write their dates in the words of this one.
pub(crate) fn followers(lang: &str) -> impl Iterator<Item = &'static str> {
    ROWS.iter()
        .filter(move |(_, rows)| rows.iter().any(|r| r.kind == "same" && r.forms == lang))
        .map(|(code, _)| *code)
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
                    | Cat::Unsure
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
