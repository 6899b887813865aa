//! `review`: what a person should look at, worst first, each with what settles it; and the settling.

use std::{io::Write, path::Path, process::ExitCode};

use anstyle::{AnsiColor, Style};
use serde_json::json;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{build::waits, percent::percent};
use crate::{
    cli::{Cli, ReviewArgs},
    edge::{
        lock,
        review::{self, Decision, Waiting},
        terminal::{self, clean, count, cut, say, wrapped},
    },
};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const VALUE: Style = AnsiColor::Green.on_default();
const SPAN: Style = AnsiColor::Yellow.on_default().bold();

/// Lists what waits, or settles it. Exit status 1 where a file has errors, or something waits under `--strict`; 2 where nothing could be settled.
pub fn run(cli: &Cli, args: &ReviewArgs) -> std::io::Result<ExitCode> {
    let decision = match (args.accept.split_first(), args.set.split_first()) {
        (Some((file, fields)), _) => Some((file, Decision::Accept(fields.to_vec()))),
        (_, Some((file, [field, values @ ..]))) => {
            Some((file, Decision::Set(field.clone(), values.to_vec())))
        }
        _ => None,
    };
    match decision {
        Some((file, decision)) => Ok(settle(cli, file, &decision)),
        None => list(cli, args),
    }
}

fn settle(cli: &Cli, file: &str, decision: &Decision) -> ExitCode {
    let _lock = lock::site(&cli.root, cli.voice());
    match review::decide(&cli.root, Path::new(file), decision) {
        Ok((file, keys)) => {
            let said = if keys.is_empty() {
                "nothing waits there: nothing was changed".to_owned()
            } else {
                format!(
                    "{} settled; no import touches what is yours",
                    keys.join(", ")
                )
            };
            say(cli.voice(), &format!("{}: {said}", clean(&file)));
            ExitCode::SUCCESS
        }
        Err(error) => {
            terminal::report(&[error], cli.voice());
            ExitCode::from(2)
        }
    }
}

fn list(cli: &Cli, args: &ReviewArgs) -> std::io::Result<ExitCode> {
    let mut diagnostics = Vec::new();
    let waiting = review::waiting(&cli.root, &args.files, &mut diagnostics);
    let mut out = anstream::stdout().lock();
    if args.json {
        for one in &waiting {
            writeln!(out, "{}", to_json(cli, one))?;
        }
    } else {
        let shown = if args.all { waiting.len() } else { args.limit };
        let width = terminal::width();
        for one in waiting.iter().take(shown) {
            show(&mut out, cli, one, width)?;
        }
    }
    out.flush()?;
    let errors = terminal::report(&diagnostics, cli.voice());
    if !args.json {
        foot(cli, args, &waiting);
    }
    let waits = args.strict && !waiting.is_empty();
    Ok(ExitCode::from(u8::from(errors > 0 || waits)))
}

/// One value: where, what, how sure; why; the text; what settles it. The seed's text stands last on its line, so that right-to-left script
/// moves no column.
fn show(out: &mut impl Write, cli: &Cli, one: &Waiting, width: usize) -> std::io::Result<()> {
    let place = format!("{}:{}", clean(&one.file), one.line);
    writeln!(out, "{BOLD}{place}{BOLD:#}")?;
    let sure = one.confidence.map(percent).unwrap_or_default();
    let values = match one.values.as_slice() {
        [] => "none".to_owned(),
        values => values.join(", "),
    };
    writeln!(
        out,
        "  {:<14}{sure:>5}  {VALUE}{}{VALUE:#}",
        clean(&one.field),
        cut(&values, width.saturating_sub(23))
    )?;
    for line in wrapped(&one.reason, width.saturating_sub(4)) {
        writeln!(out, "    {line}")?;
    }
    if let (Some(context), Some(seed)) = (&one.context, &one.seed) {
        writeln!(out, "    {DIM}{}:{}{DIM:#}", clean(seed), context.line)?;
        let span = cut(&clean(&context.text), width.saturating_sub(6));
        let room = width.saturating_sub(6 + span.width()) / 2;
        let before = last(&clean(&context.before), room);
        let after = clean(&context.after);
        let after = if room == 0 {
            String::new()
        } else {
            cut(&after, room)
        };
        writeln!(out, "    {before}{SPAN}[{span}]{SPAN:#}{after}")?;
    }
    writeln!(
        out,
        "    {DIM}it stands:{DIM:#} {}\n",
        one.accept(&cli.root)
    )
}

/// The end of a text, in at most `width` columns.
fn last(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let mut end: Vec<char> = Vec::new();
    for c in text.chars().rev() {
        let Some(left) = room.checked_sub(c.width().unwrap_or(0)) else {
            break;
        };
        room = left;
        end.push(c);
    }
    let mark = if width == 0 { "" } else { "…" };
    end.into_iter().rev().fold(mark.to_owned(), |mut text, c| {
        text.push(c);
        text
    })
}

fn foot(cli: &Cli, args: &ReviewArgs, waiting: &[Waiting]) {
    let voice = cli.voice();
    if waiting.is_empty() {
        say(voice, "nothing waits for review");
        return;
    }
    say(
        voice,
        &format!(
            "Another value: {} review --set FILE FIELD VALUE, or edit the file: what you write is yours.",
            review::program(&cli.root)
        ),
    );
    let files: std::collections::BTreeSet<&str> = waiting.iter().map(|w| w.file.as_str()).collect();
    let values = count(waiting.len(), "value", "values");
    let more = if !args.all && waiting.len() > args.limit {
        format!(", the first {} shown: --all shows the others", args.limit)
    } else {
        String::new()
    };
    say(voice, &format!("{} ({values}){more}", waits(files.len())));
}

fn to_json(cli: &Cli, one: &Waiting) -> serde_json::Value {
    let mut object = json!(one);
    if let Some(object) = object.as_object_mut() {
        object.insert("accept".to_owned(), one.accept(&cli.root).into());
    }
    object
}
