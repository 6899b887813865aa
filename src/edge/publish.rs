//! `Renderer` → the output folder: every route rendered in parallel, only changed files written, stale files of ours removed.
//!
//! `.depeche-manifest` in the output lists what we wrote; nothing else is ever deleted. A folder with files but no manifest is refused.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{File, TryLockError},
    io,
    path::{Component, Path, PathBuf},
};

use rayon::prelude::*;

use self::scratch::{Scratch, is_scratch, scratch};
use super::{
    ledger::{Ledger, Page},
    terminal::{Progress, Voice},
    walk::FOLDERS,
};
use crate::{
    diagnostic::Diagnostic,
    render::{Renderer, stamp::Stamps},
    site::{Route, route},
};

mod scratch;

/// The list of files that we wrote, one path a line.
pub const MANIFEST: &str = ".depeche-manifest";

/// What a publication did.
#[derive(Clone, Debug, Default)]
pub struct Published {
    /// Files of the site.
    pub files: usize,
    /// Files that were new or different.
    pub written: usize,
    /// Stale files of an earlier build that were removed.
    pub removed: usize,
    /// What went wrong while rendering, each finding once.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why nothing was published.
#[derive(Debug)]
pub enum Refusal {
    /// The folder is not ours to write.
    Folder(Diagnostic),
    /// The file system said no.
    Io(PathBuf, io::Error),
}

/// Renders all routes into `output`, an absolute path or one from the working directory. Refuses the site's folder `root` and its source folders.
pub fn publish(
    renderer: &Renderer,
    output: &Path,
    root: &Path,
    ledger: &mut Ledger,
    voice: Voice,
) -> Result<Published, Refusal> {
    let publishing = tracing::info_span!("publish");
    let _entered = publishing.enter();
    let before = prepare(output, root)?;
    let _lock = lock(output)?;
    let scratch = scratch(output).map_err(|error| Refusal::Io(output.to_path_buf(), error))?;
    let routes: Vec<(&String, &Route)> = renderer.site().every_route().collect();
    let files: Vec<String> = routes
        .par_iter()
        .map(|(path, _)| route::output_file(path))
        .collect();
    // Listed before it is written: a build that is cut short leaves no file that the next one does not know.
    let new = files.par_iter().filter(|file| !before.contains(*file));
    let new: Vec<String> = new.cloned().collect();
    let listed = if new.is_empty() {
        None
    } else {
        let listed: BTreeSet<String> = before.iter().cloned().chain(new).collect();
        save_manifest(output, &scratch, &before, &listed)?;
        Some(listed)
    };
    let listed = listed.as_ref().unwrap_or(&before);
    let progress = Progress::of(routes.len(), "rendering", voice);
    let stamps = tracing::info_span!("stamps").in_scope(|| Stamps::of(renderer));
    let place = Place {
        renderer,
        stamps,
        ledger,
        output,
        before: &before,
        scratch: &scratch,
    };
    let outcomes: Vec<Result<Outcome, Refusal>> = routes
        .par_iter()
        .zip(&files)
        .map(|((path, route), file)| {
            let outcome = write_route(&place, path, route, file);
            progress.step();
            outcome
        })
        .collect();
    drop(progress);

    let mut published = Published::default();
    let mut findings = Findings::default();
    let mut missing = BTreeSet::new();
    for (outcome, file) in outcomes.into_iter().zip(&files) {
        let outcome = outcome?;
        outcome
            .diagnostics
            .into_iter()
            .for_each(|d| findings.add(d));
        match outcome.page {
            Some(page) => ledger.enter(file.clone(), page),
            // A page that failed keeps its last good version.
            None if outcome.failed => {
                ledger.forget(file);
                if !before.contains(file) {
                    missing.insert(file);
                }
            }
            None => {}
        }
        published.written += usize::from(outcome.written);
    }
    published.diagnostics = findings.folded();
    published.files = files.len() - missing.len();
    // The same number of files, none of them new: the same files.
    if !missing.is_empty() || files.len() != listed.len() {
        let there = files.iter().filter(|file| !missing.contains(file));
        let there: BTreeSet<String> = there.cloned().collect();
        published.removed = sweep(output, &before, &there)?;
        save_manifest(output, &scratch, listed, &there)?;
        ledger.keep(&there);
    }
    Ok(published)
}

/// What was said of all pages, each finding once.
#[derive(Default)]
struct Findings(BTreeMap<(String, Option<usize>, String), (Diagnostic, usize)>);

impl Findings {
    fn add(&mut self, said: Diagnostic) {
        let place = (said.file.clone(), said.line, said.message.clone());
        self.0.entry(place).or_insert((said, 0)).1 += 1;
    }

