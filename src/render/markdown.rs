//! Markdown → safe HTML, table of contents and word count. Raw HTML is shown as text, but for what site.yaml allows; links are resolved; headings get ids, and
//! on an item's own page each heading and each paragraph is a link to itself.

mod headings;
mod ids;
mod notes;
mod paragraphs;
mod raw;
mod tables;
mod words;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd, html};

pub use self::headings::Heading;
use self::{
    headings::Headings,
    ids::Ids,
    notes::Notes,
    paragraphs::Paragraphs,
    tables::{Cells, scroll_region},
};
use super::links::{Links, Target};
use crate::{
    config::RawHtml,
    content::{Entry, addresses::dialect},
    diagnostic::{Diagnostic, Lines, Rule},
    site::card::portable,
};

/// A rendered body.
#[derive(Clone, Debug, Default)]
pub struct Html {
    /// Safe HTML.
    pub content: String,
    /// The headings, nested.
    pub toc: Vec<Heading>,
    /// Links that lead nowhere.
    pub diagnostics: Vec<Diagnostic>,
}

impl Html {
    /// The number of words: what spaces set apart; in scripts without spaces, by the rules of Unicode (each Chinese or Japanese character
    /// counts as one).
    pub fn words(&self) -> usize {
        words::count(&self.content)
    }
}

/// Words of the interface that stand in a body. None of them is needed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Labels<'a> {
    /// What a screen reader calls a table that scrolls.
    pub table: &'a str,
    /// What it calls the link of a paragraph; `{n}` is the paragraph's number. Without it, nothing links to itself.
    pub paragraph: &'a str,
}

/// Renders the body of a content file.
pub fn render(entry: &Entry, links: &Links<'_>, labels: Labels<'_>) -> Html {
    rendered(&entry.body, entry.body_line, links, labels)
}

/// Renders a piece of Markdown that belongs to no file.
pub fn fragment(text: &str) -> String {
    rendered(text, 1, &Links::detached(), Labels::default()).content
}

fn rendered(body: &str, first_line: usize, links: &Links<'_>, labels: Labels<'_>) -> Html {
    let (mut out, has_raw) = written(body, first_line, links, labels, links.raw_html());
    let Some(allow) = links.raw_html().filter(|_| has_raw) else {
        return out;
    };
    if let Some(content) = raw::sanitised(&out.content, allow) {
        out.content = content;
        return out;
    }
    let mut out = written(body, first_line, links, labels, None).0;
    let reason = "its HTML elements are nested too deep, or too many of them are left open";
    let found = Diagnostic::error(links.file(), reason).rule(Rule::RawHtml);
    out.diagnostics
        .push(found.help("the HTML is shown as text; close each element where it ends"));
    out
}

/// The HTML of a body, and whether tags of its author's are in it: those of elements that are allowed.
fn written(
    body: &str,
    first_line: usize,
    links: &Links<'_>,
    labels: Labels<'_>,
    allow: Option<&RawHtml>,
) -> (Html, bool) {
    let mut has_raw = false;
    let mut block: Option<String> = None;
    let mut out = Html::default();
    let line_table = Lines::of(body, first_line);
    let mut events = Vec::new();
    let mut ids = Ids::default();
    let mut notes = Notes::default();
    let mut headings = Headings::new(!labels.paragraph.is_empty());
    let mut dropped_links = Vec::new();
    let mut dropped_images = Vec::new();
    let mut tables = 0;
    let mut cells = Cells::default();
    let mut paragraphs = Paragraphs::new(labels.paragraph);
    for (event, range) in Parser::new_ext(body, dialect()).into_offset_iter() {
        let event = match event {
            // Raw HTML is text: a content file is not trusted. Where the site allows some, the tags of a block are seen together.
            Event::Html(text) if block.is_some() => {
                block.get_or_insert_default().push_str(&text);
                continue;
            }
            Event::Start(Tag::HtmlBlock) if allow.is_some() => {
                block = Some(String::new());
                continue;
            }
            Event::End(TagEnd::HtmlBlock) if block.is_some() => {
                let raw = block.take().unwrap_or_default();
                if let Some(html) = allow.and_then(|allow| raw::passed(&raw, allow)) {
                    has_raw = true;
                    events.push(Event::Html(html.into()));
                    continue;
                }
                for event in [Event::Start(Tag::Paragraph), Event::Text(raw.into())] {
                    paragraphs.see(&event, &mut events, &mut ids);
                    events.push(event);
                }
                Event::End(TagEnd::Paragraph)
            }
            Event::InlineHtml(text) => match allow.and_then(|allow| raw::passed(&text, allow)) {
                Some(html) => {
                    has_raw = true;
                    Event::InlineHtml(html.into())
                }
                None => Event::Text(text),
            },
            Event::Html(text) => Event::Text(text),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }) => match links.resolve(&dest_url) {
                Target::Address(address) => {
                    dropped_links.push(false);
                    let dest_url = if link_type == pulldown_cmark::LinkType::Email {
                        CowStr::from(format!("mailto:{address}"))
                    } else {
                        address.into()
                    };
                    // The mail scheme is written above, so that the renderer does not add it twice.
                    let link_type = pulldown_cmark::LinkType::Inline;
                    Event::Start(Tag::Link {
                        link_type,
                        dest_url,
                        title,
                        id,
                    })
                }
                Target::Nowhere(reason) => {
                    dropped_links.push(true);
                    out.diagnostics
                        .push(links.complaint(line_table.at(range.start), reason));
                    continue;
                }
            },
            Event::End(TagEnd::Link) if dropped_links.pop() == Some(true) => continue,
            Event::Start(Tag::Image {
                link_type,
                dest_url,
                title,
                id,
            }) => {
                let target = links.resolve(&dest_url);
                dropped_images.push(matches!(target, Target::Nowhere(_)));
                match target {
                    Target::Address(address) => Event::Start(Tag::Image {
                        link_type,
                        dest_url: address.into(),
                        title,
                        id,
                    }),
                    Target::Nowhere(reason) => {
                        out.diagnostics
                            .push(links.complaint(line_table.at(range.start), reason));
                        continue;
                    }
                }
            }
            Event::End(TagEnd::Image) if dropped_images.pop() == Some(true) => continue,
            Event::Start(Tag::Table(alignment)) => {
                tables += 1;
                events.push(Event::Html(scroll_region(labels.table, tables)));
                cells = Cells::of(&alignment);
                Event::Start(Tag::Table(Vec::new()))
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                cells.row(matches!(event, Event::Start(Tag::TableHead)));
                event
            }
            Event::Start(Tag::TableCell) => Event::Html(cells.open().into()),
            Event::End(TagEnd::TableCell) => Event::Html(cells.close().into()),
            Event::End(TagEnd::Table) => {
                events.push(Event::End(TagEnd::Table));
                Event::Html("</div>\n".into())
            }
            Event::FootnoteReference(label) => {
                Event::FootnoteReference(notes.marked(&label, &mut ids).into())
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                Event::Start(Tag::FootnoteDefinition(notes.told(&label, &mut ids).into()))
            }
            Event::Start(Tag::CodeBlock(kind)) => Event::Html(code_block(&kind)),
            Event::End(TagEnd::CodeBlock) => Event::Html("</code></pre>\n".into()),
            Event::Start(Tag::Heading { .. }) => headings.begin(event, &mut events),
            Event::End(TagEnd::Heading(level)) => {
                Event::End(TagEnd::Heading(headings.end(level, &mut events, &mut ids)))
            }
            event => event,
        };
        headings.see(&event);
        paragraphs.see(&event, &mut events, &mut ids);
        events.push(event);
    }
    out.content.reserve(body.len() * 5 / 4);
    html::push_html(&mut out.content, events.into_iter());
    out.toc = headings.nested();
    (out, has_raw)
}

