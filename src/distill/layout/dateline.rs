//! The first paragraph of the body → the byte after its dateline, where it begins with one.

use super::{
    cues::{Cue, cue},
    days::date_tokens,
    lines::Line,
};
use crate::distill::{
    dates::lexicon,
    sentences::is_abbreviation,
    text::Text,
    tokens::{Gap, Kind, Token},
};

/// Columns within which a dateline ends.
const LONGEST: usize = 110;

/// A place in a script without spaces has so many characters at most.
const GLYPHS: usize = 10;

/// The end of the dateline of a paragraph, in bytes of the decoded text: after the dash, the stop or 电.
pub(crate) fn dateline(text: &Text, line: &Line<'_>) -> Option<usize> {
    let all = &line.tokens;
    let base = all.first()?.start();
    let mut best = None;
    for (i, t) in all.iter().enumerate() {
        if t.start() - base > LONGEST {
            break;
        }
        let next = all.get(i + 1);
        let dash = matches!(t.text, "-" | "–" | "—" | "―" | "‒" | "−" | "_")
            && (t.gap >= Gap::Space || i > 0 && (all[i - 1].kind == Kind::Punct))
            && next.is_some_and(|n| n.gap >= Gap::Space || matches!(n.text, "-" | "—"));
        let wire = matches!(t.text, "电" | "電" | "讯" | "訊")
            && i > 0
            && next.is_some_and(|n| n.gap >= Gap::Space || matches!(n.text, "(" | ")" | ","))
            || t.is("】")
            || t.is("]") && i < 14 && line.raw.starts_with('[');
        let stop = (t.is(".") || t.is(":") || t.is("。"))
            && t.gap == Gap::None
            && next.is_some_and(|n| {
                n.gap >= Gap::Space && n.kind != Kind::Number || n.is("-") || n.is("—") || n.is("–")
            });
        let paren =
            t.is(")") && line.raw.starts_with('(') && next.is_some_and(|n| n.gap >= Gap::Space);
        // `(부산=연합뉴스) 해양…`
        let sourced = paren && i < 12 && all[..i].iter().any(|t| t.is("="));
        // `أبوظبي في 18 مايو / وام / أطلقت`
        let slashes = t.is("/") && next.is_some_and(|n| n.gap >= Gap::Space) && signed(&all[..i]);
        // `(서울=연합뉴스) 홍길동 기자 =`, and `मुंबई, 4 मार्च (भाषा)` without a dash.
        let sign = t.is("=") && line.raw.starts_with(['(', '[']) && closed_before(all, i);
        let agency = t.is(")")
            && !line.raw.starts_with('(')
            && next.is_some_and(|n| n.gap >= Gap::Space && n.kind == Kind::Word);
        let prefix = &all[..i];
        // `STOCKHOLM (TT) Regeringen`
        let shouting = t.is(")") && i < 8 && shouted_with_agency(text, prefix);
        // `（香港訊）`
        let closed = line.raw.starts_with(['(', '（'])
            && i < 14
            && matches!(t.text, "电" | "電" | "讯" | "訊")
            && next.is_some_and(|n| n.is(")"));
        let fits = closed
            || sourced
            || slashes && date_tokens(prefix).is_some() && placelike(text, prefix, line, 9)
            || wire && (date_tokens(prefix).is_some() || bracketed_day(prefix))
            || sign && i < 20
            || agency
                && (shouting || date_tokens(prefix).is_some())
                && begins_sentence(text, next)
                && all.get(..=i).is_some_and(|p| placelike(text, p, line, 6))
            || t.is("】") && i < 12
            || dash && begins_sentence(text, next) && placelike(text, prefix, line, 9)
            || stop
                && !prefix.is_empty()
                && (date_tokens(prefix).is_some()
                    && placelike(text, prefix, line, 9)
                    && begins_sentence(text, next)
                    || t.is(".") && (shouted(text, prefix) || alone(text, prefix, next)))
            || paren && date_tokens(prefix).is_some() && i < 12;
        if fits {
            // The delimiter may have several characters: `.-`, `/. —`, `--`.
            let mut last = i;
            while all
                .get(last + 1)
                .is_some_and(|n| matches!(n.text, "-" | "–" | "—" | "/" | ".") || wire && n.is(")"))
            {
                last += 1;
            }
            if wire {
                last = past_reporter(all, last);
            }
            best = Some(last);
        }
    }
    best.map(|last| past_agency(text, all, last))
        .map(|last| text.original(all[last].start(), all[last].end()).end)
        .filter(|&end| end < line.span.end)
}

