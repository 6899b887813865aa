//! What is public + what is under embargo → files that held briefings use and nothing public does: they are published already.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use super::{Embargo, until};
use crate::{
    check::{
        items,
        links::{Lead, lead},
    },
    content::addresses::addresses,
    diagnostic::{Diagnostic, Rule},
    render::links::beside,
    site::{Held, Item, Site},
};

/// The files, each with the held briefing that uses it.
pub(super) fn used_by_held_alone(
    embargo: &Embargo<'_>,
    settings: Option<(&str, &str)>,
) -> Vec<Diagnostic> {
    let (whole, public) = (embargo.whole, embargo.public);
    let mine: Vec<(&Held, BTreeSet<String>)> = embargo
        .held
        .iter()
        .map(|(held, item)| {
            let own = whole
                .assets
                .keys()
                .filter(|path| is_own(&held.source, path));
            (*held, own.cloned().chain(used(whole, item)).collect())
        })
        .collect();
    if mine.iter().all(|(_, files)| files.is_empty()) {
        return Vec::new();
    }
    let mut used_in_public: BTreeSet<String> =
        items(public).flat_map(|item| used(whole, item)).collect();
    if let Some((_, text)) = settings {
        named(whole, "", text, &mut used_in_public);
    }
    let alone = mine.iter().flat_map(|(held, files)| {
        let alone = files.difference(&used_in_public);
        alone.map(move |path| (held, path))
    });
    alone
        .map(|(held, path)| {
            let message = format!("only {} uses this file, and it is public", until(held));
            Diagnostic::error(format!("content{path}"), message)
                .rule(Rule::EmbargoAsset)
                .help("move it out of content/ until then")
        })
        .collect()
}

/// `b/sale.pdf` and `b/sale/x.png` are the files of `b/sale.md`.
fn is_own(source: &str, path: &str) -> bool {
    let stem = source.trim_end_matches(".md");
    let inside = path.trim_start_matches('/');
    let rest = inside.strip_prefix(stem).unwrap_or_default();
    rest.starts_with('/') || rest.rfind('.') == Some(0)
}

/// The assets that a content file leads to or names, in its text or its front matter, as paths from content/ with a slash before.
fn used(site: &Site, item: &Item) -> BTreeSet<String> {
    let (source, body) = (&item.card.source, &item.entry.body);
    let mut found = BTreeSet::new();
    named(site, source, body.file(), &mut found);
    for address in addresses(body) {
        found.extend(asset(site, source, &address.dest));
    }
    found
}

/// What stands between spaces, quotation marks and brackets, and is an asset.
fn named(site: &Site, source: &str, text: &str, found: &mut BTreeSet<String>) {
    let ends = |c: char| c.is_whitespace() || "\"'`()[]<>{},|=".contains(c);
    let words = text.split(ends).filter(|word| word.contains('.'));
    found.extend(words.filter_map(|word| asset(site, source, word)));
}

/// The asset that an address in the file at `source` means: from the site's root, in full, or beside the file.
fn asset(site: &Site, source: &str, link: &str) -> Option<String> {
    let path = link.split(['#', '?']).next().unwrap_or_default();
    let target = if path.contains("//") {
        match lead(site, "/", path) {
            Lead::Here(path, _) => path,
            _ => return None,
        }
    } else {
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        match decoded.trim_start_matches('@').strip_prefix('/') {
            Some(inside) => format!("/{inside}"),
            None => format!("/{}", beside(source, &decoded)?),
        }
    };
    site.assets.contains_key(&target).then_some(target)
}
