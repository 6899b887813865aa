//! A content file's text + what a person decided about a value → the new text: the value becomes their own and no longer waits for review.
//!
//! Their own means: its digest leaves `derived:`, so that no import touches it again. Everything else stays byte for byte, comments of the
//! changed value included. Refuses keys that are not derived, values that are no values of the key, and front matter that it can't edit
//! safely: then it names the line for an edit by hand.

use compact_str::CompactString;

use super::{
    FrontMatter,
    doubtful::SEED,
    edits::{Edit, apply, records as records_of},
    here::Here,
    read::front_matter,
    settled::{self, entries},
    split::{FIRST_LINE, Split, split_yaml},
    value::{comments, fresh, revalued},
    write::{KEYS, REVIEW, digest},
};
use crate::{
    diagnostic::Diagnostic,
    yaml::{self, Node},
};

/// The file after its values of `keys` were accepted as they stand; a key that is not there stays away. `None` where that changes nothing.
pub fn accept(file: &str, text: &str, keys: &[&str]) -> Result<Option<String>, Diagnostic> {
    let root = root(file, text)?;
    let open = Open::new(file, text, &root)?;
    let mut edits = Vec::new();
    let mut records = Vec::new();
    for key in keys {
        open.allow(key)?;
        if *key == SEED {
            continue;
        }
        match (open.front.derived.get(*key), open.here.segment(key)) {
            (Some(_), Some(_)) => records.push((*key, None)),
            // A record without a key says that a person took the key away.
            (None, None) if !open.front.derived.is_empty() => {
                records.push((*key, Some(digest(""))));
            }
            _ => {}
        }
    }
    open.settle(keys, records, &mut edits)?;
    open.written(edits, keys, None)
}

/// The file with another value of `key`; no value, or an empty one, takes the key away for good.
pub fn set(
    file: &str,
    text: &str,
    key: &str,
    values: &[String],
) -> Result<Option<String>, Diagnostic> {
    let root = root(file, text)?;
    Open::new(file, text, &root)?.allow(key)?;
    give(file, text, key, values)
}

/// The file with another value of `key`, which no import need write: `aliases`, say.
pub fn give(
    file: &str,
    text: &str,
    key: &str,
    values: &[String],
) -> Result<Option<String>, Diagnostic> {
    let root = root(file, text)?;
    let open = Open::new(file, text, &root)?;
    if key == SEED {
        return Err(Diagnostic::error(file, "`seed` is not set by hand")
            .help("accept it, or mend the seed"));
    }
    let values: Vec<String> = values
        .iter()
        .map(|v| v.trim().to_owned())
        .filter(|v| !v.is_empty())
        .collect();
    let wanted = fresh(key, &values);
    front_matter("--set", &wanted, &mut Vec::new())
        .map_err(|wrong| Diagnostic::error("--set", wrong.message))?;
    let mut edits: Vec<Edit> = Vec::new();
    let mut records = Vec::new();
    let recorded = open.front.derived.contains_key(key);
    match open.here.segment(key) {
        Some((segment, range, _)) if wanted.is_empty() => {
            edits.push((range, comments(segment)));
            if !recorded && !open.front.derived.is_empty() {
                records.push((key, Some(digest(""))));
            }
        }
        Some((segment, range, line)) => {
            let plain = segment.replace("\r\n", "\n");
            let new = revalued(key, &plain, &values).ok_or_else(|| open.by_hand(key, line))?;
            edits.push((range, new));
            records.extend(recorded.then_some((key, None)));
        }
        None => {
            if let Some(other) = super::here::other_name(&open.front, key) {
                let line = open.front.line(&[other]);
                let message = format!("`{key}` is given under `{other}` here");
                return Err(Diagnostic::error(file, message)
                    .at(line)
                    .help("edit it there"));
            }
            if wanted.is_empty() {
                records.extend(
                    (!recorded && !open.front.derived.is_empty()).then(|| (key, Some(digest("")))),
                );
            } else {
                let at = open.place_of(key);
                edits.push((at..at, wanted.clone()));
                records.extend(recorded.then_some((key, None)));
            }
        }
    }
    open.settle(&[key], records, &mut edits)?;
    open.written(edits, &[key], Some((key, &wanted)))
}

fn root(file: &str, text: &str) -> Result<Node, Diagnostic> {
    let split = split_yaml(file, text)?;
    let yaml = text.get(split.yaml).unwrap_or_default();
    yaml::nodes(file, yaml, FIRST_LINE, yaml::FRONT_MATTER_LIMIT)
}

/// A file that is being edited.
struct Open<'a> {
    file: &'a str,
    text: &'a str,
    split: Split,
    front: FrontMatter,
    root: &'a Node,
    here: Here<'a>,
}

impl<'a> Open<'a> {
    fn new(file: &'a str, text: &'a str, root: &'a Node) -> Result<Self, Diagnostic> {
        let split = split_yaml(file, text)?;
        let yaml = text.get(split.yaml.clone()).unwrap_or_default();
        let front = front_matter(file, yaml, &mut Vec::new())?;
        let here = Here::find(text, &split, root).filter(|_| split.fenced).ok_or_else(|| {
            Diagnostic::error(file, "the front matter is laid out so that it can't be edited safely; nothing was changed")
                .at(1)
                .help("write one key a line, or edit the value by hand")
        })?;
        Ok(Self {
            file,
            text,
            split,
            front,
            root,
            here,
        })
    }

