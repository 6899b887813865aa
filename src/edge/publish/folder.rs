//! The output folder → what an earlier build wrote there. Refuses a folder that holds sources, or files of somebody else and none of ours.

use std::{
    collections::BTreeSet,
    io,
    path::{Component, Path, PathBuf},
};

use super::{MANIFEST, Refusal, scratch::is_scratch};
use crate::{diagnostic::Diagnostic, edge::walk::FOLDERS};

/// Checks that the folder is ours, and reads what an earlier build wrote.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub(super) fn prepare(output: &Path, root: &Path) -> Result<BTreeSet<String>, Refusal> {
    let at = |error| Refusal::Io(output.to_path_buf(), error);
    let refuse = |message: String, help: &str| {
        Err(Refusal::Folder(
            Diagnostic::error(output.display().to_string(), message).help(help),
        ))
    };
    let absolute = std::path::absolute(output).map_err(at)?;
    let root = std::path::absolute(root).map_err(at)?;
    let (place, home) = (resolved(&absolute), resolved(&root));
    let source = FOLDERS
        .iter()
        .chain(&["src", "tests", ".git"])
        .map(|s| home.join(s))
        .find(|s| place.starts_with(s));
    if home.starts_with(&place) || source.is_some() {
        return refuse(
            "the output folder is a source folder of the site, or holds one".to_owned(),
            "choose another with --output",
        );
    }
    if output.components().any(|c| c == Component::ParentDir) && place.parent().is_none() {
        return refuse(
            "the output folder is the root of the file system".to_owned(),
            "choose another with --output",
        );
    }
    match std::fs::read_to_string(output.join(MANIFEST)) {
        Ok(list) => Ok(list
            .lines()
            .filter(|line| is_plain(line))
            .map(str::to_owned)
            .collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let occupied = match output.read_dir() {
                Ok(mut entries) => {
                    entries.any(|entry| entry.is_ok_and(|entry| !is_scratch(&entry)))
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => false,
                Err(error) => return Err(at(error)),
            };
            if occupied {
                return refuse(
                    "the output folder has files that Dépêche did not write".to_owned(),
                    "empty it, or choose another with --output",
                );
            }
            make_folder(output)?;
            Ok(BTreeSet::new())
        }
        Err(error) => Err(at(error)),
    }
}

/// A path without links and `..`, as far as it is there.
fn resolved(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
        if let Ok(real) = plain.canonicalize() {
            plain = real;
        }
    }
    plain
}

/// Whether a line of the manifest names a file inside the output folder.
fn is_plain(line: &str) -> bool {
    !line.is_empty()
        && Path::new(line)
            .components()
            .all(|c| matches!(c, Component::Normal(_)))
}

#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn make_folder(folder: &Path) -> Result<(), Refusal> {
    std::fs::create_dir_all(folder).map_err(|error| Refusal::Io(folder.to_path_buf(), error))
}
