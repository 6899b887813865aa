//! The new site as it would be built → where two would have one address in it, a file stays behind, a page gets another slug or becomes a draft, a redirect
//! goes: the first build has no error for it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Plan, inherited::folder_of};
use crate::{
    config::Config,
    pipeline::{self, BuildOptions, Memo, Sources},
    site::{
        card,
        route::{Route, folded},
    },
};

/// How often pages that clash are taken out before the rest is left as it is.
const ROUNDS: usize = 3;

/// Gives pages that would have the address of another page another slug, and makes drafts of those that would have one of Dépêche's own, and of the
/// pages of folders, which have no other; `settings` is the new site.yaml. Gives what has an address then, but for copies and redirects.
pub(super) fn pages(plan: &mut Plan, settings: &str) -> Taken {
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    let entries = plan.pages.iter().filter_map(|page| page.entry().ok());
    let mut known: BTreeSet<String> = entries
        .map(|entry| card::card(&entry, &Config::default()).0.slug)
        .collect();
    // How often a slug begins so.
    let mut begun: BTreeMap<String, usize> = BTreeMap::new();
    let (mut routes, mut taken) = built(plan, settings);
    for round in 0..ROUNDS {
        if taken.is_empty() {
            break;
        }
        for page in &mut plan.pages {
            let Some(clash) = taken.get(&page.to) else {
                continue;
            };
            let one = said.entry(page.to.clone()).or_insert_with(|| Said {
                from: page.from.clone(),
                message: clash.message.clone(),
                address: clash.address.clone(),
                begins: begins(&page.to, &clash.slug),
                slug: None,
            });
            if clash.own || round + 1 == ROUNDS || is_folder(&page.to) {
                page.front.set("draft", true);
                one.slug = None;
                continue;
            }
            let times = begun.entry(one.begins.clone()).or_insert(0);
            let slug = loop {
                *times += 1;
                let slug = match *times {
                    1 => one.begins.clone(),
                    times => format!("{}-{times}", one.begins),
                };
                if known.insert(slug.clone()) {
                    break slug;
                }
            };
            page.front.set("slug", slug.as_str());
            one.slug = Some(slug);
        }
        (routes, taken) = built(plan, settings);
    }
    for page in &plan.pages {
        if let Some(one) = said.get(&page.to).filter(|one| one.slug.is_none()) {
            let mut addresses = [&page.address, &one.address].into_iter();
            let address = addresses.find(|address| routes.contains_key(&folded(address)));
            plan.replaced.insert(page.to.clone(), address.cloned());
        }
    }
    for (to, one) in said {
        let (became, help) = match one.slug {
            Some(slug) => (
                format!("its slug is {slug} now"),
                "give it another `slug` in the new file, where you like",
            ),
            None if is_folder(&to) => (
                "the page is a draft".to_owned(),
                "give the folder another name, or the other page another `slug`, and take `draft` out of the new file",
            ),
            None => (
                "the page is a draft".to_owned(),
                "give it another `slug` in the new file, and take `draft` out",
            ),
        };
        let message = format!("{}; {became}", one.message);
        plan.report.find(&one.from, None, &message, help);
    }
    routes
}

/// What has an address, by its folded file.
pub(super) type Taken = BTreeMap<String, Route>;

/// What is said of a page whose address another has.
struct Said {
    from: String,
    message: String,
    /// That address.
    address: String,
    /// What its new slug begins with.
    begins: String,
    /// Its new slug; none where it is a draft.
    slug: Option<String>,
}

/// Whether a file is the page of its folder, to which a slug gives no address.
fn is_folder(to: &str) -> bool {
    card::split(to).1 == "_index"
}

/// What the new slug of a file begins with: its folder, and the old one.
fn begins(to: &str, slug: &str) -> String {
    let folder = folder_of(to).trim_end_matches('/');
    let above = folder.rsplit('/').next().filter(|above| !above.is_empty());
    card::portable(&format!("{}-{slug}", above.unwrap_or("page")))
}

