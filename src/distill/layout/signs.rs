//! What tells a line from a headline: an item, an office, a greeting, the path of a page, a wire's slug.

use super::{
    cues::{Cue, cue, ends_with},
    lines::Line,
};
use crate::distill::{dates::lexicon, tokens::Token};

/// A bullet or a number, Chinese numbers too; no Markdown heading and no quotation.
pub(crate) fn is_item(line: &Line<'_>) -> bool {
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

/// Whether a line that scores low is a headline all the same: no name of an office, no mark of place and kind such as `عدن – خاص`.
pub(crate) fn says(line: &Line<'_>) -> bool {
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

/// The name of an office and nothing else.
pub(crate) fn is_office(line: &Line<'_>) -> bool {
    let says = line
        .raw
        .contains([':', '：', '?', '？', '«', '“', '„', '"', '「']);
    line.words() <= 8
        && !says
        && (cue(line.tokens, 0, Cue::Issuer).is_some()
            || cue(line.tokens, 0, Cue::Office).is_some()
            || line.words() <= 7 && ends_with(line.tokens, Cue::Office))
}

/// `Home > News > Press releases`, `الرئيسية / الأخبار / بيانات`: where a page stands on its site.
pub(crate) fn is_path(line: &Line<'_>) -> bool {
    let steps = [" > ", " › ", " → ", " » "];
    line.words() <= 12 && steps.iter().any(|step| line.raw.contains(step))
        || line.words() <= 8 && line.raw.matches(" / ").count() > 1
}

/// `BC-AFRICA-DAM/1st Ld`: how a wire names a story.
pub(crate) fn is_slug(line: &Line<'_>) -> bool {
    let first = line.raw.split(' ').next().unwrap_or_default();
    let joints = first.matches(['-', '/', '_']).count();
    joints > 1
        && line.raw.split(' ').nth(3).is_none()
        && first.chars().filter(|c| c.is_uppercase()).count() * 2 > first.chars().count()
}

/// `(Updates with the minister's words)`: what an editor tells the others.
pub(super) fn is_bracketed(line: &Line<'_>) -> bool {
    let inside = line.raw.strip_prefix(['(', '（']);
    let inside = inside.and_then(|rest| rest.strip_suffix([')', '）']));
    inside.is_some_and(|text| !text.contains([')', '）']))
}

/// "Dear colleagues," alone on its line.
pub(crate) fn is_salutation(line: &Line<'_>) -> bool {
    let closed = line
        .raw
        .ends_with([',', '!', ':', '，', '：', '！', '،', '、']);
    // `水産課　御中`: to whom it goes.
    let addressed =
        line.words() <= 12 && line.raw.ends_with(['様', '殿']) || line.raw.ends_with("御中");
    addressed
        || cue(line.tokens, 0, Cue::Salutation).is_some_and(|n| {
            line.words() <= 10 && (closed || n == line.tokens.len() || line.words() <= 4)
        })
}
