//! Content files + a new name of one → its new place, with an alias of its old address, and all files that link to it. Versions in other languages
//! (`about.fr.md` of `about.md`) go along. Refuses sections, front matter in TOML, names and addresses that are taken, and names that are no part of an
//! address.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use super::{Files, Planned, clashes::clash, entries, texts};
use crate::{
    config::Config,
    content::{
        self,
        addresses::Unwritten,
        edit,
        moved::{Moves, relinked},
    },
    diagnostic::{Diagnostic, Rule},
    distill::Vocabulary,
    render::links::encode,
    site::card::{self, portable, split},
};

/// What a new name changes.
#[derive(Debug, Default)]
pub struct Renaming {
    /// The files.
    pub planned: Vec<Planned>,
    /// A warning for each link that stays as it is and should not.
    pub unwritten: Vec<Diagnostic>,
    /// The addresses of the pages that get another one, and those.
    pub addresses: Vec<(String, String)>,
}

/// The changes. `source` is a path from content/; `name` is a slug, or a path from content/ with another folder. Links in site.yaml are `settings`'.
pub fn rename(
    files: &Files,
    config: &Config,
    vocabulary: &Vocabulary,
    source: &str,
    name: &str,
) -> Result<Renaming, Diagnostic> {
    let file = format!("content/{source}");
    let refused = |message: String, help: &str| {
        Diagnostic::error(&file, message)
            .rule(Rule::BadAddress)
            .help(help)
    };
    if !texts(files).any(|(path, _)| path == source) {
        return Err(refused(
            "this is no content file: Markdown of content/, in UTF-8".to_owned(),
            "name it as `depeche list` does: content/briefings/name.md",
        ));
    }
    let (folder, stem, _) = split(source);
    if stem == "_index" {
        return Err(refused(
            "a section has the name of its folder".to_owned(),
            "move the folder, and add `aliases: [/old/]` to its _index.md",
        ));
    }
    // What begins at content/ says its folder, also where that is content/ itself.
    let inside = name.strip_prefix("content/").or(name.strip_prefix('/'));
    let same = if inside.is_some() { "" } else { folder };
    let name = inside.unwrap_or(name);
    let name = name.strip_suffix(".md").unwrap_or(name);
    let (new_folder, new_stem) = name.rsplit_once('/').unwrap_or((same, name));
    if name.split('/').any(|part| portable(part) != part) || new_stem == "_index" {
        return Err(refused(
            format!("`{}` is no name of a content file", name.escape_debug()),
            "use letters, digits and hyphens",
        ));
    }
    let as_file = format!("{new_stem}.md");
    if let (_, _, Some(lang)) = split(&as_file) {
        return Err(refused(
            format!("`{new_stem}.md` would be a page in the language `{lang}`"),
            "leave the language out: each version keeps its own",
        ));
    }
    let (own, new) = (day(stem), day(new_stem));
    let new_stem = match own {
        _ if own == new || !takes_its_day_from_its_name(files, source) => new_stem.to_owned(),
        Some(own) if new.is_none() => format!("{own}-{new_stem}"),
        _ => {
            return Err(refused(
                format!("the day that `{new_stem}` begins with would be the date of the page"),
                "leave the day out, or write `date` into the file first",
            ));
        }
    };
    let mut moves = Moves::new();
    for (path, _) in texts(files) {
        let (of_folder, of_stem, _) = split(path);
        if (of_folder, of_stem) == (folder, stem) {
            let base = path.rsplit('/').next().unwrap_or(path);
            let end = base.strip_prefix(stem).unwrap_or(".md");
            let prefix = if new_folder.is_empty() {
                String::new()
            } else {
                format!("{new_folder}/")
            };
            moves.insert(path.to_owned(), format!("{prefix}{new_stem}{end}"));
        }
    }
    if let Some((_, taken)) = moves.iter().find(|(_, new)| files.contains_key(*new)) {
        return Err(refused(
            format!("content/{taken} is there already"),
            "give another name",
        ));
    }
    let others = addresses(files, config, &moves);
    let mut placed = Vec::new();
    for (path, to) in &moves {
        let before = texts(files).find(|(other, _)| other == path);
        let (_, before) = before.unwrap_or_default();
        placed.push((path, at_new_place(config, &others, path, before, to)?));
    }
    let pages = |address: &str| new_address(config, &placed, address);
    let mut renaming = Renaming::default();
    for (path, before) in texts(files) {
        let own = placed.iter().find(|(other, _)| *other == path);
        let text = own.map_or(before, |(_, placed)| placed.text.as_str());
        let linked = relinked(path, text, &moves, &pages);
        let to = moves.get(path);
        let here = format!("content/{}", to.map_or(path, String::as_str));
        renaming
            .unwritten
            .extend(linked.unwritten.iter().map(|link| unwritten(&here, link)));
        if linked.text.is_some() || to.is_some() {
            renaming.planned.push(Planned {
                file: format!("content/{path}"),
                to: to.map(|to| format!("content/{to}")),
                before: before.to_owned(),
                after: linked.text.unwrap_or_else(|| text.to_owned()),
            });
        }
    }
    if let Some(clash) = clash(files, &renaming.planned, config, vocabulary, &file) {
        return Err(clash);
    }
    let changed = placed.iter().filter(|(_, placed)| placed.old != placed.new);
    renaming.addresses = changed
        .map(|(_, placed)| (placed.old.clone(), placed.new.clone()))
        .collect();
    Ok(renaming)
}

