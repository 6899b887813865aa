//! `check`: look for faults of the whole site; write nothing but what is remembered of links to other sites.

use std::{
    collections::BTreeSet,
    io::Write,
    path::{Component, Path},
    process::ExitCode,
};

use crate::{
    check::{self, Checked, Whole},
    cli::{CheckArgs, CheckFormat, Cli, Deny},
    diagnostic::{Diagnostic, Rule, Severity},
    edge::{
        clock, environment, external,
        terminal::{self, Voice, count, say},
        walk,
    },
    pipeline::{self, BuildOptions, Memo, Sources},
    render::Renderer,
    report,
};

/// Checks the site. Exit status 1 where there are errors, or warnings under `--deny warnings`; 2 where site.yaml can't be read.
pub fn run(cli: &Cli, args: &CheckArgs) -> std::io::Result<ExitCode> {
    let (sources, mut diagnostics) = walk::sources(&cli.root, cli.config.as_deref(), &[]);
    diagnostics.extend(environment::doubts());
    let options = BuildOptions {
        base_url: None,
        overrides: environment::overrides(),
        drafts: args.drafts,
        now: clock::source_date_epoch(),
        // What is under embargo should be in order on the day.
        moment: None,
    };
    let mut memo = Memo::default();
    let (renderer, said) = pipeline::build(&sources, &options, &mut memo);
    diagnostics.extend(said);
    let Some(renderer) = renderer else {
        show(cli, args, &diagnostics)?;
        return Ok(ExitCode::from(2));
    };
    let public = public(&renderer, &sources, &options, &mut memo);
    let whole = Whole {
        renderer: &renderer,
        public: public.as_ref().map(Renderer::site),
        sources: &sources,
        readme: &environment::readme(&cli.root),
    };
    let Checked {
        diagnostics: found,
        outgoing,
    } = check::check(&whole);
    diagnostics.extend(found);
    if args.external {
        let cache = cli.in_root(Path::new(".depeche-cache"));
        let site = renderer.site();
        let elsewhere = outgoing
            .into_iter()
            .filter(|link| check::is_elsewhere(site, &link.url));
        let asked = external::ask(elsewhere.collect(), &cache, args.allow_private, cli.voice());
        diagnostics.extend(asked);
    }
    let worst = show(cli, args, &diagnostics)?;
    let addresses = renderer.site().every_route().count();
    let errors = diagnostics
        .iter()
        .filter(|d| d.is_error())
        .collect::<BTreeSet<_>>()
        .len();
    let summary = format!(
        "{} checked: {}",
        count(addresses, "address", "addresses"),
        if errors == 0 {
            "no error".to_owned()
        } else {
            count(errors, "error", "errors")
        },
    );
    say(cli.voice(), &summary);
    let bad = match args.deny {
        Some(Deny::Warnings) => Severity::Warning,
        Some(Deny::Notes) => Severity::Note,
        None => Severity::Error,
    };
    Ok(ExitCode::from(u8::from(
        worst.is_some_and(|worst| worst >= bad),
    )))
}

/// The site as it is public now, where that is another one.
fn public(
    renderer: &Renderer,
    sources: &Sources,
    options: &BuildOptions,
    memo: &mut Memo,
) -> Option<Renderer> {
    check::items(renderer.site()).find(|item| item.entry.front.embargo_until.is_some())?;
    let options = BuildOptions {
        moment: Some(clock::now()),
        ..options.clone()
    };
    let (public, _) = pipeline::build(sources, &options, memo);
    public.filter(|public| !public.site().held.is_empty())
}

/// Says what was found, each finding once. The worst of it.
fn show(
    cli: &Cli,
    args: &CheckArgs,
    diagnostics: &[Diagnostic],
) -> std::io::Result<Option<Severity>> {
    let found: BTreeSet<&Diagnostic> = diagnostics.iter().collect();
    let found: Vec<&Diagnostic> = found.into_iter().collect();
    let worst = found.iter().map(|d| d.severity).max();
    let prefix = prefix(&cli.root);
    let text = match args.format {
        CheckFormat::Human => {
            // A note of a check is what was asked for.
            let voice = match cli.voice() {
                Voice::Quiet => Voice::Quiet,
                _ => Voice::Verbose,
            };
            terminal::report(&named(diagnostics), voice);
            return Ok(worst);
        }
        CheckFormat::Json => report::json(&found),
        CheckFormat::Sarif => report::sarif(&found, &prefix),
        CheckFormat::Github => report::github(&found, &prefix),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(worst)
}

/// The findings with their rules, for people.
fn named(diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let named = |found: &Diagnostic| match found.rule {
        Rule::Build => found.clone(),
        rule => Diagnostic {
            message: format!("{} [{}]", found.message, rule.id()),
            ..found.clone()
        },
    };
    diagnostics.iter().map(named).collect()
}

/// The site's folder where it lies below the one that we are in.
fn prefix(root: &Path) -> String {
    let mut parts = Vec::new();
    for part in root.components() {
        match part {
            Component::Normal(name) => parts.extend(name.to_str()),
            Component::CurDir => {}
            // It lies elsewhere.
            _ => return String::new(),
        }
    }
    parts.join("/")
}
