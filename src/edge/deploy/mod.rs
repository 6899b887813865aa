//! A built site → a place: only what differs, in turns, deletes last. What is on its way is listed at the place before it is sent, so that the next deploy
//! goes on where this one was cut short and knows what is ours. Refuses to replace or delete what we did not put there, and to delete more than it may.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use md5::{Digest, Md5};
use rayon::prelude::*;

use super::terminal::{Progress, Voice};
use crate::{
    config::deploy::{Destination, Target},
    deploy::{Known, LIST, Local, Plan, Put, Step, in_the_way, is_amiss, plan},
    diagnostic::Diagnostic,
    render::{Renderer, hosts},
    site::{
        Route,
        route::{self, Turn},
    },
};

mod rsync;
mod store;

use rsync::Rsync;
use store::Store;

/// Files that are put between two looks at whether all is well.
const BATCH: usize = 500;

/// The most that one deploy deletes where nobody says anything else.
pub const MAX_DELETES: usize = 100;

/// What was asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Order {
    /// Say what would be done; do nothing.
    pub dry_run: bool,
    /// Take over files at the place that the site has too.
    pub adopt: bool,
    /// The most files that may be deleted.
    pub max_deletes: usize,
}

/// A place, spoken to.
enum Place {
    Store(Store),
    Rsync(Rsync),
}

/// Refuses a folder in which the site is built or its sources lie.
fn apart(folder: &Path, root: &Path, output: &Path) -> Result<(), Diagnostic> {
    let real = |path: &Path| path.canonicalize().ok();
    // Of a folder that is not there yet, the one that it will be made in.
    let place = folder.ancestors().find_map(real);
    let inside = |other: &Path| {
        let other = real(other);
        place
            .as_ref()
            .zip(other)
            .is_some_and(|(place, other)| place.starts_with(other))
    };
    let sources = super::walk::FOLDERS
        .iter()
        .any(|source| inside(&root.join(source)));
    if !sources && !inside(output) && real(folder).is_none_or(|place| Some(place) != real(root)) {
        return Ok(());
    }
    let name = folder.display().to_string();
    Err(
        Diagnostic::error(name, "the site is built here, or its sources lie here")
            .help("deploy to a folder outside of the site's"),
    )
}

/// What the store calls the version of a file that was put.
type Etag = Option<String>;

impl Place {
    fn open(
        target: &Target,
        root: &Path,
        output: &Path,
        dry_run: bool,
    ) -> Result<Self, Diagnostic> {
        match &target.to {
            Destination::S3 { bucket, prefix } => {
                Store::s3(bucket, prefix, target).map(Self::Store)
            }
            Destination::Folder(folder) => {
                apart(&root.join(folder), root, output)?;
                Store::folder(&root.join(folder), dry_run).map(Self::Store)
            }
            Destination::Rsync(to) => Rsync::to(to).map(Self::Rsync),
        }
    }

    /// Whether a file there can't have others below its path.
    fn has_folders(&self) -> bool {
        match self {
            Self::Store(store) => store.has_folders(),
            Self::Rsync(_) => true,
        }
    }

    /// What we put there; nothing where it has no list of ours.
    fn known(&self, there: &BTreeMap<String, Etag>) -> Result<Known, Diagnostic> {
        match self {
            _ if !there.contains_key(LIST) => Ok(Known::default()),
            Self::Store(store) => store.known(),
            Self::Rsync(rsync) => rsync.known(),
        }
    }

    /// All files at the place with their versions, and links there that nothing is reached through.
    fn there(&self) -> Result<BTreeMap<String, Etag>, Diagnostic> {
        match self {
            Self::Store(store) => store.there(),
            Self::Rsync(rsync) => rsync.there(),
        }
    }

    /// Puts files; says of each whether it is there now. The second value is what went wrong first.
    fn put(
        &self,
        output: &Path,
        files: &[(&str, &Local)],
        progress: &Progress,
    ) -> (Vec<(String, Etag)>, Option<Diagnostic>) {
        match self {
            Self::Store(store) => store.put(output, files, progress),
            Self::Rsync(rsync) => match rsync.put(output, files) {
                Ok(()) => (
                    files.iter().map(|(p, _)| ((*p).to_owned(), None)).collect(),
                    None,
                ),
                Err(error) => (Vec::new(), Some(error)),
            },
        }
    }

    fn delete(&self, paths: &[&str]) -> Result<(), Diagnostic> {
        match self {
            Self::Store(store) => store.delete(paths),
            Self::Rsync(rsync) => rsync.delete(paths),
        }
    }

    /// Deletes stale files and takes them from the list of ours.
    fn forget(&self, stale: &[&str], known: &mut Known) -> Result<(), Diagnostic> {
        if stale.is_empty() {
            return Ok(());
        }
        self.delete(stale)?;
        for path in stale {
            known.files.remove(*path);
        }
        self.save(known)
    }

    fn save(&self, known: &Known) -> Result<(), Diagnostic> {
        match self {
            Self::Store(store) => store.save(known),
            Self::Rsync(rsync) => rsync.save(known),
        }
    }
}

/// The files of a published site as a target gets them: without the settings of hosts where the target reads none.
pub fn files(
    renderer: &Renderer,
    output: &Path,
    to: &Destination,
) -> Result<BTreeMap<String, Local>, Diagnostic> {
    let site = renderer.site();
    let plain = matches!(to, Destination::S3 { .. });
    let routes = site.every_route();
    let routes: Vec<(&String, &Route)> = routes
        .filter(|(_, route)| !plain || !matches!(route, Route::Host(_) | Route::Packed { .. }))
        .collect();
    let for_now = hosts::for_now(site);
    let files = routes.into_par_iter().map(|(path, route)| {
        let file = route::output_file(path);
        let bytes = read(&output.join(&file))?;
        let cache = if route.is_lasting() {
            hosts::FOR_GOOD
        } else {
            &for_now
        };
        let kind = route::kind::content_type(&file);
        let mut digest = blake3::Hasher::new();
        digest.update(&bytes);
        digest.update(format!("\n{kind}\n{cache}").as_bytes());
        let local = Local {
            turn: route.turn(),
            digest: digest.finalize().to_hex().to_string(),
            md5: Md5::digest(&bytes)
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect(),
            size: bytes.len() as u64,
            kind,
            cache: cache.to_owned(),
        };
        Ok((file, local))
    });
    files.collect()
}