    fn folded(self) -> Vec<Diagnostic> {
        let folded = self.0.into_values().map(|(said, times)| match times {
            1 => said,
            _ => Diagnostic {
                message: format!("{} (on {times} pages)", said.message),
                ..said
            },
        });
        folded.collect()
    }
}

struct Outcome {
    written: bool,
    failed: bool,
    /// What the ledger must know; nothing where it knows all.
    page: Option<Page>,
    diagnostics: Vec<Diagnostic>,
}

/// Where routes are written.
struct Place<'a> {
    renderer: &'a Renderer,
    stamps: Stamps<'a>,
    ledger: &'a Ledger,
    output: &'a Path,
    /// What an earlier build wrote.
    before: &'a BTreeSet<String>,
    scratch: &'a Scratch,
}

fn write_route(
    place: &Place<'_>,
    path: &str,
    route: &Route,
    file: &String,
) -> Result<Outcome, Refusal> {
    let whole = place.output.join(file);
    let stamp = place.stamps.stamp(path, route);
    if let Some(said) = place.ledger.unchanged(file, &whole, &stamp) {
        return Ok(Outcome {
            written: false,
            failed: false,
            page: None,
            diagnostics: said.to_vec(),
        });
    }
    let rendered = tracing::info_span!("render").in_scope(|| place.renderer.render(route));
    match rendered {
        Ok(page) => {
            let _entered = tracing::info_span!("write").entered();
            let written = if place.before.contains(file) {
                write_changed(&whole, place.scratch, &page.bytes)?
            } else {
                write_new(&whole, place.scratch, &page.bytes)?
            };
            Ok(Outcome {
                written,
                failed: false,
                page: std::fs::symlink_metadata(&whole)
                    .ok()
                    .and_then(|now| Page::new(stamp, &now, &page.diagnostics)),
                diagnostics: page.diagnostics,
            })
        }
        Err(error) => Ok(Outcome {
            written: false,
            failed: true,
            page: None,
            diagnostics: vec![error],
        }),
    }
}

/// Checks that the folder is ours, and reads what an earlier build wrote.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn prepare(output: &Path, root: &Path) -> Result<BTreeSet<String>, Refusal> {
    let at = |error| Refusal::Io(output.to_path_buf(), error);
    let refuse = |message: String, help: &str| {
        Err(Refusal::Folder(
            Diagnostic::error(output.display().to_string(), message).help(help),
        ))
    };
    let absolute = std::path::absolute(output).map_err(at)?;
    let root = std::path::absolute(root).map_err(at)?;
    let resolved = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
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

/// The lock on an output folder.
struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a child process that is just being started may hold it too for a moment.
        let _ = self.0.unlock();
    }
}

/// Keeps other builds out of the folder until it is dropped; the system drops it where a build is killed. Where a folder can't be locked,
/// nothing is kept out.
fn lock(output: &Path) -> Result<Option<Lock>, Refusal> {
    let Ok(folder) = File::open(output) else {
        return Ok(None);
    };
    match folder.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Refusal::Folder(
            Diagnostic::error(
                output.display().to_string(),
                "another build is writing into this folder",
            )
            .help("wait until it has ended, or choose another with --output"),
        )),
        Err(TryLockError::Error(_)) => Ok(None),
        Ok(()) => Ok(Some(Lock(folder))),
    }
}

/// Writes a file where it differs from what is there.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn write_changed(path: &Path, scratch: &Scratch, bytes: &[u8]) -> Result<bool, Refusal> {
    let same_size =
        std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64);
    if same_size && std::fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    write_new(path, scratch, bytes)
}

fn write_new(path: &Path, scratch: &Scratch, bytes: &[u8]) -> Result<bool, Refusal> {
    let done = scratch.write(path, bytes);
    done.map_err(|error| Refusal::Io(path.to_path_buf(), error))?;
    Ok(true)
}

/// Removes what an earlier build wrote and this one did not, and the folders that this empties.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn sweep(
    output: &Path,
    before: &BTreeSet<String>,
    files: &BTreeSet<String>,
) -> Result<usize, Refusal> {
    let mut removed = 0;
    for stale in before.difference(files) {
        let path = output.join(stale);
        match std::fs::remove_file(&path) {
            Ok(()) => removed += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(Refusal::Io(path, error)),
        }
        let mut folder = path.parent();
        // Fails on the first folder that still holds something.
        while let Some(empty) = folder.filter(|f| *f != output && std::fs::remove_dir(f).is_ok()) {
            folder = empty.parent();
        }
    }
    Ok(removed)
}

fn save_manifest(
    output: &Path,
    scratch: &Scratch,
    before: &BTreeSet<String>,
    files: &BTreeSet<String>,
) -> Result<(), Refusal> {
    if before == files && output.join(MANIFEST).exists() {
        return Ok(());
    }
    let list: String = files
        .iter()
        .flat_map(|file| [file.as_str(), "\n"])
        .collect();
    write_changed(&output.join(MANIFEST), scratch, list.as_bytes()).map(|_| ())
}
