//! The region of the world that a country lies in, and its name: UN M49 as Unicode CLDR gives it (src/model/regions.tsv).

use std::{collections::BTreeMap, sync::LazyLock};

use super::{CountryCode, Lang};

const TABLE: &str = include_str!("regions.tsv");

/// Country → region and subregion; a language and a region → its name.
struct Regions {
    of: BTreeMap<&'static str, Region>,
    names: BTreeMap<(&'static str, &'static str), &'static str>,
}

/// A region and the part of it, by their M49 codes: `002` and `015` for Northern Africa.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// One of the five regions.
    pub region: &'static str,
    /// The part of it.
    pub part: &'static str,
}

static REGIONS: LazyLock<Regions> = LazyLock::new(|| {
    let (mut of, mut names) = (BTreeMap::new(), BTreeMap::new());
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(first), Some(second), Some(third)) = (cells.next(), cells.next(), cells.next())
        else {
            continue;
        };
        if second.starts_with(|c: char| c.is_ascii_digit())
            && !third.starts_with(|c: char| c.is_ascii_digit())
        {
            names.insert((first, second), third);
        } else {
            let region = Region {
                region: second,
                part: third,
            };
            of.insert(first, region);
        }
    }
    Regions { of, names }
});

/// Where a country lies; `None` for Antarctica and a few islands that M49 puts nowhere.
pub fn region_of(code: CountryCode) -> Option<Region> {
    REGIONS.of.get(code.as_str()).copied()
}

/// The name of a region in a language, else in the language without its script, else in English, else its code.
pub fn region_name(m49: &str, lang: &Lang) -> String {
    [lang.as_str(), lang.primary(), "en"]
        .into_iter()
        .find_map(|lang| REGIONS.names.get(&(lang, m49)))
        .map_or_else(|| m49.to_owned(), |name| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_that_a_country_lies_in_has_a_name_in_each_language_of_the_default_theme() {
        let regions: Vec<&str> = REGIONS
            .of
            .values()
            .flat_map(|r| [r.region, r.part])
            .collect();
        for lang in ["ar", "de", "en", "es", "fr", "it", "pt", "ru", "zh"] {
            for region in &regions {
                assert!(
                    REGIONS.names.contains_key(&(lang, *region)),
                    "{lang} {region}"
                );
            }
        }
    }

    #[test]
    fn countries_lie_where_m49_puts_them() {
        let lies = |code: &str| region_of(code.parse().expect(code)).map(|r| (r.region, r.part));
        assert_eq!(lies("MA"), Some(("002", "015")));
        assert_eq!(lies("BO"), Some(("019", "005")));
        assert_eq!(lies("AQ"), None);
        assert_eq!(
            region_name("015", &"fr".parse().expect("fr")),
            "Afrique septentrionale"
        );
    }
}
