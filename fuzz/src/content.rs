//! Content files: front matter that is read, edited, written and read again, and the HTML of their Markdown.

use std::collections::BTreeMap;

use depeche::{
    content::{self, Entry, edit},
    distill::Document,
    model::Lang,
    render::{
        links::Links,
        markdown::{self as renderer, Labels},
    },
};

use super::{html, text::written};

/// The values of front matter survive being written by an import, and an edit of one changes no other and no byte of the body. Faults name a
/// line of the file.
pub fn front_matter(bytes: &[u8]) {
    // To YAML a carriage return alone ends a line, too.
    let lines = 1 + bytes.iter().filter(|b| matches!(b, b'\n' | b'\r')).count();
    let in_file = |line: Option<usize>| {
        assert!(
            line.is_none_or(|l| (1..=lines).contains(&l)),
            "line {line:?} of {lines}"
        );
    };
    let (entry, said) = match content::read("a.md", bytes) {
        Ok(read) => read,
        Err(fault) => return in_file(fault.line),
    };
    for finding in &said {
        in_file(finding.line);
    }
    assert!(bytes.ends_with(entry.body.as_bytes()));
    assert!(
        (1..=lines + 1).contains(&entry.body_line),
        "the body begins on line {} of {lines}",
        entry.body_line
    );
    written(&document(&entry));
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(Some(new)) = edit::set(
        "content/a.md",
        text,
        "title",
        &["On: a “new” #title".to_owned()],
    ) {
        let (after, _) = edited(&new);
        assert_eq!(after.front.title.as_deref(), Some("On: a “new” #title"));
        same_but_title(&entry, &after);
    }
    if let Ok(Some(new)) = edit::accept("content/a.md", text, &["title", "countries", "seed"]) {
        let (after, _) = edited(&new);
        assert_eq!(after.front.title, entry.front.title);
        same_but_title(&entry, &after);
    }
}

fn edited(text: &str) -> (Entry, usize) {
    let read = content::read("a.md", text.as_bytes());
    assert!(read.is_ok(), "an edit broke the file: {read:?}\n{text}");
    read.map_or_else(|_| unreachable!(), |(entry, said)| (entry, said.len()))
}

fn same_but_title(before: &Entry, after: &Entry) {
    assert_eq!(*before.body, *after.body);
    let (b, a) = (&before.front, &after.front);
    assert_eq!(b.date, a.date);
    assert_eq!(b.embargo_until, a.embargo_until);
    assert_eq!(b.countries, a.countries);
    assert_eq!(b.topics, a.topics);
    assert_eq!(b.people, a.people);
    assert_eq!(b.organisations, a.organisations);
    assert_eq!(b.summary, a.summary);
    assert_eq!(b.slug, a.slug);
    assert_eq!(b.draft, a.draft);
    assert_eq!(b.extra, a.extra);
}

/// A document with the values of a content file.
fn document(entry: &Entry) -> Document {
    let front = entry.front.clone();
    Document {
        lang: front.lang.unwrap_or_else(Lang::undetermined),
        dateline: front.dateline.unwrap_or_default(),
        title: front.title.unwrap_or_default(),
        date: front.date,
        event_dates: front.event_dates,
        embargo_until: front.embargo_until,
        countries: front.countries,
        mentions: front.mentions,
        topics: front.topics,
        people: front.people,
        organisations: front.organisations,
        summary: front.summary.unwrap_or_default(),
        slug: front.slug.unwrap_or_default(),
        body: entry.body.to_string(),
        evidence: BTreeMap::default(),
        confidence: BTreeMap::default(),
        doubts: Vec::new(),
    }
}

/// The HTML of any Markdown is safe and well formed, on a page of its own and within a list.
pub fn markdown(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    html::check(&renderer::fragment(&text));
    let Ok((entry, _)) = content::read("a.md", text.as_bytes()) else {
        return;
    };
    let labels = Labels {
        table: "Table {n}",
        paragraph: "Paragraph {n}",
    };
    let page = renderer::render(&entry, &Links::detached(), labels);
    html::check(&page.content);
    let mut flat: Vec<_> = page.toc.iter().collect();
    while let Some(heading) = flat.pop() {
        assert!((2..=6).contains(&heading.level), "{heading:?}");
        assert!(
            page.content.contains(&format!("id=\"{}\"", heading.id)),
            "{heading:?} is not on the page"
        );
        flat.extend(&heading.children);
    }
}
