//! `completions` and `man`: what shells and `man` know of the command line, made from it.

use std::process::ExitCode;

use clap::CommandFactory;

use crate::{
    cli::{Cli, CompletionsArgs, ManArgs},
    diagnostic::Diagnostic,
    edge::{
        import,
        terminal::{self, say},
    },
};

/// Prints the completions of a shell.
pub fn run(args: &CompletionsArgs) -> std::io::Result<ExitCode> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "depeche", &mut text);
    std::io::Write::write_all(&mut std::io::stdout().lock(), &text)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a page for the program and one for each command. Exit status 2 where the folder can't be written.
pub fn man(cli: &Cli, args: &ManArgs) -> std::io::Result<ExitCode> {
    let mut all = Cli::command();
    all.build();
    let commands = all
        .get_subcommands()
        .filter(|c| !c.is_hide_set() && c.get_name() != "help");
    // A command that was built is called by its whole name.
    let pages = std::iter::once(&all).chain(commands).map(|c| {
        (
            c.get_display_name().unwrap_or("depeche").to_owned(),
            c.clone(),
        )
    });
    let mut count = 0;
    for (name, command) in pages {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        let path = args.dir.join(format!("{name}.1"));
        let text = String::from_utf8_lossy(&page);
        if let Err(error) = import::put(&path, &text, false) {
            let found = Diagnostic::error(path.display().to_string(), error.to_string());
            terminal::report(
                &[found.help("give a folder that you may write to")],
                cli.voice(),
            );
            return Ok(ExitCode::from(2));
        }
        count += 1;
    }
    say(
        cli.voice(),
        &format!(
            "{count} pages in {}: man -l {0}/depeche.1",
            args.dir.display()
        ),
    );
    Ok(ExitCode::SUCCESS)
}
