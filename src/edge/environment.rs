//! The environment → settings: `DEPECHE_TITLE` for `title`, `DEPECHE_LIMITS_SEED_MIB` for `limits.seed_mib`. The only place that looks for them.

use std::{collections::BTreeMap, path::Path};

use crate::{
    cli::Cli,
    config::{
        Config, Limits, Overrides,
        layers::{self, Kind, Override},
    },
    diagnostic::{Diagnostic, Rule, near},
};

const PREFIX: &str = "DEPECHE_";

/// The variable of a setting.
pub fn variable(setting: &str) -> String {
    format!("{PREFIX}{}", setting.replace('.', "_").to_uppercase())
}

/// The settings that the environment gives. A variable that is empty gives none.
pub fn overrides() -> Overrides {
    let given = given();
    if given.is_empty() {
        return Overrides::new();
    }
    let of = |(setting, _): (String, Kind)| {
        let from = variable(&setting);
        let text = given.get(&from)?.clone();
        Some((setting, Override { from, text }))
    };
    layers::settings().into_iter().filter_map(of).collect()
}

/// Warnings of variables that look like a setting's, and are none.
pub fn doubts() -> Vec<Diagnostic> {
    let given = given();
    if given.is_empty() {
        return Vec::new();
    }
    let known: Vec<String> = layers::settings()
        .iter()
        .map(|(setting, _)| variable(setting))
        .collect();
    // What all names begin with makes none of them alike.
    let own = |name: &str| name.strip_prefix(PREFIX).unwrap_or_default().to_owned();
    let names: Vec<String> = known.iter().map(|name| own(name)).collect();
    let meant = |name: &String| {
        let nearest = near(&own(name), names.iter().map(String::as_str))?;
        Some(format!("{PREFIX}{nearest}"))
    };
    let unknown = given.keys().filter(|name| !known.contains(name));
    unknown
        .filter_map(|name| {
            let meant = meant(name)?;
            let message =
                format!("the environment's `{name}` sets nothing: did you mean `{meant}`?");
            let found = Diagnostic::warning("", message).rule(Rule::Settings);
            Some(found.help("rename the variable, or unset it"))
        })
        .collect()
}

#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn given() -> BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, text)| Some((name.into_string().ok()?, text.into_string().ok()?)))
        .filter(|(name, text)| name.starts_with(PREFIX) && !text.is_empty())
        .collect()
}

/// A file of settings: its name for messages, and its text. `None` where there is none, or none that can be read.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn settings(root: &Path, config: Option<&Path>) -> Option<(String, String)> {
    let path = config.map_or_else(|| root.join("site.yaml"), Path::to_owned);
    let name = config.map_or_else(|| "site.yaml".to_owned(), |c| c.display().to_string());
    Some((name, std::fs::read_to_string(path).ok()?))
}

/// The README of a site's folder; empty where there is none.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn readme(root: &Path) -> Vec<u8> {
    std::fs::read(root.join("README.md")).unwrap_or_default()
}

/// The limits of a command's site; the defaults where its settings can't be read, which the command itself will say.
pub fn limits(cli: &Cli) -> Limits {
    let source = settings(&cli.root, cli.config.as_deref());
    let source = source
        .as_ref()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let config = Config::layered(source, &overrides());
    config.map(|config| config.limits).unwrap_or_default()
}
