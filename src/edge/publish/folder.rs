//! The output folder → what an earlier build wrote there; the list of our files, and what goes because it is stale. Refuses a folder that holds sources, or files of somebody else and none of ours.

use std::{
    collections::BTreeSet,
    io,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use walkdir::WalkDir;

use super::{
    MANIFEST, Refusal,
    scratch::{Scratch, is_scratch, settle},
};
use crate::{
    diagnostic::Diagnostic,
    edge::{ledger::Ledger, walk::FOLDERS},
};

/// Checks that the folder may be an output, and makes it where it is not there.
pub(super) fn claim(output: &Path, root: &Path) -> Result<(), Refusal> {
    let at = |error| Refusal::Io(output.to_path_buf(), error);
    let absolute = std::path::absolute(output).map_err(at)?;
    let root = std::path::absolute(root).map_err(at)?;
    let (place, home) = (resolved(&absolute), resolved(&root));
    let source = FOLDERS
        .iter()
        .chain(&["src", "tests", ".git"])
        .map(|s| home.join(s))
        .find(|s| place.starts_with(s));
    if home.starts_with(&place) || source.is_some() {
        return Err(refused(
            output,
            "the output folder is a source folder of the site, or holds one",
            "choose another with --output",
        ));
    }
    if output.components().any(|c| c == Component::ParentDir) && place.parent().is_none() {
        return Err(refused(
            output,
            "the output folder is the root of the file system",
            "choose another with --output",
        ));
    }
    make_folder(output)
}

/// What an earlier build wrote into a folder that is locked; nothing where the folder is empty. Refuses one with files of somebody else and no list of ours.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub(super) fn written(
    output: &Path,
    ledger: &mut Ledger,
) -> Result<Option<Arc<BTreeSet<String>>>, Refusal> {
    let at = |error| Refusal::Io(output.to_path_buf(), error);
    let manifest = output.join(MANIFEST);
    let now = std::fs::symlink_metadata(&manifest);
    if let Some(known) = now.as_ref().ok().and_then(|now| ledger.listed(now)) {
        return Ok(Some(known));
    }
    match std::fs::read_to_string(&manifest) {
        Ok(list) => {
            let files = list.lines().filter(|line| is_plain(line));
            let files = Arc::new(files.map(str::to_owned).collect());
            if let Ok(now) = now {
                ledger.list(&now, &files);
            }
            Ok(Some(files))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut entries = output.read_dir().map_err(at)?;
            if entries.any(|entry| entry.is_ok_and(|entry| !is_scratch(&entry))) {
                return Err(refused(
                    output,
                    "the output folder has files that Dépêche did not write",
                    "empty it, or choose another with --output",
                ));
            }
            Ok(None)
        }
        Err(error) => Err(at(error)),
    }
}

fn refused(output: &Path, message: &str, help: &str) -> Refusal {
    Refusal::Folder(Diagnostic::error(output.display().to_string(), message).help(help))
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

/// Whether something that is not ours stands where a new file should be, or where a folder above it should. A folder is no hindrance where all that it
/// holds is ours, and so stale.
pub(super) fn stands(output: &Path, file: &str, before: &BTreeSet<String>) -> bool {
    match std::fs::symlink_metadata(output.join(file)) {
        Ok(found) if found.is_dir() => holds_others(output, file, before),
        Ok(_) => true,
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let above = file.match_indices('/').filter_map(|(at, _)| file.get(..at));
            let mut above = above.filter(|above| !output.join(above).is_dir());
            above.next().is_some_and(|above| !before.contains(above))
        }
        Err(_) => false,
    }
}

/// Whether a folder of the output holds anything that an earlier build did not write: a file, or a folder with nothing of ours in it.
fn holds_others(output: &Path, folder: &str, before: &BTreeSet<String>) -> bool {
    let is_ours = |entry: &walkdir::DirEntry| {
        let below = entry.path().strip_prefix(output).ok()?;
        let names: Option<Vec<&str>> = below.iter().map(|name| name.to_str()).collect();
        let path = names?.join("/");
        if !entry.file_type().is_dir() {
            return before.contains(&path).then_some(());
        }
        let within = format!("{path}/");
        let first = before.range(within.clone()..).next()?;
        first.starts_with(&within).then_some(())
    };
    let mut found = WalkDir::new(output.join(folder)).into_iter();
    found.any(|entry| entry.ok().as_ref().and_then(is_ours).is_none())
}

/// Removes what is stale and stands in the way of new files: a file where a folder should be now, or the other way round.
pub(super) fn make_way(
    output: &Path,
    before: &BTreeSet<String>,
    files: &[String],
) -> Result<(), Refusal> {
    let now: BTreeSet<&str> = files.iter().map(String::as_str).collect();
    let folders = |file: &str| {
        let ends: Vec<usize> = file.match_indices('/').map(|(at, _)| at).collect();
        ends.into_iter()
    };
    let mut stale = before.iter().filter(|file| !now.contains(file.as_str()));
    let Some(first) = stale.next() else {
        return Ok(());
    };
    let above: BTreeSet<&str> = files
        .iter()
        .flat_map(|file| folders(file).filter_map(|end| file.get(..end)))
        .collect();
    let in_the_way = std::iter::once(first).chain(stale).filter(|file| {
        above.contains(file.as_str())
            || folders(file).any(|end| file.get(..end).is_some_and(|part| now.contains(part)))
    });
    let in_the_way: BTreeSet<String> = in_the_way.cloned().collect();
    sweep(output, &in_the_way, &BTreeSet::new()).map(|_| ())
}

fn is_other(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
    matches!(kind, NotFound | IsADirectory | NotADirectory)
}

/// Removes what an earlier build wrote and this one did not, and the folders that this empties.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub(super) fn sweep(
    output: &Path,
    before: &BTreeSet<String>,
    files: &BTreeSet<String>,
) -> Result<usize, Refusal> {
    let mut removed = 0;
    for stale in before.difference(files) {
        let path = output.join(stale);
        match std::fs::remove_file(&path) {
            Ok(()) => removed += 1,
            // Gone, or another kind of thing stands there now.
            Err(error) if is_other(error.kind()) => {}
            Err(error) => return Err(Refusal::Midway(path, error)),
        }
        let mut folder = path.parent();
        // Fails on the first folder that still holds something.
        while let Some(empty) = folder.filter(|f| *f != output && std::fs::remove_dir(f).is_ok()) {
            folder = empty.parent();
        }
    }
    Ok(removed)
}

/// Writes the list of our files, where it is not `before`, and remembers it.
pub(super) fn save_manifest(
    output: &Path,
    scratch: &Scratch,
    ledger: &mut Ledger,
    before: &BTreeSet<String>,
    files: &Arc<BTreeSet<String>>,
) -> Result<(), Refusal> {
    let manifest = output.join(MANIFEST);
    if *before == **files && manifest.exists() {
        return Ok(());
    }
    let list: String = files
        .iter()
        .flat_map(|file| [file.as_str(), "\n"])
        .collect();
    let saved = scratch.beside(list.as_bytes()).and_then(|(made, now)| {
        settle(&made, &manifest)?;
        Ok(now)
    });
    let now = saved.map_err(|error| Refusal::Io(manifest, error))?;
    ledger.list(&now, files);
    Ok(())
}
