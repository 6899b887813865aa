//! The lines above the body → which of them are the headline, and which the subtitle.

use super::{
    cues::{Cue, cue, ends_with},
    head::{Head, is_shortened},
    lines::{Line, is_framed},
    signs::{is_bracketed, is_item, is_office, is_path, is_salutation, is_slug, says},
    tail::contacts_end,
};
use crate::distill::{evidence::Span, text::Text, tokens::Kind};

/// Picks the headline among the lines above the body. A headline over several lines is rated as one.
pub(crate) fn choose(lines: &[Line<'_>], found: &mut Head) {
    let top = &lines[..found.body];
    let mut best: Option<(i32, usize, Span)> = None;
    let headers = Headers::of(top);
    let mut at = 0;
    while at < top.len() {
        let last = run(top, at);
        if let Some((score, span)) = rate(top, &headers, at, last)
            && (score >= 0 || says(&top[last]))
            && best.is_none_or(|(most, ..)| score > most)
        {
            best = Some((score, last, span));
        }
        at = last + 1;
    }
    let stated = top
        .iter()
        .enumerate()
        .find_map(|(at, l)| Some((at, subject(l)?)))
        .map(|(at, first)| (at, folded(top, at, first)));
    // What stands above "Subject:" names who writes; below it, the text may have a headline of its own.
    if let Some((place, stated)) = stated
        && best.is_none_or(|(score, last, _)| score < WEAK || last < place)
    {
        found.headline = Some(stated);
        return;
    }
    let Some((_, last, span)) = best else {
        return;
    };
    found.headline = Some(span);
    found.subtitle = (last + 1..found.body)
        .filter(|&i| !top[i].rule && !top[i].is_header() && !is_salutation(&top[i]))
        .collect();
}

/// A line below this score is no headline where a `Subject:` is given.
const WEAK: i32 = -1;

/// The last line of what begins at `first` and runs on.
fn run(top: &[Line<'_>], first: usize) -> usize {
    let mut last = first;
    if top[first].rule || top[first].is_header() || is_slug(&top[first]) {
        return last;
    }
    while let Some(next) = top.get(last + 1) {
        if next.rule
            || next.opens
            || is_item(next)
            || next.is_header() && !is_numbered(next)
            || is_salutation(next)
            || is_path(next)
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

/// The value of a mail's `Subject:`, the headline where there is no other; without `Fwd:` and `[tags]`.
fn subject(line: &Line<'_>) -> Option<Span> {
    let n = line.key()?;
    cue(line.tokens, 0, Cue::Subject)?;
    line.tokens.get(n)?;
    let mut value = match line
        .raw
        .split_once('\t')
        .or_else(|| line.raw.split_once("  "))
    {
        Some((_, value)) if line.column().is_some() => value.trim_start(),
        _ => line.raw.split_once([':', '：'])?.1.trim_start(),
    };
    while let Some((mark, rest)) = value.split_once([':', '：'])
        && is_reply(mark)
    {
        value = rest.trim_start();
    }
    let value = &value[label(value)..];
    (!value.is_empty()).then(|| Span::new(line.span.end - value.len(), line.span.end))
}

/// `Fwd`, `AW`, `转发`: what a mail program puts before a subject.
fn is_reply(mark: &str) -> bool {
    let lower = mark.trim().to_lowercase();
    let all = crate::distill::tokens::tokens(&lower);
    !all.is_empty() && cue(&all, 0, Cue::Reply) == Some(all.len())
}

/// A subject over several lines, as mail programs fold it: up to an empty line or another header.
fn folded(top: &[Line<'_>], at: usize, first: Span) -> Span {
    let rest = top.iter().skip(at + 1);
    let more = rest.take_while(|l| !(l.opens || l.rule || l.item || l.is_header()));
    let more = more.take(FOLDS).map(|l| l.span.end);
    Span::new(first.start, more.last().unwrap_or(first.end))
}

/// A subject has so many more lines at most.
const FOLDS: usize = 2;

/// Where header lines stand above the body.
struct Headers {
    /// For each line, whether it belongs to a block of contacts.
    contacts: Vec<bool>,
    /// For each line, how many its paragraph has.
    in_paragraph: Vec<usize>,
    last: Option<usize>,
}

impl Headers {
    fn of(top: &[Line<'_>]) -> Self {
        let mut in_paragraph = Vec::with_capacity(top.len());
        let mut contacts = Vec::with_capacity(top.len());
        while let Some(rest) = top.get(in_paragraph.len()..).filter(|r| !r.is_empty()) {
            let length = 1 + rest.iter().skip(1).take_while(|l| !l.opens).count();
            let count = rest.iter().take(length).filter(|l| l.is_header()).count();
            in_paragraph.resize(in_paragraph.len() + length, count);
            let reached = contacts_end(&rest[..length.min(rest.len())]);
            contacts.extend((0..length).map(|i| i < reached));
        }
        Self {
            contacts,
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
    if line.rule
        || is_item(line)
        || is_salutation(line)
        || is_path(line)
        || is_slug(line)
        || is_framed(line.raw)
        || is_bracketed(line)
        || headers.contacts[at]
        || words < 2 && line.width < 12
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
    if start == line.span.start {
        start += label(line.raw);
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
    if below.raw.ends_with(['.', '。']) && !is_shortened(below) {
        score -= 4;
    }
    Some((score, Span::new(start, end)))
}

/// The bytes of `(ANX)` or `【国际】` before a headline.
fn label(raw: &str) -> usize {
    const LONGEST: usize = 10;
    let mut chars = raw.chars();
    let close = match chars.next() {
        Some('【') => '】',
        Some('[') => ']',
        Some('(') => ')',
        _ => return 0,
    };
    let Some((inside, rest)) = raw.split_once(close) else {
        return 0;
    };
    let inside = &inside[raw.len() - chars.as_str().len()..];
    let shouted = inside.chars().all(char::is_uppercase);
    let short = inside.chars().count() <= LONGEST && (close != ')' || shouted);
    let kept = rest.trim_start_matches([' ', '\u{3000}', '-', '–']);
    if short && kept.chars().count() > LONGEST {
        raw.len() - kept.len()
    } else {
        0
    }
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
    let folded = Text::new(before.to_owned()).folded;
    crate::distill::tokens::tokens(&folded).len()
}

/// Whether a headline runs on to the next line: the same capitals, an open end, or a small first letter.
fn goes_on(line: &Line<'_>, next: &Line<'_>) -> bool {
    if line.capitals() || next.capitals() {
        return line.capitals() && next.capitals();
    }
    if first_kind(line) == Some(Kind::Glyph) && line.tokens.len() > 4 {
        // A subtitle stands behind a dash, in brackets of its own, or in another script.
        return next.width < 80
            && !is_office(next)
            && !is_office(line)
            && !line.raw.ends_with(['。', '！', '!', '？', '?'])
            && matches!(first_kind(next), Some(Kind::Glyph | Kind::Number))
            || is_numbered(next);
    }
    let open = line
        .raw
        .ends_with([',', '-', '–', '—', ':', '«', '“', '、', '，'])
        || [Cue::Small, Cue::Article, Cue::Open]
            .iter()
            .any(|kind| ends_with(line.tokens, *kind));
    // A line that begins with a preposition goes on, in a script without small letters too.
    let small = next.raw.chars().next().is_some_and(char::is_lowercase)
        || !next.raw.chars().any(char::is_uppercase) && cue(next.tokens, 0, Cue::Small).is_some();
    // `Minister Opens New\nHarbour in the North`: a short line of capitalised words, and more of them.
    let joins = [Cue::Small, Cue::Open]
        .iter()
        .any(|kind| cue(next.tokens, 0, *kind).is_some());
    let titled = (line.width < NARROW || joins)
        && is_titled(line)
        && next.width < 2 * NARROW
        && is_titled(next);
    (open || small || titled) && next.width < 160
}

fn first_kind(line: &Line<'_>) -> Option<Kind> {
    line.tokens.first().map(|t| t.kind)
}

/// A line that a headline in capitalised words does not end with.
const NARROW: usize = 40;

/// Whether each long word begins with a capital, and three do at least.
fn is_titled(line: &Line<'_>) -> bool {
    let long = |w: &&str| w.chars().nth(3).is_some();
    let words = line.raw.split(' ').filter(long);
    words.clone().count() >= 3 && words.clone().all(|w| w.starts_with(char::is_uppercase))
}
