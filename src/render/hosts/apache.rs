//! `Site` → `.htaccess` for Apache httpd 2.4: headers, types, redirects and the page for what is not there. What a server has no module for is left out by
//! the server itself. Packing is left to the server (`mod_deflate`).

use std::fmt::Write;

use super::{FOR_GOOD, NEVER, for_now, nginx::pattern, too_many};
use crate::{
    render::{Rendered, plain},
    site::{
        Site,
        route::{
            hosts::{self, Lasting},
            kind,
        },
    },
};

/// The file is read at each request: more redirects than these are left to their pages.
const REDIRECTS: usize = 1000;

pub(super) fn settings(site: &Site) -> Rendered {
    let rooted = |path: &str| site.config.base_url.rooted(path);
    let mut text = format!(
        "# Made by Dépêche; the next build writes it anew. Needs `AllowOverride FileInfo Indexes`, or stands in a <Directory> of the server's settings.\nErrorDocument 404 {}\n<IfModule mod_dir.c>\n  DirectoryIndex index.html\n</IfModule>\nAddDefaultCharset utf-8\n",
        super::asked(site, "/404.html")
    );
    text.push_str(
        "<IfModule mod_mime.c>\n  AddCharset utf-8 .css .csv .js .json .md .opml .txt .xml\n",
    );
    for (end, kind) in kind::ENDS {
        let _ = writeln!(text, "  AddType {kind} .{end}");
    }
    text.push_str("</IfModule>\n");
    for (name, kind) in kind::NAMED {
        let _ = writeln!(text, "<Files \"{name}\">\n  ForceType {kind}\n</Files>");
    }
    text.push_str("<IfModule mod_headers.c>\n");
    for (name, value) in site.config.hosts.headers() {
        let _ = writeln!(
            text,
            "  Header always set {name} \"{}\"",
            value.replace('%', "%%")
        );
    }
    let _ = writeln!(text, "  Header set Cache-Control \"{}\"", for_now(site));
    for rule in hosts::lasting(site) {
        let wanted = match rule {
            Lasting::Path(path) => format!("^{}$", pattern(&rooted(&path))),
            Lasting::Below(folder) => format!("^{}", pattern(&rooted(folder))),
        };
        let _ = writeln!(
            text,
            "  Header set Cache-Control \"{FOR_GOOD}\" \"expr=%{{REQUEST_URI}} =~ m#{wanted}#\""
        );
    }
    let _ = writeln!(
        text,
        "  Header set Cache-Control \"{NEVER}\" \"expr=%{{REQUEST_STATUS}} -ge 400\"\n</IfModule>\n<IfModule mod_alias.c>\n  RedirectMatch 404 {}",
        quoted(&format!("^{}", pattern(&rooted(hosts::FOLDER))))
    );
    let all = hosts::redirects(site).count();
    for (from, to) in hosts::redirects(site).take(REDIRECTS) {
        let from = quoted(&format!("^{}$", pattern(&rooted(from))));
        let _ = writeln!(
            text,
            "  RedirectMatch 301 {from} {}",
            super::asked(site, to)
        );
    }
    text.push_str("</IfModule>\n");
    let said = (all > REDIRECTS).then(|| {
        too_many(
            "redirects of a .htaccess",
            "a site on Apache",
            REDIRECTS,
            all,
            "a page at each of these addresses sends readers on all the same",
        )
    });
    Rendered {
        diagnostics: said.into_iter().collect(),
        ..plain(text.into())
    }
}

fn quoted(pattern: &str) -> String {
    format!("\"{pattern}\"")
}
