//! `Site` + the route of an index → its page: home, the terms of a taxonomy and each term, regions, finders, periods, the map and search.

use tera::Context;

use super::{Rendered, Renderer, Subject, views};
use crate::{
    diagnostic::Diagnostic,
    site::{Facet, Period, Scope, Taxonomy, route},
};

impl Renderer {
    pub(super) fn home(&self, ui: usize, page: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let first = route::home(site, ui);
        let section = site.sections.get(ui).and_then(|s| s.index.as_ref());
        let title = section.map_or(site.config.words(site.ui_lang(ui)).title, |i| &i.card.title);
        let subject = Subject {
            scope: Some(Scope::Site),
            ..Subject::titled(title)
        };
        let mut context = self.context(
            "index.html",
            ui,
            &route::paged(&first, page),
            &Vec::new,
            &subject,
        );
        let twins = section.map(|item| views::twins(site, item, false));
        context.insert("twins", &twins.unwrap_or_default());
        let shared = &*self.shared;
        let all: Vec<usize> = (0..site.briefings.len()).collect();
        context.insert_value(
            "paginator",
            views::paginator(site, shared, ui, &first, page, &all),
        );
        let diagnostics = self.insert_section(&mut context, ui, ui);
        self.insert_ways_in(&mut context, ui);
        let list = (first.as_str(), self.page_count(all.len()));
        let languages = || views::facets::languages(site, ui);
        context.insert_value("languages", shared.once("languages", list, languages));
        context.insert("briefing_count", &site.briefings.len());
        self.insert_alternates(&mut context, |other| {
            route::paged(&route::home(site, other), page)
        });
        self.template("index.html", &context)
            .map(|r| r.with(diagnostics))
    }

    pub(super) fn terms(&self, taxonomy: Taxonomy, ui: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let title = self.words(ui, taxonomy.name());
        let subject = Subject::titled(&title);
        let template = self.either(taxonomy, "list", "taxonomy_list.html");
        let mut context = self.context(
            &template,
            ui,
            &route::terms(site, taxonomy, ui),
            &Vec::new,
            &subject,
        );
        context.insert("taxonomy", &views::taxonomy(site, taxonomy));
        let terms = views::terms(site, taxonomy, ui);
        if taxonomy == Taxonomy::Topics {
            context.insert("groups", &views::groups(site, &terms, ui));
        }
        context.insert("terms", &terms);
        self.insert_alternates(&mut context, |other| route::terms(site, taxonomy, other));
        self.template(&template, &context)
    }

