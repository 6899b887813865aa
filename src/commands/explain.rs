//! `explain`: derive from seeds and show the evidence; write nothing.

use std::{io::Write, path::Path, process::ExitCode};

use serde_json::json;

use crate::{
    cli::ExplainArgs,
    distill::{self, Document, NotText, Options, Vocabulary},
};

/// Explains each seed. Exit status 1 where one can't be read.
#[expect(
    clippy::disallowed_methods,
    reason = "a command reads its arguments' files"
)]
pub fn run(args: &ExplainArgs) -> std::io::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    let mut failed = false;
    for seed in &args.seeds {
        let found = std::fs::read(seed)
            .map_err(|e| e.to_string())
            .and_then(|bytes| {
                let options = Options {
                    reference: args.as_of,
                    vocabulary: Vocabulary::embedded(),
                };
                distill::distill(&bytes, options).map_err(|e: NotText| format!("{e:?}"))
            });
        match found {
            Ok(document) => writeln!(out, "{}", to_json(seed, &document))?,
            Err(message) => {
                failed = true;
                writeln!(std::io::stderr(), "error: {}: {message}", seed.display())?;
            }
        }
    }
    Ok(ExitCode::from(u8::from(failed)))
}

fn to_json(seed: &Path, d: &Document) -> serde_json::Value {
    json!({
        "file": seed.to_string_lossy(),
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
        "warnings": d.warnings,
    })
}
