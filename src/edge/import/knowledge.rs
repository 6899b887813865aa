//! What a site knows beside its seeds: topics.yaml, people.yaml, organisations.yaml → one value for every derivation, with a digest of it.
//!
//! A file that can't be read is an error with its line; then what is embedded holds, and there is no digest.

use std::path::Path;

use jiff::civil::Date;

use crate::{
    diagnostic::{Diagnostic, utf8},
    distill::{self, Gazetteers, Vocabulary},
    edge::walk::unreadable,
};

/// What a derivation may know.
#[derive(Debug)]
pub struct Knowledge {
    /// The topics.
    pub vocabulary: Vocabulary,
    /// The people and organisations.
    pub gazetteers: Gazetteers,
    /// A digest of the rules and of these files. `None` where one of the files can't be read.
    pub derivation: Option<String>,
}

impl Knowledge {
    /// The options of a derivation as of a day.
    pub fn options(&self, reference: Option<Date>) -> distill::Options<'_> {
        distill::Options {
            reference,
            vocabulary: &self.vocabulary,
            gazetteers: &self.gazetteers,
        }
    }
}

/// The site's own files in a derivation.
pub const FILES: [&str; 3] = ["topics.yaml", "people.yaml", "organisations.yaml"];

/// Reads what the site knows.
pub fn knowledge(root: &Path, diagnostics: &mut Vec<Diagnostic>) -> Knowledge {
    let mut derivation = Some(env!("DEPECHE_DERIVATION").to_owned());
    let mut vocabulary = None;
    let mut gazetteers = Gazetteers::default();
    for file in FILES {
        let read = read(root, file).and_then(|text| {
            let Some(text) = text else { return Ok(()) };
            match file {
                "people.yaml" => {
                    gazetteers = std::mem::take(&mut gazetteers).with_people(file, &text)?;
                }
                "organisations.yaml" => {
                    gazetteers = std::mem::take(&mut gazetteers).with_organisations(file, &text)?;
                }
                _ => vocabulary = Some(Vocabulary::parse(file, &text)?),
            }
            if let Some(all) = &mut derivation {
                all.push('-');
                all.extend(distill::digest(text.as_bytes()).chars().take(8));
            }
            Ok(())
        });
        if let Err(error) = read {
            diagnostics.push(error);
            derivation = None;
        }
    }
    Knowledge {
        vocabulary: vocabulary.unwrap_or_else(|| Vocabulary::embedded().clone()),
        gazetteers,
        derivation,
    }
}

/// The text of a file in the site's root; `None` where there is none.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn read(root: &Path, file: &str) -> Result<Option<String>, Diagnostic> {
    match std::fs::read(root.join(file)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(file, &error)),
        Ok(bytes) => Ok(Some(utf8(file, &bytes)?.to_owned())),
    }
}
