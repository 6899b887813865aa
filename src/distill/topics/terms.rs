//! The built-in trigger terms: one file a language, parsed when the first document of that language comes.
//!
//! A line is `slug  WEIGHT term, term; WEIGHT term …`. Within a term a `*` at the end of a word stands for any ending (at its beginning: for any
//! beginning, for compounds), `!phrase` names a longer phrase in which the words mean something else, and `>2` asks for two occurrences.

use include_dir::{Dir, include_dir};

use crate::distill::vocabulary::Term;

/// The slug of phrases that tell no topic, and keep their words from telling one: *price war*, *data mining*.
pub(super) const NOTHING: &str = "nothing";

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/distill/lexicon/topics");

/// The trigger file of a language.
pub(crate) fn builtin(lang: &str) -> Option<&'static str> {
    FILES
        .get_file(format!("{lang}.txt"))
        .and_then(include_dir::File::contents_utf8)
}

/// The terms of a trigger file with their slugs, in file order. A line that can't be read yields nothing.
pub(crate) fn parse(text: &str) -> Vec<(&str, Term)> {
    let mut terms = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((slug, rest)) = line.split_once(char::is_whitespace) else {
            continue;
        };
        for group in rest.split(';') {
            let Some((weight, list)) = group.trim().split_once(' ') else {
                continue;
            };
            let Ok(weight) = weight.parse::<f32>() else {
                continue;
            };
            terms.extend(
                list.split(',')
                    .filter_map(|entry| term(entry.trim(), weight))
                    .map(|term| (slug, term)),
            );
        }
    }
    terms
}

fn term(entry: &str, weight: f32) -> Option<Term> {
    let (entry, min) = match entry.split_once('>') {
        Some((entry, min)) => (entry, min.trim().parse().ok()?),
        None => (entry, 1),
    };
    let mut parts = entry.split('!').map(str::trim);
    let pattern = parts.next().filter(|p| !p.is_empty())?.to_owned();
    Some(Term {
        pattern,
        weight,
        not: parts.map(str::to_owned).collect(),
        min,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_weights_and_terms() {
        let found =
            parse("# head\nmining  3 bauxite*, lithium !lithium battery >2; 1 mine*\nbroken\n");
        assert_eq!(found.len(), 3);
        assert_eq!(found[1].1.pattern, "lithium");
        assert_eq!(found[1].1.not, ["lithium battery"]);
        assert_eq!(found[1].1.min, 2);
        assert!((found[2].1.weight - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn every_line_of_every_language_is_read() {
        let vocabulary = crate::distill::vocabulary::Vocabulary::embedded();
        for file in FILES.files() {
            let name = file.path().display();
            let text = file.contents_utf8().expect("UTF-8");
            let mut seen = std::collections::BTreeSet::new();
            for line in text.lines().filter(|line| !line.starts_with('#')) {
                let terms = parse(line);
                let slug = line.split(' ').next().unwrap_or_default();
                let known =
                    slug == NOTHING || vocabulary.topics.iter().any(|t| t.slug.as_str() == slug);
                assert!(known && seen.insert(slug), "{name}: {slug}");
                let written: usize = line.split(';').map(|group| group.split(',').count()).sum();
                assert_eq!(terms.len(), written, "{name}: {slug}");
                for (_, term) in terms {
                    let inner = term
                        .pattern
                        .split(' ')
                        .any(|w| w.trim_matches('*').contains('*'));
                    assert!(
                        !inner && term.pattern.trim_matches('*').len() > 1,
                        "{name}: {slug}: {}",
                        term.pattern
                    );
                }
            }
        }
    }
}
