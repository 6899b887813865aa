//! The pictures of a site as functions of any template; render/pictures/ draws them, components.html has the frames for them.

use std::sync::Arc;

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::{interface, term, views};
use crate::{
    render::strings::Strings,
    site::{Period, Site},
};

pub(super) fn register(tera: &mut Tera, site: &Arc<Site>, strings: &Arc<Strings>) {
    let s = Arc::clone(site);
    tera.register_function(
        "sparkline",
        move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
            let (taxonomy, slug, ui) = term(&s, &kwargs, state, "term")?;
            let svg = views::pictures::course(&s, taxonomy, &slug, ui);
            Ok(Value::safe_string(&svg))
        },
    );

    let (s, words) = (Arc::clone(site), Arc::clone(strings));
    tera.register_function(
        "coverage_map",
        move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
            let ui = interface(&s, &kwargs, state)?;
            Ok(views::pictures::map(&s, &words, ui))
        },
    );

    let (s, words) = (Arc::clone(site), Arc::clone(strings));
    tera.register_function(
        "country_matrix",
        move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
            let ui = interface(&s, &kwargs, state)?;
            Ok(views::pictures::matrix(&s, &words, ui))
        },
    );

    let (s, words) = (Arc::clone(site), Arc::clone(strings));
    tera.register_function(
        "calendar",
        move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
            let ui = interface(&s, &kwargs, state)?;
            let year = Period::of_year(kwargs.must_get::<i16>("year")?);
            if !s.archive.contains_key(&year) {
                return Err(Error::message(format!(
                    "there are no briefings of the year {}",
                    year.year
                )));
            }
            let view = views::pictures::calendar(&s, &words, year, ui);
            Ok(Value::from_serializable(&view))
        },
    );
}
