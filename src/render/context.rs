//! A page's subject → the part of its context that pages of all kinds have: addresses, breadcrumb, files beside it, what links and programs are told; and
//! the words and bodies that go into it.

use tera::Context;

use super::{Arguments, Renderer, data, links, markdown, views};
use crate::{
    config::Output,
    site::{Item, Scope, route},
};

impl Renderer {
    /// Whether a template or what it draws in has a name.
    pub(super) fn asked(&self, template: &str) -> impl Fn(&str) -> bool {
        let reach = self.theme.reach(template);
        let all = self.probe.is_some();
        move |name| all || reach.is_none_or(|reach| reach.has(name))
    }

    pub(super) fn context(
        &self,
        template: &str,
        ui: usize,
        path: &str,
        trail: &dyn Fn() -> Vec<views::Crumb>,
        subject: &Subject<'_>,
    ) -> Context {
        let asked = self.asked(template);
        let site = &*self.site;
        let base = &site.config.base_url;
        let mut context = match self.probe {
            Some(_) => self.commons.whole(ui, &Context::new()),
            None => self.commons.context(template, ui),
        };
        let json_ld = site.config.outputs.has(Output::JsonLd) && asked("json_ld");
        context.insert_value("current_path", base.rooted(path).into());
        context.insert_value("current_url", base.absolute(path).into());
        let trail = if json_ld || asked("breadcrumbs") {
            trail()
        } else {
            Vec::new()
        };
        context.insert("breadcrumbs", &trail);
        let Subject {
            title,
            item,
            position,
            scope,
        } = subject;
        if let Some(scope) = scope {
            if asked("feeds") {
                context.insert("feeds", &views::feeds(site, ui, Some(scope)));
            }
            if asked("tables") {
                context.insert("tables", &views::tables(site, ui, scope));
            }
        }
        if let Some(item) = item.filter(|_| asked("twins")) {
            context.insert("twins", &views::twins(site, item, position.is_some()));
        }
        let image =
            (asked("share") || asked("json_ld")).then(|| views::picture(site, ui, *position));
        let image = image.flatten();
        if asked("share") {
            let share = views::share(site, ui, title, (*item, *position), image.as_ref());
            context.insert("share", &share);
        }
        if json_ld {
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
                image: image.as_ref().map(|(url, _)| url.as_str()),
            };
            let script = data::json_ld::script(site, &place);
            context.insert_value("json_ld", tera::Value::safe_string(&script));
        }
        context
    }

    /// A string of the theme.
    pub(super) fn words(&self, ui: usize, key: &str) -> String {
        self.counted(ui, key, None)
    }

    /// A string of the theme, with a count.
    pub(super) fn counted(&self, ui: usize, key: &str, count: Option<u64>) -> String {
        let strings = &self.theme.strings;
        let words = strings.get(self.site.ui_lang(ui), key, count, &Arguments::new());
        words.unwrap_or_else(|| key.to_owned())
    }

    /// The text of an item on its own page (`linked`), where each paragraph links to itself, or above a list.
    pub(super) fn body(&self, ui: usize, item: &Item, linked: bool) -> markdown::Html {
        let strings = &self.theme.strings;
        let word = |key| strings.get(self.site.ui_lang(ui), key, None, &Arguments::new());
        let (table, paragraph) = (word("table"), word("paragraph").filter(|_| linked));
        let labels = markdown::Labels {
            table: table.as_deref().unwrap_or_default(),
            paragraph: paragraph.as_deref().unwrap_or_default(),
        };
        let links = links::Links::new(&self.site, &item.entry.path);
        markdown::render(&item.entry, &links, labels)
    }
}

/// What a page is of, for those who share it and for programs.
pub(super) struct Subject<'a> {
    pub(super) title: &'a str,
    pub(super) item: Option<&'a Item>,
    /// Of a briefing.
    pub(super) position: Option<usize>,
    /// Of a list that has files for machines.
    pub(super) scope: Option<Scope>,
}

impl<'a> Subject<'a> {
    pub(super) fn titled(title: &'a str) -> Self {
        Self {
            title,
            item: None,
            position: None,
            scope: None,
        }
    }
}
