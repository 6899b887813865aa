//! Parse, dispatch, print what failed, exit.

use std::process::ExitCode;

use clap::Parser;
use depeche::{
    cli::{Cli, Command, ThemeArgs, ThemeVerb},
    commands,
    edge::{bounded, convert, environment, terminal, timings::Timings, walk},
};

/// A derivation asks for thousands of small pieces of memory, on all cores at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Command::Convert(args) = &cli.command {
        return ended(commands::convert::run(args));
    }
    if let Ok(program) = std::env::current_exe() {
        convert::contain(program);
    }
    let _timings = Timings::of(cli.timings, cli.trace.as_deref());
    bounded::enforce(environment::limits(&cli));
    let needs_site = !matches!(
        cli.command,
        Command::New(_)
            | Command::Migrate(_)
            | Command::Import(_)
            | Command::Explain(_)
            | Command::Schema(_)
            | Command::Completions(_)
            | Command::Man(_)
            | Command::Theme(ThemeArgs {
                verb: ThemeVerb::Reference
            })
    );
    if let Err(missing) = walk::site(&cli.root, cli.config.is_some() || !needs_site) {
        terminal::report(&[missing], cli.voice());
        return ExitCode::from(2);
    }
    // A check says them among its findings.
    if !matches!(cli.command, Command::Check(_)) {
        terminal::report(&environment::doubts(), cli.voice());
    }
    let done = match &cli.command {
        Command::Build(args) => commands::build::run(&cli, args),
        Command::Check(args) => commands::check::run(&cli, args),
        Command::Deploy(args) => commands::deploy::run(&cli, args),
        Command::New(args) => commands::new::run(&cli, args),
        Command::Migrate(args) => commands::migrate::run(&cli, args),
        Command::Import(args) => commands::import::run(&cli, args),
        Command::Explain(args) => commands::explain::run(&cli, args),
        Command::Review(args) => commands::review::run(&cli, args),
        Command::Serve(args) => commands::serve::run(&cli, args),
        Command::Watch(args) => commands::watch::run(&cli, args),
        Command::Config(args) => commands::config::run(&cli, args),
        Command::Schema(args) => commands::schema::run(&cli, args),
        Command::Theme(args) => commands::theme::run(&cli, args),
        Command::Context(args) => commands::context::run(&cli, args),
        Command::List(args) => commands::list::run(&cli, args),
        Command::NewBriefing(args) => commands::new_briefing::run(&cli, args),
        Command::Rename(args) => commands::rename::run(&cli, args),
        Command::Retag(args) => commands::retag::run(&cli, args),
        Command::Completions(args) => commands::completions::run(args),
        Command::Man(args) => commands::completions::man(&cli, args),
        Command::Convert(args) => commands::convert::run(args),
    };
    ended(done)
}

fn ended(done: std::io::Result<ExitCode>) -> ExitCode {
    done.unwrap_or_else(|error| {
        // Who reads the results has read enough: `depeche explain … | head`.
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return ExitCode::SUCCESS;
        }
        anstream::eprintln!("error: {error}");
        ExitCode::from(2)
    })
}
