//! One content file → [`Card`]: all that an index, a feed or another page may see of it.

use std::cmp::Ordering;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{
    config::Config,
    content::{Entry, Kind},
    diagnostic::{Diagnostic, Rule},
    model::{CountryCode, Lang, PubDate, TopicSlug},
};

/// One briefing, page or section index as others see it.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Card {
    /// Path from content/.
    pub source: String,
    /// Briefing or ordinary page.
    pub kind: Kind,
    /// Whether the file is the `_index.md` of a folder.
    pub is_section: bool,
    /// The title.
    pub title: String,
    /// The day it is from; of an imported briefing without a date, the day of its import.
    pub date: Option<PubDate>,
    /// When it last changed in substance: `updated`, the last correction, or its withdrawal.
    pub updated: Option<PubDate>,
    /// The language it is written in.
    pub lang: Lang,
    /// What it is about.
    pub countries: Vec<CountryCode>,
    /// Slugs of topics.
    pub topics: Vec<TopicSlug>,
    /// For lists and feeds; empty where there is none.
    pub summary: String,
    /// The last part of its path.
    pub slug: String,
    /// Path from the site's root, with a slash at both ends.
    pub path: String,
    /// The order among the pages of a section.
    pub weight: i64,
    /// What the versions of this page in other languages share.
    pub translation_key: String,
}

impl Card {
    /// The order of lists: newest first, then by title, then by path.
    pub fn newest_first(&self, other: &Self) -> Ordering {
        other
            .date
            .cmp(&self.date)
            .then_with(|| self.title.cmp(&other.title))
            .then_with(|| self.path.cmp(&other.path))
            .then_with(|| self.source.cmp(&other.source))
    }
}

/// Whether a content file is a briefing: it says so, or has a date, a seed or a day of import.
pub fn kind(entry: &Entry) -> Kind {
    let front = &entry.front;
    let dated = date(entry).is_some() || front.seed.is_some() || front.imported.is_some();
    front.kind.unwrap_or(if dated && !is_index(&entry.path) {
        Kind::Briefing
    } else {
        Kind::Page
    })
}

/// The date in front matter, else the day that the file's name begins with: `2026-01-27-title.md`.
fn date(entry: &Entry) -> Option<PubDate> {
    let named = || split(&entry.path).1.get(..10)?.parse().ok();
    entry.front.date.clone().or_else(named)
}

fn updated(entry: &Entry) -> Option<PubDate> {
    let front = &entry.front;
    let corrected = front.corrections.iter().filter_map(|c| c.date.as_ref());
    let withdrawn = front.withdrawn.iter().filter_map(|w| w.date.as_ref());
    let dates = front.updated.iter().chain(corrected).chain(withdrawn);
    dates.max().cloned()
}

/// A file's stem without the day that it begins with.
pub(crate) fn undated(stem: &str) -> &str {
    let day = stem.get(..10).is_some_and(|d| d.parse::<PubDate>().is_ok());
    stem.get(11..)
        .filter(|rest| day && !rest.is_empty())
        .unwrap_or(stem)
}

fn is_index(path: &str) -> bool {
    split(path).1 == "_index"
}

/// The card of a content file, and what is odd about it.
pub fn card(entry: &Entry, config: &Config) -> (Card, Vec<Diagnostic>) {
    let front = &entry.front;
    let file = format!("content/{}", entry.path);
    let mut diagnostics = Vec::new();
    let (folder, stem, named_lang) = split(&entry.path);
    let lang = front
        .lang
        .clone()
        .or(named_lang.clone())
        .unwrap_or_else(|| config.default_language.clone());
    let kind = kind(entry);
    let is_section = is_index(&entry.path);
    let slug = match &front.slug {
        Some(slug) => segment(slug).unwrap_or_else(|| {
            let mended = portable(slug);
            diagnostics.push(
                Diagnostic::error(
                    &file,
                    format!(
                        "the slug `{}` is no part of an address",
                        slug.escape_debug()
                    ),
                )
                .at(front.line(&["slug"]))
                .help(format!(
                    "use letters, digits and hyphens; `{mended}` was used"
                ))
                .rule(Rule::BadAddress),
            );
            mended
        }),
        None => portable(undated(stem)),
    };
    let date = date(entry).or_else(|| front.imported.map(PubDate::day));
    let path = if kind == Kind::Briefing {
        config.permalink.path(date.as_ref(), &slug, &lang)
    } else {
        let prefix = named_lang
            .filter(|l| *l != config.default_language)
            .map(|l| format!("{l}/"));
        let last = if is_section || (stem == "index" && front.slug.is_none()) {
            None
        } else {
            Some(slug.as_str())
        };
        let parts = folder.split('/').filter(|p| !p.is_empty()).map(portable);
        let mut path = format!("/{}", prefix.unwrap_or_default());
        for part in parts.chain(last.map(str::to_owned)) {
            path.push_str(&part);
            path.push('/');
        }
        path
    };
    let card = Card {
        source: entry.path.clone(),
        kind,
        is_section,
        title: title(entry),
        date,
        updated: updated(entry),
        countries: front.countries.clone(),
        topics: front.topics.clone(),
        summary: front.summary.clone().unwrap_or_default(),
        slug,
        path,
        weight: front.weight.unwrap_or(0),
        translation_key: front.translation_of.clone().unwrap_or_else(|| {
            if folder.is_empty() {
                stem.to_owned()
            } else {
                format!("{folder}/{stem}")
            }
        }),
        lang,
    };
    (card, diagnostics)
}

