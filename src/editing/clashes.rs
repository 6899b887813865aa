//! Content files as they are and as they are planned → the first address that two would have then and do not have now.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use super::{Files, Planned};
use crate::{
    config::Config,
    content,
    diagnostic::{Diagnostic, Rule},
    distill::Vocabulary,
    site::{Parts, Site, route::Clash},
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
    let is_new = |one: &&Clash| !now.iter().any(|known| known.address == one.address);
    let message = then.iter().find(is_new)?.said("would be");
    Some(
        Diagnostic::error(file, format!("{message}; nothing was written"))
            .rule(Rule::AddressTaken)
            .help("give another name, or give the other file another address first"),
    )
}

fn inside(file: &str) -> &str {
    file.strip_prefix("content/").unwrap_or(file)
}

/// The addresses that two have, drafts and what is under embargo included.
fn taken(files: Files, config: &Config, vocabulary: &Vocabulary) -> Vec<Clash> {
    let (mut entries, mut assets) = (Vec::new(), BTreeMap::new());
    for (path, bytes) in files {
        let markdown = Path::new(&path).extension().is_some_and(|end| end == "md");
        if !markdown {
            assets.insert(format!("/{path}"), bytes);
        } else if let Ok((entry, _)) = content::read(&path, &bytes) {
            entries.push((Arc::new(entry), Arc::default()));
        }
    }
    let (site, _) = Site::assemble(Parts {
        config: Arc::new(config.clone()),
        vocabulary: Arc::new(vocabulary.clone()),
        entries,
        assets,
        theme_assets: Vec::new(),
        drafts: true,
        moment: None,
    });
    site.clashes.clone()
}
