//! A country and a language → its name as ICU4X has it (Unicode CLDR 49); nothing for a language that CLDR does not speak.
//!
//! `icu_experimental` may change with every version, so it is pinned and nothing else of the project knows it.

use std::{cell::RefCell, collections::BTreeMap};

use icu_experimental::displaynames::{DisplayNamesOptions, multi::RegionDisplayNames};
use icu_locale_core::Locale;

use super::{CountryCode, Lang};

thread_local! {
    /// Names by language: finding those of a language takes far longer than finding one among them.
    static NAMES: RefCell<BTreeMap<Lang, Option<RegionDisplayNames>>> = const { RefCell::new(BTreeMap::new()) };
}

/// The name of `code` in `lang`.
pub(super) fn of(code: CountryCode, lang: &Lang) -> Option<String> {
    let region = code.as_str().parse().ok()?;
    NAMES.with_borrow_mut(|all| {
        if !all.contains_key(lang) {
            all.insert(lang.clone(), load(lang));
        }
        let names = all.get(lang)?.as_ref()?;
        names.of(region).map(str::to_owned)
    })
}

fn load(lang: &Lang) -> Option<RegionDisplayNames> {
    let locale: Locale = lang.as_str().parse().ok()?;
    RegionDisplayNames::try_new((&locale).into(), DisplayNamesOptions::default()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::country_rows;

    /// What CLDR 49 names otherwise than CLDR 48.2, from which the table of the derivation is made.
    const RENAMED: [(&str, &str, &str); 3] = [
        ("en", "HM", "Heard Island & McDonald Islands"),
        ("en", "SH", "St. Helena, Ascension & Tristan da Cunha"),
        ("en", "TF", "French Southern and Antarctic Lands"),
    ];

    #[test]
    fn in_the_languages_of_the_interface_the_names_are_those_of_our_table() {
        let mut compared = 0;
        for row in country_rows().filter(|row| row.form == "main") {
            if !["en", "fr", "es", "ar", "zh", "ru", "de", "pt", "it"].contains(&row.lang) {
                continue;
            }
            let renamed = RENAMED
                .iter()
                .find(|(lang, code, _)| (*lang, *code) == (row.lang, row.code));
            let expected = renamed.map_or(row.name, |(_, _, name)| name);
            let name = of(
                row.code.parse().expect(row.code),
                &row.lang.parse().expect(row.lang),
            );
            assert_eq!(name.as_deref(), Some(expected), "{} {}", row.lang, row.code);
            compared += 1;
        }
        assert_eq!(compared, 9 * 256);
    }

    #[test]
    fn a_language_is_found_by_its_relatives() {
        let morocco = "MA".parse().expect("MA");
        for (lang, name) in [
            ("zh-TW", Some("摩洛哥")),
            ("nn", Some("Marokko")),
            ("pt-BR", Some("Marrocos")),
            ("am", Some("ሞሮኮ")),
            ("xx", None),
            ("und", None),
        ] {
            assert_eq!(
                of(morocco, &lang.parse().expect(lang)).as_deref(),
                name,
                "{lang}"
            );
        }
    }
}
