//! `new-briefing`: a content file from a title. Never writes over a file.

use std::process::ExitCode;

use super::desk::Desk;
use crate::{
    cli::{Cli, NewBriefingArgs},
    diagnostic::Diagnostic,
    edge::{
        clock, import, lock,
        terminal::{self, say},
    },
    editing::new_briefing::{Briefing, new_briefing},
    model::TopicSlug,
};

/// Writes the file. Exit status 2 where it is there already, or site.yaml can't be read.
pub fn run(cli: &Cli, args: &NewBriefingArgs) -> std::io::Result<ExitCode> {
    let _lock = lock::site(&cli.root, cli.voice());
    match write(cli, args) {
        Ok(file) => {
            say(
                cli.voice(),
                &format!("{file} is there: write its text below the front matter"),
            );
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            terminal::report(&[error], cli.voice());
            Ok(ExitCode::from(2))
        }
    }
}

fn write(cli: &Cli, args: &NewBriefingArgs) -> Result<String, Diagnostic> {
    let desk = Desk::open(cli)?;
    if args.title.trim().is_empty() {
        return Err(
            Diagnostic::error("", "the title is empty").help("say what the briefing is about")
        );
    }
    let unknown = |slug: &&TopicSlug| !desk.vocabulary.knows(slug);
    let doubts: Vec<Diagnostic> = args
        .topic
        .iter()
        .filter(unknown)
        .map(|slug| {
            Diagnostic::warning("", format!("the topic `{slug}` is not in the vocabulary"))
                .help("add it to topics.yaml to give it a name, or mend it in the file")
        })
        .collect();
    terminal::report(&doubts, cli.voice());
    let briefing = Briefing {
        title: args.title.trim().to_owned(),
        date: args.date.unwrap_or_else(clock::today),
        lang: args.lang.clone().unwrap_or(desk.config.default_language),
        countries: args.country.clone(),
        topics: args.topic.clone(),
        summary: args.summary.clone(),
        publish: args.publish,
    };
    let (path, text) = new_briefing(&briefing);
    let file = format!("content/{path}");
    import::put(&cli.root.join(&file), &text, true).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Diagnostic::error(&file, "the file is there already; nothing was written")
                .help("give another title, or edit that file")
        }
        _ => Diagnostic::error(&file, format!("the file can't be written: {error}"))
            .help("check the folder's permissions and the space on the disk"),
    })?;
    Ok(file)
}
