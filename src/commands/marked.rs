//! A seed's text and its evidence → lines for a terminal, with the words that values rest on marked: in the colour of their field, or, where
//! there are no colours, in brackets with its name. Lines hold nothing but text and marks, so right-to-left script moves no column.

use anstyle::{AnsiColor, Style};

use crate::{
    content::doubtful,
    distill::{Document, Field, Span},
    edge::terminal,
};

const DIM: Style = Style::new().dimmed();

/// A text of more paragraphs is shown without those that have no mark, unless all is asked for.
const LONG: usize = 8;

/// Between the name of a field and its text: no line breaks there.
const NO_BREAK: char = '\u{A0}';

/// The fields that are marked, and how.
const FIELDS: [(Field, &str, Style); 7] = [
    (Field::Title, "title", Style::new().bold()),
    (Field::Date, "date", AnsiColor::Cyan.on_default().bold()),
    (
        Field::Countries,
        "country",
        AnsiColor::Green.on_default().bold(),
    ),
    (Field::Topics, "topic", AnsiColor::Yellow.on_default()),
    (
        Field::People,
        "person",
        AnsiColor::Magenta.on_default().bold(),
    ),
    (
        Field::Organisations,
        "organisation",
        AnsiColor::Blue.on_default().bold(),
    ),
    (Field::Summary, "summary", Style::new().underline()),
];

/// A span with the words for its field: `date`, or `date?` where the value is doubtful.
#[derive(Debug, PartialEq)]
struct Mark {
    span: Span,
    label: String,
    style: Style,
}

/// The lines of the text. `all` shows paragraphs without marks of a long text, too.
pub(super) fn marked(
    text: &str,
    document: &Document,
    colours: bool,
    all: bool,
    width: usize,
) -> Vec<String> {
    let marks = marks(document);
    let paragraphs = paragraphs(text);
    let skip = !all && paragraphs.len() > LONG;
    let mut lines = Vec::new();
    let mut skipped = 0;
    for paragraph in paragraphs {
        let own = within(&marks, paragraph);
        if own.is_empty() && skip {
            skipped += 1;
            continue;
        }
        leave_out(&mut lines, &mut skipped);
        lines.extend(painted(text, paragraph, &own, colours, width));
        lines.push(String::new());
    }
    leave_out(&mut lines, &mut skipped);
    lines
}

/// The names of the fields in their colours, for the reader of a coloured text.
pub(super) fn legend() -> String {
    let names: Vec<String> = FIELDS
        .iter()
        .map(|(_, name, style)| format!("{style}{name}{style:#}"))
        .collect();
    names.join("  ")
}

fn leave_out(lines: &mut Vec<String>, skipped: &mut usize) {
    if *skipped > 0 {
        let what = terminal::count(*skipped, "paragraph", "paragraphs");
        lines.push(format!(
            "{DIM}… {what} without marks (--verbose shows all){DIM:#}"
        ));
        lines.push(String::new());
        *skipped = 0;
    }
}

/// What speaks for a value, nested: an outer mark ends after the inner ones.
fn marks(document: &Document) -> Vec<Mark> {
    let mut marks = Vec::new();
    for (field, name, style) in FIELDS {
        let doubts: Vec<Span> = document
            .doubts
            .iter()
            .filter(|doubt| doubt.field == Some(field))
            .filter_map(|doubt| doubt.span)
            .collect();
        let mut spans: Vec<(Span, bool)> = document
            .evidence
            .get(&field)
            .into_iter()
            .flatten()
            .filter(|e| e.accepted && e.span.start < e.span.end)
            .map(|e| {
                let unsure =
                    doubtful::confidence(document, field, &e.value).is_some_and(|c| !c.is_enough());
                (
                    e.span,
                    unsure
                        || doubts
                            .iter()
                            .any(|doubt| doubt.start < e.span.end && e.span.start < doubt.end),
                )
            })
            .collect();
        spans.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut end = 0;
        for (span, unsure) in spans {
            // Of one field the longest is enough.
            if span.start >= end {
                end = span.end;
                let label = if unsure {
                    format!("{name}?")
                } else {
                    name.to_owned()
                };
                marks.push(Mark { span, label, style });
            }
        }
    }
    marks.sort_by_key(|mark| (mark.span.start, std::cmp::Reverse(mark.span.end)));
    // What would end after the mark that it begins in ends with it.
    let mut open: Vec<usize> = Vec::new();
    for mark in &mut marks {
        open.retain(|end| *end > mark.span.start);
        if let Some(end) = open.last() {
            mark.span.end = mark.span.end.min(*end);
        }
        open.push(mark.span.end);
    }
    marks
}

