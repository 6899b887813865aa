//! One written form of a data file → the forms that it stands for: `Соединённы(е,х) Штат/ы,ов{check}` → stems, endings and a check.
//! Unknown checks count as none.

use super::lexicon::Check;
use crate::distill::text::is_mark;

/// A form after its alternatives were written out.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// The stem, or the whole form where the language's rules shall find the stem.
    pub(super) text: String,
    /// Endings given in the file; `*` is any.
    pub(super) tails: Option<Vec<String>>,
    pub(super) check: Check,
}

/// Reads one form. `first` inflects the words before the last of a name, by their ends.
pub(super) fn parse(written: &str, first: &[(String, Vec<String>)]) -> Vec<Form> {
    let (written, check) = match written.strip_suffix('}').and_then(|w| w.rsplit_once('{')) {
        Some((form, name)) => (form.trim(), check(name)),
        None => (written, Check::None),
    };
    let (text, tails) = match written.rsplit_once('/') {
        Some((stem, tails)) => (
            stem,
            Some(
                tails
                    .split(',')
                    .map(|t| {
                        if t == "-" {
                            String::new()
                        } else {
                            t.to_owned()
                        }
                    })
                    .collect::<Vec<_>>(),
            ),
        ),
        None => (written, None),
    };
    let texts = if text.contains('(') {
        alternatives(text)
    } else {
        first_words(text, first)
    };
    texts
        .into_iter()
        .map(|text| Form {
            text,
            tails: tails.clone(),
            check,
        })
        .collect()
}

fn check(name: &str) -> Check {
    match name {
        "person" => Check::Person,
        "common" => Check::Common,
        "pronoun" => Check::Pronoun,
        "cued" => Check::Cued,
        "caps" => Check::Caps,
        "pair" => Check::Pair,
        _ => Check::None,
    }
}

/// `a(b,c)d` → `abd`, `acd`. A group without its end stands for itself.
fn alternatives(text: &str) -> Vec<String> {
    let Some((before, rest)) = text.split_once('(') else {
        return vec![text.to_owned()];
    };
    let Some((group, after)) = rest.split_once(')') else {
        return vec![text.to_owned()];
    };
    let after = alternatives(after);
    group
        .split(',')
        .flat_map(|choice| {
            after
                .iter()
                .map(move |a| format!("{before}{}{a}", if choice == "-" { "" } else { choice }))
        })
        .collect()
}

/// Inflects the words before the last.
fn first_words(text: &str, rules: &[(String, Vec<String>)]) -> Vec<String> {
    let Some((head, last)) = text.rsplit_once(' ').filter(|_| !rules.is_empty()) else {
        return vec![text.to_owned()];
    };
    let mut all = vec![String::new()];
    for word in head.split(' ') {
        let rule = rules
            .iter()
            .filter(|(suffix, _)| word.ends_with(suffix.as_str()))
            .max_by_key(|(suffix, _)| suffix.len());
        let choices: Vec<String> = match rule {
            Some((suffix, tails)) => {
                let stem = word.strip_suffix(suffix.as_str()).unwrap_or(word);
                tails.iter().map(|t| format!("{stem}{t}")).collect()
            }
            None => vec![word.to_owned()],
        };
        all = all
            .iter()
            .flat_map(|done| choices.iter().map(move |c| format!("{done}{c} ")))
            .take(64)
            .collect();
    }
    all.into_iter().map(|a| format!("{a}{last}")).collect()
}

/// Letters that many write in another way: without dots or nukta, with a cedilla for the comma below.
const LETTERS: [(&str, &str); 5] = [
    ("ё", "е"),
    ("ß", "ss"),
    ("ț", "ţ"),
    ("ș", "ş"),
    ("\u{93C}", ""),
];

/// Endings and their other spellings.
pub(super) fn endings(mut list: Vec<String>) -> Vec<String> {
    for (letter, other) in LETTERS {
        for i in 0..list.len() {
            if list[i].contains(letter) {
                list.push(list[i].replace(letter, other));
            }
        }
    }
    list
}

/// A stem and its other spellings: without accents from `shortest` letters on, and with a space or a non-breaking hyphen for a hyphen.
pub(super) fn spellings(stem: &str, acronym: bool, shortest: usize) -> Vec<String> {
    use unicode_normalization::UnicodeNormalization;
    let mut all = vec![stem.to_owned()];
    let latin = || stem.chars().all(|c| (c as u32) < 0x250);
    if !acronym && !stem.is_ascii() && stem.chars().nth(shortest - 1).is_some() && latin() {
        let plain: String = stem.nfd().filter(|c| !is_mark(*c)).collect();
        if plain != stem {
            all.push(plain);
        }
    }
    for (letter, other) in LETTERS {
        if stem.contains(letter) {
            all.push(stem.replace(letter, other));
        }
    }
    if stem.trim_end_matches('-').contains('-') {
        for i in 0..all.len() {
            let trailing = all[i].ends_with('-');
            let mut spaced = all[i].trim_end_matches('-').replace('-', " ");
            let mut hard = all[i].trim_end_matches('-').replace('-', "\u{2011}");
            if trailing {
                spaced.push('-');
                hard.push('-');
            }
            all.push(spaced);
            all.push(hard);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_and_endings_are_written_out() {
        let forms = parse("Соединённы(е,х) Штат/ы,ов", &[]);
        let texts: Vec<&str> = forms.iter().map(|f| f.text.as_str()).collect();
        assert_eq!(texts, ["Соединённые Штат", "Соединённых Штат"]);
        assert_eq!(
            forms[0].tails.as_deref(),
            Some(&["ы".to_owned(), "ов".to_owned()][..])
        );
        assert_eq!(parse("Chad{person}", &[])[0].check, Check::Person);
    }

    #[test]
    fn first_words_are_inflected_by_rule() {
        let rules = [("ая".to_owned(), vec!["ая".to_owned(), "ой".to_owned()])];
        let forms = parse("Саудовская Аравия", &rules);
        assert_eq!(forms[1].text, "Саудовской Аравия");
    }
}
