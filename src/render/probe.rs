//! A renderer + a route → what the template of that page gets, all of it, whatever the template names; nothing is rendered. Refuses nothing: a route that
//! no template makes has no such values.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use tera::{Context, Kwargs, State, Tera, TeraResult, Value};

use super::{Rendered, Renderer, theme};
use crate::{diagnostic::Diagnostic, site::Route};

/// Where a renderer that is asked for contexts lays them.
pub(super) type Probe = Mutex<Option<(String, Context)>>;

/// A renderer that gives what templates get, in place of pages.
#[derive(Debug)]
pub struct Prober(Renderer);

/// What the template of one page gets.
#[derive(Clone, Debug)]
pub struct Given {
    /// The name by which the page asks for its template.
    pub template: String,
    /// The file that this is, from the site's folder; the default theme's may be in the program alone.
    pub file: String,
    /// The values by name, an object.
    pub values: serde_json::Value,
}

impl Prober {
    /// Of a renderer.
    pub fn of(mut renderer: Renderer) -> Self {
        renderer.probe = Some(Probe::default());
        Self(renderer)
    }

    /// The renderer's site and theme.
    pub fn renderer(&self) -> &Renderer {
        &self.0
    }

    /// What the template of a route gets; `None` where no template makes it. An error names the content file that asks for a template which is not there.
    pub fn given(&self, route: &Route) -> Result<Option<Given>, Diagnostic> {
        self.0.render(route)?;
        let probe = self.0.probe.as_ref();
        let kept = probe.and_then(|p| p.lock().unwrap_or_else(PoisonError::into_inner).take());
        let Some((template, context)) = kept else {
            return Ok(None);
        };
        Ok(Some(Given {
            file: self.0.theme.file(&template),
            values: values(&context).map_err(|error| theme::diagnostic(&error))?,
            template,
        }))
    }
}

/// Keeps a context in place of a page.
pub(super) fn keep(probe: &Probe, template: &str, context: &Context) -> Rendered {
    let mut place = probe.lock().unwrap_or_else(PoisonError::into_inner);
    *place = Some((template.to_owned(), context.clone()));
    Rendered::default()
}

/// All values of a context: only a template can go through them.
fn values(context: &Context) -> TeraResult<serde_json::Value> {
    let mut tera = Tera::new();
    tera.register_filter("whole", whole);
    let text = tera.render_str("{{ __tera_context | whole }}", context, false)?;
    // Tera has no order of names here.
    let sorted: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&text).map_err(|error| tera::Error::message(error.to_string()))?;
    Ok(serde_json::Value::Object(sorted.into_iter().collect()))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "Tera calls filters with owned arguments"
)]
fn whole(value: Value, _: Kwargs, _: &State) -> TeraResult<String> {
    serde_json::to_string(&value).map_err(|error| tera::Error::message(error.to_string()))
}
