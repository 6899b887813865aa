//! A saved web page → its main content, and what its metadata states; a piece of HTML → Markdown. Scripts, pictures and links that lead nowhere
//! safe are left out. Refuses pages without text and those nested deeper than any page is.

use std::{collections::BTreeMap, ops::Range};

use ammonia::{Builder, UrlRelative};
use dom_smoothie::{Config, Readability};
use encoding_rs::Encoding;
use htmd::{
    HtmlToMarkdown,
    options::{BulletListMarker, HrStyle, Options},
};
use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Parser};

mod json_ld;
mod tables;

use super::plain;
use crate::distill::{Container, Said, Source, decode};

/// Elements within each other; pages of press offices have some forty.
const NESTING: usize = 512;
/// Elements that a page may have.
const ELEMENTS: usize = 200_000;
/// Characters below which the main content is taken for a misreading, and the whole page is read.
const MAIN: usize = 60;

/// A saved web page.
pub fn page(bytes: &[u8]) -> Result<Source, String> {
    let html = text(bytes);
    bounded(&html)?;
    let config = Config {
        max_elements_to_parse: ELEMENTS,
        ..Config::default()
    };
    let mut reader = Readability::new(html.as_str(), None, Some(config))
        .map_err(|e| format!("the page can't be read ({e}); save its text as .txt"))?;
    let scripts = reader.doc.select("script[type='application/ld+json']");
    let scripts: Vec<String> = scripts.iter().map(|s| s.text().to_string()).collect();
    let stated = json_ld::stated(scripts.iter().map(String::as_str));
    let by_json = stated
        .published
        .and_then(|time| day(&time))
        .and_then(|day| Said::new(day, "JSON-LD datePublished"));
    let meta = |selector: &str| {
        let found = reader.doc.select(selector);
        found
            .attr("content")
            .or_else(|| found.attr("datetime"))
            .map(|value| value.to_string())
    };
    let by_meta = || {
        METAS.iter().find_map(|name| {
            ["name", "property", "itemprop"].iter().find_map(|key| {
                let value = meta(&format!("meta[{key}='{name}']"))?;
                Said::new(day(&value)?, &format!("meta {name}"))
            })
        })
    };
    let by_time = || {
        ["time[pubdate]", "time[itemprop='datePublished']"]
            .iter()
            .find_map(|selector| Said::new(day(&meta(selector)?)?, "time of publication"))
    };
    let published = by_json.or_else(by_meta).or_else(by_time);
    let headings: Vec<String> = reader
        .doc
        .select("h1")
        .iter()
        .map(|heading| heading.text().to_string())
        .collect();
    let article = reader.parse().ok();
    let mut container = Container {
        published,
        title: stated
            .headline
            .and_then(|headline| Said::new(plain::plain(&markdown(&headline)), "JSON-LD headline")),
        lang: article
            .as_ref()
            .and_then(|a| Said::new(a.lang.clone()?, "lang of the page")),
        ..Container::default()
    };
    let page_title = article.as_ref().map(|a| a.title.clone());
    let main = article.map(|a| markdown(&a.content)).unwrap_or_default();
    let main = if main.chars().count() < MAIN {
        markdown(&html)
    } else {
        main
    };
    if main.trim().is_empty() {
        return Err(
            "the page has no text; it may be made by scripts in the browser: save its text as .txt"
                .to_owned(),
        );
    }
    if container.title.is_none() {
        container.title = titled_by(&main, &headings, page_title.as_deref());
    }
    let unread = unread(bytes, &main);
    let mut found = source(main, container);
    found.notes.extend(unread);
    Ok(found)
}

/// The headline of a page. Many pages have the same `<title>`, that of the office, and others the headline with the office's name behind it:
/// a heading that the article begins with, or that the title holds, wins.
fn titled_by(main: &str, headings: &[String], title: Option<&str>) -> Option<Said> {
    let first = main.lines().find(|line| !line.trim().is_empty());
    let first = first.filter(|line| line.starts_with('#')).map(plain::plain);
    let is_first = |h1: &&String| first.as_ref().is_some_and(|first| same(h1, first));
    let in_title = |h1: &&String| title.is_some_and(|title| letters(title).contains(&letters(h1)));
    headings
        .iter()
        .filter(|h1| says_something(h1))
        .find(|h1| is_first(h1) || in_title(h1))
        .and_then(|h1| Said::new(h1.as_str(), "heading of the article"))
        .or_else(|| {
            Said::new(
                title.filter(|title| says_something(title))?,
                "title of the page",
            )
        })
}

