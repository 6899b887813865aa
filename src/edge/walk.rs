//! A site's folder → [`Sources`]. Hidden files are skipped; links that lead out of the folder are refused.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    path::{Path, PathBuf},
};

use bytes::Bytes;
use rayon::prelude::*;
use walkdir::WalkDir;

use super::bounded::{bounded, limit};
use crate::{
    content::Known,
    diagnostic::{Diagnostic, Rule},
    pipeline::{self, Sources},
};

/// The folders of a site that hold sources.
pub const FOLDERS: [&str; 3] = ["content", "seeds", "themes"];

/// Whether there is a site: a folder that holds some part of one, unless any folder `will_do`.
pub fn site(root: &Path, will_do: bool) -> Result<(), Diagnostic> {
    let name = root.display().to_string();
    if !root.is_dir() {
        let help =
            format!("give the site's folder with --root, or make a site with `depeche new {name}`");
        return Err(Diagnostic::error(name, "there is no such folder").help(help));
    }
    // "." says nothing to a person.
    let name = if name == "." { String::new() } else { name };
    let parts = ["site.yaml", "content", "seeds", "themes"];
    if will_do || parts.iter().any(|part| root.join(part).exists()) {
        return Ok(());
    }
    Err(Diagnostic::error(
        name,
        "no site is here: neither site.yaml nor content/ nor seeds/",
    )
    .help("give the site's folder with --root, or make a site with `depeche new my-site`"))
}

/// Reads everything that a build needs, but for the files of content/ that were `written` a moment ago: of those it is enough that they are there.
/// What can't be read is an error; the rest is there.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn sources(
    root: &Path,
    config: Option<&Path>,
    written: &[Known],
) -> (Sources, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let path = config.map_or_else(|| root.join("site.yaml"), PathBuf::from);
    let name = config.map_or_else(|| "site.yaml".to_owned(), |c| c.display().to_string());
    let (config, config_error) = match std::fs::read(&path) {
        Ok(bytes) => (Some((name, bytes.into())), None),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && config.is_none() => {
            (None, None)
        }
        Err(error) => {
            let found = Diagnostic::error(name, format!("the settings can't be read: {error}"));
            let help = "check the file's path and permissions; nothing was built without them";
            (None, Some(found.help(help).rule(Rule::Settings)))
        }
    };
    let topics = match std::fs::read(root.join("topics.yaml")) {
        Ok(bytes) => Some(bytes.into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => {
            diagnostics.push(unreadable("topics.yaml", &error));
            None
        }
    };
    let sources = Sources {
        config,
        config_error,
        topics,
        content: tree(root, "content", written, &mut diagnostics),
        themes: tree(root, "themes", &[], &mut diagnostics),
    };
    (sources, diagnostics)
}

/// Reads again what may have changed of sources that were read before, by paths from the site's root: those that did. `None` where more than single
/// files may have changed; then all must be read. `sources` are then as they were, or partly new.
pub fn refresh(
    root: &Path,
    sources: &mut Sources,
    paths: &BTreeSet<String>,
) -> Option<Vec<String>> {
    let mut changed = Vec::new();
    for path in paths {
        let (folder, below) = path.split_once('/')?;
        let files = match folder {
            "content" => &mut sources.content,
            "themes" => &mut sources.themes,
            _ => return None,
        };
        let whole = root.join(path);
        let above = whole.ancestors().skip(1).take_while(|above| *above != root);
        // Links to folders are not followed.
        if above
            .map(Path::symlink_metadata)
            .any(|found| found.is_ok_and(|f| f.is_symlink()))
        {
            return None;
        }
        match whole.symlink_metadata() {
            Ok(now) if now.is_file() => {
                let bytes = bounded(&whole, limit(below)).ok()?;
                if files.get(below).is_none_or(|before| **before != *bytes) {
                    files.insert(below.to_owned(), bytes.into());
                    changed.push(path.clone());
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                // What is gone may have been a folder.
                let within = format!("{below}/");
                let folder = files.range(within.clone()..).next();
                if folder.is_some_and(|(path, _)| path.starts_with(&within)) {
                    return None;
                }
                if files.remove(below).is_some() {
                    changed.push(path.clone());
                }
            }
            _ => return None,
        }
    }
    Some(changed)
}

/// The files of content/ alone.
pub fn content(root: &Path) -> (BTreeMap<String, Bytes>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let files = tree(root, "content", &[], &mut diagnostics);
    (files, diagnostics)
}

/// The files of themes/ alone. What can't be read is for a build to say.
pub fn themes(root: &Path) -> BTreeMap<String, Bytes> {
    tree(root, "themes", &[], &mut Vec::new())
}

/// All files below `root/folder` by path from there, with `/` between parts.
fn tree(
    root: &Path,
    folder: &str,
    written: &[Known],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Bytes> {
    let found = list(root, folder, diagnostics);
    read(folder, found, written, diagnostics)
}

/// A folder of sources; `None` where there is none. Refuses a link that leads out of the site.
pub fn folder(root: &Path, folder: &str) -> Result<Option<PathBuf>, Diagnostic> {
    let top = root.join(folder);
    let Ok(found) = top.symlink_metadata() else {
        return Ok(None);
    };
    let within = || {
        Some(
            top.canonicalize()
                .ok()?
                .starts_with(root.canonicalize().ok()?),
        )
    };
    if found.is_symlink() && within() != Some(true) {
        return Err(Diagnostic::error(
            format!("{folder}/"),
            "this symbolic link leads out of the site's folder; nothing was read there",
        )
        .help("put the folder itself here"));
    }
    Ok(Some(top))
}

/// All that lies below a folder and is not ignored, in the order of names.
pub(super) fn visible(top: &Path) -> impl Iterator<Item = walkdir::Result<walkdir::DirEntry>> {
    // Within one folder paths differ in their last parts alone, and are faster to tell apart than names that must be found first.
    WalkDir::new(top)
        .sort_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()))
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !ignored(entry.file_name()))
}

