//! `Site` + `Route` → bytes: one pure function for build, watch and preview alike. Refuses nothing; what fails is a diagnostic.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use tera::Context;

use crate::{
    config::Packing,
    diagnostic::Diagnostic,
    model::Lang,
    site::{Data, Item, Route, Site, Taxonomy, route},
};

mod bounds;
mod cards;
mod commons;
mod context;
mod data;
pub mod dates;
mod filters;
mod functions;
pub mod hosts;
pub mod links;
mod lists;
pub mod markdown;
pub mod opensearch;
pub mod outline;
mod packed;
mod pictures;
mod probe;
pub mod reference;
pub mod sitemap;
pub mod stamp;
pub mod strings;
pub mod theme;
mod views;

use commons::Commons;
use context::Subject;
pub use data::harmless;
pub use probe::{Given, Prober};
pub use theme::{Compiled, Theme, ThemeFiles};

/// The bytes of one route, and what was odd on the way.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The file's content.
    pub bytes: Vec<u8>,
    /// Warnings, such as a link to a content file that doesn't exist.
    pub diagnostics: Vec<Diagnostic>,
}

/// A site with its theme, ready to render any route.
#[derive(Debug)]
pub struct Renderer {
    site: Arc<Site>,
    theme: Theme,
    /// What every page of an interface language gets; its values are shared, not copied.
    commons: Arc<Commons>,
    shared: Arc<views::Shared>,
    bodies: data::Bodies,
    /// SOURCE_DATE_EPOCH.
    now: Option<jiff::Timestamp>,
    /// Where contexts are laid in place of pages, in a [`Prober`].
    probe: Option<probe::Probe>,
}

impl Renderer {
    /// Binds a theme to a site.
    pub fn new(site: Arc<Site>, mut theme: Theme, now: Option<jiff::Timestamp>) -> Self {
        let shared = Arc::new(views::Shared::of(&site));
        functions::register(&mut theme, &site, &shared, now);
        let languages = 0..site.config.languages.len();
        let commons = languages.map(|ui| views::common(&site, ui)).collect();
        let commons = Arc::new(Commons::of(commons, theme.reaches()));
        shared.bind(
            Arc::clone(&theme.tera),
            Arc::clone(&commons),
            site.config.page_limit,
        );
        Self {
            bodies: data::Bodies::of(&site),
            now,
            probe: None,
            site,
            theme,
            commons,
            shared,
        }
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The bytes of a route. An error names the template or content file that is at fault.
    pub fn render(&self, route: &Route) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        match route {
            Route::Briefing(at) => self.item(site.briefings.get(*at), Some(*at)),
            Route::Withdrawn(at) => self.item(site.withdrawn.get(*at), None),
            Route::Page(at) => self.item(site.pages.get(*at), None),
            Route::Home { ui, page } => self.home(*ui, *page),
            Route::Section { section, page } => self.section(*section, *page),
            Route::Terms { taxonomy, ui } => self.terms(*taxonomy, *ui),
            Route::Term {
                taxonomy,
                slug,
                ui,
                page,
            } => self.term(*taxonomy, slug, *ui, *page),
            Route::Archive { period, ui, page } => self.archive(*period, *ui, *page),
            Route::Map { ui } => self.map(*ui),
            Route::Regions { ui } => self.regions(*ui),
            Route::Finder { facets, ui, page } => self.finder(facets, *ui, *page),
            Route::Search { ui } => self.search(*ui),
            Route::SearchFile(path) => Ok(plain(
                site.search()
                    .files
                    .get(path)
                    .map(|b| b.to_vec())
                    .unwrap_or_default(),
            )),
            Route::OpenSearch => Ok(plain(opensearch::description(site))),
            Route::NotFound => {
                let title = self.words(0, "not_found_title");
                let context = self.context(
                    "404.html",
                    0,
                    "/404.html",
                    &Vec::new,
                    &Subject::titled(&title),
                );
                self.template("404.html", &context)
            }
            Route::Data(Data::Card(picture)) => Ok(plain(cards::card(site, picture))),
            Route::Data(Data::Sitemap) => Ok(plain(sitemap::index(site))),
            Route::Data(Data::SitemapPart { first, .. }) => Ok(plain(sitemap::part(site, first))),
            Route::Data(data) => {
                let words = |key: &str, count| self.counted(0, key, count);
                let body = |at: usize| self.briefing_body(at);
                Ok(plain(data::data(site, &self.bodies, &body, &words, data)))
            }
            Route::Robots => Ok(plain(sitemap::robots(site))),
            Route::Redirect(to) => Ok(plain(sitemap::redirect(site, to))),
            Route::Host(file) => Ok(hosts::file(site, *file)),
            Route::Packed { path, how, .. } => self.packed(path, *how),
            Route::Asset(path) => Ok(plain(
                site.assets
                    .get(path)
                    .map(|b| b.to_vec())
                    .unwrap_or_default(),
            )),
            Route::ThemeAsset(path) => {
                Ok(plain(self.theme.asset(path).unwrap_or_default().to_vec()))
            }
        }
    }

    /// The packed twin of what is at a path. What is odd there is said there.
    fn packed(&self, path: &str, how: Packing) -> Result<Rendered, Diagnostic> {
        let bytes = match self.site.route(path) {
            Some(Route::Packed { .. }) | None => Vec::new(),
            Some(route) => self.render(route)?.bytes,
        };
        let packed = packed::pack(&bytes, how);
        packed
            .map(plain)
            .map_err(|error| Diagnostic::error(path, format!("it can't be packed: {error}")))
    }

