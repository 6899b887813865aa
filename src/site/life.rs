//! Items → their lives beside one another: what is out of the site now and when that changes, which replaces which, the parts of series.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Item, index::Position};
use crate::{
    content::Entry,
    diagnostic::{Diagnostic, Rule},
    model::PubDate,
};

/// Where a content file is in its life.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Under embargo until then.
    Held(PubDate),
    /// Past its last day.
    Expired,
    /// Part of the site.
    Public,
}

/// The stage of a content file at a moment.
pub(crate) fn stage(entry: &Entry, now: Timestamp) -> Stage {
    // What never ends is never published, and never expires.
    let over = |date: &PubDate| date.over().is_some_and(|end| end <= now);
    match (&entry.front.embargo_until, &entry.front.expires) {
        (Some(until), _) if !over(until) => Stage::Held(until.clone()),
        (_, Some(last)) if over(last) => Stage::Expired,
        _ => Stage::Public,
    }
}

/// An error where a section says that it is withdrawn: its list stands as long as there is something in it.
pub(super) fn withdrawn_section(item: &Item) -> Option<Diagnostic> {
    let front = &item.entry.front;
    front.withdrawn.as_ref()?;
    let file = format!("content/{}", item.card.source);
    let found = Diagnostic::error(file, "a section cannot be withdrawn");
    let found = found.at(front.line(&["withdrawn"]));
    let found = found.rule(Rule::FrontMatter);
    Some(found.help("take `withdrawn` out, and write it in the pages of the section"))
}

/// The next moment at which a content file enters or leaves the site by itself.
pub(super) fn next_change(entry: &Entry, now: Timestamp) -> Option<Timestamp> {
    let front = &entry.front;
    [&front.embargo_until, &front.expires]
        .into_iter()
        .flatten()
        .filter_map(PubDate::over)
        .filter(|moment| *moment > now)
        .min()
}

/// The path from content/ that a reference to a content file means: `@/briefings/a.md`, `briefings/a`.
pub fn source(reference: &str) -> String {
    let path = reference.trim_start_matches("@/").trim_start_matches('/');
    let path = path.strip_prefix("content/").unwrap_or(path);
    format!("{}.md", path.strip_suffix(".md").unwrap_or(path))
}

/// For each content file the older ones that name it in `superseded_by`, and a warning for each reference to nothing.
pub(super) fn supersedes<'a>(
    items: impl Iterator<Item = &'a Item>,
    exists: impl Fn(&str) -> bool,
) -> (BTreeMap<String, Vec<String>>, Vec<Diagnostic>) {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for item in items {
        let Some(reference) = &item.entry.front.superseded_by else {
            continue;
        };
        let newer = source(reference);
        if exists(&newer) && newer != item.card.source {
            all.entry(newer).or_default().push(item.card.source.clone());
        } else {
            diagnostics.push(
                Diagnostic::warning(
                    format!("content/{}", item.card.source),
                    format!("`superseded_by`: there is no briefing `{reference}` in the site"),
                )
                .at(item.entry.front.line(&["superseded_by"]))
                .help("give the newer briefing's path from content/, such as briefings/new.md")
                .rule(Rule::SupersededBroken),
            );
        }
    }
    (all, diagnostics)
}

/// The parts of each series, first to last.
pub(super) fn series(briefings: &[Item]) -> BTreeMap<String, Vec<Position>> {
    let mut all: BTreeMap<String, Vec<Position>> = BTreeMap::new();
    for (at, item) in briefings.iter().enumerate().rev() {
        if let Some(name) = &item.entry.front.series {
            all.entry(name.clone()).or_default().push(at);
        }
    }
    all
}
