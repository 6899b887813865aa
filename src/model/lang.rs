//! A BCP 47 language tag and the direction of its script.

use std::{collections::HashMap, fmt, str::FromStr, sync::LazyLock};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

static NAMES: LazyLock<HashMap<(&str, &str), &str>> = LazyLock::new(|| {
    include_str!("../distill/lexicon/language-names.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut cells = line.split('\t');
            Some(((cells.next()?, cells.next()?), cells.next()?))
        })
        .collect()
});

/// The name of `lang` in the language `of`, from Unicode CLDR; else in English; else the tag.
pub fn language_name(lang: &Lang, of: &Lang) -> String {
    [of.as_str(), of.primary(), "en"]
        .into_iter()
        .flat_map(|of| [(of, lang.as_str()), (of, lang.primary())])
        .find_map(|key| NAMES.get(&key))
        .map_or_else(|| lang.to_string(), |name| (*name).to_owned())
}

/// A language tag in canonical case: `fr`, `zh-Hans`, `pt-BR`.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*$"))]
pub struct Lang(String);

/// The base direction of a language's script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Lang {
    /// English.
    pub fn english() -> Self {
        Self("en".to_owned())
    }

    /// The tag for a language that can't be told: `und`.
    pub fn undetermined() -> Self {
        Self("und".to_owned())
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary subtag: `zh` of `zh-Hans`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The direction in which the language is written.
    pub fn direction(&self) -> Direction {
        let script = self.0.split('-').find(|part| part.len() == 4);
        match script.unwrap_or_else(|| self.primary()) {
            "Adlm" | "Arab" | "Hebr" | "Nkoo" | "Rohg" | "Syrc" | "Thaa" => Direction::Rtl,
            "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ps" | "sd" | "ug" | "ur" | "yi" => {
                Direction::Rtl
            }
            _ => Direction::Ltr,
        }
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let locale = s
            .parse::<icu_locale_core::LanguageIdentifier>()
            .map_err(|_| format!("`{s}` is not a language tag such as fr or zh-Hans"))?;
        Ok(Self(locale.to_string()))
    }
}

impl TryFrom<String> for Lang {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

impl From<Lang> for String {
    fn from(lang: Lang) -> Self {
        lang.0
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
