//! `context`: what the template of one page gets, as JSON or as an outline, on standard output; nothing is written.

use std::{io::Write, process::ExitCode};

use serde_json::json;

use crate::{
    cli::{Cli, ContextArgs},
    diagnostic::{Diagnostic, near},
    edge::{clock, environment, terminal, walk},
    pipeline::{self, BuildOptions, Memo, Sources},
    render::{Given, Prober, outline::Shape},
};

/// Shows a context. Exit status 2 where the site has no such page, or settings can't be read.
pub fn run(cli: &Cli, args: &ContextArgs) -> std::io::Result<ExitCode> {
    let (sources, mut said) = walk::sources(&cli.root, cli.config.as_deref(), &[]);
    let given = match prober(&sources, &mut said) {
        Some(prober) => given(&prober, &args.path),
        None => Err(said),
    };
    let given = match given {
        Ok(given) => given,
        Err(said) => {
            terminal::report(&said, cli.voice());
            return Ok(ExitCode::from(2));
        }
    };
    // What is not in the site's folder is in the program.
    let inside = given.file.strip_prefix("themes/").unwrap_or(&given.file);
    let built_in = !sources.themes.contains_key(inside);
    let mut out = std::io::stdout().lock();
    if args.keys {
        let from = if built_in {
            ", part of the program"
        } else {
            ""
        };
        writeln!(out, "{} ({}{from})\n", given.template, given.file)?;
        out.write_all(Shape::of(&given.values).lines().as_bytes())?;
    } else {
        let all = json!({"template": given.template, "file": given.file, "built_in": built_in, "context": given.values});
        writeln!(out, "{all:#}")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The site as `serve --drafts` has it.
fn prober(sources: &Sources, said: &mut Vec<Diagnostic>) -> Option<Prober> {
    let options = BuildOptions {
        base_url: None,
        overrides: environment::overrides(),
        drafts: true,
        now: clock::source_date_epoch(),
        moment: None,
    };
    let (renderer, found) = pipeline::build(sources, &options, &mut Memo::default());
    said.extend(found);
    renderer.map(Prober::of)
}

fn given(prober: &Prober, path: &str) -> Result<Given, Vec<Diagnostic>> {
    let site = prober.renderer().site();
    let base = site.config.base_url.path().trim_end_matches('/');
    let below = path.strip_prefix(base).filter(|rest| rest.starts_with('/'));
    let named = [below.unwrap_or(path), path].into_iter();
    let ways = named.flat_map(|path| [path.to_owned(), format!("/{}/", path.trim_matches('/'))]);
    let Some((path, route)) = ways
        .into_iter()
        .find_map(|path| Some((site.route(&path)?, path)))
        .map(|(route, path)| (path, route))
    else {
        let error = Diagnostic::error(path, "the site has no such page");
        let known = site.every_route().map(|(path, _)| path.as_str());
        return Err(vec![match near(path, known) {
            Some(known) => error.help(format!("did you mean `{known}`?")),
            None => error.help("give a page's path from the site's root, such as / or /countries/"),
        }]);
    };
    match prober.given(route) {
        Ok(Some(given)) => Ok(given),
        Ok(None) => Err(vec![
            Diagnostic::error(path, "no template makes this file")
                .help("give the path of a page, such as / or /countries/"),
        ]),
        Err(error) => Err(vec![error]),
    }
}
