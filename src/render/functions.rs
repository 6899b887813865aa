//! The functions that templates have: Zola's names where the concept exists.

use std::{
    collections::BTreeMap,
    sync::{Arc, Weak},
};

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::{
    Theme, dates,
    dates::Style,
    links::{Links, Target},
    markdown::{self, Labels},
    reference::FUNCTIONS,
    views,
};

mod pictures;
use crate::{
    distill::digest,
    model::{CountryCode, Lang, PubDate, language_name},
    site::{Site, Taxonomy, route},
};

/// Makes the names known, so that templates compile before there is a site.
pub(super) fn placeholders(tera: &mut Tera) {
    for function in FUNCTIONS {
        tera.register_function(function.name, |_: Kwargs, _: &State| -> TeraResult<Value> {
            Err(Error::message("there is no site yet"))
        });
    }
}

/// Binds all functions to a site. `now` is SOURCE_DATE_EPOCH; without it, `now()` is the day of the newest briefing.
pub(super) fn register(
    theme: &mut Theme,
    site: &Arc<Site>,
    shared: &Arc<views::Shared>,
    now: Option<jiff::Timestamp>,
) {
    let assets = theme.asset_names();
    let assets: BTreeMap<String, Value> = assets
        .iter()
        .map(|(name, path)| (name.clone(), site.config.base_url.rooted(path).into()))
        .collect();
    let strings = Arc::clone(&theme.strings);
    let tera = Arc::make_mut(&mut theme.tera);

    tera.register_function(
        "asset",
        move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
            let path = kwargs.must_get::<&str>("path")?;
            match assets.get(path) {
                Some(address) => Ok(address.clone()),
                None => Err(Error::message(format!(
                    "the theme has no file static/{path}"
                ))),
            }
        },
    );

    let s = Arc::clone(site);
    tera.register_function(
        "get_url",
        move |kwargs: Kwargs, _: &State| -> TeraResult<String> {
            let path = kwargs.must_get::<&str>("path")?;
            match Links::new(&s, "").resolve(path) {
                Target::Address(address) if path.starts_with(['/', '@']) => Ok(address),
                Target::Address(_) if !path.contains(':') => Ok(s.config.base_url.rooted(path)),
                Target::Address(address) => Ok(address),
                Target::Nowhere(_) if !path.starts_with('@') && !path.contains(':') => {
                    Ok(s.config.base_url.rooted(path))
                }
                Target::Nowhere(reason) => Err(Error::message(reason)),
            }
        },
    );

    // Not an `Arc`: what is shared holds the theme, which holds these functions.
    let (s, pieces) = (Arc::clone(site), Arc::downgrade(shared));
    tera.register_function(
        "once",
        move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
            let (template, key) = (kwargs.must_get("template")?, kwargs.must_get("key")?);
            let values = kwargs.iter().map(|(name, value)| (name.to_string(), value));
            // The language of the interface is among what every page has, and part of the key.
            let values =
                values.filter(|(name, _)| !matches!(name.as_str(), "template" | "key" | "lang"));
            there(&pieces)?.piece(template, key, interface(&s, &kwargs, state)?, values)
        },
    );

    let (s, pieces) = (Arc::clone(site), Arc::downgrade(shared));
    tera.register_function(
        "once_each",
        move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
            let (template, cards) = (
                kwargs.must_get("template")?,
                kwargs.must_get::<Value>("cards")?,
            );
            let cards = cards.as_array();
            let cards = cards.ok_or_else(|| Error::message("`cards` is no list"))?;
            let values = kwargs.iter().map(|(name, value)| (name.to_string(), value));
            let values =
                values.filter(|(name, _)| !matches!(name.as_str(), "template" | "cards" | "lang"));
            let values: Vec<_> = values.collect();
            there(&pieces)?.each(template, interface(&s, &kwargs, state)?, cards, &values)
        },
    );

    let (s, cards) = (Arc::clone(site), Arc::downgrade(shared));
    tera.register_function(
        "get_page",
        move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
            let path = kwargs.must_get::<&str>("path")?;
            let item = s
                .item(path)
                .ok_or_else(|| Error::message(format!("there is no content file `{path}`")))?;
            Ok(views::page(
                &s,
                &*there(&cards)?,
                interface(&s, &kwargs, state)?,
                item,
                None,
                &markdown::render(&item.entry, &Links::new(&s, path), Labels::default()),
                &|_| true,
            ))
        },
    );

    let (s, cards) = (Arc::clone(site), Arc::downgrade(shared));
    tera.register_function(
        "get_section",
        move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
            let path = kwargs.must_get::<&str>("path")?;
            let section = s
                .sections
                .iter()
                .find(|x| x.index.as_ref().is_some_and(|i| i.card.source == path));
            let section =
                section.ok_or_else(|| Error::message(format!("there is no section `{path}`")))?;
            let html = section
                .index
                .as_ref()
                .map(|i| markdown::render(&i.entry, &Links::new(&s, path), Labels::default()))
                .unwrap_or_default();
            Ok(views::section(
                &s,
                &*there(&cards)?,
                interface(&s, &kwargs, state)?,
                section,
                &html,
            ))
        },
    );

    let s = Arc::clone(site);
    tera.register_function(
        "get_taxonomy",
        move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
            let taxonomy = taxonomy(&kwargs)?;
            let items = views::terms(&s, taxonomy, interface(&s, &kwargs, state)?);
            Ok(Value::from_serializable(
                &serde_json::json!({"kind": taxonomy.name(), "items": items}),
            ))
        },
    );

    let s = Arc::clone(site);
    tera.register_function(
        "get_taxonomy_term",
        move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
            let (taxonomy, slug, ui) = term(&s, &kwargs, state, "term")?;
            Ok(Value::from_serializable(&views::term(
                &s, taxonomy, &slug, ui,
            )))
        },
    );

    let (s, cards) = (Arc::clone(site), Arc::downgrade(shared));
    tera.register_function(
        "get_briefings",
        move |kwargs: Kwargs, state: &State| -> TeraResult<Value> {
            let limit = kwargs.get::<u64>("limit")?.unwrap_or(10);
            let limit = usize::try_from(limit).unwrap_or(usize::MAX);
            let list = match (kwargs.get::<&str>("country")?, kwargs.get::<&str>("topic")?) {
                (Some(_), Some(_)) => {
                    return Err(Error::message("give `country` or `topic`, not both"));
                }
                (Some(code), None) => Some((Taxonomy::Countries, code)),
                (None, Some(slug)) => Some((Taxonomy::Topics, slug)),
                (None, None) => None,
            };
            let ui = interface(&s, &kwargs, state)?;
            Ok(views::latest(&s, &*there(&cards)?, ui, list, limit))
        },
    );

    pictures::register(tera, site, &strings);

    let s = Arc::clone(site);
    tera.register_function(
        "get_taxonomy_url",
        move |kwargs: Kwargs, state: &State| -> TeraResult<String> {
            let (taxonomy, slug, ui) = term(&s, &kwargs, state, "name")?;
            Ok(s.config
                .base_url
                .rooted(&route::term(&s, taxonomy, &slug, ui)))
        },
    );

    let s = Arc::clone(site);
    tera.register_function(
        "trans",
        move |kwargs: Kwargs, state: &State| -> TeraResult<String> {
            let key = kwargs.must_get::<String>("key")?;
            let lang = language(&s, &kwargs, state)?;
            let arguments: BTreeMap<String, String> = kwargs
                .iter()
                .map(|(k, v)| (k.to_string(), v.to_string()))
                .filter(|(k, _)| !matches!(k.as_str(), "key" | "lang" | "count"))
                .collect();
            strings
                .get(&lang, &key, kwargs.get::<u64>("count")?, &arguments)
                .ok_or_else(|| {
                    Error::message(format!(
                        "the theme has no string `{key}` in strings/{lang}.yaml or strings/en.yaml"
                    ))
                })
        },
    );

    tera.register_function(
        "text_direction",
        |kwargs: Kwargs, _: &State| -> TeraResult<&'static str> {
            Ok(
                match parse::<Lang>(kwargs.must_get::<&str>("lang")?)?.direction() {
                    crate::model::Direction::Ltr => "ltr",
                    crate::model::Direction::Rtl => "rtl",
                },
            )
        },
    );

    let s = Arc::clone(site);
    tera.register_function(
        "country_name",
        move |kwargs: Kwargs, state: &State| -> TeraResult<String> {
            Ok(s.config.country_name(
                parse::<CountryCode>(kwargs.must_get::<&str>("code")?)?,
                &language(&s, &kwargs, state)?,
            ))
        },
    );

    tera.register_function(
        "language_name",
        |kwargs: Kwargs, _: &State| -> TeraResult<String> {
            let lang = parse::<Lang>(kwargs.must_get::<&str>("code")?)?;
            let of = kwargs.get::<&str>("lang")?.map(parse).transpose()?;
            Ok(language_name(&lang, of.as_ref().unwrap_or(&lang)))
        },
    );

    let s = Arc::clone(site);
    tera.register_function("format_date", move |kwargs: Kwargs, state: &State| -> TeraResult<String> {
        let date = parse::<PubDate>(kwargs.must_get::<&str>("date")?)?;
        let name = kwargs.get::<&str>("style")?.unwrap_or("long");
        let style = Style::named(name).ok_or_else(|| Error::message(format!("`{name}` is no date style: use weekday, long, medium, day_month, month, month_name or year")))?;
        Ok(dates::format(&date, &language(&s, &kwargs, state)?, style))
    });

    let s = Arc::clone(site);
    tera.register_function(
        "load_data",
        move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
            load_data(&s, kwargs.must_get::<&str>("path")?)
        },
    );

    tera.register_function(
        "get_hash",
        |kwargs: Kwargs, _: &State| -> TeraResult<String> {
            Ok(digest(kwargs.must_get::<&str>("literal")?.as_bytes()))
        },
    );

    let newest = site
        .briefings
        .first()
        .and_then(|i| i.card.date.as_ref())
        .map(PubDate::to_rfc3339);
    let now = now
        .map(|t| t.to_string())
        .or(newest)
        .unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned());
    tera.register_function("now", move |_: Kwargs, _: &State| -> TeraResult<String> {
        Ok(now.clone())
    });
}

