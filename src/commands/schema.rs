//! `schema`: the JSON Schemas of what a person writes, for editors; on standard output, or into a folder.

use std::{io::Write, path::Path, process::ExitCode};

use serde_json::Value;

use crate::{
    cli::{Cli, SchemaArgs, SchemaOf},
    config, content,
    diagnostic::Diagnostic,
    distill::Vocabulary,
    edge::{
        import,
        terminal::{self, say},
    },
};

/// Each schema with the name of its file.
pub(super) const FILES: [(SchemaOf, &str); 3] = [
    (SchemaOf::Site, "site.schema.json"),
    (SchemaOf::FrontMatter, "front-matter.schema.json"),
    (SchemaOf::Topics, "topics.schema.json"),
];

/// Shows a schema, or writes all. Exit status 2 where the folder can't be written.
pub fn run(cli: &Cli, args: &SchemaArgs) -> std::io::Result<ExitCode> {
    if let Some(of) = args.of {
        writeln!(anstream::stdout().lock(), "{:#}", schema(of))?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(folder) = &args.write else {
        return Ok(ExitCode::from(2));
    };
    for (of, name) in FILES {
        let path = cli.in_root(folder).join(name);
        if let Err(error) = put(&path, of) {
            terminal::report(&[error], cli.voice());
            return Ok(ExitCode::from(2));
        }
        say(cli.voice(), &path.display().to_string());
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes one schema.
pub(super) fn put(path: &Path, of: SchemaOf) -> Result<(), Diagnostic> {
    import::put(path, &format!("{:#}\n", schema(of)), false).map_err(|error| {
        Diagnostic::error(path.display().to_string(), error.to_string())
            .help("give a folder that you may write to")
    })
}

fn schema(of: SchemaOf) -> Value {
    match of {
        SchemaOf::Site => config::layers::schema(),
        SchemaOf::FrontMatter => content::schema::schema(),
        SchemaOf::Topics => Vocabulary::schema(),
    }
}
