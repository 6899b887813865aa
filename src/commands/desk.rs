//! What the editors' commands share: the content files and settings of a site, a diff of what is planned, and the asking before it is written.

use std::{
    collections::BTreeSet,
    io::{IsTerminal, Write},
    process::ExitCode,
};

use super::diff;
use crate::{
    cli::{Cli, WriteArgs},
    config::Config,
    diagnostic::Diagnostic,
    distill::Vocabulary,
    edge::{
        edits::{self, Kept},
        environment, import,
        terminal::{self, count, say},
        walk,
    },
    editing::{Files, Planned},
};

/// What a site has, for editors.
pub(super) struct Desk {
    pub(super) files: Files,
    pub(super) config: Config,
    pub(super) vocabulary: Vocabulary,
    /// site.yaml's name and text.
    pub(super) settings: Option<(String, String)>,
}

impl Desk {
    /// Reads it. Settings that can't be read are an error; other faults are reported.
    pub(super) fn open(cli: &Cli) -> Result<Self, Diagnostic> {
        let settings = environment::settings(&cli.root, cli.config.as_deref());
        let source = settings
            .as_ref()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        let config = Config::layered(source, &environment::overrides())?;
        let (files, mut said) = walk::content(&cli.root);
        let vocabulary = import::knowledge(&cli.root, &mut said).vocabulary;
        terminal::report(&said, cli.voice());
        Ok(Self {
            files,
            config,
            vocabulary,
            settings,
        })
    }
}

/// Refuses files with changes that are in no commit, unless it is forced: what is written could not be taken back. Where it could, the files
/// beside them that are not as in the last commit.
fn kept(
    cli: &Cli,
    planned: &[Planned],
    force: bool,
    must: bool,
) -> Result<Option<BTreeSet<String>>, Diagnostic> {
    let files: Vec<String> = planned.iter().map(|one| one.file.clone()).collect();
    match edits::kept(&cli.root, &files) {
        Kept::Safe(dirty) => Ok(Some(dirty)),
        _ if force => Ok(None),
        Kept::Unknown | Kept::Unasked(_) if !must => Ok(None),
        Kept::Unasked(why) => Err(Diagnostic::error(
            "",
            format!("git does not say whether what is written could be taken back; nothing was written: {why}"),
        )
        .help("mend this, or give --force")),
        Kept::Unknown => Err(Diagnostic::error(
            "",
            "the site is in no git repository: what is written could not be taken back; nothing was written",
        )
        .help("put it into one (git init, git add, git commit), or give --force")),
        Kept::Changed(changed) => {
            let first = changed.first().cloned().unwrap_or_default();
            let message = format!(
                "{} with changes that are in no commit; nothing was written",
                count(changed.len(), "file", "files")
            );
            Err(Diagnostic::error(first, message)
                .help("commit them first (git add, git commit), or give --force"))
        }
    }
}

/// Shows what is planned, asks where nobody has said yes, and writes it.
pub(super) fn settle(
    cli: &Cli,
    planned: &[Planned],
    args: &WriteArgs,
    must: bool,
) -> std::io::Result<ExitCode> {
    diff::texts(planned.iter().map(|one| {
        (
            one.file.as_str(),
            one.to.as_deref(),
            one.before.as_str(),
            one.after.as_str(),
        )
    }))?;
    if planned.is_empty() {
        say(cli.voice(), "no file would change");
        return Ok(ExitCode::SUCCESS);
    }
    let files = count(planned.len(), "file", "files");
    if args.dry_run {
        say(cli.voice(), &format!("{files} would be written"));
        return Ok(ExitCode::SUCCESS);
    }
    let safe = match kept(cli, planned, args.force, must) {
        Ok(safe) => safe,
        Err(refused) => {
            terminal::report(&[refused], cli.voice());
            return Ok(ExitCode::from(2));
        }
    };
    if !args.yes && !agreed(&files)? {
        say(
            cli.voice(),
            "nothing was written; --yes writes without asking",
        );
        return Ok(ExitCode::from(2));
    }
    if let Err(error) = edits::write(&cli.root, planned) {
        terminal::report(&[error], cli.voice());
        return Ok(ExitCode::from(2));
    }
    say(cli.voice(), &format!("{files} written"));
    let stay: Vec<String> = planned
        .iter()
        .filter(|one| one.to.is_none())
        .map(|one| one.file.clone())
        .collect();
    if let Some(dirty) = safe.filter(|_| stay.len() == planned.len()) {
        let undo = edits::undo(&cli.root, &stay, &dirty);
        say(cli.voice(), &format!("To take it back: {undo}"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether a person at the terminal says yes. Nobody is there where input comes from elsewhere.
fn agreed(files: &str) -> std::io::Result<bool> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return Ok(false);
    }
    let mut err = anstream::stderr().lock();
    write!(err, "Write {files}? [y/N] ")?;
    err.flush()?;
    let mut answer = String::new();
    input.read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
