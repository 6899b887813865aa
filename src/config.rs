//! site.yaml → [`Config`]: defaults, typed values; unknown settings and wrong values are errors with file and line.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    diagnostic::Diagnostic,
    model::{self, CountryCode, Lang},
    yaml,
};

mod base_url;
mod colour;
pub mod deploy;
pub mod hosts;
pub mod layers;
pub mod limits;
pub mod outputs;
mod permalink;
pub mod raw_html;

pub use base_url::BaseUrl;
pub use colour::Colour;
pub use hosts::{Host, Hosts, Packing};
pub use layers::Overrides;
pub use limits::Limits;
pub use outputs::{Output, Outputs};
pub use permalink::Permalink;
pub use raw_html::RawHtml;

/// The settings of a site.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The site's name.
    pub title: String,
    /// One sentence about the site, for feeds and search engines.
    pub description: String,
    /// The address the site will have; may lie under a path.
    pub base_url: BaseUrl,
    /// The language of pages that don't say theirs, and of the chrome round briefings in other languages.
    pub default_language: Lang,
    /// The languages in which indexes and chrome are made; the default one is always among them, and alone where none is given.
    #[serde(default)]
    pub languages: Vec<Lang>,
    /// The folder of themes/ whose files win over the default theme's.
    pub theme: String,
    /// Where briefings live.
    pub permalink: Permalink,
    /// Briefings on one page of an index.
    #[schemars(range(min = 1))]
    pub paginate_by: usize,
    /// How many briefings an intersection (a country and a topic, say) must hold to get a page of its own; 0 for no such pages.
    pub facet_minimum: usize,
    /// Entries in a feed.
    pub feed_limit: usize,
    /// The formats for machines that are made.
    pub outputs: Outputs,
    /// The web hosts that the site is made for.
    pub hosts: Hosts,
    /// The places that the site is put to, by name.
    pub deploy: deploy::Targets,
    /// The HTML elements that bodies may hold.
    pub raw_html: RawHtml,
    /// Bytes that a template may write for one page.
    pub page_limit: usize,
    /// The picture of shared links, as a path from the site's root, in place of generated ones.
    pub share_image: String,
    /// Who publishes the site.
    pub publisher: String,
    /// A sentence that the theme shows on every page.
    pub disclaimer: String,
    /// Whether the site has a map of the world.
    pub map: bool,
    /// What stands below the map about borders; a sentence of the theme where nothing is given.
    pub map_note: String,
    /// The licence of the texts.
    pub license: String,
    /// The one colour of the theme; it is taken darker or lighter where it could not be read.
    pub accent: Option<Colour>,
    /// The face of headlines.
    pub headings: Face,
    /// An image of content/ that stands before the site's name, as a path from the site's root.
    pub logo: Option<String>,
    /// Links of the top bar.
    pub navigation: Vec<Link>,
    /// Links of the footer.
    pub footer: Vec<Link>,
    /// The words of the site in its other languages.
    pub translations: BTreeMap<Lang, Translation>,
    /// What the site calls a country, by language, where that is not its name in CLDR.
    pub country_names: BTreeMap<Lang, BTreeMap<CountryCode, String>>,
    /// Whether the site can be searched.
    pub search: bool,
    /// Bounds of what is read.
    pub limits: Limits,
    /// Whatever the site's own templates need.
    pub extra: Map<String, Value>,
}

/// The settings that are words, in one of the site's other languages. What is not given is taken from the settings themselves.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Translation {
    /// The site's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// One sentence about the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    /// A sentence that the theme shows on every page.
    #[serde(skip_serializing_if = "Option::is_none")]
    disclaimer: Option<String>,
    /// What stands below the map about borders.
    #[serde(skip_serializing_if = "Option::is_none")]
    map_note: Option<String>,
    /// Links of the top bar.
    #[serde(skip_serializing_if = "Option::is_none")]
    navigation: Option<Vec<Link>>,
    /// Links of the footer.
    #[serde(skip_serializing_if = "Option::is_none")]
    footer: Option<Vec<Link>>,
}

/// The settings that are words, for pages of one language.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The site's name.
    pub title: &'a str,
    /// One sentence about the site.
    pub description: &'a str,
    /// A sentence that the theme shows on every page.
    pub disclaimer: &'a str,
    /// What stands below the map.
    pub map_note: &'a str,
    /// Links of the top bar.
    pub navigation: &'a [Link],
    /// Links of the footer.
    pub footer: &'a [Link],
}

/// A family of type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Face {
    /// With serifs.
    #[default]
    Serif,
    /// Without.
    Sans,
}

/// A link in the site's settings.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The words.
    pub title: String,
    /// A path from the site's root (`/about/`), `@/about.md`, or a full address.
    pub url: String,
}

impl Default for Config {
    fn default() -> Self {
        let english = Lang::english();
        Self {
            title: "Briefings".to_owned(),
            description: String::new(),
            base_url: BaseUrl::default(),
            default_language: english.clone(),
            languages: vec![english],
            theme: "default".to_owned(),
            permalink: Permalink::default(),
            paginate_by: 20,
            facet_minimum: 3,
            feed_limit: 20,
            outputs: Outputs::default(),
            hosts: Hosts::default(),
            deploy: deploy::Targets::new(),
            raw_html: RawHtml::default(),
            page_limit: 32 * 1024 * 1024,
            share_image: String::new(),
            publisher: String::new(),
            disclaimer: String::new(),
            map: true,
            map_note: String::new(),
            license: String::new(),
            accent: None,
            headings: Face::default(),
            logo: None,
            navigation: Vec::new(),
            footer: Vec::new(),
            translations: BTreeMap::new(),
            country_names: BTreeMap::new(),
            search: true,
            limits: Limits::default(),
            extra: Map::new(),
        }
    }
}

