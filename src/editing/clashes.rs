//! Content files as they are and as they are planned → the first address that two would have then and do not have now.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use super::{Files, Planned};
use crate::{
    config::Config,
    content,
    diagnostic::{Diagnostic, Rule},
    distill::Vocabulary,
    site::{Parts, Site},
};

/// An error about `file` that names both that would have the address.
pub(super) fn clash(
    files: &Files,
    planned: &[Planned],
    config: &Config,
    vocabulary: &Vocabulary,
    file: &str,
) -> Option<Diagnostic> {
    let mut after = files.clone();
    for one in planned {
        after.remove(inside(&one.file));
    }
    for one in planned {
        let path = inside(one.to.as_ref().unwrap_or(&one.file));
        after.insert(path.to_owned(), one.after.clone().into_bytes().into());
    }
    let then = taken(after, config, vocabulary);
    if then.is_empty() {
        return None;
    }
    let now = taken(files.clone(), config, vocabulary);
    let is_new = |one: &&Diagnostic| !now.iter().any(|known| address(known) == address(one));
    let clash = then.iter().find(is_new)?;
    let would = "would be taken twice";
    let message = clash.message.replacen("is taken twice", would, 1);
    Some(
        Diagnostic::error(file, format!("{message}; nothing was written"))
            .rule(Rule::AddressTaken)
            .help("give another name, or give the other file another address first"),
    )
}

fn inside(file: &str) -> &str {
    file.strip_prefix("content/").unwrap_or(file)
}

/// What a finding about an address says before it names the files.
fn address(clash: &Diagnostic) -> Option<&str> {
    Some(clash.message.split_once(" is taken twice")?.0)
}

/// The addresses that two have, drafts and what is under embargo included.
fn taken(files: Files, config: &Config, vocabulary: &Vocabulary) -> Vec<Diagnostic> {
    let (mut entries, mut assets) = (Vec::new(), BTreeMap::new());
    for (path, bytes) in files {
        let markdown = Path::new(&path).extension().is_some_and(|end| end == "md");
        if !markdown {
            assets.insert(format!("/{path}"), bytes);
        } else if let Ok((entry, _)) = content::read(&path, &bytes) {
            entries.push((Arc::new(entry), Arc::default()));
        }
    }
    let (_, mut said) = Site::assemble(Parts {
        config: Arc::new(config.clone()),
        vocabulary: Arc::new(vocabulary.clone()),
        entries,
        assets,
        theme_assets: Vec::new(),
        drafts: true,
        moment: None,
    });
    said.retain(|one| one.rule == Rule::AddressTaken);
    said
}