/// The files of a folder of sources, each with its path from there.
fn list(root: &Path, name: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<(String, PathBuf)> {
    let top = match folder(root, name) {
        Ok(Some(top)) => top,
        Ok(None) => return Vec::new(),
        Err(refused) => {
            diagnostics.push(refused);
            return Vec::new();
        }
    };
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    for entry in files(root, &top, true) {
        match entry {
            Ok(path) => {
                let below = path.strip_prefix(&top).unwrap_or(&path);
                found.push((slashed(below), path));
            }
            Err(Passed { file, why }) => diagnostics.push(match why {
                Why::Said(found) => *found,
                Why::Io(error, _) => unreadable(&file, &error),
            }),
        }
    }
    found
}

/// What is no file that can be read, by its path from the site's root.
pub(super) struct Passed {
    pub(super) file: String,
    pub(super) why: Why,
}

/// Why something was passed over.
pub(super) enum Why {
    /// It is none of what is looked for.
    Said(Box<Diagnostic>),
    /// The system said no; whether a moment after it had listed it.
    Io(std::io::Error, bool),
}

/// The files at and below a path, in order: folders are looked into, hidden files are not seen, links are not followed, but the path itself may be one
/// where it `may_lead` on.
pub(super) fn files(
    root: &Path,
    top: &Path,
    may_lead: bool,
) -> impl Iterator<Item = Result<PathBuf, Passed>> {
    visible(top).filter_map(move |entry| {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let file = name(root, error.path().unwrap_or(top));
                let listed = error.depth() > 0;
                let said = error.to_string();
                let why = match error.into_io_error() {
                    Some(error) => Why::Io(error, listed),
                    None => Why::Said(Box::new(Diagnostic::error(file.clone(), said))),
                };
                return Some(Err(Passed { file, why }));
            }
        };
        if may_lead && entry.depth() == 0 {
            return None;
        }
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
        if below.to_str().is_none() {
            let file = name(root, entry.path());
            let why = Why::Said(Box::new(no_utf8(&file)));
            return Some(Err(Passed { file, why }));
        }
        if entry.path_is_symlink() {
            let file = name(root, entry.path());
            let found = Diagnostic::warning(file.clone(), "symbolic links are not followed");
            let why = Why::Said(Box::new(found.help("put the file itself here")));
            return Some(Err(Passed { file, why }));
        }
        entry.file_type().is_file().then(|| Ok(entry.into_path()))
    })
}

