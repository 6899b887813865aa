//! Lines → where the header ends, which span is the headline, and where the lead is.

use super::{
    cues::{Cue, cue},
    lines::Line,
};
use crate::distill::evidence::Span;

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
pub(crate) fn head(lines: &[Line<'_>]) -> Head {
    let Some(body) = lines
        .iter()
        .position(Line::is_prose)
        .map(|at| body_start(lines, at))
    else {
        return without_prose(lines);
    };
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

/// Prose may begin above the first line that looks like it: a short first sentence, the key lines of a list.
fn body_start(lines: &[Line<'_>], prose: usize) -> usize {
    let first_item = lines[..prose]
        .iter()
        .position(|l| l.item && !l.raw.starts_with(['#', '>']))
        .unwrap_or(prose);
    if first_item > 0 && first_item < prose && !lines[..first_item].iter().all(Line::is_header) {
        // The line above a list introduces it, unless it is the headline.
        let above = first_item - 1;
        return if above > 0 && lines[above].raw.trim_end().ends_with([':', '：']) {
            above
        } else {
            first_item
        };
    }
    prose
}

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

/// Picks the headline among the lines above the body.
fn choose(lines: &[Line<'_>], found: &mut Head) {
    let top = &lines[..found.body];
    let mut best: Option<(i32, usize, Span)> = None;
    for (at, line) in top.iter().enumerate() {
        let Some((score, span)) = rate(top, at, line) else {
            continue;
        };
        if best.is_none_or(|(most, ..)| score > most) {
            best = Some((score, at, span));
        }
    }
    let Some((_, at, span)) = best else {
        found.headline = top.iter().find_map(subject);
        return;
    };
    let mut end = span.end;
    let mut last = at;
    while let Some(next) = top.get(last + 1) {
        if next.rule || next.opens || next.item || next.is_header() || !goes_on(&lines[last], next)
        {
            break;
        }
        end = next.span.end;
        last += 1;
    }
    found.headline = Some(Span::new(span.start, end));
    found.subtitle = (last + 1..found.body)
        .filter(|&i| !top[i].rule && !top[i].is_header())
        .collect();
}

/// The value of a mail's `Subject:`, the headline where there is no other.
fn subject(line: &Line<'_>) -> Option<Span> {
    let n = line.key()?;
    cue(&line.tokens, 0, Cue::Subject)?;
    let colon = line.raw.find([':', '：'])?;
    let after = line
        .raw
        .get(colon..)?
        .trim_start_matches([':', '：', ' ', '\u{A0}', '\t']);
    (line.tokens.len() > n + 1).then(|| Span::new(line.span.end - after.len(), line.span.end))
}

/// How much a line looks like the headline; the span is without marks and without "COMMUNIQUÉ DE PRESSE:".
fn rate(top: &[Line<'_>], at: usize, line: &Line<'_>) -> Option<(i32, Span)> {
    if line.rule
        || line.item && !line.raw.starts_with(['#', '*'])
        || line.words() < 2 && line.width < 12
    {
        return None;
    }
    let mut start = line.span.start;
    let mut score = 0;
    if let Some(n) = line.release() {
        line.tokens.get(n)?;
        let from = line
            .raw
            .char_indices()
            .find(|(i, _)| *i > 0 && folded_words(line, *i) >= n)
            .map(|(i, _)| i)?;
        start += from;
        score -= 1;
    } else if line.is_header() {
        // A line such as "Report of the summit of 5 May 2026" is the headline where there is no other.
        if line.key().is_some() || line.words() < 7 {
            return None;
        }
        score -= 6;
    }
    let marked = line.raw.trim_start_matches(['#', '*', '=', ' ']);
    if marked.len() < line.raw.len() && start == line.span.start {
        start += line.raw.len() - marked.len();
        score += 1;
    }
    let end_mark = line.raw.trim_end_matches(['#', '*', '=', ' ']).len();
    let end = line.span.start + end_mark.max(start - line.span.start);
    let same_paragraph = |i: usize| {
        let (low, high) = (i.min(at), i.max(at));
        (low + 1..=high).all(|j| !top[j].opens)
    };
    let beside_header = top
        .iter()
        .enumerate()
        .any(|(i, l)| i != at && same_paragraph(i) && l.is_header());
    let header_after = top.iter().enumerate().any(|(i, l)| i > at && l.is_header());
    let follows_rule = top.get(at + 1).is_some_and(|l| l.rule);
    if line.opens {
        score += 1;
    }
    if beside_header {
        score -= 3;
        if !header_after {
            score += 1;
        }
    }
    if header_after {
        score -= 1;
    }
    if follows_rule {
        score += 1;
    }
    if cue(&line.tokens, 0, Cue::Issuer).is_some() && line.words() <= 8 {
        score -= 3;
    }
    if line.capitals() && line.words() <= 5 {
        score -= 2;
    }
    score += match line.words() {
        0..=2 => -2,
        3 => -1,
        4 => 0,
        _ => 1,
    };
    if line.raw.ends_with([',', ';']) {
        score -= 2;
    }
    // "Please find below our news." says something, but heads nothing.
    if line.raw.ends_with(['.', '。']) {
        score -= 4;
    }
    Some((score, Span::new(start, end)))
}

/// The number of tokens of a line that begin before byte `at` of it.
fn folded_words(line: &Line<'_>, at: usize) -> usize {
    let before = line.raw.get(..at).unwrap_or_default();
    if before.ends_with(char::is_alphanumeric) {
        return 0;
    }
    if !line.raw.get(at..).is_some_and(|r| {
        r.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '«' | '"' | '“'))
    }) {
        return 0;
    }
    let folded = crate::distill::text::Text::new(before.to_owned()).folded;
    crate::distill::tokens::tokens(&folded).len()
}

/// Whether a headline runs on to the next line: the same capitals, an open end, or a small first letter.
fn goes_on(line: &Line<'_>, next: &Line<'_>) -> bool {
    if line.capitals() || next.capitals() {
        return line.capitals() && next.capitals();
    }
    let open = line
        .raw
        .ends_with([',', '-', '–', '—', ':', '«', '“', '、', '，'])
        || line
            .tokens
            .last()
            .is_some_and(|_| cue(&line.tokens, line.tokens.len() - 1, Cue::Small).is_some());
    // A line that begins with a preposition goes on, in a script without small letters too.
    let small = next.raw.chars().next().is_some_and(char::is_lowercase)
        || !next.raw.chars().any(char::is_uppercase) && cue(&next.tokens, 0, Cue::Small).is_some();
    (open || small) && next.width < 160
}
