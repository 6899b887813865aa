//! A site's folder → a renderer, again and again: the one way that build, watch and serve take. Import what is new, read the sources, build.

use std::path::PathBuf;

use jiff::civil::Date;

use super::{
    clock,
    import::{self, ImportOptions},
    walk,
};
use crate::{
    cli::Cli,
    config::BaseUrl,
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
    /// Import nothing; what an import would write is an error.
    pub frozen: bool,
}

/// Builds one site, and remembers what it read and worked out.
#[derive(Debug)]
pub struct Workshop {
    root: PathBuf,
    config: Option<PathBuf>,
    order: Order,
    memo: Memo,
    last: Option<Sources>,
}

/// One build.
#[derive(Debug)]
pub struct Turn {
    /// Nothing where site.yaml can't be read.
    pub renderer: Option<Renderer>,
    /// What was said by the import, the reading and the build.
    pub diagnostics: Vec<Diagnostic>,
    /// Content files that the import wrote.
    pub imported: usize,
    /// The sources that differ from those of the turn before, by path; empty on the first turn.
    pub changed: Vec<String>,
}

impl Workshop {
    /// A workshop for the site that the command line names.
    pub fn new(cli: &Cli, order: Order) -> Self {
        Self {
            root: cli.root.clone(),
            config: cli.config.clone(),
            order,
            memo: Memo::default(),
            last: None,
        }
    }

    /// Builds. `None` where no source has changed since the last turn. Fails only where content/ can't be written.
    pub fn turn(&mut self) -> std::io::Result<Option<Turn>> {
        let (mut diagnostics, imported) = self.import()?;
        let (sources, said) = walk::sources(&self.root, self.config.as_deref());
        diagnostics.extend(said);
        if self.last.as_ref() == Some(&sources) {
            return Ok(None);
        }
        let options = BuildOptions {
            base_url: self.order.base_url.clone(),
            drafts: self.order.drafts,
            now: clock::source_date_epoch(),
        };
        let (renderer, said) = pipeline::build(&sources, &options, &mut self.memo);
        diagnostics.extend(said);
        let changed = self.last.as_ref().map(|last| last.differing(&sources));
        self.last = Some(sources);
        Ok(Some(Turn {
            renderer,
            diagnostics,
            imported,
            changed: changed.unwrap_or_default(),
        }))
    }

    fn import(&self) -> std::io::Result<(Vec<Diagnostic>, usize)> {
        let options = ImportOptions {
            as_of: self.order.as_of,
            dry_run: self.order.frozen,
            only: Vec::new(),
        };
        let report = import::import(&self.root, &options)?;
        let mut diagnostics = report.diagnostics;
        if !self.order.frozen {
            return Ok((diagnostics, report.written.len()));
        }
        diagnostics.extend(report.written.iter().map(|w| {
            let message = format!(
                "an import of {} would write this file, and the build is frozen",
                w.seed
            );
            Diagnostic::error(&w.file, message).help("run `depeche import` and commit content/")
        }));
        Ok((diagnostics, 0))
    }
}
