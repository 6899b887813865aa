//! seeds/ → content/: derives from what is new or changed and writes, or merges into, one content file a seed.
//!
//! A new file is `content/briefings/<slug>.md`: no date in its name, so that a corrected date leaves no name that lies. Where that name is
//! taken, the slug gets the beginning of the seed's digest. Refuses seeds that are no text, empty, too large or not readable: each is an
//! error that names it, and the others go on. Never overwrites a file that does not name its seed; never touches one with broken YAML.

mod doubts;
mod due;
mod knowledge;
mod seeds;
mod shelf;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;

use self::{
    due::ToDo,
    seeds::Seed,
    shelf::{Page, Shelf},
};
use super::{
    bounded, clock,
    terminal::{Progress, Voice},
    walk,
};
use crate::{
    content::{self, FrontMatter, Known, Proposal, SeedRef},
    diagnostic::Diagnostic,
    distill::{self, Document, Doubt, Job},
    yaml::FRONT_MATTER_LIMIT,
};

pub use knowledge::{FILES, Knowledge, knowledge};
pub use seeds::{date_in_name, located, open, refusal};
pub use shelf::{put, put_like};

/// What to import, and how.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub struct ImportOptions {
    /// The day the seeds were received. [default: a date in the seed's name, else `imported:`, else today]
    pub as_of: Option<Date>,
    /// Say what would change; write nothing.
    pub dry_run: bool,
    /// Keep the texts before and after, for a dry run that shows them.
    pub texts: bool,
    /// Take what a person has settled out of `review:`, even where nothing else changes. A build leaves that alone: no edit of a person's may
    /// make it write into the file they have open.
    pub tidy: bool,
    /// Keep what reading the new files gives, for a build that comes next.
    pub keep: bool,
    /// These seeds alone, as paths from the working folder. [default: all of seeds/]
    pub only: Vec<PathBuf>,
    /// Whether progress is shown.
    pub voice: Voice,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// The files written, in the order of their seeds.
    pub written: Vec<Written>,
    /// Seeds whose content file is as it should be.
    pub unchanged: usize,
    /// Bad seeds, conflicts, doubts.
    pub diagnostics: Vec<Diagnostic>,
    /// The new files, where they were to be kept.
    pub known: Vec<Known>,
}

/// One content file that an import wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Path from the site's root.
    pub file: String,
    /// Path of the seed from the site's root.
    pub seed: String,
    /// Whether the file is new.
    pub new: bool,
    /// The keys that were refreshed; empty for a new file.
    pub refreshed: Vec<&'static str>,
    /// Whether a person should look at some of its values.
    pub waits: bool,
    /// Where they were asked for: the text before, empty for a new file, and after.
    pub texts: Option<(String, String)>,
}

