//! Defaults, site.yaml, the environment, the command line → the settings that hold, and where each of them comes from. What is given outside of
//! site.yaml comes in as [`Overrides`]: nothing here looks at the environment. Refuses what site.yaml would refuse, naming the variable.

use std::{collections::BTreeMap, fmt};

use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::{Value, json};

use super::{BaseUrl, Config};
use crate::{
    diagnostic::Diagnostic,
    yaml::{self, Value as Yaml},
};

/// Longest site.yaml whose lines are looked up, in bytes.
const FILE_LIMIT: usize = 4 * 1024 * 1024;

/// What kind of single value a setting has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Truth,
    /// A list or a mapping: no single value.
    Many,
}

/// The JSON Schema (draft 2020-12) of site.yaml, made from [`Config`].
pub fn schema() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|s| s.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<Config>();
    schema.insert("title".to_owned(), json!("site.yaml"));
    schema.to_value()
}

/// The settings by name, those of `limits` as `limits.seed_mib`, with what each holds; in the order of [`Config`].
pub fn settings() -> Vec<(String, Kind)> {
    fn below(schema: &Value, prefix: &str, found: &mut Vec<(String, Kind)>) {
        for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
            let name = format!("{prefix}{key}");
            if key == "limits" {
                below(inner, &format!("{name}."), found);
            } else {
                found.push((name, kind(inner)));
            }
        }
    }
    let mut found = Vec::new();
    below(&schema(), "", &mut found);
    found
}

fn kind(schema: &Value) -> Kind {
    let one = |name: &Value| match name.as_str() {
        Some("string") => Some(Kind::Text),
        Some("integer") => Some(Kind::Number),
        Some("boolean") => Some(Kind::Truth),
        _ => None,
    };
    let of_type = |schema: &Value| match &schema["type"] {
        Value::Array(names) => names.iter().find_map(one),
        name => one(name),
    };
    let either = ["anyOf", "oneOf"].iter().find_map(|key| {
        let choices = schema[key].as_array()?;
        choices.iter().find_map(of_type)
    });
    of_type(schema).or(either).unwrap_or(Kind::Many)
}

/// A setting's value from outside of site.yaml.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Where it comes from: `DEPECHE_TITLE`, `--base-url`.
    pub from: String,
    /// The value as it was written.
    pub text: String,
}

/// Values from outside of site.yaml, by setting.
pub type Overrides = BTreeMap<String, Override>;

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Origin {
    /// Nobody gave it.
    Default,
    /// A file of settings.
    File {
        /// Its path.
        file: String,
        /// 1-based.
        line: usize,
    },
    /// A variable of the environment.
    Environment {
        /// Its name.
        name: String,
    },
    /// An option.
    CommandLine {
        /// Its name, with hyphens.
        name: String,
    },
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { file, line } => write!(f, "{file}:{line}"),
            Self::Environment { name } | Self::CommandLine { name } => f.write_str(name),
        }
    }
}

/// One setting with its value.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explained {
    /// Its name.
    pub setting: String,
    /// The value that holds.
    pub value: Value,
    /// Where that comes from.
    pub origin: Origin,
}

impl Config {
    /// The settings of a file, where there is one, with `overrides` in their place.
    pub fn layered(
        source: Option<(&str, &str)>,
        overrides: &Overrides,
    ) -> Result<Self, Diagnostic> {
        let (file, text) = source.unwrap_or(("site.yaml", ""));
        // What is wrong with the file is said of the file.
        let config = Self::parse(file, text)?;
        if overrides.is_empty() {
            return Ok(config);
        }
        // What is read already: YAML read without its types has other ones. Unchecked: that adds the default language, which may be another one.
        let mut tree = json!(Self::unchecked(file, text)?);
        let kinds: BTreeMap<String, Kind> = settings().into_iter().collect();
        for (key, over) in overrides {
            let kind = kinds.get(key).copied().unwrap_or(Kind::Many);
            let value = typed(kind, over)?;
            // By itself first, so that what is wrong with it is said of it.
            let mut alone = json!({});
            put(&mut alone, key, value.clone());
            read(alone, &over.from)?;
            put(&mut tree, key, value);
        }
        let names: Vec<&str> = overrides.values().map(|over| over.from.as_str()).collect();
        read(tree, &names.join(", "))
    }

