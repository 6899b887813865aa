//! `explain`: derive from seeds and show the evidence; write nothing.

use std::{io::Write, process::ExitCode};

use anstyle::{AnsiColor, Style};
use serde_json::json;

use crate::{
    cli::{Cli, ExplainArgs},
    distill::{self, Document, Evidence, Field, Options},
    edge::{import, terminal, terminal::Voice},
};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const VALUE: Style = AnsiColor::Green.on_default();
const DOUBT: Style = AnsiColor::Yellow.on_default();

/// Lines of evidence for one value, and rejected values of one field, where not all is asked for.
const SHOWN: usize = 5;

/// Columns of text.
const WIDTH: usize = 88;

/// Explains each seed. Exit status 1 where one can't be read.
pub fn run(cli: &Cli, args: &ExplainArgs) -> std::io::Result<ExitCode> {
    let mut diagnostics = Vec::new();
    let (vocabulary, _) = import::vocabulary(&cli.root, &mut diagnostics);
    let mut out = anstream::stdout().lock();
    for seed in &args.seeds {
        let file = seed.to_string_lossy();
        let options = Options {
            reference: args
                .as_of
                .or_else(|| Some(import::reference(&cli.root, seed))),
            vocabulary: &vocabulary,
        };
        let path = import::located(&cli.root, seed);
        let found = import::read_seed(&path, &file).and_then(|bytes| {
            distill::distill(&bytes, options).map_err(|why| import::refusal(&file, why))
        });
        match found {
            Ok(document) if args.json => writeln!(out, "{}", to_json(&file, &document))?,
            Ok(document) => show(&mut out, &file, &document, cli.voice() == Voice::Verbose)?,
            Err(error) => diagnostics.push(error),
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
        "confidence": d.confidence,
        "doubts": d.doubts,
    })
}

/// The derivation for a person: each value, below it the evidence with its weight and rule, then what was rejected.
///
/// Text of the seed stands last on its line, so that right-to-left script moves no column.
fn show(out: &mut impl Write, file: &str, d: &Document, all: bool) -> std::io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", cut(file, WIDTH))?;
    for (field, values) in values(d) {
        let evidence = d.evidence.get(&field).map_or(&[][..], Vec::as_slice);
        let name = format!("{field:?}").to_lowercase();
        if values.is_empty() {
            writeln!(out, "  {name:<14}{DIM}none{DIM:#}")?;
        }
        for (i, (key, shown)) in values.iter().enumerate() {
            let label = if i == 0 { name.as_str() } else { "" };
            writeln!(
                out,
                "  {label:<14}{VALUE}{}{VALUE:#}",
                cut(shown, WIDTH - 16)
            )?;
            let own: Vec<&Evidence> = evidence
                .iter()
                .filter(|e| e.accepted && (values.len() == 1 || e.value == *key))
                .collect();
            rows(out, &own, all, Style::new(), false)?;
        }
        let rejected: Vec<&Evidence> = evidence.iter().filter(|e| !e.accepted).collect();
        rows(out, &rejected, all, DIM, true)?;
    }
    for doubt in &d.doubts {
        writeln!(
            out,
            "  {DOUBT}{:<14}{}{DOUBT:#}",
            "look at this", doubt.message
        )?;
    }
    writeln!(out)
}

fn rows(
    out: &mut impl Write,
    evidence: &[&Evidence],
    all: bool,
    style: Style,
    rejected: bool,
) -> std::io::Result<()> {
    let shown = if all { evidence.len() } else { SHOWN };
    for e in evidence.iter().take(shown) {
        let text = if rejected {
            format!("not {}: {}", e.value, e.text)
        } else {
            e.text.clone()
        };
        let rule = cut(&e.rule, 30);
        writeln!(
            out,
            "    {style}{:>8.1}  {rule:<30}  {}{style:#}",
            e.weight,
            cut(&text, WIDTH - 46)
        )?;
    }
    if evidence.len() > shown {
        let more = evidence.len() - shown;
        let what = if rejected { "rejected" } else { "of the same" };
        writeln!(
            out,
            "    {DIM}{:>8}  {more} more {what} (--verbose shows them){DIM:#}",
            ""
        )?;
    }
    Ok(())
}

/// The values of each field: as evidence names them, and as a person reads them.
fn values(d: &Document) -> Vec<(Field, Vec<(String, String)>)> {
    let plain = |text: String| vec![(text.clone(), text)];
    let some = |text: &str| match text {
        "" => Vec::new(),
        text => plain(text.to_owned()),
    };
    let named = |(value, lang): (String, String)| (value.clone(), format!("{value}  {lang}"));
    let english = crate::model::Lang::english();
    vec![
        (Field::Title, some(&d.title)),
        (
            Field::Date,
            d.date
                .iter()
                .flat_map(|date| plain(date.to_string()))
                .collect(),
        ),
        (Field::Lang, some(d.lang.as_str())),
        (
            Field::Countries,
            d.countries
                .iter()
                .map(|c| named((c.to_string(), crate::model::country_name(*c, &english))))
                .collect(),
        ),
        (
            Field::Topics,
            d.topics.iter().flat_map(|t| plain(t.to_string())).collect(),
        ),
        (
            Field::People,
            d.people
                .iter()
                .map(|p| match p.role.as_str() {
                    "" => (p.name.clone(), p.name.clone()),
                    role => (p.name.clone(), format!("{} – {role}", p.name)),
                })
                .collect(),
        ),
        (
            Field::Organisations,
            d.organisations
                .iter()
                .flat_map(|o| plain(o.clone()))
                .collect(),
        ),
        (Field::Summary, some(&d.summary)),
        (Field::Slug, some(&d.slug)),
    ]
}

/// At most `width` characters on one line, without what a terminal would obey.
fn cut(text: &str, width: usize) -> String {
    let clean = |c: char| {
        if c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') {
            ' '
        } else {
            c
        }
    };
    if text.chars().count() <= width {
        return text.chars().map(clean).collect();
    }
    let mut short: String = text
        .chars()
        .take(width.saturating_sub(1))
        .map(clean)
        .collect();
    short.push('…');
    short
}
