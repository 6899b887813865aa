//! `migrate`: a folder with the site of another generator → a folder with a Dépêche site, and a report. Refuses a target that holds anything, lies in
//! the other site or holds it; follows no links; writes nothing into the other site.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use walkdir::WalkDir;

use crate::{
    cli::{Cli, DataFormat, MigrateArgs},
    diagnostic::Diagnostic,
    edge::{
        bounded, clock,
        terminal::{self, clean, count, say},
    },
    migrate::{Migrated, Out, Outcome, Report, Source, Tool, Tree, is_markdown, migrate},
};

/// Files whose text is read, beside Markdown.
const TEXTS: [&str; 16] = [
    "toml", "yaml", "yml", "json", "html", "htm", "xml", "scss", "sass", "css", "js", "csv",
    "adoc", "org", "rst", "pandoc",
];

/// Whether the text of a file is read. Jekyll looks for front matter in every file.
fn is_text(tool: Tool, name: &str, end: &str) -> bool {
    tool == Tool::Jekyll || is_markdown(tool, name) || TEXTS.contains(&end)
}

/// What is made by git, by npm or by the other tool, at the top of its site, and by no person.
fn made(tool: Tool) -> &'static [&'static str] {
    match tool {
        Tool::Zola => &[".git", "node_modules", "public"],
        Tool::Hugo => &[".git", "node_modules", "public", "resources"],
        Tool::Jekyll => &[
            ".git",
            "node_modules",
            "_site",
            ".jekyll-cache",
            ".sass-cache",
        ],
        Tool::Mkdocs => &[".git", "node_modules", "site"],
    }
}

/// Exit status 1 where a file could not be read as the other tool's, 2 where nothing could be done.
pub fn run(cli: &Cli, args: &MigrateArgs) -> std::io::Result<ExitCode> {
    let refused = |refusal: Diagnostic| {
        terminal::report(&[refusal], cli.voice());
        Ok(ExitCode::from(2))
    };
    let from = cli.in_root(&args.path);
    let to = target(cli, args);
    if let Err(refusal) = fits(&from, &to) {
        return refused(refusal);
    }
    let (tree, skipped) = read(&from, args.tool);
    let migrated = migrate(args.tool, &tree, skipped, clock::now());
    if migrated.refused || (migrated.report.pages == 0 && migrated.report.has_errors()) {
        terminal::report(&migrated.report.findings, cli.voice());
        return Ok(ExitCode::from(2));
    }
    if !args.dry_run
        && let Err(refusal) = write(&from, &to, &migrated)
    {
        return refused(refusal);
    }
    let report = &migrated.report;
    match args.format {
        DataFormat::Json => writeln!(anstream::stdout().lock(), "{:#}", report.to_json())?,
        DataFormat::Human => {
            show(cli, report)?;
            terminal::report(&report.findings, cli.voice());
            let done = if args.dry_run { "would be" } else { "are" };
            say(
                cli.voice(),
                &format!(
                    "{} and {} {done} in {}{}",
                    count(report.pages, "content file", "content files"),
                    count(report.copies, "copy", "copies"),
                    to.display(),
                    if args.dry_run {
                        ""
                    } else {
                        "; migration.json there has this report by file. Next: depeche check, depeche serve"
                    },
                ),
            );
        }
    }
    Ok(ExitCode::from(u8::from(report.has_errors())))
}

fn target(cli: &Cli, args: &MigrateArgs) -> PathBuf {
    args.to.as_ref().map_or_else(
        || {
            let name = args
                .path
                .file_name()
                .map_or_else(|| "site".into(), |name| name.to_string_lossy());
            cli.in_root(Path::new(&format!("{name}-depeche")))
        },
        |to| cli.in_root(to),
    )
}

fn fits(from: &Path, to: &Path) -> Result<(), Diagnostic> {
    let wrong = |path: &Path, message: &str, help: &str| {
        Err(Diagnostic::error(path.display().to_string(), message).help(help))
    };
    if !from.is_dir() {
        return wrong(
            from,
            "this is no folder",
            "give the folder of the other site",
        );
    }
    let whole = |path: &Path| {
        // What is not there yet has a folder above it that is.
        let there = path
            .ancestors()
            .find(|a| a.exists())
            .map_or(Path::new("."), |a| a);
        let rest = path.strip_prefix(there).unwrap_or(Path::new(""));
        there
            .canonicalize()
            .map(|there| there.join(rest))
            .unwrap_or_default()
    };
    let relative = |path: &Path| {
        if path.is_relative() {
            Path::new(".").join(path)
        } else {
            path.to_owned()
        }
    };
    let (old, new) = (whole(&relative(from)), whole(&relative(to)));
    if new.starts_with(&old) || old.starts_with(&new) {
        return wrong(
            to,
            "the new site and the other one would lie in each other; nothing was changed",
            "give another folder with --to",
        );
    }
    if to.exists()
        && (!to.is_dir()
            || to
                .read_dir()
                .is_ok_and(|mut entries| entries.next().is_some()))
    {
        return wrong(
            to,
            "it is there already, and not empty; nothing was changed",
            "give the name of a new folder with --to",
        );
    }
    Ok(())
}

