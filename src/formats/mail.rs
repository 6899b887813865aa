//! A mail (.eml) → its text, subject and date. Of several forms the plain text is read; replies quoted in it and its signature stay in the body
//! and are not derived from. Attachments are named in a note. Refuses what is no mail, is encrypted, or says nothing.

use mail_parser::{Address, MessageParser, MimeHeaders, PartType};

use super::html;
use crate::distill::{Container, Said, Source, markdown_text};

/// A mail.
pub fn source(bytes: &[u8]) -> Result<Source, String> {
    let mail = MessageParser::default()
        .parse(bytes)
        .filter(|mail| mail.subject().is_some() || mail.date().is_some() || mail.from().is_some())
        .ok_or("this is no mail: it has no header; save the text as .txt")?;
    let published = mail.date().filter(|date| date.is_valid()).and_then(|date| {
        let day = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
        Said::new(html::day(&day)?, "mail header Date")
    });
    let container = Container {
        title: mail
            .subject()
            .and_then(|s| Said::new(subject(s), "mail header Subject")),
        published,
        ..Container::default()
    };
    let plain: Vec<String> = mail
        .text_body
        .iter()
        .filter_map(|at| match &mail.parts.get(*at as usize)?.body {
            PartType::Text(text) => Some(text.replace("\r\n", "\n")),
            _ => None,
        })
        .collect();
    let plain = plain.join("\n\n");
    let mut found = if plain.trim().is_empty() {
        let pages: Vec<String> = mail
            .html_body
            .iter()
            .filter_map(|at| match &mail.parts.get(*at as usize)?.body {
                PartType::Html(page) => Some(html::markdown(page)),
                _ => None,
            })
            .collect();
        html::source(pages.join("\n\n").trim().to_owned(), container)
    } else {
        written(&plain, container)
    };
    if found.markdown.as_deref().is_none_or(str::is_empty) {
        return Err(if mail
            .parts
            .iter()
            .any(|p| p.is_content_type("multipart", "encrypted"))
        {
            "the mail is encrypted; save its text as .txt"
        } else {
            "the mail has no text; save its attachments as files beside it"
        }
        .to_owned());
    }
    let names: Vec<&str> = mail
        .attachments()
        .filter(|part| {
            part.content_disposition().is_none_or(|d| !d.is_inline())
                || part.attachment_name().is_some()
        })
        .map(|part| part.attachment_name().unwrap_or("one without a name"))
        .collect();
    if !names.is_empty() {
        found.notes.push(format!(
            "attachments of the mail were not read ({}); save those that matter as seeds of their own",
            names.join(", ")
        ));
    }
    if let Some(from) = mail
        .from()
        .and_then(Address::first)
        .and_then(|a| a.address.as_ref())
        && found.text.is_empty()
    {
        found.text = from.to_string();
    }
    Ok(found)
}

/// A mail written as plain text.
fn written(text: &str, container: Container) -> Source {
    let signature = text.find("\n-- \n").unwrap_or(text.len());
    let (own, rest) = text.split_at(signature);
    let own: Vec<&str> = own.lines().filter(|l| !l.starts_with('>')).collect();
    let own = own.join("\n");
    let quoted: Vec<String> = text
        .get(..signature)
        .unwrap_or_default()
        .split_inclusive('\n')
        .collect::<Vec<_>>()
        .chunk_by(|a, b| a.starts_with('>') == b.starts_with('>'))
        .map(|lines| {
            let block: String = lines
                .iter()
                .map(|l| l.trim_start_matches(['>', ' ']))
                .collect();
            let block = markdown_text::markdown_text(&block);
            if lines.first().is_some_and(|l| l.starts_with('>')) {
                let lines: Vec<String> = block
                    .lines()
                    .map(|l| format!("> {l}").trim_end().to_owned())
                    .collect();
                lines.join("\n")
            } else {
                markdown_text::markdown_text(&lines.concat())
            }
        })
        .filter(|block| !block.trim().is_empty())
        .collect();
    let mut markdown = quoted.join("\n\n");
    let rest = rest.trim_start_matches("\n-- \n");
    if !rest.trim().is_empty() {
        markdown.push_str("\n\n");
        markdown.push_str(&markdown_text::markdown_text(rest));
    }
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

/// A subject without the marks of replying and forwarding.
fn subject(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':')
        && [
            "re", "fw", "fwd", "tr", "rv", "aw", "wg", "rif", "odp", "pd", "ynt", "ilt", "enc",
            "res", "fs", "回复", "转发", "رد",
        ]
        .contains(&mark.trim().to_lowercase().as_str())
    {
        rest = after.trim();
    }
    rest
}