/// Folder, stem and language of a content path: `docs/about.fr.md` → (`docs`, `about`, fr).
pub fn split(path: &str) -> (&str, &str, Option<Lang>) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.strip_suffix(".md").unwrap_or(name);
    match stem.rsplit_once('.') {
        Some((base, tag))
            if !base.is_empty() && (2..=3).contains(&tag.split('-').next().map_or(0, str::len)) =>
        {
            match tag.parse() {
                Ok(lang) => (folder, base, Some(lang)),
                Err(_) => (folder, stem, None),
            }
        }
        _ => (folder, stem, None),
    }
}

/// `text`, composed, where it is a safe and portable part of a path.
fn segment(text: &str) -> Option<String> {
    Some(portable(text)).filter(|part| part.chars().eq(text.nfc()))
}

/// A safe and portable part of a path: letters, digits, `-`, `_` and inner dots; no Windows device name; never empty.
pub fn portable(text: &str) -> String {
    const LONGEST: usize = 120;
    let mut out = String::with_capacity(text.len());
    let composed: &mut dyn Iterator<Item = char> = if text.is_ascii() {
        &mut text.chars()
    } else {
        &mut text.nfc()
    };
    for c in composed {
        if out.len() + c.len_utf8() > LONGEST {
            break;
        }
        // Marks are parts of words in Hindi and Thai.
        let inner = c == '.' || (!c.is_ascii() && is_combining_mark(c));
        if c.is_alphanumeric() || c == '_' || (inner && !out.is_empty()) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches(['-', '.']).len());
    let device = out
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let numbered = |name: &str| {
        device
            .strip_prefix(name)
            .is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit())
    };
    if matches!(device.as_str(), "con" | "prn" | "aux" | "nul")
        || numbered("com")
        || numbered("lpt")
    {
        out.insert_str(device.len(), "-page");
    }
    if out.is_empty() {
        "page".to_owned()
    } else {
        out
    }
}

/// The title of a content file: what it says, else the heading that its body begins with, else its name.
pub fn title(entry: &Entry) -> String {
    let (folder, stem, _) = split(&entry.path);
    let given = entry.front.title.clone();
    given
        .or_else(|| heading(&entry.body))
        .unwrap_or_else(|| title_of(folder, stem))
}

fn heading(body: &str) -> Option<String> {
    let line = body.lines().map(str::trim).find(|line| !line.is_empty())?;
    let text = line.strip_prefix("# ")?.trim_end_matches('#').trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn title_of(folder: &str, stem: &str) -> String {
    let name = if matches!(stem, "_index" | "index") {
        folder.rsplit('/').next().unwrap_or(folder)
    } else {
        stem
    };
    let mut words = name.replace(['-', '_'], " ");
    if let Some(first) = words.chars().next() {
        words.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_path_are_portable() {
        for (text, part) in [
            ("../x", "x"),
            ("a b", "a-b"),
            ("CON", "CON-page"),
            ("aux.txt", "aux-page.txt"),
            ("com1", "com1-page"),
            ("x. ", "x"),
            ("a:b\0c", "a-b-c"),
            ("...", "page"),
            ("الرباط", "الرباط"),
            ("e\u{301}te\u{301}", "été"),
            ("हिन्दी", "हिन्दी"),
            ("\u{301}x", "x"),
            ("%2e%2e%2f", "2e-2e-2f"),
        ] {
            assert_eq!(portable(text), part);
            assert_eq!(portable(part), part, "portable is idempotent");
        }
    }

    #[test]
    fn a_day_in_the_name_is_the_date_and_not_part_of_the_slug() {
        let entry = Entry {
            path: "news/2026-01-27-talks.md".to_owned(),
            front: crate::content::FrontMatter::default(),
            body: crate::content::Body::default(),
            body_line: 1,
        };
        let (card, _) = card(&entry, &Config::default());
        assert_eq!(
            (card.path.as_str(), card.kind),
            ("/2026/01/27/talks/", Kind::Briefing)
        );
    }

    #[test]
    fn a_path_gives_folder_stem_and_language() {
        assert_eq!(
            split("docs/about.fr.md"),
            ("docs", "about", "fr".parse().ok())
        );
        assert_eq!(split("v1.2.md"), ("", "v1.2", None));
        assert_eq!(split("_index.zh-Hans.md").1, "_index");
    }
}
