//! `serve`: preview on this machine, rendered on demand, reloaded as sources change.

use std::{io, net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc, thread};

use super::build::Left;
use crate::{
    cli::{Cli, ServeArgs},
    diagnostic::Diagnostic,
    edge::{
        interrupt::interrupted,
        lock,
        serve::{Preview, Server},
        terminal::{self, Chronicle, Voice, cause, say},
        watch::{Change, Changes},
        workshop::{Order, Workshop},
    },
};

/// Pages that are rendered at a time; more requests wait.
const RENDERING: usize = 16;

/// Serves until it is interrupted. Exit status 2 where the address can't be had or nothing can be watched.
pub fn run(cli: &Cli, args: &ServeArgs) -> io::Result<ExitCode> {
    let voice = cli.voice();
    let changes = match Changes::of(&cli.root, cli.config.as_deref()) {
        Ok(changes) => changes,
        Err(error) => return Ok(super::build::order_failed(voice, &cli.root, &error)),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(RENDERING)
        .build()?;
    runtime.block_on(async {
        let preview = Arc::new(Preview::new(&cli.root));
        let server = match Server::bind(&args.host, args.port, Arc::clone(&preview)).await {
            Ok(server) => server,
            Err(error) => {
                let address = format!("{}:{}", args.host, args.port);
                let found =
                    Diagnostic::error(address, format!("the preview can't listen here: {error}"));
                terminal::report(
                    &[found.help("choose another port with --port, or --port 0 for a free one")],
                    voice,
                );
                return Ok(ExitCode::from(2));
            }
        };
        let address = server.address()?;
        let order = Order {
            drafts: args.drafts,
            embargoed: args.drafts,
            ..Order::default()
        };
        let mut rebuilds = Rebuilds {
            workshop: Workshop::new(cli, order),
            chronicle: Chronicle::new(voice),
            left: Left::default(),
            preview: Arc::clone(&preview),
            root: cli.root.clone(),
            voice,
        };
        let title = rebuilds.turn(&Change::anything())?;
        greet(voice, args, &title, address, &preview.base_path());
        thread::spawn(move || rebuilds.follow(changes));
        tokio::select! {
            () = server.run() => Ok(ExitCode::SUCCESS),
            interrupted = interrupted() => interrupted.map(|()| ExitCode::SUCCESS),
        }
    })
}

/// Builds the site again and again, and shows each outcome.
struct Rebuilds {
    workshop: Workshop,
    chronicle: Chronicle,
    left: Left,
    preview: Arc<Preview>,
    root: PathBuf,
    voice: Voice,
}

impl Rebuilds {
    /// One build; the site's title.
    #[expect(clippy::disallowed_methods, reason = "how long a rebuild took is told")]
    fn turn(&mut self, change: &Change) -> io::Result<String> {
        let _lock = lock::site(&self.root, self.voice);
        let begun = std::time::Instant::now();
        let Some(mut turn) = self.workshop.turn(change)? else {
            return Ok(String::new());
        };
        let title = turn
            .renderer
            .as_ref()
            .map(|r| r.site().config.title.clone())
            .unwrap_or_default();
        if let Some(renderer) = &turn.renderer {
            self.left.tell(renderer, self.voice);
        }
        self.preview.show(&mut turn);
        self.chronicle.tell(&turn.diagnostics);
        if !turn.changed.is_empty() {
            say(
                self.voice,
                &format!(
                    "{}: rebuilt in {} ms",
                    cause(&turn.changed),
                    begun.elapsed().as_millis()
                ),
            );
        }
        Ok(title)
    }

    /// Rebuilds whenever a source changes.
    fn follow(mut self, mut changes: Changes) {
        // What changed between the first build and here is looked for at once.
        let mut change = Change::anything();
        loop {
            if let Some(why) = changes.fallback() {
                say(self.voice, &why);
            }
            if let Err(error) = self.turn(&change) {
                terminal::report(
                    &[Diagnostic::error("content", error.to_string())],
                    self.voice,
                );
            }
            let Some(next) = changes.wait(self.workshop.next_change()) else {
                return;
            };
            change = next;
        }
    }
}

fn greet(voice: Voice, args: &ServeArgs, title: &str, address: SocketAddr, base_path: &str) {
    let title = if title.is_empty() { "the site" } else { title };
    let url = format!("http://{address}{base_path}");
    say(voice, &format!("Serving {title} at {url} (Ctrl-C to stop)"));
    if !address.ip().is_loopback() {
        let found = Diagnostic::warning(
            "--host",
            "everyone on this network can read the preview, drafts included where they are shown",
        );
        terminal::report(
            &[found.help("leave --host out to listen on this machine alone")],
            voice,
        );
    }
    if args.open
        && let Err(error) = open::that_detached(&url)
    {
        terminal::report(
            &[Diagnostic::warning(
                "--open",
                format!("no browser could be started: {error}"),
            )],
            voice,
        );
    }
}
