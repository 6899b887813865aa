//! Layout → where a reading stands, finer than the zones: headline, first sentence, first paragraph, first half, rest.

use crate::distill::{
    evidence::Span,
    layout::{Layout, Zone},
    text::Text,
};

/// Where a reading stands; in order of what it says about the subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Place {
    Headline,
    Lead,
    LeadParagraph,
    Early,
    Late,
    Header,
    Dateline,
    Boilerplate,
    Footer,
}

impl Place {
    /// Whether a country named here is a subject of the briefing.
    pub(super) fn leads(self) -> bool {
        self <= Self::LeadParagraph
    }
}

/// The stretches of the text.
pub(super) struct Places<'a> {
    layout: &'a Layout,
    /// The first sentence.
    pub(super) lead: Span,
    paragraph_end: usize,
    early_end: usize,
    /// Nothing was told apart from the header: it is the text.
    bare: bool,
}

impl<'a> Places<'a> {
    pub(super) fn of(text: &Text, layout: &'a Layout) -> Self {
        let all = &text.decoded;
        let body = layout
            .first(Zone::Lead)
            .or_else(|| layout.first(Zone::Body));
        let start = body.map_or(0, |b| b.start);
        let lead_end = match layout.first(Zone::Lead) {
            Some(lead) => lead.end,
            None => start + all.get(start..).map_or(0, first_sentence),
        };
        let paragraph_end = lead_end + all.get(lead_end..).map_or(0, paragraph);
        let length = all.len().saturating_sub(paragraph_end);
        Self {
            layout,
            lead: Span::new(start, lead_end),
            paragraph_end,
            early_end: paragraph_end + length / 2,
            bare: body.is_none() && layout.first(Zone::Headline).is_none(),
        }
    }

    /// The place of a byte of the decoded text.
    pub(super) fn at(&self, at: usize) -> Place {
        match self.layout.zone_at(at) {
            Zone::Headline => Place::Headline,
            Zone::Header if self.bare => Place::Lead,
            Zone::Header => Place::Header,
            Zone::Dateline => Place::Dateline,
            Zone::Boilerplate => Place::Boilerplate,
            Zone::Footer => Place::Footer,
            Zone::Lead => Place::Lead,
            Zone::Body if at < self.lead.end && at >= self.lead.start => Place::Lead,
            Zone::Body if at < self.paragraph_end => Place::LeadParagraph,
            Zone::Body if at < self.early_end => Place::Early,
            Zone::Body => Place::Late,
        }
    }
}

/// The length of the first sentence.
fn first_sentence(rest: &str) -> usize {
    rest.find(". ")
        .or_else(|| rest.find(".\n"))
        .or_else(|| rest.find('。'))
        .or_else(|| rest.find('\n'))
        .unwrap_or(rest.len())
}

/// The length up to the end of the paragraph: a blank line, or a line break where the text has no blank lines.
fn paragraph(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let breaks = || rest.match_indices('\n').map(|(at, _)| at);
    let blank = breaks().find_map(|at| {
        if bytes[at + 1..].starts_with(b"\n") {
            return Some(at);
        }
        let returns = bytes[at + 1..].starts_with(b"\r\n") && bytes[..at].ends_with(b"\r");
        returns.then(|| at - 1)
    });
    blank.or_else(|| breaks().next()).unwrap_or(rest.len())
}
