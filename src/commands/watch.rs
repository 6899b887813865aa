//! `watch`: rebuild into the output folder whenever a source changes.

use std::process::ExitCode;

use super::build::{Left, order_failed, put_out};
use crate::{
    cli::{Cli, WatchArgs},
    edge::{
        interrupt::on_interrupt,
        ledger::Ledger,
        lock,
        terminal::{Chronicle, say, summary},
        watch::{Change, Changes},
        workshop::{Order, Workshop},
    },
};

/// Watches until it is interrupted. Exit status 2 where nothing can be watched.
#[expect(clippy::disallowed_methods, reason = "how long a rebuild took is told")]
pub fn run(cli: &Cli, args: &WatchArgs) -> std::io::Result<ExitCode> {
    let voice = cli.voice();
    let mut changes = match Changes::of(&cli.root, cli.config.as_deref()) {
        Ok(changes) => changes,
        Err(error) => return Ok(order_failed(voice, &cli.root, &error)),
    };
    let output = cli.in_root(&args.output);
    let order = Order {
        drafts: args.drafts,
        ..Order::default()
    };
    let mut workshop = Workshop::new(cli, order);
    let mut chronicle = Chronicle::new(voice);
    on_interrupt(|| std::process::exit(0))?;
    let mut left = Left::default();
    let mut change = Change::anything();
    let mut ledger = Ledger::default();
    loop {
        if let Some(why) = changes.fallback() {
            say(voice, &why);
        }
        let lock = lock::site(&cli.root, voice);
        let begun = std::time::Instant::now();
        if let Some(turn) = workshop.turn(&change)? {
            let mut diagnostics = turn.diagnostics;
            let line = match &turn.renderer {
                Some(renderer) => match put_out(
                    renderer,
                    &output,
                    &cli.root,
                    &turn.changed,
                    &mut ledger,
                    voice,
                ) {
                    Ok(published) => {
                        diagnostics.extend(published.diagnostics.iter().cloned());
                        Some(summary(&turn.changed, &published, begun.elapsed()))
                    }
                    Err(refusal) => {
                        diagnostics.push(refusal);
                        None
                    }
                },
                None => {
                    Some("what was published before stays until site.yaml is mended".to_owned())
                }
            };
            chronicle.tell(&diagnostics);
            if let Some(line) = line {
                say(voice, &line);
            }
            if let Some(renderer) = &turn.renderer {
                left.tell(renderer, voice);
            }
        }
        drop(lock);
        let Some(next) = changes.wait(workshop.next_change()) else {
            return Ok(ExitCode::SUCCESS);
        };
        change = next;
    }
}
