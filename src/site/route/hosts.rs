//! What web hosts need, as routes: which files there are, where they lie, and under which addresses nothing ever changes.

use std::collections::BTreeSet;

use super::{Owner, Route, Routes, Site, Table, output_file, search};
use crate::config::{Host, Packing};

/// A file that a web host reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostFile {
    /// GitHub Pages: take the files as they are.
    NoJekyll,
    /// GitHub Pages: the site's own domain.
    Cname,
    /// Netlify, Cloudflare Pages: headers by address.
    Headers,
    /// Netlify, Cloudflare Pages: redirects.
    Redirects,
    /// nginx: what is included in a `server`.
    Nginx,
    /// Apache httpd.
    Htaccess,
    /// S3: the configuration of a bucket as a website.
    S3,
}

impl HostFile {
    const ALL: [Self; 7] = [
        Self::NoJekyll,
        Self::Cname,
        Self::Headers,
        Self::Redirects,
        Self::Nginx,
        Self::Htaccess,
        Self::S3,
    ];

    /// Where it lies.
    pub fn address(self) -> &'static str {
        match self {
            Self::NoJekyll => "/.nojekyll",
            Self::Cname => "/CNAME",
            Self::Headers => "/_headers",
            Self::Redirects => "/_redirects",
            Self::Nginx => "/_hosts/nginx.conf",
            Self::Htaccess => "/.htaccess",
            Self::S3 => "/_hosts/s3-website.json",
        }
    }

    fn is_needed(self, site: &Site) -> bool {
        let has = |host| site.config.hosts.has(host);
        match self {
            Self::NoJekyll => has(Host::GithubPages),
            Self::Cname => has(Host::GithubPages) && domain(site).is_some(),
            Self::Headers | Self::Redirects => has(Host::Netlify) || has(Host::CloudflarePages),
            Self::Nginx => has(Host::Nginx),
            Self::Htaccess => has(Host::Apache),
            Self::S3 => has(Host::S3),
        }
    }
}

/// The folder with settings for servers that are told where they lie; no reader needs it.
pub const FOLDER: &str = "/_hosts/";

/// The site's own domain, where GitHub Pages has to be told of it.
pub fn domain(site: &Site) -> Option<&str> {
    let base = &site.config.base_url;
    let host = base.origin().split("//").nth(1)?;
    let name = host.split(':').next()?;
    let own = base.is_public() && base.path() == "/" && !name.ends_with(".github.io");
    own.then_some(name)
}

/// The packed twin of a path.
pub fn packed(path: &str, how: Packing) -> String {
    let end = match how {
        Packing::Gzip => "gz",
        Packing::Brotli => "br",
    };
    format!("/{}.{end}", output_file(path))
}

/// Adds the files that the site's hosts need.
pub(super) fn add(site: &Site, table: &mut Table) {
    for file in HostFile::ALL {
        if file.is_needed(site) {
            table.add(file.address().to_owned(), Route::Host(file), Owner::Site);
        }
    }
    let routes = table.routes();
    for (path, route) in packed_twins(site, routes, routes) {
        table.add(path, route, Owner::Site);
    }
}

/// The packed twins of these routes, where the site has such. A packed file of a person's that is there already is what a host sends.
pub(in crate::site) fn packed_twins(
    site: &Site,
    routes: &Routes,
    there: &Routes,
) -> Vec<(String, Route)> {
    let how = &site.config.hosts.compressed;
    if how.is_empty() {
        return Vec::new();
    }
    let text = routes
        .iter()
        .filter(|(path, route)| is_text(site, path, route));
    let twins = text.flat_map(|(path, original)| {
        how.iter().map(|how| {
            let route = Route::Packed {
                path: path.clone(),
                how: *how,
                turn: original.turn(),
                lasting: original.is_lasting(),
            };
            (packed(path, *how), route)
        })
    });
    twins
        .filter(|(path, _)| !there.contains_key(path))
        .collect()
}

/// Whether it is text that is worth packing. What is known to be short is not; redirects and robots.txt always are.
fn is_text(site: &Site, path: &str, route: &Route) -> bool {
    const SHORT: usize = 1024;
    const ENDS: [&str; 11] = [
        "css",
        "csv",
        "html",
        "js",
        "json",
        "md",
        "opml",
        "svg",
        "txt",
        "webmanifest",
        "xml",
    ];
    let file = output_file(path);
    let end = file.rsplit_once('.').map_or("", |(_, end)| end);
    let long = match route {
        Route::Redirect(_) | Route::Robots | Route::Host(_) | Route::Packed { .. } => false,
        Route::Asset(path) => site.assets.get(path).is_some_and(|b| b.len() > SHORT),
        _ => true,
    };
    long && ENDS.contains(&end)
}

/// Addresses whose bytes never change, as rules for hosts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lasting {
    /// One address.
    Path(String),
    /// All below a folder.
    Below(&'static str),
}

/// The addresses whose names hold a fingerprint: a folder as a whole where it holds nothing else.
pub fn lasting(site: &Site) -> BTreeSet<Lasting> {
    let mut rules = BTreeSet::new();
    let mixed = |folder: &str| {
        let others = site.routes.range(folder.to_owned()..);
        let mut others = others.take_while(|(path, _)| path.starts_with(folder));
        others.any(|(_, route)| !route.is_lasting())
    };
    if site.config.search {
        for folder in search::LASTING {
            if mixed(folder) {
                let paths = site.search_routes().range(folder.to_owned()..);
                let paths = paths.map(|(path, _)| path.clone());
                let below = paths.take_while(|path| path.starts_with(folder));
                rules.extend(below.map(Lasting::Path));
            } else {
                rules.insert(Lasting::Below(folder));
            }
        }
    }
    let themed = site.routes.iter();
    let themed = themed.filter(|(_, route)| matches!(route, Route::ThemeAsset(_)));
    rules.extend(themed.map(|(path, _)| Lasting::Path(path.clone())));
    rules
}

/// The redirects of a site, from path to path, in order.
pub fn redirects(site: &Site) -> impl Iterator<Item = (&str, &str)> {
    site.routes.iter().filter_map(|(from, route)| match route {
        Route::Redirect(to) => Some((from.as_str(), to.as_str())),
        _ => None,
    })
}

/// Whether other addresses of the site begin with this one.
pub fn is_above(site: &Site, path: &str) -> bool {
    [&site.routes, site.search_routes()].into_iter().any(|all| {
        let mut from = all.range(path.to_owned()..).map(|(other, _)| other);
        let other = from.find(|other| other.as_str() != path);
        other.is_some_and(|other| other.starts_with(path))
    })
}
