//! `retag`: a topic or country renamed, added or removed over many files: shown as a diff, then written where a person agrees.

use std::process::ExitCode;

use super::desk::{self, Desk};
use crate::{
    cli::{Cli, RetagArgs},
    diagnostic::Diagnostic,
    edge::{lock, review, terminal},
    editing::{
        retag::{Change, Kind, retag},
        stranded::stranded,
    },
};

/// Changes the files. Exit status 1 where some can't be edited safely, 2 where nothing was written.
pub fn run(cli: &Cli, args: &RetagArgs) -> std::io::Result<ExitCode> {
    let _lock = lock::site(&cli.root, cli.voice());
    let (change, desk) = match change(args).and_then(|change| Ok((change, Desk::open(cli)?))) {
        Ok(both) => both,
        Err(error) => {
            terminal::report(&[error], cli.voice());
            return Ok(ExitCode::from(2));
        }
    };
    let named = args.files.iter().map(|path| review::named(&cli.root, path));
    let only: Vec<String> = named
        .map(|file| {
            file.strip_prefix("content/")
                .map(str::to_owned)
                .unwrap_or(file)
        })
        .collect();
    let missing: Vec<Diagnostic> = only
        .iter()
        .filter(|path| !desk.files.contains_key(*path))
        .map(|path| {
            Diagnostic::error(path, "this is no file of content/")
                .help("name it as `depeche list` does: content/briefings/name.md")
        })
        .collect();
    if !missing.is_empty() {
        terminal::report(&missing, cli.voice());
        return Ok(ExitCode::from(2));
    }
    let (planned, mut faults) = retag(&desk.files, &only, args.kind, &change);
    faults.extend(unknown(&desk, args.kind, &change));
    let settings = desk.settings.as_ref();
    faults.extend(stranded(
        &desk.files,
        &planned,
        settings.map(|(name, text)| (name.as_str(), text.as_str())),
        desk.config.base_url.origin(),
        args.kind,
        &change,
    ));
    let errors = terminal::report(&faults, cli.voice());
    let done = desk::settle(cli, &planned, &args.write, true)?;
    if done == ExitCode::SUCCESS && errors > 0 {
        return Ok(ExitCode::from(1));
    }
    Ok(done)
}

/// What is asked for, in the one spelling of each value.
fn change(args: &RetagArgs) -> Result<Change, Diagnostic> {
    let value = |option: &str, text: &str| {
        let value = args.kind.value(text);
        value.map_err(|why| Diagnostic::error(option, why))
    };
    match (args.rename.as_slice(), &args.add, &args.remove) {
        // What is renamed or removed may be written in whatever way.
        ([old, new], _, _) => {
            let old = args.kind.value(old).unwrap_or_else(|_| old.clone());
            Ok(Change::Rename(old, value("--rename", new)?))
        }
        (_, Some(new), _) if args.files.is_empty() => Err(Diagnostic::error(
            "--add",
            format!("`{new}` would be added to every file"),
        )
        .help("name the files, such as content/briefings/a.md")),
        (_, Some(new), _) => Ok(Change::Add(value("--add", new)?)),
        (_, _, Some(old)) => Ok(Change::Remove(
            args.kind.value(old).unwrap_or_else(|_| old.clone()),
        )),
        _ => Err(Diagnostic::error("", "nothing is asked for")
            .help("give --rename OLD NEW, --add NEW or --remove OLD")),
    }
}

/// A warning of a new topic that the vocabulary lacks.
fn unknown(desk: &Desk, kind: Kind, change: &Change) -> Option<Diagnostic> {
    let (Change::Rename(_, new) | Change::Add(new)) = change else {
        return None;
    };
    let slug = new.parse().ok().filter(|_| kind == Kind::Topic)?;
    (!desk.vocabulary.knows(&slug)).then(|| {
        Diagnostic::warning("", format!("the topic `{new}` is not in the vocabulary")).help(
            match change {
                Change::Rename(old, _) => format!(
                    "rename the row of `{old}` in topics.yaml, or add one to give it a name"
                ),
                _ => "add it to topics.yaml to give it a name".to_owned(),
            },
        )
    })
}
