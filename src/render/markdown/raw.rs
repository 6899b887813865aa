//! Raw HTML of a body → the tags that site.yaml allows, all else as text; and the HTML of such a body, sanitised. Refuses HTML that is nested
//! so deep, or left open so often, that a browser's tree of it would be far larger than the text.

use std::collections::{HashMap, HashSet};

use ammonia::{Builder, UrlRelative};
use html5gum::{DefaultEmitter, Token, Tokenizer};
use quick_xml::escape::escape;

use crate::config::RawHtml;

/// Elements within each other.
const NESTING: usize = 256;

/// Elements whose end is never written.
const VOID: [&[u8]; 5] = [b"br", b"hr", b"img", b"input", b"wbr"];

/// Elements that a browser opens again in each block that follows, where they are left open.
const REOPENED: [&[u8]; 10] = [
    b"a", b"b", b"code", b"em", b"i", b"s", b"small", b"strong", b"u", b"del",
];

/// Elements that our own writer of Markdown makes.
const WRITTEN: [&str; 27] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
];

/// A piece of raw HTML with the tags that are allowed, and the rest of it as text; `None` where no tag in it is allowed.
pub(super) fn passed(raw: &str, allow: &RawHtml) -> Option<String> {
    let mut out = String::with_capacity(raw.len());
    let mut any = false;
    let tokens = Tokenizer::new_with_emitter(raw, DefaultEmitter::<usize>::new_with_span());
    for token in tokens {
        let Ok(token) = token;
        let (span, tag) = match token {
            Token::StartTag(tag) => {
                let start = allow.allows(&tag.name).then(|| {
                    let kept = tag
                        .attributes
                        .iter()
                        .filter(|(name, _)| is_kept(&tag.name, name));
                    kept.fold(format!("<{}", text(&tag.name)), |start, (name, value)| {
                        format!("{start} {}=\"{}\"", text(name), escape(text(value)))
                    }) + ">"
                });
                (tag.span, start)
            }
            Token::EndTag(tag) => {
                let end = allow.allows(&tag.name);
                (tag.span, end.then(|| format!("</{}>", text(&tag.name))))
            }
            Token::String(words) => {
                out.push_str(&escape(text(&words)));
                continue;
            }
            // Comments say nothing to readers.
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => continue,
        };
        match tag {
            Some(tag) => {
                any = true;
                out.push_str(&tag);
            }
            None => out.push_str(&escape(raw.get(span.start..span.end).unwrap_or_default())),
        }
    }
    any.then_some(out)
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// Whether an attribute of an element that a person wrote stays. No id and no class: they are the page's own.
fn is_kept(element: &[u8], name: &[u8]) -> bool {
    matches!(
        (element, name),
        (_, b"title" | b"lang" | b"dir")
            | (b"details", b"open")
            | (b"time" | b"del" | b"ins", b"datetime")
    )
}

/// The HTML of a body that holds tags of its author's, such that sanitising it again changes nothing. `None` where it is nested too deep.
pub(super) fn sanitised(html: &str, allow: &RawHtml) -> Option<String> {
    if !fits(html) {
        return None;
    }
    let builder = builder(allow);
    let mut html = builder.clean(html).to_string();
    // What a browser makes of broken nesting is settled after a turn or two.
    for _ in 0..8 {
        let again = builder.clean(&html).to_string();
        if again == html {
            return Some(html);
        }
        html = again;
    }
    None
}

fn builder(allow: &RawHtml) -> Builder<'_> {
    let common = ["title", "lang", "dir"];
    let attributes: HashMap<&str, HashSet<&str>> = [
        ("a", &["href", "class", "aria-label"][..]),
        ("code", &["class"]),
        ("del", &["datetime"]),
        ("details", &["open"]),
        ("div", &["class", "role", "tabindex", "aria-label", "id"]),
        ("h2", &["id"]),
        ("h3", &["id"]),
        ("h4", &["id"]),
        ("h5", &["id"]),
        ("h6", &["id"]),
        ("img", &["src", "alt"]),
        ("input", &["type", "checked", "disabled"]),
        ("ins", &["datetime"]),
        ("ol", &["start"]),
        ("p", &["id"]),
        ("pre", &["tabindex"]),
        ("sup", &["class"]),
        ("td", &["class"]),
        ("th", &["class"]),
        ("time", &["datetime"]),
    ]
    .into_iter()
    .map(|(element, names)| (element, names.iter().copied().collect()))
    .collect();
    let mut builder = Builder::empty();
    builder
        .tags(WRITTEN.into_iter().chain(allow.names()).collect())
        .clean_content_tags(["script", "style", "template", "noscript", "title"].into())
        .tag_attributes(attributes)
        .generic_attributes(common.into())
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None);
    builder
}

/// Whether a browser's tree of this HTML is about as large as its text.
fn fits(html: &str) -> bool {
    let mut open: Vec<Vec<u8>> = Vec::new();
    let (mut reopened, mut starts, mut cost) = (0_usize, 0_usize, 0_usize);
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                starts += 1;
                cost += reopened;
                if VOID.contains(&&**tag.name) {
                    continue;
                }
                reopened += usize::from(REOPENED.contains(&&**tag.name));
                open.push(tag.name.to_vec());
                if open.len() > NESTING || cost > 8 * starts + 10_000 {
                    return false;
                }
            }
            Token::EndTag(tag) => {
                if let Some(at) = open.iter().rposition(|name| **name == *tag.name) {
                    reopened -= usize::from(REOPENED.contains(&&**tag.name));
                    open.remove(at);
                }
            }
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn allow(names: &str) -> RawHtml {
        serde_yaml::from_str(&format!("allow: [{names}]")).expect("elements")
    }

    #[test]
    fn what_is_not_allowed_is_text() {
        let allow = allow("details, summary, abbr");
        let of = |raw| passed(raw, &allow).unwrap_or_default();
        assert_eq!(
            of("<details open onclick=x id=a><SUMMARY>&lt;a</SUMMARY><b>x</b></details><!-- c -->"),
            "<details open=\"\"><summary>&lt;a</summary>&lt;b&gt;x&lt;/b&gt;</details>"
        );
        assert_eq!(
            of("<abbr title='\"><script>'>"),
            "<abbr title=\"&quot;&gt;&lt;script&gt;\">"
        );
        assert_eq!(passed("<script>alert(1)</script>", &allow), None);
    }

    #[test]
    fn trees_larger_than_their_text_are_refused() {
        let allow = allow("b, div, details");
        assert!(sanitised(&"<div>".repeat(100_000), &allow).is_none());
        assert!(sanitised(&"<div></details>".repeat(100_000), &allow).is_none());
        let open = (0..200).fold(String::new(), |text, n| format!("{text}<b title=\"{n}\">"));
        assert!(sanitised(&(open + &"<p>x".repeat(1000)), &allow).is_none());
        assert_eq!(
            sanitised("<p>a<details>b", &allow).as_deref(),
            Some("<p>a</p><details>b</details>")
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn sanitising_twice_changes_nothing(html in "(<(details|summary|b|p|table|td|a href=\"/x\"|li|ul|h2|svg|math|style|script|select|template|mtext|annotation-xml encoding=\"text/html\"|!--|/p|/b|/table|/details|/svg|br /|img src=x onerror=y)>|&lt;|x| |-->|\"|'){0,40}") {
            let allow = allow("details, summary, b, div");
            if let Some(once) = sanitised(&html, &allow) {
                prop_assert_eq!(sanitised(&once, &allow), Some(once));
            }
        }
    }
}
