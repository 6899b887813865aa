//! Lines of all pages → without page numbers, and with what repeats at the top and bottom of pages only once. Refuses nothing.

use std::collections::BTreeMap;

use super::{lines::Line, links};

/// Lines at each end of a page that may be a running header or footer.
const EDGE: usize = 4;

/// Drops page numbers. Of a repeated header the first stays, of a repeated footer the last: they may name the office and the day.
pub(super) fn drop_running(pages: &mut [Vec<Line>]) {
    let mut tops: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut bottoms: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, page) in pages.iter().enumerate() {
        let (top, bottom) = edges(page);
        for (edge, seen) in [(top, &mut tops), (bottom, &mut bottoms)] {
            for at in edge {
                if let Some(line) = page.get(at) {
                    seen.entry(pattern(&line.text)).or_default().push(number);
                }
            }
        }
    }
    let count = pages.len();
    for (number, page) in pages.iter_mut().enumerate() {
        let (top, bottom) = edges(page);
        // Whether a line that repeats is to be kept on this page; `None` where it doesn't repeat.
        let repeated = |seen: &BTreeMap<String, Vec<usize>>, line: &Line, keep: usize| {
            seen.get(&pattern(&line.text)).and_then(|on| {
                let running = on.len() > 2 || on.len() == 2 && count < 5;
                running.then(|| on.get(keep.min(on.len() - 1)) == Some(&number))
            })
        };
        let (mut first, mut rest, mut last) = (Vec::new(), Vec::new(), Vec::new());
        for (at, line) in std::mem::take(page).into_iter().enumerate() {
            let (is_top, is_bottom) = (top.contains(&at), bottom.contains(&at));
            if (is_top || is_bottom) && is_page_number(&line.text) {
                continue;
            }
            let header = is_top.then(|| repeated(&tops, &line, 0)).flatten();
            let footer = is_bottom
                .then(|| repeated(&bottoms, &line, usize::MAX))
                .flatten();
            // Some programs draw both after the text.
            match (header, footer) {
                (Some(false), _) | (_, Some(false)) => {}
                (Some(true), _) => first.push(line),
                (_, Some(true)) => last.push(line),
                (None, None) => rest.push(line),
            }
        }
        first.extend(rest);
        first.extend(last);
        *page = first;
    }
}

/// The places of the lines at the top and at the bottom of a page.
fn edges(page: &[Line]) -> (Vec<usize>, Vec<usize>) {
    let mut by_height: Vec<usize> = (0..page.len()).collect();
    let y = |at: &usize| page.get(*at).map_or(0.0, |line| line.y);
    by_height.sort_by(|a, b| y(a).total_cmp(&y(b)));
    let near = EDGE.min(page.len() / 2);
    let top = by_height.iter().take(near).copied().collect();
    let bottom = by_height.iter().rev().take(near.max(1)).copied().collect();
    (top, bottom)
}

/// A line with its digits made alike.
fn pattern(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !links::is_mark(*c))
        .map(|c| if c.is_numeric() { '0' } else { c })
        .collect()
}

/// `3`, `- 3 -`, `3/7`, `Page 3 of 7`, `Seite 3 von 7`.
fn is_page_number(text: &str) -> bool {
    const WORDS: [&str; 28] = [
        "page",
        "pages",
        "p",
        "pg",
        "of",
        "sur",
        "de",
        "seite",
        "von",
        "página",
        "pagina",
        "di",
        "da",
        "strona",
        "z",
        "str",
        "sayfa",
        "страница",
        "стр",
        "из",
        "сторінка",
        "з",
        "صفحة",
        "من",
        "side",
        "av",
        "sida",
        "van",
    ];
    let text = text.trim().to_lowercase();
    // A full stop ends a sentence, if only with the last figures of its number.
    text.chars().count() <= 24
        && !text.ends_with('.')
        && text.chars().any(char::is_numeric)
        && text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| {
                (word.chars().all(char::is_numeric) && word.chars().count() <= 3)
                    || WORDS.contains(&word)
            })
}
