//! What the settings of Hugo say of each language → the words of the site in it. What stands below the default language goes before what stands at the top;
//! each key leaves a note in the report.

use serde_json::json;

use super::{
    super::{
        Plan, folder as folder_of,
        front::{get, map, word},
        report::Outcome,
        settings::{self, Setting},
    },
    settings::{Site, setting},
};
use crate::{
    model::Lang,
    yaml::{Node, Value},
};

/// Reads `languages`; `own` is what `defaultContentLanguage` says.
pub(super) fn languages(
    file: &str,
    node: &Node,
    own: Option<String>,
    plan: &mut Plan,
    site: &mut Site,
) {
    let languages = map(node);
    let default = plan.settings.lang().to_owned();
    let own = own.unwrap_or_else(|| {
        let known = languages.iter().any(|(lang, ..)| *lang == default);
        if known {
            default.clone()
        } else {
            "en".to_owned()
        }
    });
    // `languageCode: en-us` does not name the language of the files.
    let mut default = default;
    if languages
        .iter()
        .any(|(lang, ..)| lang.eq_ignore_ascii_case(&own))
        && let Ok(lang) = own.parse::<Lang>()
        && lang.as_str() != default
    {
        plan.settings.set("default_language", lang.as_str());
        default = lang.to_string();
    }
    let mut all = vec![default];
    let mut translated = Vec::new();
    for (lang, _, node) in languages {
        let entries = map(node);
        content(lang, entries, plan, site);
        let known = lang.parse::<Lang>().is_ok() && !site.ignored.has_lang(lang);
        let is_own = lang.eq_ignore_ascii_case(&own);
        for (key, line, node) in entries {
            let field = format!("languages.{lang}.{key}");
            let place = (file, *line, field.as_str());
            if is_own {
                let rule = of_default(key);
                settings::take(&mut plan.settings, &mut plan.report, place, node, rule);
            } else {
                let outcome = of_other(key, node, known);
                let field = format!("(settings) {field}");
                plan.report.note(file, *line, &field, outcome);
            }
        }
        if is_own {
            words(entries, plan);
            menu(entries, plan);
        } else if known && !all.contains(lang) {
            all.push(lang.clone());
            translated.push((lang.as_str(), word(entries, "title"), described(entries)));
        }
    }
    plan.settings.set("languages", all);
    plan.settings.translate(translated.into_iter());
}

/// What becomes of a key of the default language.
fn of_default(key: &str) -> Setting {
    match key.to_ascii_lowercase().as_str() {
        "languagecode" | "locale" => Setting::Drop("`defaultContentLanguage` says it"),
        "contentdir" | "disabled" | "title" | "params" | "copyright" | "menu" | "menus"
        | "author" => setting(key),
        "description" => Setting::Text("description"),
        _ => Setting::Drop(unread(key)),
    }
}

/// What becomes of a key of another language, which is `known` where the new site has it.
fn of_other(key: &str, node: &Node, known: bool) -> Outcome {
    let key = key.to_ascii_lowercase();
    let dropped = |why: &str| Outcome::Dropped(why.to_owned());
    match key.as_str() {
        "contentdir" => Outcome::Changed("the addresses".to_owned()),
        "disabled" => Outcome::Changed("what is published".to_owned()),
        _ if !known => dropped("the site has no such language"),
        "title" | "description" => Outcome::Changed("translations".to_owned()),
        "params" if get(map(node), "description").is_some() => {
            Outcome::Changed("translations (`description` alone)".to_owned())
        }
        "params" => dropped("`extra` is one for all languages"),
        "menu" | "menus" => dropped("write them as `navigation` into `translations`"),
        key => dropped(unread(key)),
    }
}

fn unread(key: &str) -> &'static str {
    match key.to_ascii_lowercase().as_str() {
        "weight" | "languagename" | "label" | "languagedirection" | "direction"
        | "languagecode" | "locale" => "it follows from the language",
        _ => "it is read for the whole site alone",
    }
}

/// Takes note of the folder that a language has for itself.
fn content(lang: &str, entries: &[(String, usize, Node)], plan: &mut Plan, site: &mut Site) {
    if let Some(folder) = word(entries, "contentDir") {
        let folder = folder_of(folder);
        match folder.strip_prefix(&format!("{}/", site.content)) {
            Some(below) => {
                site.folders.insert(below.to_owned(), lang.to_lowercase());
            }
            None => plan.report.find(
                &format!("{folder}/"),
                None,
                &format!(
                    "the content of `{lang}` lies outside of {}/ and is not carried over",
                    site.content
                ),
                "move it below that folder first",
            ),
        }
    }
}

fn described(entries: &[(String, usize, Node)]) -> Option<&str> {
    let params = get(entries, "params").map(map).unwrap_or_default();
    word(params, "description").or_else(|| word(entries, "description"))
}

/// The words that stand in `params`, or beside it.
pub(super) fn words(entries: &[(String, usize, Node)], plan: &mut Plan) {
    if let Some(text) = described(entries) {
        plan.settings.set("description", text);
    }
    let author = get(entries, "params")
        .and_then(|params| get(map(params), "author"))
        .or_else(|| get(entries, "author"));
    if let Some(text) = author.and_then(|node| node.text().or_else(|| word(map(node), "name"))) {
        plan.settings.set("publisher", text);
    }
}

/// The links of the main menu become the navigation.
pub(super) fn menu(entries: &[(String, usize, Node)], plan: &mut Plan) {
    let menus = get(entries, "menus").or_else(|| get(entries, "menu"));
    let Some(Value::List(items)) = menus
        .and_then(|node| get(map(node), "main"))
        .map(|node| &node.value)
    else {
        return;
    };
    let mut links: Vec<(i64, serde_json::Value)> = items
        .iter()
        .filter_map(|item| {
            let item = map(item);
            let url = word(item, "url").or_else(|| word(item, "pageRef"))?;
            let title = word(item, "name").unwrap_or(url);
            let url = if url.contains("://") {
                url.to_owned()
            } else {
                format!("/{}", url.trim_start_matches('/'))
            };
            let weight = word(item, "weight")
                .and_then(|w| w.parse().ok())
                .unwrap_or(0);
            Some((weight, json!({"title": title, "url": url})))
        })
        .collect();
    links.sort_by_key(|(weight, _)| *weight);
    let links: Vec<_> = links.into_iter().map(|(_, link)| link).collect();
    plan.settings.set("navigation", links);
}
