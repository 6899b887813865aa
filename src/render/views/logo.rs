//! The logo of a site with the shape that it has, so that a page does not move when it comes.

use serde_json::{Value, json};

use crate::site::Site;

/// The height at which the masthead shows it, in CSS pixels.
const HEIGHT: f64 = 40.0;

/// The path and size of the logo; nothing where the site has none, or its file is not there.
pub(super) fn logo(site: &Site) -> Option<Value> {
    let path = site.config.logo.as_deref()?;
    let bytes = site.assets.get(path)?;
    let (width, height) = shape(bytes)?;
    let shown = (width * HEIGHT / height).round() as u32;
    Some(
        json!({"path": site.config.base_url.rooted(path), "width": shown, "height": HEIGHT as u32}),
    )
}

fn shape(bytes: &[u8]) -> Option<(f64, f64)> {
    let shape = match imagesize::blob_size(bytes) {
        Ok(size) => (size.width as f64, size.height as f64),
        Err(_) => of_svg(std::str::from_utf8(bytes).ok()?)?,
    };
    (shape.0 > 0.0 && shape.1 > 0.0).then_some(shape)
}

/// The viewBox of an SVG, else its width and height.
fn of_svg(text: &str) -> Option<(f64, f64)> {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                let attribute = |name: &str| {
                    let found = tag.try_get_attribute(name).ok().flatten()?;
                    Some(found.value.into_owned())
                };
                if let Some(numbers) = attribute("viewBox") {
                    let numbers: Vec<f64> = numbers
                        .split([' ', ','])
                        .filter_map(|n| n.parse().ok())
                        .collect();
                    return Some((*numbers.get(2)?, *numbers.get(3)?));
                }
                let length = |name| attribute(name)?.trim_end_matches("px").parse().ok();
                return Some((length("width")?, length("height")?));
            }
            quick_xml::events::Event::Eof => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shape_of_an_svg_is_its_view_box_or_its_size() {
        assert_eq!(
            of_svg("<?xml version=\"1.0\"?><svg viewBox=\"0 0 120 40\"/>"),
            Some((120.0, 40.0))
        );
        assert_eq!(
            of_svg("<svg width=\"30px\" height=\"10\"></svg>"),
            Some((30.0, 10.0))
        );
        assert_eq!(of_svg("<svg/>"), None);
        assert_eq!(of_svg("no markup"), None);
    }
}