/// Whether a headline is more than the name of a page: words enough, or letters of a script without spaces.
fn says_something(headline: &str) -> bool {
    headline.split_whitespace().count() >= 3
        || headline.chars().filter(|c| *c as u32 >= 0x2E80).count() >= 6
}

/// Names of metadata that state the day of publication, surest first.
const METAS: [&str; 12] = [
    "article:published_time",
    "datePublished",
    "dcterms.issued",
    "DC.date.issued",
    "dcterms.created",
    "dcterms.available",
    "parsely-pub-date",
    "publishdate",
    "pubdate",
    "DC.date",
    "dcterms.date",
    "date",
];

/// A converted document: its container's title, else its first heading, is the headline and no part of the body.
pub fn source(markdown: String, mut container: Container) -> Source {
    let headed = heading(&markdown);
    let stated = container.title.as_ref().map(|said| said.value.as_str());
    let mut body = None;
    let mut in_place = false;
    if let Some((range, text, level)) = headed
        && stated.map_or(level == 1, |title| same(title, &text))
    {
        in_place = range.start > 0;
        let part = |range: Option<&str>| range.unwrap_or_default().trim().to_owned();
        let (above, below) = (markdown.get(..range.start), markdown.get(range.end..));
        body = Some([part(above), part(below)].join("\n\n").trim().to_owned());
        container.title = container.title.or_else(|| Said::new(text, "first heading"));
    }
    let title = container.title.as_ref().map(|said| said.value.as_str());
    // A headline below the name of the office stays there in the text.
    let words = plain::plain(body.as_ref().filter(|_| !in_place).unwrap_or(&markdown));
    let text = match title {
        Some(title) if words.is_empty() => title.to_owned(),
        // The text begins with the same line where it is no heading there.
        Some(title) if in_place || words.lines().next().is_some_and(|l| same(l, title)) => words,
        Some(title) => format!("{title}\n\n{words}"),
        None => words,
    };
    Source {
        text,
        markdown: Some(body.unwrap_or(markdown)),
        container,
        notes: Vec::new(),
    }
}

/// Characters and lines that may stand above a headline: the office, the number of the release.
const ABOVE: (usize, usize) = (200, 3);

/// The headline of a document: a heading of the first two levels on its first line, or its one heading of the first level below a few words.
fn heading(markdown: &str) -> Option<(Range<usize>, String, usize)> {
    let (mut at, mut lines) = (0, 0);
    let mut all = markdown.split_inclusive('\n').peekable();
    while let Some(line) = all.next() {
        let mut range = at..at + line.len();
        at = range.end;
        if line.trim().is_empty() {
            continue;
        }
        let first = lines == 0;
        let mut level = line.bytes().take_while(|b| *b == b'#').count();
        let mut is_heading =
            (1..=2).contains(&level) && line.get(level..).is_some_and(|l| l.starts_with(' '));
        // A line of `=` below makes a heading of it, too.
        let below = all.peek().map_or("", |line| line.trim());
        if first && below.len() > 2 && below.bytes().all(|b| b == b'=') {
            (level, is_heading) = (1, true);
            range.end += all.peek().map_or(0, |line| line.len());
        }
        if is_heading && (first || level == 1 && markdown.matches("\n# ").count() == 1) {
            let text = plain::plain(markdown.get(range.clone()).unwrap_or_default());
            let begins = if first { 0 } else { range.start };
            return (!text.is_empty()).then_some((begins..range.end, text, level));
        }
        lines += 1;
        if level > 0 || lines > ABOVE.1 || at > ABOVE.0 {
            return None;
        }
    }
    None
}

/// A converted document without a container.
pub fn titled(markdown: String) -> Source {
    source(markdown, Container::default())
}

fn same(a: &str, b: &str) -> bool {
    letters(a) == letters(b)
}

fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The day at the beginning of a time as machines write it, in its own zone.
pub(super) fn day(time: &str) -> Option<String> {
    let time = time.trim();
    let date = jiff::fmt::temporal::Pieces::parse(time)
        .map(|pieces| pieces.date())
        .ok()
        .or_else(|| Some(jiff::fmt::rfc2822::parse(time).ok()?.date()))
        .or_else(|| time.get(..10)?.parse().ok())?;
    (1900..2200)
        .contains(&date.year())
        .then(|| date.to_string())
}