/// The opening of a code block, which scrolls by keyboard too.
fn code_block(kind: &CodeBlockKind<'_>) -> CowStr<'static> {
    match kind {
        CodeBlockKind::Fenced(info) if !info.is_empty() => {
            let lang = portable(info.split([' ', ',']).next().unwrap_or_default());
            format!("<pre tabindex=\"0\"><code class=\"language-{lang}\">").into()
        }
        _ => "<pre tabindex=\"0\"><code>".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_html_is_text() {
        let html = fragment("a <b onclick=x>c</b>\n\n<script>alert(1)</script>\n");
        assert!(!html.contains("<b") && !html.contains("<script"), "{html}");
    }

    #[test]
    fn headings_nest_and_have_ids() {
        let html = rendered(
            "# A\n\n## B\n\n### C\n\n## B\n\n# الرباط\n",
            1,
            &Links::detached(),
            Labels::default(),
        );
        let shape = |h: &Heading| (h.level, h.id.clone());
        assert_eq!(
            html.toc.iter().map(shape).collect::<Vec<_>>(),
            [
                (2, "a".into()),
                (2, "b".into()),
                (2, "b-2".into()),
                (2, "الرباط".into())
            ]
        );
        assert_eq!(
            html.toc[1].children.iter().map(shape).collect::<Vec<_>>(),
            [(3, "c".into())]
        );
    }

    #[test]
    fn a_footnote_has_an_id_of_its_own() {
        let html = fragment("# A\n\nx[^a] y[^*] z[^A]\n\n[^a]: one\n\n[^a]: two\n\n[^*]: three\n");
        for id in ["a", "a-2", "a-2-2", "page"] {
            assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{html}");
        }
        assert_eq!(html.matches("href=\"#a-2\"").count(), 2, "{html}");
    }

    #[test]
    fn paragraphs_link_to_themselves_where_there_are_words_for_it() {
        let words = Labels {
            table: "",
            paragraph: "Paragraph {n}",
        };
        let of = |body: &str| rendered(body, 1, &Links::detached(), words).content;
        let html = of("## A\n\nOne.\n\n- item\n\n  more\n\n> Two.\n\n## [B](https://b.example/)\n");
        assert!(
            html.contains("<h2 id=\"a\"><a class=\"self\" href=\"#a\">A</a></h2>"),
            "{html}"
        );
        assert!(html.contains("<h2 id=\"b\"><a href"), "{html}");
        assert_eq!(html.matches("class=\"here\"").count(), 2, "{html}");
        assert!(html.contains("aria-label=\"Paragraph 2\""), "{html}");
        let id = |html: &str, text: &str| {
            let before = html.split(&format!("\">{text}")).next().unwrap_or_default();
            before.rsplit('"').next().unwrap_or_default().to_owned()
        };
        let after = of("A new one.\n\nOne.\n");
        assert!(id(&html, "One.").starts_with("p-"), "{html}");
        assert_eq!(
            id(&html, "One."),
            id(&after, "One."),
            "stays when another comes before it"
        );
        assert_eq!(fragment("One.\n"), "<p>One.</p>\n");
    }

    #[test]
    fn a_forbidden_link_keeps_its_text_and_names_its_line() {
        let html = rendered(
            "x\n\n[go](javascript:alert(1)) [a](https://example.org/)\n",
            10,
            &Links::detached(),
            Labels::default(),
        );
        assert!(
            html.content
                .contains("<p>go <a href=\"https://example.org/\">a</a></p>"),
            "{}",
            html.content
        );
        assert_eq!(html.diagnostics[0].line, Some(12));
    }
}
