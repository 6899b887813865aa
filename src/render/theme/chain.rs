//! A theme's name → the theme and those that it extends, the nearest first, down to the default theme. Refuses a theme that extends itself or is not there.

use serde::Deserialize;

use super::ThemeFiles;
use crate::{
    diagnostic::{Diagnostic, Rule, utf8},
    yaml,
};

/// theme.yaml
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Manifest {
    /// Shown in messages.
    #[allow(dead_code, reason = "read so that a theme may state it")]
    name: String,
    /// The theme whose files are used where this one has none; `default` where nothing is said.
    extends: Option<String>,
    /// The first version of Dépêche that can render the theme.
    min_version: Option<String>,
}

/// The theme, what it extends, and so on down to the default theme.
pub(super) fn chain(
    name: &str,
    files: &ThemeFiles,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let mut chain: Vec<String> = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(theme) = next.take().filter(|t| t != "default") {
        let file = format!("themes/{theme}/theme.yaml");
        if chain.contains(&theme) {
            diagnostics.push(Diagnostic::error(
                file,
                format!("the theme `{theme}` extends itself"),
            ));
            break;
        }
        if !files
            .keys()
            .any(|path| path.starts_with(&format!("{theme}/")))
        {
            diagnostics.push(
                Diagnostic::error("site.yaml", format!("there is no theme `{theme}`"))
                    .rule(Rule::Theme)
                    .help(format!(
                        "make the folder themes/{theme}, or set `theme: default`"
                    )),
            );
            break;
        }
        let manifest = files
            .get(&format!("{theme}/theme.yaml"))
            .map(|bytes| yaml::parse::<Manifest>(&file, utf8(&file, bytes)?, 1));
        match manifest {
            Some(Ok(manifest)) => {
                if let Some(wanted) = manifest
                    .min_version
                    .filter(|v| newer(v, env!("CARGO_PKG_VERSION")))
                {
                    diagnostics.push(Diagnostic::warning(
                        file,
                        format!(
                            "the theme needs Dépêche {wanted}; this is {}",
                            env!("CARGO_PKG_VERSION")
                        ),
                    ));
                }
                next = manifest.extends;
            }
            Some(Err(error)) => diagnostics.push(error),
            None => {}
        }
        chain.push(theme);
    }
    chain.push("default".to_owned());
    chain
}

fn newer(a: &str, b: &str) -> bool {
    let parts = |v: &str| {
        v.split('.')
            .map(|p| p.parse::<u64>().unwrap_or(0))
            .collect::<Vec<_>>()
    };
    parts(a) > parts(b)
}
