//! XML text → events by local name, without namespaces. Refuses entity declarations, endless nesting and what is not well-formed.

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event as Raw},
};

/// Elements within elements that a part may have. Tables in tables in text boxes stay below a hundred.
const NESTING: usize = 256;

/// One step through the XML.
pub(super) enum Event<'a> {
    /// An element begins; an empty one begins and ends.
    Start(Tag<'a>),
    /// The element of this local name ends.
    End(&'a str),
    /// Text between tags.
    Text(&'a str),
}

/// The start of an element.
pub(super) struct Tag<'a> {
    /// Its local name.
    pub(super) name: &'a str,
    start: &'a BytesStart<'a>,
}

impl Tag<'_> {
    /// Whether this is its local name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    /// The attribute of a local name.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        self.start
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|a| a.key.local_name().as_ref() == name)
            .and_then(|a| {
                Some(
                    a.normalized_value(XmlVersion::Implicit1_0)
                        .ok()?
                        .into_owned(),
                )
            })
    }

    /// The attribute `val`.
    pub(super) fn val(&self) -> Option<String> {
        self.value("val")
    }

    /// The attribute `val` as a number.
    pub(super) fn number(&self) -> Option<usize> {
        self.val()?.parse().ok()
    }

    /// Whether a switch such as `<b/>` is on.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// Calls `step` for each event of `text`.
pub(super) fn each(text: &str, mut step: impl FnMut(Event<'_>)) -> Result<(), String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().allow_dangling_amp = true;
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|e| {
            format!("its XML is broken ({e}); open the document in Word and save it again")
        })?;
        match event {
            Raw::Start(start) => {
                depth += 1;
                if depth > NESTING {
                    return Err(format!(
                        "its XML has more than {NESTING} elements within each other, which no document has; save its text as .txt"
                    ));
                }
                begin(&start, &mut step);
            }
            Raw::Empty(start) => {
                begin(&start, &mut step);
                step(Event::End(start.local_name().as_ref()));
            }
            Raw::End(end) => {
                depth = depth.saturating_sub(1);
                step(Event::End(end.local_name().as_ref()));
            }
            Raw::Text(text) => step(Event::Text(&text.xml10_content())),
            Raw::CData(text) => step(Event::Text(&text.xml10_content())),
            Raw::GeneralRef(entity) => {
                let named = match &*entity.xml10_content() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                };
                let found = named.or_else(|| entity.resolve_char_ref().ok().flatten());
                step(Event::Text(
                    found
                        .unwrap_or(char::REPLACEMENT_CHARACTER)
                        .encode_utf8(&mut [0; 4]),
                ));
            }
            Raw::DocType(_) => {
                return Err("its XML declares a document type, which a Word document never does; do not trust this file".to_owned());
            }
            Raw::Eof => return Ok(()),
            Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) => {}
        }
    }
}

fn begin(start: &BytesStart<'_>, step: &mut impl FnMut(Event<'_>)) {
    step(Event::Start(Tag {
        name: start.local_name().into_inner(),
        start,
    }));
}
