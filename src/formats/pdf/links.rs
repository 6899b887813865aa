//! The links that lie over a page → marks in its text, and a text with marks → runs that lead somewhere. Addresses that lead into the file are none.

use hayro_interpret::{
    hayro_syntax::{
        object::{Array, Dict, Name, Rect as Place, String as Bytes},
        page::Page,
    },
    kurbo::{Affine, Rect},
};

use crate::formats::block::{self, Run};

/// Links of a page that are read.
const LINKS: usize = 200;
/// The private characters that open links, one for each address; no text that people read has them.
const FIRST: u32 = 0xF_0000;
const CLOSE: char = '\u{FFFFD}';

/// Where a page leads, and from which part of it, in points from its top left corner.
pub(super) fn of_page(page: &Page<'_>, from: Affine) -> Vec<(Rect, String)> {
    let Some(all) = page.raw().get::<Array<'_>>("Annots") else {
        return Vec::new();
    };
    let link = |note: Dict<'_>| {
        if &*note.get::<Name<'_>>("Subtype")? != b"Link" {
            return None;
        }
        let address = note.get::<Dict<'_>>("A")?.get::<Bytes<'_>>("URI")?;
        let address = std::str::from_utf8(address.as_bytes()).ok()?.to_owned();
        let place = note.get::<Place>("Rect")?;
        let place = Rect::new(place.x0, place.y0, place.x1, place.y1).abs();
        Some((from.transform_rect_bbox(place), address))
    };
    all.iter::<Dict<'_>>()
        .take(LINKS)
        .filter_map(link)
        .collect()
}

/// What opens a link to the address of this number.
pub(super) fn opening(address: usize) -> Option<char> {
    let mark = FIRST + u32::try_from(address).ok()?;
    char::from_u32(mark).filter(|c| *c < CLOSE)
}

/// What closes a link.
pub(super) fn closing() -> char {
    CLOSE
}

/// Whether a character marks where a link begins or ends.
pub(super) fn is_mark(c: char) -> bool {
    c as u32 >= FIRST && c <= CLOSE
}

/// Takes the marks between two parts of a link away, where `next` goes on with the link that ends `text`.
pub(super) fn mended<'a>(text: &mut String, next: &'a str) -> &'a str {
    let opened = text.chars().rev().find(|c| is_mark(*c) && *c != CLOSE);
    let Some(rest) = opened.and_then(|mark| next.strip_prefix(mark)) else {
        return next;
    };
    if text.ends_with(CLOSE) {
        text.pop();
        return rest;
    }
    next
}

/// A text with marks as one paragraph of Markdown.
pub(super) fn markdown(text: &str, addresses: &[String]) -> String {
    if !text.contains(is_mark) {
        return block::plain(text);
    }
    let mut runs: Vec<Run> = vec![Run::default()];
    for c in text.chars() {
        if is_mark(c) {
            let address = usize::try_from((c as u32).saturating_sub(FIRST)).ok();
            let link = address
                .filter(|_| c != CLOSE)
                .and_then(|n| addresses.get(n));
            runs.push(Run {
                link: link.cloned(),
                ..Run::default()
            });
        } else if let Some(run) = runs.last_mut() {
            run.text.push(if c.is_whitespace() { ' ' } else { c });
        }
    }
    block::emphasised(&runs)
}
