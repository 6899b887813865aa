//! `Site` → `_headers` and `_redirects`, which Netlify and Cloudflare Pages read, within the limits that Cloudflare states. Where both read one file
//! it holds what both understand. Pages have no `Cache-Control` here: both hosts ask anew for each page by themselves, and a second
//! value would be added to the first.

use std::fmt::Write;

use super::{FOR_GOOD, asked, has, too_many};
use crate::{
    config::Host,
    diagnostic::Diagnostic,
    render::{Rendered, plain},
    site::{
        Site,
        route::hosts::{self, Lasting},
    },
};

/// Cloudflare Pages: rules in `_headers`, and characters in one of its lines.
const HEADER_RULES: usize = 100;
const HEADER_LINE: usize = 2000;

/// Redirects, and characters in one of them: Cloudflare Pages.
const REDIRECTS: usize = 2000;
const REDIRECT_LINE: usize = 1000;

/// Netlify states no limit, and advises against more.
const NETLIFY_REDIRECTS: usize = 10_000;

pub(super) fn headers(site: &Site) -> Rendered {
    let mut said = Vec::new();
    let cloudflare = has(site, Host::CloudflarePages);
    let mut text = format!("{}\n", asked(site, "/*"));
    for (name, value) in site.config.hosts.headers() {
        let line = format!("  {name}: {value}\n");
        if cloudflare && line.len() > HEADER_LINE {
            let message = format!(
                "the header `{name}` is longer than Cloudflare Pages takes: {HEADER_LINE} characters"
            );
            said.push(Diagnostic::error("site.yaml", message).help("make it shorter in `hosts`"));
            continue;
        }
        text.push_str(&line);
    }
    let rules = hosts::lasting(site);
    // One rule is that of all addresses.
    let most = if cloudflare {
        HEADER_RULES - 1
    } else {
        usize::MAX
    };
    if rules.len() > most {
        said.push(too_many(
            "rules in _headers",
            "Cloudflare Pages",
            HEADER_RULES,
            rules.len() + 1,
            "browsers ask anew for the other files, and all else is as it should be",
        ));
    }
    // The folders first: they stand for most files.
    let folders = rules
        .iter()
        .filter(|rule| matches!(rule, Lasting::Below(_)));
    let paths = rules.iter().filter(|rule| matches!(rule, Lasting::Path(_)));
    for rule in folders.chain(paths).take(most) {
        let path = match rule {
            Lasting::Below(folder) => asked(site, &format!("{folder}*")),
            Lasting::Path(path) => asked(site, path),
        };
        let _ = write!(text, "\n{path}\n  Cache-Control: {FOR_GOOD}\n");
    }
    if site.config.base_url.path() != "/" {
        let message = format!(
            "Netlify and Cloudflare Pages read _headers and _redirects at the root of a host, and this site lies under {}",
            site.config.base_url.path()
        );
        said.push(Diagnostic::warning("site.yaml", message).help(
            "join both files to those of the host's root, or give a `base_url` without a path",
        ));
    }
    Rendered {
        diagnostics: said,
        ..plain(text.into())
    }
}

/// Redirects with a status; there is a page at each of these addresses too, which does the same where the host has taken enough of them.
pub(super) fn redirects(site: &Site) -> Rendered {
    let mut said = Vec::new();
    let cloudflare = has(site, Host::CloudflarePages);
    // Netlify shows a file that is there unless it is told not to; Cloudflare Pages does not know that word, and has no need of it.
    let status = if cloudflare { "301" } else { "301!" };
    let (host, most) = if cloudflare {
        ("Cloudflare Pages", REDIRECTS)
    } else {
        ("Netlify", NETLIFY_REDIRECTS)
    };
    let lines = hosts::redirects(site).map(|(from, to)| {
        let (from, to) = (asked(site, from), asked(site, to));
        format!("{from} {to} {status}\n")
    });
    let (fit, long): (Vec<String>, Vec<String>) =
        lines.partition(|line| !cloudflare || line.len() <= REDIRECT_LINE);
    let left = long.len() + fit.len().saturating_sub(most);
    if left > 0 {
        said.push(too_many(
            "redirects",
            host,
            most,
            fit.len() + long.len(),
            "a page at each of these addresses sends readers on all the same",
        ));
    }
    let text: String = fit.into_iter().take(most).collect();
    Rendered {
        diagnostics: said,
        ..plain(text.into())
    }
}
