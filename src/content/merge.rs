//! What a content file holds + what an import would write now → the file's new text: the three-way re-import.
//!
//! The third way is `derived:`: a segment (one key's lines, or the body) that still has its recorded digest is the machine's and may be
//! replaced or, where nothing is derived any more, removed. Everything else is a person's and stays byte for byte: edited, commented or
//! reformatted values, keys of their own, key order. A key that a person deleted stays deleted. Where a person changed a value and the
//! derivation has a new one too, the person's stays and a note says so. Refuses files whose YAML is broken, and gives up without
//! touching the file where an edit would not do exactly what it should.

use std::{collections::BTreeMap, ops::Range};

use compact_str::CompactString;
use jiff::civil::Date;

use super::{
    FrontMatter, Proposal, SeedRef,
    doubtful::SEED,
    edits::{self, Edit},
    here::{Here, is_set},
    read::front_matter,
    settled::entries,
    split::{FIRST_LINE, Split, split},
    write::{BODY, Due, KEYS, REVIEW, Segments, digest, segments},
};
use crate::{
    diagnostic::Diagnostic,
    yaml::{self, Node},
};

/// The result of a re-import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The file's new text, where it changes.
    pub text: Option<String>,
    /// The keys that change.
    pub refreshed: Vec<&'static str>,
    /// What a person should know: conflicts as notes, and a warning where the file can't be edited safely.
    pub diagnostics: Vec<Diagnostic>,
}

/// Refreshes what the machine wrote in `current` and nobody touched. `file` is for messages.
pub fn merge(
    file: &str,
    current: &str,
    proposal: &Proposal,
    seed: &SeedRef,
    imported: Date,
) -> Result<Merged, Diagnostic> {
    let split = split(file, current)?;
    // No import wrote it.
    if split.toml {
        return Ok(Merged::default());
    }
    let yaml = current.get(split.yaml.clone()).unwrap_or_default();
    let front = front_matter(file, yaml, &mut Vec::new())?;
    let mut merged = Merged::default();
    if front.derived.is_empty() {
        return Ok(merged);
    }
    let unsafe_edit = |merged: &mut Merged| {
        merged.text = None;
        merged.refreshed.clear();
        merged.diagnostics.push(
            Diagnostic::warning(file, "the front matter is laid out so that an import can't edit it safely; nothing was changed")
                .at(1)
                .help("write one key a line, as in a new import, or remove `derived:` to keep the file out of imports"),
        );
    };
    let root = yaml::nodes(file, yaml, FIRST_LINE, yaml::FRONT_MATTER_LIMIT)?;
    let Some(here) = Here::find(current, &split, &root) else {
        unsafe_edit(&mut merged);
        return Ok(merged);
    };
    let new = segments(
        &proposal.document,
        seed,
        imported,
        &due(&here, &front, proposal, seed),
    );
    let mut plan = Plan::default();
    plan.keys(&here, &new, &front);
    plan.body(&here, &new, &front, &split);
    merged.diagnostics = plan.conflicts(file);
    let same_seed = front
        .seed
        .as_ref()
        .is_some_and(|s| s.file == seed.file && s.sha256 == seed.sha256);
    // A new version of the rules that gives the same values is no reason to touch a file.
    if plan.refreshed.is_empty() || (same_seed && plan.refreshed == ["seed"]) {
        return Ok(merged);
    }
    let crlf = current
        .get(..split.body.start)
        .is_some_and(|t| t.contains("\r\n"));
    let records = plan
        .records
        .iter()
        .map(|(key, digest)| (*key, digest.clone()));
    let text = edits::records(&here, &front, records)
        .ok()
        .and_then(|records| {
            let mut all = plan.edits.clone();
            all.extend(records);
            edits::apply(current, all, crlf)
        })
        .filter(|text| does_only(file, text, &root, &split, current, &plan, &new));
    match text {
        Some(text) => {
            merged.refreshed = plan.refreshed;
            merged.text = Some(text);
        }
        None => unsafe_edit(&mut merged),
    }
    Ok(merged)
}

/// What a person should look at, without the values that are the person's own. A seed is doubtful once: the same bytes are not asked about again.
fn due(here: &Here<'_>, front: &FrontMatter, proposal: &Proposal, seed: &SeedRef) -> Vec<Due> {
    let known = front.seed.as_ref().map(|s| s.sha256.as_str());
    let asked = known == Some(&seed.sha256) && !front.review.contains_key(SEED);
    let due = proposal.due.iter();
    due.filter(|(key, _)| match *key {
        SEED => !asked,
        key => here.is_due(front, key),
    })
    .cloned()
    .collect()
}

