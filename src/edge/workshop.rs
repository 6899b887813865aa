//! A site's folder → a renderer, again and again: the one way that build, watch and serve take. Import what is new, read the sources, build.

use std::{collections::BTreeSet, path::PathBuf};

use jiff::{Timestamp, civil::Date};

use super::{
    clock, environment,
    import::{self, ImportOptions, Written},
    terminal::Voice,
    walk,
    watch::Change,
};
use crate::{
    cli::Cli,
    config::{BaseUrl, Overrides},
    content::Known,
    diagnostic::Diagnostic,
    pipeline::{self, BuildOptions, Memo, Sources},
    render::Renderer,
};

/// What a command wants of its builds.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// In place of site.yaml's `base_url`.
    pub base_url: Option<BaseUrl>,
    /// The day new seeds were received.
    pub as_of: Option<Date>,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// Whether what is under embargo is part of the site: in a preview alone.
    pub embargoed: bool,
    /// Import nothing; what an import would write is an error.
    pub frozen: bool,
}

/// Builds one site, and remembers what it read and worked out.
#[derive(Debug)]
pub struct Workshop {
    root: PathBuf,
    config: Option<PathBuf>,
    /// Settings from the environment.
    overrides: Overrides,
    voice: Voice,
    order: Order,
    memo: Memo,
    last: Option<Sources>,
    /// The moment at which the site changes by itself.
    next_change: Option<Timestamp>,
    /// What the last import said, and what was said of reading since.
    said: (Vec<Diagnostic>, Vec<Diagnostic>),
}

/// One build.
#[derive(Debug)]
pub struct Turn {
    /// Nothing where site.yaml can't be read.
    pub renderer: Option<Renderer>,
    /// What was said by the import, the reading and the build.
    pub diagnostics: Vec<Diagnostic>,
    /// Content files that the import wrote.
    pub imported: Vec<Written>,
    /// The sources that differ from those of the turn before, by path; empty on the first turn.
    pub changed: Vec<String>,
}

impl Workshop {
    /// A workshop for the site that the command line names.
    pub fn new(cli: &Cli, order: Order) -> Self {
        Self {
            root: cli.root.clone(),
            config: cli.config.clone(),
            overrides: environment::overrides(),
            voice: cli.voice(),
            order,
            memo: Memo::default(),
            last: None,
            next_change: None,
            said: Default::default(),
        }
    }

    /// Builds. `None` where nothing differs from the last turn: neither a source nor what is said of one, and no embargo has ended. Fails only where content/ can't be
    /// written. Imports where there may be something to import, and while the last import had something to say: an editor
    /// that saves a content file, or a person who moves the folder, takes it away for a moment, and an import then would make it anew.
    pub fn turn(&mut self, change: &Change) -> std::io::Result<Option<Turn>> {
        let before = std::mem::take(&mut self.said);
        let Imported {
            said: by_import,
            written: imported,
            known: new,
        } = if change.seeds || !before.0.is_empty() {
            tracing::info_span!("import").in_scope(|| self.import())?
        } else {
            Imported::default()
        };
        let known = change
            .paths
            .as_ref()
            .filter(|_| imported.is_empty() && before.1.is_empty());
        let (sources, changed, by_reading) =
            tracing::info_span!("read sources").in_scope(|| self.read(known, &new));
        self.memo.learn(new, &sources);
        self.said = (by_import, by_reading);
        let now = clock::now();
        let due = self.next_change.is_some_and(|moment| moment <= now);
        if changed.as_ref().is_some_and(Vec::is_empty) && self.said == before && !due {
            self.last = Some(sources);
            return Ok(None);
        }
        let mut diagnostics = [self.said.0.as_slice(), &self.said.1].concat();
        let options = BuildOptions {
            base_url: self.order.base_url.clone(),
            overrides: self.overrides.clone(),
            drafts: self.order.drafts,
            now: clock::source_date_epoch(),
            moment: (!self.order.embargoed).then_some(now),
        };
        let (renderer, said) = match &changed {
            Some(changed) => pipeline::rebuild(&sources, changed, &options, &mut self.memo),
            None => pipeline::build(&sources, &options, &mut self.memo),
        };
        diagnostics.extend(said);
        self.next_change = renderer.as_ref().and_then(|r| r.site().next_change);
        self.last = Some(sources);
        Ok(Some(Turn {
            renderer,
            diagnostics,
            imported,
            changed: changed.unwrap_or_default(),
        }))
    }

    /// The sources, those that differ from the last turn's by path (none on the first turn), and what is said of reading them. Reads only what may
    /// have changed where that is known, and not what was `written` a moment ago.
    fn read(
        &mut self,
        paths: Option<&BTreeSet<String>>,
        written: &[Known],
    ) -> (Sources, Option<Vec<String>>, Vec<Diagnostic>) {
        let mut last = self.last.take();
        if let (Some(last), Some(paths)) = (&mut last, paths) {
            let mut sources = std::mem::take(last);
            if let Some(changed) = walk::refresh(&self.root, &mut sources, paths) {
                return (sources, Some(changed), Vec::new());
            }
            let (now, said) = walk::sources(&self.root, self.config.as_deref(), written);
            // Part of what changed may have been read already.
            let mut changed = sources.differing(&now);
            changed.extend(paths.iter().cloned());
            changed.sort();
            changed.dedup();
            return (now, Some(changed), said);
        }
        let (sources, said) = walk::sources(&self.root, self.config.as_deref(), written);
        let changed = last.map(|last| last.differing(&sources));
        (sources, changed, said)
    }

    /// The moment at which an embargo ends or a briefing expires, where there is one: build again then.
    pub fn next_change(&self) -> Option<Timestamp> {
        self.next_change
    }

    fn import(&self) -> std::io::Result<Imported> {
        let options = ImportOptions {
            as_of: self.order.as_of,
            dry_run: self.order.frozen,
            // Later turns tell an edit by what the file was before.
            keep: self.last.is_none() && !self.order.frozen,
            voice: self.voice,
            ..ImportOptions::default()
        };
        let report = import::import(&self.root, &options)?;
        let mut imported = Imported {
            said: report.diagnostics,
            written: report.written,
            known: report.known,
        };
        if self.order.frozen {
            let written = std::mem::take(&mut imported.written);
            imported.said.extend(written.into_iter().map(|w| {
                let message = format!(
                    "an import of {} would write this file, and the build is frozen",
                    w.seed
                );
                Diagnostic::error(&w.file, message).help("run `depeche import` and commit content/")
            }));
        }
        Ok(imported)
    }
}

/// What the import of a turn did.
#[derive(Default)]
struct Imported {
    said: Vec<Diagnostic>,
    written: Vec<Written>,
    /// What reading the new files gives.
    known: Vec<Known>,
}
