//! `check`: look for faults of the whole site; write nothing.

use std::process::ExitCode;

use crate::{
    check,
    cli::{CheckArgs, Cli},
    edge::{
        clock,
        terminal::{self, Voice, count, say},
        walk,
    },
    pipeline::{self, BuildOptions, Memo},
};

/// Checks the site. Exit status 1 where there are errors, 2 where site.yaml can't be read.
pub fn run(cli: &Cli, args: &CheckArgs) -> std::io::Result<ExitCode> {
    let voice = cli.voice();
    let (sources, mut diagnostics) = walk::sources(&cli.root, cli.config.as_deref());
    let options = BuildOptions {
        base_url: None,
        drafts: args.drafts,
        now: clock::source_date_epoch(),
        // What is under embargo should be in order on the day.
        moment: None,
    };
    let (renderer, said) = pipeline::build(&sources, &options, &mut Memo::default());
    diagnostics.extend(said);
    let Some(renderer) = renderer else {
        terminal::report(&diagnostics, voice);
        return Ok(ExitCode::from(2));
    };
    diagnostics.extend(check::check(&renderer));
    // A note of a check is what was asked for.
    let errors = terminal::report(
        &diagnostics,
        if voice == Voice::Quiet {
            voice
        } else {
            Voice::Verbose
        },
    );
    let summary = format!(
        "{} checked: {}",
        count(
            renderer.site().every_route().count(),
            "address",
            "addresses"
        ),
        if errors == 0 {
            "no error".to_owned()
        } else {
            count(errors, "error", "errors")
        },
    );
    say(voice, &summary);
    Ok(ExitCode::from(u8::from(errors > 0)))
}
