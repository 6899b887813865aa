//! `convert KIND`: the child's side of a conversion, for our own use: a file on standard input, what it says as JSON on standard output.

use std::process::ExitCode;

use crate::{cli::ConvertArgs, config::Limits, edge::convert, formats::Kind};

/// Converts. Exit status 2 where there is no such kind.
pub fn run(args: &ConvertArgs) -> std::io::Result<ExitCode> {
    let Some(kind) = Kind::ALL.into_iter().find(|k| k.name() == args.kind) else {
        return Ok(ExitCode::from(2));
    };
    let limits = Limits {
        converter_mib: args.mib,
        converter_seconds: args.seconds,
        ..Limits::default()
    };
    convert::serve(
        kind,
        &limits,
        std::io::stdin().lock(),
        std::io::stdout().lock(),
    )?;
    Ok(ExitCode::SUCCESS)
}
