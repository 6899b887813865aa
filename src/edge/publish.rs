//! `Renderer` → the output folder: every route rendered in parallel, only changed files written, stale files of ours removed.
//!
//! All that is new is made whole in a folder of its own within the output, then moved to its place: files that pages draw in, pages, the files that
//! list them; what is stale goes last. So a full disk changes nothing, and a reader of a build that was cut short finds no page without its style. The
//! page of a file that alone was edited goes ahead of all that.
//! `.depeche-manifest` in the output lists what we wrote; nothing else is ever replaced or deleted. A folder with files but no manifest is refused.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::Metadata,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use rayon::prelude::*;

use self::{
    findings::Findings,
    folder::{claim, make_way, save_manifest, stands, sweep, written},
    scratch::Scratch,
};
use super::{
    ledger::{Ledger, Page},
    lock::{self, Held, Lock},
    terminal::{Progress, Voice},
};
use crate::{
    diagnostic::Diagnostic,
    render::{Renderer, stamp::Stamps},
    site::{
        Route,
        route::{self, Turn},
    },
    sum::Stamp,
};

mod findings;
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
    /// The file system said no, before anything had changed.
    Io(PathBuf, io::Error),
    /// The file system said no while files were moved to their places.
    Midway(PathBuf, io::Error),
}

impl Refusal {
    /// The same, once files are at their places.
    fn midway(self) -> Self {
        match self {
            Self::Io(path, error) => Self::Midway(path, error),
            other => other,
        }
    }
}

/// Renders all routes into `output`, an absolute path or one from the working directory. Refuses the site's folder `root` and its source folders.
/// `changed` are the sources that differ since the last time, where that is known.
pub fn publish(
    renderer: &Renderer,
    output: &Path,
    root: &Path,
    changed: &[String],
    ledger: &mut Ledger,
    voice: Voice,
) -> Result<Published, Refusal> {
    let publishing = tracing::info_span!("publish");
    let _entered = publishing.enter();
    claim(output, root)?;
    let _lock = lock(output)?;
    let before = written(output, ledger)?;
    // In a folder that was empty nothing stands in the way, and a site comes as a whole.
    let empty = before.is_none();
    let before = before.unwrap_or_default();
    let scratch = Scratch::new(output, empty);
    let scratch = scratch.map_err(|error| Refusal::Io(output.to_path_buf(), error))?;
    let stamps = tracing::info_span!("stamps").in_scope(|| Stamps::of(renderer));
    let mut published = Published::default();
    if let [edited] = changed {
        let own = own_page(renderer, &before, edited);
        published.written += own.map_or(Ok(0), |(path, route, file)| {
            let stamp = stamps.stamp(path, route);
            ahead(renderer, output, &scratch, ledger, (route, &file, stamp))
        })?;
    }
    let routes: Vec<(&String, &Route)> = renderer.site().every_route().collect();
    let files: Vec<String> = routes
        .par_iter()
        .map(|(path, _)| route::output_file(path))
        .collect();
    let new = files.par_iter().filter(|file| !before.contains(*file));
    let mut new: Vec<&String> = new.collect();
    let foreign: BTreeSet<String> = if empty {
        BTreeSet::new()
    } else {
        let there = new.par_iter().filter(|file| stands(output, file, &before));
        there.map(|file| (*file).clone()).collect()
    };
    new.retain(|file| !foreign.contains(*file));
    let stamps: Vec<Stamp> = routes
        .par_iter()
        .map(|(path, route)| stamps.stamp(path, route))
        .collect();
    let place = Place {
        renderer,
        output,
        before: &before,
        foreign: &foreign,
        scratch: &scratch,
    };
    let as_it_was = |at: &usize| {
        let (file, stamp) = (&files[*at], &stamps[*at]);
        !empty && ledger.rests_on(file, stamp) && ledger.is_there(file, &output.join(file))
    };
    let (rest, due): (Vec<usize>, Vec<usize>) =
        (0..routes.len()).into_par_iter().partition(as_it_was);
    let progress = Progress::of(due.len(), "rendering", voice);
    let render = || -> Result<Vec<(usize, Outcome)>, Refusal> {
        due.into_par_iter()
            .map(|at| {
                let outcome = make(&place, routes[at].1, &files[at], stamps[at])?;
                progress.step();
                Ok((at, outcome))
            })
            .collect()
    };
    let with_new = || match new.as_slice() {
        [] => Arc::clone(&before),
        new => Arc::new(before.iter().chain(new.iter().copied()).cloned().collect()),
    };
    let (made, listed) = rayon::join(render, with_new);
    drop(progress);
    let mut outcomes = made?;
    // Listed before it is there: a build that is cut short leaves no file that the next one does not know.
    if !new.is_empty() {
        save_manifest(output, &scratch, ledger, &before, &listed)?;
        make_way(output, &before, &files)?;
    }
    settle(&place, &routes, &files, &mut outcomes)?;

    let mut findings = Findings::default();
    let mut missing = BTreeSet::new();
    for at in rest {
        let said = ledger.said(&files[at]).iter().cloned();
        said.for_each(|d| findings.add(d));
    }
    ledger.reserve(files.len());
    for (at, outcome) in outcomes {
        let file = &files[at];
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
        let there = Arc::new(there.cloned().collect());
        published.removed = sweep(output, &before, &there)?;
        let saved = save_manifest(output, &scratch, ledger, &listed, &there);
        saved.map_err(Refusal::midway)?;
        ledger.keep(&there);
    }
    Ok(published)
}

#[derive(Default)]
struct Outcome {
    written: bool,
    failed: bool,
    /// The whole file, made beside the site, that goes to its place.
    made: Option<PathBuf>,
    /// What the ledger must know.
    page: Option<Page>,
    diagnostics: Vec<Diagnostic>,
}

