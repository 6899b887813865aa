//! The only place where an address or an output path is spelled. `Site` → the table of all that can be asked for.

use std::collections::BTreeMap;

use foldhash::HashSet;

use super::{Data, Facet, Period, Site, Taxonomy, data};
use crate::{
    config::Packing,
    diagnostic::{Diagnostic, Rule},
};

pub mod hosts;
pub mod kind;
mod machines;
pub mod search;
mod table;
mod turn;

pub use hosts::HostFile;
pub use machines::{address, card, folder, markdown, ninjs};
pub use table::{Claim, Clash, folded};
use table::{Owner, Table};
pub use turn::Turn;

/// All addresses of a site: path from its root → what is there. Iterates in path order.
pub type Routes = BTreeMap<String, Route>;

/// What can be asked for. `ui` is a position in `Config::languages`; `page` counts from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// The latest briefings.
    Home {
        /// Interface language.
        ui: usize,
        /// Page of the list.
        page: usize,
    },
    /// A briefing: position in `Site::briefings`.
    Briefing(usize),
    /// A withdrawn briefing: position in `Site::withdrawn`.
    Withdrawn(usize),
    /// An ordinary page: position in `Site::pages`.
    Page(usize),
    /// A section: position in `Site::sections`.
    Section {
        /// Position in `Site::sections`.
        section: usize,
        /// Page of the list.
        page: usize,
    },
    /// All terms of a taxonomy.
    Terms {
        /// Which.
        taxonomy: Taxonomy,
        /// Interface language.
        ui: usize,
    },
    /// The briefings of one term.
    Term {
        /// Which taxonomy.
        taxonomy: Taxonomy,
        /// Which term.
        slug: String,
        /// Interface language.
        ui: usize,
        /// Page of the list.
        page: usize,
    },
    /// The briefings of a year, month or day.
    Archive {
        /// Which.
        period: Period,
        /// Interface language.
        ui: usize,
        /// Page of the list.
        page: usize,
    },
    /// The map of the world.
    Map {
        /// Interface language.
        ui: usize,
    },
    /// All countries by region.
    Regions {
        /// Interface language.
        ui: usize,
    },
    /// The briefings of one language, or of an intersection of two facets.
    Finder {
        /// One language, or two facets in the order of the address.
        facets: Vec<Facet>,
        /// Interface language.
        ui: usize,
        /// Page of the list.
        page: usize,
    },
    /// A file for machines.
    Data(Data),
    /// The search page.
    Search {
        /// Interface language.
        ui: usize,
    },
    /// A file of the search index, by its path from the site's root.
    SearchFile(String),
    /// The description of the search for browsers.
    OpenSearch,
    /// `404.html`.
    NotFound,
    /// `robots.txt`.
    Robots,
    /// A file of content/ that is no Markdown, by its path from the site's root.
    Asset(String),
    /// A file of the theme, by its fingerprinted path from the site's root.
    ThemeAsset(String),
    /// A page that sends the reader to another path of the site.
    Redirect(String),
    /// A file that a web host reads.
    Host(HostFile),
    /// The packed twin of the file at a path from the site's root.
    Packed {
        /// Whose twin.
        path: String,
        /// How it is packed.
        how: Packing,
        /// When what it is the twin of is published: a host may send it in place of that.
        turn: Turn,
        /// Whether the address of that holds a fingerprint.
        lasting: bool,
    },
}

/// The folder that each language has below the site's root: `/` for the default one.
pub fn home(site: &Site, ui: usize) -> String {
    if ui == 0 {
        "/".to_owned()
    } else {
        format!("/{}/", site.ui_lang(ui))
    }
}

/// `…/page/2/` below a list's first page.
pub fn paged(first: &str, page: usize) -> String {
    if page <= 1 {
        first.to_owned()
    } else {
        format!("{first}page/{page}/")
    }
}

/// The list of topics, and what lies below it, in the default language.
pub const TOPICS: &str = "/topics/";

/// The list of a taxonomy.
pub fn terms(site: &Site, taxonomy: Taxonomy, ui: usize) -> String {
    [&home(site, ui), taxonomy.name(), "/"].concat()
}