/// Takes out copies and aliases that would have the address of something else: of one of `routes`, or of a copy.
pub(super) fn files(plan: &mut Plan, mut routes: Taken) {
    let report = &mut plan.report;
    plan.copies.retain(|to, from| {
        let Some(route) = clash(&routes, &format!("/{to}")) else {
            return true;
        };
        let (whose, help) = match route {
            Route::Page(_) | Route::Briefing(_) | Route::Section { .. } => {
                ("a page", "keep one of the two")
            }
            _ => (
                "a file that Dépêche makes",
                "what it says is set in site.yaml or in a theme",
            ),
        };
        let message = format!("not copied: /{to} is the address of {whose}");
        report.find(from, None, &message, help);
        false
    });
    for to in plan.copies.keys() {
        let asset = Route::Asset(to.clone());
        routes.insert(folded(&format!("/{to}")), asset);
    }
    redirects(plan, &routes);
}

/// What already has an address, or has a file where its folder would be, or the other way round.
fn clash<'r>(routes: &'r Taken, address: &str) -> Option<&'r Route> {
    let key = folded(address);
    let mut above = key.match_indices('/').map(|(at, _)| &key[..at]);
    let below = format!("{key}/");
    let within = || {
        let next = routes.range(below.clone()..).next();
        next.filter(|(file, _)| file.starts_with(&below))
    };
    let exact = routes.get(&key);
    exact
        .or_else(|| above.find_map(|file| routes.get(file)))
        .or_else(|| within().map(|(_, route)| route))
}

/// Takes out the aliases that are addresses of something else. What was the other site's page of what is not there is a draft.
fn redirects(plan: &mut Plan, routes: &Taken) {
    for page in &mut plan.pages {
        let (mut lost, mut missing) = (Vec::new(), false);
        let former = page.address.as_str();
        page.front.keep("aliases", |alias| {
            let Some(route) = clash(routes, alias) else {
                return true;
            };
            if matches!(route, Route::NotFound) && folded(alias) == folded(former) {
                missing = true;
            } else {
                lost.push(alias.to_owned());
            }
            false
        });
        if missing {
            page.front.set("draft", true);
            let address = Some(page.address.clone());
            plan.replaced.insert(page.to.clone(), address);
            plan.report.find(
                &page.from,
                None,
                "Dépêche makes /404.html itself; the page is a draft",
                "write a 404.html into a theme of your own where it should say something else",
            );
        }
        for alias in lost {
            plan.report.find(
                &page.from,
                None,
                &format!("no redirect: something else has the address {alias}"),
                "let links to it lead elsewhere",
            );
        }
    }
}

/// A page whose address another has.
struct Clash {
    message: String,
    address: String,
    /// Whether Dépêche itself has it.
    own: bool,
    slug: String,
}

/// What has an address in the new site, without its copies and redirects, and the pages whose address another has.
fn built(plan: &Plan, settings: &str) -> (Taken, BTreeMap<String, Clash>) {
    let files = plan.pages.iter().map(|page| {
        let mut front = page.front.clone();
        front.keep("aliases", |_| false);
        (page.to.clone(), front.file("").into_bytes().into())
    });
    let sources = Sources {
        config: Some((
            "site.yaml".to_owned(),
            settings.to_owned().into_bytes().into(),
        )),
        topics: plan
            .named
            .file(plan.settings.lang())
            .map(|topics| topics.into_bytes().into()),
        content: files.collect(),
        ..Sources::default()
    };
    let (renderer, _) = pipeline::build(&sources, &BuildOptions::default(), &mut Memo::default());
    let Some(renderer) = renderer else {
        return (BTreeMap::new(), BTreeMap::new());
    };
    let site = renderer.site();
    let taken = site.clashes.iter().filter_map(|clash| {
        let page = clash.blamed()?.file.strip_prefix("content/")?;
        let slug = site.item(page).map(|item| item.card.slug.clone());
        let of_page = Clash {
            own: clash.claims.contains(&None),
            slug: slug.unwrap_or_default(),
            message: clash.said("is"),
            address: clash.address.clone(),
        };
        Some((page.to_owned(), of_page))
    });
    let taken = taken.collect();
    let routes = site.routes.iter();
    let routes = routes.map(|(path, route)| (folded(path), route.clone()));
    (routes.collect(), taken)
}
