//! ISO 3166-1 alpha-2 country codes (and XK for Kosovo) and their names from Unicode CLDR.

use std::{collections::BTreeSet, fmt, str::FromStr, sync::LazyLock};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Lang, country_names};

/// The table that the derivation reads, and that says which codes there are: language, code, form, name. Source and licence are in its head.
pub(crate) const COUNTRY_NAMES: &str = include_str!("../distill/lexicon/country-names.tsv");

static CODES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let names = rows_of("en").filter(|row| row.form == "main");
    names.map(|row| row.code).collect()
});

/// A country or territory that CLDR knows, in capitals: `MA`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[A-Za-z]{2}$"))]
pub struct CountryCode([u8; 2]);

/// One row of the name table.
pub(crate) struct NameRow {
    /// CLDR locale of the name.
    pub(crate) lang: &'static str,
    /// ISO 3166-1 alpha-2.
    pub(crate) code: &'static str,
    /// `main`, `short` or `variant`.
    pub(crate) form: &'static str,
    /// The name.
    pub(crate) name: &'static str,
}

/// The rows of the name table, in file order.
pub(crate) fn rows() -> impl Iterator<Item = NameRow> {
    rows_in(COUNTRY_NAMES)
}

fn rows_in(table: &'static str) -> impl Iterator<Item = NameRow> {
    table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some(NameRow {
                lang: cells.next()?,
                code: cells.next()?,
                form: cells.next()?,
                name: cells.next()?,
            })
        })
}

/// The rows of one CLDR locale; they stand together.
pub(crate) fn rows_of(locale: &str) -> impl Iterator<Item = NameRow> {
    let from = COUNTRY_NAMES
        .find(&format!("\n{locale}\t"))
        .map_or(COUNTRY_NAMES.len(), |at| at + 1);
    rows_in(&COUNTRY_NAMES[from..]).take_while(move |row| row.lang == locale)
}

/// The name of `code` in `lang`, else in English, else the code. What readers see has the site's own names before these:
/// [`Config::country_name`](crate::config::Config::country_name).
pub fn country_name(code: CountryCode, lang: &Lang) -> String {
    country_names::of(code, lang)
        .or_else(|| country_names::of(code, &Lang::english()))
        .unwrap_or_else(|| code.to_string())
}

impl CountryCode {
    /// The two capital letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for CountryCode {
    type Err = String;

    /// Lower case is accepted.
    fn from_str(s: &str) -> Result<Self, String> {
        let upper = s.to_ascii_uppercase();
        match *upper.as_bytes() {
            [a, b] if CODES.contains(upper.as_str()) => Ok(Self([a, b])),
            _ => Err(format!(
                "`{s}` is not an ISO 3166-1 alpha-2 country code such as MA or DK"
            )),
        }
    }
}

impl TryFrom<String> for CountryCode {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for CountryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_in_the_language_asked_for() {
        let code: CountryCode = "ma".parse().expect("MA");
        for (lang, name) in [
            ("fr", "Maroc"),
            ("ar", "المغرب"),
            ("nb", "Marokko"),
            ("xx", "Morocco"),
        ] {
            assert_eq!(country_name(code, &lang.parse().expect(lang)), name);
        }
    }

    #[test]
    fn an_unknown_code_is_refused() {
        assert!("ZQ".parse::<CountryCode>().is_err());
        assert!("MAR".parse::<CountryCode>().is_err());
        assert!("é".parse::<CountryCode>().is_err());
    }
}