/// The runs of lines that hold something.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if line.trim().is_empty() {
            open = false;
        } else {
            let full = at + line.trim_end().len();
            match found.last_mut().filter(|_| open) {
                Some(last) => last.end = full,
                None => found.push(Span::new(at, full)),
            }
            open = true;
        }
        at = end;
    }
    found
}

/// The marks that touch a paragraph.
fn within(marks: &[Mark], paragraph: Span) -> Vec<&Mark> {
    let touches = |mark: &&Mark| mark.span.start < paragraph.end && paragraph.start < mark.span.end;
    marks.iter().filter(touches).collect()
}

/// A paragraph in lines of `width` columns.
fn painted(
    text: &str,
    paragraph: Span,
    marks: &[&Mark],
    colours: bool,
    width: usize,
) -> Vec<String> {
    let mut shown: Vec<char> = Vec::new();
    // The innermost mark of each character shown.
    let mut styles: Vec<Option<Style>> = Vec::new();
    let mut open: Vec<&Mark> = Vec::new();
    let mut next = marks.iter().copied().peekable();
    let slice = text.get(paragraph.start..paragraph.end).unwrap_or_default();
    let mut show = |sign: char, open: &[&Mark]| {
        shown.push(sign);
        styles.push(open.last().map(|mark| mark.style));
    };
    let close = |open: &mut Vec<&Mark>, at: usize, show: &mut dyn FnMut(char, &[&Mark])| {
        while open.last().is_some_and(|mark| mark.span.end <= at) {
            if !colours {
                show(']', open);
            }
            open.pop();
        }
    };
    for (offset, c) in slice.char_indices() {
        let at = paragraph.start + offset;
        close(&mut open, at, &mut show);
        while let Some(mark) = next.next_if(|mark| mark.span.start <= at) {
            open.push(mark);
            if !colours {
                format!("[{}:{NO_BREAK}", mark.label)
                    .chars()
                    .for_each(|sign| show(sign, &open));
            }
        }
        let c = if c == '\n' {
            c
        } else {
            terminal::clean(c.encode_utf8(&mut [0; 4]))
                .chars()
                .next()
                .unwrap_or(' ')
        };
        show(c, &open);
    }
    close(&mut open, usize::MAX, &mut show);

    terminal::lines(&shown, width)
        .into_iter()
        .map(|line| {
            let mut out = String::new();
            let mut style = None;
            for (c, now) in line
                .clone()
                .filter_map(|at| Some((shown.get(at)?, *styles.get(at)?)))
            {
                if now != style && colours {
                    out.push_str(
                        &style
                            .map(|style: Style| style.render_reset().to_string())
                            .unwrap_or_default(),
                    );
                    out.push_str(
                        &now.map(|style| style.render().to_string())
                            .unwrap_or_default(),
                    );
                    style = now;
                }
                out.push(if *c == NO_BREAK { ' ' } else { *c });
            }
            out.push_str(
                &style
                    .map(|style: Style| style.render_reset().to_string())
                    .unwrap_or_default(),
            );
            out
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, marks: &[(usize, usize, &str)], width: usize) -> Vec<String> {
        let marks: Vec<Mark> = marks
            .iter()
            .map(|(start, end, label)| Mark {
                span: Span::new(*start, *end),
                label: (*label).to_owned(),
                style: DIM,
            })
            .collect();
        paragraphs(text)
            .into_iter()
            .flat_map(|p| painted(text, p, &within(&marks, p), false, width))
            .collect()
    }

    #[test]
    fn a_long_text_is_shown_where_it_has_marks() {
        let text = "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday, the ministry of fisheries said.\n".to_owned()
            + &"\nNothing of note was said then.\n".repeat(12);
        let options = crate::distill::Options::default();
        let document = crate::distill::distill(text.as_bytes(), options).expect("a text");
        let shown = |all| marked(&text, &document, false, all, 80).join("\n");
        assert!(
            shown(false).contains("… 12 paragraphs without marks"),
            "{}",
            shown(false)
        );
        assert!(!shown(false).contains("of note") && shown(true).matches("of note").count() == 12);
        assert!(
            shown(false).contains("[date: 27 January 2026]"),
            "{}",
            shown(false)
        );
    }

    #[test]
    fn brackets_nest_and_lines_keep_to_the_width() {
        let marks = [(0, 22, "title"), (3, 8, "countries"), (12, 22, "date")];
        assert_eq!(
            shown("Le Maroc le 27 janvier, hier\n\n\nfin", &marks, 40),
            [
                "[title: Le [countries: Maroc] le",
                "[date: 27 janvier]], hier",
                "fin"
            ]
        );
        assert_eq!(
            shown("签署协议", &[(0, 6, "topics")], 80),
            ["[topics: 签署]协议"]
        );
        assert_eq!(shown("a\u{1b}[31m\u{202e}b", &[], 80), ["a [31m b"]);
    }
}
