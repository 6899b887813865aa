//! The filters that templates have beside Tera's own.

#![expect(
    clippy::needless_pass_by_value,
    reason = "Tera calls filters with owned arguments"
)]

use indexmap::IndexMap;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use crate::model::{Lang, PubDate};

/// Registers `date`, `num_format`, `markdown`, `nobreak` and an ordered `group_by`.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("date", date);
    tera.register_filter("num_format", num_format);
    tera.register_filter("markdown", markdown);
    tera.register_filter("group_by", group_by);
    tera.register_filter("nobreak", nobreak);
}

/// `title | nobreak`: a space before high punctuation and within guillemets, as French has it, ends no line.
fn nobreak(value: &str, _: Kwargs, _: &State) -> String {
    let mut text = value.replace("« ", "«\u{a0}");
    for mark in [":", ";", "!", "?", "»", "%"] {
        text = text.replace(&format!(" {mark}"), &format!("\u{a0}{mark}"));
    }
    text
}

/// `page.date | date(format="%Y-%m-%d")`: strftime of a day, a month's first day or an instant.
fn date(value: &str, kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let format = kwargs.get::<&str>("format")?.unwrap_or("%Y-%m-%d");
    let date: PubDate = value.parse().map_err(Error::message)?;
    let instant = date.to_rfc3339();
    let stamp: jiff::Timestamp = instant
        .parse()
        .map_err(|e| Error::message(format!("{value}: {e}")))?;
    let offset = if let Some(at) = instant.rfind(['+', '-']).filter(|at| *at > 10) {
        instant
            .get(at..)
            .and_then(|o| jiff::fmt::strtime::parse("%:z", o).ok())
            .and_then(|p| p.offset())
    } else {
        None
    };
    let zoned = stamp.to_zoned_datetime(jiff::tz::TimeZone::fixed(
        offset.unwrap_or(jiff::tz::Offset::UTC),
    ));
    jiff::fmt::strtime::format(format, &zoned)
        .map_err(|e| Error::message(format!("`{format}` is no date format: {e}")))
}

/// `n | num_format`: a whole number with the separators of the page's language.
fn num_format(value: u64, kwargs: Kwargs, state: &State) -> TeraResult<String> {
    let lang = match kwargs.get::<String>("locale")? {
        Some(lang) => Some(lang),
        None => state.get::<String>("lang")?,
    };
    let lang: Lang = lang
        .and_then(|l| l.parse().ok())
        .unwrap_or_else(Lang::english);
    Ok(super::dates::number(&lang, value))
}

/// `text | markdown(inline=true)`: Markdown as safe HTML, without the site's link rewriting.
fn markdown(value: &str, kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let html = super::markdown::fragment(value);
    let inline = kwargs.get::<bool>("inline")?.unwrap_or(false);
    let html = if inline {
        html.trim()
            .strip_prefix("<p>")
            .and_then(|h| h.strip_suffix("</p>"))
            .unwrap_or(&html)
            .to_owned()
    } else {
        html
    };
    Ok(Value::safe_string(&html))
}

/// Groups in order of first appearance: the built-in filter iterates a hash map.
fn group_by(value: &[Value], kwargs: Kwargs, _: &State) -> TeraResult<Value> {
    let attribute = kwargs.must_get::<&str>("attribute")?;
    let mut groups: IndexMap<String, Vec<Value>> = IndexMap::new();
    for item in value {
        let Some(key) = item
            .get_from_path(attribute)
            .filter(|k| !k.is_none() && !k.is_undefined())
        else {
            continue;
        };
        groups
            .entry(key.to_string())
            .or_default()
            .push(item.clone());
    }
    Ok(groups
        .into_iter()
        .map(|(key, items)| (key, Value::from(items)))
        .collect::<IndexMap<String, Value>>()
        .into())
}
