//! Countries with their figures → a map of the world. Shapes and points are joined by ISO code (world.tsv, made by world.mjs); no name is in them.

use std::{collections::BTreeMap, fmt::Write, sync::LazyLock};

use super::{escape, shade};

const TABLE: &str = include_str!("world.tsv");

/// Radius of the point of a state without a shape, in units of the drawing.
const POINT: u32 = 8;

/// The drawing, by its parts.
#[derive(Default)]
struct World {
    size: (&'static str, &'static str),
    sphere: &'static str,
    borders: &'static str,
    disputed: &'static str,
    shapes: BTreeMap<&'static str, &'static str>,
    points: BTreeMap<&'static str, (&'static str, &'static str)>,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let mut world = World::default();
    for line in TABLE.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells.as_slice() {
            ["size", width, height] => world.size = (width, height),
            ["sphere", path] => world.sphere = path,
            ["borders", path] => world.borders = path,
            ["disputed", path] => world.disputed = path,
            ["shape", code, path] => {
                world.shapes.insert(code, path);
            }
            ["point", code, x, y] => {
                world.points.insert(code, (x, y));
            }
            _ => {}
        }
    }
    world
});

/// A country on the map.
pub(in crate::render) struct Place<'a> {
    /// ISO 3166-1, capitals.
    pub(in crate::render) code: &'a str,
    /// Its figure.
    pub(in crate::render) figure: usize,
    /// What a reader sees when pointing at it: name and figure in words.
    pub(in crate::render) label: String,
    /// Where it leads.
    pub(in crate::render) path: String,
}

/// The map. What is no place of it is drawn, without a link; a place that has neither shape nor point is only in the table.
pub(in crate::render) fn map(places: &[Place<'_>], shades: &[usize]) -> String {
    let world = &*WORLD;
    let by_code: BTreeMap<&str, &Place<'_>> = places.iter().map(|p| (p.code, p)).collect();
    let (width, height) = world.size;
    let mut svg = format!(
        "<svg class=\"map\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\" focusable=\"false\"><path class=\"sea\" d=\"{}\"/><path class=\"land\" d=\"",
        world.sphere
    );
    let without = world
        .shapes
        .iter()
        .filter(|(code, _)| !by_code.contains_key(*code));
    svg.extend(without.map(|(_, path)| *path));
    svg.push_str("\"/>");
    for place in places {
        if let Some(path) = world.shapes.get(place.code) {
            let _ = write!(
                svg,
                "{}<path class=\"shade-{}\" d=\"{path}\"/></a>",
                link(place),
                shade(shades, place.figure)
            );
        }
    }
    let _ = write!(
        svg,
        "<path class=\"border\" d=\"{}\"/><path class=\"border disputed\" d=\"{}\"/>",
        world.borders, world.disputed
    );
    for place in places {
        if let Some((x, y)) = world.points.get(place.code) {
            let _ = write!(
                svg,
                "{}<circle class=\"point shade-{}\" cx=\"{x}\" cy=\"{y}\" r=\"{POINT}\"/></a>",
                link(place),
                shade(shades, place.figure)
            );
        }
    }
    svg.push_str("</svg>");
    svg
}

fn link(place: &Place<'_>) -> String {
    format!(
        "<a href=\"{}\" tabindex=\"-1\"><title>{}</title>",
        escape(&place.path),
        escape(&place.label)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::country_rows;

    #[test]
    fn every_shape_and_point_is_of_a_country_and_every_country_has_one() {
        let known: Vec<&str> = country_rows()
            .filter(|r| r.lang == "en")
            .map(|r| r.code)
            .collect();
        for code in WORLD.shapes.keys().chain(WORLD.points.keys()) {
            assert!(known.contains(code), "{code}");
        }
        // Antarctica, and islands that are part of another state and have no place in zone.tab.
        let nowhere = [
            "AQ", "AC", "BV", "CP", "DG", "EA", "HM", "IC", "TA", "CQ", "EU", "EZ", "UN", "QO",
        ];
        for code in known.iter().filter(|code| !nowhere.contains(code)) {
            assert!(
                WORLD.shapes.contains_key(code) || WORLD.points.contains_key(code),
                "{code}"
            );
        }
    }

    #[test]
    fn a_place_is_linked_with_its_label_and_shade() {
        let place = |code, figure| Place {
            code,
            figure,
            label: format!("{code} & {figure}"),
            path: format!("/countries/{code}/"),
        };
        let svg = map(&[place("MA", 3), place("MT", 1)], &[1, 2]);
        assert!(svg.contains("<a href=\"/countries/MA/\" tabindex=\"-1\"><title>MA &amp; 3</title><path class=\"shade-5\""), "a shape");
        assert!(svg.contains("<circle class=\"point shade-1\""), "a point");
    }
}
