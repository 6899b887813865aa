//! The settings of the other site → site.yaml.

use serde_json::Value;

use super::{
    front::{map, word},
    page::pair,
    report::{Outcome, Report},
};
use crate::{config::BaseUrl, model::Lang, yaml::Node};

/// Settings in the words of Dépêche.
#[derive(Debug, Default)]
pub(super) struct Settings {
    values: Vec<(&'static str, Value)>,
    pub(super) extra: serde_json::Map<String, Value>,
}

impl Settings {
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.values
            .iter()
            .find(|(k, _)| *k == key)
            .and_then(|(_, value)| value.as_str())
    }

    pub(super) fn set(&mut self, key: &'static str, value: impl Into<Value>) {
        self.values.retain(|(k, _)| *k != key);
        self.values.push((key, value.into()));
    }

    /// Takes a setting out.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        let at = self.values.iter().position(|(k, _)| *k == key)?;
        Some(self.values.remove(at).1)
    }

    /// The words of the site in its other languages: title and description.
    pub(super) fn translate<'n>(
        &mut self,
        languages: impl Iterator<Item = (&'n str, Option<&'n str>, Option<&'n str>)>,
    ) {
        let default = self.lang().to_owned();
        let mut all = serde_json::Map::new();
        for (lang, title, description) in languages {
            if lang == default || lang.parse::<Lang>().is_err() {
                continue;
            }
            let words: serde_json::Map<_, _> = [("title", title), ("description", description)]
                .into_iter()
                .filter_map(|(key, text)| Some((key.to_owned(), text?.into())))
                .collect();
            if !words.is_empty() {
                all.insert(lang.to_owned(), words.into());
            }
        }
        if !all.is_empty() {
            self.set("translations", all);
        }
    }

    /// The default language.
    pub(super) fn lang(&self) -> &str {
        self.get("default_language").unwrap_or("en")
    }

    /// The path below which the other site lay, without a slash at its end; and its whole address.
    pub(super) fn base(&self) -> (&str, &str) {
        let whole = self
            .get("base_url")
            .unwrap_or_default()
            .trim_end_matches('/');
        let path = whole
            .split_once("://")
            .and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)))
            .unwrap_or_default();
        (path, whole)
    }

    pub(super) fn file(&self, from: &str) -> String {
        let mut out = format!(
            "# Made from {from} by `depeche migrate`. `depeche config` shows all settings that hold.\n"
        );
        for (key, value) in &self.values {
            out.push_str(&pair(key, value));
        }
        if !self.extra.is_empty() {
            out.push_str(&pair("extra", &Value::Object(self.extra.clone())));
        }
        out
    }
}

/// What becomes of a setting.
#[derive(Clone, Copy, Debug)]
pub(super) enum Setting {
    /// A text, under this name.
    Text(&'static str),
    /// A text, or the `name` of a mapping, under this name; a mapping without one is kept for the site's own templates.
    Name(&'static str),
    /// An address.
    Address,
    /// A language.
    Lang,
    /// A number above 0.
    Number(&'static str),
    /// Entries for the site's own templates.
    Below,
    /// The zone of times without an offset.
    Zone,
    /// Used, but not copied: into what.
    Used(&'static str),
    /// Left out, and why.
    Drop(&'static str),
}

/// Takes one setting over.
pub(super) fn take(
    settings: &mut Settings,
    report: &mut Report,
    (file, line, field): (&str, usize, &str),
    node: &Node,
    rule: Setting,
) {
    let name = || word(map(node), "name");
    let text = match rule {
        Setting::Name(_) => node.text().or_else(name),
        _ => node.text(),
    };
    let text = text.map(str::trim).filter(|text| !text.is_empty());
    let named = |to: &str| {
        if to == field {
            Outcome::Kept
        } else {
            Outcome::Changed(to.to_owned())
        }
    };
    let outcome = match (rule, text) {
        (Setting::Drop(why), _) => Outcome::Dropped(why.to_owned()),
        (Setting::Used(into), _) => Outcome::Changed(into.to_owned()),
        (Setting::Name(_), None) if !node.is_null() && node.text().is_none() => {
            let (key, value) = (field.to_owned(), node.to_json());
            settings.extra.insert(key, value);
            Outcome::Changed(format!("extra.{field}"))
        }
        (Setting::Below, _) => {
            match node.to_json() {
                Value::Object(entries) => settings.extra.extend(entries),
                value => {
                    settings
                        .extra
                        .insert(field.rsplit('.').next().unwrap_or(field).to_owned(), value);
                }
            }
            Outcome::Changed("extra".to_owned())
        }
        (_, None) => Outcome::Dropped("it was empty".to_owned()),
        (Setting::Zone, Some(zone)) => {
            if !["UTC", "Etc/UTC"].contains(&zone) {
                report.find(
                    file,
                    Some(line),
                    &format!("times without an offset are read as those of UTC, not of {zone}"),
                    "write the offset into dates that lie ahead before the migration: 2027-01-27T09:30:00-05:00",
                );
            }
            Outcome::Dropped("times without an offset are those of UTC".to_owned())
        }
        (Setting::Text(to) | Setting::Name(to), Some(text)) => {
            settings.set(to, text);
            named(to)
        }
        (Setting::Address, Some(text)) => match text.parse::<BaseUrl>() {
            Ok(_) => {
                settings.set("base_url", text);
                named("base_url")
            }
            Err(_) => Outcome::Dropped("it is no address that a site can have".to_owned()),
        },
        (Setting::Lang, Some(text)) => match text.replace('_', "-").parse::<Lang>() {
            Ok(lang) => {
                settings.set("default_language", lang.as_str());
                named("default_language")
            }
            Err(_) => Outcome::Dropped("it is no language tag".to_owned()),
        },
        (Setting::Number(to), Some(text)) => match text.parse::<u32>() {
            Ok(number) if number > 0 => {
                settings.set(to, number);
                named(to)
            }
            _ => Outcome::Dropped("it is no number above 0".to_owned()),
        },
    };
    report.note(file, line, &format!("(settings) {field}"), outcome);
}
