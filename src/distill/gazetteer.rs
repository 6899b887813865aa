//! A site's own people.yaml and organisations.yaml → the names that it knows, and where a text has them, in other cases and letter sizes too.
//!
//! A file is a list of `name` with what goes with it. Refuses unknown keys, an entry without a name, and one name or alias for two entries.
//! Names of scripts without spaces are found anywhere, all others at the bounds of words only.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

use super::{
    actors,
    evidence::Span,
    text::{Text, is_mark},
};
use crate::{diagnostic::Diagnostic, yaml};

/// The names that a site knows.
#[derive(Debug, Default)]
pub struct Gazetteers {
    people: Index,
    organisations: Index,
}

/// A known name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Where, in the decoded text.
    pub span: Span,
    /// The name as the site writes it.
    pub name: String,
    /// The role that the site gives, or nothing.
    pub role: String,
}

/// The known names of a text, in its order.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    /// People.
    pub people: Vec<Match>,
    /// Organisations.
    pub organisations: Vec<Match>,
}

/// The entries of one file, by the beginning of the first word of each of their names.
#[derive(Debug, Default)]
struct Index {
    entries: Vec<Entry>,
    forms: Vec<Form>,
    by_first: HashMap<String, Vec<usize>>,
    /// The forms without spaces between words, and what finds them.
    spaceless: Vec<usize>,
    finder: Option<aho_corasick::AhoCorasick>,
}

#[derive(Debug)]
struct Entry {
    name: String,
    role: String,
    /// Of this language's documents only.
    lang: Option<String>,
}

