//! seeds/ or the paths that a person names → seeds with their bytes and digests. Hidden files are skipped; links are not followed.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use rayon::prelude::*;

use crate::{
    diagnostic::Diagnostic,
    distill::{self, NotText, Source},
    edge::{
        bounded::{self, bounded},
        convert,
        walk::{self, Passed, Why, name},
    },
    formats::{self, Kind, Piece},
};

/// A raw document.
#[derive(Debug)]
pub(super) struct Seed {
    /// Path from the site's root, with `/` between parts.
    pub(super) file: String,
    /// Hexadecimal SHA-256 of the bytes.
    pub(super) sha256: String,
    content: Content,
}

/// What is known of a seed before it is derived from.
#[derive(Debug)]
enum Content {
    /// Its bytes; they are converted when they must be.
    Bytes(Vec<u8>),
    /// What it says: an entry of a feed.
    Source(Box<Source>),
}

impl Seed {
    /// What the seed says.
    pub(super) fn source(&self) -> Result<Source, Diagnostic> {
        match &self.content {
            Content::Source(source) => Ok((**source).clone()),
            Content::Bytes(bytes) => convert::pieces(&self.file, bytes)?
                .into_iter()
                .next()
                .map(|piece| piece.source)
                .ok_or_else(|| refusal(&self.file, NotText::Empty)),
        }
    }

    /// The seeds in a file: one, but for feeds.
    fn of(file: String, bytes: Vec<u8>) -> Result<Vec<Self>, Diagnostic> {
        if formats::kind(&file, &bytes) == Ok(Kind::Feed) {
            let pieces = convert::pieces(&file, &bytes)?;
            return Ok(pieces
                .into_iter()
                .map(|piece| Self {
                    file: format!("{file}#{}", piece.id),
                    sha256: fingerprint(&piece),
                    content: Content::Source(Box::new(piece.source)),
                })
                .collect());
        }
        Ok(vec![Self {
            sha256: distill::digest(&bytes),
            file,
            content: Content::Bytes(bytes),
        }])
    }
}

/// The digest of a feed's entry, which has no bytes of its own.
fn fingerprint(piece: &Piece) -> String {
    distill::digest(&serde_json::to_vec(&piece.source).unwrap_or_default())
}

/// What a path of the command line or of front matter says: each document with its name and digest. `feed.xml#id` is one entry of a feed.
pub fn open(path: &Path, file: &str) -> Result<Vec<(String, String, Source)>, Diagnostic> {
    let whole = path.exists();
    let parted = |text: &str| {
        text.split_once('#')
            .map(|(a, b)| (a.to_owned(), b.to_owned()))
    };
    let (path, name, id) = match (path.to_str().and_then(parted), parted(file)) {
        (Some((path, _)), Some((name, id))) if !whole => (PathBuf::from(path), name, Some(id)),
        _ => (path.to_owned(), file.to_owned(), None),
    };
    let found = Seed::of(name.clone(), read(&path, &name, false)?)?
        .into_iter()
        .filter(|seed| id.is_none() || seed.file == file)
        .map(|seed| Ok((seed.file.clone(), seed.sha256.clone(), seed.source()?)))
        .collect::<Result<Vec<_>, Diagnostic>>()?;
    if found.is_empty() {
        return Err(Diagnostic::error(file, "the feed has no such entry")
            .help(format!("`depeche explain {name}` shows those it has")));
    }
    Ok(found)
}

/// Whether there still is a seed of this name, as far as its file tells.
pub(super) fn exists(root: &Path, file: &str) -> bool {
    root.join(file).exists()
        || file
            .split_once('#')
            .is_some_and(|(feed, _)| root.join(feed).exists())
}

