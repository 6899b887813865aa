//! A key's lines + its new values → the key's new lines, with the comments that stood among them. Gives up on layouts of many lines that no
//! import writes.

use super::write::moment;
use crate::{
    model::PubDate,
    yaml::{quoted, scalar},
};

/// The keys that hold a list.
const LISTS: [&str; 7] = [
    "aliases",
    "event_dates",
    "countries",
    "mentions",
    "topics",
    "people",
    "organisations",
];

/// The lines that an import would write for these values; empty for none. A person is `Name` or `Name: role`.
pub(super) fn fresh(key: &str, values: &[String]) -> String {
    if values.is_empty() {
        return String::new();
    }
    if LISTS.contains(&key) {
        let items: String = values.iter().map(|value| item(key, value)).collect();
        return format!("{key}:\n{items}");
    }
    format!("{key}: {}\n", token(key, &values.join(" ")))
}

/// The lines of a key, with `\n` ends, with other values. `None` where only a person can do that.
pub(super) fn revalued(key: &str, segment: &str, values: &[String]) -> Option<String> {
    let (head, rest) = segment.split_once('\n').unwrap_or((segment, ""));
    let value_at = head.find(':')? + 1;
    let after = head.get(value_at..)?;
    let (value, comment) = parted(after)?;
    let comment = if comment.is_empty() {
        String::new()
    } else {
        format!(" {comment}")
    };
    if value.is_empty() && LISTS.contains(&key) {
        return listed(key, head, rest, values);
    }
    // Comments below a value of one line stay; in a value of several lines they may be part of it.
    let is_comment = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    let one_line = rest.lines().all(is_comment);
    let kept = if one_line { rest } else { "" };
    if value.is_empty() && !rest.is_empty()
        || !one_line && (segment.contains(" #") || rest.lines().any(is_comment))
    {
        return None;
    }
    let new = if LISTS.contains(&key) {
        let items: Vec<String> = values.iter().map(|value| inline(key, value)).collect();
        format!("[{}]", items.join(", "))
    } else {
        token(key, &values.join(" "))
    };
    Some(format!("{} {new}{comment}\n{kept}", head.get(..value_at)?))
}

/// A list in block style: items that stay keep their lines, a comment that stood between two items stays between them.
fn listed(key: &str, head: &str, rest: &str, values: &[String]) -> Option<String> {
    let dash = rest
        .lines()
        .find(|line| line.trim_start().starts_with("- "))?;
    let indent = dash.len() - dash.trim_start().len();
    let mut items: Vec<(Vec<&str>, bool)> = Vec::new();
    for line in rest.lines() {
        let depth = line.len() - line.trim_start().len();
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            items.push((vec![line], false));
        } else if depth == indent && line.trim_start().starts_with("- ") {
            items.push((vec![line], true));
        } else {
            items.last_mut().filter(|(_, item)| *item)?.0.push(line);
        }
    }
    let mut left: Vec<&String> = values.iter().collect();
    let mut out = format!("{head}\n");
    let same = |lines: &[&str], value: &str| {
        let (written, _) = lines
            .first()
            .and_then(|line| parted(line.trim_start().strip_prefix('-')?))
            .unwrap_or_default();
        lines.len() == 1
            && key != "people"
            && (written == value
                || written == scalar(value)
                || written == quoted(value)
                || written == format!("'{}'", value.replace('\'', "''")))
    };
    let new = |value: &str| -> String {
        item(key, value)
            .lines()
            .map(|line| format!("{}{}\n", " ".repeat(indent), line.get(2..).unwrap_or(line)))
            .collect()
    };
    for (lines, is_item) in &items {
        let line = lines.first().copied().unwrap_or_default();
        if !is_item {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        // In the order that was asked for: an item that stands as wanted here, else the wanted one in its place.
        match left.first() {
            Some(value) if same(lines, value) => {
                out.push_str(line);
                out.push('\n');
                left.remove(0);
            }
            other => {
                let comment = lines.iter().find_map(|line| comment(line));
                if let Some(comment) = comment {
                    out.extend([" ".repeat(indent).as_str(), comment, "\n"]);
                }
                if let Some(value) = other {
                    out.push_str(&new(value));
                    left.remove(0);
                }
            }
        }
    }
    for value in left {
        out.push_str(&new(value));
    }
    Some(out)
}

/// The comments among a key's lines, each on a line of its own: what stays when the key goes.
pub(super) fn comments(segment: &str) -> String {
    segment
        .lines()
        .filter_map(comment)
        .map(|comment| format!("{comment}\n"))
        .collect()
}

/// The comment at the end of a line.
pub(super) fn comment(line: &str) -> Option<&str> {
    Some(parted(line)?.1).filter(|comment| !comment.is_empty())
}

/// A value on one line, and the comment behind it. `None` where a quote is not closed on the line.
fn parted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    if text.starts_with('#') {
        return Some(("", text));
    }
    let mut quote = None;
    let mut escaped = false;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match quote {
            Some('"') if escaped => escaped = false,
            Some('"') if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') && matches!(before, ' ' | '[' | '{' | ',') => {
                quote = Some(c);
            }
            None if c == '#' && before.is_whitespace() => {
                return Some((text.get(..at)?.trim_end(), text.get(at..)?));
            }
            _ => {}
        }
        before = c;
    }
    // A block or a folded text goes on below.
    (quote.is_none() || !text.starts_with(['[', '{'])).then_some((text, ""))
}

/// One item of a list in block style.
fn item(key: &str, value: &str) -> String {
    match person(key, value) {
        Some((name, "")) => format!("  - name: {}\n", scalar(name)),
        Some((name, role)) => format!("  - name: {}\n    role: {}\n", scalar(name), scalar(role)),
        None => format!("  - {}\n", token(key, value)),
    }
}

/// One item of a list in brackets.
fn inline(key: &str, value: &str) -> String {
    let safe = |text: &str| {
        if text.contains([',', '[', ']', '{', '}']) {
            quoted(text)
        } else {
            scalar(text)
        }
    };
    match person(key, value) {
        Some((name, "")) => format!("{{name: {}}}", safe(name)),
        Some((name, role)) => format!("{{name: {}, role: {}}}", safe(name), safe(role)),
        None if key == "event_dates" => token(key, value),
        None => safe(value),
    }
}

fn person<'v>(key: &str, value: &'v str) -> Option<(&'v str, &'v str)> {
    (key == "people").then(|| {
        value
            .split_once(": ")
            .map_or((value, ""), |(name, role)| (name.trim(), role.trim()))
    })
}

fn token(key: &str, value: &str) -> String {
    let dated = matches!(key, "date" | "event_dates" | "embargo_until");
    match value.parse::<PubDate>() {
        Ok(date) if dated => {
            let mut written = String::new();
            moment(&mut written, &date);
            written
        }
        _ => scalar(value),
    }
}
