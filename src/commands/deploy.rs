//! `deploy`: build the site, then put it to a place. Refuses a site with errors, drafts, or an address that no reader can use.

use std::{process::ExitCode, str::FromStr};

use crate::{
    cli::{Cli, DeployArgs, Format},
    config::{
        BaseUrl,
        deploy::{Destination, Endpoint, Target, shown},
    },
    deploy::{Plan, Step, Why},
    diagnostic::{Diagnostic, Severity},
    edge::{
        deploy::{self, MAX_DELETES, Order},
        ledger::Ledger,
        lock,
        terminal::{self, count, say},
        watch::Change,
        workshop::{self, Workshop},
    },
    render::Renderer,
};

/// Deploys. Exit status 1 where the content has errors, 2 where it was refused or could not be done.
pub fn run(cli: &Cli, args: &DeployArgs) -> std::io::Result<ExitCode> {
    let voice = cli.voice();
    let refuse = |why: Diagnostic| {
        terminal::report(&[why], voice);
        Ok(ExitCode::from(2))
    };
    let (base_url, place) = match given(args) {
        Ok(given) => given,
        Err(why) => return refuse(why),
    };
    let order = workshop::Order {
        base_url,
        frozen: args.built.frozen,
        ..workshop::Order::default()
    };
    let _lock = lock::site(&cli.root, voice);
    let output = cli.in_root(&args.built.output);
    let Some(turn) = Workshop::new(cli, order).turn(&Change::anything())? else {
        return Ok(ExitCode::SUCCESS);
    };
    let mut diagnostics = turn.diagnostics;
    let Some(renderer) = turn.renderer else {
        terminal::report(&diagnostics, voice);
        return Ok(ExitCode::from(2));
    };
    let target = match place.map_or_else(|| target(&renderer, args), Ok) {
        Ok(target) => target,
        Err(why) => return refuse(why),
    };
    if !renderer.site().config.base_url.is_public() {
        let why = Diagnostic::error(
            "site.yaml",
            "the site has no address that readers elsewhere can use; nothing was deployed",
        );
        return refuse(why.help(
            "set `base_url`, or give --base-url: feeds, the sitemap and canonical links need it",
        ));
    }
    let memory = super::build::ledger_file(&cli.in_root(&args.built.cache), &output);
    let mut ledger = Ledger::read(&memory);
    match super::build::put_out(&renderer, &output, &cli.root, &[], &mut ledger, voice) {
        Ok(published) => diagnostics.extend(published.diagnostics),
        Err(why) => return refuse(why),
    }
    ledger.save(&memory);
    terminal::report(&diagnostics, voice);
    let worst = if args.built.strict {
        Severity::Warning
    } else {
        Severity::Error
    };
    if diagnostics.iter().any(|d| d.severity >= worst) {
        say(
            voice,
            "Nothing was deployed: mend what is said above first.",
        );
        return Ok(ExitCode::from(1));
    }
    let order = Order {
        dry_run: args.dry_run,
        adopt: args.adopt,
        max_deletes: args
            .max_deletes
            .or(target.max_deletes)
            .unwrap_or(MAX_DELETES),
    };
    let done = deploy::files(&renderer, &output, &target.to)
        .and_then(|files| deploy::deploy(&target, &cli.root, &output, &files, order, voice));
    match done {
        Ok(plan) => {
            terminal::report(&left(&target, &plan), voice);
            told(cli, args, &target, &plan)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(why) => refuse(why),
    }
}

/// The address and the place that the command line gives. They are read here: the parser of the command line would show what it can't read.
fn given(args: &DeployArgs) -> Result<(Option<BaseUrl>, Option<Target>), Diagnostic> {
    let base_url = read("--base-url", args.built.base_url.as_deref())?;
    let endpoint: Option<Endpoint> = read("--endpoint", args.endpoint.as_deref())?;
    let to: Option<Destination> = read("--to", args.to.as_deref())?;
    let place = to.map(|to| Target {
        endpoint,
        region: args.region.clone(),
        ..Target::at(to)
    });
    Ok((base_url, place))
}

fn read<T: FromStr<Err = String>>(
    option: &str,
    given: Option<&str>,
) -> Result<Option<T>, Diagnostic> {
    let read = given.map(str::parse).transpose();
    read.map_err(|message| Diagnostic::error(option, message))
}

/// The place of site.yaml that is meant.
fn target(renderer: &Renderer, args: &DeployArgs) -> Result<Target, Diagnostic> {
    let named = &renderer.site().config.deploy;
    let names = || {
        named
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let found = match &args.target {
        Some(name) => named.get(name).ok_or_else(|| {
            Diagnostic::error(
                "site.yaml",
                format!("`deploy` does not name {}", shown(name)),
            )
        }),
        None if named.len() > 1 => Err(Diagnostic::error(
            "site.yaml",
            "`deploy` names several places",
        )),
        None => named
            .values()
            .next()
            .ok_or_else(|| Diagnostic::error("site.yaml", "`deploy` names no place")),
    };
    found.cloned().map_err(|why| {
        why.help(if named.is_empty() {
            "write `deploy: {production: {to: s3://bucket/prefix}}`, or give --to".to_owned()
        } else {
            format!("give one of these: {}", names())
        })
    })
}

/// What the site has no more and readers can still see.
fn left(target: &Target, plan: &Plan) -> Vec<Diagnostic> {
    let said = |path: &String| {
        let message =
            "the site has it no more, but it is not as a deploy put it: it was left there";
        Diagnostic::warning(format!("{}/{path}", target.to), message)
            .help("look at it, and delete it by hand if readers should not have it")
    };
    plan.left.iter().map(said).collect()
}

/// Says what was done, or would be.
fn told(cli: &Cli, args: &DeployArgs, target: &Target, plan: &Plan) -> std::io::Result<()> {
    use std::io::Write;
    let mut out = anstream::stdout().lock();
    if args.format == Format::Json {
        let told = serde_json::json!({
            "to": target.to.to_string(),
            "dry_run": args.dry_run,
            "put": plan.put,
            "delete": plan.delete,
            "unchanged": plan.unchanged,
            "left": plan.left,
        });
        return writeln!(out, "{told}");
    }
    if args.dry_run {
        for Step { path, bytes, why } in &plan.put {
            let sign = if *why == Why::New { '+' } else { '~' };
            writeln!(
                out,
                "{sign} {path} ({})",
                count(
                    usize::try_from(*bytes).unwrap_or(usize::MAX),
                    "byte",
                    "bytes"
                )
            )?;
        }
        for Step { path, .. } in &plan.delete {
            writeln!(out, "- {path}")?;
        }
    }
    let bytes: u64 = plan.put.iter().map(|step| step.bytes).sum();
    let (put, deleted) = if args.dry_run {
        ("to put", "to delete")
    } else {
        ("put", "deleted")
    };
    say(
        cli.voice(),
        &format!(
            "{} {put} ({} KB), {} {deleted}, {} there already: {}",
            count(plan.put.len(), "file", "files"),
            bytes.div_ceil(1000),
            plan.delete.len(),
            plan.unchanged,
            target.to,
        ),
    );
    Ok(())
}
