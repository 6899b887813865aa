//! `explain`: derive from seeds and show the evidence; write nothing.

use std::{io::Write, process::ExitCode};

use anstyle::{AnsiColor, Style};
use serde_json::json;

use unicode_width::UnicodeWidthStr;

use super::{
    marked::{legend, marked},
    percent::percent,
};
use crate::{
    cli::{Cli, ExplainArgs},
    content::doubtful,
    distill::{self, Document, Evidence, Field},
    edge::{
        import,
        terminal::{self, Voice, cut, wrapped},
    },
};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const VALUE: Style = AnsiColor::Green.on_default();
const DOUBT: Style = AnsiColor::Yellow.on_default();

/// Lines of evidence for one value, and rejected values of one field, where not all is asked for.
const SHOWN: usize = 5;

/// How it is shown.
#[derive(Clone, Copy)]
struct View {
    colours: bool,
    all: bool,
    width: usize,
}

impl View {
    fn rule_width(self) -> usize {
        (self.width * 2 / 5).min(34)
    }
}

/// Explains each seed. Exit status 1 where one can't be read.
pub fn run(cli: &Cli, args: &ExplainArgs) -> std::io::Result<ExitCode> {
    let mut diagnostics = Vec::new();
    let knowledge = import::knowledge(&cli.root, &mut diagnostics);
    let out = anstream::stdout();
    let view = View {
        colours: out.current_choice() != anstream::ColorChoice::Never,
        all: cli.voice() == Voice::Verbose,
        width: terminal::width(),
    };
    let mut out = out.lock();
    for seed in &args.seeds {
        let file = seed.to_string_lossy();
        let reference = args
            .as_of
            .unwrap_or_else(|| import::reference(&cli.root, seed));
        let options = knowledge.options(Some(reference));
        let path = import::located(&cli.root, seed);
        let found = match import::open(&path, &file) {
            Ok(found) => found,
            Err(error) => {
                diagnostics.push(error);
                continue;
            }
        };
        for (file, digest, source) in found {
            let document = distill::derive(&source, &digest, options);
            if args.json {
                writeln!(out, "{}", to_json(&file, &document))?;
            } else {
                show(&mut out, &file, &source.text, &document, view)?;
            }
        }
    }
    out.flush()?;
    let errors = terminal::report(&diagnostics, cli.voice());
    Ok(ExitCode::from(u8::from(errors > 0)))
}

fn to_json(file: &str, d: &Document) -> serde_json::Value {
    json!({
        "file": file,
        "lang": d.lang,
        "title": d.title,
        "date": d.date,
        "countries": d.countries,
        "mentions": d.mentions,
        "topics": d.topics,
        "people": d.people.iter().map(|p| json!({"name": p.name, "role": p.role})).collect::<Vec<_>>(),
        "organisations": d.organisations,
        "summary": d.summary,
        "slug": d.slug,
        "evidence": d.evidence,
        "warnings": d.doubts.iter().map(|doubt| &doubt.message).collect::<Vec<_>>(),
        "event_dates": d.event_dates,
        "embargo_until": d.embargo_until,
        "dateline": d.dateline,
        "confidence": d.confidence,
        "doubts": d.doubts,
    })
}

