//! `strings/<lang>.yaml` of a theme → the words of the interface, with CLDR plurals. A missing string is reported and falls back to English.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

use super::{Arguments, ThemeFiles};
use crate::{
    diagnostic::{Diagnostic, utf8},
    model::Lang,
    yaml,
};

/// The strings of all languages of a theme.
#[derive(Clone, Debug, Default, Hash)]
pub struct Strings {
    by_lang: BTreeMap<String, BTreeMap<String, String>>,
}

impl Strings {
    /// Reads the strings of a chain of themes; the first theme that has a key wins.
    pub fn load(chain: &[String], files: &ThemeFiles, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut by_lang: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for theme in chain {
            let prefix = format!("{theme}/strings/");
            for (path, bytes) in files
                .range(prefix.clone()..)
                .take_while(|(path, _)| path.starts_with(&prefix))
            {
                let Some(lang) = path
                    .strip_prefix(&prefix)
                    .and_then(|name| name.strip_suffix(".yaml"))
                else {
                    continue;
                };
                let file = format!("themes/{path}");
                let strings = utf8(&file, bytes)
                    .and_then(|text| yaml::parse::<BTreeMap<String, String>>(&file, text, 1));
                match strings {
                    Ok(strings) => {
                        let known = by_lang.entry(lang.to_owned()).or_default();
                        for (key, text) in strings {
                            known.entry(key).or_insert(text);
                        }
                    }
                    Err(error) => diagnostics.push(error),
                }
            }
        }
        Self { by_lang }
    }

    /// The string of `key` in `lang`, else in English; `None` where neither has it. With `count`, the plural form `<key>_<category>`.
    pub fn get(
        &self,
        lang: &Lang,
        key: &str,
        count: Option<u64>,
        arguments: &Arguments,
    ) -> Option<String> {
        let (text, _) = [self.find(lang), self.by_lang.get("en").map(|s| ("en", s))]
            .into_iter()
            .flatten()
            .find_map(|(tag, strings)| {
                let text = match count {
                    None => strings.get(key),
                    Some(n) => strings
                        .get(&format!("{key}_{}", category(tag, n)))
                        .or_else(|| strings.get(&format!("{key}_other"))),
                };
                text.map(|text| (text, tag))
            })?;
        let mut text = text.clone();
        for (name, value) in arguments {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        if let Some(n) = count {
            text = text.replace("{n}", &super::dates::number(lang, n));
        }
        Some(text)
    }

    /// The keys that English has and `lang` lacks; plural forms of one key count as one.
    pub fn missing(&self, lang: &Lang) -> BTreeSet<String> {
        let base = |key: &str| {
            ["_zero", "_one", "_two", "_few", "_many", "_other"]
                .iter()
                .find_map(|form| key.strip_suffix(form))
                .unwrap_or(key)
                .to_owned()
        };
        let keys = |strings: &BTreeMap<String, String>| {
            strings.keys().map(|k| base(k)).collect::<BTreeSet<_>>()
        };
        let known = self
            .find(lang)
            .map(|(_, strings)| keys(strings))
            .unwrap_or_default();
        let english = self.by_lang.get("en").map(keys).unwrap_or_default();
        english.difference(&known).cloned().collect()
    }

    fn find(&self, lang: &Lang) -> Option<(&str, &BTreeMap<String, String>)> {
        [lang.as_str(), lang.primary()]
            .into_iter()
            .find_map(|tag| self.by_lang.get_key_value(tag))
            .map(|(tag, strings)| (tag.as_str(), strings))
    }
}

thread_local! {
    /// The plural rules that ICU4X has loaded, by language.
    static RULES: RefCell<HashMap<String, Option<PluralRules>>> = RefCell::default();
}

fn category(lang: &str, n: u64) -> &'static str {
    let category = RULES.with_borrow_mut(|loaded| {
        if !loaded.contains_key(lang) {
            loaded.insert(lang.to_owned(), rules(lang));
        }
        let rules = loaded.get(lang)?.as_ref()?;
        Some(rules.category_for(n))
    });
    match category.unwrap_or(PluralCategory::Other) {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

fn rules(lang: &str) -> Option<PluralRules> {
    let locale: Locale = lang.parse().ok()?;
    PluralRules::try_new(locale.into(), PluralRulesOptions::default()).ok()
}