/// The files of the other site, and a finding for each thing that is none of them: links, which are not followed, and what can't be read.
#[expect(
    clippy::disallowed_methods,
    reason = "a command reads what it was asked for"
)]
fn read(from: &Path, tool: Tool) -> (Tree, Vec<Diagnostic>) {
    let limit = bounded::limits().content_mib.bytes();
    let made = made(tool);
    let wanted = |entry: &walkdir::DirEntry| {
        entry.depth() != 1 || !made.iter().any(|made| entry.file_name() == *made)
    };
    let (mut tree, mut skipped) = (Tree::new(), Vec::new());
    let mut skip = |path: &Path, message: &str, help: &str| {
        let path = path.strip_prefix(from).unwrap_or(path);
        let found = Diagnostic::warning(path.to_string_lossy(), message);
        skipped.push(found.help(help));
    };
    for entry in WalkDir::new(from)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(wanted)
    {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let why = error
                    .io_error()
                    .map_or_else(|| error.to_string(), ToString::to_string);
                let message = format!("it can't be read and is not carried over: {why}");
                skip(
                    error.path().unwrap_or(from),
                    &message,
                    "give yourself the right to read it",
                );
                continue;
            }
        };
        if entry.file_type().is_dir() {
            continue;
        }
        let Ok(path) = entry.path().strip_prefix(from) else {
            continue;
        };
        if !entry.file_type().is_file() {
            skip(
                path,
                "a link, or no file, is not carried over",
                "put the file itself there",
            );
            continue;
        }
        let Some(name) = path.to_str() else {
            skip(
                path,
                "its name is not UTF-8; it is not carried over",
                "give it another name",
            );
            continue;
        };
        let name = name.replace(std::path::MAIN_SEPARATOR, "/");
        let end = path
            .extension()
            .and_then(|end| end.to_str())
            .unwrap_or_default()
            .to_ascii_lowercase();
        let small = entry.metadata().is_ok_and(|data| data.len() <= limit);
        let text = (small && is_text(tool, &name, &end))
            .then(|| std::fs::read_to_string(entry.path()).ok())
            .flatten();
        tree.insert(name, text.map_or(Source::Other, Source::Text));
    }
    (tree, skipped)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a command writes what it was asked for"
)]
fn write(from: &Path, to: &Path, migrated: &Migrated) -> Result<(), Diagnostic> {
    for (name, file) in &migrated.files {
        let path = to.join(name);
        let failed = |error: std::io::Error| {
            Diagnostic::error(
                path.display().to_string(),
                format!("it can't be written: {error}"),
            )
            .help("give a folder that you may write to")
        };
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        match file {
            Out::Text(text) => std::fs::write(&path, text).map_err(failed)?,
            Out::Copy(source) => std::fs::copy(from.join(source), &path)
                .map(|_| ())
                .map_err(failed)?,
        }
    }
    Ok(())
}

/// The fields, summed; by file where more is asked for.
fn show(cli: &Cli, report: &Report) -> std::io::Result<()> {
    if cli.quiet {
        return Ok(());
    }
    let mut out = anstream::stdout().lock();
    for ((field, outcome), times) in report.sums() {
        writeln!(
            out,
            "{times:>6}  {:<24} {}",
            clean(field),
            clean(&told(outcome))
        )?;
    }
    if cli.verbose > 0 {
        writeln!(out)?;
        for note in &report.fields {
            writeln!(
                out,
                "{}:{}: {}: {}",
                clean(&note.file),
                note.line,
                clean(&note.field),
                clean(&told(&note.outcome))
            )?;
        }
    }
    Ok(())
}

fn told(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Kept => "kept".to_owned(),
        Outcome::Changed(into) => format!("→ {into}"),
        Outcome::Dropped(why) => format!("dropped: {why}"),
    }
}