impl Config {
    /// Reads site.yaml. An empty file gives the defaults.
    pub fn parse(file: &str, text: &str) -> Result<Self, Diagnostic> {
        Self::unchecked(file, text)?.checked(file)
    }

    /// The settings as they are written, whether a site can have them or not.
    fn unchecked(file: &str, text: &str) -> Result<Self, Diagnostic> {
        let written = yaml::parse::<Option<Self>>(file, text, 1)?;
        Ok(written.unwrap_or_else(|| Self {
            languages: Vec::new(),
            ..Self::default()
        }))
    }

    /// The settings, where each value is one that a site can have. `from` names where they come from.
    fn checked(mut self, from: &str) -> Result<Self, Diagnostic> {
        if self.paginate_by == 0 {
            return Err(Diagnostic::error(from, "`paginate_by` is 0")
                .help("give the number of briefings on one page of an index, such as 20"));
        }
        if !portable_name(&self.theme) {
            return Err(Diagnostic::error(
                from,
                format!("`theme: {}` is no folder of themes/", self.theme),
            )
            .help("give the name of a folder in themes/, without any slash"));
        }
        let listed = std::mem::take(&mut self.languages);
        for lang in std::iter::once(self.default_language.clone()).chain(listed) {
            if !self.languages.contains(&lang) {
                self.languages.push(lang);
            }
        }
        Ok(self)
    }

    /// What the settings change of the theme's style sheet; nothing where they change nothing.
    pub fn style(&self) -> String {
        let mut css = String::new();
        if let Some(accent) = self.accent {
            css.push_str(&accent.declarations());
        }
        if self.headings == Face::Sans {
            css.push_str(":root,[lang]{--serif:var(--sans)}\n");
        }
        css
    }

    /// What the site calls a country in a language: its own name for it, else CLDR's.
    pub fn country_name(&self, code: CountryCode, lang: &Lang) -> String {
        let primary = lang.primary().parse().ok();
        [Some(lang), primary.as_ref()]
            .into_iter()
            .flatten()
            .find_map(|lang| self.country_names.get(lang)?.get(&code))
            .map_or_else(|| model::country_name(code, lang), Clone::clone)
    }

    /// What the site says in words on pages of a language.
    pub fn words(&self, lang: &Lang) -> Words<'_> {
        let own = self.translations.get(lang);
        Words {
            title: own.and_then(|t| t.title.as_deref()).unwrap_or(&self.title),
            description: own
                .and_then(|t| t.description.as_deref())
                .unwrap_or(&self.description),
            disclaimer: own
                .and_then(|t| t.disclaimer.as_deref())
                .unwrap_or(&self.disclaimer),
            map_note: own
                .and_then(|t| t.map_note.as_deref())
                .unwrap_or(&self.map_note),
            navigation: own
                .and_then(|t| t.navigation.as_deref())
                .unwrap_or(&self.navigation),
            footer: own
                .and_then(|t| t.footer.as_deref())
                .unwrap_or(&self.footer),
        }
    }
}

fn portable_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_language_leads_the_languages_and_each_is_there_once() {
        let alone = Config::parse("site.yaml", "default_language: fr\n").expect("well");
        assert_eq!(alone.languages, ["fr".parse().expect("a language")]);
        let config = Config::parse(
            "site.yaml",
            "default_language: fr\nlanguages: [en, fr, ar, en]\n",
        )
        .expect("well");
        assert_eq!(
            config
                .languages
                .iter()
                .map(Lang::as_str)
                .collect::<Vec<_>>(),
            ["fr", "en", "ar"]
        );
    }

    #[test]
    fn the_site_has_names_of_its_own_for_countries() {
        let config = Config::parse(
            "site.yaml",
            "country_names:\n  en: { TR: Turkey, NO: Kingdom of Norway }\n",
        )
        .expect("well");
        let name = |code: &str, lang: &str| {
            config.country_name(code.parse().expect(code), &lang.parse().expect(lang))
        };
        assert_eq!(name("TR", "en"), "Turkey");
        assert_eq!(name("NO", "en-GB"), "Kingdom of Norway");
        assert_eq!(name("TR", "fr"), "Turquie");
        assert_eq!(name("MA", "en"), "Morocco");
        let wrong = Config::parse("site.yaml", "country_names:\n  en: { ZQ: Nowhere }\n");
        let wrong = wrong.expect_err("no country");
        assert!(wrong.message.contains("ZQ"), "{wrong}");
    }

    #[test]
    fn an_unknown_setting_is_refused_with_its_line() {
        let error = Config::parse("site.yaml", "title: A\ntitel: B\n").expect_err("unknown");
        assert_eq!(
            (error.file.as_str(), error.line),
            ("site.yaml", Some(2)),
            "{error}"
        );
        assert!(error.message.contains("titel"), "{error}");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "paginate_by: 0",
            "theme: ../x",
            "base_url: nowhere",
            "permalink: /{year}/{slog}/",
            "outputs: [atom, rss]",
        ] {
            assert!(Config::parse("site.yaml", text).is_err(), "{text}");
        }
    }
}