    /// Each setting, in the order of the documentation, with where its value comes from. The arguments are those of [`Config::layered`].
    pub fn explained(&self, source: Option<(&str, &str)>, overrides: &Overrides) -> Vec<Explained> {
        let (file, text) = source.unwrap_or_default();
        let lines = lines(file, text);
        let all = json!(self);
        let explain = |(setting, _): (String, Kind)| {
            let origin = match (overrides.get(&setting), lines.get(&setting)) {
                (Some(over), _) if over.from.starts_with('-') => Origin::CommandLine {
                    name: over.from.clone(),
                },
                (Some(over), _) => Origin::Environment {
                    name: over.from.clone(),
                },
                (None, Some(line)) => Origin::File {
                    file: file.to_owned(),
                    line: *line,
                },
                (None, None) => Origin::Default,
            };
            Explained {
                value: all
                    .pointer(&format!("/{}", setting.replace('.', "/")))
                    .cloned()
                    .unwrap_or_default(),
                setting,
                origin,
            }
        };
        settings().into_iter().map(explain).collect()
    }

    /// The settings as a site.yaml: one setting a line, and another reading gives the same settings.
    pub fn to_yaml(&self) -> String {
        let value = |value: &Value| match value {
            Value::String(text) => yaml::scalar(text),
            other => other.to_string(),
        };
        let Value::Object(all) = json!(self) else {
            return String::new();
        };
        all.iter()
            .map(|(key, v)| format!("{key}: {}\n", value(v)))
            .collect()
    }
}

/// `base_url` in the form in which overrides come.
pub fn base_url(url: &BaseUrl, from: &str) -> (String, Override) {
    let over = Override {
        from: from.to_owned(),
        text: String::from(url.clone()),
    };
    ("base_url".to_owned(), over)
}

fn typed(kind: Kind, over: &Override) -> Result<Value, Diagnostic> {
    let text = over.text.trim();
    let wrong = |what: &str| Diagnostic::error(&over.from, format!("`{text}` is {what}"));
    match kind {
        Kind::Text => Ok(over.text.clone().into()),
        Kind::Number => text.parse::<u64>().map(Value::from).map_err(|_| {
            wrong("not a whole number").help(format!("write it in digits: {}=20", over.from))
        }),
        Kind::Truth => text.parse::<bool>().map(Value::from).map_err(|_| {
            wrong("neither true nor false").help(format!("write {}=true or {0}=false", over.from))
        }),
        Kind::Many => Err(wrong("given for a setting that holds a list or a mapping")
            .help("write it in site.yaml")),
    }
}

fn put(tree: &mut Value, key: &str, value: Value) {
    let mut at = tree;
    let mut parts = key.split('.').peekable();
    while let Some(part) = parts.next() {
        if !at.is_object() {
            *at = json!({});
        }
        let Some(map) = at.as_object_mut() else {
            return;
        };
        if parts.peek().is_none() {
            map.insert(part.to_owned(), value);
            return;
        }
        at = map.entry(part).or_insert(Value::Null);
    }
}

fn read(tree: Value, from: &str) -> Result<Config, Diagnostic> {
    let config: Config = serde_json::from_value(tree).map_err(|error| {
        Diagnostic::error(from, error.to_string())
            .help("docs/configuration has what the setting can hold")
    })?;
    config.checked(from)
}

