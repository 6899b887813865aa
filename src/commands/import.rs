//! `import`: derive from new or changed seeds and write content/.

use std::process::ExitCode;

use super::diff;
use crate::{
    cli::{Cli, ImportArgs},
    edge::{
        import::{self, ImportOptions, ImportReport, Written},
        lock,
        terminal::{self, Voice, count, say},
    },
};

/// Imports. Exit status 1 where a seed or a content file has errors.
pub fn run(cli: &Cli, args: &ImportArgs) -> std::io::Result<ExitCode> {
    let options = ImportOptions {
        as_of: args.as_of,
        dry_run: args.dry_run || args.diff,
        texts: args.diff,
        tidy: true,
        keep: false,
        only: args.seeds.clone(),
        voice: cli.voice(),
    };
    let _lock = lock::site(&cli.root, cli.voice());
    let report = import::import(&cli.root, &options)?;
    let errors = terminal::report(&report.diagnostics, cli.voice());
    if args.diff {
        diff::show(&report.written)?;
    }
    tell(&report, cli.voice(), args);
    Ok(ExitCode::from(u8::from(errors > 0)))
}

/// Says what was written: each file in a dry run or where asked, and the sum.
fn tell(report: &ImportReport, voice: Voice, args: &ImportArgs) {
    let dry = args.dry_run || args.diff;
    if args.dry_run || voice == Voice::Verbose {
        list(&report.written, voice);
    }
    let new = report.written.iter().filter(|w| w.new).count();
    let verb = if dry { "would be written" } else { "written" };
    say(
        voice,
        &format!(
            "{} {verb} ({new} new), {} unchanged",
            count(report.written.len(), "content file", "content files"),
            report.unchanged,
        ),
    );
    let waiting = report.written.iter().filter(|w| w.waits).count();
    if waiting > 0 && !dry {
        let verb = if waiting == 1 { "waits" } else { "wait" };
        say(
            voice,
            &format!("{waiting} of them {verb} for review: depeche review"),
        );
    }
}

/// Says what was done with each content file.
pub(super) fn list(written: &[Written], voice: Voice) {
    for w in written {
        let what = if w.new {
            "new".to_owned()
        } else {
            w.refreshed.join(", ")
        };
        say(voice, &format!("{} ({what}) from {}", w.file, w.seed));
    }
}