/// One way to write a name.
#[derive(Debug)]
struct Form {
    entry: usize,
    /// Folded, word by word.
    words: Vec<String>,
    /// An acronym is found only as it is written.
    exact: Option<String>,
    /// Whether its first word has a capital.
    capital: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonEntry {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    role: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyEntry {
    name: String,
    acronym: Option<String>,
    #[serde(default)]
    aliases: Vec<String>,
    lang: Option<String>,
}

impl Gazetteers {
    /// Reads a site's people.yaml; `file` is its name in messages.
    pub fn with_people(mut self, file: &str, yaml: &str) -> Result<Self, Diagnostic> {
        let entries: Option<Vec<PersonEntry>> = yaml::parse(file, yaml, 1)?;
        for (place, entry) in entries.unwrap_or_default().into_iter().enumerate() {
            let forms = [vec![entry.name.clone()], entry.aliases].concat();
            let known = Entry {
                name: entry.name,
                role: entry.role,
                lang: None,
            };
            self.people
                .add(known, &forms)
                .map_err(|why| refused(file, yaml, place, why))?;
        }
        self.people.close();
        Ok(self)
    }

    /// Reads a site's organisations.yaml; `file` is its name in messages.
    pub fn with_organisations(mut self, file: &str, yaml: &str) -> Result<Self, Diagnostic> {
        let entries: Option<Vec<BodyEntry>> = yaml::parse(file, yaml, 1)?;
        for (place, entry) in entries.unwrap_or_default().into_iter().enumerate() {
            let mut forms = vec![entry.name.clone()];
            forms.extend(entry.acronym);
            forms.extend(entry.aliases);
            let known = Entry {
                name: entry.name,
                role: String::new(),
                lang: entry.lang,
            };
            self.organisations
                .add(known, &forms)
                .map_err(|why| refused(file, yaml, place, why))?;
        }
        self.organisations.close();
        Ok(self)
    }
}

/// What is wrong with the entry at a place of the list, with its line.
fn refused(file: &str, yaml: &str, place: usize, why: (String, &str)) -> Diagnostic {
    let line = yaml::nodes(file, yaml, 1, yaml.len())
        .ok()
        .and_then(|root| match root.value {
            yaml::Value::List(entries) => entries.get(place).map(|entry| entry.line),
            _ => None,
        });
    Diagnostic::error(file, why.0)
        .at(line.unwrap_or(1))
        .help(why.1)
}

impl Index {
    fn add(&mut self, entry: Entry, forms: &[String]) -> Result<(), (String, &'static str)> {
        let place = self.entries.len();
        for written in forms {
            let folded = fold(written);
            let words: Vec<String> = words(&folded).map(|(_, word)| word.to_owned()).collect();
            let Some(first) = words.first() else {
                return Err((
                    format!("`{written}` is no name"),
                    "give a name with letters, or remove the entry",
                ));
            };
            let twin = self.forms.iter().find(|f| {
                f.words == words
                    && f.entry != place
                    && self
                        .entries
                        .get(f.entry)
                        .is_some_and(|e| e.lang == entry.lang)
            });
            if let Some(twin) = twin {
                let other = self.entries.get(twin.entry).map_or("", |e| e.name.as_str());
                return Err((
                    format!("`{written}` is a name of `{other}` already"),
                    "keep the name in one of the two entries",
                ));
            }
            let form = self.forms.len();
            if written.chars().any(is_spaceless) {
                self.spaceless.push(form);
            } else {
                self.by_first.entry(key(first)).or_default().push(form);
            }
            let acronym = !written.contains(char::is_lowercase)
                && written.contains(char::is_uppercase)
                && words.len() == 1;
            self.forms.push(Form {
                entry: place,
                words,
                exact: acronym.then(|| written.clone()),
                capital: written.chars().next().is_some_and(char::is_uppercase),
            });
        }
        self.entries.push(entry);
        Ok(())
    }

    /// Ready to be searched.
    fn close(&mut self) {
        let forms: Vec<String> = self
            .spaceless
            .iter()
            .filter_map(|&form| Some(self.forms.get(form)?.words.concat()))
            .collect();
        self.finder = (!forms.is_empty())
            .then(|| {
                aho_corasick::AhoCorasick::builder()
                    .match_kind(aho_corasick::MatchKind::LeftmostLongest)
                    .build(&forms)
                    .ok()
            })
            .flatten();
    }

    fn find(
        &self,
        text: &Text,
        tokens: &[(usize, &str)],
        lang: &str,
        inflects: bool,
    ) -> Vec<Match> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(&(start, first)) = tokens.get(at) {
            let hit = self
                .by_first
                .get(&key(first))
                .into_iter()
                .flatten()
                .filter_map(|&f| self.forms.get(f))
                .filter(|form| self.is_of(form, lang) && is_here(text, tokens, at, form, inflects))
                .max_by_key(|form| form.words.len());
            let Some(form) = hit else {
                at += 1;
                continue;
            };
            at += form.words.len();
            let end = tokens.get(at - 1).map_or(start, |(s, w)| s + w.len());
            found.extend(self.matched(text, form, start, end));
        }
        if let Some(finder) = &self.finder {
            for hit in finder.find_iter(&text.folded) {
                let form = self
                    .spaceless
                    .get(hit.pattern().as_usize())
                    .and_then(|&f| self.forms.get(f));
                if let Some(form) = form.filter(|f| self.is_of(f, lang)) {
                    found.extend(self.matched(text, form, hit.start(), hit.end()));
                }
            }
            found.sort_by_key(|m| m.span.start);
        }
        found
    }

    fn is_of(&self, form: &Form, lang: &str) -> bool {
        self.entries
            .get(form.entry)
            .is_some_and(|e| e.lang.as_deref().is_none_or(|l| l == lang))
    }

    fn matched(&self, text: &Text, form: &Form, start: usize, end: usize) -> Option<Match> {
        let entry = self.entries.get(form.entry)?;
        Some(Match {
            span: text.original(start, end),
            name: entry.name.clone(),
            role: entry.role.clone(),
        })
    }
}

/// Whether a form's words are those from `at`.
fn is_here(text: &Text, tokens: &[(usize, &str)], at: usize, form: &Form, inflects: bool) -> bool {
    let Some(&(start, first)) = tokens.get(at) else {
        return false;
    };
    let written = text.slice(text.original(start, start + first.len()));
    if let Some(exact) = &form.exact {
        return written == exact;
    }
    if form.capital && !written.starts_with(char::is_uppercase) {
        return false;
    }
    let mut end = start;
    form.words.iter().enumerate().all(|(i, word)| {
        let Some(&(begins, token)) = tokens.get(at + i) else {
            return false;
        };
        // Nothing but space and marks within a name stands between its words.
        let between = text.folded.get(end..begins).unwrap_or_default();
        let close = i == 0 || between.chars().all(|c| " '-.·&\n".contains(c)) && between.len() <= 3;
        end = begins + token.len();
        close && (token == word || inflects && actors::is_inflected(word, token))
    })
}

/// A site that knows no names.
pub fn none() -> &'static Gazetteers {
    static NONE: LazyLock<Gazetteers> = LazyLock::new(Gazetteers::default);
    &NONE
}

