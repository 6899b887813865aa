//! `build`: import what is new, render, publish.

use std::{path::Path, process::ExitCode};

use crate::{
    cli::{BuildArgs, Cli},
    diagnostic::{Diagnostic, Severity},
    edge::{
        clock,
        import::{self, ImportOptions},
        publish,
        publish::Refusal,
        terminal::{self, count, say},
        walk,
    },
    pipeline::{self, BuildOptions, Memo},
};

/// Builds the site. Exit status 1 where the content has errors, 2 where nothing could be built.
pub fn run(cli: &Cli, args: &BuildArgs) -> std::io::Result<ExitCode> {
    let voice = cli.voice();
    let base_url = match args.base_url.as_deref().map(str::parse).transpose() {
        Ok(base_url) => base_url,
        Err(message) => {
            terminal::report(&[Diagnostic::error("--base-url", message)], voice);
            return Ok(ExitCode::from(2));
        }
    };
    let mut diagnostics = bring_in(cli, args)?;
    let (sources, said) = walk::sources(&cli.root, cli.config.as_deref());
    diagnostics.extend(said);
    let options = BuildOptions {
        base_url,
        drafts: args.drafts,
        now: clock::source_date_epoch(),
    };
    let (renderer, said) = pipeline::build(&sources, &options, &mut Memo::default());
    diagnostics.extend(said);
    let Some(renderer) = renderer else {
        terminal::report(&diagnostics, voice);
        return Ok(ExitCode::from(2));
    };
    let output = under(&cli.root, &args.output);
    let published = match publish::publish(&renderer, &output, &cli.root) {
        Ok(published) => published,
        Err(refusal) => {
            diagnostics.push(match refusal {
                Refusal::Folder(why) => why,
                Refusal::Io(path, error) => {
                    Diagnostic::error(path.display().to_string(), error.to_string())
                        .help("nothing more was written; what was published before is still there")
                }
            });
            terminal::report(&diagnostics, voice);
            return Ok(ExitCode::from(2));
        }
    };
    diagnostics.extend(published.diagnostics);
    terminal::report(&diagnostics, voice);
    say(
        voice,
        &format!(
            "{} in {} ({} written, {} removed): {}",
            count(renderer.site().briefings.len(), "briefing", "briefings"),
            count(published.files, "file", "files"),
            published.written,
            published.removed,
            output.display(),
        ),
    );
    let worst = if args.strict {
        Severity::Warning
    } else {
        Severity::Error
    };
    Ok(ExitCode::from(u8::from(
        diagnostics.iter().any(|d| d.severity >= worst),
    )))
}

/// Imports what is new or changed in seeds/; with `--frozen`, only looks whether something is.
fn bring_in(cli: &Cli, args: &BuildArgs) -> std::io::Result<Vec<Diagnostic>> {
    let options = ImportOptions {
        as_of: args.as_of,
        dry_run: args.frozen,
        only: Vec::new(),
    };
    let report = import::import(&cli.root, &options)?;
    let mut diagnostics = report.diagnostics;
    if args.frozen {
        diagnostics.extend(report.written.iter().map(|w| {
            Diagnostic::error(
                &w.file,
                format!(
                    "an import of {} would write this file, and the build is frozen",
                    w.seed
                ),
            )
            .help("run `depeche import` and commit content/")
        }));
    } else if !report.written.is_empty() {
        let files = count(report.written.len(), "content file", "content files");
        say(cli.voice(), &format!("{files} imported from seeds/"));
    }
    Ok(diagnostics)
}

/// A path of the command line from the site's folder.
pub fn under(root: &Path, path: &Path) -> std::path::PathBuf {
    root.join(path)
}
