//! `config`: the settings that hold, and where each comes from; nothing is written.

use std::{io::Write, path::Path, process::ExitCode};

use anstyle::{AnsiColor, Style};
use serde_json::json;

use crate::{
    cli::{Cli, ConfigArgs, DataFormat},
    config::{
        BaseUrl, Config,
        layers::{self, Explained, Origin},
    },
    diagnostic::Diagnostic,
    edge::{
        environment,
        terminal::{self, cut},
    },
};

const NAME: Style = Style::new().bold();
const GIVEN: Style = AnsiColor::Cyan.on_default();
const DIM: Style = Style::new().dimmed();

/// Shows the settings. Exit status 2 where they can't be read.
pub fn run(cli: &Cli, args: &ConfigArgs) -> std::io::Result<ExitCode> {
    let (config, explained) = match read(cli, args) {
        Ok(read) => read,
        Err(error) => {
            terminal::report(&[error], cli.voice());
            return Ok(ExitCode::from(2));
        }
    };
    let mut out = anstream::stdout().lock();
    match (args.format, args.explain) {
        (DataFormat::Json, true) => {
            for one in &explained {
                writeln!(out, "{}", json!(one))?;
            }
        }
        (DataFormat::Json, false) => writeln!(out, "{}", json!(config))?,
        (DataFormat::Human, true) => explain(&mut out, &explained)?,
        (DataFormat::Human, false) => write!(out, "{}", config.to_yaml())?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn read(cli: &Cli, args: &ConfigArgs) -> Result<(Config, Vec<Explained>), Diagnostic> {
    let source = environment::settings(&cli.root, cli.config.as_deref());
    if let (None, Some(file)) = (&source, &cli.config) {
        return Err(missing(file));
    }
    let source = source
        .as_ref()
        .map(|(name, text)| (name.as_str(), text.as_str()));
    let mut overrides = environment::overrides();
    if let Some(url) = &args.base_url {
        let url: BaseUrl = url
            .parse()
            .map_err(|why| Diagnostic::error("--base-url", why))?;
        overrides.extend([layers::base_url(&url, "--base-url")]);
    }
    let config = Config::layered(source, &overrides)?;
    let explained = config.explained(source, &overrides);
    Ok((config, explained))
}

fn missing(file: &Path) -> Diagnostic {
    Diagnostic::error(file.display().to_string(), "the settings can't be read")
        .help("give the path of a file with --config, from where you are")
}

/// One setting a line: its name, its value, where that comes from.
fn explain(out: &mut impl Write, all: &[Explained]) -> std::io::Result<()> {
    let width = terminal::width();
    let name = all.iter().map(|e| e.setting.len()).max().unwrap_or(0);
    let origins: Vec<String> = all.iter().map(|e| e.origin.to_string()).collect();
    let origin = origins.iter().map(String::len).max().unwrap_or(0).min(32);
    let room = width.saturating_sub(name + origin + 4).max(10);
    for (one, from) in all.iter().zip(origins) {
        let style = if one.origin == Origin::Default {
            DIM
        } else {
            GIVEN
        };
        let (value, from) = (cut(&one.value.to_string(), room), cut(&from, origin));
        let setting = &one.setting;
        writeln!(
            out,
            "{NAME}{setting:<name$}{NAME:#}  {style}{from:<origin$}{style:#}  {value}"
        )?;
    }
    Ok(())
}
