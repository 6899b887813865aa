//! Bytes → a whole file: made in a folder beside the others, and moved to its place. A reader sees the old file or the new one.

use std::{
    fs::{DirEntry, File},
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use tempfile::TempDir;

/// How the name of the folder begins in which files are made.
const SCRATCH: &str = ".depeche-scratch-";

/// The folder in which files are made until they are whole, and how many were.
pub(super) struct Scratch {
    folder: TempDir,
    made: AtomicUsize,
}

impl Scratch {
    /// Makes a whole file, and says where it is.
    pub(super) fn make(&self, bytes: &[u8]) -> io::Result<PathBuf> {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let whole = self.folder.path().join(number.to_string());
        io::Write::write_all(&mut File::create_new(&whole)?, bytes)?;
        Ok(whole)
    }
}

/// Moves a whole file to its place: a reader sees the old file or the new one. Makes the folders that it lies in.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub(super) fn settle(whole: &Path, place: &Path) -> io::Result<()> {
    match std::fs::rename(whole, place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            place.parent().map_or(Ok(()), std::fs::create_dir_all)?;
            std::fs::rename(whole, place)
        }
        done => done,
    }
}

/// A folder for files until they are whole, on the file system of the output. What a killed build left of its own goes.
pub(super) fn scratch(output: &Path) -> io::Result<Scratch> {
    for entry in output.read_dir()?.flatten() {
        if is_scratch(&entry) {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    let folder = tempfile::Builder::new().prefix(SCRATCH).tempdir_in(output);
    Ok(Scratch {
        folder: folder?,
        made: AtomicUsize::new(0),
    })
}

pub(super) fn is_scratch(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with(SCRATCH)
        && entry.file_type().is_ok_and(|kind| kind.is_dir())
}