/// Where a text has a site's names. Costs nothing where the site knows none.
pub fn find(text: &Text, gazetteers: &Gazetteers, lang: &str, inflects: bool) -> Matches {
    if gazetteers.people.entries.is_empty() && gazetteers.organisations.entries.is_empty() {
        return Matches::default();
    }
    let tokens: Vec<(usize, &str)> = words(&text.folded).collect();
    Matches {
        people: gazetteers.people.find(text, &tokens, lang, inflects),
        organisations: gazetteers.organisations.find(text, &tokens, lang, inflects),
    }
}

/// The words of a folded text, each with its first byte.
fn words(folded: &str) -> impl Iterator<Item = (usize, &str)> {
    folded
        .split(|c: char| !c.is_alphanumeric() && !is_mark(c))
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - folded.as_ptr() as usize, word))
}

/// Letters by which a name is looked up; its endings may differ.
fn key(word: &str) -> String {
    word.chars().take(4).collect()
}

fn fold(written: &str) -> String {
    Text::new(written.to_owned()).folded
}

/// Whether a script puts no spaces between words.
fn is_spaceless(c: char) -> bool {
    matches!(c as u32, 0x0E00..=0x0E7F | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x2FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEOPLE: &str = "- name: Amina El Fassi\n  aliases: [Mme El Fassi, أمينة الفاسي]\n  role: director\n- name: Олег Савельев\n- name: 王建国\n";
    const BODIES: &str =
        "- name: Harbour Trust of the North\n  acronym: HTN\n  lang: en\n- name: Фонд Наследие\n";

    fn found(text: &str, lang: &str, inflects: bool) -> (Vec<String>, Vec<String>) {
        let gazetteers = Gazetteers::default()
            .with_people("people.yaml", PEOPLE)
            .and_then(|g| g.with_organisations("organisations.yaml", BODIES))
            .expect("parses");
        let text = Text::new(text.to_owned());
        let found = find(&text, &gazetteers, lang, inflects);
        let shown = |m: Vec<Match>| {
            m.into_iter()
                .map(|m| format!("{}={}", text.slice(m.span), m.name))
                .collect()
        };
        (shown(found.people), shown(found.organisations))
    }

    #[test]
    fn names_are_found_in_other_forms() {
        let (people, bodies) = found("AMINA  EL FASSI and HTN met; htn did not.", "en", false);
        assert_eq!(people, ["AMINA  EL FASSI=Amina El Fassi"]);
        assert_eq!(bodies, ["HTN=Harbour Trust of the North"]);
        let (people, bodies) = found("встретил Олега Савельева из Фонда «Наследие»", "ru", true);
        assert_eq!(people, ["Олега Савельева=Олег Савельев"]);
        assert!(bodies.is_empty() || bodies.len() == 1);
        assert_eq!(found("记者王建国报道", "zh", false).0, ["王建国=王建国"]);
        assert_eq!(found("قالت أمينة الفاسي", "ar", false).0.len(), 1);
        assert!(found("HTN", "fr", false).1.is_empty());
        assert!(found("El Fassia Amina", "en", false).0.is_empty());
    }

    #[test]
    fn faults_name_their_line() {
        let read = |yaml: &str| {
            Gazetteers::default()
                .with_people("people.yaml", yaml)
                .map(|_| ())
        };
        let fault = read("- name: A B\n  rôle: x\n").expect_err("refused");
        assert_eq!(fault.line, Some(2));
        let fault = read("- name: A B\n  aliasses: [x]\n").expect_err("refused");
        assert!(fault.help.is_some_and(|h| h.contains("aliases")));
        let fault = read("- name: Ada Bo\n- name: Cy\n  aliases: [ada bo]\n").expect_err("refused");
        assert_eq!(fault.line, Some(2));
        assert!(fault.message.contains("Ada Bo"), "{}", fault.message);
        assert!(read("- name: '  '\n").is_err());
        assert!(read("# nothing yet\n").is_ok() && read("").is_ok());
    }
}