/// The first page of a term.
pub fn term(site: &Site, taxonomy: Taxonomy, slug: &str, ui: usize) -> String {
    [&terms(site, taxonomy, ui), slug, "/"].concat()
}

/// The first page of a period.
pub fn archive(site: &Site, period: Period, ui: usize) -> String {
    use std::fmt::Write;
    let mut path = format!("{}{:04}/", home(site, ui), period.year);
    for part in [period.month, period.day].into_iter().flatten() {
        let _ = write!(path, "{part:02}/");
    }
    path
}

/// The map of the world.
pub fn map(site: &Site, ui: usize) -> String {
    format!("{}map/", home(site, ui))
}

/// All countries by region.
pub fn regions(site: &Site, ui: usize) -> String {
    format!("{}regions/", terms(site, Taxonomy::Countries, ui))
}

/// The first page of what has all of some facets, in their order: `/countries/ma/topics/water/`. No facet gives the home page.
pub fn finder(site: &Site, facets: &[Facet], ui: usize) -> String {
    facets
        .iter()
        .fold(home(site, ui), |path, facet| match facet {
            Facet::Term(taxonomy, slug) => format!("{path}{}/{slug}/", taxonomy.name()),
            Facet::Year(year) => format!("{path}{year:04}/"),
            Facet::Language(lang) => format!("{path}languages/{lang}/"),
        })
}

/// The address of a briefing by its publisher's number, which no other title or date changes.
pub fn by_number(number: &str) -> String {
    format!("/id/{}/", super::card::portable(number))
}

/// The file below the output folder that holds a path: `/a/` is `a/index.html`.
pub fn output_file(path: &str) -> String {
    let file = path.trim_start_matches('/');
    if file.is_empty() || file.ends_with('/') {
        [file, "index.html"].concat()
    } else {
        file.to_owned()
    }
}

/// The pages that a list of `items` entries needs: at least one.
pub fn page_count(items: usize, per_page: usize) -> usize {
    items.div_ceil(per_page.max(1)).max(1)
}

/// The route table, the addresses that two would have, and what is said of these and of aliases.
pub fn routes(site: &Site, theme_assets: &[String]) -> (Routes, Vec<Clash>, Vec<Diagnostic>) {
    // Room for pages and lists; the files for machines come later.
    let mut table = Table::with_room(2 * (site.briefings.len() + site.pages.len()));
    for (i, item) in site.pages.iter().enumerate() {
        let owner = Owner::Item(item, "slug");
        table.add(item.card.path.clone(), Route::Page(i), owner);
    }
    for (i, item) in site.briefings.iter().enumerate() {
        let owner = Owner::Item(item, "slug");
        table.add(item.card.path.clone(), Route::Briefing(i), owner);
    }
    for (i, item) in site.withdrawn.iter().enumerate() {
        let owner = Owner::Item(item, "slug");
        table.add(item.card.path.clone(), Route::Withdrawn(i), owner);
    }
    let per_page = site.config.paginate_by;
    for (section, s) in site
        .sections
        .iter()
        .enumerate()
        .skip(site.config.languages.len())
    {
        let owner = s
            .index
            .as_ref()
            .map_or(Owner::Site, |i| Owner::Item(i, "slug"));
        for page in 1..=page_count(s.briefings.len(), per_page) {
            table.add(
                paged(&s.path, page),
                Route::Section { section, page },
                owner.clone(),
            );
        }
    }
    for ui in 0..site.config.languages.len() {
        indexes(site, ui, &mut table);
    }
    search::add(site, &mut table);
    table.add("/404.html".to_owned(), Route::NotFound, Owner::Site);
    table.add("/robots.txt".to_owned(), Route::Robots, Owner::Site);
    for path in theme_assets {
        table.add(path.clone(), Route::ThemeAsset(path.clone()), Owner::Site);
    }
    for path in site.assets.keys() {
        table.add(path.clone(), Route::Asset(path.clone()), Owner::Asset(path));
    }
    aliases(site, &mut table);
    let mut data = HashSet::default();
    for of in data::all(site, table.routes()) {
        let path = address(site, &of);
        // Of two briefings at one address it was said already, and the first has the files beside it.
        if !data.contains(&path) && table.add(path.clone(), Route::Data(of), Owner::Site) {
            data.insert(path);
        }
    }
    hosts::add(site, &mut table);
    table.done()
}

