//! A PDF's pages → their glyphs with place, size and character, in the order in which they are drawn. Refuses more glyphs than a document has.

use super::links;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RenderContent, SoftMask,
    font::{Glyph as Drawn, GlyphRun},
    hayro_cmap::BfString,
    hayro_syntax::Pdf,
    interpret_page,
    kurbo::{Affine, BezPath, Point, Rect, Shape},
    util::TransformExt,
};

/// A glyph of a page, in points from its top left corner.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// What it stands for: mostly one character, several for a ligature.
    pub(super) text: String,
    /// Where it begins and ends.
    pub(super) x: f64,
    pub(super) end: f64,
    /// Its baseline.
    pub(super) y: f64,
    /// The height of its font.
    pub(super) size: f64,
    /// The mark of the link that lies over it.
    pub(super) link: Option<char>,
    /// It is a small shape, perhaps the sign of an item.
    pub(super) drawn: bool,
}

/// The glyphs of each page, and the addresses that their links lead to.
pub(super) fn pages(pdf: &Pdf, most: usize) -> Result<(Vec<Vec<Glyph>>, Vec<String>), String> {
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings {
        render_content: RenderContent::PAGE,
        ..InterpreterSettings::default()
    };
    let mut pages = Vec::new();
    let mut addresses = Vec::new();
    let mut left = most;
    for page in pdf.pages().iter() {
        let start = page.initial_transform(true).to_kurbo();
        let (width, height) = page.render_dimensions();
        let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context = Context::new(start, area, &cache, pdf.xref(), settings.clone());
        let mut over = Vec::new();
        for (place, address) in links::of_page(page, start) {
            over.extend(links::opening(addresses.len()).map(|mark| (place, mark)));
            addresses.push(address);
        }
        let mut reader = Reader {
            glyphs: Vec::new(),
            over,
            left,
            area,
        };
        interpret_page(page, &mut context, &mut reader);
        left = reader.left;
        if left == 0 {
            return Err(format!(
                "the PDF has more than {most} characters; cut it into the documents that it holds"
            ));
        }
        pages.push(reader.glyphs);
    }
    Ok((pages, addresses))
}

/// Notes glyphs, draws nothing.
struct Reader {
    glyphs: Vec<Glyph>,
    /// Where links lie, and their marks.
    over: Vec<(Rect, char)>,
    /// Glyphs that may still come.
    left: usize,
    area: Rect,
}

impl Device<'_> for Reader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, _: &DrawMode) {
        for glyph in run.glyphs() {
            if self.left == 0 {
                return;
            }
            let Some(unicode) = glyph.as_unicode() else {
                continue;
            };
            self.left -= 1;
            let text = match unicode {
                BfString::Char(c) => c.to_string(),
                BfString::String(text) => text,
            };
            let text = text.replace(links::is_mark, "");
            let advance = match &**glyph {
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(drawn) => drawn.advance_width(),
            };
            let place: Affine = props.transform * glyph.transform();
            let at = place * Point::ZERO;
            let end = place * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
            let [_, _, c, d, _, _] = place.as_coeffs();
            let size = c.hypot(d) * 1000.0;
            // Text that runs up a margin, or lies off the page, is none of the document's.
            let level = (end.y - at.y).abs() <= (end.x - at.x).abs() + 0.01;
            if level
                && self.area.inflate(1.0, 1.0).contains(at)
                && size.is_finite()
                && size > 0.5
                && end.x.is_finite()
            {
                let middle = Point::new(f64::midpoint(at.x, end.x), at.y - 0.25 * size);
                let over = self.over.iter().find(|(place, _)| place.contains(middle));
                self.glyphs.push(Glyph {
                    text,
                    link: over.map(|(_, mark)| *mark),
                    x: at.x.min(end.x),
                    end: end.x.max(at.x),
                    y: at.y,
                    size,
                    drawn: false,
                });
            }
        }
    }

    /// A dot, ring or square of the size that signs of items have; some programs don't take them from a font.
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'_>, _: &DrawMode) {
        if self.left == 0 || path.elements().len() > 32 {
            return;
        }
        let shape = props.transform.transform_rect_bbox(path.bounding_box());
        let (width, height) = (shape.width(), shape.height());
        if !(1.5..7.0).contains(&height) || (width - height).abs() > 0.2 * height {
            return;
        }
        self.left -= 1;
        let size = 2.6 * height;
        self.glyphs.push(Glyph {
            text: "•".to_owned(),
            x: shape.x0,
            end: shape.x1,
            y: shape.center().y + 0.3 * size,
            size,
            link: None,
            drawn: true,
        });
    }
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
