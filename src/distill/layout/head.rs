//! Lines → where the header ends, which span is the headline, and where the lead is.

use super::{
    dateline::dateline,
    headline::choose,
    lines::Line,
    signs::{is_item, is_office},
};
use crate::distill::{evidence::Span, sentences::is_abbreviation, text::Text};

/// What stands before the body.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// The headline.
    pub(crate) headline: Option<Span>,
    /// The first line that is no header.
    pub(crate) body: usize,
    /// The line that holds the lead.
    pub(crate) lead: usize,
    /// Header lines that come after the first line of prose.
    pub(crate) late: Vec<usize>,
    /// Lines above the body that say something all the same: subtitles.
    pub(crate) subtitle: Vec<usize>,
}

/// Reads the lines from the top.
pub(crate) fn head(text: &Text, lines: &[Line<'_>]) -> Head {
    let prose = lines
        .iter()
        .position(|l| l.is_prose() && !is_shortened(l))
        .or_else(|| lines.iter().position(Line::is_prose))
        .or_else(|| unstopped(lines))
        .or_else(|| lines.iter().position(is_numbered_paragraph));
    let Some(mut body) = prose.map(|at| body_start(lines, at)) else {
        return without_prose(lines);
    };
    if let Some(end) = stopped(text, lines, body) {
        body = end;
    }
    // Highlights in bullets may stand between headline and lead.
    let lead = lines
        .iter()
        .enumerate()
        .skip(body)
        .find(|(at, l)| *at == body && !l.item || l.is_prose())
        .map_or(body, |(at, _)| at);
    let mut found = Head {
        body,
        lead,
        ..Head::default()
    };
    // A standfirst, then `From: …` and `Published …`, then the text.
    for (at, line) in lines.iter().enumerate().skip(lead + 1).take(5) {
        if line.is_header() && line.width < 90 && !line.item {
            found.late.push(at);
        } else {
            if line.is_prose() && !found.late.is_empty() {
                found.lead = at;
            }
            break;
        }
    }
    if found.lead == lead {
        found.late.clear();
    }
    choose(lines, &mut found);
    found
}

/// `Ceny w I kwartale: wzrost o 2 proc.` ends with an abbreviation and not as a sentence does.
pub(super) fn is_shortened(line: &Line<'_>) -> bool {
    let word = line.tokens.iter().rev().nth(1);
    line.opens
        && line.width < 90
        && line.raw.ends_with('.')
        && word.is_some_and(|t| is_abbreviation(t.text))
}

/// `1. The Council adopted …`: a paragraph with a number, where all paragraphs have one.
fn is_numbered_paragraph(line: &Line<'_>) -> bool {
    line.item
        && line.width > 90
        && line.ends_sentence()
        && line.raw.starts_with(|c: char| c.is_ascii_digit())
}

/// Where the first line of prose is a headline with a full stop, since the next paragraph begins with a dateline: the place of that.
fn stopped(text: &Text, lines: &[Line<'_>], body: usize) -> Option<usize> {
    let (line, next) = (lines.get(body)?, lines.get(body + 1)?);
    let short = line.opens && next.opens && line.width < 110 && next.width > line.width;
    (short && dateline(text, line).is_none() && next.is_prose() && dateline(text, next).is_some())
        .then_some(body + 1)
}

/// The first paragraph of a script that has no full stop, Thai or Lao: a line far longer than those above it.
fn unstopped(lines: &[Line<'_>]) -> Option<usize> {
    const LONG: usize = 56;
    let mut longest = 0;
    lines.iter().position(|line| {
        let long = line.width >= LONG.max(longest * 5 / 4)
            && !line.is_header()
            && line
                .raw
                .chars()
                .any(|c| matches!(c, '\u{E01}'..='\u{EDF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'));
        longest = longest.max(line.width);
        long
    })
}

/// Prose may begin above the first line that looks like it: a short first sentence, the key lines of a list.
fn body_start(lines: &[Line<'_>], prose: usize) -> usize {
    let first_item = lines[..prose].iter().position(is_item).unwrap_or(prose);
    if first_item > 0 && first_item < prose && !lines[..first_item].iter().all(Line::is_header) {
        if heads_below(&lines[..prose], first_item) {
            return prose;
        }
        // The line above a list introduces it, unless it is the headline.
        let above = &lines[first_item - 1];
        let introduces = above.raw.trim_end().ends_with([':', '：'])
            && (first_item > 1 || above.words() >= INTRODUCTION);
        return first_item - usize::from(introduces);
    }
    prose
}

/// Highlights in bullets may stand above the headline: whether only names of offices come before them, and a headline alone behind.
fn heads_below(top: &[Line<'_>], first_item: usize) -> bool {
    let (above, rest) = top.split_at(first_item);
    let says =
        |l: &Line<'_>| !(l.rule || l.is_header() || is_office(l)) && l.words() >= INTRODUCTION;
    let items = rest.iter().take_while(|l| is_item(l)).count();
    let below = &rest[items..];
    let alone = below.first().is_some_and(|l| l.opens && says(l)) && !below.iter().any(is_item);
    alone && !above.iter().any(says) && below.iter().skip(1).all(|l| !l.opens)
}

/// So many words of the first line introduce a list; fewer only head it.
const INTRODUCTION: usize = 5;

/// A text of short lines alone: a table, a list, a few words.
fn without_prose(lines: &[Line<'_>]) -> Head {
    let header = lines.iter().take_while(|l| l.is_header() || l.rule).count();
    let mut found = Head {
        body: header,
        lead: header,
        ..Head::default()
    };
    let Some(first) = lines.get(header) else {
        return found;
    };
    let stands = lines
        .get(header + 1)
        .is_some_and(|next| next.opens || next.item);
    if stands && !first.item && !first.ends_sentence() && first.words() >= 2 {
        found.headline = Some(first.span);
        found.body = header + 1;
        found.lead = header + 1;
    }
    found
}
