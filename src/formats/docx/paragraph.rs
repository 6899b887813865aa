//! The properties and runs of one paragraph, gathered while the walk is within it → a block. Refuses nothing.

use super::{
    lists::Counters,
    package::Package,
    styles::{self, Meaning},
};
use crate::formats::block::{self, Block, Run};

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    /// What its style says.
    pub(super) meaning: Meaning,
    /// Its own outline level.
    pub(super) outline: Option<usize>,
    /// Its own list and level.
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
    /// What it says so far.
    pub(super) runs: Vec<Run>,
    /// The look of the run that is being read; its text is not used.
    pub(super) look: Run,
    pub(super) hidden: bool,
    /// The link that it is within.
    pub(super) link: Option<String>,
    /// The fields that it is within: the instruction, and whether its result has begun.
    pub(super) fields: Vec<(String, bool)>,
}

impl Paragraph {
    /// A run begins: it looks as the paragraph's style says.
    pub(super) fn begin_run(&mut self) {
        // A heading is bold by nature, a quotation slanted.
        let by_style = self.meaning.heading.is_none() && !self.meaning.quote;
        self.look = Run {
            bold: self.meaning.bold && by_style,
            italic: self.meaning.italic && by_style,
            ..Run::default()
        };
        self.hidden = false;
    }

    /// Adds text to the run.
    pub(super) fn push(&mut self, text: &str) {
        if self.hidden || self.fields.iter().any(|(_, result)| !result) {
            return;
        }
        let field = self.fields.iter().rev().find_map(|(i, _)| target(i));
        self.runs.push(Run {
            text: text.to_owned(),
            link: self.link.clone().or(field),
            ..self.look.clone()
        });
    }

    /// Adds the mark of a note.
    pub(super) fn push_mark(&mut self, mark: &str) {
        self.runs.push(Run {
            text: format!("[^{mark}]"),
            raw: true,
            ..Run::default()
        });
    }

    /// The block that it is.
    pub(super) fn finish(mut self, package: &Package, counters: &mut Counters) -> Block {
        let own = self.outline.and_then(styles::outline);
        if let Some(level) = own.or(self.meaning.heading) {
            for run in &mut self.runs {
                run.bold = false;
            }
            return Block::Heading(level, block::emphasised(&self.runs));
        }
        let text = block::emphasised(&self.runs);
        if self.meaning.contents || text.is_empty() {
            return Block::Paragraph(String::new());
        }
        let by_style = self.meaning.list.as_ref();
        let list = self.list.as_deref().or(by_style.map(|(list, _)| &**list));
        // List 0 takes a paragraph out of the list of its style.
        if let Some(list) = list.filter(|list| *list != "0") {
            let level = self
                .level
                .or(by_style.map(|(_, level)| *level))
                .unwrap_or(0);
            let (marker, label) = package.lists.marker(counters, list, level);
            let text = if label.is_empty() {
                text
            } else {
                format!("{} {text}", block::plain(&label))
            };
            return Block::Item {
                level: level.max(self.meaning.within),
                marker,
                text,
            };
        }
        if self.meaning.quote {
            Block::Quote(text)
        } else {
            Block::Paragraph(text)
        }
    }
}

/// The address of a field `HYPERLINK "…"`.
pub(super) fn target(instruction: &str) -> Option<String> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?;
    let (before, rest) = rest.split_once('"')?;
    let (address, _) = rest.split_once('"')?;
    // `\l "…"` is a place in the same document.
    before.trim().is_empty().then(|| address.to_owned())
}
