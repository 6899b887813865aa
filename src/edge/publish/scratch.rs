//! Bytes → a whole file: made in a folder beside the others, and moved to its place. A reader sees the old file or the new one. The files of a new
//! site are made under their own names, so that whole folders of them can be moved.

use std::{
    fs::{DirEntry, File, Metadata},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use tempfile::TempDir;

/// How the name of the folder begins in which files are made.
const SCRATCH: &str = ".depeche-scratch-";

/// The folder in which files are made until they are whole.
pub(super) struct Scratch {
    folder: TempDir,
    /// How many were made under a number.
    made: AtomicUsize,
    /// Whether all of a site is made here.
    whole: bool,
}

impl Scratch {
    /// A folder for files until they are whole, on the file system of the output: for all of a site, or for single files. What a killed build left
    /// of its own goes.
    pub(super) fn new(output: &Path, whole: bool) -> io::Result<Self> {
        for entry in output.read_dir()?.flatten() {
            if is_scratch(&entry) {
                std::fs::remove_dir_all(entry.path())?;
            }
        }
        let folder = tempfile::Builder::new().prefix(SCRATCH).tempdir_in(output);
        Ok(Self {
            folder: folder?,
            made: AtomicUsize::new(0),
            whole,
        })
    }

    /// Whether all of a site is made here.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Makes the whole file that goes to the path `file` of the output; says where it is, and what the system says of it.
    pub(super) fn make(&self, file: &str, bytes: &[u8]) -> io::Result<(PathBuf, Metadata)> {
        if self.whole {
            let path = self.folder.path().join("site").join(file);
            Ok((path.clone(), write_below(&path, bytes)?))
        } else {
            self.beside(bytes)
        }
    }

    /// Makes a whole file under a number.
    pub(super) fn beside(&self, bytes: &[u8]) -> io::Result<(PathBuf, Metadata)> {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let path = self.folder.path().join(number.to_string());
        let now = write(&path, bytes)?;
        Ok((path, now))
    }

    /// Moves a whole folder of a new site to its place.
    #[expect(clippy::disallowed_methods, reason = "this is the edge")]
    pub(super) fn settle_folder(&self, folder: &str, place: &Path) -> io::Result<()> {
        std::fs::rename(self.folder.path().join("site").join(folder), place)
    }
}

/// Writes a new file and makes the folders that it lies in. Most files lie in a folder of their own, and to make one is less work than to find out
/// that it is not there.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn write_below(path: &Path, bytes: &[u8]) -> io::Result<Metadata> {
    if let Some(folder) = path.parent() {
        match std::fs::create_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                std::fs::create_dir_all(folder)?;
            }
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    write(path, bytes)
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<Metadata> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.metadata()
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

pub(super) fn is_scratch(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with(SCRATCH)
        && entry.file_type().is_ok_and(|kind| kind.is_dir())
}
