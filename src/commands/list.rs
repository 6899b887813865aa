//! `list`: the content files of a site, those that were asked for, as a table, CSV or JSON.

use std::{io::Write, process::ExitCode};

use anstyle::{AnsiColor, Style};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use super::desk::Desk;
use crate::{
    cli::{Cli, ListArgs, ListFormat},
    edge::{
        clock,
        terminal::{self, count, cut, say},
    },
    editing::{
        entries,
        listing::{self, Row, State, Wanted},
    },
    render::harmless,
};

const TITLE: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const STATE: Style = AnsiColor::Yellow.on_default();

/// Lists. Exit status 2 where site.yaml can't be read.
pub fn run(cli: &Cli, args: &ListArgs) -> std::io::Result<ExitCode> {
    let desk = match Desk::open(cli) {
        Ok(desk) => desk,
        Err(error) => {
            terminal::report(&[error], cli.voice());
            return Ok(ExitCode::from(2));
        }
    };
    let wanted = Wanted {
        states: args.state.clone(),
        countries: args.country.clone(),
        topics: args.topic.clone(),
        lang: args.lang.clone(),
        since: args.since,
        until: args.until,
        text: args.text.clone(),
        pages: args.pages,
    };
    let entries = entries(&desk.files);
    let mut rows = listing::rows(
        &entries,
        &desk.config,
        &desk.vocabulary,
        clock::now(),
        &wanted,
        args.sort,
    );
    if args.reverse {
        rows.reverse();
    }
    let mut out = anstream::stdout().lock();
    match args.format {
        ListFormat::Json => {
            for row in &rows {
                writeln!(out, "{}", json!(row))?;
            }
        }
        ListFormat::Csv => out.write_all(&csv(&rows)?)?,
        ListFormat::Table => table(&mut out, &rows, terminal::width())?,
    }
    out.flush()?;
    if args.format == ListFormat::Table {
        say(cli.voice(), &count(rows.len(), "file", "files"));
    }
    Ok(ExitCode::SUCCESS)
}

fn words(states: &[State]) -> String {
    let words: Vec<String> = states
        .iter()
        .map(|s| format!("{s:?}").to_lowercase())
        .collect();
    words.join(", ")
}

fn codes<T: ToString>(values: &[T], between: &str) -> String {
    values
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(between)
}

/// Two lines a file: when, in what language, how it stands, the title, which stands last, so that right-to-left script moves no column; then
/// where it is and what it is about.
fn table(out: &mut impl Write, rows: &[Row], width: usize) -> std::io::Result<()> {
    let states: Vec<String> = rows.iter().map(state).collect();
    let lang = rows.iter().map(|row| row.lang.len()).max().unwrap_or(0);
    let column = states
        .iter()
        .map(|s| s.width())
        .max()
        .unwrap_or(0)
        .min(width / 3);
    for (row, state) in rows.iter().zip(&states) {
        let date: String = row.date.iter().flat_map(|d| d.chars().take(10)).collect();
        let state = cut(state, column);
        let pad = " ".repeat(column.saturating_sub(state.width()));
        let title = cut(&row.title, width.saturating_sub(10 + lang + column + 6));
        writeln!(
            out,
            "{date:<10}  {:<lang$}  {STATE}{state}{STATE:#}{pad}  {TITLE}{title}{TITLE:#}",
            row.lang
        )?;
        let about = format!("{} {}", codes(&row.countries, " "), codes(&row.topics, " "));
        // A path is there to be copied: it is whole, whatever room is left.
        let file = terminal::clean(&row.file);
        let room = width.saturating_sub(4 + file.width());
        let about = match about.trim() {
            about if !about.is_empty() && room > 8 => format!("  {}", cut(about, room)),
            _ => String::new(),
        };
        writeln!(out, "  {DIM}{file}{about}{DIM:#}")?;
    }
    Ok(())
}

/// How it stands, with until when.
fn state(row: &Row) -> String {
    let until = row
        .embargo_until
        .as_ref()
        .filter(|_| row.states.contains(&State::Embargoed));
    let until = until.map(|until| format!(" until {}", until.chars().take(16).collect::<String>()));
    format!("{}{}", words(&row.states), until.unwrap_or_default())
}

fn csv(rows: &[Row]) -> std::io::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "file",
        "title",
        "kind",
        "date",
        "lang",
        "countries",
        "topics",
        "states",
        "embargo_until",
        "expires",
        "review",
        "path",
    ])?;
    for row in rows {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let cells = [
            row.file.clone(),
            row.title.clone(),
            row.kind.to_owned(),
            text(&row.date),
            row.lang.clone(),
            codes(&row.countries, ";"),
            codes(&row.topics, ";"),
            words(&row.states).replace(", ", ";"),
            text(&row.embargo_until),
            text(&row.expires),
            row.review.join(";"),
            row.path.clone(),
        ];
        table.write_record(cells.iter().map(|cell| harmless(cell)))?;
    }
    table
        .into_inner()
        .map_err(|error| std::io::Error::other(error.to_string()))
}