/// What a renderer shares, for a function: it lives as long as its renderer.
fn there(shared: &Weak<views::Shared>) -> TeraResult<Arc<views::Shared>> {
    let gone = || Error::message("there is no site any more");
    shared.upgrade().ok_or_else(gone)
}

fn parse<T: std::str::FromStr<Err = String>>(text: &str) -> TeraResult<T> {
    text.parse().map_err(Error::message)
}

/// The language asked for, else the page's.
fn language(site: &Site, kwargs: &Kwargs, state: &State) -> TeraResult<Lang> {
    let asked = match kwargs.get::<String>("lang")? {
        Some(lang) => Some(lang),
        None => state.get::<String>("lang")?,
    };
    asked.map_or_else(
        || Ok(site.config.default_language.clone()),
        |lang| parse(&lang),
    )
}

/// The interface language asked for, else the page's.
fn interface(site: &Site, kwargs: &Kwargs, state: &State) -> TeraResult<usize> {
    let known = |lang: &str| {
        let mut languages = site.config.languages.iter();
        languages.position(|own| own.as_str() == lang)
    };
    let asked = kwargs.get::<&str>("lang")?;
    if let Some(ui) = asked.and_then(known) {
        return Ok(ui);
    }
    let page = state.get::<String>("lang")?;
    match page.as_deref().filter(|_| asked.is_none()).and_then(known) {
        Some(ui) => Ok(ui),
        None => Ok(site.ui(&language(site, kwargs, state)?)),
    }
}

