//! Rectangles and words → a PNG of sixteen colours.

use skrifa::outline::OutlinePen;
use tiny_skia::{FillRule, Mask, Path, PathBuilder, Transform};

use super::font;

/// Paper and ink of the default theme.
const PAPER: [u8; 3] = [0xFF, 0xFF, 0xFF];
const INK: [u8; 3] = [0x17, 0x19, 0x1C];

/// The colours from paper to ink; the last of the sixteen is the accent.
const SHADES: u8 = 14;

/// A picture that is being made: for each pixel the number of its colour.
pub(super) struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
    accent: [u8; 3],
    /// The outlines of all words: they are filled in one go.
    words: PathBuilder,
}

impl Canvas {
    pub(super) fn new((width, height): (u32, u32), accent: [u8; 3]) -> Self {
        Self {
            width,
            height,
            pixels: vec![0; (width * height) as usize],
            accent,
            words: PathBuilder::new(),
        }
    }

    /// A rectangle in the accent colour, at whole pixels.
    pub(super) fn accent(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let (left, right) = (x as usize, (x + width) as usize);
        let rows = self.pixels.chunks_mut(self.width as usize);
        for row in rows.skip(y as usize).take(height as usize) {
            let right = right.min(row.len());
            row[left.min(right)..right].fill(SHADES + 1);
        }
    }

    /// Words whose baseline begins at (x, y).
    pub(super) fn ink(&mut self, text: &str, x: f32, y: f32, size: f32) {
        let mut pen = Pen {
            to: &mut self.words,
            x,
            y: y.round(),
        };
        // A letter begins at an even pixel, so that its like elsewhere on the line is the same bytes: a quarter fewer bytes, and nothing to see.
        font::outlines(text, size, &mut pen, |pen, along| {
            pen.x = ((x + along) * 0.5).round() * 2.0;
        });
    }

    /// The picture.
    pub(super) fn png(mut self) -> Vec<u8> {
        if let (Some(path), Some(mut mask)) =
            (self.words.finish(), Mask::new(self.width, self.height))
        {
            fill(&mut mask, &path);
            for (pixel, cover) in self.pixels.iter_mut().zip(mask.data()) {
                if *cover > 0 {
                    *pixel = (u16::from(*cover) * u16::from(SHADES) / 255) as u8;
                }
            }
        }
        let mut out = Vec::new();
        // Writing to memory cannot fail.
        let _ = write(&mut out, self.width, self.height, &self.pixels, self.accent);
        out
    }
}

fn fill(mask: &mut Mask, path: &Path) {
    mask.fill_path(path, FillRule::Winding, true, Transform::identity());
}

fn write(
    out: &mut Vec<u8>,
    width: u32,
    height: u32,
    pixels: &[u8],
    accent: [u8; 3],
) -> Result<(), png::EncodingError> {
    let mix = |share: u8| {
        let part = |from: u8, to: u8| {
            let (from, to) = (u16::from(from), u16::from(to));
            let shades = u16::from(SHADES);
            let share = u16::from(share);
            ((from * (shades - share) + to * share) / shades) as u8
        };
        [
            part(PAPER[0], INK[0]),
            part(PAPER[1], INK[1]),
            part(PAPER[2], INK[2]),
        ]
    };
    let palette: Vec<u8> = (0..=SHADES).flat_map(mix).chain(accent).collect();
    let packed: Vec<u8> = pixels
        .chunks_exact(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect();
    let mut encoder = png::Encoder::new(out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Four);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&packed)
}

/// Letters, whose y grows upwards, at their place on a canvas, whose y grows downwards.
struct Pen<'a> {
    to: &'a mut PathBuilder,
    x: f32,
    y: f32,
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.to.move_to(self.x + x, self.y - y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to.line_to(self.x + x, self.y - y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (own_x, own_y) = (self.x, self.y);
        self.to
            .quad_to(own_x + cx, own_y - cy, own_x + x, own_y - y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let (own_x, own_y) = (self.x, self.y);
        self.to.cubic_to(
            own_x + ax,
            own_y - ay,
            own_x + bx,
            own_y - by,
            own_x + x,
            own_y - y,
        );
    }

    fn close(&mut self) {
        self.to.close();
    }
}
