//! A mail written as plain text → its text, without what it quotes and its signature, and its Markdown, with them. Refuses nothing.

use crate::distill::{Container, Source, markdown_text};

/// A mail written as plain text.
pub(super) fn source(text: &str, container: Container) -> Source {
    let signature = text.find("\n-- \n").unwrap_or(text.len());
    let (own, rest) = text.split_at(signature);
    let quoted: Vec<String> = own
        .split_inclusive('\n')
        .collect::<Vec<_>>()
        .chunk_by(|a, b| is_quoted(a) == is_quoted(b))
        .map(|lines| {
            if !lines.first().is_some_and(|line| is_quoted(line)) {
                return markdown_text::markdown_text(&lines.concat());
            }
            let block: String = lines
                .iter()
                .map(|l| l.trim_start_matches(['>', ' ']))
                .collect();
            let block = markdown_text::markdown_text(&block);
            let lines: Vec<String> = block
                .lines()
                .map(|l| format!("> {l}").trim_end().to_owned())
                .collect();
            lines.join("\n")
        })
        .filter(|block| !block.trim().is_empty())
        .collect();
    let mut markdown = quoted.join("\n\n");
    let rest = rest.trim_start_matches("\n-- \n");
    if !rest.trim().is_empty() {
        markdown.push_str("\n\n");
        markdown.push_str(&markdown_text::markdown_text(rest));
    }
    let own: Vec<&str> = own.lines().filter(|line| !is_quoted(line)).collect();
    let own = own.join("\n");
    let own = own.trim();
    let text = match &container.title {
        Some(said) if !own.starts_with(&said.value) => format!("{}\n\n{own}", said.value),
        _ => own.to_owned(),
    };
    Source {
        text,
        markdown: Some(markdown.trim().to_owned()),
        container,
        notes: Vec::new(),
    }
}

fn is_quoted(line: &str) -> bool {
    line.starts_with('>')
}

/// A text of `format=flowed`, in which a line that ends with a space goes on in the next one of the same depth.
pub(super) fn unfolded(text: &str) -> String {
    let depth = |line: &str| line.len() - line.trim_start_matches('>').len();
    let mut out = String::with_capacity(text.len());
    let mut open = None;
    for line in text.split('\n') {
        // A space at the beginning only keeps what follows from being read otherwise.
        let marks = depth(line);
        let content = line.get(marks..).unwrap_or_default();
        let content = content.strip_prefix(' ').unwrap_or(content);
        if open == Some(marks) && !content.trim().is_empty() && content != "-- " {
            out.push_str(content);
        } else {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(line.get(..marks).unwrap_or_default());
            out.extend((marks > 0).then_some(' '));
            out.push_str(content);
        }
        open = (content.ends_with(' ') && content != "-- ").then_some(marks);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::unfolded;

    #[test]
    fn a_flowed_text_has_one_line_a_paragraph() {
        assert_eq!(
            unfolded("One \ntwo \nthree.\n\n> a \n> b\n From\n-- \nSign"),
            "One two three.\n\n> a b\nFrom\n-- \nSign"
        );
    }
}