/// A link that is left to a person.
fn unwritten(file: &str, link: &Unwritten) -> Diagnostic {
    let Unwritten { line, dest, new } = link;
    let message = format!("the link `{dest}` can't be rewritten here, and stays as it is");
    Diagnostic::warning(file, message)
        .at(*line)
        .rule(Rule::LinkBroken)
        .help(format!("let it lead to {new}"))
}

/// What an address of a page that moves must be: a path from the site's root, or a full address.
fn new_address(config: &Config, placed: &[(&String, Placed)], address: &str) -> Option<String> {
    if !address.starts_with('/') && !address.contains("//") {
        return None;
    }
    let decoded = percent_decode_str(address).decode_utf8_lossy();
    let plain = |address: &str| {
        let address = address.strip_suffix("/index.html").unwrap_or(address);
        let host = address.find("//").map_or(0, |at| at + 2);
        let rest = address.get(host..).and_then(|rest| rest.find('/'));
        let path = if host == 0 {
            0
        } else {
            rest.map_or(address.len(), |at| host + at)
        };
        let (site, path) = address.split_at(path);
        format!("{}{}", site.to_lowercase(), path.trim_end_matches('/'))
    };
    let base = &config.base_url;
    placed.iter().find_map(|(_, placed)| {
        let (old, new) = (&placed.old, &placed.new);
        let is = |old: &str| plain(old) == plain(&decoded);
        match () {
            () if old == new => None,
            () if is(old) => Some(encode(new)),
            () if !base.origin().is_empty() && is(&base.absolute(old)) => {
                Some(base.absolute(&encode(new)))
            }
            () => None,
        }
    })
}

/// The links of site.yaml: those to the files, and those to a part of their pages by its address, which no alias leads to.
pub fn settings(text: &str, renaming: &Renaming) -> Option<String> {
    let inside = |file: &str| file.strip_prefix("content/").map(str::to_owned);
    let moves: Moves = renaming
        .planned
        .iter()
        .filter_map(|one| Some((inside(&one.file)?, inside(one.to.as_ref()?)?)))
        .collect();
    let linked = relinked("", text, &moves, &|_| None).text;
    let mut after = linked.unwrap_or_else(|| text.to_owned());
    for (old, new) in &renaming.addresses {
        for begin in [" ", "\"", "'"] {
            after = after.replace(&format!("{begin}{old}#"), &format!("{begin}{new}#"));
        }
    }
    (after != text && !moves.is_empty()).then_some(after)
}

/// The day that a stem begins with.
fn day(stem: &str) -> Option<&str> {
    let day = stem.get(..10)?;
    day.parse::<crate::model::PubDate>().is_ok().then_some(day)
}

/// Whether a file, or a version of it in another language, has no date but one of its name.
fn takes_its_day_from_its_name(files: &Files, source: &str) -> bool {
    let (folder, stem, _) = split(source);
    let mut versions = texts(files).filter(|(path, _)| {
        let (of_folder, of_stem, _) = split(path);
        (of_folder, of_stem) == (folder, stem)
    });
    versions.any(|(path, text)| {
        content::read(path, text.as_bytes()).is_ok_and(|(entry, _)| entry.front.date.is_none())
    })
}

/// The addresses and aliases of the pages that stay, without slashes at their ends.
fn addresses(files: &Files, config: &Config, moves: &Moves) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in entries(files) {
        if !moves.contains_key(&entry.path) {
            found.insert(card::card(&entry, config).0.path);
            found.extend(entry.front.aliases);
        }
    }
    found
        .into_iter()
        .map(|path| path.trim_matches('/').to_owned())
        .collect()
}

/// A file at its new place.
struct Placed {
    text: String,
    /// The address that its page had.
    old: String,
    /// The address that it has.
    new: String,
}

