//! `build`: import what is new, render, publish.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use crate::{
    cli::{BuildArgs, Cli},
    diagnostic::{Diagnostic, Severity},
    distill::digest,
    edge::{
        import,
        ledger::Ledger,
        publish::{self, Published, Refusal},
        terminal::{self, Voice, count, say},
        workshop::{Order, Turn, Workshop},
    },
    render::Renderer,
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
    let mut workshop = Workshop::new(cli, order);
    let turn = workshop.turn(true)?;
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
    let output = cli.in_root(&args.output);
    let memory = ledger_file(&cli.in_root(&args.cache), &output);
    let mut ledger = if args.no_cache {
        Ledger::default()
    } else {
        Ledger::read(&memory)
    };
    let published = match put_out(&renderer, &output, &cli.root, &mut ledger, voice) {
        Ok(published) => published,
        Err(refusal) => {
            diagnostics.push(refusal);
            terminal::report(&diagnostics, voice);
            return Ok(ExitCode::from(2));
        }
    };
    if published.remembers && !args.no_cache {
        ledger.save(&memory);
    }
    diagnostics.extend(published.diagnostics);
    let waiting = renderer.site().waiting;
    if args.strict && waiting > 0 {
        let message = format!("{}: a person should look at values there", waits(waiting));
        diagnostics.push(
            Diagnostic::warning("content", message)
                .help("`depeche review` lists them, each with what settles it"),
        );
    }
    terminal::report(&diagnostics, voice);
    say(
        voice,
        &format!(
            "{} in {} ({} written, {} removed): {}",
            count(renderer.site().briefings.len(), "briefing", "briefings"),
            count(published.files, "file", "files"),
            published.written,
            published.removed,
            output.display(),
        ),
    );
    say_what_is_left(&renderer, voice, args.strict);
    if let Some(file) = &args.next_build {
        let next = renderer.site().next_change;
        let line = next.map(|moment| format!("{moment}\n")).unwrap_or_default();
        import::put(&cli.in_root(file), &line, false)?;
    }
    if !renderer.site().config.base_url.is_public() {
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
    // The program ends: the system takes a site's memory back faster than it could be taken apart.
    std::mem::forget(renderer);
    Ok(ExitCode::from(u8::from(
        diagnostics.iter().any(|d| d.severity >= worst),
    )))
}

/// Says what is not published yet, and, unless a warning has said so, what a person should look at.
pub(super) fn say_what_is_left(renderer: &Renderer, voice: Voice, warned: bool) {
    let site = renderer.site();
    if let Some(next) = site.held.first() {
        let (is, next_is) = match site.held.len() {
            1 => ("is", ""),
            _ => ("are", ", the next"),
        };
        let held = count(site.held.len(), "briefing", "briefings");
        say(
            voice,
            &format!("{held} {is} held by embargo{next_is} until {}", next.until),
        );
    }
    if site.expired > 0 {
        let expired = count(site.expired, "briefing", "briefings");
        say(voice, &format!("{expired} past `expires` left out"));
    }
    if let Some(next) = site.next_change {
        say(
            voice,
            &format!("The site changes by itself at {next}: build it again then."),
        );
    }
    if site.waiting > 0 && !warned {
        say(voice, &format!("{}: depeche review", waits(site.waiting)));
    }
}

/// What is left after each rebuild, said when it changes.
#[derive(Debug, Default)]
pub(super) struct Left(Option<(usize, usize)>);

impl Left {
    pub(super) fn tell(&mut self, renderer: &Renderer, voice: Voice) {
        let site = renderer.site();
        let now = Some((site.held.len(), site.waiting));
        if self.0 != now {
            self.0 = now;
            say_what_is_left(renderer, voice, false);
        }
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
fn ledger_file(cache: &Path, output: &Path) -> PathBuf {
    let name = digest(output.as_os_str().as_encoded_bytes());
    cache
        .join(name.chars().take(16).collect::<String>())
        .with_extension("ledger")
}

/// Publishes, or says why not.
pub(super) fn put_out(
    renderer: &Renderer,
    output: &Path,
    root: &Path,
    ledger: &mut Ledger,
    voice: Voice,
) -> Result<Published, Diagnostic> {
    publish::publish(renderer, output, root, ledger, voice).map_err(|refusal| match refusal {
        Refusal::Folder(why) => why,
        Refusal::Io(path, error) => {
            Diagnostic::error(path.display().to_string(), error.to_string())
                .help("nothing more was written; what was published before is still there")
        }
    })
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