/// The bytes of files that were listed.
fn read(
    folder: &str,
    found: Vec<(String, PathBuf)>,
    written: &[Known],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Bytes> {
    let written: HashMap<&str, &Bytes> = written
        .iter()
        .map(|known| (known.entry.path.as_str(), &known.bytes))
        .collect();
    let read: Vec<_> = found
        .into_par_iter()
        .map(|(name, path)| {
            let bytes = match written.get(name.as_str()) {
                Some(bytes) => Ok((*bytes).clone()),
                None => bounded(&path, limit(&name)).map(Bytes::from),
            };
            (name, bytes)
        })
        .collect();
    let mut files = BTreeMap::new();
    for (name, bytes) in read {
        match bytes {
            Ok(bytes) => {
                files.insert(name, bytes);
            }
            Err(error) => diagnostics.push(unreadable(&format!("{folder}/{name}"), &error)),
        }
    }
    files
}

/// Hidden files, and what editors leave beside the file they save.
pub fn ignored(name: &std::ffi::OsStr) -> bool {
    pipeline::is_skipped(&name.to_string_lossy())
}

/// A path from the site's root, with `/` between parts; what is no text is escaped.
pub fn name(root: &Path, path: &Path) -> String {
    slashed(path.strip_prefix(root).unwrap_or(path))
}

fn slashed(path: &Path) -> String {
    let parts: Vec<Cow<'_, str>> = path
        .components()
        .map(|part| match part.as_os_str().to_str() {
            Some(part) => part.into(),
            None => escaped(Path::new(part.as_os_str())).into(),
        })
        .collect();
    parts.join("/")
}

/// A path without what is no text: `caf\xE9.md`.
pub(super) fn escaped(path: &Path) -> String {
    let mut plain = String::new();
    for part in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        plain.extend(part.valid().chars().flat_map(char::escape_debug));
        plain.extend(part.invalid().iter().map(|byte| format!("\\x{byte:02X}")));
    }
    plain
}

pub(super) fn no_utf8(file: &str) -> Diagnostic {
    Diagnostic::error(file, "the file's name is not UTF-8")
        .rule(Rule::Unreadable)
        .help("rename it; it was left out")
}

pub(super) fn unreadable(file: &str, error: &std::io::Error) -> Diagnostic {
    let found = match error.kind() {
        // Listed a moment ago.
        std::io::ErrorKind::NotFound => {
            Diagnostic::warning(file, "the file went while it was being read")
                .help("it was left out; build again if it is only somewhere else now")
        }
        std::io::ErrorKind::FileTooLarge => Diagnostic::error(file, error.to_string())
            .help("make it smaller, or publish it beside the site; it was left out"),
        _ => Diagnostic::error(file, format!("the file can't be read: {error}"))
            .help("check its permissions; it was left out"),
    };
    found.rule(Rule::Unreadable)
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "the test makes and removes files"
)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_between_listing_and_reading_is_a_warning() {
        let root = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(root.path().join("content")).expect("made");
        for name in ["a.md", "b.md", "c.md"] {
            std::fs::write(root.path().join("content").join(name), name).expect("written");
        }
        let mut said = Vec::new();
        let found = list(root.path(), "content", &mut said);
        std::fs::remove_file(root.path().join("content/a.md")).expect("removed");
        std::fs::rename(
            root.path().join("content/b.md"),
            root.path().join("content/d.md"),
        )
        .expect("renamed");
        let files = read("content", found, &[], &mut said);
        assert_eq!(files.keys().collect::<Vec<_>>(), ["c.md"]);
        let said: Vec<_> = said
            .iter()
            .map(|d| (d.file.as_str(), d.is_error()))
            .collect();
        assert_eq!(said, [("content/a.md", false), ("content/b.md", false)]);
    }
}