/// HTML of strangers as Markdown: an allow-list first, and whatever still reads as HTML afterwards is text.
pub fn markdown(html: &str) -> String {
    if bounded(html).is_err() {
        return String::new();
    }
    let clean = Builder::default()
        .rm_tags(["img", "map", "area", "nav"])
        .add_clean_content_tags(["title", "noscript", "template", "nav"])
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::Deny)
        .clean(html)
        .to_string();
    let converter = HtmlToMarkdown::builder()
        .options(Options {
            bullet_list_marker: BulletListMarker::Dash,
            hr_style: HrStyle::Dashes,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        })
        .build();
    let found = converter
        .convert(&tables::tidied(&clean))
        .unwrap_or_default();
    // An indent of ideographic spaces begins a paragraph; Markdown has no such thing.
    let lines: Vec<&str> = found
        .lines()
        .map(|line| line.trim_start_matches('\u{3000}'))
        .collect();
    without_html(lines.join("\n").trim())
}

/// Markdown in which nothing is raw HTML.
pub(super) fn without_html(markdown: &str) -> String {
    let mut out = markdown.to_owned();
    // What one escape leaves may be HTML once more.
    for _ in 0..4 {
        let ranges: Vec<_> = Parser::new_ext(&out, plain::options())
            .into_offset_iter()
            .filter(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
            .map(|(_, range)| range)
            .collect();
        if ranges.is_empty() {
            return out;
        }
        for range in ranges.into_iter().rev() {
            let raw = out.get(range.clone()).unwrap_or_default();
            let escaped = raw.replace('<', "\\<");
            out.replace_range(range, &escaped);
        }
    }
    out.replace('<', "&lt;")
}

/// Refuses what is nested so deep that it can only be meant to break a reader.
fn bounded(html: &str) -> Result<(), String> {
    const VOID: [&[u8]; 14] = [
        b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta",
        b"param", b"source", b"track", b"wbr",
    ];
    // Elements whose end may be left out don't nest.
    const CLOSED: [&[u8]; 11] = [
        b"p", b"li", b"dt", b"dd", b"tr", b"td", b"th", b"thead", b"tbody", b"option", b"tfoot",
    ];
    let mut depth = 0_usize;
    // An end that no start of its name is open for closes nothing.
    let mut open: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name: &[u8] = &tag.name;
                // HTML has no element that closes itself; pictures and formulas have.
                let is_open = |name: &[u8]| open.get(name).is_some_and(|count| *count > 0);
                if tag.self_closing && (is_open(b"svg") || is_open(b"math")) {
                    continue;
                }
                if !VOID.contains(&name) && !CLOSED.contains(&name) {
                    depth += 1;
                    *open.entry(name.to_vec()).or_default() += 1;
                }
                if depth > NESTING {
                    return Err(format!(
                        "the page has more than {NESTING} elements within each other, which no page has; save its text as .txt"
                    ));
                }
            }
            Token::EndTag(tag) => {
                let name: &[u8] = &tag.name;
                if let Some(of_name) = open.get_mut(name).filter(|count| **count > 0) {
                    *of_name -= 1;
                    depth -= 1;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// What is said of a page some bytes of which are no letters.
fn unread(bytes: &[u8], text: &str) -> Option<String> {
    let own = "\u{FFFD}".as_bytes();
    let there = text.contains('\u{FFFD}') && !bytes.windows(own.len()).any(|part| part == own);
    there.then(|| {
        "some bytes of the page are no letters; `\u{FFFD}` stands in their place".to_owned()
    })
}

/// Bytes of a page as text: byte order mark, UTF-8, what the page says of itself, else a guess.
pub fn text(bytes: &[u8]) -> String {
    if Encoding::for_bom(bytes).is_none() {
        if let Ok(text) = std::str::from_utf8(bytes) {
            return text.to_owned();
        }
        let head = bytes.get(..2048).unwrap_or(bytes).to_ascii_lowercase();
        let head = String::from_utf8_lossy(&head);
        let named = head.split("charset=").nth(1).map(|rest| {
            rest.trim_start_matches(['"', '\'', ' '])
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c))
                .collect::<String>()
        });
        if let Some(encoding) = named.and_then(|name| Encoding::for_label(name.as_bytes()))
            && encoding != encoding_rs::UTF_8
        {
            return encoding.decode(bytes).0.into_owned();
        }
    }
    decode::decode(bytes).map_or_else(
        |_| String::from_utf8_lossy(bytes).into_owned(),
        |(text, _)| text,
    )
}
