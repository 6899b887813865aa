//! `Site` → settings for nginx, to be included in a `server` whose root holds the site. Headers stand at the level of the server, so that every answer has
//! them; what differs from address to address is a variable.

use std::fmt::Write;

use super::{FOR_GOOD, NEVER, for_now, packs};
use crate::{
    config::Packing,
    site::{
        Site,
        route::{
            hosts::{self, Lasting},
            kind,
        },
    },
};

pub(super) fn settings(site: &Site) -> String {
    let base = site.config.base_url.path();
    let rooted = |path: &str| site.config.base_url.rooted(path);
    let mut text = format!(
        "# Made by Dépêche; the next build writes it anew. For a server whose root is the folder that holds the site{}:\n#     include <that folder>{};\n\ncharset utf-8;\n",
        if base == "/" {
            String::new()
        } else {
            format!(" under {base}")
        },
        rooted("/_hosts/nginx.conf"),
    );
    text.push_str("charset_types text/plain text/css text/csv text/markdown text/xml text/x-opml application/javascript application/json application/feed+json application/atom+xml application/xml application/opensearchdescription+xml;\n");
    if packs(site, Packing::Gzip) {
        text.push_str("gzip_static on;\ngzip_vary on;\n");
    }
    if packs(site, Packing::Brotli) {
        text.push_str("# Needs the module brotli_static (on Debian: libnginx-mod-http-brotli-static).\nbrotli_static on;\n");
    }
    let _ = write!(
        text,
        "\nset $depeche_cache \"{}\";\nadd_header Cache-Control $depeche_cache always;\n",
        for_now(site)
    );
    for (name, value) in site.config.hosts.headers() {
        let _ = writeln!(text, "add_header {name} \"{value}\" always;");
    }
    let _ = write!(
        text,
        "\nerror_page 404 {0};\nlocation = {0} {{\n    internal;\n    set $depeche_cache \"{NEVER}\";\n}}\nlocation ^~ {1} {{\n    return 404;\n}}\nlocation {2} {{\n    index index.html;\n}}\n",
        quoted(&rooted("/404.html")),
        quoted(&rooted(hosts::FOLDER)),
        quoted(base),
    );
    // Types that nginx does not know by the end of a name.
    let named = kind::NAMED.iter().map(|(name, kind)| {
        let end = name.rsplit_once('.').map_or("", |(_, end)| end);
        (format!("/{}$", pattern(name)), kind, end)
    });
    let ends = kind::ENDS.iter();
    let ends = ends.map(|(end, kind)| (format!("\\.{end}$"), kind, *end));
    for (name, kind, end) in named.chain(ends) {
        let _ = writeln!(
            text,
            "location ~ {} {{ types {{ {kind} {end}; }} }}",
            quoted(&format!("^{}.*{name}", pattern(base.trim_end_matches('/'))))
        );
    }
    for rule in hosts::lasting(site) {
        let place = match rule {
            Lasting::Path(path) => format!("= {}", quoted(&rooted(&path))),
            Lasting::Below(folder) => format!("^~ {}", quoted(&rooted(folder))),
        };
        let _ = writeln!(
            text,
            "location {place} {{ set $depeche_cache \"{FOR_GOOD}\"; }}"
        );
    }
    for (from, to) in hosts::redirects(site) {
        let (from, to) = (rooted(from), super::asked(site, to));
        let _ = writeln!(
            text,
            "location = {} {{ return 301 {}; }}",
            quoted(&from),
            quoted(&to)
        );
    }
    text
}

/// A path between quotation marks. A file of a theme may have any name.
fn quoted(path: &str) -> String {
    format!("\"{}\"", path.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A path as a pattern that matches it alone.
pub(super) fn pattern(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for c in path.chars() {
        if c.is_ascii_punctuation() && !"/-_".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}