fn taxonomy(kwargs: &Kwargs) -> TeraResult<Taxonomy> {
    let kind = kwargs.must_get::<&str>("kind")?;
    Taxonomy::ALL
        .into_iter()
        .find(|t| t.name() == kind)
        .ok_or_else(|| {
            Error::message(format!(
                "there is no taxonomy `{kind}`: use countries or topics"
            ))
        })
}

/// The term that a template asks for: its taxonomy, the slug given under `key`, and the interface that it is shown in.
fn term(
    site: &Site,
    kwargs: &Kwargs,
    state: &State,
    key: &str,
) -> TeraResult<(Taxonomy, String, usize)> {
    let slug = kwargs.must_get::<&str>(key)?.to_ascii_lowercase();
    Ok((taxonomy(kwargs)?, slug, interface(site, kwargs, state)?))
}

/// A JSON, YAML or text file of content/.
fn load_data(site: &Site, path: &str) -> TeraResult<Value> {
    let key = format!(
        "/{}",
        path.trim_start_matches('/').trim_start_matches("content/")
    );
    let bytes = site
        .assets
        .get(&key)
        .ok_or_else(|| Error::message(format!("there is no data file content{key}")))?;
    let wrong = |e: String| Error::message(format!("content{key}: {e}"));
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("the file is not UTF-8".to_owned()))?;
    match key.rsplit('.').next() {
        Some("json") => serde_json::from_str::<serde_json::Value>(text)
            .map(|v| Value::from_serializable(&v))
            .map_err(|e| wrong(e.to_string())),
        Some("yaml" | "yml") => {
            crate::yaml::parse::<serde_json::Value>(&format!("content{key}"), text, 1)
                .map(|v| Value::from_serializable(&v))
                .map_err(|e| wrong(e.to_string()))
        }
        _ => Ok(Value::from(text.to_owned())),
    }
}