fn indexes<'a>(site: &'a Site, ui: usize, table: &mut Table<'a>) {
    let per_page = site.config.paginate_by;
    for page in 1..=page_count(site.briefings.len(), per_page) {
        table.add(
            paged(&home(site, ui), page),
            Route::Home { ui, page },
            Owner::Site,
        );
    }
    for (taxonomy, index) in [
        (Taxonomy::Countries, &site.countries),
        (Taxonomy::Topics, &site.topics),
    ] {
        table.add(
            terms(site, taxonomy, ui),
            Route::Terms { taxonomy, ui },
            Owner::Site,
        );
        for (slug, of_term) in index {
            for page in 1..=page_count(of_term.len(), per_page) {
                let route = Route::Term {
                    taxonomy,
                    slug: slug.clone(),
                    ui,
                    page,
                };
                table.add(
                    paged(&term(site, taxonomy, slug, ui), page),
                    route,
                    Owner::Site,
                );
            }
        }
    }
    if site.config.map {
        table.add(map(site, ui), Route::Map { ui }, Owner::Site);
    }
    if !site.countries.is_empty() {
        table.add(regions(site, ui), Route::Regions { ui }, Owner::Site);
    }
    finders(site, ui, table);
    for (period, of_period) in &site.archive {
        for page in 1..=page_count(of_period.len(), per_page) {
            let route = Route::Archive {
                period: *period,
                ui,
                page,
            };
            table.add(paged(&archive(site, *period, ui), page), route, Owner::Site);
        }
    }
}

/// The lists of one language where there are several, and the intersections that are worth a page.
fn finders<'a>(site: &'a Site, ui: usize, table: &mut Table<'a>) {
    let languages = site.facets.languages.iter();
    let several = site.facets.languages.len() > 1;
    let languages = languages
        .filter(|_| several)
        .map(|(lang, of)| (vec![Facet::Language(lang.clone())], of.len()));
    let pairs = site.facets.pairs();
    let pairs = pairs.map(|(first, second, of)| (vec![first.clone(), second.clone()], of.len()));
    for (facets, briefings) in languages.chain(pairs) {
        let first = finder(site, &facets, ui);
        for page in 1..=page_count(briefings, site.config.paginate_by) {
            let facets = facets.clone();
            let route = Route::Finder { facets, ui, page };
            table.add(paged(&first, page), route, Owner::Site);
        }
    }
}

fn aliases<'a>(site: &'a Site, table: &mut Table<'a>) {
    let items = site.briefings.iter().chain(&site.withdrawn);
    let indexes = site.sections.iter().filter_map(|s| s.index.as_ref());
    for item in items.chain(&site.pages).chain(indexes) {
        if let Some(number) = &item.entry.front.number {
            table.add(
                by_number(number),
                Route::Redirect(item.card.path.clone()),
                Owner::Item(item, "number"),
            );
        }
        for alias in &item.entry.front.aliases {
            let parts = || alias.split('/').filter(|p| !p.is_empty());
            if parts().any(|p| super::card::portable(p) != p) || parts().next().is_none() {
                table.diagnostics.push(
                    Diagnostic::error(
                        format!("content/{}", item.card.source),
                        format!(
                            "the alias `{}` is no path of this site",
                            alias.escape_debug()
                        ),
                    )
                    .at(item.entry.front.line(&["aliases"]))
                    .help("write a path from the site's root, such as /old/address/")
                    .rule(Rule::BadAddress),
                );
                continue;
            }
            let mut path = format!("/{}", parts().collect::<Vec<_>>().join("/"));
            if std::path::Path::new(&path)
                .extension()
                .is_none_or(|e| e != "html")
            {
                path.push('/');
            }
            table.add(
                path,
                Route::Redirect(item.card.path.clone()),
                Owner::Item(item, "aliases"),
            );
        }
    }
}
