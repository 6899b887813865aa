//! The accent of a site: one colour of site.yaml → the four tones that the theme needs on light and on dark ground, readable on both.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An sRGB colour, written `#0a4a5c`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^#[0-9A-Fa-f]{6}$"))]
pub struct Colour([u8; 3]);

/// The grounds of the default theme.
const LIGHT: Colour = Colour([0xff, 0xff, 0xff]);
const DARK: Colour = Colour([0x14, 0x17, 0x1a]);

/// The contrast that text reaches on its ground: WCAG 2.2, level AAA.
const TEXT: f64 = 7.0;

/// The contrast of rules and marks: WCAG 2.2, 1.4.11, and some more.
const MARK: f64 = 4.5;

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.hex()
    }
}

impl TryFrom<String> for Colour {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let digits = text.strip_prefix('#').unwrap_or_default();
        let parts: Vec<u8> = digits
            .as_bytes()
            .chunks(2)
            .filter_map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
            .collect();
        match (digits.len(), parts.as_slice()) {
            (6, [r, g, b]) if digits.bytes().all(|c| c.is_ascii_hexdigit()) => {
                Ok(Self([*r, *g, *b]))
            }
            _ => Err(format!(
                "`{text}` is no colour: write `#` and six hexadecimal digits, such as \"#0a4a5c\""
            )),
        }
    }
}

impl Colour {
    /// The declarations that give the theme this accent, in both schemes. A colour that is too light or too dark to read is taken darker or lighter.
    pub fn declarations(self) -> String {
        let on_light = self.readable(LIGHT, TEXT);
        let on_dark = self.readable(DARK, TEXT);
        let tones = [
            ("accent", on_light, on_dark),
            (
                "rule",
                self.readable(LIGHT, MARK),
                self.readable(DARK, MARK),
            ),
            (
                "wash",
                LIGHT.mixed(on_light, 0.1),
                DARK.mixed(on_dark, 0.16),
            ),
        ];
        let (mut light, mut both) = (String::new(), String::new());
        for (name, on_light, on_dark) in tones {
            let (on_light, on_dark) = (on_light.hex(), on_dark.hex());
            let _ = write!(light, "--{name}:{on_light};");
            let _ = write!(both, "--{name}:light-dark({on_light},{on_dark});");
        }
        format!(":root{{{light}}}\n@supports (color:light-dark(red,red)){{:root{{{both}}}}}\n")
    }

    /// As `#rrggbb`.
    fn hex(self) -> String {
        let [r, g, b] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// The tone of rules on light ground, as red, green and blue.
    pub fn rule_on_light(self) -> [u8; 3] {
        self.readable(LIGHT, MARK).0
    }

    /// The nearest tone of this colour that reaches a contrast on a ground.
    fn readable(self, ground: Self, contrast: f64) -> Self {
        let away = if ground.luminance() > 0.5 {
            Self([0; 3])
        } else {
            Self([255; 3])
        };
        (0..=100)
            .map(|step| self.mixed(away, f64::from(step) / 100.0))
            .find(|tone| tone.contrast(ground) >= contrast)
            .unwrap_or(away)
    }

    fn mixed(self, other: Self, part: f64) -> Self {
        let mut mixed = self;
        for (own, theirs) in mixed.0.iter_mut().zip(other.0) {
            *own = (f64::from(*own) * (1.0 - part) + f64::from(theirs) * part).round() as u8;
        }
        mixed
    }

    /// WCAG 2.2, relative luminance.
    fn luminance(self) -> f64 {
        let [r, g, b] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// WCAG 2.2, contrast ratio.
    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_can_be_read_on_both_grounds() {
        for text in [
            "#ffff00", "#000000", "#ffffff", "#c8102e", "#0a4a5c", "#7f7f7f",
        ] {
            let colour = Colour::try_from(text.to_owned()).expect(text);
            for ground in [LIGHT, DARK] {
                let tone = colour.readable(ground, TEXT);
                assert!(tone.contrast(ground) >= TEXT, "{text}");
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        let css = Colour::try_from("#0a4a5c".to_owned())
            .expect("well")
            .declarations();
        assert!(css.starts_with(":root{--accent:#0a4a5c;"), "{css}");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "#fff", "red", "#0a4a5g", "0a4a5c", "#0a4a5c0", "#é000"] {
            assert!(Colour::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
