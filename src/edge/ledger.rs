//! What was published, and with which stamp: what is still there, and rests on the same, is neither rendered nor written again. A ledger that is lost,
//! torn or of another version of Dépêche is an empty one: then everything is rendered, and the site is the same.

use std::{collections::BTreeSet, fs::Metadata, path::Path, sync::Arc, time::UNIX_EPOCH};

use foldhash::HashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{import::put, publish::MANIFEST};
use crate::{diagnostic::Diagnostic, sum::Stamp};

/// What the first line of a file says of the program and of the shape of the lines below.
const VERSION: &str = concat!(
    "depeche ledger 1 ",
    env!("CARGO_PKG_VERSION"),
    " ",
    env!("DEPECHE_PROGRAM")
);

/// What is known of the files of an output folder, by path from there.
#[derive(Debug, Default)]
pub struct Ledger {
    whole: Option<Whole>,
    pages: HashMap<String, Page>,
    /// The list of files that was last read or written, in this process.
    listed: Option<(Kept, Arc<BTreeSet<String>>)>,
}

/// What is known of a publication as a whole.
#[derive(Debug, Serialize, Deserialize)]
struct Whole {
    /// Of the state of all sources, and of what the command was asked for.
    sources: Stamp,
    manifest: Kept,
    /// What the command told of it.
    told: String,
}

/// One published file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    stamp: Stamp,
    kept: Kept,
    /// What was odd when it was rendered.
    said: Vec<Diagnostic>,
}

/// How a file is told from one that somebody has changed since: its length, and when it was last written, in seconds and nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept(u64, u64, u32);

impl Kept {
    fn of(file: &Metadata) -> Option<Self> {
        let written = file.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        file.is_file()
            .then(|| Self(file.len(), written.as_secs(), written.subsec_nanos()))
    }

    /// Archives of a cache keep whole seconds.
    fn is(self, now: Self) -> bool {
        (self.0, self.1) == (now.0, now.1) && (now.2 == 0 || self.2 == now.2)
    }
}

impl Page {
    /// A file that has just been written.
    pub fn new(stamp: Stamp, file: &Metadata, said: &[Diagnostic]) -> Option<Self> {
        Some(Self {
            stamp,
            kept: Kept::of(file)?,
            said: said.to_vec(),
        })
    }
}

impl Ledger {
    /// The ledger in a file; an empty one where there is none that can be trusted.
    #[expect(clippy::disallowed_methods, reason = "this is the edge")]
    pub fn read(file: &Path) -> Self {
        let text = std::fs::read_to_string(file).ok();
        text.and_then(|text| parse(&text)).unwrap_or_default()
    }

    /// What was told of the last publication into `output`, where its sources were in the same state and every file is still there as it was.
    pub fn told(&self, output: &Path, sources: &Stamp) -> Option<&str> {
        let whole = self
            .whole
            .as_ref()
            .filter(|whole| whole.sources == *sources)?;
        let is = |file: &str, kept: Kept| {
            let now = std::fs::symlink_metadata(output.join(file)).ok();
            now.and_then(|now| Kept::of(&now))
                .is_some_and(|now| kept.is(now))
        };
        let manifest = is(MANIFEST, whole.manifest);
        let all = manifest
            && self
                .pages
                .par_iter()
                .all(|(file, page)| is(file, page.kept));
        all.then_some(&whole.told)
    }

    /// Enters what was told of this publication, for the next command that finds the sources in the same state.
    pub fn tell(&mut self, output: &Path, sources: Option<Stamp>, told: String) {
        let manifest = std::fs::symlink_metadata(output.join(MANIFEST)).ok();
        let manifest = manifest.and_then(|file| Kept::of(&file));
        self.whole = sources.zip(manifest).map(|(sources, manifest)| Whole {
            sources,
            manifest,
            told,
        });
    }

    /// The files of the list that the system says this of, where it is the one that was last read or written.
    pub fn listed(&self, list: &Metadata) -> Option<Arc<BTreeSet<String>>> {
        let (kept, files) = self.listed.as_ref()?;
        (Kept::of(list)? == *kept).then(|| Arc::clone(files))
    }

    /// Remembers the list of files that the system says this of.
    pub fn list(&mut self, list: &Metadata, files: &Arc<BTreeSet<String>>) {
        self.listed = Kept::of(list).map(|kept| (kept, Arc::clone(files)));
    }

    /// Whether a file, when it was published, rested on the same.
    pub fn rests_on(&self, file: &str, stamp: &Stamp) -> bool {
        let page = self.pages.get(file);
        page.is_some_and(|page| page.stamp == *stamp)
    }

    /// Whether a file is still there as it was published.
    pub fn is_there(&self, file: &str, whole: &Path) -> bool {
        let is = || {
            let now = Kept::of(&std::fs::symlink_metadata(whole).ok()?)?;
            Some(self.pages.get(file)?.kept.is(now))
        };
        is() == Some(true)
    }

    /// What was said of a file when it was rendered.
    pub fn said(&self, file: &str) -> &[Diagnostic] {
        self.pages.get(file).map_or(&[], |page| &page.said)
    }

    /// Makes room for so many files in all.
    pub fn reserve(&mut self, files: usize) {
        self.pages.reserve(files.saturating_sub(self.pages.len()));
    }

    /// Enters what was just written.
    pub fn enter(&mut self, file: String, page: Page) {
        self.pages.insert(file, page);
    }

    /// Knows nothing of a file any more: its page could not be rendered.
    pub fn forget(&mut self, file: &str) {
        self.pages.remove(file);
    }

    /// Knows of these files only.
    pub fn keep(&mut self, files: &BTreeSet<String>) {
        self.pages.retain(|file, _| files.contains(file));
    }

    /// Writes the ledger to a file, where it differs from what is there. Without it the next build takes longer, and that is all: what goes wrong is not said.
    #[expect(clippy::disallowed_methods, reason = "this is the edge")]
    pub fn save(&self, file: &Path) {
        let mut pages: Vec<_> = self.pages.iter().collect();
        pages.par_sort_unstable_by_key(|(file, _)| *file);
        let lines = pages
            .par_iter()
            .filter_map(|page| serde_json::to_string(page).ok());
        let whole = serde_json::to_string(&self.whole).unwrap_or_default();
        let lines: Vec<String> = rayon::iter::once(whole).chain(lines).collect();
        let lines = lines.join("\n");
        let mark = blake3::hash(lines.as_bytes()).to_hex();
        if let Some(folder) = file.parent() {
            // Nothing of it is worth keeping in version control.
            let _ = put(&folder.join(".gitignore"), "*\n", true);
            let text = format!("{VERSION} {mark}\n{lines}");
            if std::fs::read_to_string(file).ok().as_ref() != Some(&text) {
                let _ = put(file, &text, false);
            }
        }
    }
}

fn parse(text: &str) -> Option<Ledger> {
    let (first, lines) = text.split_once('\n')?;
    let mark = first.strip_prefix(VERSION)?.trim_start();
    if blake3::hash(lines.as_bytes()).to_hex().as_str() != mark {
        return None;
    }
    let (whole, lines) = lines.split_once('\n').unwrap_or((lines, ""));
    let lines: Vec<&str> = lines.lines().collect();
    let pages: Option<HashMap<String, Page>> = lines
        .par_iter()
        .map(|line| serde_json::from_str(line).ok())
        .collect();
    Some(Ledger {
        whole: serde_json::from_str(whole).ok()?,
        pages: pages?,
        listed: None,
    })
}
