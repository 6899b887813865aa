//! `rename`: another name for a content file, with an alias of its old address, and the links to it.

use std::{path::Path, process::ExitCode};

use super::desk::{self, Desk};
use crate::{
    cli::{Cli, RenameArgs},
    diagnostic::Diagnostic,
    edge::{
        lock, review,
        terminal::{self, say},
        walk,
    },
    editing::{Planned, rename},
};

/// Renames. Exit status 2 where nothing was written.
pub fn run(cli: &Cli, args: &RenameArgs) -> std::io::Result<ExitCode> {
    let _lock = lock::site(&cli.root, cli.voice());
    let (planned, named) = match plan(cli, args) {
        Ok(plan) => plan,
        Err(error) => {
            terminal::report(&[error], cli.voice());
            return Ok(ExitCode::from(2));
        }
    };
    for one in &planned {
        if let Some(to) = &one.to {
            say(cli.voice(), &format!("{} becomes {to}", one.file));
        }
    }
    terminal::report(&named, cli.voice());
    // It is taken back by another `rename`: no git is asked for where there is none.
    let mut write = args.write.clone();
    write.yes = true;
    desk::settle(cli, &planned, &write, false)
}

fn plan(cli: &Cli, args: &RenameArgs) -> Result<(Vec<Planned>, Vec<Diagnostic>), Diagnostic> {
    let desk = Desk::open(cli)?;
    let file = review::named(&cli.root, Path::new(&args.file));
    let source = file.strip_prefix("content/").unwrap_or(&file);
    let renaming = rename::rename(
        &desk.files,
        &desk.config,
        &desk.vocabulary,
        source,
        &args.name,
    )?;
    let after = |(_, text): &(String, String)| rename::settings(text, &renaming);
    let changed = desk.settings.as_ref().and_then(after);
    let (mut planned, mut named) = (renaming.planned, renaming.unwritten);
    named.extend(in_themes(cli, source));
    if let (Some((name, text)), Some(after)) = (&desk.settings, changed) {
        if cli.config.is_some() {
            named.extend(in_settings(name, text, &after));
        } else {
            planned.push(Planned {
                file: name.clone(),
                to: None,
                before: text.clone(),
                after,
            });
        }
    }
    Ok((planned, named))
}

/// A warning for each line that would be another: a file that `--config` names may be another site's, too.
fn in_settings(name: &str, before: &str, after: &str) -> Vec<Diagnostic> {
    let lines = before.lines().zip(after.lines()).enumerate();
    lines
        .filter(|(_, (before, after))| before != after)
        .map(|(nth, (_, after))| {
            Diagnostic::warning(name, "this line names a file that gets another name")
                .at(nth + 1)
                .help(format!("write there: {}", after.trim()))
        })
        .collect()
}

/// A warning for each template that names the file: code is for a person to change.
fn in_themes(cli: &Cli, source: &str) -> Vec<Diagnostic> {
    let stem = format!("@/{}", source.trim_end_matches(".md"));
    let names = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(&stem);
    walk::themes(&cli.root)
        .iter()
        .filter(|(_, bytes)| names(bytes))
        .map(|(path, _)| {
            Diagnostic::warning(format!("themes/{path}"), format!("this names `{stem}`"))
                .help("write the new path there")
        })
        .collect()
}
