//! A [`Plan`] → the files of the site: addresses are kept or redirected, links lead to content files, terms become topics, and what can't be carried
//! over is said with its line.

mod body;
mod clashes;
mod marks;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    Migrated, Out, Plan,
    fields::clean,
    headings,
    links::{self, Known, Link},
    report::Outcome,
};
use crate::{config::Config, content::Kind, diagnostic::Diagnostic, site::card};
use body::body;

/// The name of the report in the new site.
const REPORT: &str = "migration.json";

pub(super) fn finish(mut plan: Plan, now: Timestamp) -> Migrated {
    let mut files = BTreeMap::new();
    titles(&mut plan);
    // Links lead to none of the pages that it leaves out.
    permalink(&mut plan);
    let mut known = Known::of(&plan.pages);
    let (path, whole) = plan.settings.base();
    known.base = (path.to_owned(), whole.to_owned());
    known.term_lists = std::mem::take(&mut plan.term_lists);
    let links = plan.settings.take("navigation");
    let from = plan
        .settings
        .get("title")
        .unwrap_or("another site")
        .to_owned();
    let from = format!("the settings of {from:?}").replace('\n', " ");
    let site = plan.settings.file(&from);
    let config = Config::parse("site.yaml", &site).unwrap_or_default();
    let taken = clashes::pages(&mut plan, &site);
    addresses(&mut plan, &config);
    clashes::files(&mut plan, taken);
    known.assets = plan.copies.keys().cloned().collect();
    known.replaced = std::mem::take(&mut plan.replaced);
    navigation(&mut plan, &known, links, now);
    let site = plan.settings.file(&from);
    if let Err(error) = Config::parse("site.yaml", &site) {
        plan.report.findings.push(error);
    }
    for page in &plan.pages {
        marks::marks(page, plan.dialect, &mut plan.report);
        let body = body(page, plan.dialect, &known, &plan.named, &mut plan.report);
        files.insert(
            format!("content/{}", page.to),
            Out::Text(page.front.file(&body)),
        );
    }
    for (to, from) in &plan.copies {
        files
            .entry(format!("content/{to}"))
            .or_insert_with(|| Out::Copy(from.clone()));
    }
    if !plan.named.is_empty() {
        for list in &known.term_lists {
            plan.report.find(
                "",
                None,
                &format!(
                    "the lists of terms below {list} are now below {}",
                    crate::site::route::TOPICS
                ),
                "redirect them on your server, where someone links to them",
            );
        }
    }
    if let Some(topics) = plan.named.file(plan.settings.lang()) {
        files.insert("topics.yaml".to_owned(), Out::Text(topics));
    }
    files.insert("site.yaml".to_owned(), Out::Text(site));
    files.insert(".gitignore".to_owned(), Out::Text("/public\n".to_owned()));
    let mut report = plan.report;
    report.pages = plan.pages.len();
    report.copies = plan.copies.len();
    report.findings.sort();
    files.insert(
        REPORT.to_owned(),
        Out::Text(format!("{:#}\n", report.to_json())),
    );
    Migrated {
        files,
        report,
        refused: false,
    }
}

/// The heading that a body begins with is the title where there is no other, and goes where it says the title again.
fn titles(plan: &mut Plan) {
    for page in &mut plan.pages {
        let Some((heading, rest)) = headings::leading(&page.body) else {
            continue;
        };
        match page.front.get("title") {
            None => page.front.set("title", heading.as_str()),
            Some(title) if title == heading => {}
            Some(_) => continue,
        }
        let outcome = Outcome::Changed("title".to_owned());
        plan.report
            .note(&page.from, page.body_line, "first heading", outcome);
        page.body = rest;
    }
}

/// Gives each page the last part of its former address, and the site the pattern that keeps the addresses of most briefings.
fn permalink(plan: &mut Plan) {
    let mut patterns: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for mut page in std::mem::take(&mut plan.pages) {
        let entry = match page.entry() {
            Ok(entry) => entry,
            Err(error) => {
                let file = page.from;
                plan.report.findings.push(Diagnostic { file, ..error });
                continue;
            }
        };
        let briefing = card::kind(&entry) == Kind::Briefing;
        let (_, stem, _) = card::split(&page.to);
        let last = links::plain(&page.address)
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let last = last.strip_suffix(".html").unwrap_or(last).to_owned();
        let standing = if page.untold {
            true
        } else if briefing {
            false
        } else {
            matches!(stem, "index" | "_index")
        };
        if !standing && !last.is_empty() && card::portable(&last) == last {
            let (card, _) = card::card(&entry, &Config::default());
            if card.slug != last {
                page.front.set("slug", last.as_str());
            }
            if briefing && let Some(pattern) = pattern(&page.address, &last, card.date.as_ref()) {
                *patterns.entry(pattern).or_insert(0) += 1;
            }
        }
        kept.push(page);
    }
    plan.pages = kept;
    let most = patterns
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
    if let Some((pattern, _)) = most
        && pattern != Config::default().permalink.to_string()
    {
        plan.settings.set("permalink", pattern);
    }
}

