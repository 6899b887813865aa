//! Lines from the body on → which of them are boilerplate and footer.

use super::{
    Zone,
    cues::{Cue, cue},
    lines::Line,
};
use crate::distill::{dates::lexicon, tokens::Kind};

/// The zone of each line that is boilerplate or footer; `None` for the others.
pub(crate) fn tail(lines: &[Line<'_>], body: usize) -> Vec<Option<Zone>> {
    let mut zones = vec![None; lines.len()];
    // From the bottom: signatures, page numbers, dates, addresses.
    let mut end = lines.len();
    while end > body + 1 && closes(&lines[end - 1]) {
        end -= 1;
        zones[end] = Some(Zone::Footer);
    }
    // From the top: a heading "Contact" or "About us" claims what follows it.
    let mut open: Option<Zone> = None;
    for at in body + 1..end {
        let line = &lines[at];
        let heading = line.opens || at > 0 && lines[at - 1].width < 60 || open.is_some();
        if heading && starts_about(line) {
            open = Some(Zone::Boilerplate);
        } else if heading && starts_contact(line) && only_contacts(&lines[at + 1..end]) {
            open = Some(Zone::Footer);
        } else if open == Some(Zone::Footer) && line.opens && line.is_prose() && !has_address(line)
        {
            // An ordinary paragraph after the contacts of a person quoted.
            open = None;
        }
        zones[at] = open;
    }
    // The rule above a footer goes with it.
    for at in (body + 1..lines.len()).rev() {
        if lines[at].rule && zones.get(at + 1).is_some_and(Option::is_some) {
            zones[at] = zones[at + 1];
        }
    }
    zones
}

/// Whether nothing but short lines and addresses follows, up to the next piece of boilerplate.
fn only_contacts(rest: &[Line<'_>]) -> bool {
    rest.iter()
        .take_while(|l| !starts_about(l))
        .all(|l| !l.is_prose() || l.width < 160 && has_address(l) || l.width < 80)
}

/// A last line that is no part of what is said.
fn closes(line: &Line<'_>) -> bool {
    if line.rule {
        return true;
    }
    let page = line.width <= 8
        && line
            .tokens
            .iter()
            .all(|t| t.kind != Kind::Word && t.kind != Kind::Glyph);
    let first = line.tokens.iter().position(|t| t.kind != Kind::Punct);
    let end = first.is_some_and(|f| cue(line.tokens, f, Cue::End).is_some())
        && line.words() <= 5
        && line.width <= 40;
    let bracketed = (line.raw.starts_with('(') && line.raw.ends_with(')')
        || line.raw.starts_with('[') && line.raw.ends_with(']'))
        && line.width <= 90
        && !line.ends_sentence();
    let stamped = line.width <= 90
        && first.is_some_and(|f| {
            lexicon::any_publication_cue(line.tokens, f).is_some()
                && line.tokens.iter().any(|t| t.kind == Kind::Number)
        });
    let short = line.width <= 110 && !line.item && !(line.ends_sentence() && line.words() > 12);
    let signed = line.raw.starts_with(['–', '—', '-'])
        && line.words() <= 4
        && line.width <= 40
        && !line.ends_sentence();
    let pairs = line.key().is_some() && line.width <= 60;
    page || end
        || bracketed
        || stamped
        || pairs
        || signed && line.capitals()
        || short
            && (line.is_date_line()
                || line.is_header()
                || starts_contact(line)
                || has_address(line))
}

/// How many lines at the beginning of a paragraph belong to a block of contacts: "Contact:", a name, an office, a number.
pub(super) fn contacts_end(paragraph: &[Line<'_>]) -> usize {
    if !paragraph.first().is_some_and(starts_contact) {
        return 0;
    }
    paragraph
        .iter()
        .rposition(has_address)
        .map_or(0, |at| at + 1)
}

fn starts_contact(line: &Line<'_>) -> bool {
    let Some(first) = line
        .tokens
        .iter()
        .position(|t| t.kind != Kind::Punct || t.is("("))
    else {
        return false;
    };
    let Some(n) = cue(line.tokens, first, Cue::Contact).or_else(|| {
        cue(line.tokens, first + 1, Cue::Contact).filter(|_| line.tokens[first].is("("))
    }) else {
        return false;
    };
    let rest = line.tokens.get(first + n);
    let heading = rest.is_none_or(|t| t.kind == Kind::Punct) || line.words() <= 6;
    line.width <= 160 && (heading || has_address(line))
}

fn starts_about(line: &Line<'_>) -> bool {
    let Some(first) = line.tokens.iter().position(|t| t.kind != Kind::Punct) else {
        return false;
    };
    let glyphs = line.tokens.iter().any(|t| t.kind == Kind::Glyph);
    let at = if glyphs {
        0..line.tokens.len().min(14)
    } else {
        first..first + 1
    };
    let known = at
        .into_iter()
        .any(|i| cue(line.tokens, i, Cue::About).is_some());
    known
        && line.width <= 80
        && line.words() <= 10
        && !line.item
        && (!line.ends_sentence() || line.raw.ends_with([':', '：']))
}

/// An address of mail, of the web, a telephone number.
pub(crate) fn has_address(line: &Line<'_>) -> bool {
    let digits: usize = line
        .tokens
        .iter()
        .filter(|t| t.kind == Kind::Number)
        .map(|t| t.text.len())
        .sum();
    line.raw.contains('@')
        || line.raw.contains("http")
        || line.raw.contains("www.")
        || line.raw.contains('+') && digits >= 8
        || digits >= 9 && line.width <= 60 && !line.item
}
