//! The HTML of a page → what a check asks of it: its ids, all its links, those that a reader follows, images that nobody described.

use std::collections::BTreeSet;

use html5gum::{Token, Tokenizer};

/// What one rendered page holds.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// Its ids; none of what is no HTML.
    pub(super) ids: Option<BTreeSet<String>>,
    /// `href` and `src` of whatever element, and what `srcset` names.
    pub(super) links: BTreeSet<String>,
    /// `href` of `a`.
    pub(super) followed: BTreeSet<String>,
    /// `src` of images without `alt`.
    pub(super) undescribed: BTreeSet<String>,
}

impl Page {
    pub(super) fn read(html: &[u8]) -> Self {
        let (mut page, mut ids) = (Self::default(), BTreeSet::new());
        for token in Tokenizer::new(html).flatten() {
            let Token::StartTag(tag) = token else {
                continue;
            };
            let name: &[u8] = &tag.name;
            let described = tag.attributes.iter().any(|(name, _)| &***name == b"alt");
            for (attribute, value) in &tag.attributes {
                let value = String::from_utf8_lossy(value).into_owned();
                match &***attribute {
                    b"id" => {
                        ids.insert(value);
                    }
                    // A canonical or alternate link is a full address: it is read like any other.
                    b"href" | b"src" => {
                        if name == b"a" {
                            page.followed.insert(value.clone());
                        }
                        if name == b"img" && !described {
                            page.undescribed.insert(value.clone());
                        }
                        page.links.insert(value);
                    }
                    b"srcset" => page.links.extend(sources(&value)),
                    _ => {}
                }
            }
        }
        page.ids = Some(ids);
        page
    }
}

/// The addresses of a `srcset`.
fn sources(srcset: &str) -> impl Iterator<Item = String> {
    let parts = srcset
        .split(',')
        .filter_map(|part| part.split_whitespace().next());
    parts.map(str::to_owned)
}