/// Imports. Fails only where content/ can't be written at all.
pub fn import(root: &Path, options: &ImportOptions) -> std::io::Result<ImportReport> {
    let mut report = ImportReport::default();
    let mut unread = Vec::new();
    let (knowledge, found) = rayon::join(
        || knowledge(root, &mut report.diagnostics),
        || seeds::find(root, &options.only, &mut unread),
    );
    report.diagnostics.extend(unread);
    let derivation = knowledge.derivation.clone();
    if found.is_empty() {
        return Ok(report);
    }
    if let Err(refused) = shelf::writable(root) {
        report.diagnostics.push(refused);
        return Ok(report);
    }
    let mut shelf = Shelf::read(root);

    // Where nothing was imported before, all is to be derived: what that needs is made ready meanwhile.
    let all = shelf.is_empty();
    let (jobs, ()) = rayon::join(
        || {
            due::to_do(
                root,
                options,
                &found,
                &mut shelf,
                derivation.as_deref(),
                &mut report,
            )
        },
        || {
            if all {
                distill::prepare();
            }
        },
    );

    let progress = Progress::of(jobs.len(), "importing", options.voice);
    let place = Place {
        root,
        options,
        derivation: derivation.as_deref(),
    };
    let mut raised = Vec::new();
    report.written.reserve(jobs.len());
    report
        .known
        .reserve(if options.keep { jobs.len() } else { 0 });
    let mut jobs = jobs.into_iter();
    let mut next = || {
        let jobs: Vec<ToDo<'_>> = jobs.by_ref().take(TOGETHER).collect();
        let derived = derive(&jobs, &knowledge, &progress);
        jobs.into_iter().zip(derived).collect::<Vec<_>>()
    };
    let mut derived = next();
    while !derived.is_empty() {
        // Names are given one after the other; the rest of the work on one file knows of no other.
        let mut due = Vec::with_capacity(derived.len());
        for ((seed, page, received), proposal) in derived {
            match proposal {
                Ok(mut proposal) => {
                    let file = match &page {
                        None => shelf.name(&mut proposal.document.slug, &seed.sha256),
                        Some(page) => page.file.clone(),
                    };
                    due.push((seed, page, received, proposal, file));
                }
                Err(why) => report.diagnostics.push(why),
            }
        }
        let write = || -> Vec<Outcome> {
            due.into_par_iter()
                .map(|(seed, page, received, proposal, file)| {
                    place.write(seed, page, received, proposal, file)
                })
                .collect()
        };
        let outcomes;
        (outcomes, derived) = rayon::join(write, &mut next);
        for outcome in outcomes {
            report.diagnostics.extend(outcome.diagnostics);
            raised.extend(outcome.doubts);
            report.known.extend(outcome.known);
            match outcome.written {
                Some(written) => report.written.push(written),
                None => report.unchanged += usize::from(!outcome.failed),
            }
        }
    }
    drop(progress);
    report.diagnostics.extend(doubts::folded(&raised));
    Ok(report)
}

/// Where content files are written, and what each records.
struct Place<'a> {
    root: &'a Path,
    options: &'a ImportOptions,
    derivation: Option<&'a str>,
}

/// What became of one seed.
#[derive(Default)]
struct Outcome {
    /// Nothing where its content file stays as it is.
    written: Option<Written>,
    failed: bool,
    diagnostics: Vec<Diagnostic>,
    /// By the seed's path.
    doubts: Vec<(String, Doubt)>,
    known: Option<Known>,
}

impl Outcome {
    fn failed(why: Diagnostic) -> Self {
        Self {
            failed: true,
            diagnostics: vec![why],
            ..Self::default()
        }
    }
}

impl Place<'_> {
    /// Writes the content file of a seed, new or merged with the one that is there.
    fn write(
        &self,
        seed: &Seed,
        page: Option<Page>,
        received: Date,
        mut proposal: Proposal,
        file: String,
    ) -> Outcome {
        let source = SeedRef {
            file: seed.file.clone(),
            sha256: seed.sha256.clone(),
            derivation: self.derivation.map(str::to_owned),
        };
        let mut outcome = Outcome::default();
        let mut new = None;
        let (text, refreshed) = match &page {
            None => {
                let written = content::write(&proposal, &source, received);
                let text = written.text.clone();
                new = Some(written);
                (text, Vec::new())
            }
            Some(page) => {
                // A published page keeps its address.
                if let Some(slug) = &page.slug {
                    proposal.document.slug.clone_from(slug);
                }
                let Some(now) = shelf::text_now(self.root, page) else {
                    return outcome;
                };
                match content::merge(&file, &now, &proposal, &source, received) {
                    Ok(merged) => {
                        outcome.diagnostics = merged.diagnostics;
                        let Some(text) = merged.text else {
                            return outcome;
                        };
                        (text, merged.refreshed)
                    }
                    Err(error) => return Outcome::failed(error),
                }
            }
        };
        let front = match &new {
            Some(new) => new.front(),
            None => content::parted(&text).map_or(0, |(front, _)| front.len()),
        };
        if let Err(refused) = readable(&seed.file, text.len(), front) {
            return Outcome::failed(refused);
        }
        let waiting: Vec<String> = match &new {
            Some(new) => new.due.values().cloned().collect(),
            None => doubts::waiting(&file, &text),
        };
        let asked = std::mem::take(&mut proposal.document.doubts).into_iter();
        let asked = asked.filter(|doubt| waiting.iter().any(|why| why.contains(&doubt.message)));
        outcome.doubts = asked.map(|doubt| (seed.file.clone(), doubt)).collect();
        if !self.options.dry_run
            && let Err(error) = put(&self.root.join(&file), &text, page.is_none())
        {
            outcome.failed = true;
            outcome.diagnostics.push(
                Diagnostic::error(&file, format!("the file can't be written: {error}"))
                    .help("check the folder's permissions and the space on the disk; what was there before still is"),
            );
            return outcome;
        }
        if self.options.keep
            && let Some(new) = new
        {
            let path = file.strip_prefix("content/").unwrap_or(&file);
            outcome.known = Some(new.known(path, proposal.document, source, received));
        }
        outcome.written = Some(Written {
            file,
            seed: seed.file.clone(),
            new: page.is_none(),
            refreshed,
            waits: !waiting.is_empty(),
            texts: self
                .options
                .texts
                .then(|| (page.map(|page| page.text).unwrap_or_default(), text)),
        });
        outcome
    }
}

