//! What has to be done at a place: files in the order in which one may refer to another, deletes last. Refuses to touch what we did not put there.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Known, Put};
use crate::site::route::Turn;

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Local {
    /// When it is put: what it refers to is there before it.
    pub turn: Turn,
    /// BLAKE3 of its bytes and of how it is sent.
    pub digest: String,
    /// MD5 of its bytes, which is what most stores call a version.
    pub md5: String,
    /// Bytes.
    pub size: u64,
    /// What kind of file it is.
    pub kind: String,
    /// How long it may be kept.
    pub cache: String,
}

/// One file that is put or deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// From the site's root.
    pub path: String,
    /// Bytes; 0 of what is deleted.
    pub bytes: u64,
    /// Why.
    pub why: Why,
}

/// Why a file is put or deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// It was never there.
    New,
    /// It differs.
    Changed,
    /// We put it there, and it is gone or another's now.
    Missing,
    /// The site has it no more.
    Stale,
}

/// What has to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// What is put, in order.
    pub put: Vec<Step>,
    /// What is deleted after that.
    pub delete: Vec<Step>,
    /// Files that are there already.
    pub unchanged: usize,
    /// Files at the place that are not ours and stand where files of the site should be.
    pub foreign: Vec<String>,
    /// Stale files that differ from what we put, or of which nothing proves that we put them: they are left alone, and told each time.
    pub left: Vec<String>,
}

/// Compares the site with a place. `there` are the files at the place with what the store calls their versions, where it says that; `adopt` takes over files that
/// we did not put there and the site has too. Enters into `known` what turns out to be ours already.
pub fn plan(
    local: &BTreeMap<String, Local>,
    known: &mut Known,
    there: &BTreeMap<String, Option<String>>,
    adopt: bool,
) -> Plan {
    let mut plan = Plan::default();
    for (path, file) in local {
        let why = match (known.files.get(path), there.get(path)) {
            (None, Some(_)) if !adopt => {
                plan.foreign.push(path.clone());
                continue;
            }
            (None, Some(_)) => Why::Changed,
            (None, None) => Why::New,
            // Put by a deploy that was cut short before it could say so.
            (Some(put), Some(now)) if put.digest.is_none() && is(now.as_deref(), &file.md5) => {
                let put = Put {
                    digest: Some(file.digest.clone()),
                    etag: now.clone(),
                };
                known.files.insert(path.clone(), put);
                plan.unchanged += 1;
                continue;
            }
            (Some(_), None) => Why::Missing,
            (Some(put), _) if put.digest.as_ref() != Some(&file.digest) => Why::Changed,
            (Some(put), Some(now)) if put.etag.is_some() && put.etag != *now => Why::Missing,
            (Some(_), Some(_)) => {
                plan.unchanged += 1;
                continue;
            }
        };
        plan.put.push(Step {
            path: path.clone(),
            bytes: file.size,
            why,
        });
    }
    plan.put.sort_by_key(|step| {
        (
            local.get(&step.path).map(|file| file.turn),
            step.path.clone(),
        )
    });
    let stale = known
        .files
        .iter()
        .filter(|(path, _)| !local.contains_key(*path));
    let mut gone = Vec::new();
    for (path, put) in stale {
        let Some(now) = there.get(path) else {
            gone.push(path.clone());
            continue;
        };
        // What was only on its way has a version where it replaces one of ours.
        let is_ours = match &put.etag {
            Some(etag) => now.as_ref() == Some(etag),
            None => put.digest.is_some(),
        };
        if is_ours {
            plan.delete.push(Step {
                path: path.clone(),
                bytes: 0,
                why: Why::Stale,
            });
        } else {
            plan.left.push(path.clone());
        }
    }
    for path in gone {
        known.files.remove(&path);
    }
    plan
}

/// Files and links at a place that no deploy put there and that stand where the site has a folder, or in a folder where the site has a file. Where a
/// place has no folders, nothing does.
pub fn in_the_way(
    local: &BTreeMap<String, Local>,
    known: &Known,
    there: &BTreeMap<String, Option<String>>,
) -> Vec<String> {
    let others = there.iter().filter(|(path, now)| {
        let put = known.files.get(*path);
        put.is_none_or(|put| put.etag.is_some() && put.etag != **now)
    });
    let paths = others.map(|(path, _)| path);
    paths
        .filter(|path| is_amiss(local, path))
        .cloned()
        .collect()
}

/// Whether a file at a place has to go before those of the site can come: it stands where the site has a folder, or in a folder where the site has a file.
pub fn is_amiss(local: &BTreeMap<String, Local>, path: &str) -> bool {
    let mut folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
    is_folder(local, path) || folders.any(|folder| local.contains_key(folder))
}

fn is_folder(local: &BTreeMap<String, Local>, path: &str) -> bool {
    let folder = format!("{path}/");
    let mut from = local.range(folder.clone()..);
    from.next()
        .is_some_and(|(file, _)| file.starts_with(&folder))
}

