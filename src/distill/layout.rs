//! The zones of a text: which lines are header, headline, dateline, lead, body, boilerplate and footer.

mod bilingual;
pub(crate) mod cues;
mod dateline;
pub(crate) mod days;
mod head;
mod header;
mod headline;
pub(crate) mod lines;
mod signs;
mod tail;

pub use bilingual::in_language;

use super::{evidence::Span, sentences::sentences, text::Text, tokens::Token};

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
    layout_of(text, &text.tokens())
}

/// [`layout`] with the tokens of the text.
pub(crate) fn layout_of(text: &Text, tokens: &[Token<'_>]) -> Layout {
    let lines = lines::lines(text, tokens);
    let head = head::head(text, &lines);
    let tail = tail::tail(&lines, head.body);
    let mut blocks: Vec<Block> = Vec::new();
    let mut led = false;
    for (i, line) in lines.iter().enumerate() {
        let zone = if i < head.body || head.late.contains(&i) {
            Zone::Header
        } else {
            tail.get(i).copied().flatten().unwrap_or(Zone::Body)
        };
        if let Some(headline) = head
            .headline
            .filter(|h| h.start >= line.span.start && h.start < line.span.end)
        {
            if headline.start > line.span.start && zone == Zone::Header {
                push(
                    &mut blocks,
                    Zone::Header,
                    Span::new(line.span.start, headline.start),
                );
            }
            push(&mut blocks, Zone::Headline, headline);
            continue;
        }
        // Its last line may end in marks that are no part of it.
        if head
            .headline
            .is_some_and(|h| (h.start..h.end).contains(&line.span.start))
        {
            continue;
        }
        if zone != Zone::Body || led || i < head.lead {
            push(
                &mut blocks,
                if zone == Zone::Header && head.subtitle.contains(&i) {
                    Zone::Body
                } else {
                    zone
                },
                line.span,
            );
            continue;
        }
        led = true;
        let start = match dateline::dateline(text, line) {
            Some(end) => {
                push(&mut blocks, Zone::Dateline, Span::new(line.span.start, end));
                end
            }
            None => line.span.start + marker(line.raw),
        };
        if let Some(first) = sentences(text, Span::new(start, line.span.end)).next() {
            push(&mut blocks, Zone::Lead, first);
            let rest = Span::new(first.end, line.span.end);
            if !text.slice(rest).trim().is_empty() {
                push(&mut blocks, Zone::Body, rest);
            }
        }
    }
    Layout { blocks }
}

/// The bytes of the number that a paragraph begins with: `1. `.
fn marker(raw: &str) -> usize {
    let rest = raw.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = rest.trim_start_matches(['.', ')', ' ']);
    let numbered = rest.len() < raw.len() && rest.starts_with(['.', ')']);
    if numbered && raw.len() - rest.len() <= 2 {
        raw.len() - behind.len()
    } else {
        0
    }
}

/// Adds a block, or lengthens the last one of the same zone. Headline and lead stay as they are.
fn push(blocks: &mut Vec<Block>, zone: Zone, span: Span) {
    match blocks.last_mut() {
        Some(last)
            if last.zone == zone
                && !matches!(zone, Zone::Headline | Zone::Lead | Zone::Dateline) =>
        {
            last.span.end = span.end;
        }
        _ => blocks.push(Block { zone, span }),
    }
}

#[cfg(test)]
mod tests;
