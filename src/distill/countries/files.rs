//! The data files of a language: its own and those that it reads along, as rows with the names of their sections. Refuses nothing: rows
//! outside any section are comments.

use include_dir::{Dir, include_dir};

use crate::model::Lang;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/distill/lexicon/countries");

/// Cities by locale; source and licence are in its head.
static CITIES: &str = include_str!("../lexicon/city-names.tsv");

/// The name of a language's file: its own, else its primary subtag's.
pub(super) fn key(lang: &Lang) -> &str {
    [lang.as_str(), lang.primary()]
        .into_iter()
        .find(|key| content(key).is_some())
        .unwrap_or(lang.primary())
}

/// The contents of the language's files, each once; those of `und.tsv` where it has none.
pub(super) fn of(key: &str) -> Vec<&'static str> {
    let mut files = Vec::new();
    collect(key, &mut files);
    if files.is_empty() {
        collect("und", &mut files);
    }
    files
}

/// The rows of a data file, each with the name of its section.
pub(super) fn rows(file: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    file.lines().filter_map(move |line| {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with('#') {
            return None;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            section = name;
            return None;
        }
        Some((section, line))
    })
}

/// The cities that CLDR names in a locale: code, whether it is the capital, name.
pub(super) fn cities(locale: &str) -> impl Iterator<Item = (&'static str, bool, &'static str)> {
    let from = CITIES
        .find(&format!("\n{locale}\t"))
        .map_or(CITIES.len(), |at| at + 1);
    CITIES[from..].lines().map_while(move |line| {
        let mut cells = line.split('\t');
        let here = cells.next()? == locale;
        let (code, kind, name) = (cells.next()?, cells.next()?, cells.next()?);
        here.then_some((code, kind == "capital", name))
    })
}

fn content(key: &str) -> Option<&'static str> {
    FILES
        .get_file(format!("{key}.tsv"))
        .and_then(include_dir::File::contents_utf8)
}

fn collect(key: &str, files: &mut Vec<&'static str>) {
    let Some(text) = content(key) else { return };
    if files.iter().any(|f| std::ptr::eq(*f, text)) {
        return;
    }
    files.push(text);
    let options = rows(text)
        .filter(|(section, _)| *section == "options")
        .flat_map(|(_, row)| row.split_whitespace());
    for used in options.filter_map(|o| o.strip_prefix("use=")) {
        collect(used, files);
    }
}
