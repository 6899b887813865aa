//! A briefing's headline, or the site's name → the picture (PNG, 1200 × 630) that stands for its link where it is shared.
//!
//! The embedded font has Latin, Greek and Cyrillic. A headline in another script is left out, and the card shows the site's name alone; where that is in
//! another script, too, only the design is left. The picture has sixteen colours, which keeps it small: paper to ink, paper to accent.

mod draw;
mod font;

use crate::site::{Site, data::Picture};

/// The measures of a card, in pixels.
pub(super) const SIZE: (u32, u32) = (1200, 630);

/// The rule of the default theme, where site.yaml gives no accent.
const ACCENT: [u8; 3] = [0x0F, 0x60, 0x75];

/// The left edge of words, and what is free at the right.
const EDGE: f32 = 84.0;

/// Sizes of the headline in pixels, each with the most lines it may fill; the first that fits is taken.
const HEADLINES: [(f32, usize); 4] = [(76.0, 3), (64.0, 4), (54.0, 5), (46.0, 6)];

/// The PNG of a picture; empty where there is no such briefing.
pub(super) fn card(site: &Site, picture: &Picture) -> Vec<u8> {
    let (ui, headline, date) = match picture {
        Picture::Site(ui) => (*ui, None, None),
        Picture::Briefing(at) => {
            let Some(item) = site.briefings.get(*at) else {
                return Vec::new();
            };
            let ui = site.ui(&item.card.lang);
            let lang = site.ui_lang(ui);
            let date = item.card.date.as_ref();
            let date = date.map(|d| super::dates::format(d, lang, super::dates::Style::Long));
            (ui, Some(item.card.title.as_str()), date)
        }
    };
    let name = site.config.words(site.ui_lang(ui)).title;
    let accent = site.config.accent;
    let accent = accent.map_or(ACCENT, crate::config::Colour::rule_on_light);
    drawn(accent, name, headline, date.as_deref())
}

/// The same card for the same words, always.
fn drawn(accent: [u8; 3], name: &str, headline: Option<&str>, date: Option<&str>) -> Vec<u8> {
    let mut canvas = draw::Canvas::new(SIZE, accent);
    canvas.accent(0.0, 0.0, SIZE.0 as f32, 18.0);
    let name = Some(name).filter(|text| font::has(text));
    let width = SIZE.0 as f32 - 2.0 * EDGE;
    match (headline.filter(|text| font::has(text)), name) {
        (Some(headline), name) => {
            let (size, lines) = set(headline, width);
            let leading = size * 1.2;
            for (line, n) in lines.iter().zip(0_u8..) {
                canvas.ink(line, EDGE, 84.0 + size + leading * f32::from(n), size);
            }
            canvas.accent(EDGE, 510.0, 96.0, 6.0);
            if let Some(name) = name {
                canvas.ink(&fitting(name, 34.0, width * 0.62), EDGE, 570.0, 34.0);
            }
            if let Some(date) = date.filter(|text| font::has(text)) {
                let at = SIZE.0 as f32 - EDGE - font::width(date, 30.0);
                canvas.ink(date, at, 570.0, 30.0);
            }
        }
        (None, Some(name)) => {
            let (size, lines) = set(name, width);
            let leading = size * 1.2;
            let above = (f32::from(SIZE.1 as u16) - leading * lines.len() as f32) / 2.0;
            for (line, n) in lines.iter().zip(0_u8..) {
                canvas.ink(line, EDGE, above + size + leading * f32::from(n), size);
            }
            canvas.accent(EDGE, 510.0, 96.0, 6.0);
        }
        (None, None) => {
            // Lines of a text, as a sign for one.
            for (width, n) in [(820.0, 0_u8), (960.0, 1), (620.0, 2)] {
                canvas.accent(EDGE, 210.0 + 76.0 * f32::from(n), width, 26.0);
            }
        }
    }
    canvas.png()
}

/// The largest size at which a text fits, and its lines; a text that is too long even at the smallest ends with an ellipsis.
fn set(text: &str, width: f32) -> (f32, Vec<String>) {
    let last = HEADLINES.len() - 1;
    for (at, (size, most)) in HEADLINES.into_iter().enumerate() {
        let mut lines = broken(text, size, width);
        if lines.len() <= most {
            return (size, lines);
        }
        if at == last {
            lines.truncate(most);
            if let Some(line) = lines.last_mut() {
                *line = fitting(&format!("{line} …"), size, width);
            }
            return (size, lines);
        }
    }
    (0.0, Vec::new())
}

/// A text in lines no wider than `width`, broken at spaces; a longer word stands by itself, cut.
fn broken(text: &str, size: f32, width: f32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}');
    for word in text.split(breaks).filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if font::width(&format!("{line} {word}"), size) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(fitting(word, size, width)),
        }
    }
    lines
}

/// A text cut to a width, with an ellipsis where it was cut.
fn fitting(text: &str, size: f32, width: f32) -> String {
    if font::width(text, size) <= width {
        return text.to_owned();
    }
    let mut short = text.trim_end_matches(['…', ' ']).to_owned();
    while !short.is_empty() && font::width(&format!("{short}…"), size) > width {
        short.pop();
    }
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_a_small_picture_and_always_the_same() {
        let long = "Minister und Unterhändler beraten über das Wasserabkommen ".repeat(9);
        for headline in [
            Some("Joint communiqué on water and energy in the Western Balkans"),
            Some(long.as_str()),
            Some("Встреча министров иностранных дел в Женеве"),
            Some("الرباط تستضيف مؤتمرا"),
            None,
        ] {
            let card = drawn(ACCENT, "Press Office", headline, Some("27 January 2026"));
            assert!(card.starts_with(b"\x89PNG\r\n\x1a\n"));
            assert_eq!(&card[16..24], [0, 0, 4, 176, 0, 0, 2, 118], "1200 × 630");
            assert!(card.len() <= 25_000, "{headline:?}: {} bytes", card.len());
            assert_eq!(
                card,
                drawn(ACCENT, "Press Office", headline, Some("27 January 2026"))
            );
        }
        assert!(!drawn(ACCENT, "الأخبار", None, None).is_empty());
    }
}