/// Refuses a content file that no build would read: of so many bytes, so many of them front matter.
fn readable(seed: &str, size: usize, front: usize) -> Result<(), Diagnostic> {
    let (mib, kib) = (1024 * 1024, 1024);
    let over = if size as u64 > bounded::page_limit() {
        let size = (size as u64).div_ceil(mib);
        format!(
            "{size} MiB, where at most {} MiB",
            bounded::page_limit() / mib
        )
    } else if front > FRONT_MATTER_LIMIT {
        let size = front.div_ceil(kib);
        format!(
            "{size} KiB of front matter, where at most {} KiB",
            FRONT_MATTER_LIMIT / kib
        )
    } else {
        return Ok(());
    };
    let message = format!("its content file would have {over} are read");
    Err(Diagnostic::error(seed, message).help("cut it into the documents that it holds"))
}

/// How many seeds are derived together, while as many are written: few enough to hold what they propose.
const TOGETHER: usize = 1024;

fn derive(
    jobs: &[ToDo<'_>],
    knowledge: &Knowledge,
    progress: &Progress,
) -> Vec<Result<Proposal, Diagnostic>> {
    let sources: Vec<_> = jobs.par_iter().map(|(seed, ..)| seed.source()).collect();
    let readable = jobs
        .iter()
        .zip(&sources)
        .filter_map(|((seed, _, received), source)| {
            Some(Job {
                source: source.as_ref().ok()?,
                digest: &seed.sha256,
                options: knowledge.options(Some(*received)),
            })
        });
    let readable: Vec<Job<'_>> = readable.collect();
    let proposal = |document| {
        progress.step();
        Proposal::of(document)
    };
    let mut proposals = distill::derive_all(&readable, proposal).into_iter();
    let derived = sources.iter().filter_map(|source| match source {
        Ok(_) => proposals.next().map(Ok),
        Err(why) => Some(Err(why.clone())),
    });
    derived.collect()
}

/// A content file's seed → its text, and what is derived from it now. `None` where the seed is gone, or has other bytes than the import saw.
pub fn rederive(
    root: &Path,
    front: &FrontMatter,
    knowledge: &Knowledge,
) -> Option<(String, Document)> {
    let seed = front.seed.as_ref()?;
    let plain = |part| matches!(part, std::path::Component::Normal(_));
    if !Path::new(&seed.file).components().all(plain) {
        return None;
    }
    let found = open(&root.join(&seed.file), &seed.file).ok()?;
    let (_, digest, source) = found.into_iter().next()?;
    if !seed.sha256.is_empty() && digest != seed.sha256 {
        return None;
    }
    let document = distill::derive(&source, &digest, knowledge.options(front.imported));
    Some((source.text, document))
}

/// The day against which a seed's relative dates are resolved where nobody says: a day in its name, else that of its first import, else today.
pub fn reference(root: &Path, seed: &Path) -> Date {
    let file = walk::name(root, &located(root, seed));
    date_in_name(&file)
        .or_else(|| Shelf::read(root).imported(&file))
        .unwrap_or_else(clock::today)
}
