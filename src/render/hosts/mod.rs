//! `Site` + [`HostFile`] → what a web host reads: headers, redirects, its own settings. Says what a host would not take. The rules are the same for
//! all: every answer has the headers of the settings, what has a fingerprint in its name is kept for good, all else is asked for again.

use super::{Rendered, plain, sitemap::encode_all};
use crate::{
    config::{Host, Packing},
    diagnostic::Diagnostic,
    site::{
        Site,
        route::{HostFile, hosts},
    },
};

mod apache;
mod named;
mod nginx;
mod s3;

/// How long what never changes is kept: a year, the most that browsers reckon with.
pub const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// How long an answer is kept that is no file of the site.
const NEVER: &str = "no-cache";

/// How a page or a list is kept.
pub fn for_now(site: &Site) -> String {
    match site.config.hosts.page_seconds {
        0 => NEVER.to_owned(),
        seconds => format!("public, max-age={seconds}"),
    }
}

/// The bytes of a file that a host reads.
pub(super) fn file(site: &Site, file: HostFile) -> Rendered {
    match file {
        HostFile::NoJekyll => plain(Vec::new()),
        HostFile::Cname => plain(format!("{}\n", hosts::domain(site).unwrap_or_default()).into()),
        HostFile::Headers => named::headers(site),
        HostFile::Redirects => named::redirects(site),
        HostFile::Nginx => plain(nginx::settings(site).into()),
        HostFile::Htaccess => apache::settings(site),
        HostFile::S3 => s3::website(site),
    }
}

/// A path of the site as it is asked for: from the host's root, in ASCII.
fn asked(site: &Site, path: &str) -> String {
    encode_all(&site.config.base_url.rooted(path))
}

/// What is said where a host takes no more.
fn too_many(what: &str, host: &str, most: usize, all: usize, help: &str) -> Diagnostic {
    let message = format!(
        "{host} takes at most {most} {what}, and this site has {all}: the rest are left out"
    );
    Diagnostic::warning("site.yaml", message).help(help)
}

fn packs(site: &Site, how: Packing) -> bool {
    site.config.hosts.compressed.contains(&how)
}

fn has(site: &Site, host: Host) -> bool {
    site.config.hosts.has(host)
}
