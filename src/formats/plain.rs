//! Markdown → the same words without markup, for derivation: a line a paragraph, heading, item or row. Refuses nothing.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The extensions of Markdown that converters write.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

/// The words of a Markdown text. Of links only the text stays, of pictures nothing.
pub fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut pictures = 0_usize;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::Image { .. }) => pictures += 1,
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            Event::Text(text) | Event::Code(text) if pictures == 0 => out.push_str(&text),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('\n'),
            Event::Start(Tag::Item) => {
                fresh_line(&mut out);
                out.push_str("- ");
            }
            Event::End(TagEnd::TableCell) => out.push_str("  "),
            Event::End(TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead) => {
                fresh_line(&mut out);
            }
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::List(_)
                | TagEnd::Table
                | TagEnd::CodeBlock,
            )
            | Event::Rule => {
                fresh_line(&mut out);
                if !out.is_empty() && !out.ends_with("\n\n") {
                    out.push('\n');
                }
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}

fn fresh_line(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn only_words_stay() {
        assert_eq!(
            plain(
                "# A **b**\n\nc [d](https://x.example/May) ![May](p.png) `e`\\\nf\ng\n\n> q\n\n- h\n- i\n\n| j | k |\n|---|---|\n| 1 | 2 |\n\nl[^1]\n\n[^1]: m"
            ),
            "A b\n\nc d  e\nf g\n\nq\n\n- h\n- i\n\nj  k\n1  2\n\nl\n\nm"
        );
    }
}
