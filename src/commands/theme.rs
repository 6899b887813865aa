//! `theme`: a theme of one's own in themes/, which changes one block, one string and the style; or the reference of templates. Never writes over a file and
//! never changes site.yaml.

use std::{
    io::{ErrorKind, Write},
    path::Path,
    process::ExitCode,
};

use crate::{
    cli::{Cli, ThemeArgs, ThemeVerb},
    diagnostic::Diagnostic,
    edge::terminal::{self, say},
    pipeline::{self, BuildOptions, Memo, Sources},
    render::{
        Prober,
        reference::{self, SAMPLE},
    },
};

/// The files of a new theme; NAME stands for its name.
const FILES: [(&str, &str); 6] = [
    (
        "theme.yaml",
        "# The theme's name for people, and the theme whose files are used where this one has none.\nname: NAME\nextends: default\n",
    ),
    ("templates/page.html", PAGE),
    ("templates/base.html", BASE),
    ("static/NAME.css", STYLE),
    (
        "strings/en.yaml",
        "# Single words of the interface, in place of the default theme's. strings/fr.yaml has the French ones, and so on.\nbriefings: Briefings\n",
    ),
    ("README.md", README),
];

const PAGE: &str = r#"{% extends "default/page.html" %}
{% block page_footer %}
<p class="NAME-note">{{ config.publisher or config.title }}</p>
{{ super() }}
{% endblock page_footer %}
"#;

const BASE: &str = r#"{% extends "default/base.html" %}
{% block head %}
{{ super() }}<link rel="stylesheet" href="{{ asset(path="NAME.css") }}">
{% endblock head %}
"#;

const STYLE: &str = "/* Comes after site.css. Its colours are custom properties: `:root { --accent: light-dark(#00485e, #9adcf0); }` changes one everywhere. */
.NAME-note { font-weight: 600; }
";

const README: &str = "\
# NAME

A theme for Dépêche. It holds only what differs from the default theme; `theme: NAME` in site.yaml turns it on.

- `templates/page.html` fills one block of each briefing and page; `templates/base.html` adds a style sheet to all pages.
- `static/` is published; `strings/` has words of the interface, a file a language.
- `depeche context / --keys` shows what a template gets, `depeche theme reference` what it can use, `depeche serve` each change as you save.
";

/// Makes a theme or prints the reference. Exit status 2 where the theme is there already or can't be written.
pub fn run(cli: &Cli, args: &ThemeArgs) -> std::io::Result<ExitCode> {
    let done = match &args.verb {
        ThemeVerb::New { name } => make(cli, name),
        ThemeVerb::Reference => {
            let text = reference();
            if let Ok(text) = &text {
                std::io::stdout().lock().write_all(text.as_bytes())?;
            }
            text.map(drop)
        }
    };
    Ok(match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::report(&[error], cli.voice());
            ExitCode::from(2)
        }
    })
}

fn make(cli: &Cli, name: &str) -> Result<(), Diagnostic> {
    let well = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
    if !begins || !name.chars().all(well) || name.len() > 64 || name == "default" {
        return Err(Diagnostic::error(name, "this is no name for a theme of your own")
            .help("give lower-case letters, digits and hyphens, a letter first; `default` is the theme that yours rests on"));
    }
    let shown = format!("themes/{name}");
    let folder = cli.in_root(Path::new("themes")).join(name);
    if folder.symlink_metadata().is_ok() {
        return Err(
            Diagnostic::error(shown, "the theme is there already; nothing was changed")
                .help("give another name, or edit the files there"),
        );
    }
    for (path, text) in FILES {
        let path = path.replace("NAME", name);
        write(&folder.join(&path), &text.replace("NAME", name)).map_err(|error| {
            Diagnostic::error(format!("{shown}/{path}"), error.to_string())
                .help("make the folder themes/ one that you may write to")
        })?;
    }
    say(
        cli.voice(),
        &format!(
            "A new theme is in {shown}:\n\
             \x20 templates/page.html   fills one block of each briefing and page\n\
             \x20 templates/base.html   adds static/{name}.css to all pages\n\
             \x20 strings/en.yaml       words of the interface\n\n\
             Write this line into site.yaml to turn it on:\n\
             \x20 theme: {name}"
        ),
    );
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a command writes what it was asked for"
)]
fn write(path: &Path, text: &str) -> std::io::Result<()> {
    let above = path.parent().ok_or(ErrorKind::InvalidInput)?;
    std::fs::create_dir_all(above)?;
    std::fs::File::create_new(path)?.write_all(text.as_bytes())
}

/// The reference of the theme that is part of the program.
fn reference() -> Result<String, Diagnostic> {
    let mut sources = Sources::default();
    for (path, text) in SAMPLE {
        match path.strip_prefix("content/") {
            Some(path) => drop(sources.content.insert(path.to_owned(), text.into())),
            None => sources.config = Some((path.to_owned(), text.into())),
        }
    }
    let options = BuildOptions::default();
    match pipeline::build(&sources, &options, &mut Memo::default()) {
        (Some(renderer), _) => reference::reference(&Prober::of(renderer)),
        (None, said) => Err(said
            .into_iter()
            .next()
            .unwrap_or_else(|| Diagnostic::error("", "there is no sample"))),
    }
}
