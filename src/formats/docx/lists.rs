//! The part of numbering → the marker of each list item. Refuses nothing beyond what XML refuses.

use std::collections::BTreeMap;

use super::xml::{self, Event};

/// How items of one level are counted.
#[derive(Clone, Debug, Default)]
struct Level {
    format: String,
    /// `%1.` and the like.
    label: String,
    start: usize,
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Levels by abstract list.
    levels: BTreeMap<String, BTreeMap<usize, Level>>,
    /// Abstract list by list.
    kinds: BTreeMap<String, String>,
    /// What a list has otherwise than its abstract list.
    own: BTreeMap<String, BTreeMap<usize, Level>>,
}

/// How far each list has been counted, by list.
#[derive(Debug, Default)]
pub(super) struct Counters(BTreeMap<String, BTreeMap<usize, usize>>);

impl Lists {
    /// Reads `numbering.xml`; empty text gives no lists.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut lists = Self::default();
        let (mut of, mut at, mut list) = (String::new(), 0, String::new());
        xml::each(text, |event| {
            let Event::Start(tag) = event else { return };
            match tag.name {
                "abstractNum" => of = tag.value("abstractNumId").unwrap_or_default(),
                "num" => {
                    of.clear();
                    list = tag.value("numId").unwrap_or_default();
                }
                "abstractNumId" => {
                    lists
                        .kinds
                        .insert(list.clone(), tag.val().unwrap_or_default());
                }
                "lvl" => at = tag.value("ilvl").and_then(|v| v.parse().ok()).unwrap_or(0),
                "numFmt" | "lvlText" | "start" if !of.is_empty() || !list.is_empty() => {
                    let (all, name) = if of.is_empty() {
                        (&mut lists.own, &list)
                    } else {
                        (&mut lists.levels, &of)
                    };
                    let level = all.entry(name.clone()).or_default().entry(at).or_default();
                    match tag.name {
                        "numFmt" => level.format = tag.val().unwrap_or_default(),
                        "lvlText" => level.label = tag.val().unwrap_or_default(),
                        _ => level.start = tag.number().unwrap_or(1),
                    }
                }
                _ => {}
            }
        })?;
        Ok(lists)
    }

    /// The marker of the next item of `list` at `level`, and what its text begins with where Markdown has no such marker.
    pub(super) fn marker(
        &self,
        counters: &mut Counters,
        list: &str,
        level: usize,
    ) -> (String, String) {
        let bullet = ("-".to_owned(), String::new());
        let Some(levels) = self.kinds.get(list).and_then(|of| self.levels.get(of)) else {
            return bullet;
        };
        let others = self.own.get(list);
        let of_level = |at: &usize| {
            others
                .and_then(|own| own.get(at))
                .or_else(|| levels.get(at))
        };
        let Some(own) = of_level(&level) else {
            return bullet;
        };
        let counted = counters.0.entry(list.to_owned()).or_default();
        counted.retain(|deeper, _| *deeper <= level);
        let number = match counted.get(&level) {
            Some(last) => last.saturating_add(1),
            None => own.start,
        };
        counted.insert(level, number);
        match own.format.as_str() {
            "bullet" | "none" | "" => bullet,
            "decimal" if is_simple(&own.label) => (format!("{number}."), String::new()),
            _ => {
                let mut label = own.label.clone();
                for (at, of) in (0..=level).filter_map(|at| Some((at, of_level(&at)?))) {
                    let number = counted.get(&at).copied().unwrap_or(of.start);
                    label = label.replace(&format!("%{}", at + 1), &counted_as(&of.format, number));
                }
                ("-".to_owned(), label)
            }
        }
    }
}

/// `%1.` or `%3)`: a number that Markdown can count.
fn is_simple(label: &str) -> bool {
    label.starts_with('%') && label.len() <= 3 && !label.ends_with('-')
}

/// A number in letters or Roman figures, else in digits.
fn counted_as(format: &str, number: usize) -> String {
    let lower = match format {
        "lowerLetter" | "upperLetter" if (1..=26).contains(&number) => {
            char::from(b'a' + (number - 1) as u8).to_string()
        }
        "lowerRoman" | "upperRoman" if (1..=50).contains(&number) => roman(number),
        _ => return number.to_string(),
    };
    if format.starts_with("upper") {
        lower.to_uppercase()
    } else {
        lower
    }
}

fn roman(mut number: usize) -> String {
    let mut out = String::new();
    for (value, figure) in [
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ] {
        while number >= value {
            out.push_str(figure);
            number -= value;
        }
    }
    out
}
