//! Text: decoding, layout, dates, and the whole derivation of a plain seed.

use std::fmt::Display;

use depeche::{
    content::{self, Proposal},
    distill::{
        self, Document, Evidence, Options, Span, dates as days, decode as decoder, language,
        layout as zones, sentences, text::Text,
    },
    model::{Lang, PubDate},
};
use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use jiff::civil::{Date, date};

/// The day on which seeds are received here.
const RECEIVED: Date = date(2026, 2, 3);

/// Decoding gives a text that says what the bytes say: no replacement that is not in them, no NUL, no byte order mark, and of UTF-8 each byte.
pub fn decode(bytes: &[u8]) {
    let Ok((text, name)) = decoder::decode(bytes) else {
        return;
    };
    let encoding = Encoding::for_label(name.as_bytes());
    assert!(encoding.is_some(), "an encoding without a name: {name}");
    assert!(!text.contains('\0'), "NUL in {name}");
    assert!(!text.trim().is_empty(), "nothing but white space in {name}");
    let (marked, skipped) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    assert!(
        skipped == 0 || marked.name() == name,
        "a mark of {} read as {name}",
        marked.name()
    );
    let rest = bytes.get(skipped..).unwrap_or_default();
    let units = |of: fn([u8; 2]) -> u16| -> Vec<u16> {
        rest.chunks(2)
            .map(|pair| of([pair[0], pair.get(1).copied().unwrap_or_default()]))
            .collect()
    };
    let as_units: Vec<u16> = text.encode_utf16().collect();
    match encoding {
        Some(e) if e == UTF_8 => assert_eq!(text.as_bytes(), rest),
        Some(e) if e == UTF_16LE => assert_eq!(as_units, units(u16::from_le_bytes)),
        Some(e) if e == UTF_16BE => assert_eq!(as_units, units(u16::from_be_bytes)),
        // Of the others these alone can write it.
        Some(e) if e == GBK || e == GB18030 => {}
        _ => assert!(!text.contains('\u{FFFD}'), "a replacement in {name}"),
    }
}

/// Blocks are in order and apart, on boundaries of characters; sentences lie within; places in the folded copy lead back into the text.
pub fn layout(bytes: &[u8]) {
    let text = Text::new(String::from_utf8_lossy(bytes).into_owned());
    for (at, c) in text.folded.char_indices() {
        let span = text.original(at, at + c.len_utf8());
        assert!(
            text.decoded.get(span.start..span.end).is_some(),
            "{at} of the folded copy"
        );
        assert!(text.folded_at(span.start) <= at, "{at} of the folded copy");
    }
    let layout = zones::layout(&text);
    let mut end = 0;
    for block in &layout.blocks {
        within(&text, block.span, "a block");
        assert!(block.span.start >= end, "{block:?} begins before {end}");
        assert!(block.span.end > block.span.start, "{block:?} is empty");
        end = block.span.end;
        assert_eq!(layout.zone_at(block.span.start), block.zone);
        let mut last = block.span.start;
        for sentence in sentences::sentences(&text, block.span) {
            within(&text, sentence, "a sentence");
            assert!(
                sentence.start >= last && block.span.contains(sentence),
                "{sentence:?} in {block:?}"
            );
            assert!(!text.slice(sentence).trim().is_empty(), "an empty sentence");
            last = sentence.end;
        }
    }
}

/// Dates are read again as they are written, rest on words of the text, and are the same at each call; with a day of receipt and without.
pub fn dates(bytes: &[u8]) {
    let text = Text::new(String::from_utf8_lossy(bytes).into_owned());
    let layout = zones::layout(&text);
    let lang = language::language(&text)
        .value
        .unwrap_or_else(Lang::undetermined);
    for reference in [None, Some(RECEIVED)] {
        let found = days::dates(&text, &layout, &lang, reference);
        let value = &found.value;
        for date in value
            .date
            .iter()
            .chain(&value.events)
            .chain(&value.embargo_until)
        {
            again(date);
        }
        found.evidence.iter().for_each(|e| rests(&text, e));
        let spans = found.doubts.iter().filter_map(|d| d.span);
        spans.for_each(|span| within(&text, span, "a doubt"));
        for sure in found.confidence.values() {
            assert!((0.0..=1.0).contains(&sure.get()));
        }
    }
}

