//! The doubts of an import → what is said of them: one line each, or one for many that are alike. `depeche review` lists them all.

use std::collections::BTreeMap;

use crate::{
    content,
    diagnostic::Diagnostic,
    distill::{Doubt, Field},
    edge::terminal::count,
};

/// Why a person should look at a content file; empty where nobody needs to.
pub(super) fn waiting(file: &str, text: &str) -> Vec<String> {
    if !text.contains("\nreview:") {
        return Vec::new();
    }
    let path = file.strip_prefix("content/").unwrap_or(file);
    content::read(path, text.as_bytes())
        .map(|(entry, _)| entry.front.review.into_values().collect())
        .unwrap_or_default()
}

/// The field and the form of the message of doubts that are alike.
type Kind = (Option<Field>, String);

/// One warning for each kind of doubt, at the first seed that raises it. `raised` is seed and doubt.
pub(super) fn folded(raised: &[(String, Doubt)]) -> Vec<Diagnostic> {
    let mut kinds: BTreeMap<Kind, Vec<&(String, Doubt)>> = BTreeMap::new();
    for doubt in raised {
        let kind = (doubt.1.field, form(&doubt.1.message));
        kinds.entry(kind).or_default().push(doubt);
    }
    kinds
        .into_values()
        .filter_map(|alike| {
            let (seed, doubt) = alike.first()?;
            Some(match alike.len() {
                1 => Diagnostic::warning(seed, &doubt.message),
                n => Diagnostic::warning(
                    seed,
                    format!(
                        "{} (and {} alike)",
                        doubt.message,
                        count(n - 1, "doubt", "doubts")
                    ),
                )
                .help("`depeche review` lists them"),
            })
        })
        .collect()
}

/// A message without what differs from seed to seed: what is quoted, and figures.
fn form(message: &str) -> String {
    let mut form = String::new();
    let mut until = None;
    for c in message.chars() {
        match (until, c) {
            (Some(end), c) if c == end => until = None,
            (Some(_), _) => {}
            (None, '“') => until = Some('”'),
            (None, '«') => until = Some('»'),
            (None, '`') => until = Some('`'),
            (None, c) if c.is_numeric() => {}
            (None, c) => form.push(c),
        }
    }
    form
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_doubts_are_said_once() {
        let raised: Vec<(String, Doubt)> = ["3/4/2026", "5/6/2026"]
            .iter()
            .enumerate()
            .map(|(i, day)| {
                (
                    format!("seeds/{i}.txt"),
                    Doubt::new(format!("“{day}” was read as day and month")),
                )
            })
            .chain([(
                "seeds/9.txt".to_owned(),
                Doubt::new("the text was read as windows-1252"),
            )])
            .collect();
        let said: Vec<String> = folded(&raised).iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "seeds/0.txt: “3/4/2026” was read as day and month (and 1 doubt alike)",
                "seeds/9.txt: the text was read as windows-1252",
            ]
        );
    }
}
