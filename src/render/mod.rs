//! `Site` + `Route` → bytes: one pure function for build, watch and preview alike. Refuses nothing; what fails is a diagnostic.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use tera::Context;

use crate::{
    config::Output,
    diagnostic::Diagnostic,
    model::Lang,
    site::{Data, Facet, Item, Period, Route, Scope, Site, Taxonomy, route},
};

mod cards;
mod data;
pub mod dates;
mod filters;
mod functions;
pub mod links;
pub mod markdown;
pub mod opensearch;
mod pictures;
pub mod sitemap;
pub mod strings;
pub mod theme;
mod views;

pub use theme::{Theme, ThemeFiles};

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
    common: Vec<Context>,
    bodies: data::Bodies,
}

impl Renderer {
    /// Binds a theme to a site.
    pub fn new(site: Arc<Site>, mut theme: Theme, now: Option<jiff::Timestamp>) -> Self {
        functions::register(&mut theme, &site, now);
        let common = (0..site.config.languages.len())
            .map(|ui| views::common(&site, &theme, ui))
            .collect();
        Self {
            bodies: data::Bodies::of(&site),
            site,
            theme,
            common,
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
                site.search
                    .files
                    .get(path)
                    .map(|b| b.to_vec())
                    .unwrap_or_default(),
            )),
            Route::OpenSearch => Ok(plain(opensearch::description(site))),
            Route::NotFound => {
                let title = self.words(0, "not_found_title");
                let context = self.context(0, "/404.html", &[], &Subject::titled(&title));
                self.template("404.html", &context)
            }
            Route::Data(Data::Card(picture)) => Ok(plain(cards::card(site, picture))),
            Route::Data(Data::Sitemap) => Ok(plain(sitemap::index(site))),
            Route::Data(Data::SitemapPart { first, .. }) => Ok(plain(sitemap::part(site, first))),
            Route::Data(data) => Ok(plain(data::data(site, &self.bodies, data))),
            Route::Robots => Ok(plain(sitemap::robots(site))),
            Route::Redirect(to) => Ok(plain(sitemap::redirect(site, to))),
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

    /// The strings that English has and `lang` lacks.
    pub fn missing_strings(&self, lang: &Lang) -> BTreeSet<String> {
        self.theme.strings.missing(lang)
    }

    fn home(&self, ui: usize, page: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let first = route::home(site, ui);
        let section = site.sections.get(ui).and_then(|s| s.index.as_ref());
        let title = section.map_or(site.config.words(site.ui_lang(ui)).title, |i| &i.card.title);
        let subject = Subject {
            scope: Some(Scope::Site),
            ..Subject::titled(title)
        };
        let mut context = self.context(ui, &route::paged(&first, page), &[], &subject);
        let twins = section.map(|item| views::twins(site, item, false));
        context.insert("twins", &twins.unwrap_or_default());
        let all: Vec<usize> = (0..site.briefings.len()).collect();
        context.insert("paginator", &views::paginator(site, ui, &first, page, &all));
        let diagnostics = self.insert_section(&mut context, ui, ui);
        context.insert("countries", &views::terms(site, Taxonomy::Countries, ui));
        context.insert("topics", &views::terms(site, Taxonomy::Topics, ui));
        context.insert("years", &views::years(site, ui));
        context.insert("languages", &views::facets::languages(site, ui));
        context.insert("briefing_count", &site.briefings.len());
        self.insert_alternates(&mut context, |other| {
            route::paged(&route::home(site, other), page)
        });
        self.template("index.html", &context)
            .map(|r| r.with(diagnostics))
    }

    fn section(&self, at: usize, page: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let Some(section) = site.sections.get(at) else {
            return Ok(Rendered::default());
        };
        let ui = site.ui(&section.lang);
        let mut context = self.context(
            ui,
            &route::paged(&section.path, page),
            &views::ancestors(site, section.parent),
            &Subject {
                item: section.index.as_ref(),
                ..Subject::titled(section.title(&site.config))
            },
        );
        context.insert(
            "paginator",
            &views::paginator(site, ui, &section.path, page, &section.briefings),
        );
        let diagnostics = self.insert_section(&mut context, ui, at);
        let template = self.named(section.index.as_ref(), "section.html")?;
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
        let trail = views::trail(site, ui, item, position);
        let subject = Subject {
            item: Some(item),
            position,
            ..Subject::titled(&item.card.title)
        };
        let mut context = self.context(ui, &item.card.path, &trail, &subject);
        let html = if item.entry.front.withdrawn.is_some() {
            markdown::Html::default()
        } else {
            self.body(ui, item)
        };
        context.insert_value("page", views::page(site, ui, item, position, &html));
        if let Some(versions) = site.translations.get(&item.card.source) {
            context.insert("alternates", &views::versions(site, versions));
        }
        self.template(self.named(Some(item), "page.html")?, &context)
            .map(|r| r.with(html.diagnostics))
    }

