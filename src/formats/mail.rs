//! A mail (.eml) → its text, subject and date. Of several forms the one that says more is read; replies quoted in it and its signature stay in
//! the body and are not derived from. A message that is forwarded is read in place of the one around it. Attachments are named in a note.
//! Refuses what is no mail, is encrypted, or says nothing.

mod attached;
mod forwarded;
mod written;

use mail_parser::{
    Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

use super::{html, plain};
use crate::distill::{Container, Said, Source, decode};

/// Messages within each other that are looked into.
const WITHIN: usize = 3;
/// Letters of a message that may be no more than a word about the one that it forwards.
const COVER: usize = 400;

/// A mail.
pub fn source(bytes: &[u8]) -> Result<Source, String> {
    attached::bounded(bytes)?;
    let mail = MessageParser::default()
        .parse(bytes)
        .filter(|mail| mail.subject().is_some() || mail.date().is_some() || mail.from().is_some())
        .ok_or("this is no mail: it has no header; save the text as .txt")?;
    of(&mail, WITHIN)
}

fn of(mail: &Message<'_>, within: usize) -> Result<Source, String> {
    let stated = stated_subject(mail).unwrap_or_default();
    let (subject, is_forwarded) = subject(&stated);
    let published = mail.date().filter(|date| date.is_valid()).and_then(|date| {
        let day = format!("{:04}-{:02}-{:02}", date.year, date.month, date.day);
        Said::new(html::day(&day)?, "mail header Date")
    });
    let container = Container {
        title: Said::new(subject, "mail header Subject"),
        published,
        ..Container::default()
    };
    let text = text(mail);
    let pages = pages(mail);
    let markdown = html::markdown(&pages);
    let mut found = if reads_better(&pages, &markdown, &text) {
        read_from_page(markdown, container, is_forwarded)
    } else {
        match forwarded::parted(&text).filter(|_| is_forwarded) {
            Some(parts) => forwarded::source(&parts, container),
            None => written::source(&text, container),
        }
    };
    if let Some(inner) = inner(mail)
        && letters(&found) <= COVER
        && let Some(within) = within.checked_sub(1)
        && let Ok(mut inner) = of(inner, within)
        && letters(&inner) > letters(&found)
    {
        let own = forwarded::held(&found.text, &found.container);
        inner.container.embargo = inner.container.embargo.or(own);
        inner.notes.extend(forwarded::note(&found));
        inner.notes.extend(attached(mail));
        return Ok(inner);
    }
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
    found.notes.extend(attached(mail));
    Ok(found)
}

/// The subject; by its bytes where they stand in the header as they are. `None` where it can't be read.
fn stated_subject(mail: &Message<'_>) -> Option<String> {
    let subject = mail.subject()?;
    if !subject.contains(char::REPLACEMENT_CHARACTER) {
        return Some(subject.to_owned());
    }
    let header = mail
        .root_part()
        .headers
        .iter()
        .find(|h| h.name == HeaderName::Subject)?;
    let bytes = mail
        .raw_message
        .get(header.offset_start as usize..header.offset_end as usize)?;
    let (text, _) = decode::decode(bytes).ok()?;
    (!text.contains("=?")).then_some(text)
}

/// The plain text of a mail.
fn text(mail: &Message<'_>) -> String {
    let parts = mail.text_body.iter().filter_map(|at| {
        let part = mail.parts.get(*at as usize)?;
        let PartType::Text(text) = &part.body else {
            return None;
        };
        let text = mended(mail, part, text).replace("\r\n", "\n");
        let flowed = part
            .content_type()
            .and_then(|kind| kind.attribute("format"))
            .is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
        Some(if flowed {
            written::unfolded(&text)
        } else {
            text
        })
    });
    parts.collect::<Vec<_>>().join("\n\n")
}

/// The text of a part, read again by its bytes where it isn't in the encoding that its header states.
fn mended(mail: &Message<'_>, part: &MessagePart<'_>, text: &str) -> String {
    let bytes = part.offset_body as usize..part.offset_end as usize;
    if text.contains(char::REPLACEMENT_CHARACTER)
        && part.encoding == Encoding::None
        && let Some(bytes) = mail.raw_message.get(bytes)
        && let Ok((text, _)) = decode::decode(bytes)
    {
        return text;
    }
    text.to_owned()
}

/// The HTML of a mail.
fn pages(mail: &Message<'_>) -> String {
    let parts = mail
        .html_body
        .iter()
        .filter_map(|at| match &mail.parts.get(*at as usize)?.body {
            PartType::Html(page) => Some(page.as_ref()),
            _ => None,
        });
    parts.collect::<Vec<_>>().join("\n")
}

/// Whether the HTML is to be read: the plain text is but a word to old programs, or has lost headings, lists or tables.
fn reads_better(page: &str, markdown: &str, text: &str) -> bool {
    let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let structured = || {
        let page = page.to_ascii_lowercase();
        ["<h1", "<h2", "<h3", "<li", "<th"]
            .iter()
            .any(|tag| page.contains(tag))
    };
    let (html, text) = (count(&plain::plain(markdown)), count(text));
    html > 0 && (html > 2 * text || structured() && 2 * html > text)
}

/// A mail written as HTML. What is quoted in it is not derived from, unless it forwards that or says nothing else.
fn read_from_page(markdown: String, container: Container, is_forwarded: bool) -> Source {
    let own: Vec<&str> = markdown.lines().filter(|l| !l.starts_with('>')).collect();
    let own = own.join("\n");
    if is_forwarded || own.trim().is_empty() {
        return html::source(markdown, container);
    }
    let found = html::source(own, container.clone());
    Source {
        text: found.text,
        ..html::source(markdown, container)
    }
}

/// The one message that a mail has attached.
fn inner<'m>(mail: &'m Message<'_>) -> Option<&'m Message<'m>> {
    let mut messages = mail.parts.iter().filter_map(|part| match &part.body {
        PartType::Message(inner) => Some(inner),
        _ => None,
    });
    messages.next().filter(|_| messages.next().is_none())
}