/// Where routes are written.
struct Place<'a> {
    renderer: &'a Renderer,
    output: &'a Path,
    /// What an earlier build wrote.
    before: &'a BTreeSet<String>,
    /// Files of somebody else where ours should be.
    foreign: &'a BTreeSet<String>,
    scratch: &'a Scratch,
}

/// Makes the file of a route whole, beside the site, where it differs from the one in its place.
fn make(place: &Place<'_>, route: &Route, file: &String, stamp: Stamp) -> Result<Outcome, Refusal> {
    let whole = place.output.join(file);
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
    let page = match rendered {
        Ok(page) => page,
        Err(error) => {
            return Ok(Outcome {
                failed: true,
                diagnostics: vec![error],
                ..Outcome::default()
            });
        }
    };
    let _entered = tracing::info_span!("write").entered();
    let diagnostics = page.diagnostics;
    let same = place
        .before
        .contains(file)
        .then(|| same(&whole, &page.bytes));
    let (made, now) = if let Some(now) = same.flatten() {
        (None, now)
    } else {
        let made = place.scratch.make(file, &page.bytes);
        let (made, now) = made.map_err(|error| Refusal::Io(whole, error))?;
        (Some(made), now)
    };
    Ok(Outcome {
        made,
        page: Page::new(stamp, &now, &diagnostics),
        diagnostics,
        ..Outcome::default()
    })
}

/// The route of the page of a content file, and its file, where that has been published before.
fn own_page<'r>(
    renderer: &'r Renderer,
    before: &BTreeSet<String>,
    source: &str,
) -> Option<(&'r str, &'r Route, String)> {
    let site = renderer.site();
    let item = site.item(source.strip_prefix("content/")?)?;
    let file = route::output_file(&item.card.path);
    let route = site.route(&item.card.path)?;
    before
        .contains(&file)
        .then_some((item.card.path.as_str(), route, file))
}

/// Publishes the page of a file that alone was edited before anything else is looked at: somebody is waiting for it. How many files were written.
fn ahead(
    renderer: &Renderer,
    output: &Path,
    scratch: &Scratch,
    ledger: &mut Ledger,
    (route, file, stamp): (&Route, &String, Stamp),
) -> Result<usize, Refusal> {
    let place = Place {
        renderer,
        output,
        before: &BTreeSet::from([file.clone()]),
        foreign: &BTreeSet::new(),
        scratch,
    };
    let outcome = make(&place, route, file, stamp)?;
    if let Some(made) = &outcome.made {
        let to = output.join(file);
        scratch::settle(made, &to).map_err(|error| Refusal::Io(to, error))?;
    }
    // What failed is told when its turn comes.
    if let Some(page) = outcome.page {
        ledger.enter(file.clone(), page);
    }
    Ok(usize::from(outcome.made.is_some()))
}

/// Moves what was made to its place, in the order in which one file may refer to another.
fn settle(
    place: &Place<'_>,
    routes: &[(&String, &Route)],
    files: &[String],
    made: &mut [(usize, Outcome)],
) -> Result<(), Refusal> {
    let turn_of = |at: usize| routes[at].1.turn();
    let there = made.iter().filter(|(_, outcome)| outcome.made.is_some());
    let there = there.map(|(at, _)| (files[*at].as_str(), turn_of(*at)));
    let whole = if place.scratch.is_whole() {
        whole_folders(there)
    } else {
        BTreeMap::new()
    };
    for turn in Turn::ALL {
        for (folder, _) in whole.iter().filter(|(_, last)| **last == turn) {
            let to = place.output.join(folder);
            let moved = place.scratch.settle_folder(folder, &to);
            moved.map_err(|error| Refusal::Midway(to, error))?;
        }
        made.par_iter_mut()
            .filter(|(at, _)| turn_of(*at) == turn)
            .try_for_each(|(at, outcome)| {
                let file = &files[*at];
                let Some(made) = outcome.made.take() else {
                    return Ok(());
                };
                outcome.written = true;
                if top(file).is_some_and(|folder| whole.contains_key(folder)) {
                    return Ok(());
                }
                let to = place.output.join(file);
                scratch::settle(&made, &to).map_err(|error| Refusal::Midway(to, error))
            })?;
    }
    Ok(())
}

/// The folders of a new site that can go to their place as a whole, and after what: those that do not hold both pages and what pages draw in.
fn whole_folders<'f>(files: impl Iterator<Item = (&'f str, Turn)>) -> BTreeMap<&'f str, Turn> {
    let mut turns: BTreeMap<&str, (Turn, Turn)> = BTreeMap::new();
    for (folder, turn) in files.filter_map(|(file, turn)| Some((top(file)?, turn))) {
        let (first, last) = turns.entry(folder).or_insert((turn, turn));
        (*first, *last) = (turn.min(*first), turn.max(*last));
    }
    let whole = turns
        .into_iter()
        .filter(|(_, (first, last))| *first != Turn::Parts || first == last);
    whole.map(|(folder, (_, last))| (folder, last)).collect()
}

/// The folder of the output that a file lies in or below.
fn top(file: &str) -> Option<&str> {
    file.split_once('/').map(|(folder, _)| folder)
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

/// What the system says of a file that holds these bytes; nothing where it holds others.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn same(path: &Path, bytes: &[u8]) -> Option<Metadata> {
    let now = std::fs::symlink_metadata(path).ok()?;
    let same_size = now.is_file() && now.len() == bytes.len() as u64;
    (same_size && std::fs::read(path).is_ok_and(|old| old == bytes)).then_some(now)
}
