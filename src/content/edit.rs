//! A content file's text + what a person decided about a value → the new text: the value becomes their own and no longer waits for review.
//!
//! Their own means: its digest leaves `derived:`, so that no import touches it again. Everything else stays byte for byte, comments of the
//! changed value included. Refuses keys that are not derived, values that are no values of the key, and front matter that it can't edit
//! safely: then it names the line for an edit by hand.

use std::ops::Range;

use super::{
    FrontMatter,
    doubtful::SEED,
    here::Here,
    read::front_matter,
    split::{FIRST_LINE, Split, split},
    value::{comments, fresh, revalued},
    write::{KEYS, REVIEW, digest, record},
};
use crate::{
    diagnostic::Diagnostic,
    yaml::{self, Node, Value},
};

type Edit = (Range<usize>, String);

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
    let open = Open::new(file, text, &root)?;
    open.allow(key)?;
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
    let split = split(file, text)?;
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
        let split = split(file, text)?;
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
        .help(format!(
            "edit it by hand, and take `{key}` out of `review:`"
        ))
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
        mut records: Vec<(&str, Option<String>)>,
        edits: &mut Vec<Edit>,
    ) -> Result<(), Diagnostic> {
        if let Some((segment, range, line)) = self.here.segment(REVIEW) {
            let kept = self
                .without(keys, &range)
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
        let mut added = String::new();
        for (key, state) in records {
            let known = self.here.derived.iter().find(|(k, ..)| k == key);
            let Some((_, line, node)) = known else {
                added.extend(state.map(|digest| record(key, &digest)));
                continue;
            };
            let own = self.line(*line).filter(|_| node.line == *line);
            let (range, text) = own.ok_or_else(|| self.by_hand("derived", *line))?;
            if !text.trim_start().starts_with(key) {
                return Err(self.by_hand("derived", *line));
            }
            let comment = text
                .find(" #")
                .and_then(|at| text.get(at..))
                .unwrap_or_default()
                .trim();
            edits.push(match state {
                None if comment.is_empty() => (range, String::new()),
                None => (range, format!("  {comment}\n")),
                Some(digest) => {
                    let comment = if comment.is_empty() {
                        String::new()
                    } else {
                        format!(" {comment}")
                    };
                    (
                        range,
                        format!("{}{comment}\n", record(key, &digest).trim_end()),
                    )
                }
            });
        }
        if !added.is_empty() {
            let last = self
                .here
                .derived
                .last()
                .and_then(|(_, line, _)| self.line(*line));
            let (range, _) =
                last.ok_or_else(|| self.by_hand("derived", self.front.line(&["derived"])))?;
            edits.push((range.end..range.end, added));
        }
        Ok(())
    }

    /// The lines of `review:` without some entries; empty where none is left. `None` where they don't each begin a line.
    fn without(&self, keys: &[&str], segment: &Range<usize>) -> Option<String> {
        let (_, _, node) = entries(self.root).iter().find(|(key, ..)| key == REVIEW)?;
        let Value::Map(entries) = &node.value else {
            return Some(self.text.get(segment.clone())?.to_owned());
        };
        let end = self
            .here
            .lines
            .iter()
            .position(|line| line.start >= segment.end)
            .unwrap_or(self.here.lines.len());
        let mut gone = vec![false; self.here.lines.len()];
        let mut left = false;
        for (i, (key, line, _)) in entries.iter().enumerate() {
            let first = line.checked_sub(FIRST_LINE)?;
            let next = match entries.get(i + 1) {
                Some((_, line, _)) => line.checked_sub(FIRST_LINE)?,
                None => end,
            };
            let (_, text) = self.line(*line)?;
            if next <= first
                || !text
                    .trim_start()
                    .starts_with([key.chars().next()?, '"', '\''])
                || !text.starts_with(' ')
            {
                return None;
            }
            left |= !keys.contains(&key.as_str());
            for at in first..next {
                let (_, text) = self.line(at + FIRST_LINE)?;
                let between =
                    at > first && (text.trim().is_empty() || text.trim_start().starts_with('#'));
                *gone.get_mut(at)? = keys.contains(&key.as_str()) && !between;
            }
        }
        let own = self
            .here
            .lines
            .iter()
            .zip(&gone)
            .filter(|(line, _)| segment.contains(&line.start));
        let mut kept = String::new();
        for (line, gone) in own {
            let text = self.text.get(line.clone())?;
            // The head of a mapping without entries goes, too. What a person wrote behind either stays.
            if *gone || (!left && line.start == segment.start) {
                let indent = if *gone { "  " } else { "" };
                kept.extend(
                    comments(text)
                        .lines()
                        .map(|comment| format!("{indent}{comment}\n")),
                );
            } else {
                kept.push_str(text);
            }
        }
        Some(kept)
    }

    fn line(&self, line: usize) -> Option<(Range<usize>, &'a str)> {
        let range = self.here.lines.get(line.checked_sub(FIRST_LINE)?)?.clone();
        Some((range.clone(), self.text.get(range)?))
    }

    /// The text with every edit made, where that does what it should and nothing else.
    fn written(
        &self,
        mut edits: Vec<Edit>,
        keys: &[&str],
        value: Option<(&str, &str)>,
    ) -> Result<Option<String>, Diagnostic> {
        let crlf = self
            .text
            .get(..self.split.body.start)
            .is_some_and(|t| t.contains("\r\n"));
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len());
        let mut at = 0;
        for (range, new) in &edits {
            let between = self
                .text
                .get(at..range.start)
                .ok_or_else(|| self.by_hand("derived", 1))?;
            out.push_str(between);
            out.push_str(&if crlf {
                new.replace('\n', "\r\n")
            } else {
                new.clone()
            });
            at = range.end;
        }
        out.push_str(self.text.get(at..).unwrap_or_default());
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
        let Ok(after) = split(self.file, text) else {
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
                .map(|(_, _, node)| node.without_lines())
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
        let records = |front: &FrontMatter| -> Vec<(String, String)> {
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

fn entries(root: &Node) -> &[(String, usize, Node)] {
    match &root.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}
