//! `build`: import what is new, render, publish.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    cli::{BuildArgs, Cli},
    diagnostic::{Diagnostic, Severity},
    distill::digest,
    edge::{
        clock, environment, import,
        ledger::Ledger,
        lock,
        publish::{self, Published, Refusal},
        state,
        terminal::{self, Voice, count, say},
        watch::Change,
        workshop::{Order, Turn, Workshop},
    },
    render::Renderer,
    sum::Sum,
};

/// Builds the site. Exit status 1 where the content has errors, 2 where nothing could be built.
pub fn run(cli: &Cli, args: &BuildArgs) -> std::io::Result<ExitCode> {
    let voice = cli.voice();
    let base_url = match args.base_url.as_deref().map(str::parse).transpose() {
        Ok(base_url) => base_url,
        Err(message) => {
            terminal::report(&[Diagnostic::error("--base-url", message)], voice);
            return Ok(ExitCode::from(2));
        }
    };
    let order = Order {
        base_url,
        as_of: args.as_of,
        drafts: args.drafts,
        frozen: args.frozen,
        ..Order::default()
    };
    let output = cli.in_root(&args.output);
    let _lock = lock::site(&cli.root, voice);
    let memory = ledger_file(&cli.in_root(&args.memory.cache), &output);
    let mut ledger = if args.memory.no_cache {
        Ledger::default()
    } else {
        Ledger::read(&memory)
    };
    let state = (!args.memory.no_cache).then(|| state::state(&cli.root, cli.config.as_deref()));
    let asked = format!(
        "{args:?} {:?} {:?} {:?}",
        cli.config,
        clock::source_date_epoch(),
        environment::overrides()
    );
    let state = state
        .flatten()
        .map(|state| Sum::of(&state).and(&asked).stamp());
    if let Some(outcome) = state
        .and_then(|state| serde_json::from_str::<Outcome>(ledger.told(&output, &state)?).ok())
        .filter(|outcome| outcome.left.next.is_none_or(|next| next > clock::now()))
    {
        return outcome.report(cli, args, &output);
    }
    let mut workshop = Workshop::new(cli, order);
    let turn = workshop.turn(&Change::anything())?;
    // The program is about to end: the system takes memory back faster than it could be taken apart.
    std::mem::forget(workshop);
    let Some(Turn {
        renderer,
        mut diagnostics,
        imported,
        ..
    }) = turn
    else {
        return Ok(ExitCode::SUCCESS);
    };
    if !imported.is_empty() {
        if voice == Voice::Verbose {
            super::import::list(&imported, voice);
        }
        say(
            voice,
            &format!(
                "{} imported from seeds/",
                count(imported.len(), "content file", "content files")
            ),
        );
    }
    let Some(renderer) = renderer else {
        terminal::report(&diagnostics, voice);
        return Ok(ExitCode::from(2));
    };
    let published = match put_out(&renderer, &output, &cli.root, &[], &mut ledger, voice) {
        Ok(published) => published,
        Err(refusal) => {
            diagnostics.push(refusal);
            terminal::report(&diagnostics, voice);
            return Ok(ExitCode::from(2));
        }
    };
    diagnostics.extend(published.diagnostics);
    let outcome = Outcome {
        briefings: renderer.site().briefings.len(),
        files: published.files,
        written: published.written,
        removed: published.removed,
        left: Left::of(&renderer),
        public: renderer.site().config.base_url.is_public(),
        diagnostics,
    };
    std::mem::forget(renderer);
    if !args.memory.no_cache {
        let again = Outcome {
            written: 0,
            removed: 0,
            ..outcome.clone()
        };
        // What has errors is built again; and what was imported is another state of the sources.
        let clean = imported.is_empty() && !outcome.diagnostics.iter().any(Diagnostic::is_error);
        let told = serde_json::to_string(&again).unwrap_or_default();
        ledger.tell(&output, state.filter(|_| clean), told);
        ledger.save(&memory);
    }
    outcome.report(cli, args, &output)
}

/// What a build tells.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Outcome {
    diagnostics: Vec<Diagnostic>,
    briefings: usize,
    files: usize,
    written: usize,
    removed: usize,
    left: Left,
    public: bool,
}

