//! Parse, dispatch, print what failed, exit.

use std::process::ExitCode;

use clap::Parser;
use depeche::{
    cli::{Cli, Command},
    commands,
    diagnostic::Diagnostic,
    edge::terminal,
};

fn main() -> ExitCode {
    let cli = Cli::parse();
    if !cli.root.is_dir() {
        let root = cli.root.display().to_string();
        let help =
            format!("give the site's folder with --root, or make a site with `depeche new {root}`");
        let missing = Diagnostic::error(root, "there is no such folder").help(help);
        terminal::report(&[missing], cli.voice());
        return ExitCode::from(2);
    }
    let done = match &cli.command {
        Command::Build(args) => commands::build::run(&cli, args),
        Command::Check(args) => commands::check::run(&cli, args),
        Command::New(args) => commands::new::run(&cli, args),
        Command::Import(args) => commands::import::run(&cli, args),
        Command::Explain(args) => commands::explain::run(&cli, args),
        Command::Serve(args) => commands::serve::run(&cli, args),
        Command::Watch(args) => commands::watch::run(&cli, args),
    };
    done.unwrap_or_else(|error| {
        anstream::eprintln!("error: {error}");
        ExitCode::from(2)
    })
}