/// The whole derivation of a plain seed: evidence rests on words of the text, and the content file is read again as it was written.
pub fn seed(bytes: &[u8]) {
    let options = Options {
        reference: Some(RECEIVED),
        ..Options::default()
    };
    let Ok(document) = distill::distill(bytes, options) else {
        return;
    };
    let text = decoder::decode(bytes).map(|(text, _)| Text::new(text));
    if let Ok(text) = text {
        document
            .evidence
            .values()
            .flatten()
            .for_each(|e| rests(&text, e));
    }
    assert!(!document.title.trim().is_empty(), "no title");
    assert!(
        document.slug.len() <= 96 && !document.slug.contains(['/', '\\', '\0']),
        "{}",
        document.slug
    );
    written(&document);
}

/// Writes the content file of a document and reads it: the same values, and the same Markdown.
pub(crate) fn written(document: &Document) {
    let seed = content::SeedRef {
        file: "seeds/a.txt".to_owned(),
        sha256: distill::digest(b"a"),
        derivation: None,
    };
    let new = content::write(&Proposal::of(document.clone()), &seed, RECEIVED);
    let file = new.text.clone();
    let read = content::read("briefings/a.md", file.as_bytes());
    assert!(read.is_ok(), "{read:?}\n{file}");
    let Ok((entry, said)) = read else { return };
    // What deceives in the seed is named once more.
    let deceives = |message: &str| {
        ["the title has ", "the title mixes ", "the text has "]
            .iter()
            .any(|begin| message.starts_with(begin))
    };
    assert!(
        said.iter().all(|d| deceives(&d.message)),
        "{said:?}\n{file}"
    );
    // What a build takes in place of reading it.
    let known = new.known(&entry.path, document.clone(), seed.clone(), RECEIVED);
    assert_eq!(
        (
            &known.entry.front,
            &known.entry.body,
            known.entry.body_line,
            &known.said
        ),
        (&entry.front, &entry.body, entry.body_line, &said)
    );
    let front = entry.front;
    let one = |text: &str| Some(text.to_owned()).filter(|t| !t.trim().is_empty());
    assert_eq!(front.title, one(&document.title));
    assert_eq!(front.summary, one(&document.summary));
    assert_eq!(front.dateline, one(&document.dateline));
    assert_eq!(front.slug, one(&document.slug));
    assert_eq!(front.date, document.date);
    assert_eq!(front.event_dates, document.event_dates);
    assert_eq!(front.embargo_until, document.embargo_until);
    assert_eq!(front.lang.as_ref(), Some(&document.lang));
    assert_eq!(front.countries, document.countries);
    assert_eq!(front.mentions, document.mentions);
    assert_eq!(front.topics, document.topics);
    assert_eq!(front.people, document.people);
    assert_eq!(front.organisations, document.organisations);
    assert_eq!(front.imported, Some(RECEIVED));
    assert_eq!(front.seed.as_ref(), Some(&seed));
    assert_eq!(
        entry.body.trim_matches('\n'),
        document.body.trim_matches('\n')
    );
    assert!(
        front.settled.is_empty(),
        "{:?} was the machine's",
        front.settled
    );
}

fn again(date: &PubDate) {
    assert_eq!(date.as_str().parse::<PubDate>().as_ref(), Ok(date));
}

fn rests(text: &Text, evidence: &Evidence) {
    within(text, evidence.span, &evidence.rule);
    assert_eq!(
        text.slice(evidence.span),
        evidence.text,
        "{}",
        evidence.rule
    );
}

fn within(text: &Text, span: Span, what: impl Display) {
    assert!(
        text.decoded.get(span.start..span.end).is_some(),
        "{what} at {span:?} of {}",
        text.decoded.len()
    );
}
