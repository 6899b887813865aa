//! The body of a briefing, rendered once for its page and for the feeds that hold it: a text that is read away from the site is the page's own,
//! with full addresses and without what only a page has. Refuses nothing.

use std::sync::{Arc, Mutex, PoisonError};

use memchr::memchr;

use crate::{
    render::markdown::Html,
    site::{
        Data, Route, Site,
        data::{Format, positions},
    },
};

/// The bodies that more than one file holds. Each is made when it is first asked for, and goes when a build has asked as often as there are files that
/// hold it; who asks once more gets one just made, as for those that are not kept.
#[derive(Debug, Default)]
pub(in crate::render) struct Bodies(Vec<Kept>);

/// A briefing of some feed.
#[derive(Debug, Default)]
struct Kept {
    /// The body of its page.
    html: Shared<Arc<Html>>,
    /// Its entry in an Atom feed, the same in each.
    entry: Shared<Arc<Vec<u8>>>,
}

/// A value that so many files share: who asks last takes it away.
#[derive(Debug, Default)]
struct Shared<T>(Mutex<(usize, Option<T>)>);

impl<T: Clone> Shared<T> {
    /// One file more has it.
    fn add(&mut self) {
        let inside = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        inside.0 += 1;
    }

    /// The value for one of the files.
    fn get(&self, make: impl FnOnce() -> T) -> T {
        let mut inside = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (left, kept) = &mut *inside;
        *left = left.saturating_sub(1);
        if *left == 0 {
            let last = kept.take();
            drop(inside);
            return last.unwrap_or_else(make);
        }
        kept.get_or_insert_with(make).clone()
    }
}

impl Bodies {
    /// For the pages and feeds of a site.
    pub(in crate::render) fn of(site: &Site) -> Self {
        let mut kept: Vec<Kept> = site.briefings.iter().map(|_| Kept::default()).collect();
        for route in site.routes.values() {
            match route {
                Route::Data(Data::List(scope, format)) if format.is_full() => {
                    for at in positions(site, scope).iter().take(site.config.feed_limit) {
                        let Some(place) = kept.get_mut(*at) else {
                            continue;
                        };
                        if *format == Format::Atom {
                            place.entry.add();
                        } else {
                            place.html.add();
                        }
                    }
                }
                Route::Briefing(at) | Route::Data(Data::Ninjs(at)) => {
                    if let Some(place) = kept.get_mut(*at) {
                        place.html.add();
                    }
                }
                _ => {}
            }
        }
        for place in &mut kept {
            let inside = place.entry.0.get_mut();
            if inside.unwrap_or_else(PoisonError::into_inner).0 > 0 {
                place.html.add();
            }
        }
        Self(kept)
    }

    /// The body of a briefing, a position in `Site::briefings`.
    pub(in crate::render) fn get(&self, at: usize, make: impl FnOnce() -> Html) -> Arc<Html> {
        let make = || Arc::new(make());
        match self.0.get(at) {
            Some(kept) => kept.html.get(make),
            None => make(),
        }
    }

    /// The entry of a briefing in Atom feeds, by its position.
    pub(super) fn entry(&self, at: usize, make: impl FnOnce() -> Vec<u8>) -> Arc<Vec<u8>> {
        let make = || Arc::new(make());
        match self.0.get(at) {
            Some(kept) => kept.entry.get(make),
            None => make(),
        }
    }
}

/// The HTML of a page's body as other programs get it. `page` is the page's full address, `origin` the site's scheme and host. No text of a
/// body has a bare `<`, and no attribute a bare `>`, so that what stands between the two is a tag.
pub(super) fn away(html: &str, page: &str, origin: &str) -> String {
    let (page, origin) = (
        quick_xml::escape::escape(page),
        quick_xml::escape::escape(origin),
    );
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    // Whether the link that is open was the page's own and is left out.
    let mut left_out = false;
    while let Some(start) = memchr(b'<', rest.as_bytes()) {
        let (text, from) = rest.split_at(start);
        out.push_str(text);
        let end = memchr(b'>', from.as_bytes());
        let (tag, after) = from.split_at(end.map_or(from.len(), |end| end + 1));
        rest = after;
        if tag.starts_with("<a class=\"here\"") || tag.starts_with("<a class=\"self\"") {
            left_out = true;
        } else if tag == "</a>" && left_out {
            left_out = false;
        } else if tag.starts_with("<p id=\"") {
            out.push_str("<p>");
        } else if tag.starts_with("<div class=\"table\"") {
            out.push_str("<div>");
        } else if tag == "<pre tabindex=\"0\">" {
            out.push_str("<pre>");
        } else {
            in_full(tag, &page, &origin, &mut out);
        }
    }
    out.push_str(rest);
    out
}

/// A tag whose address, where it has one, is full.
fn in_full(tag: &str, page: &str, origin: &str, out: &mut String) {
    let leads_away = tag.starts_with("<a ") || tag.starts_with("<img ");
    let names = [" href=\"", " src=\""].into_iter().filter(|_| leads_away);
    let at = names
        .filter_map(|name| Some(tag.find(name)? + name.len()))
        .min();
    let Some(at) = at else {
        out.push_str(tag);
        return;
    };
    let (before, address) = tag.split_at(at);
    out.push_str(before);
    if address.starts_with('/') && !address.starts_with("//") {
        out.push_str(origin);
    } else if address.starts_with(['#', '?', '"']) {
        out.push_str(page);
    }
    out.push_str(address);
}

#[cfg(test)]
mod tests {
    use super::away;

    #[test]
    fn addresses_are_full_and_what_only_a_page_has_is_gone() {
        let of = |html| away(html, "https://a.example/b/c/", "https://a.example");
        for (page, feed) in [
            (
                "<p id=\"p-1\">A <a href=\"/x?a=1&amp;b\">href=\"/y\"</a>.<a class=\"here\" href=\"#p-1\" aria-label=\"Paragraph 1\"></a></p>",
                "<p>A <a href=\"https://a.example/x?a=1&amp;b\">href=\"/y\"</a>.</p>",
            ),
            (
                "<h2 id=\"t\"><a class=\"self\" href=\"#t\">T</a></h2><img src=\"/i.png\" alt=\"&gt;\" />",
                "<h2 id=\"t\">T</h2><img src=\"https://a.example/i.png\" alt=\"&gt;\" />",
            ),
            (
                "<sup><a href=\"#1\">1</a></sup><a href=\"//o.example/\">o</a><a href=\"\">p</a><a href=\"mailto:a@b.c\">m</a>",
                "<sup><a href=\"https://a.example/b/c/#1\">1</a></sup><a href=\"//o.example/\">o</a><a href=\"https://a.example/b/c/\">p</a><a href=\"mailto:a@b.c\">m</a>",
            ),
            (
                "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"T\"><table></table></div><pre tabindex=\"0\"><code>1 &lt; 2</code></pre>",
                "<div><table></table></div><pre><code>1 &lt; 2</code></pre>",
            ),
        ] {
            assert_eq!(of(page), feed);
        }
    }
}