/// Whether what a store calls a version is this digest of the bytes.
fn is(etag: Option<&str>, md5: &str) -> bool {
    etag.is_some_and(|etag| etag.trim_matches('"') == md5)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(files: &[(&str, Turn, &str)]) -> BTreeMap<String, Local> {
        let of = |(path, turn, text): &(&str, Turn, &str)| {
            let file = Local {
                turn: *turn,
                digest: format!("d-{text}"),
                md5: format!("m-{text}"),
                size: 1,
                kind: String::new(),
                cache: String::new(),
            };
            ((*path).to_owned(), file)
        };
        files.iter().map(of).collect()
    }

    fn known(files: &[(&str, Option<&str>, Option<&str>)]) -> Known {
        let mut known = Known::default();
        for (path, digest, etag) in files {
            let put = Put {
                digest: digest.map(str::to_owned),
                etag: etag.map(str::to_owned),
            };
            known.files.insert((*path).to_owned(), put);
        }
        known
    }

    fn there(files: &[(&str, &str)]) -> BTreeMap<String, Option<String>> {
        let files = files.iter();
        files
            .map(|(p, e)| ((*p).to_owned(), Some((*e).to_owned())))
            .collect()
    }

    #[test]
    fn what_pages_draw_in_comes_first_and_what_lists_them_last() {
        let local = local(&[
            ("a.html", Turn::Pages, "a"),
            ("b.xml", Turn::Lists, "b"),
            ("c.css", Turn::Parts, "c"),
        ]);
        let plan = plan(&local, &mut Known::default(), &BTreeMap::new(), false);
        let order: Vec<&str> = plan.put.iter().map(|s| s.path.as_str()).collect();
        assert_eq!(order, ["c.css", "a.html", "b.xml"]);
    }

    #[test]
    fn only_ours_is_deleted_and_only_ours_is_replaced() {
        let local = local(&[
            ("new", Turn::Pages, "n"),
            ("same", Turn::Pages, "s"),
            ("mine", Turn::Pages, "x"),
        ]);
        let mut known = known(&[
            ("same", Some("d-s"), Some("1")),
            ("stale", Some("d"), Some("2")),
            ("taken", Some("d"), Some("3")),
        ]);
        let there = there(&[
            ("same", "1"),
            ("stale", "2"),
            ("taken", "other"),
            ("mine", "9"),
            ("foreign", "8"),
        ]);
        let plan = plan(&local, &mut known, &there, false);
        assert_eq!(
            plan.put.iter().map(|s| s.path.as_str()).collect::<Vec<_>>(),
            ["new"]
        );
        assert_eq!(
            plan.delete
                .iter()
                .map(|s| s.path.as_str())
                .collect::<Vec<_>>(),
            ["stale"]
        );
        assert_eq!((plan.unchanged, plan.foreign), (1, vec!["mine".to_owned()]));
        assert_eq!(plan.left, ["taken"]);
    }

    #[test]
    fn what_stands_where_a_folder_of_the_site_should_be_is_in_the_way() {
        let local = local(&[
            ("search/index.html", Turn::Pages, "s"),
            ("a/b", Turn::Pages, "b"),
        ]);
        let known = known(&[("a", Some("d"), None)]);
        let there = there(&[
            ("search", "1"),
            ("searc", "2"),
            ("a", "3"),
            ("a/b/theirs", "4"),
            ("z", "5"),
        ]);
        assert_eq!(in_the_way(&local, &known, &there), ["a/b/theirs", "search"]);
    }

    #[test]
    fn what_was_only_on_its_way_is_not_deleted_without_proof() {
        let mut known = known(&[
            ("announced", None, None),
            ("replaced", None, Some("1")),
            ("never-came", None, None),
        ]);
        let there = there(&[("announced", "9"), ("replaced", "1")]);
        let plan = plan(&BTreeMap::new(), &mut known, &there, false);
        let gone: Vec<&str> = plan.delete.iter().map(|s| s.path.as_str()).collect();
        assert_eq!(
            (gone, plan.left),
            (vec!["replaced"], vec!["announced".to_owned()])
        );
        assert!(!known.files.contains_key("never-came"));
    }

    #[test]
    fn what_a_deploy_that_was_cut_short_had_put_is_not_put_again() {
        let local = local(&[
            ("a", Turn::Pages, "a"),
            ("b", Turn::Pages, "b"),
            ("c", Turn::Pages, "c"),
        ]);
        let mut known = known(&[
            ("a", None, None),
            ("b", None, None),
            ("c", Some("d-c"), Some("3")),
        ]);
        let there = there(&[("a", "\"m-a\""), ("b", "\"half\""), ("c", "another")]);
        let plan = plan(&local, &mut known, &there, false);
        let put: Vec<(&str, Why)> = plan.put.iter().map(|s| (s.path.as_str(), s.why)).collect();
        assert_eq!(put, [("b", Why::Changed), ("c", Why::Missing)]);
    }
}