/// The text with its slug, where it gives one, and an alias of the address that it had.
fn at_new_place(
    config: &Config,
    others: &BTreeSet<String>,
    path: &str,
    before: &str,
    to: &str,
) -> Result<Placed, Diagnostic> {
    let file = format!("content/{path}");
    let (old, _) = content::read(path, before.as_bytes())?;
    let (old_card, _) = card::card(&old, config);
    let mut text = before.to_owned();
    if !content::has_front_matter(&file, before)? {
        let title = crate::yaml::scalar(&old_card.title);
        let body = text.trim_start_matches('\u{FEFF}');
        text = format!("---\ntitle: {title}\n---\n\n{body}");
    }
    if old.front.slug.is_some() {
        let (_, stem, _) = split(to);
        let slug = card::undated(stem);
        text = edit::set(&file, &text, "slug", &[slug.to_owned()])?.unwrap_or(text);
    }
    let (new, _) = content::read(to, text.as_bytes())?;
    let (new_card, _) = card::card(&new, config);
    if new_card.path != old_card.path {
        let mut aliases: Vec<String> = old.front.aliases.clone();
        aliases.retain(|alias| alias.trim_matches('/') != new_card.path.trim_matches('/'));
        let free = !others.contains(old_card.path.trim_matches('/'));
        if free && !aliases.contains(&old_card.path) {
            aliases.push(old_card.path.clone());
        }
        text = edit::give(&file, &text, "aliases", &aliases)?.unwrap_or(text);
    }
    Ok(Placed {
        text,
        old: old_card.path,
        new: new_card.path,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(texts: &[(&str, &str)]) -> Files {
        texts
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec().into()))
            .collect()
    }

    #[test]
    fn a_file_takes_its_versions_and_links_along() {
        let all = files(&[
            ("about.md", "---\ntitle: A\n---\n[fr](about.fr.md)\n"),
            ("about.fr.md", "# À propos\n"),
            ("other.md", "[us](@/about.md) [us](about.md#x)\n"),
            ("b/2026-01-27-talks.md", "---\ntitle: T\n# none yet\n---\n"),
            (
                "b/x.md",
                "---\ntitle: X\ndate: 2026-01-27\nslug: x\nderived:\n  slug: \"0123456789ab\"\n---\n",
            ),
        ]);
        let config = Config::default();
        let planned = rename(
            &all,
            &config,
            Vocabulary::embedded(),
            "about.md",
            "who-we-are",
        )
        .expect("a plan")
        .planned;
        let of = |file: &str| {
            let one = planned.iter().find(|one| one.file == file).expect(file);
            (one.to.clone().unwrap_or_default(), one.after.clone())
        };
        assert_eq!(planned.len(), 3);
        assert_eq!(
            of("content/about.md"),
            (
                "content/who-we-are.md".to_owned(),
                "---\ntitle: A\naliases:\n  - \"/about/\"\n---\n[fr](@/who-we-are.fr.md)\n"
                    .to_owned()
            )
        );
        assert_eq!(of("content/about.fr.md").0, "content/who-we-are.fr.md");
        assert!(
            of("content/about.fr.md").1.contains("/fr/about/"),
            "{planned:?}"
        );
        assert_eq!(
            of("content/other.md").1,
            "[us](@/who-we-are.md) [us](@/who-we-are.md#x)\n"
        );
        let planned = rename(
            &all,
            &config,
            Vocabulary::embedded(),
            "b/2026-01-27-talks.md",
            "summit",
        )
        .expect("a plan")
        .planned;
        assert_eq!(
            planned[0].to.as_deref(),
            Some("content/b/2026-01-27-summit.md")
        );
        assert!(
            planned[0].after.contains("/2026/01/27/talks/"),
            "{planned:?}"
        );
        let planned = rename(&all, &config, Vocabulary::embedded(), "b/x.md", "c/other")
            .expect("a plan")
            .planned;
        assert_eq!(planned[0].to.as_deref(), Some("content/c/other.md"));
        assert!(planned[0].after.contains("slug: other\n"), "{planned:?}");
        for (source, name) in [
            ("about.md", "other"),
            ("none.md", "x"),
            ("about.md", "../x"),
            ("about.md", "a b"),
            ("about.md", "who.fr"),
            ("about.md", "2026-01-27-about"),
            ("b/2026-01-27-talks.md", "2026-01-28-talks"),
        ] {
            assert!(
                rename(&all, &config, Vocabulary::embedded(), source, name).is_err(),
                "{source} {name}"
            );
        }
    }
}