/// The derivation for a person: the text with its marks, then each value with what speaks for it and what was rejected.
///
/// Text of the seed stands last on its line, so that right-to-left script moves no column.
fn show(
    out: &mut impl Write,
    file: &str,
    text: &str,
    d: &Document,
    view: View,
) -> std::io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}\n", cut(file, view.width))?;
    for line in marked(text, d, view.colours, view.all, view.width) {
        writeln!(out, "{line}")?;
    }
    if view.colours {
        writeln!(out, "{}\n", legend())?;
    }
    let rule_width = view.rule_width();
    let events = doubtful::values(d, "event_dates");
    writeln!(out, "  {DIM}{:<14}{:>5}  value{DIM:#}", "field", "sure")?;
    writeln!(
        out,
        "    {DIM}{:>8}  {:<rule_width$}  text{DIM:#}\n",
        "weight", "rule"
    )?;
    for (key, field, values) in values(d) {
        let evidence = d.evidence.get(&field).map_or(&[][..], Vec::as_slice);
        if values.is_empty() {
            writeln!(out, "  {key:<14}       {DIM}none{DIM:#}")?;
        }
        for (i, (value, shown)) in values.iter().enumerate() {
            let label = if i == 0 { key } else { "" };
            let sure = doubtful::confidence(d, field, value);
            let style = if sure.is_some_and(|sure| !sure.is_enough()) {
                DOUBT
            } else {
                VALUE
            };
            let sure = sure.map(percent).unwrap_or_default();
            let lines = wrapped(shown, view.width.saturating_sub(23));
            for (i, line) in lines.iter().enumerate() {
                let (label, sure) = if i == 0 {
                    (label, sure.as_str())
                } else {
                    ("", "")
                };
                writeln!(out, "  {label:<14}{sure:>5}  {style}{line}{style:#}")?;
            }
            let own: Vec<&Evidence> = doubtful::evidence(d, key, value).collect();
            rows(out, &own, view, Style::new(), None)?;
        }
        // A stage that gives several keys has one list of what it rejected: it stands below the first.
        if !matches!(key, "event_dates" | "embargo_until" | "mentions") {
            let rejected: Vec<&Evidence> = evidence
                .iter()
                .filter(|e| {
                    !(e.accepted
                        || field == Field::Date && events.iter().any(|event| *event == e.value))
                })
                .collect();
            let taken: Vec<&str> = values.iter().map(|(value, _)| value.as_str()).collect();
            rows(out, &rejected, view, DIM, Some(&taken))?;
        }
    }
    for doubt in &d.doubts {
        for (i, line) in wrapped(&doubt.message, view.width.saturating_sub(23))
            .iter()
            .enumerate()
        {
            let label = if i == 0 { "look at this" } else { "" };
            writeln!(out, "  {DOUBT}{label:<14}       {line}{DOUBT:#}")?;
        }
    }
    writeln!(out)
}

/// Lines of evidence; of what was `rejected` beside the values that were taken where they are given.
fn rows(
    out: &mut impl Write,
    evidence: &[&Evidence],
    view: View,
    style: Style,
    rejected: Option<&[&str]>,
) -> std::io::Result<()> {
    let shown = if view.all { evidence.len() } else { SHOWN };
    let rule_width = view.rule_width();
    for e in evidence.iter().take(shown) {
        let text = match rejected {
            None => e.text.to_string(),
            // It says the same, and less surely.
            Some(taken) if taken.contains(&e.value.as_str()) => format!("not needed: {}", e.text),
            Some(_) if e.value.is_empty() => format!("not counted: {}", e.text),
            Some(_) if e.value == e.text => format!("not {}", e.value),
            Some(_) => format!("not {}: {}", e.value, e.text),
        };
        if e.is_account() {
            for (i, line) in wrapped(&e.rule, view.width.saturating_sub(14))
                .iter()
                .enumerate()
            {
                let weight = if i == 0 {
                    format!("{:.1}", e.weight)
                } else {
                    String::new()
                };
                writeln!(out, "    {style}{weight:>8}  {line}{style:#}")?;
            }
            continue;
        }
        let rule = cut(&e.rule, rule_width);
        let pad = rule_width.saturating_sub(rule.width());
        writeln!(
            out,
            "    {style}{:>8.1}  {rule}{:pad$}  {}{style:#}",
            e.weight,
            "",
            cut(&text, view.width.saturating_sub(rule_width + 16))
        )?;
    }
    if evidence.len() > shown {
        let more = evidence.len() - shown;
        let what = rejected.map_or("of the same", |_| "rejected");
        writeln!(
            out,
            "    {DIM}{:>8}  {more} more {what} (--verbose shows them){DIM:#}",
            ""
        )?;
    }
    Ok(())
}

/// A key, its field, and its values twice.
type Row = (&'static str, Field, Vec<(String, String)>);

/// The keys with their field, and each value: as evidence names it, and as a person reads it.
fn values(d: &Document) -> Vec<Row> {
    let english = crate::model::Lang::english();
    let read = |key: &str, value: &str| match key {
        "countries" | "mentions" => value.parse().map_or_else(
            |_| value.to_owned(),
            |code| format!("{value}  {}", crate::model::country_name(code, &english)),
        ),
        "people" => d
            .people
            .iter()
            .find(|p| p.name == value && !p.role.is_empty())
            .map_or_else(|| value.to_owned(), |p| format!("{value} – {}", p.role)),
        _ => value.to_owned(),
    };
    doubtful::FIELDS
        .into_iter()
        .chain([("slug", Field::Slug)])
        .map(|(key, field)| {
            let values = doubtful::values(d, key);
            let values = values
                .into_iter()
                .map(|value| (value.to_owned(), read(key, value)))
                .collect();
            (key, field, values)
        })
        // Nearly no text has these.
        .filter(|(key, _, values): &(&str, Field, Vec<_>)| {
            !values.is_empty()
                || !matches!(
                    *key,
                    "event_dates" | "embargo_until" | "dateline" | "mentions"
                )
        })
        .collect()
}