    /// The strings that English has and `lang` lacks.
    pub fn missing_strings(&self, lang: &Lang) -> BTreeSet<String> {
        self.theme.strings.missing(lang)
    }

    fn section(&self, at: usize, page: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let Some(section) = site.sections.get(at) else {
            return Ok(Rendered::default());
        };
        let ui = site.ui(&section.lang);
        let template = self.named(section.index.as_ref(), "section.html")?;
        let mut context = self.context(
            template,
            ui,
            &route::paged(&section.path, page),
            &|| views::ancestors(site, section.parent),
            &Subject {
                item: section.index.as_ref(),
                ..Subject::titled(section.title(&site.config))
            },
        );
        context.insert_value(
            "paginator",
            views::paginator(
                site,
                &self.shared,
                ui,
                &section.path,
                page,
                &section.briefings,
            ),
        );
        let diagnostics = self.insert_section(&mut context, ui, at);
        if let Some(versions) = section
            .index
            .as_ref()
            .and_then(|i| site.translations.get(&i.card.source))
        {
            context.insert("alternates", &views::versions(site, versions));
        }
        self.template(template, &context)
            .map(|r| r.with(diagnostics))
    }

    fn item(&self, item: Option<&Item>, position: Option<usize>) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let Some(item) = item else {
            return Ok(Rendered::default());
        };
        let ui = site.ui(&item.card.lang);
        let trail = || views::trail(site, ui, item, position);
        let subject = Subject {
            item: Some(item),
            position,
            ..Subject::titled(&item.card.title)
        };
        let template = self.named(Some(item), "page.html")?;
        let mut context = self.context(template, ui, &item.card.path, &trail, &subject);
        let html = match position {
            _ if item.entry.front.withdrawn.is_some() => Arc::default(),
            Some(at) => self.briefing_body(at),
            None => Arc::new(self.body(ui, item, true)),
        };
        context.insert_value(
            "page",
            views::page(
                site,
                &self.shared,
                ui,
                item,
                position,
                &html,
                &self.asked(template),
            ),
        );
        if let Some(versions) = site.translations.get(&item.card.source) {
            context.insert("alternates", &views::versions(site, versions));
        }
        self.template(template, &context)
            .map(|r| r.with(html.diagnostics.iter().cloned()))
    }

    /// The body of a briefing's page, by its position.
    fn briefing_body(&self, at: usize) -> Arc<markdown::Html> {
        self.bodies.get(at, || {
            let item = self.site.briefings.get(at);
            item.map_or_else(markdown::Html::default, |item| {
                self.body(self.site.ui(&item.card.lang), item, true)
            })
        })
    }

    /// The template that a content file names, else the usual one.
    fn named<'a>(&self, item: Option<&'a Item>, usual: &'a str) -> Result<&'a str, Diagnostic> {
        let Some((item, name)) = item.and_then(|i| Some((i, i.entry.front.template.as_deref()?)))
        else {
            return Ok(usual);
        };
        if self.theme.tera.contains_template(name) {
            return Ok(name);
        }
        Err(Diagnostic::error(
            format!("content/{}", item.card.source),
            format!("there is no template `{name}`"),
        )
        .help("write it in themes/<theme>/templates/, or take `template` out of the front matter"))
    }

    /// `<taxonomy>/<name>.html` where the theme has it.
    fn either(&self, taxonomy: Taxonomy, name: &str, general: &str) -> String {
        let special = format!("{}/{name}.html", taxonomy.name());
        if self.theme.tera.contains_template(&special) {
            special
        } else {
            general.to_owned()
        }
    }

    fn insert_section(&self, context: &mut Context, ui: usize, at: usize) -> Vec<Diagnostic> {
        let site = &*self.site;
        let Some(section) = site.sections.get(at) else {
            return Vec::new();
        };
        let html = section
            .index
            .as_ref()
            .map(|item| self.body(ui, item, false))
            .unwrap_or_default();
        context.insert_value(
            "section",
            views::section(site, &self.shared, ui, section, &html),
        );
        html.diagnostics
    }

    fn insert_alternates(&self, context: &mut Context, path: impl Fn(usize) -> String) {
        if self.site.config.languages.len() > 1 {
            context.insert("alternates", &views::alternates(&self.site, path));
        }
    }

    /// A context with all that every page gets: what an error says of names must not rest on what is left out.
    fn whole(&self, context: &Context) -> Context {
        let lang = context.get("lang").and_then(|lang| lang.as_str());
        let lang = lang.and_then(|lang| lang.parse().ok());
        let ui = lang.map_or(0, |lang: Lang| self.site.ui(&lang));
        self.commons.whole(ui, context)
    }

    fn template(&self, name: &str, context: &Context) -> Result<Rendered, Diagnostic> {
        if let Some(probe) = &self.probe {
            return Ok(probe::keep(probe, name, context));
        }
        let render = |context: &Context| {
            bounds::render(&self.theme.tera, name, context, self.site.config.page_limit)
        };
        match render(context).or_else(|_| render(&self.whole(context))) {
            Ok(html) => Ok(plain(html)),
            Err(error) => {
                let mut found = theme::diagnostic(&error);
                // An error of no place is that of the whole page.
                if found.file == "themes" {
                    found.file = self.theme.file(name);
                }
                Err(found)
            }
        }
    }
}

fn plain(bytes: Vec<u8>) -> Rendered {
    Rendered {
        bytes,
        diagnostics: Vec::new(),
    }
}

impl Rendered {
    fn with(mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) -> Self {
        self.diagnostics.extend(diagnostics);
        self
    }
}

/// Replacements for `{name}` in a string of the theme.
type Arguments = BTreeMap<String, String>;
