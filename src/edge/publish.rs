//! `Renderer` → the output folder: every route rendered in parallel, only changed files written, stale files of ours removed.
//!
//! All that is new is made whole beside the site first, then moved to its place: files that pages draw in, pages, the files that list them; what is
//! stale goes last. So a full disk changes nothing, and a reader of a build that was cut short finds no page without its style.
//! `.depeche-manifest` in the output lists what we wrote; nothing else is ever replaced or deleted. A folder with files but no manifest is refused.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use self::{
    folder::prepare,
    scratch::{Scratch, scratch},
};
use super::{
    ledger::{Ledger, Page},
    lock::{self, Held, Lock},
    terminal::{Progress, Voice},
};
use crate::{
    diagnostic::Diagnostic,
    render::{
        Renderer,
        stamp::{Stamp, Stamps},
    },
    site::{
        Route,
        route::{self, Turn},
    },
};

mod folder;
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
    let new = files.par_iter().filter(|file| !before.contains(*file));
    let mut new: Vec<String> = new.cloned().collect();
    // In a folder that was empty nothing stands in the way.
    let foreign: BTreeSet<String> = if before.is_empty() {
        BTreeSet::new()
    } else {
        let there = new.par_iter().filter(|file| stands(output, file));
        there.cloned().collect()
    };
    new.retain(|file| !foreign.contains(file));
    let progress = Progress::of(routes.len(), "rendering", voice);
    let stamps = tracing::info_span!("stamps").in_scope(|| Stamps::of(renderer));
    let place = Place {
        renderer,
        stamps,
        ledger,
        output,
        before: &before,
        foreign: &foreign,
        scratch: &scratch,
    };
    let outcomes: Result<Vec<Outcome>, Refusal> = routes
        .par_iter()
        .zip(&files)
        .map(|((path, route), file)| {
            let outcome = write_route(&place, path, route, file);
            progress.step();
            outcome
        })
        .collect();
    drop(progress);
    let mut outcomes = outcomes?;
    // Listed before it is there: a build that is cut short leaves no file that the next one does not know.
    let listed = if new.is_empty() {
        None
    } else {
        let listed: BTreeSet<String> = before.iter().cloned().chain(new).collect();
        save_manifest(output, &scratch, &before, &listed)?;
        make_way(output, &before, &files)?;
        Some(listed)
    };
    let listed = listed.as_ref().unwrap_or(&before);
    for turn in Turn::ALL {
        outcomes
            .par_iter_mut()
            .zip(&routes)
            .zip(&files)
            .filter(|((outcome, (_, route)), _)| outcome.made.is_some() && route.turn() == turn)
            .try_for_each(|((outcome, _), file)| outcome.settle(&output.join(file)))?;
    }

    let mut published = Published::default();
    let mut findings = Findings::default();
    let mut missing = BTreeSet::new();
    for (outcome, file) in outcomes.into_iter().zip(&files) {
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

#[derive(Default)]
struct Outcome {
    written: bool,
    failed: bool,
    /// The whole file, made beside the site, that goes to its place; with its stamp.
    made: Option<(PathBuf, Stamp)>,
    /// What the ledger must know; nothing where it knows all.
    page: Option<Page>,
    diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    /// Moves what was made to its place.
    fn settle(&mut self, place: &Path) -> Result<(), Refusal> {
        if let Some((made, stamp)) = self.made.take() {
            scratch::settle(&made, place)
                .map_err(|error| Refusal::Io(place.to_path_buf(), error))?;
            self.written = true;
            self.page = entry(place, stamp, &self.diagnostics);
        }
        Ok(())
    }
}

/// What the ledger must know of a file that is in its place.
fn entry(place: &Path, stamp: Stamp, said: &[Diagnostic]) -> Option<Page> {
    let now = std::fs::symlink_metadata(place).ok()?;
    Page::new(stamp, &now, said)
}

/// Where routes are written.
struct Place<'a> {
    renderer: &'a Renderer,
    stamps: Stamps<'a>,
    ledger: &'a Ledger,
    output: &'a Path,
    /// What an earlier build wrote.
    before: &'a BTreeSet<String>,
    /// Files of somebody else where ours should be.
    foreign: &'a BTreeSet<String>,
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
            diagnostics: said.to_vec(),
            ..Outcome::default()
        });
    }
    if place.foreign.contains(file) {
        let found = Diagnostic::error(
            whole.display().to_string(),
            "a file that Dépêche did not write is where a file of the site should be",
        );
        return Ok(Outcome {
            failed: true,
            diagnostics: vec![found.help("move it away; nothing of it was changed")],
            ..Outcome::default()
        });
    }
    let rendered = tracing::info_span!("render").in_scope(|| place.renderer.render(route));
    match rendered {
        Ok(page) => {
            let _entered = tracing::info_span!("write").entered();
            let mut outcome = Outcome {
                diagnostics: page.diagnostics,
                ..Outcome::default()
            };
            if place.before.contains(file) && is(&whole, &page.bytes) {
                outcome.page = entry(&whole, stamp, &outcome.diagnostics);
            } else {
                let made = place.scratch.make(&page.bytes);
                let made = made.map_err(|error| Refusal::Io(whole, error))?;
                outcome.made = Some((made, stamp));
            }
            Ok(outcome)
        }
        Err(error) => Ok(Outcome {
            failed: true,
            diagnostics: vec![error],
            ..Outcome::default()
        }),
    }
}

/// Keeps builds of other sites out of the folder.
fn lock(output: &Path) -> Result<Option<Lock>, Refusal> {
    lock::now(output).map_err(|Held| {
        let found = Diagnostic::error(
            output.display().to_string(),
            "another build is writing into this folder",
        );
        Refusal::Folder(found.help("wait until it has ended, or choose another with --output"))
    })
}

/// Whether a file holds these bytes.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn is(path: &Path, bytes: &[u8]) -> bool {
    let same_size =
        std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file() && m.len() == bytes.len() as u64);
    same_size && std::fs::read(path).is_ok_and(|old| old == bytes)
}

/// Whether something stands where a new file should be. A folder is no hindrance where what it held is stale.
fn stands(output: &Path, file: &str) -> bool {
    std::fs::symlink_metadata(output.join(file)).is_ok_and(|found| !found.is_dir())
}

/// Removes what is stale and stands in the way of new files: a file where a folder should be now, or the other way round.
fn make_way(output: &Path, before: &BTreeSet<String>, files: &[String]) -> Result<(), Refusal> {
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
            // Gone, or another kind of thing stands there now.
            Err(error) if is_other(error.kind()) => {}
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
    let manifest = output.join(MANIFEST);
    let made = scratch.make(list.as_bytes());
    made.and_then(|made| scratch::settle(&made, &manifest))
        .map_err(|error| Refusal::Io(manifest, error))
}
