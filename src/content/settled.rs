//! The lines of `review:` + keys that are settled → the lines without their entries; comments stay. Gives up where entries don't each begin a line.

use std::ops::Range;

use super::{here::Here, split::FIRST_LINE, value::comments, write::REVIEW};
use crate::yaml::{Node, Value};

/// The lines of `review:` without some entries; empty where none is left. `None` where they don't each begin a line.
pub(super) fn without(
    here: &Here<'_>,
    root: &Node,
    keys: &[&str],
    segment: &Range<usize>,
) -> Option<String> {
    let (_, _, node) = entries(root).iter().find(|(key, ..)| key == REVIEW)?;
    let Value::Map(entries) = &node.value else {
        return Some(here.text.get(segment.clone())?.to_owned());
    };
    let end = here
        .lines
        .iter()
        .position(|line| line.start >= segment.end)
        .unwrap_or(here.lines.len());
    let mut gone = vec![false; here.lines.len()];
    let mut left = false;
    for (i, (key, line, _)) in entries.iter().enumerate() {
        let first = line.checked_sub(FIRST_LINE)?;
        let next = match entries.get(i + 1) {
            Some((_, line, _)) => line.checked_sub(FIRST_LINE)?,
            None => end,
        };
        let (_, text) = here.line(*line)?;
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
            let (_, text) = here.line(at + FIRST_LINE)?;
            let between =
                at > first && (text.trim().is_empty() || text.trim_start().starts_with('#'));
            *gone.get_mut(at)? = keys.contains(&key.as_str()) && !between;
        }
    }
    let own = here
        .lines
        .iter()
        .zip(&gone)
        .filter(|(line, _)| segment.contains(&line.start));
    let mut kept = String::new();
    for (line, gone) in own {
        let text = here.text.get(line.clone())?;
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

/// The keys of a mapping with their lines and values.
pub(super) fn entries(root: &Node) -> &[(String, usize, Node)] {
    match &root.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}
