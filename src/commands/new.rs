//! `new`: a folder with settings, their schemas for editors, an example seed and two pages; a pipeline, also in a site that exists. Refuses a folder that
//! holds anything else.

use std::{path::Path, process::ExitCode};

use crate::{
    cli::{Cli, NewArgs},
    diagnostic::Diagnostic,
    edge::terminal::{self, say},
};

mod ci;

pub use ci::Ci;

/// The files of a new site.
const FILES: [(&str, &str); 5] = [
    ("site.yaml", SITE),
    ("seeds/2026-01-28_example.txt", SEED),
    ("content/_index.md", HOME),
    ("content/about.md", ABOUT),
    (".gitignore", "/public\n"),
];

const SITE: &str = "\
# yaml-language-server: $schema=schemas/site.schema.json
# The settings of this site. Every one has a default; these are the ones you will want first.
title: My briefings
description: Press releases and dispatches, dated and filed by country and topic.
# The address the site will have. It may lie under a path: https://example.org/briefings/
base_url: http://127.0.0.1:4000/
default_language: en
languages: [en, fr]
";

const SEED: &str = "\
Ministry of Fisheries
PRESS RELEASE

Iceland and Portugal open talks on fishing ports

REYKJAVIK, 27 January 2026 – Iceland and Portugal agreed on Tuesday to open talks on the modernisation of fishing ports, the Ministry of Fisheries said.

The two delegations will meet again in Lisbon in March. The talks will cover the landing of catches, the training of port inspectors and the exchange of data on stocks.

This text is an example that came with the site; the talks did not take place. Delete the file, and its briefing in content/briefings, when you have seeds of your own.
";

const HOME: &str = "\
---
title: Briefings
---

The newest briefings, whatever their language. Edit this text in `content/_index.md`.
";

const ABOUT: &str = "\
---
title: About
weight: 10
---

Who publishes these briefings, and from which sources. Edit this page in `content/about.md`; any other Markdown file in `content/` becomes a page too.
";

/// Makes the site. Exit status 2 where the folder is not empty or can't be written.
pub fn run(cli: &Cli, args: &NewArgs) -> std::io::Result<ExitCode> {
    let folder = args.dir.display().to_string();
    let added = args.ci.filter(|_| args.dir.join("site.yaml").is_file());
    let made = match added {
        Some(ci) => ci.write(&args.dir),
        None => make(&args.dir, args.ci),
    };
    if let Err(refusal) = made {
        terminal::report(&[refusal], cli.voice());
        return Ok(ExitCode::from(2));
    }
    if let Some(ci) = args.ci {
        let file = args.dir.join(ci.file());
        say(
            cli.voice(),
            &format!(
                "The pipeline is in {}: {}.",
                file.display(),
                ci.left_to_do()
            ),
        );
    }
    if added.is_some() {
        return Ok(ExitCode::SUCCESS);
    }
    say(
        cli.voice(),
        &format!(
            "A new site is in {folder}:\n\
             \x20 site.yaml   its settings\n\
             \x20 seeds/      put raw documents here; one example is there\n\
             \x20 content/    pages, and the briefings made from seeds: edit them freely\n\
             \x20 schemas/    what an editor needs to know of the settings; `depeche schema --write schemas` makes them anew\n\n\
             Next:\n\
             \x20 cd {folder}\n\
             \x20 depeche serve      preview at http://127.0.0.1:4000/\n\
             \x20 depeche build      the site in public/, ready for any static host"
        ),
    );
    Ok(ExitCode::SUCCESS)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a command writes what it was asked for"
)]
fn make(folder: &Path, ci: Option<Ci>) -> Result<(), Diagnostic> {
    let name = folder.display().to_string();
    let failed = |error: std::io::Error| {
        Diagnostic::error(&name, format!("the site can't be made: {error}"))
            .help("give a folder that you may write to")
    };
    if folder.exists() {
        if !folder.is_dir() {
            return Err(Diagnostic::error(&name, "this is a file, not a folder")
                .help("give the name of a new folder"));
        }
        if folder.read_dir().map_err(failed)?.next().is_some() {
            return Err(
                Diagnostic::error(&name, "the folder is not empty; nothing was changed")
                    .help("give the name of a new folder, or empty this one"),
            );
        }
    }
    for (of, name) in super::schema::FILES {
        super::schema::put(&folder.join("schemas").join(name), of)?;
    }
    for (path, text) in FILES {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        let more = ci
            .filter(|_| path.ends_with("site.yaml"))
            .map_or("", Ci::settings);
        std::fs::write(path, format!("{text}{more}")).map_err(failed)?;
    }
    ci.map_or(Ok(()), |ci| ci.write(folder))
}