fn letters(source: &Source) -> usize {
    let markdown = source.markdown.as_deref().unwrap_or_default();
    markdown.chars().filter(|c| c.is_alphanumeric()).count()
}

/// What is said of attachments.
fn attached(mail: &Message<'_>) -> Option<String> {
    let names: Vec<&str> = mail
        .attachments()
        .filter(|part| !matches!(part.body, PartType::Message(_)))
        .filter(|part| {
            part.content_disposition().is_none_or(|d| !d.is_inline())
                || part.attachment_name().is_some()
        })
        .map(|part| part.attachment_name().unwrap_or("one without a name"))
        .collect();
    (!names.is_empty()).then(|| {
        format!(
            "attachments of the mail were not read ({}); save those that matter as seeds of their own",
            names.join(", ")
        )
    })
}

/// A subject without the marks of replying and forwarding, and whether it was last forwarded.
fn subject(subject: &str) -> (&str, bool) {
    const REPLIES: [&str; 11] = [
        "re",
        "aw",
        "rif",
        "odp",
        "ynt",
        "res",
        "回复",
        "رد",
        "sv",
        "antw",
        "ответ",
    ];
    const FORWARDS: [&str; 12] = [
        "fw",
        "fwd",
        "tr",
        "rv",
        "wg",
        "pd",
        "ilt",
        "enc",
        "fs",
        "转发",
        "i",
        "пересылка",
    ];
    let mut rest = subject.trim();
    let mut forwarded = None;
    while let Some((mark, after)) = rest.split_once([':', '：']) {
        let mark = mark.trim().to_lowercase();
        let forwards = FORWARDS.contains(&mark.as_str());
        if !forwards && !REPLIES.contains(&mark.as_str()) {
            break;
        }
        forwarded.get_or_insert(forwards);
        rest = after.trim();
    }
    (rest, forwarded == Some(true))
}
