//! A Markdown seed → its text as it is, and its front matter as what a person wrote of it. Refuses what is no text, and front matter that is no
//! YAML.

use super::{html, not_text, plain};
use crate::{
    content,
    distill::{Container, Said, Source, decode},
};

const RULE: &str = "front matter of the seed";

/// A Markdown seed. Title, date, lang, countries, topics and summary of its front matter win over the text; other keys have no effect.
pub fn source(bytes: &[u8]) -> Result<Source, String> {
    let (text, _) = decode::decode(bytes).map_err(|why| not_text(why).to_owned())?;
    if !text.starts_with("---") {
        return Ok(html::titled(text.trim().to_owned()));
    }
    let (entry, _) = content::read("seed.md", text.as_bytes())
        .map_err(|e| format!("its front matter can't be read: {}; mend it", e.message))?;
    let front = entry.front;
    let said = |value: Option<String>| value.and_then(|value| Said::new(value, RULE));
    let container = Container {
        made: None,
        title: said(front.title),
        published: said(front.date.map(|d| d.to_string())),
        by_hand: true,
        lang: said(front.lang.map(|l| l.to_string())),
        countries: front
            .countries
            .iter()
            .filter_map(|c| Said::new(c.to_string(), RULE))
            .collect(),
        topics: front
            .topics
            .iter()
            .filter_map(|t| Said::new(t.to_string(), RULE))
            .collect(),
        summary: said(front.summary),
    };
    let found = html::source(entry.body.trim().to_owned(), container);
    if plain::plain(&found.text).is_empty() {
        return Err("the seed is empty".to_owned());
    }
    Ok(found)
}