impl Outcome {
    fn report(mut self, cli: &Cli, args: &BuildArgs, output: &Path) -> std::io::Result<ExitCode> {
        let voice = cli.voice();
        let waiting = self.left.waiting;
        if args.strict && waiting > 0 {
            let message = format!("{}: a person should look at values there", waits(waiting));
            self.diagnostics.push(
                Diagnostic::warning("content", message)
                    .help("`depeche review` lists them, each with what settles it"),
            );
        }
        terminal::report(&self.diagnostics, voice);
        say(
            voice,
            &format!(
                "{} in {} ({} written, {} removed): {}",
                count(self.briefings, "briefing", "briefings"),
                count(self.files, "file", "files"),
                self.written,
                self.removed,
                output.display(),
            ),
        );
        self.left.say(voice, args.strict);
        if let Some(file) = &args.next_build {
            let next = self.left.next;
            let line = next.map(|moment| format!("{moment}\n")).unwrap_or_default();
            import::put(&cli.in_root(file), &line, false)?;
        }
        if !self.public {
            say(
                voice,
                "To publish it, set `base_url` in site.yaml (or --base-url): feeds, the sitemap and canonical links need the address that readers will use.",
            );
        }
        let worst = if args.strict {
            Severity::Warning
        } else {
            Severity::Error
        };
        Ok(ExitCode::from(u8::from(
            self.diagnostics.iter().any(|d| d.severity >= worst),
        )))
    }
}

/// What is not published yet, and what a person should look at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Left {
    /// Content files under embargo, and until when the first of them is.
    held: usize,
    until: String,
    expired: usize,
    /// The moment at which the site changes by itself.
    next: Option<Timestamp>,
    waiting: usize,
}

impl Left {
    pub(super) fn of(renderer: &Renderer) -> Self {
        let site = renderer.site();
        Self {
            held: site.held.len(),
            until: site
                .held
                .first()
                .map(|next| next.until.to_string())
                .unwrap_or_default(),
            expired: site.expired,
            next: site.next_change,
            waiting: site.waiting,
        }
    }

    /// Says it, but what a warning has said.
    fn say(&self, voice: Voice, warned: bool) {
        if self.held > 0 {
            let (is, next_is) = match self.held {
                1 => ("is", ""),
                _ => ("are", ", the next"),
            };
            let held = count(self.held, "briefing", "briefings");
            say(
                voice,
                &format!("{held} {is} held by embargo{next_is} until {}", self.until),
            );
        }
        if self.expired > 0 {
            let expired = count(self.expired, "briefing", "briefings");
            say(voice, &format!("{expired} past `expires` left out"));
        }
        if let Some(next) = self.next {
            say(
                voice,
                &format!("The site changes by itself at {next}: build it again then."),
            );
        }
        if self.waiting > 0 && !warned {
            say(voice, &format!("{}: depeche review", waits(self.waiting)));
        }
    }

    /// Says it after a rebuild, where it is not as before.
    pub(super) fn tell(&mut self, renderer: &Renderer, voice: Voice) {
        let now = Self::of(renderer);
        if *self != now {
            now.say(voice, false);
        }
        *self = now;
    }
}

/// `3 briefings wait for review`
pub(super) fn waits(waiting: usize) -> String {
    let verb = if waiting == 1 { "waits" } else { "wait" };
    format!(
        "{} {verb} for review",
        count(waiting, "briefing", "briefings")
    )
}

/// The file that remembers what is in an output folder: its name is a digest of the folder's.
pub(super) fn ledger_file(cache: &Path, output: &Path) -> PathBuf {
    let name = digest(output.as_os_str().as_encoded_bytes());
    cache
        .join(name.chars().take(16).collect::<String>())
        .with_extension("ledger")
}

/// Publishes, or says why not. `changed` are the sources that differ since the last time, where that is known.
pub(super) fn put_out(
    renderer: &Renderer,
    output: &Path,
    root: &Path,
    changed: &[String],
    ledger: &mut Ledger,
    voice: Voice,
) -> Result<Published, Diagnostic> {
    publish::publish(renderer, output, root, changed, ledger, voice).map_err(
        |refusal| match refusal {
            Refusal::Folder(why) => why,
            Refusal::Midway(path, error) => {
                Diagnostic::error(path.display().to_string(), error.to_string())
                    .help("each published file is whole, some as they were and some as they are now: mend this, and build again")
            }
            Refusal::Io(path, error) => {
                Diagnostic::error(path.display().to_string(), error.to_string())
                    .help("nothing more was written; what was published before is still there")
            }
        },
    )
}

/// Says that the site's folder can't be watched.
pub(super) fn order_failed(voice: Voice, root: &Path, error: &notify::Error) -> ExitCode {
    let found = Diagnostic::error(
        root.display().to_string(),
        format!("the folder can't be watched: {error}"),
    );
    terminal::report(&[found.help("give the site's folder with --root")], voice);
    ExitCode::from(2)
}