/// The edits of one re-import.
#[derive(Default)]
struct Plan {
    edits: Vec<Edit>,
    /// New state of the records of `derived:`; `None` removes one.
    records: BTreeMap<&'static str, Option<CompactString>>,
    refreshed: Vec<&'static str>,
    conflicts: Vec<(&'static str, usize)>,
}

impl Plan {
    fn keys(&mut self, here: &Here<'_>, new: &Segments, front: &FrontMatter) {
        let mut above = here.top;
        for key in KEYS {
            let proposal = new.keys().find(|(k, _)| *k == key).map(|(_, t)| t);
            let recorded = front.derived.get(key);
            match (recorded, here.segment(key), proposal) {
                (Some(recorded), Some((text, range, _)), proposal) if digest(text) == *recorded => {
                    above = range.end;
                    let wanted = proposal.map(digest);
                    if wanted.as_ref() != Some(recorded) {
                        self.change(key, range, proposal.map(str::to_owned));
                    }
                }
                (Some(recorded), Some((text, range, line)), proposal) => {
                    above = range.end;
                    let bookkeeping = matches!(key, "seed" | "imported" | REVIEW);
                    let moved = proposal
                        .is_some_and(|t| digest(t) != *recorded && digest(t) != digest(text));
                    if moved && !bookkeeping {
                        self.conflicts.push((key, line));
                    }
                }
                (None, Some((_, range, _)), _) => above = range.end,
                (None, None, Some(text)) if !is_set(front, key) => {
                    self.change(key, above..above, Some(text.to_owned()));
                }
                // Deleted by a person, said in another way by a person, or nothing then and nothing now.
                (_, None, _) => {}
            }
        }
    }

    fn body(&mut self, here: &Here<'_>, new: &Segments, front: &FrontMatter, split: &Split) {
        let Some(recorded) = front.derived.get(BODY) else {
            return;
        };
        let text = here.text.get(split.body.clone()).unwrap_or_default();
        let wanted = digest(&new.body);
        if wanted == *recorded {
            return;
        }
        if digest(text) == *recorded {
            self.change(BODY, split.body.clone(), Some(new.body.clone()));
        } else if digest(text) != wanted {
            self.conflicts.push((BODY, split.body_line));
        }
    }

    fn change(&mut self, key: &'static str, range: Range<usize>, text: Option<String>) {
        self.records.insert(key, text.as_deref().map(digest));
        self.edits.push((range, text.unwrap_or_default()));
        self.refreshed.push(key);
    }

    fn conflicts(&self, file: &str) -> Vec<Diagnostic> {
        self.conflicts
            .iter()
            .map(|(key, line)| {
                Diagnostic::note(
                    file,
                    format!("`{key}` was edited here, and the seed now gives another value; yours stays"),
                )
                .at(*line)
                .help(format!("`depeche explain` shows the new value; delete the `{key}` of `derived:` to settle it for good"))
            })
            .collect()
    }
}

/// Whether the new text differs from the old one in the planned keys alone, and has there what was planned.
fn does_only(
    file: &str,
    text: &str,
    before: &Node,
    old: &Split,
    current: &str,
    plan: &Plan,
    new: &Segments,
) -> bool {
    let Ok(after) = split(file, text) else {
        return false;
    };
    let yaml = text.get(after.yaml.clone()).unwrap_or_default();
    let Ok(root) = yaml::nodes(file, yaml, FIRST_LINE, yaml::FRONT_MATTER_LIMIT) else {
        return false;
    };
    if front_matter(file, yaml, &mut Vec::new()).is_err() {
        return false;
    }
    let theirs = |root: &Node| -> Vec<(String, Node)> {
        entries(root)
            .iter()
            .filter(|(key, ..)| key != "derived" && !plan.refreshed.contains(&key.as_str()))
            .map(|(key, _, node)| (key.clone(), node.without_lines()))
            .collect()
    };
    let planned = new.keys().all(|(key, segment)| {
        !plan.refreshed.contains(&key)
            || yaml::nodes(file, segment, 1, yaml::FRONT_MATTER_LIMIT).is_ok_and(|wanted| {
                entries(&wanted).iter().all(|(k, _, v)| {
                    entries(&root)
                        .iter()
                        .any(|(key, _, node)| key == k && node.without_lines() == v.without_lines())
                })
            })
    });
    let body = text.get(after.body.clone());
    theirs(before) == theirs(&root)
        && planned
        && (plan.refreshed.contains(&BODY) || body == current.get(old.body.clone()))
}
