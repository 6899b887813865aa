//! Seeds + what content/ holds → those that are to be derived, new or again. Refuses a seed whose content file can't be read, and bytes that another
//! seed has.

use std::path::Path;

use jiff::civil::Date;

use super::{
    ImportOptions, ImportReport, clock, date_in_name,
    seeds::{self, Seed},
    shelf::{Page, Present, Shelf, Shelved},
};
use crate::diagnostic::Diagnostic;

/// A seed to derive, with the content file that it has and the day it was received.
pub(super) type ToDo<'a> = (&'a Seed, Option<Page>, Date);

/// The seeds that are to be derived; what is said of the others.
pub(super) fn to_do<'s>(
    root: &Path,
    options: &ImportOptions,
    found: &'s [Seed],
    shelf: &mut Shelf,
    derivation: Option<&str>,
    report: &mut ImportReport,
) -> Vec<ToDo<'s>> {
    let exists = |file: &str| seeds::exists(root, file);
    let present = Present::of(found, &exists);
    let mut jobs = Vec::new();
    for seed in found {
        match shelf.of(seed, &present) {
            Shelved::Broken(file) => report.diagnostics.push(
                Diagnostic::warning(
                    &seed.file,
                    format!("not imported: {file} can't be read and may be its content file"),
                )
                .help(format!("mend {file} first; `depeche check` names the line")),
            ),
            Shelved::Twin(other) => report.diagnostics.push(
                Diagnostic::warning(
                    &seed.file,
                    format!("holds the same bytes as {other}; not imported twice"),
                )
                .help("remove one of the two"),
            ),
            Shelved::Nowhere => {
                let received = options.as_of.or(date_in_name(&seed.file));
                shelf.claim(seed);
                jobs.push((seed, None, received.unwrap_or_else(clock::today)));
            }
            Shelved::Here(page) => {
                let received = options
                    .as_of
                    .or(date_in_name(&seed.file))
                    .or(page.imported)
                    .unwrap_or_else(clock::today);
                let same = page.seed.file == seed.file
                    && page.seed.sha256 == seed.sha256
                    && page.seed.derivation.as_deref() == derivation
                    && page.imported.is_none_or(|day| day == received);
                // Without the site's topics, what was derived with them stays.
                let settled = options.tidy && page.settled;
                if (same && !settled) || derivation.is_none() {
                    report.unchanged += 1;
                } else {
                    jobs.push((seed, Some(page), received));
                }
            }
        }
    }
    jobs
}