    fn terms(&self, taxonomy: Taxonomy, ui: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let title = self.words(ui, taxonomy.name());
        let subject = Subject::titled(&title);
        let mut context = self.context(ui, &route::terms(site, taxonomy, ui), &[], &subject);
        context.insert("taxonomy", &views::taxonomy(site, taxonomy));
        let terms = views::terms(site, taxonomy, ui);
        if taxonomy == Taxonomy::Topics {
            context.insert("groups", &views::groups(site, &terms, ui));
        }
        context.insert("terms", &terms);
        self.insert_alternates(&mut context, |other| route::terms(site, taxonomy, other));
        self.template(
            self.either(taxonomy, "list", "taxonomy_list.html").as_str(),
            &context,
        )
    }

    fn term(
        &self,
        taxonomy: Taxonomy,
        slug: &str,
        ui: usize,
        page: usize,
    ) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let first = route::term(site, taxonomy, slug, ui);
        let list = (taxonomy.name().to_owned(), route::terms(site, taxonomy, ui));
        let term = views::term(site, taxonomy, slug, ui);
        let mut context = self.context(
            ui,
            &route::paged(&first, page),
            &[views::Crumb::of_key(site, &list.0, &list.1)],
            &Subject {
                scope: Some(Scope::Term(taxonomy, slug.to_owned())),
                ..Subject::titled(term.name())
            },
        );
        let positions = site
            .terms_of(taxonomy)
            .get(slug)
            .map_or(&[][..], Vec::as_slice);
        context.insert("taxonomy", &views::taxonomy(site, taxonomy));
        context.insert("term", &term);
        context.insert(
            "related_terms",
            &views::related_terms(site, taxonomy, slug, positions, ui),
        );
        context.insert(
            "paginator",
            &views::paginator(site, ui, &first, page, positions),
        );
        let facet = Facet::Term(taxonomy, slug.to_owned());
        context.insert("facets", &views::facets::groups(site, &facet, None, ui));
        context.insert("subterms", &views::subterms(site, taxonomy, slug, ui));
        self.insert_alternates(&mut context, |other| {
            route::paged(&route::term(site, taxonomy, slug, other), page)
        });
        self.template(
            self.either(taxonomy, "single", "taxonomy_single.html")
                .as_str(),
            &context,
        )
    }

    fn map(&self, ui: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let strings = &self.theme.strings;
        let title = self.words(ui, "map_title");
        let subject = Subject::titled(&title);
        let mut context = self.context(ui, &route::map(site, ui), &[], &subject);
        context.insert_value("map", views::pictures::map(site, strings, ui));
        context.insert_value("matrix", views::pictures::matrix(site, strings, ui));
        self.insert_alternates(&mut context, |other| route::map(site, other));
        self.template("map.html", &context)
    }

    fn regions(&self, ui: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let taxonomy = Taxonomy::Countries;
        let list = route::terms(site, taxonomy, ui);
        let trail = [views::Crumb::of_key(site, taxonomy.name(), &list)];
        let title = self.words(ui, "regions");
        let subject = Subject::titled(&title);
        let mut context = self.context(ui, &route::regions(site, ui), &trail, &subject);
        context.insert("taxonomy", &views::taxonomy(site, taxonomy));
        context.insert("regions", &views::regions(site, ui));
        self.insert_alternates(&mut context, |other| route::regions(site, other));
        self.template("regions.html", &context)
    }

    fn finder(&self, facets: &[Facet], ui: usize, page: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let first = route::finder(site, facets, ui);
        let view = views::facets::finder(site, facets, ui);
        let subject = Subject {
            scope: match facets {
                [Facet::Language(lang)] => Some(Scope::Language(lang.clone())),
                _ => None,
            },
            ..Subject::titled(view["title"].as_str().unwrap_or_default())
        };
        let mut context = self.context(ui, &route::paged(&first, page), &[], &subject);
        let positions = site.facets.briefings(facets);
        context.insert("finder_page", &view);
        context.insert(
            "paginator",
            &views::paginator(site, ui, &first, page, positions),
        );
        self.insert_alternates(&mut context, |other| {
            route::paged(&route::finder(site, facets, other), page)
        });
        self.template("finder.html", &context)
    }

    fn archive(&self, period: Period, ui: usize, page: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let first = route::archive(site, period, ui);
        let mut context = self.context(
            ui,
            &route::paged(&first, page),
            &views::periods_above(site, period.parent(), ui),
            &Subject {
                scope: period.month.is_none().then_some(Scope::Year(period.year)),
                ..Subject::titled(&views::period_title(site, period, ui))
            },
        );
        let positions = site.archive.get(&period).map_or(&[][..], Vec::as_slice);
        context.insert("archive", &views::archive(site, period, ui));
        let year = Facet::Year(period.year);
        let facets = match period.month {
            None => views::facets::groups(site, &year, None, ui),
            Some(_) => Vec::new(),
        };
        context.insert("facets", &facets);
        if period.month.is_none() {
            let calendar = views::pictures::calendar(site, &self.theme.strings, period, ui);
            context.insert("calendar", &calendar);
        }
        context.insert(
            "paginator",
            &views::paginator(site, ui, &first, page, positions),
        );
        self.insert_alternates(&mut context, |other| {
            route::paged(&route::archive(site, period, other), page)
        });
        self.template("archive.html", &context)
    }

    fn search(&self, ui: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let title = self.words(ui, "search");
        let subject = Subject::titled(&title);
        let mut context = self.context(ui, &route::search::page(site, ui), &[], &subject);
        context.insert("search", &views::search(site, ui));
        context.insert("countries", &views::terms(site, Taxonomy::Countries, ui));
        context.insert("topics", &views::terms(site, Taxonomy::Topics, ui));
        context.insert("years", &views::years(site, ui));
        self.insert_alternates(&mut context, |other| route::search::page(site, other));
        self.template("search.html", &context)
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

    fn context(
        &self,
        ui: usize,
        path: &str,
        trail: &[views::Crumb],
        subject: &Subject<'_>,
    ) -> Context {
        let site = &*self.site;
        let base = &site.config.base_url;
        let mut context = self.common.get(ui).cloned().unwrap_or_default();
        context.insert("current_path", &base.rooted(path));
        context.insert("current_url", &base.absolute(path));
        context.insert("breadcrumbs", trail);
        context.insert("alternates", &[(); 0]);
        let Subject {
            title,
            item,
            position,
            scope,
        } = subject;
        if let Some(scope) = scope {
            context.insert("feeds", &views::feeds(site, ui, Some(scope)));
            context.insert("tables", &views::tables(site, ui, scope));
        }
        if let Some(item) = item {
            context.insert("twins", &views::twins(site, item, position.is_some()));
        }
        context.insert("share", &views::share(site, ui, title, *item, *position));
        if site.config.outputs.has(Output::JsonLd) {
            let image = views::picture(site, ui, *position).map(|(url, _)| url);
            let place = data::json_ld::Place {
                lang: item.map_or_else(|| site.ui_lang(ui), |i| &i.card.lang),
                title,
                path,
                above: trail
                    .iter()
                    .map(|crumb| crumb.said(|key| self.words(ui, key)))
                    .collect(),
                home: (self.words(ui, "home"), base.rooted(&route::home(site, ui))),
                item: *item,
                image: image.as_deref(),
            };
            let script = data::json_ld::script(site, &place);
            context.insert_value("json_ld", tera::Value::safe_string(&script));
        }
        context
    }

    /// A string of the theme.
    fn words(&self, ui: usize, key: &str) -> String {
        let strings = &self.theme.strings;
        let words = strings.get(self.site.ui_lang(ui), key, None, &Arguments::new());
        words.unwrap_or_else(|| key.to_owned())
    }

    fn body(&self, ui: usize, item: &Item) -> markdown::Html {
        let label = self
            .theme
            .strings
            .get(self.site.ui_lang(ui), "table", None, &Arguments::new());
        let links = links::Links::new(&self.site, &item.entry.path);
        markdown::render(&item.entry, &links, label.as_deref().unwrap_or_default())
    }

    fn insert_section(&self, context: &mut Context, ui: usize, at: usize) -> Vec<Diagnostic> {
        let site = &*self.site;
        let Some(section) = site.sections.get(at) else {
            return Vec::new();
        };
        let html = section
            .index
            .as_ref()
            .map(|item| self.body(ui, item))
            .unwrap_or_default();
        context.insert_value("section", views::section(site, ui, section, &html));
        html.diagnostics
    }

    fn insert_alternates(&self, context: &mut Context, path: impl Fn(usize) -> String) {
        if self.site.config.languages.len() > 1 {
            context.insert("alternates", &views::alternates(&self.site, path));
        }
    }

    fn template(&self, name: &str, context: &Context) -> Result<Rendered, Diagnostic> {
        match self.theme.tera.render(name, context) {
            Ok(html) => Ok(plain(html.into_bytes())),
            Err(error) => Err(theme::diagnostic(&error)),
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
    fn with(mut self, diagnostics: Vec<Diagnostic>) -> Self {
        self.diagnostics.extend(diagnostics);
        self
    }
}

/// What a page is of, for those who share it and for programs.
struct Subject<'a> {
    title: &'a str,
    item: Option<&'a Item>,
    /// Of a briefing.
    position: Option<usize>,
    /// Of a list that has files for machines.
    scope: Option<Scope>,
}

impl<'a> Subject<'a> {
    fn titled(title: &'a str) -> Self {
        Self {
            title,
            item: None,
            position: None,
            scope: None,
        }
    }
}

/// Replacements for `{name}` in a string of the theme.
type Arguments = BTreeMap<String, String>;
