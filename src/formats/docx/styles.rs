//! The part of styles → what each paragraph and character style means. Refuses nothing beyond what XML refuses.

use std::collections::BTreeMap;

use super::xml::{self, Event};

/// Styles that a style may be based on, one on another.
const CHAIN: usize = 16;

/// What one style says itself.
#[derive(Clone, Debug, Default)]
struct Style {
    /// Its English name in lower case.
    name: String,
    based_on: Option<String>,
    outline: Option<usize>,
    list: Option<String>,
    level: Option<usize>,
    bold: Option<bool>,
    italic: Option<bool>,
}

/// What a paragraph is by its style.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing that a style may say"
)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The level of a heading, the document's title being 1 and `Heading 1` too.
    pub(super) heading: Option<u8>,
    /// It quotes.
    pub(super) quote: bool,
    /// A line of a table of contents.
    pub(super) contents: bool,
    /// The list that it is an item of, and how deep.
    pub(super) list: Option<(String, usize)>,
    /// How many lists that list lies in: Word has lists of one level for that.
    pub(super) within: usize,
    /// The look that its runs begin with.
    pub(super) bold: bool,
    pub(super) italic: bool,
}

/// All styles by id.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

impl Styles {
    /// Reads `styles.xml`; empty text gives no styles.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let mut styles = BTreeMap::new();
        let mut open: Option<(String, Style)> = None;
        xml::each(text, |event| match event {
            Event::Start(tag) => {
                if tag.is("style") {
                    open = tag.value("styleId").map(|id| (id, Style::default()));
                }
                let Some((_, style)) = &mut open else { return };
                match tag.name {
                    "name" => style.name = tag.val().unwrap_or_default().to_lowercase(),
                    "basedOn" => style.based_on = tag.val(),
                    "outlineLvl" => style.outline = tag.number(),
                    "numId" => style.list = tag.val(),
                    "ilvl" => style.level = tag.number(),
                    "b" => style.bold = Some(tag.is_on()),
                    "i" => style.italic = Some(tag.is_on()),
                    _ => {}
                }
            }
            Event::End("style") => styles.extend(open.take()),
            Event::End(_) | Event::Text(_) => {}
        })?;
        Ok(Self(styles))
    }

    /// What a style means with all that it is based on.
    pub(super) fn meaning(&self, id: &str) -> Meaning {
        let chain: Vec<&Style> = std::iter::successors(self.0.get(id), |style| {
            style.based_on.as_ref().and_then(|base| self.0.get(base))
        })
        .take(CHAIN)
        .collect();
        let list = chain.iter().find_map(|s| s.list.clone());
        let level = chain.iter().find_map(|s| s.level).unwrap_or(0);
        Meaning {
            heading: chain
                .iter()
                .find_map(|s| heading(&s.name))
                .or_else(|| outline(chain.iter().find_map(|s| s.outline)?)),
            quote: chain.iter().any(|s| is_quote(&s.name)),
            contents: chain.iter().any(|s| s.name.starts_with("toc ")),
            list: list.map(|list| (list, level)),
            within: chain.iter().find_map(|s| depth(&s.name)).unwrap_or(0),
            bold: chain.iter().find_map(|s| s.bold).unwrap_or(false),
            italic: chain.iter().find_map(|s| s.italic).unwrap_or(false),
        }
    }
}

/// The names that Word, LibreOffice and converters give to the style of a quotation.
fn is_quote(name: &str) -> bool {
    name.ends_with("quote")
        || matches!(
            name,
            "quotation" | "quotations" | "block text" | "blockquote"
        )
}

/// How deep a list of Word's own styles lies: `List Bullet 3` in two others.
fn depth(name: &str) -> Option<usize> {
    let of = ["list bullet ", "list number ", "list paragraph "];
    let level = of.iter().find_map(|list| name.strip_prefix(list))?;
    level.parse::<usize>().ok()?.checked_sub(1)
}

/// The level of heading that an outline level stands for; the tenth is body text.
pub(super) fn outline(level: usize) -> Option<u8> {
    (level < 6).then_some(level as u8 + 1)
}

fn heading(name: &str) -> Option<u8> {
    match name {
        "title" => Some(1),
        "subtitle" => Some(2),
        _ => name
            .strip_prefix("heading ")?
            .parse()
            .ok()
            .map(|level: u8| level.clamp(1, 6)),
    }
}
