//! Lines → where the header ends, which span is the headline, and where the lead is.

use super::{
    cues::{Cue, cue, ends_with},
    lines::Line,
};
use crate::distill::{
    dates::lexicon,
    evidence::Span,
    tokens::{Kind, Token},
};

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
    let prose = lines
        .iter()
        .position(Line::is_prose)
        .or_else(|| unstopped(lines));
    let Some(body) = prose.map(|at| body_start(lines, at)) else {
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
        // The line above a list introduces it, unless it is the headline.
        let above = &lines[first_item - 1];
        let introduces = above.raw.trim_end().ends_with([':', '：'])
            && (first_item > 1 || above.words() >= INTRODUCTION);
        return first_item - usize::from(introduces);
    }
    prose
}

/// So many words of the first line introduce a list; fewer only head it.
const INTRODUCTION: usize = 5;

/// A bullet or a number, Chinese numbers too; no Markdown heading and no quotation.
fn is_item(line: &Line<'_>) -> bool {
    if line.raw.starts_with(['#', '>']) {
        return false;
    }
    let rest = line.raw.trim_start_matches(|c| {
        matches!(
            c,
            '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '０'..='９'
        )
    });
    line.item && !line.is_date_line()
        || rest.len() < line.raw.len() && rest.starts_with(['、', '．'])
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

/// Picks the headline among the lines above the body. A headline over several lines is rated as one.
fn choose(lines: &[Line<'_>], found: &mut Head) {
    let top = &lines[..found.body];
    let mut best: Option<(i32, usize, Span)> = None;
    let headers = Headers::of(top);
    let mut at = 0;
    while at < top.len() {
        let last = run(top, at);
        if let Some((score, span)) = rate(top, &headers, at, last)
            && best.is_none_or(|(most, ..)| score > most)
        {
            best = Some((score, last, span));
        }
        at = last + 1;
    }
    let stated = top.iter().find_map(subject);
    let weak = best.is_none_or(|(score, ..)| score < WEAK);
    if weak && stated.is_some() {
        found.headline = stated;
        return;
    }
    let Some((_, last, span)) = best.filter(|(score, last, _)| *score >= 0 || says(&top[*last]))
    else {
        return;
    };
    found.headline = Some(span);
    found.subtitle = (last + 1..found.body)
        .filter(|&i| !top[i].rule && !top[i].is_header() && !is_salutation(&top[i]))
        .collect();
}

/// Whether a line that scores low is a headline all the same: no name of an office, no mark of place and kind such as `عدن – خاص`.
fn says(line: &Line<'_>) -> bool {
    let small = [Cue::Small, Cue::Article, Cue::Open];
    let mut cased = line.tokens.iter().filter(|t| lexicon::cased(t)).peekable();
    let named = match cased.peek() {
        Some(_) => cased.all(|t| {
            let alone = std::slice::from_ref(t);
            line.begins_upper(t) || small.iter().any(|kind| cue(alone, 0, *kind).is_some())
        }),
        None => line.words() <= 4,
    };
    let dashed = |t: &Token<'_>| matches!(t.text, "–" | "—" | "-" | "/");
    let place = line.words() <= 3 && line.tokens.iter().any(dashed);
    !(place || named && is_office(line))
}

/// A line below this score is no headline where a `Subject:` is given.
const WEAK: i32 = -1;

/// The last line of what begins at `first` and runs on.
fn run(top: &[Line<'_>], first: usize) -> usize {
    let mut last = first;
    if top[first].rule || top[first].is_header() {
        return last;
    }
    while let Some(next) = top.get(last + 1) {
        if next.rule
            || next.opens
            || is_item(next)
            || next.is_header() && !is_numbered(next)
            || is_salutation(next)
            || !goes_on(&top[last], next)
        {
            break;
        }
        last += 1;
    }
    last
}

/// `（第2報）` on a line of its own goes with the headline above.
fn is_numbered(line: &Line<'_>) -> bool {
    line.raw.starts_with(['（', '(']) && line.width < 20 && !line.is_date_line()
}

/// The name of an office and nothing else.
fn is_office(line: &Line<'_>) -> bool {
    let says = line
        .raw
        .contains([':', '：', '?', '？', '«', '“', '„', '"', '「']);
    line.words() <= 8
        && !says
        && (cue(&line.tokens, 0, Cue::Issuer).is_some()
            || cue(&line.tokens, 0, Cue::Office).is_some()
            || line.words() <= 7 && ends_with(&line.tokens, Cue::Office))
}

/// "Dear colleagues," alone on its line.
fn is_salutation(line: &Line<'_>) -> bool {
    let closed = line
        .raw
        .ends_with([',', '!', ':', '，', '：', '！', '،', '、']);
    cue(&line.tokens, 0, Cue::Salutation).is_some_and(|n| {
        line.words() <= 10 && (closed || n == line.tokens.len() || line.words() <= 4)
    })
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

/// Where header lines stand above the body.
struct Headers {
    /// For each line, how many its paragraph has.
    in_paragraph: Vec<usize>,
    last: Option<usize>,
}

impl Headers {
    fn of(top: &[Line<'_>]) -> Self {
        let mut in_paragraph = Vec::with_capacity(top.len());
        while let Some(rest) = top.get(in_paragraph.len()..).filter(|r| !r.is_empty()) {
            let length = 1 + rest.iter().skip(1).take_while(|l| !l.opens).count();
            let count = rest.iter().take(length).filter(|l| l.is_header()).count();
            in_paragraph.resize(in_paragraph.len() + length, count);
        }
        Self {
            in_paragraph,
            last: top.iter().rposition(Line::is_header),
        }
    }

    /// Whether one stands in the paragraph of `at`, beside the lines `at..=last`.
    fn beside(&self, top: &[Line<'_>], at: usize, last: usize) -> bool {
        let own = (at..=last)
            .take_while(|&i| i == at || !top[i].opens)
            .filter(|&i| top[i].is_header());
        self.in_paragraph[at] > own.count()
    }
}

/// What marks a heading in Markdown and in mails.
const MARKS: [char; 5] = ['#', '*', '=', '_', ' '];

/// How much the lines `at..=last` look like the headline; the span is without marks and without "COMMUNIQUÉ DE PRESSE:".
fn rate(top: &[Line<'_>], headers: &Headers, at: usize, last: usize) -> Option<(i32, Span)> {
    let (line, below) = (&top[at], &top[last]);
    let words: usize = top[at..=last].iter().map(Line::words).sum();
    if line.rule || is_item(line) || is_salutation(line) || words < 2 && line.width < 12 {
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
        if line.key().is_some() || words < 7 {
            return None;
        }
        score -= 6;
    }
    let marked = line.raw.trim_start_matches(MARKS);
    if marked.len() < line.raw.len() && start == line.span.start {
        start += line.raw.len() - marked.len();
        // Bold or a heading; `*emphasis*` is for what stands below.
        let heading = line.raw.starts_with('#') || line.raw.starts_with("**");
        score += if heading { 2 } else { -1 };
    }
    let kept = below.raw.trim_end_matches(MARKS).len();
    let end = (below.span.start + kept).max(start);
    let beside_header = headers.beside(top, at, last);
    let header_after = headers.last.is_some_and(|header| header > last);
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
    if top.get(last + 1).is_some_and(|l| l.rule) {
        score += 1;
    }
    // Offices are named first; below "PRESS RELEASE", "Council approves plan" is what it says.
    let offices = top[at..=last].iter().filter(|l| is_office(l)).count();
    if offices > 0 {
        let labelled = line.opens && top[..at].iter().any(Line::is_header);
        let all = offices > last - at && last > at;
        score -= if labelled && !all { 1 } else { 3 };
    }
    if line.capitals() {
        score += match words {
            0..=5 => -2,
            _ if header_after => -1,
            _ => 1,
        };
    }
    score += match words {
        0..=2 => -2,
        3 => -1,
        4 => 0,
        _ => 1,
    };
    if below.raw.ends_with([',', ';']) {
        score -= 2;
    }
    // "Please find below our news." says something, but heads nothing.
    if below.raw.ends_with(['.', '。']) {
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
    let first = |l: &Line<'_>| l.tokens.first().map(|t| t.kind);
    if first(line) == Some(Kind::Glyph) && line.tokens.len() > 4 {
        // A subtitle stands behind a dash, in brackets of its own, or in another script.
        return next.width < 80
            && !is_office(next)
            && !is_office(line)
            && !line.raw.ends_with(['。', '！', '!', '？', '?'])
            && matches!(first(next), Some(Kind::Glyph | Kind::Number))
            || is_numbered(next);
    }
    let open = line
        .raw
        .ends_with([',', '-', '–', '—', ':', '«', '“', '、', '，'])
        || [Cue::Small, Cue::Article, Cue::Open]
            .iter()
            .any(|kind| ends_with(&line.tokens, *kind));
    // A line that begins with a preposition goes on, in a script without small letters too.
    let small = next.raw.chars().next().is_some_and(char::is_lowercase)
        || !next.raw.chars().any(char::is_uppercase) && cue(&next.tokens, 0, Cue::Small).is_some();
    // `Minister Opens New\nHarbour in the North`: a short line of capitalised words, and more of them.
    let titled =
        line.width < NARROW && is_titled(line) && next.width < 2 * NARROW && is_titled(next);
    (open || small || titled) && next.width < 160
}

/// A line that a headline in capitalised words does not end with.
const NARROW: usize = 40;

/// Whether each long word begins with a capital, and three do at least.
fn is_titled(line: &Line<'_>) -> bool {
    let long = |w: &&str| w.chars().nth(3).is_some();
    let words = line.raw.split(' ').filter(long);
    words.clone().count() >= 3 && words.clone().all(|w| w.starts_with(char::is_uppercase))
}