/// The line of each setting of a file, those of `limits` by themselves.
fn lines(file: &str, text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let Ok(root) = yaml::nodes(file, text, 1, FILE_LIMIT) else {
        return found;
    };
    let Yaml::Map(entries) = root.value else {
        return found;
    };
    for (key, line, node) in entries {
        if let ("limits", Yaml::Map(inner)) = (key.as_str(), node.value) {
            found.extend(
                inner
                    .into_iter()
                    .map(|(k, line, _)| (format!("limits.{k}"), line)),
            );
        }
        found.insert(key, line);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(key: &str, text: &str) -> Overrides {
        let from = format!("DEPECHE_{}", key.to_uppercase().replace('.', "_"));
        let text = text.to_owned();
        BTreeMap::from([(key.to_owned(), Override { from, text })])
    }

    const SITE: Option<(&str, &str)> = Some((
        "site.yaml",
        "title: A\nlanguages: [fr]\nlimits:\n  seed_mib: 9\n",
    ));

    #[test]
    fn the_environment_goes_before_the_file() {
        let (title, seed) = (over("title", "2026"), over("limits.seed_mib", "12"));
        let config = Config::layered(SITE, &title).expect("well");
        assert_eq!(config.title, "2026");
        assert_eq!(config.limits.seed_mib.get(), 9);
        assert_eq!(config.languages.len(), 2);
        let config = Config::layered(SITE, &over("default_language", "fr")).expect("well");
        assert_eq!(json!(config.languages), json!(["fr"]));
        let config = Config::layered(None, &over("default_language", "fr")).expect("well");
        assert_eq!(json!(config.languages), json!(["fr"]));
        let config = Config::layered(SITE, &seed).expect("well");
        assert_eq!(config.limits.seed_mib.get(), 12);
        assert!(
            !Config::layered(None, &over("map", "false"))
                .expect("well")
                .map
        );
        assert_eq!(
            Config::layered(None, &over("accent", "#112233")).map(|c| c.accent.is_some()),
            Ok(true)
        );
    }

    #[test]
    fn what_a_file_may_say_it_may_say_beside_the_environment() {
        let text = "title: 2026\ndescription: yes\ncountry_names: {en: {NO: Norge}}\nlanguages: [no]\nnavigation:\n  - { title: 1, url: /a/ }\n";
        let source = Some(("site.yaml", text));
        let alone = Config::layered(source, &Overrides::new()).expect("well");
        let over = over("map", "false");
        let config = Config::layered(source, &over).expect("well, too");
        assert!(alone.map && !config.map);
        let but_map = |config: &Config| config.to_yaml().replace("map: true", "map: false");
        assert_eq!(but_map(&alone), but_map(&config));
    }

    #[test]
    fn what_is_wrong_outside_of_the_file_names_the_variable() {
        for (key, text) in [
            ("paginate_by", "many"),
            ("paginate_by", "0"),
            ("map", "perhaps"),
            ("base_url", "nowhere"),
            ("languages", "fr"),
            ("limits.seed_mib", "65"),
            ("headings", "gothic"),
        ] {
            let error = Config::layered(SITE, &over(key, text)).expect_err(key);
            assert!(error.file.starts_with("DEPECHE_"), "{error}");
            assert!(error.help.is_some(), "{error}");
        }
    }

    #[test]
    fn each_value_is_explained_and_the_whole_is_read_again() {
        let overrides = over("title", "B");
        let config = Config::layered(SITE, &overrides).expect("well");
        let explained = config.explained(SITE, &overrides);
        let origin = |name: &str| {
            let one = explained.iter().find(|e| e.setting == name).expect(name);
            format!("{} {}", one.value, one.origin)
        };
        assert_eq!(origin("title"), "\"B\" DEPECHE_TITLE");
        assert_eq!(origin("limits.seed_mib"), "9 site.yaml:4");
        assert_eq!(origin("languages"), "[\"en\",\"fr\"] site.yaml:2");
        assert_eq!(origin("paginate_by"), "20 default");
        let again = Config::parse("config", &config.to_yaml()).expect("its own words");
        assert_eq!(again.to_yaml(), config.to_yaml());
    }
}
