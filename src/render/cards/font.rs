//! Words → their width and the outlines of their letters, from the embedded font. Shapes nothing: what needs shaping is not in the font.

use std::sync::LazyLock;

use skrifa::{
    FontRef, GlyphId, MetadataProvider,
    instance::{LocationRef, Size},
    outline::{DrawSettings, OutlinePen},
};
use unicode_normalization::UnicodeNormalization;

/// Noto Sans SemiBold, cut down to Latin, Greek and Cyrillic; OFL, see the file beside it.
static DATA: &[u8] = include_bytes!("font/NotoSans-SemiBold.subset.ttf");

static FONT: LazyLock<Option<FontRef<'static>>> = LazyLock::new(|| FontRef::new(DATA).ok());

fn glyph(font: &FontRef<'static>, c: char) -> Option<GlyphId> {
    font.charmap().map(c)
}

/// Whether all of a text can be written.
pub(super) fn has(text: &str) -> bool {
    FONT.as_ref().is_some_and(|font| {
        let charmap = font.charmap();
        text.nfc()
            .all(|c| c.is_whitespace() || is_mark(c) || charmap.map(c).is_some())
    })
}

/// Marks that say how text runs, and have no shape.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}')
}

/// The width of a text in pixels at a size.
pub(super) fn width(text: &str, size: f32) -> f32 {
    let Some(font) = FONT.as_ref() else {
        return 0.0;
    };
    let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
    text.nfc()
        .filter(|c| !is_mark(*c))
        .filter_map(|c| metrics.advance_width(glyph(font, shown(c))?))
        .sum()
}

fn shown(c: char) -> char {
    if c.is_whitespace() { ' ' } else { c }
}

/// Gives a pen the outlines of a text. `place` moves the pen to a letter's origin, in pixels from the text's beginning.
pub(super) fn outlines<P: OutlinePen>(
    text: &str,
    size: f32,
    pen: &mut P,
    place: impl Fn(&mut P, f32),
) {
    let Some(font) = FONT.as_ref() else {
        return;
    };
    let metrics = font.glyph_metrics(Size::new(size), LocationRef::default());
    let glyphs = font.outline_glyphs();
    let mut x = 0.0;
    for id in text
        .nfc()
        .filter(|c| !is_mark(*c))
        .filter_map(|c| glyph(font, shown(c)))
    {
        place(pen, x);
        if let Some(outline) = glyphs.get(id) {
            let settings = DrawSettings::unhinted(Size::new(size), LocationRef::default());
            // A letter that can't be drawn leaves its space.
            let _ = outline.draw(settings, pen);
        }
        x += metrics.advance_width(id).unwrap_or_default();
    }
}