/// Whether an agency of one or two words stands behind a slash at the end of a prefix.
fn signed(prefix: &[Token<'_>]) -> bool {
    let behind = prefix.iter().rev().position(|t| t.is("/"));
    behind.is_some_and(|n| (1..=2).contains(&n))
}

/// `, 3 сен – ИА «Север».`: the stop behind an agency, where nothing but its name stands between `at` and that.
fn past_agency(text: &Text, all: &[Token<'_>], at: usize) -> usize {
    let rest = all.get(at + 1..).unwrap_or_default();
    let Some(stop) = rest.iter().take(8).position(|t| t.is(".")) else {
        return at;
    };
    let name = &rest[..stop];
    let words = name.iter().filter(|t| t.kind == Kind::Word);
    let named = (1..=4).contains(&words.clone().count())
        && name.iter().all(|t| match t.kind {
            Kind::Word => lexicon::cased(t) && upper(text, t),
            Kind::Punct => matches!(t.text, "«" | "»" | "\"" | "“" | "”" | "-"),
            Kind::Number | Kind::Glyph => false,
        });
    let shouted = words.clone().any(|t| {
        let written = original(text, t);
        written.chars().nth(1).is_some() && written.chars().all(char::is_uppercase)
    });
    let follows = rest
        .get(stop + 1)
        .is_some_and(|n| n.gap >= Gap::Space && n.kind == Kind::Word);
    if named && shouted && follows && begins_sentence(text, rest.get(stop + 1)) {
        at + 1 + stop
    } else {
        at
    }
}

/// Whether a bracket is closed before `at`.
fn closed_before(all: &[Token<'_>], at: usize) -> bool {
    all.iter().take(at).any(|t| t.is(")") || t.is("]"))
}

/// `（中央社記者林一葦澎湖2日`: an opened bracket, and a day of the month without its month.
fn bracketed_day(prefix: &[Token<'_>]) -> bool {
    prefix.first().is_some_and(|t| t.is("("))
        && prefix
            .windows(2)
            .any(|w| w[0].kind == Kind::Number && w[0].text.len() <= 2 && w[1].is("日"))
}

/// `电（记者 周一苇）`: the last token of the brackets that name the reporter, where some follow `at`.
fn past_reporter(all: &[Token<'_>], at: usize) -> usize {
    let named = all.get(at + 1).is_some_and(|t| t.is("("))
        && all
            .get(at + 2)
            .is_some_and(|t| matches!(t.text, "记" | "記"))
        && all.get(at + 3).is_some_and(|t| matches!(t.text, "者"));
    let close = all.iter().skip(at).take(24).position(|t| t.is(")"));
    close.filter(|_| named).map_or(at, |n| at + n)
}

fn original<'t>(text: &'t Text, token: &Token<'_>) -> &'t str {
    text.slice(text.original(token.start(), token.end()))
}

fn upper(text: &Text, token: &Token<'_>) -> bool {
    original(text, token)
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
}

/// After a dateline, a sentence begins: with a capital, a figure, a quote, or in a script without case.
fn begins_sentence(text: &Text, next: Option<&Token<'_>>) -> bool {
    next.is_some_and(|n| n.kind != Kind::Word || upper(text, n))
}

/// One or two words in capitals, alone: `ТАШКЕНТ.`
fn shouted(text: &Text, prefix: &[Token<'_>]) -> bool {
    prefix.len() <= 4
        && prefix.iter().all(|t| {
            t.is("-")
                || lexicon::cased(t)
                    && t.text.chars().count() > 2
                    && original(text, t)
                        .chars()
                        .all(|c| c.is_uppercase() || !c.is_alphabetic())
        })
}

/// A place and an agency, both in capitals: `STOCKHOLM (TT`.
fn shouted_with_agency(text: &Text, prefix: &[Token<'_>]) -> bool {
    let open = prefix.iter().position(|t| t.is("("));
    open.is_some_and(|at| {
        let (place, agency) = (&prefix[..at], &prefix[at + 1..]);
        let sign = agency
            .iter()
            .all(|t| t.kind == Kind::Word && original(text, t).chars().all(char::is_uppercase));
        !place.is_empty() && !agency.is_empty() && sign && shouted(text, place)
    })
}

/// `Lausanne. The court …`: one word with a capital that is no abbreviation. A sentence of one word is no lead either.
fn alone(text: &Text, prefix: &[Token<'_>], next: Option<&Token<'_>>) -> bool {
    let (place, state) = match prefix {
        [place] => (place, None),
        [place, slash, state] if slash.is("/") => (place, Some(state)),
        _ => return false,
    };
    // `Santarém/PA. A Polícia …`
    let stated = |t: &Token<'_>| {
        let written = original(text, t);
        written.chars().count() == 2 && written.chars().all(char::is_uppercase)
    };
    if !state.is_none_or(stated) {
        return false;
    }
    place.kind == Kind::Word
        && lexicon::cased(place)
        && place.text.chars().count() > 3
        && upper(text, place)
        && !is_abbreviation(place.text)
        && begins_sentence(text, next)
}

/// Capitalised words, figures, names of months and days, an agency in parentheses; no verb, no article.
fn placelike(text: &Text, prefix: &[Token<'_>], line: &Line<'_>, most: usize) -> bool {
    let Some(first) = prefix.first() else {
        return false;
    };
    let dated = date_tokens(prefix).is_some();
    let mut words = 0;
    let mut depth = 0;
    let mut agency = false;
    for (i, t) in prefix.iter().enumerate() {
        match t.text {
            "(" | "[" => depth += 1,
            ")" | "]" => {
                depth -= 1;
                agency = true;
            }
            "/" => agency = true,
            // An agency may be in quotation marks, between slashes or brackets.
            "?" | "!" | "\"" | "«" | "“" | "„" | ";" if depth == 0 && !agency => return false,
            _ => {}
        }
        if depth > 0 || t.kind == Kind::Punct || t.kind == Kind::Number {
            continue;
        }
        // `KOMPAS.com`: what follows the stop is no word of its own.
        if t.gap == Gap::None && i > 1 && prefix[i - 1].is(".") && prefix[i - 1].gap == Gap::None {
            agency = true;
            continue;
        }
        words += 1;
        let calendar = lexicon::any_month(prefix, i) || lexicon::any_weekday(prefix, i);
        if lexicon::cased(t) && !upper(text, t) && !calendar && cue(prefix, i, Cue::Small).is_none()
        {
            return false;
        }
    }
    if words > most || depth != 0 {
        return false;
    }
    if dated || agency {
        return true;
    }
    // `กรุงเทพฯ –`: a short run of a script without spaces.
    if first.kind == Kind::Glyph && prefix.len() <= GLYPHS {
        return prefix.iter().skip(1).all(|t| t.gap == Gap::None);
    }
    // A place alone: `RABAT –`, `الرباط - `; an article begins a sentence, and a cased place has its capital.
    let caseless = !lexicon::cased(first);
    let limit = if caseless { 2 } else { 4 };
    first.kind == Kind::Word
        && words <= limit
        && words > 0
        && (caseless || upper(text, first))
        && cue(prefix, 0, Cue::Article).is_none()
        && prefix.len() + 4 < line.tokens.len()
}
