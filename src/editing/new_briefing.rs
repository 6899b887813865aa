//! A title and what else is known of a briefing → a new content file. Refuses what is no value of its key; where the file goes is not taken.

use jiff::civil::Date;

use crate::{
    distill::slug::{SlugParts, slug},
    model::{CountryCode, Lang, PubDate, TopicSlug},
    yaml::scalar,
};

/// What is known.
#[derive(Clone, Debug)]
pub struct Briefing {
    /// The title.
    pub title: String,
    /// Its day.
    pub date: Date,
    /// Its language.
    pub lang: Lang,
    /// What it is about.
    pub countries: Vec<CountryCode>,
    /// Slugs.
    pub topics: Vec<TopicSlug>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Whether it may be published as it is.
    pub publish: bool,
}

/// The file's path from content/, and its text.
pub fn new_briefing(briefing: &Briefing) -> (String, String) {
    let date = PubDate::day(briefing.date);
    let slug = slug(&SlugParts {
        title: &briefing.title,
        date: Some(&date),
        countries: &briefing.countries,
        topics: &briefing.topics,
        digest: &crate::distill::digest(briefing.title.as_bytes()),
    });
    let list = |key: &str, values: Vec<String>| format!("{key}: [{}]\n", values.join(", "));
    let codes = briefing
        .countries
        .iter()
        .map(|c| scalar(c.as_str()))
        .collect();
    let slugs = briefing.topics.iter().map(|t| scalar(t.as_str())).collect();
    let summary = briefing
        .summary
        .as_deref()
        .map_or("\"\"".to_owned(), scalar);
    let mut text = format!(
        "---\ntitle: {}\ndate: {date}\nlang: {}\n{}{}summary: {summary}\n",
        scalar(&briefing.title),
        scalar(briefing.lang.as_str()),
        list("countries", codes),
        list("topics", slugs)
    );
    if !briefing.publish {
        text.push_str("# Take this out when the text may be published.\ndraft: true\n");
    }
    text.push_str("---\n\n");
    (format!("briefings/{slug}.md"), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_is_what_is_read() {
        let briefing = Briefing {
            title: "Norway: \"yes\" # to ports".to_owned(),
            date: "2026-01-27".parse().expect("a day"),
            lang: "no".parse().expect("a language"),
            countries: vec!["NO".parse().expect("a code")],
            topics: vec!["trade".parse().expect("a slug")],
            summary: Some("A: b".to_owned()),
            publish: false,
        };
        let (path, text) = new_briefing(&briefing);
        assert_eq!(path, "briefings/norway-yes-to-ports.md");
        let (entry, said) = crate::content::read(&path, text.as_bytes()).expect("front matter");
        assert_eq!(said, []);
        let front = entry.front;
        assert_eq!(front.title.as_ref(), Some(&briefing.title));
        assert_eq!(front.countries, briefing.countries);
        assert_eq!((front.lang, front.draft), (Some(briefing.lang), true));
        assert_eq!(front.summary, briefing.summary);
    }
}