    fn allow(&self, key: &str) -> Result<(), Diagnostic> {
        if KEYS.contains(&key) && !matches!(key, "imported" | REVIEW) {
            return Ok(());
        }
        let known: Vec<&str> = KEYS
            .into_iter()
            .filter(|k| !matches!(*k, "imported" | REVIEW))
            .collect();
        Err(
            Diagnostic::error(self.file, format!("`{key}` is not a derived field"))
                .help(format!("the fields are {}", known.join(", "))),
        )
    }

    fn by_hand(&self, key: &str, line: usize) -> Diagnostic {
        Diagnostic::error(
            self.file,
            format!("`{key}` is laid out so that it can't be edited safely; nothing was changed"),
        )
        .at(line)
        .help(if self.waits(key) {
            format!("edit it by hand, and take `{key}` out of `review:`")
        } else {
            "edit it by hand".to_owned()
        })
    }

    /// Whether `review:` has an entry for a key, whoever's its value is now.
    fn waits(&self, key: &str) -> bool {
        let settled = &self.front.settled;
        self.front.review.contains_key(key) || settled.iter().any(|one| one == key)
    }

    /// Where a new key goes: below those that an import would write above it.
    fn place_of(&self, key: &str) -> usize {
        KEYS.into_iter()
            .take_while(|k| *k != key)
            .filter_map(|k| self.here.segment(k))
            .map(|(_, range, _)| range.end)
            .max()
            .unwrap_or(self.here.top)
    }

    /// Takes keys out of `review:`, and changes records of `derived:`: a new digest, or none.
    fn settle(
        &self,
        keys: &[&str],
        mut records: Vec<(&str, Option<CompactString>)>,
        edits: &mut Vec<Edit>,
    ) -> Result<(), Diagnostic> {
        if let Some((segment, range, line)) = self.here.segment(REVIEW) {
            let kept = settled::without(&self.here, self.root, keys, &range)
                .ok_or_else(|| self.by_hand(REVIEW, line))?;
            if kept != segment {
                let machines = self
                    .front
                    .derived
                    .get(REVIEW)
                    .is_some_and(|recorded| digest(segment) == *recorded);
                if kept.is_empty() {
                    records.extend(
                        self.front
                            .derived
                            .contains_key(REVIEW)
                            .then_some((REVIEW, None)),
                    );
                } else if machines {
                    records.push((REVIEW, Some(digest(&kept))));
                }
                edits.push((range, kept.replace("\r\n", "\n")));
            }
        }
        let changed = records_of(&self.here, &self.front, records);
        edits.extend(changed.map_err(|line| self.by_hand("derived", line))?);
        Ok(())
    }

    /// The text with every edit made, where that does what it should and nothing else.
    fn written(
        &self,
        edits: Vec<Edit>,
        keys: &[&str],
        value: Option<(&str, &str)>,
    ) -> Result<Option<String>, Diagnostic> {
        let crlf = self
            .text
            .get(..self.split.body.start)
            .is_some_and(|t| t.contains("\r\n"));
        let out = apply(self.text, edits, crlf).ok_or_else(|| self.by_hand("derived", 1))?;
        if out == self.text {
            return Ok(None);
        }
        if self.does_only(&out, keys, value) {
            Ok(Some(out))
        } else {
            let key = keys.first().copied().unwrap_or(REVIEW);
            Err(self.by_hand(key, self.front.line(&[key, REVIEW])))
        }
    }

    fn does_only(&self, text: &str, keys: &[&str], value: Option<(&str, &str)>) -> bool {
        let Ok(after) = split_yaml(self.file, text) else {
            return false;
        };
        let yaml = text.get(after.yaml.clone()).unwrap_or_default();
        let (Ok(root), Ok(front)) = (
            yaml::nodes(self.file, yaml, FIRST_LINE, yaml::FRONT_MATTER_LIMIT),
            front_matter(self.file, yaml, &mut Vec::new()),
        ) else {
            return false;
        };
        let others = |root: &Node| -> Vec<(String, Node)> {
            entries(root)
                .iter()
                .filter(|(key, ..)| {
                    !matches!(key.as_str(), "derived" | REVIEW)
                        && value.is_none_or(|(k, _)| k != key)
                })
                .map(|(key, _, node)| (key.clone(), node.without_lines()))
                .collect()
        };
        let of = |root: &Node, key: &str| {
            entries(root)
                .iter()
                .find(|(k, ..)| k == key)
                .map(|(_, _, node)| node.as_text())
        };
        let as_wanted = value.is_none_or(|(key, wanted)| {
            yaml::nodes("--set", wanted, 1, yaml::FRONT_MATTER_LIMIT)
                .is_ok_and(|wanted| of(&wanted, key) == of(&root, key))
        });
        let left = |front: &FrontMatter| -> Vec<(String, String)> {
            front
                .review
                .clone()
                .into_iter()
                .filter(|(key, _)| !keys.contains(&key.as_str()))
                .collect()
        };
        let records = |front: &FrontMatter| -> Vec<(CompactString, CompactString)> {
            front
                .derived
                .clone()
                .into_iter()
                .filter(|(key, _)| key != REVIEW && !keys.contains(&key.as_str()))
                .collect()
        };
        others(self.root) == others(&root)
            && as_wanted
            && left(&self.front) == left(&front)
            && front.review.keys().all(|key| !keys.contains(&key.as_str()))
            && records(&self.front) == records(&front)
            && text.get(after.body) == self.text.get(self.split.body.clone())
    }
}
