//! A briefing → the bytes of a file: a content file of Dépêche, one of Hugo, or a raw text of about 2 KB. The words are the same in all.

use std::fmt::Write;

use super::make::{Block, Briefing, Maker};

/// Bytes of a raw text: it ends with the block that brings it nearest to them.
const SEED_BYTES: usize = 2048;

/// For whom the briefings are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavour {
    /// Dépêche's content files.
    Plain,
    /// Hugo's: each list of Dépêche's site is a taxonomy there.
    Hugo,
    /// Prose alone.
    Txt,
}

impl Flavour {
    /// The flavour of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "plain" => Self::Plain,
            "hugo" => Self::Hugo,
            "txt" => Self::Txt,
            _ => return None,
        })
    }

    /// The folder of a site for its briefings, and how their names end.
    pub(super) fn place(self) -> (&'static str, &'static str) {
        match self {
            Self::Plain | Self::Hugo => ("content/briefings", "md"),
            Self::Txt => ("seeds", "txt"),
        }
    }

    /// The text of a briefing's file.
    pub(super) fn file(self, maker: &Maker, briefing: &Briefing) -> String {
        match self {
            Self::Plain => plain(briefing) + &markdown(&briefing.blocks),
            Self::Hugo => hugo(maker, briefing) + &markdown(&briefing.blocks),
            Self::Txt => text(briefing),
        }
    }
}

fn plain(briefing: &Briefing) -> String {
    format!(
        "---\ntitle: {}\ndate: {}Z\nlang: {}\ncountries: {}\ntopics: {}\nsummary: {}\n---\n\n",
        quoted(&briefing.title),
        briefing.time,
        briefing.lang,
        quoted(&briefing.countries),
        quoted(&briefing.topics),
        quoted(&briefing.summary),
    )
}

fn hugo(maker: &Maker, briefing: &Briefing) -> String {
    let countries = briefing.countries.iter().map(|code| maker.english(code));
    let day = briefing.time.date();
    format!(
        "---\ntitle: {}\ndate: {}Z\nlanguage: {lang}\nsummary: {}\ncountries: {}\ntopics: {}\nlanguages: [{lang}]\nyears: {}\nmonths: {}\ndays: {}\n---\n\n",
        quoted(&briefing.title),
        briefing.time,
        quoted(&briefing.summary),
        quoted(&countries.collect::<Vec<_>>()),
        quoted(&briefing.topics),
        quoted(&[day.strftime("%Y").to_string()]),
        quoted(&[day.strftime("%Y-%m").to_string()]),
        quoted(&[day.to_string()]),
        lang = briefing.lang,
    )
}

/// As JSON, which is YAML too.
fn quoted<T: serde::Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("words are JSON")
}

fn markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    let mut end = "";
    for block in blocks {
        out.push_str(end);
        end = "\n\n";
        let _ = match block {
            Block::Paragraph(text) => write!(out, "{}", marked(text)),
            Block::Heading(level, text) => write!(out, "{} {text}", "#".repeat(*level)),
            Block::List { numbered, items } => write!(out, "{}", list(*numbered, items)),
            Block::Quote(text) => write!(out, "> {text}"),
            Block::Table(rows) => write!(out, "{}", table(rows)),
            Block::Link(before, words, to) => {
                let words = words.replace('[', "(").replace(']', ")");
                write!(out, "{before}: [{words}]({to})")
            }
        };
    }
    out + "\n"
}

/// Some paragraphs have a bold and a slanted word.
fn marked(text: &str) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    if words.len() > 12 && text.len().is_multiple_of(3) {
        for (at, mark) in [(5, "**"), (9, "*")] {
            if words[at].chars().all(char::is_alphanumeric) {
                words[at] = format!("{mark}{}{mark}", words[at]);
            }
        }
    }
    words.join(" ")
}

fn list(numbered: bool, items: &[String]) -> String {
    let lines = items.iter().enumerate().map(|(at, item)| {
        if numbered {
            format!("{}. {item}", at + 1)
        } else {
            format!("- {item}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn table(rows: &[Vec<String>]) -> String {
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| format!("| {} |", row.join(" | ")))
        .collect();
    lines.insert(1, format!("|{}", " --- |".repeat(rows[0].len())));
    lines.join("\n")
}

/// The title and the text, without marks and without metadata.
fn text(briefing: &Briefing) -> String {
    let mut out = briefing.title.clone();
    for block in &briefing.blocks {
        let longer = format!("{out}\n\n{}", prose(block));
        if longer.len().abs_diff(SEED_BYTES) > out.len().abs_diff(SEED_BYTES) {
            break;
        }
        out = longer;
    }
    out + "\n"
}

fn prose(block: &Block) -> String {
    match block {
        Block::Paragraph(text) | Block::Heading(_, text) | Block::Quote(text) => text.clone(),
        Block::List { items, .. } => list(false, items),
        Block::Table(rows) => {
            let rows = rows.iter().skip(1).map(|row| row.join(", "));
            rows.collect::<Vec<_>>().join("\n")
        }
        Block::Link(before, words, _) => format!("{before}: {words}"),
    }
}
