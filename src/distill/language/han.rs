//! A text in Han characters → the language whose standard has most of them. The characters are data: lexicon/han-characters.tsv.

use std::sync::LazyLock;

/// For each character that not all languages write, in order, which rows of the data have it.
struct Telling {
    languages: Vec<&'static str>,
    characters: Vec<(char, u8)>,
}

static TELLING: LazyLock<Telling> = LazyLock::new(|| {
    let rows = include_str!("../lexicon/han-characters.tsv").lines();
    let rows = rows.filter(|row| !row.starts_with('#'));
    let mut languages = Vec::new();
    let mut characters: Vec<(char, u8)> = Vec::new();
    for (language, own) in rows.filter_map(|row| row.split_once('\t')) {
        let row = 1 << languages.len();
        languages.push(language);
        characters.extend(own.chars().map(|c| (c, row)));
    }
    characters.sort_unstable();
    characters.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 |= if same { next.1 } else { 0 };
        same
    });
    Telling {
        languages,
        characters,
    }
});

/// The language of most characters that tell one; the first of the data where none does.
pub(super) fn of_han(text: &str) -> &'static str {
    let telling = &*TELLING;
    let mut votes = vec![0_usize; telling.languages.len()];
    for c in text.chars().filter(|c| *c >= '\u{3400}') {
        if let Ok(at) = telling.characters.binary_search_by_key(&c, |(c, _)| *c) {
            let rows = telling.characters[at].1;
            for (row, votes) in votes.iter_mut().enumerate() {
                *votes += usize::from(rows >> row & 1);
            }
        }
    }
    let best = (0..votes.len()).max_by_key(|&row| (votes[row], std::cmp::Reverse(row)));
    best.map_or("und", |row| telling.languages[row])
}
