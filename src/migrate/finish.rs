//! A [`Plan`] → the files of the site: addresses are kept or redirected, links lead to content files, terms become topics, and what can't be carried
//! over is said with its line.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Migrated, Out, Plan,
    fields::clean,
    headings,
    links::{self, Known, Link},
    page::Page,
    report::{Outcome, Report},
    tags::{self, Dialect, Tag},
    topics::Named,
};
use crate::{
    config::Config,
    content::{self, Entry, Kind},
    diagnostic::Diagnostic,
    site::card,
};

/// The name of the report in the new site.
const REPORT: &str = "migration.json";

pub(super) fn finish(mut plan: Plan) -> Migrated {
    let mut files = BTreeMap::new();
    let mut known = Known::of(&plan.pages);
    known.assets = plan.copies.keys().cloned().collect();
    let (path, whole) = plan.settings.base();
    known.base = (path.to_owned(), whole.to_owned());
    known.term_lists = std::mem::take(&mut plan.term_lists);
    titles(&mut plan);
    navigation(&mut plan, &known);
    permalink(&mut plan);
    let from = plan
        .settings
        .get("title")
        .unwrap_or("another site")
        .to_owned();
    let site = plan
        .settings
        .file(&format!("the settings of {from:?}").replace('\n', " "));
    let config = Config::parse("site.yaml", &site).unwrap_or_else(|error| {
        plan.report.findings.push(error);
        Config::default()
    });
    addresses(&mut plan, &config);
    for page in &plan.pages {
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
    Migrated { files, report }
}

/// The heading that a body begins with is the title where there is no other, and goes where it says the title again.
fn titles(plan: &mut Plan) {
    for page in &mut plan.pages {
        let Some((heading, rest)) = headings::leading(&page.body) else {
            continue;
        };
        match page.front.get("title") {
            None => page.front.set("title", heading),
            Some(title) if title == heading => {}
            Some(_) => continue,
        }
        let outcome = Outcome::Changed("title".to_owned());
        plan.report
            .note(&page.from, page.body_line, "first heading", outcome);
        page.body = rest;
    }
}

/// The page as the build reads it.
fn entry(page: &Page) -> Result<Entry, Diagnostic> {
    content::read(&page.to, page.front.file("").as_bytes()).map(|(entry, _)| entry)
}

/// Gives each page the last part of its former address, and the site the pattern that keeps the addresses of most briefings.
fn permalink(plan: &mut Plan) {
    let mut patterns: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for mut page in std::mem::take(&mut plan.pages) {
        let entry = match entry(&page) {
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
        let standing = if briefing {
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
            entry(page).map_or_else(|_| String::new(), |entry| card::card(&entry, config).0.path)
        })
        .collect();
    let taken: BTreeSet<String> = now.iter().cloned().collect();
    let mut aliases = BTreeSet::new();
    for (page, path) in plan.pages.iter_mut().zip(now) {
        page.front.keep("aliases", |alias| {
            !taken.contains(alias) && aliases.insert(alias.to_owned())
        });
        if page.address.is_empty() || links::plain(&page.address) == links::plain(&path) {
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

/// The Markdown of a page as Dépêche reads it.
fn body(
    page: &Page,
    dialect: Dialect,
    known: &Known,
    named: &Named,
    report: &mut Report,
) -> String {
    let mut text = page.body.clone();
    if let Some(without) = headings::without_more(&text) {
        let why = Outcome::Dropped("a summary is what `summary` says".to_owned());
        report.note(&page.from, page.body_line, "<!-- more -->", why);
        text = without;
    }
    let text = tags::rewrite(&text, dialect, |tag| {
        let line = page.body_line + tag.line;
        let new = tag_of(tag, dialect, page, known);
        if new.is_none() && !tag.closes() {
            let shown: String = tag.whole.chars().take(60).collect();
            let shown = shown.replace('\n', " ");
            let (message, help) = if is_reference(tag.name()) {
                (
                    format!("`{shown}` names no content file that was carried over"),
                    "write a link into the new file: @/path/to/file.md",
                )
            } else {
                (
                    format!("`{shown}` is shown as text"),
                    "write in Markdown what it stood for",
                )
            };
            report.find(&page.from, Some(line), &message, help);
        }
        new
    });
    let (text, moved) = if dialect == Dialect::Mkdocs {
        let (text, lines) = headings::admonitions(&text);
        for line in &lines {
            let outcome = Outcome::Changed("a quotation".to_owned());
            report.note(
                &page.from,
                page.body_line + line,
                "admonition or tab",
                outcome,
            );
        }
        (text, !lines.is_empty())
    } else {
        (text, false)
    };
    let html = headings::raw_html(&text);
    if let Some(first) = html.first() {
        let times = if html.len() == 1 {
            String::new()
        } else {
            format!(" and on {} other lines", html.len() - 1)
        };
        report.find(
            &page.from,
            (!moved).then_some(page.body_line + first),
            &format!("raw HTML here{times} is shown as text"),
            "write it in Markdown, or allow its elements with `raw_html` in site.yaml",
        );
    }
    links::rewrite(&text, |line, dest| match known.link(page, dest, named) {
        Link::Same => None,
        Link::New(new) => Some(new),
        Link::Nowhere => {
            // A tag that stayed has been said already.
            if !dest.contains("{{") && !dest.contains("{%") {
                report.find(
                    &page.from,
                    (!moved).then_some(page.body_line + line),
                    &format!("the link `{dest}` leads to nothing that was carried over"),
                    "mend it in the new file: @/path/to/file.md, /path/, or a full address",
                );
            }
            None
        }
    })
}

fn is_reference(name: &str) -> bool {
    matches!(name, "ref" | "relref" | "get_url" | "post_url" | "link")
}

/// The links of the navigation, to content files where they lead to one; those that lead nowhere go.
fn navigation(plan: &mut Plan, known: &Known) {
    let Some(links) = plan.settings.take("navigation") else {
        return;
    };
    let mut kept = Vec::new();
    for mut link in links.as_array().cloned().unwrap_or_default() {
        let url = link["url"].as_str().unwrap_or_default().to_owned();
        if url.starts_with('/') {
            match known.rooted(&url, &plan.named) {
                Link::New(new) => link["url"] = new.into(),
                Link::Same => {}
                Link::Nowhere => {
                    plan.report.find(
                        "",
                        None,
                        &format!("the link {url} of the navigation leads to nothing that was carried over"),
                        "add it to `navigation` in site.yaml",
                    );
                    continue;
                }
            }
        }
        kept.push(link);
    }
    if !kept.is_empty() {
        plan.settings.set("navigation", kept);
    }
}

/// What stands for a tag; nothing where it stays.
fn tag_of(tag: &Tag<'_>, dialect: Dialect, page: &Page, known: &Known) -> Option<String> {
    if let Some(inner) = tag
        .inner
        .strip_prefix("/*")
        .and_then(|t| t.strip_suffix("*/"))
    {
        // Escaped: it was shown as text before.
        let ends = (tag.whole.get(..3)?, tag.whole.get(tag.whole.len() - 3..)?);
        let (open, close) = if dialect == Dialect::Hugo {
            ends
        } else {
            ("{{", "}}")
        };
        return Some(format!("{open}{inner}{close}"));
    }
    match (dialect, tag.name()) {
        (Dialect::Hugo, "ref" | "relref") => known.reference(page, tag.argument()?),
        (Dialect::Zola, "get_url") => {
            let argument = tag.argument()?;
            if argument.starts_with("@/") {
                known.reference(page, argument)
            } else {
                Some(format!("/{}", argument.trim_start_matches('/')))
            }
        }
        (Dialect::Jekyll, "post_url") => {
            let name = tag.argument()?.trim_start_matches('/');
            known
                .reference(page, &format!("/_posts/{name}"))
                .or_else(|| known.reference(page, name))
        }
        (Dialect::Jekyll, "link") => {
            let path = tag.argument()?;
            known
                .reference(page, &format!("/{path}"))
                .or_else(|| Some(format!("/{path}")))
        }
        (Dialect::Jekyll, "highlight") => {
            Some(format!("```{}", tag.argument().unwrap_or_default()))
        }
        (Dialect::Jekyll, "endhighlight") => Some("```".to_owned()),
        (Dialect::Jekyll, "raw" | "endraw" | "site.baseurl" | "site.url") => Some(String::new()),
        (Dialect::Jekyll, "")
            if tag.inner.contains("relative_url") || tag.inner.contains("absolute_url") =>
        {
            tag.argument()
                .map(|path| format!("/{}", path.trim_start_matches('/')))
        }
        _ => None,
    }
}
