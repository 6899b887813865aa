//! A page as a browser parses it → what in it would run, load or send something. The theme's own files and forms are no faults.

use dom_query::Document;

/// Elements that run, load or change the page, wherever they come from. Scripts, forms and links of the theme are looked at one by one.
const NEVER: [&str; 18] = [
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "base",
    "style",
    "template",
    "noscript",
    "portal",
    "fencedframe",
    "foreignobject",
    "animate",
    "set",
    "math",
    "marquee",
    "plaintext",
];

/// Attributes that hold addresses.
const ADDRESSES: [&str; 12] = [
    "href",
    "src",
    "action",
    "formaction",
    "xlink:href",
    "data",
    "poster",
    "ping",
    "srcset",
    "background",
    "cite",
    "manifest",
];

/// What is wrong in the page, or nothing.
pub(crate) fn faults(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let page = Document::from(html);
    for node in page.select("*").nodes() {
        let name = node
            .node_name()
            .map(|n| n.to_lowercase())
            .unwrap_or_default();
        let attribute = |wanted: &str| {
            let all = node.attrs();
            let one = all.iter().find(|a| a.name.local.to_lowercase() == wanted);
            one.map(|a| a.value.to_string())
        };
        if NEVER.contains(&name.as_str()) {
            found.push(format!("<{name}>"));
        }
        match name.as_str() {
            "script" if attribute("type").as_deref() == Some("application/ld+json") => {
                if let Err(error) = serde_json::from_str::<serde_json::Value>(&node.text()) {
                    found.push(format!("JSON-LD: {error}"));
                }
            }
            "script"
                if !attribute("src").is_some_and(|src| src.starts_with("/assets/"))
                    || !node.text().is_empty() =>
            {
                found.push("<script>".to_owned());
            }
            "form"
                if !attribute("action")
                    .is_none_or(|to| to.starts_with('/') && !to.starts_with("//")) =>
            {
                found.push("<form>".to_owned());
            }
            // The page at a former address leads to the new one, on the same site.
            "meta"
                if attribute("http-equiv").is_some()
                    && !attribute("content").is_some_and(|to| {
                        to.starts_with("0; url=/") && !to.starts_with("0; url=//")
                    }) =>
            {
                found.push("<meta http-equiv>".to_owned());
            }
            "link"
                if attribute("rel").as_deref() == Some("stylesheet")
                    && !attribute("href").is_some_and(|to| to.starts_with("/assets/")) =>
            {
                found.push("<link>".to_owned());
            }
            _ => {}
        }
        for one in node.attrs() {
            let key = one.name.local.to_lowercase();
            if key.starts_with("on") || matches!(key.as_str(), "style" | "srcdoc" | "formaction") {
                found.push(format!("<{name} {key}>"));
            }
            if ADDRESSES.contains(&key.as_str()) && forbidden(&one.value) {
                found.push(format!("<{name} {key}={:?}>", &*one.value));
            }
        }
    }
    found
}

/// Whether a browser would take an address for one of a scheme that is not for reading: it skips control characters and spaces.
fn forbidden(address: &str) -> bool {
    let read: String = address
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .collect();
    let Some((scheme, _)) = read.split_once(':') else {
        return false;
    };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme
        && !matches!(
            scheme.to_ascii_lowercase().as_str(),
            "http" | "https" | "mailto" | "tel"
        )
}

/// What a reader of the page sees, as one text.
pub(crate) fn text(html: &str) -> String {
    Document::from(html).text().to_string()
}

#[test]
fn the_judge_sees_what_is_wrong() {
    for html in [
        "<script>x</script>",
        "<img src=x OnError=x>",
        "<a href='java&#10;script:x'>a</a>",
        "<svg><a xlink:href='javascript:x'></a></svg>",
        "<p style=x>",
        "<base href=x>",
        "<form action=//x>",
        "<meta http-equiv=refresh>",
    ] {
        assert!(!faults(html).is_empty(), "{html}");
    }
    assert_eq!(
        faults("<p>&lt;script&gt; onerror=x <a href='/a:b'>javascript:</a></p>"),
        [""; 0]
    );
}