/// All seeds, by path. What can't be read is an error.
pub(super) fn find(root: &Path, only: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> Vec<Seed> {
    let mut paths: Vec<PathBuf> = Vec::new();
    let tops = match only {
        [] => match walk::folder(root, "seeds") {
            Ok(top) => top.into_iter().collect(),
            Err(refused) => {
                diagnostics.push(refused);
                Vec::new()
            }
        },
        only => only.iter().map(|path| located(root, path)).collect(),
    };
    for top in tops {
        for file in walk::files(root, &top, only.is_empty()) {
            match file {
                Ok(path) => paths.push(path),
                Err(Passed { file, why }) => diagnostics.push(match why {
                    Why::Said(found) => *found,
                    Why::Io(why, true) if why.kind() == ErrorKind::NotFound => {
                        walk::unreadable(&file, &why)
                    }
                    Why::Io(why, _) => unreadable(&file, &why.to_string()),
                }),
            }
        }
    }
    paths.sort();
    paths.dedup();
    let read: Vec<Result<Vec<Seed>, Diagnostic>> = paths
        .par_iter()
        .map(|path| {
            let file = name(root, path);
            let bytes = read(path, &file, true)?;
            Seed::of(file, bytes)
        })
        .collect();
    read.into_iter()
        .filter_map(|seeds| seeds.map_err(|error| diagnostics.push(error)).ok())
        .flatten()
        .collect()
}

/// The bytes of a seed. `file` is its name in messages; one that was `listed` a moment ago may have gone since. Refuses what is over the limit before it is read.
fn read(path: &Path, file: &str, listed: bool) -> Result<Vec<u8>, Diagnostic> {
    bounded(path, bounded::limits().seed_mib.bytes()).map_err(|error| match error.kind() {
        ErrorKind::NotFound if listed => walk::unreadable(file, &error),
        ErrorKind::FileTooLarge => Diagnostic::error(file, error.to_string())
            .help("cut it into the documents that it holds"),
        _ => unreadable(file, &error.to_string()),
    })
}

fn unreadable(file: &str, why: &str) -> Diagnostic {
    Diagnostic::error(file, format!("the seed can't be read: {why}"))
        .help("check its path and permissions; the other seeds were done")
}

/// What is said of a seed that is no text.
pub fn refusal(file: &str, why: NotText) -> Diagnostic {
    let help = match why {
        NotText::Empty => "remove it, or save the document into it again".to_owned(),
        NotText::Binary => format!(
            "{}; save it as one of these, or move it out of seeds/",
            formats::kind::ACCEPTED
        ),
        NotText::Undecodable => "save it as UTF-8 in your editor".to_owned(),
    };
    Diagnostic::error(file, formats::not_text(why)).help(help)
}

/// A path of the command line: as it stands, or from the site's root.
pub fn located(root: &Path, path: &Path) -> PathBuf {
    if path.exists() {
        // The same file has one name, however it was spelled.
        if let (Ok(full), Ok(top)) = (path.canonicalize(), root.canonicalize())
            && let Ok(below) = full.strip_prefix(&top)
        {
            return root.join(below);
        }
        return path.to_owned();
    }
    root.join(path)
}

/// A day in a seed's name: `2026-01-27` or `20260127`, not part of a longer number.
pub fn date_in_name(file: &str) -> Option<Date> {
    let file = file.split('#').next().unwrap_or(file);
    let name = file.rsplit('/').next().unwrap_or(file);
    let bytes = name.as_bytes();
    let digit = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_alphanumeric)
    };
    (0..bytes.len()).find_map(|start| {
        [10, 8].into_iter().find_map(|len| {
            if digit(start.checked_sub(1)) || digit(Some(start + len)) {
                return None;
            }
            let text = name.get(start..start + len)?;
            let day = match len {
                10 => text.parse().ok(),
                _ if text.bytes().all(|b| b.is_ascii_digit()) => Date::new(
                    text.get(..4)?.parse().ok()?,
                    text.get(4..6)?.parse().ok()?,
                    text.get(6..)?.parse().ok()?,
                )
                .ok(),
                _ => None,
            };
            // Eight digits may be any number; a press document is of these two centuries.
            day.filter(|day: &Date| (1900..2100).contains(&day.year()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_the_name_is_found() {
        for (name, day) in [
            ("seeds/2026-01-27_a.txt", Some("2026-01-27")),
            ("seeds/a 20260127.txt", Some("2026-01-27")),
            ("2026-01-27", Some("2026-01-27")),
            ("2026-13-27_20260128", Some("2026-01-28")),
            ("000_4b5e72416c4ad0b1.txt", None),
            ("120260127.txt", None),
            ("99999999.txt", None),
            ("2026-01-01/x.txt", None),
            ("é2026-01", None),
        ] {
            assert_eq!(
                date_in_name(name).map(|d| d.to_string()).as_deref(),
                day,
                "{name}"
            );
        }
    }
}