/// The pattern that gives an address: `/blog/{slug}/`, `/{year}/{month}/{slug}/`.
fn pattern(address: &str, slug: &str, date: Option<&crate::model::PubDate>) -> Option<String> {
    let folder = address.strip_suffix(&format!("{slug}/"))?;
    let day = date?.civil();
    let dated = [
        (format!("{:04}", day.year()), "{year}"),
        (format!("{:02}", day.month()), "{month}"),
        (format!("{:02}", day.day()), "{day}"),
    ];
    let mut wanted = dated.iter().peekable();
    let mut out = String::new();
    for part in folder.split_inclusive('/') {
        let name = part.trim_end_matches('/');
        match wanted.next_if(|(written, _)| written == name) {
            Some((_, pattern)) => {
                out.push_str(pattern);
                out.push('/');
            }
            None => out.push_str(part),
        }
    }
    let pattern = format!("{out}{{slug}}/");
    pattern
        .parse::<crate::config::Permalink>()
        .ok()
        .map(|_| pattern)
}

/// Where a page has another address than before, the former one becomes an alias.
fn addresses(plan: &mut Plan, config: &Config) {
    let now: Vec<String> = plan
        .pages
        .iter()
        .map(|page| {
            let entry = page.entry();
            entry.map_or_else(|_| String::new(), |entry| card::card(&entry, config).0.path)
        })
        .collect();
    let taken: BTreeSet<String> = now.iter().cloned().collect();
    let mut aliases = BTreeSet::new();
    for (page, path) in plan.pages.iter_mut().zip(now) {
        page.front.keep("aliases", |alias| {
            !taken.contains(alias) && aliases.insert(alias.to_owned())
        });
        if page.address.is_empty()
            || page.untold
            || links::plain(&page.address) == links::plain(&path)
        {
            continue;
        }
        let line = Some(1);
        match clean(&page.address) {
            Some(alias) if taken.contains(&alias) => plan.report.find(
                &page.from,
                line,
                &format!("the former address {alias} is that of another page now"),
                "give one of the two another slug",
            ),
            Some(alias) => {
                if aliases.insert(alias.clone()) {
                    page.front.add("aliases", &alias);
                }
                let outcome = Outcome::Changed("another; the former one is an alias".to_owned());
                plan.report.note(&page.from, 1, "(address)", outcome);
            }
            None => plan.report.find(
                &page.from,
                line,
                &format!(
                    "the former address {} can't be redirected; it is {path} now",
                    page.address
                ),
                "redirect it on your server",
            ),
        }
    }
}

/// The links of the navigation, to content files where they lead to one; those that lead nowhere go, and those to what is kept back.
fn navigation(plan: &mut Plan, known: &Known, links: Option<serde_json::Value>, now: Timestamp) {
    let Some(serde_json::Value::Array(links)) = links else {
        return;
    };
    let mut kept = Vec::new();
    for mut link in links {
        let url = link["url"].as_str().unwrap_or_default().to_owned();
        let new = if url.starts_with('/') {
            known.rooted(&url, &plan.named)
        } else {
            Link::Same
        };
        let lost = match new {
            Link::Same => None,
            Link::New(new) => {
                let hidden = plan.pages.iter().any(|page| {
                    let rest = new.strip_prefix("@/");
                    let rest = rest.and_then(|path| path.strip_prefix(page.to.as_str()));
                    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['#', '?']))
                        && page.is_kept_back(now)
                });
                link["url"] = new.into();
                hidden.then_some("a page that is kept back")
            }
            Link::Nowhere => Some("nothing that was carried over"),
        };
        match lost {
            None => kept.push(link),
            Some(what) => plan.report.find(
                "",
                None,
                &format!("the link {url} of the navigation leads to {what}"),
                "add it to `navigation` in site.yaml",
            ),
        }
    }
    if !kept.is_empty() {
        plan.settings.set("navigation", kept);
    }
}