#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn read(path: &Path) -> Result<Vec<u8>, Diagnostic> {
    std::fs::read(path).map_err(|error| {
        Diagnostic::error(path.display().to_string(), error.to_string())
            .help("build the site again; nothing was deployed")
    })
}

/// Puts the files of `output` to the target. What was done, or would be.
pub fn deploy(
    target: &Target,
    root: &Path,
    output: &Path,
    local: &BTreeMap<String, Local>,
    order: Order,
    voice: Voice,
) -> Result<Plan, Diagnostic> {
    let name = target.to.to_string();
    let place = Place::open(target, root, output, order.dry_run)?;
    let there = place.there()?;
    let mut known = place.known(&there)?;
    let before = known.clone();
    if place.has_folders() {
        free(&name, &in_the_way(local, &known, &there))?;
    }
    let plan = plan(local, &mut known, &there, order.adopt);
    refused(&name, &plan, order)?;
    if order.dry_run {
        return Ok(plan);
    }
    for step in &plan.put {
        match known.files.get_mut(&step.path) {
            Some(put) => put.digest = None,
            // What is taken over is another's until it is replaced.
            None if there.contains_key(&step.path) => {}
            None => drop(known.files.insert(step.path.clone(), Put::default())),
        }
    }
    if known != before {
        place.save(&known)?;
    }
    let stale = plan.delete.iter().map(|step| step.path.as_str());
    let (first, last): (Vec<&str>, Vec<&str>) =
        stale.partition(|path| place.has_folders() && is_amiss(local, path));
    place.forget(&first, &mut known)?;
    let progress = Progress::of(plan.put.len(), "uploading", voice);
    // The list names all files: it is written again when twice as many are there, and not after each batch.
    let (mut done, mut saved) = (0, 0);
    for turn in Turn::ALL {
        let files = plan.put.iter().filter_map(|step| {
            let file = local.get(&step.path).filter(|file| file.turn == turn)?;
            Some((step.path.as_str(), file))
        });
        let files: Vec<(&str, &Local)> = files.collect();
        for batch in files.chunks(BATCH) {
            let (put, failed) = place.put(output, batch, &progress);
            for (path, etag) in put {
                let digest = local.get(&path).map(|file| file.digest.clone());
                known.files.insert(path, Put { digest, etag });
            }
            if let Some(error) = failed {
                // It is told what went wrong; what was put is found again by its digest.
                let _ = place.save(&known);
                return Err(error.help("mend this and deploy again: it goes on where it stopped"));
            }
            done += batch.len();
            if done >= 2 * saved {
                place.save(&known)?;
                saved = done;
            }
        }
    }
    drop(progress);
    if done > saved {
        place.save(&known)?;
    }
    place.forget(&last, &mut known)?;
    if !plan.put.is_empty() {
        verify(&name, &plan.put, &known, &place.there()?)?;
    }
    Ok(plan)
}

/// Refuses a place where something stands in the way of the site's folders.
fn free(name: &str, others: &[String]) -> Result<(), Diagnostic> {
    let Some(first) = others.first() else {
        return Ok(());
    };
    let message = format!(
        "{} where the site has a folder, or in a folder where it has a file, such as {first}",
        super::terminal::count(others.len(), "file or link stands", "files or links stand")
    );
    Err(Diagnostic::error(name, message)
        .help("move it away, or deploy to another place; nothing was changed"))
}

/// Why the plan must not be carried out.
fn refused(name: &str, plan: &Plan, order: Order) -> Result<(), Diagnostic> {
    if let Some(first) = plan.foreign.first() {
        let message = format!(
            "{} there and no deploy put them there, such as {first}",
            super::terminal::count(
                plan.foreign.len(),
                "file of the site is",
                "files of the site are"
            ),
        );
        return Err(Diagnostic::error(name, message)
            .help("deploy to another place, or take them over with --adopt; nothing was changed"));
    }
    let stale = plan.delete.len();
    if stale > order.max_deletes && !order.dry_run {
        let message = format!(
            "{stale} files would be deleted, and at most {} may be",
            order.max_deletes
        );
        return Err(Diagnostic::error(name, message).help(format!(
            "look at them with --dry-run; if that is right, give --max-deletes {stale}. Nothing was changed"
        )));
    }
    Ok(())
}

/// Whether the place has what was put, in the version that it named then.
fn verify(
    name: &str,
    put: &[Step],
    known: &Known,
    there: &BTreeMap<String, Etag>,
) -> Result<(), Diagnostic> {
    let wrong: BTreeSet<&str> = put
        .iter()
        .map(|step| step.path.as_str())
        .filter(|path| {
            let ours = known.files.get(*path).map(|put| &put.etag);
            let now = there.get(*path);
            now.is_none() || ours.is_some_and(|ours| ours.is_some() && Some(ours) != now)
        })
        .collect();
    let Some(first) = wrong.first() else {
        return Ok(());
    };
    let message = format!(
        "{} not there as they were put, such as {first}",
        super::terminal::count(wrong.len(), "file is", "files are")
    );
    Err(Diagnostic::error(name, message)
        .help("somebody else works on the same place: deploy again"))
}