    pub(super) fn term(
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
        let template = self.either(taxonomy, "single", "taxonomy_single.html");
        let asked = self.asked(&template);
        let mut context = self.context(
            &template,
            ui,
            &route::paged(&first, page),
            &|| vec![views::Crumb::of_key(site, &list.0, &list.1)],
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
        let shared = &*self.shared;
        let list = (first.as_str(), self.page_count(positions.len()));
        if asked("related_terms") {
            let related = || views::related_terms(site, taxonomy, slug, positions, ui);
            context.insert_value("related_terms", shared.once("related_terms", list, related));
        }
        context.insert_value(
            "paginator",
            views::paginator(site, shared, ui, &first, page, positions),
        );
        if asked("facets") {
            let facet = Facet::Term(taxonomy, slug.to_owned());
            let facets = || views::facets::groups(site, &facet, None, ui);
            context.insert_value("facets", shared.once("facets", list, facets));
        }
        if asked("subterms") {
            let subterms = || views::subterms(site, taxonomy, slug, ui);
            context.insert_value("subterms", shared.once("subterms", list, subterms));
        }
        self.insert_alternates(&mut context, |other| {
            route::paged(&route::term(site, taxonomy, slug, other), page)
        });
        self.template(&template, &context)
    }

    pub(super) fn map(&self, ui: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let strings = &self.theme.strings;
        let title = self.words(ui, "map_title");
        let subject = Subject::titled(&title);
        let mut context = self.context("map.html", ui, &route::map(site, ui), &Vec::new, &subject);
        context.insert_value("map", views::pictures::map(site, strings, ui));
        context.insert_value("matrix", views::pictures::matrix(site, strings, ui));
        self.insert_alternates(&mut context, |other| route::map(site, other));
        self.template("map.html", &context)
    }

    pub(super) fn regions(&self, ui: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let taxonomy = Taxonomy::Countries;
        let list = route::terms(site, taxonomy, ui);
        let trail = || vec![views::Crumb::of_key(site, taxonomy.name(), &list)];
        let title = self.words(ui, "regions");
        let subject = Subject::titled(&title);
        let mut context = self.context(
            "regions.html",
            ui,
            &route::regions(site, ui),
            &trail,
            &subject,
        );
        context.insert("taxonomy", &views::taxonomy(site, taxonomy));
        context.insert("regions", &views::regions(site, ui));
        self.insert_alternates(&mut context, |other| route::regions(site, other));
        self.template("regions.html", &context)
    }

    pub(super) fn finder(
        &self,
        facets: &[Facet],
        ui: usize,
        page: usize,
    ) -> Result<Rendered, Diagnostic> {
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
        let mut context = self.context(
            "finder.html",
            ui,
            &route::paged(&first, page),
            &Vec::new,
            &subject,
        );
        let positions = site.facets.briefings(facets);
        context.insert("finder_page", &view);
        context.insert_value(
            "paginator",
            views::paginator(site, &self.shared, ui, &first, page, positions),
        );
        self.insert_alternates(&mut context, |other| {
            route::paged(&route::finder(site, facets, other), page)
        });
        self.template("finder.html", &context)
    }

    pub(super) fn archive(
        &self,
        period: Period,
        ui: usize,
        page: usize,
    ) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let first = route::archive(site, period, ui);
        let asked = self.asked("archive.html");
        let mut context = self.context(
            "archive.html",
            ui,
            &route::paged(&first, page),
            &|| views::periods_above(site, period.parent(), ui),
            &Subject {
                scope: period.month.is_none().then_some(Scope::Year(period.year)),
                ..Subject::titled(&views::period_title(site, period, ui))
            },
        );
        let positions = site.archive.get(&period).map_or(&[][..], Vec::as_slice);
        let shared = &*self.shared;
        let list = (first.as_str(), self.page_count(positions.len()));
        let archive = || views::archive(site, period, ui);
        context.insert_value("archive", shared.once("archive", list, archive));
        if asked("facets") {
            let year = Facet::Year(period.year);
            let facets = || match period.month {
                None => views::facets::groups(site, &year, None, ui),
                Some(_) => Vec::new(),
            };
            context.insert_value("facets", shared.once("facets", list, facets));
        }
        if period.month.is_none() && asked("calendar") {
            let calendar = || views::pictures::calendar(site, &self.theme.strings, period, ui);
            context.insert_value("calendar", shared.once("calendar", list, calendar));
        }
        context.insert_value(
            "paginator",
            views::paginator(site, shared, ui, &first, page, positions),
        );
        self.insert_alternates(&mut context, |other| {
            route::paged(&route::archive(site, period, other), page)
        });
        self.template("archive.html", &context)
    }

    /// How many pages a list of so many briefings has.
    fn page_count(&self, briefings: usize) -> usize {
        route::page_count(briefings, self.site.config.paginate_by)
    }

    /// The countries, topics and years of the site: on its home pages and on the search page.
    fn insert_ways_in(&self, context: &mut Context, ui: usize) {
        let (site, shared) = (&*self.site, &*self.shared);
        let home = route::home(site, ui);
        let home = (home.as_str(), 1 + self.page_count(site.briefings.len()));
        let terms = |taxonomy| move || views::terms(site, taxonomy, ui);
        let countries = shared.once("countries", home, terms(Taxonomy::Countries));
        context.insert_value("countries", countries);
        let topics = shared.once("topics", home, terms(Taxonomy::Topics));
        context.insert_value("topics", topics);
        let years = shared.once("years", home, || views::years(site, ui));
        context.insert_value("years", years);
    }

    pub(super) fn search(&self, ui: usize) -> Result<Rendered, Diagnostic> {
        let site = &*self.site;
        let title = self.words(ui, "search");
        let subject = Subject::titled(&title);
        let mut context = self.context(
            "search.html",
            ui,
            &route::search::page(site, ui),
            &Vec::new,
            &subject,
        );
        context.insert("search", &views::search(site, ui));
        self.insert_ways_in(&mut context, ui);
        self.insert_alternates(&mut context, |other| route::search::page(site, other));
        self.template("search.html", &context)
    }
}
