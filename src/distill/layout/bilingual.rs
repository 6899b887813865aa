//! The layout of a text and its language → the layout with the headline in that language, where two languages head the text.

use super::{Block, Layout, Zone};
use crate::{
    distill::{evidence::Span, language::language, text::Text},
    model::Lang,
};

/// By so much the line below the headline must be more of the document's language, as a share of the best language's votes.
const GAIN: f32 = 0.3;
/// A line with fewer votes says nothing: it has names alone.
const VOTES: f32 = 0.9;

/// So many votes at least show that the headline is in another language.
const ENOUGH: f32 = 1.4;
/// A headline has at least so many characters.
const LEAST: usize = 8;

/// Exchanges the headline with the line below it, where that one alone is in the language of the document.
pub fn in_language(mut layout: Layout, text: &Text, lang: &Lang) -> Layout {
    let Some((headline, beside)) = headlines(&layout, text) else {
        return layout;
    };
    let scripts = [headline, beside].map(|line| script(text.slice(line)));
    if scripts[0] != scripts[1] {
        let lead = layout
            .first(Zone::Lead)
            .map(|lead| script(text.slice(lead)));
        if lead == Some(scripts[1]) {
            exchange(&mut layout, headline, beside);
        }
        return layout;
    }
    let Some((theirs, votes)) = standing(text.slice(headline), lang) else {
        return layout;
    };
    if theirs > 1.0 - GAIN || votes < ENOUGH {
        return layout;
    }
    let better = match standing(text.slice(beside), lang) {
        Some((own, _)) => own >= theirs + GAIN,
        None => theirs < GAIN,
    };
    if better {
        exchange(&mut layout, headline, beside);
    }
    layout
}

/// The headline, and the line below it that stands before the lead.
fn headlines(layout: &Layout, text: &Text) -> Option<(Span, Span)> {
    let headline = layout.first(Zone::Headline)?;
    let below = text.slice(Span::new(headline.end, text.decoded.len()));
    let gap = below.len() - below.trim_start_matches(['*', '#', ' ']).trim_start().len();
    let start = headline.end + gap;
    let line = below.get(gap..)?.lines().next()?.trim_end();
    let beside = Span::new(start, start + line.len());
    // A date, an address and a greeting are in no language.
    let says = line.chars().count() >= LEAST
        && !line.contains(|c: char| c.is_numeric() || c == '@')
        && !line.ends_with([',', ':', '،', '，', '：']);
    let free = matches!(layout.zone_at(start), Zone::Body | Zone::Header);
    let lead = layout
        .first(Zone::Lead)
        .is_none_or(|l| beside.end <= l.start);
    (free && lead && says).then_some((headline, beside))
}

/// The script of most letters of a line, as the first code point of a range that holds it.
fn script(line: &str) -> u32 {
    const FIRST: [u32; 9] = [0, 0x370, 0x400, 0x590, 0x600, 0x900, 0xE00, 0x2E80, 0xAC00];
    let mut count = [0_usize; FIRST.len()];
    for c in line.chars().filter(|c| c.is_alphabetic()) {
        let after = FIRST.partition_point(|first| *first <= c as u32);
        // A wide character is worth a word's part.
        count[after - 1] += if after > 7 { 2 } else { 1 };
    }
    let most = (0..FIRST.len()).max_by_key(|&i| (count[i], FIRST.len() - i));
    most.map_or(0, |i| FIRST[i])
}

/// The votes for a language as a share of those for the best one, and these; `None` where too little speaks at all.
fn standing(line: &str, lang: &Lang) -> Option<(f32, f32)> {
    let found = language(&Text::new(line.to_owned()));
    let best = found.evidence.first()?.weight;
    let own = found.evidence.iter().find(|e| {
        let code = e.value.split('-').next().unwrap_or_default();
        code == lang.primary()
    });
    (best >= VOTES).then(|| (own.map_or(0.0, |own| own.weight / best), best))
}

/// Makes `beside` the headline, and of the headline a part of the header.
fn exchange(layout: &mut Layout, headline: Span, beside: Span) {
    let mut blocks = Vec::with_capacity(layout.blocks.len() + 2);
    for block in layout.blocks.drain(..) {
        let Block { zone, span } = block;
        if span == headline {
            blocks.push(Block {
                zone: Zone::Header,
                span,
            });
        } else if span.start <= beside.start && beside.end <= span.end {
            let parts = [
                (zone, Span::new(span.start, beside.start)),
                (Zone::Headline, beside),
                (zone, Span::new(beside.end, span.end)),
            ];
            let whole = parts.into_iter().filter(|(_, s)| s.start < s.end);
            blocks.extend(whole.map(|(zone, span)| Block { zone, span }));
        } else {
            blocks.push(block);
        }
    }
    layout.blocks = blocks;
}
