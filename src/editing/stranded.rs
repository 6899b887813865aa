//! Content files + a change of a term → the links to the lists of that term, where no file will have it any longer.

use std::collections::BTreeMap;

use super::{
    Files, Planned,
    retag::{Change, Kind},
    texts,
};
use crate::{
    content,
    diagnostic::{Diagnostic, Rule},
};

/// A warning for each line that names the address of such a list. `planned` is what changes, `settings` the name and text of site.yaml, and
/// `origin` where the site is published: `https://example.org`.
pub fn stranded(
    files: &Files,
    planned: &[Planned],
    settings: Option<(&str, &str)>,
    origin: &str,
    kind: Kind,
    change: &Change,
) -> Vec<Diagnostic> {
    let (old, new) = match change {
        Change::Rename(old, new) => (old, Some(new)),
        Change::Remove(old) => (old, None),
        Change::Add(_) => return Vec::new(),
    };
    let changed: BTreeMap<&str, &str> = planned
        .iter()
        .map(|one| (one.file.as_str(), one.after.as_str()))
        .collect();
    let after: Vec<(String, &str)> = texts(files)
        .map(|(path, text)| {
            let file = format!("content/{path}");
            let text = changed.get(file.as_str()).copied().unwrap_or(text);
            (file, text)
        })
        .collect();
    let has = |(file, text): &(String, &str)| {
        let path = file.strip_prefix("content/").unwrap_or(file);
        let entry = content::read(path, text.as_bytes());
        entry.is_ok_and(|(entry, _)| entry.front.values(kind.key()).contains(old))
    };
    if planned.is_empty() || after.iter().any(has) {
        return Vec::new();
    }
    let list = |term: &str| format!("/{}/{}/", kind.key(), term.to_lowercase());
    let gone = list(old);
    let help = new.map_or_else(
        || "let it lead elsewhere".to_owned(),
        |new| format!("let it lead to {}", list(new)),
    );
    let settings = settings.map(|(name, text)| (name.to_owned(), text));
    let mut found = Vec::new();
    for (file, text) in after.into_iter().chain(settings) {
        for (above, line) in text.lines().enumerate() {
            let mut words = line.split(|c: char| c.is_whitespace() || "\"'<>()[]{},`".contains(c));
            let leads = |word: &str| {
                let own = word.strip_prefix(origin).unwrap_or(word);
                let path = own.split(['#', '?']).next().unwrap_or(own);
                !own.contains("//") && format!("{path}/").contains(&gone)
            };
            if words.any(leads) {
                let message = format!("nothing is left in the list {gone}, to which a link leads");
                found.push(
                    Diagnostic::warning(&file, message)
                        .rule(Rule::LinkBroken)
                        .at(above + 1)
                        .help(help.clone()),
                );
            }
        }
    }
    found
}
