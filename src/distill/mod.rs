//! One seed's bytes and a reference date → a [`Document`]: every value with its evidence. Pure; refuses only what is no text.

pub mod actors;
pub mod container;
pub mod countries;
pub mod dates;
pub mod decode;
pub(crate) mod each;
pub mod evidence;
pub mod gazetteer;
pub mod language;
pub mod layout;
pub mod markdown_text;
#[cfg(test)]
mod mixed;
mod place;
pub(crate) mod runs;
pub mod sentences;
pub mod slug;
pub(crate) mod stems;
pub(crate) mod table;
pub mod text;
pub mod title;
pub(crate) mod tokens;
pub mod topics;
pub mod vocabulary;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::model::{CountryCode, Lang, PubDate, TopicSlug};
pub use container::{Container, Said};
pub use decode::NotText;
pub use evidence::{Confidence, ConfidenceMap, Doubt, Evidence, EvidenceMap, Field, Finding, Span};
pub use gazetteer::Gazetteers;
pub use vocabulary::Vocabulary;

/// A person whom a text names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Person {
    /// The name, in the text's script, with normal capitals, without honorifics.
    pub name: String,
    /// The role as the text words it; empty where it gives none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
}

/// What was derived from one seed.
#[derive(Clone, Debug)]
pub struct Document {
    /// The main language.
    pub lang: Lang,
    /// The place from which it was sent; empty where its dateline names none.
    pub dateline: String,
    /// The headline, else a title composed from the lead.
    pub title: String,
    /// The day the document is from; `None` where nothing says so.
    pub date: Option<PubDate>,
    /// The dated events that it states, in text order.
    pub event_dates: Vec<PubDate>,
    /// Until when its header forbids publication.
    pub embargo_until: Option<PubDate>,
    /// What the briefing is about, most salient first.
    pub countries: Vec<CountryCode>,
    /// The other countries it refers to.
    pub mentions: Vec<CountryCode>,
    /// Slugs of the vocabulary, most salient first.
    pub topics: Vec<TopicSlug>,
    /// The people it names, in text order.
    pub people: Vec<Person>,
    /// The organisations it names, in text order.
    pub organisations: Vec<String>,
    /// The lead, fit for a list.
    pub summary: String,
    /// The last part of the permalink.
    pub slug: String,
    /// The text as Markdown, without the headline that became the title.
    pub body: String,
    /// Why.
    pub evidence: EvidenceMap,
    /// How sure each value is.
    pub confidence: ConfidenceMap,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
}

/// What a derivation may know beside the seed.
#[derive(Clone, Copy, Debug)]
pub struct Options<'a> {
    /// The day the document was received, against which relative dates resolve.
    pub reference: Option<Date>,
    /// The topics to look for.
    pub vocabulary: &'a Vocabulary,
    /// The names that the site knows.
    pub gazetteers: &'a Gazetteers,
}

impl Default for Options<'_> {
    /// No day of receipt, the embedded vocabulary, no names known.
    fn default() -> Self {
        Self {
            reference: None,
            vocabulary: Vocabulary::embedded(),
            gazetteers: gazetteer::none(),
        }
    }
}

/// Makes ready what any derivation needs, in whatever language. It is made when first needed anyway, but then all cores wait for one.
pub(crate) fn prepare() {
    language::prepare();
    dates::lexicon::prepare();
}

/// The hexadecimal SHA-256 of a seed's bytes, as `sha256sum` prints it.
pub fn digest(bytes: &[u8]) -> String {
    digits::<64>(bytes).into_iter().map(char::from).collect()
}

/// The first digits of it, in ASCII.
pub(crate) fn digits<const N: usize>(bytes: &[u8]) -> [u8; N] {
    use sha2::{Digest, Sha256};
    let mut digits = [0; N];
    for (two, byte) in digits
        .as_chunks_mut::<2>()
        .0
        .iter_mut()
        .zip(Sha256::digest(bytes))
    {
        *two = [byte >> 4, byte & 15].map(|half| b"0123456789abcdef"[usize::from(half)]);
    }
    digits
}

/// Bytes of the decoded text from which values are derived: some ten thousand words. What is longer is no press document, and the work on one
/// endless line grows with the square of its length.
const READ_AT_MOST: usize = 64 * 1024;

/// What a seed says, whatever its format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Source {
    /// The text without markup; spans point into it.
    pub text: String,
    /// The same with the structure that its format has; `None` for plain text.
    pub markdown: Option<String>,
    /// What stands beside the text.
    pub container: Container,
    /// What a person should know of the conversion, a sentence each.
    pub notes: Vec<String>,
}

impl Source {
    /// A seed that is plain text.
    pub fn plain(bytes: &[u8]) -> Result<Self, NotText> {
        let (text, encoding) = decode::decode(bytes)?;
        let known = encoding.starts_with("UTF-");
        Ok(Self {
            text,
            notes: if known {
                Vec::new()
            } else {
                vec![format!("the text was read as {encoding}")]
            },
            ..Self::default()
        })
    }
}

/// Derives everything from one seed of plain text. Fails only where the bytes are no text.
pub fn distill(bytes: &[u8], options: Options<'_>) -> Result<Document, NotText> {
    Ok(derive(&Source::plain(bytes)?, &digest(bytes), options))
}

/// Derives everything from what a seed says. `digest` is that of the seed.
pub fn derive(source: &Source, digest: &str, options: Options<'_>) -> Document {
    let text = beginning(source);
    Reading::of(&text).derive(source, digest, options)
}

/// A seed with what [`derive()`] wants of it.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// What it says.
    pub source: &'a Source,
    /// The digest of its bytes.
    pub digest: &'a str,
    /// What the derivation may know.
    pub options: Options<'a>,
}

/// What is made of the document that [`derive()`] gives for each seed, in their order, on all cores; it is made where the document is still at hand.
pub fn derive_all<T: Send>(jobs: &[Job<'_>], make: impl Fn(Document) -> T + Sync) -> Vec<T> {
    // Small shares: the last ones are worked on alone.
    let share = (jobs.len() / (32 * rayon::current_num_threads())).clamp(1, TOGETHER);
    let shares = jobs.par_chunks(share);
    shares
        .flat_map_iter(|jobs| derive_some(jobs, &make))
        .collect()
}

/// Seeds that are read and then derived together: enough of each language, few enough to stay in a core's caches.
const TOGETHER: usize = 64;

/// All are read first and then derived language by language: the words of one language stay in the processor's caches, those of twenty do not.
fn derive_some<T>(jobs: &[Job<'_>], make: impl Fn(Document) -> T) -> Vec<T> {
    let texts: Vec<text::Text> = jobs.iter().map(|job| beginning(job.source)).collect();
    let mut readings: Vec<_> = texts.iter().map(Reading::of).zip(0..).collect();
    readings.sort_by(|(a, _), (b, _)| a.lang.value.cmp(&b.lang.value));
    let mut made: Vec<Option<T>> = jobs.iter().map(|_| None).collect();
    for (reading, at) in readings {
        if let (Some(job), Some(made)) = (jobs.get(at), made.get_mut(at)) {
            let document = reading.derive(job.source, job.digest, job.options);
            *made = Some(make(document));
        }
    }
    made.into_iter().flatten().collect()
}

/// The part of a seed from which values are derived.
fn beginning(source: &Source) -> text::Text {
    let end = source.text.floor_char_boundary(READ_AT_MOST);
    text::Text::new(source.text.get(..end).unwrap_or_default().to_owned())
}

/// A text as every language is read: what can be known before its language is settled, and the language.
struct Reading<'a> {
    text: &'a text::Text,
    tokens: Vec<tokens::Token<'a>>,
    runs: Vec<runs::Run>,
    layout: layout::Layout,
    lang: Finding<Option<Lang>>,
}

impl<'a> Reading<'a> {
    fn of(text: &'a text::Text) -> Self {
        let tokens = text.tokens();
        Self {
            text,
            runs: runs::runs(&text.folded, &tokens),
            layout: layout::layout_of(text, &tokens),
            lang: language::language_of(text, &tokens),
            tokens,
        }
    }

    fn derive(self, source: &Source, digest: &str, options: Options<'_>) -> Document {
        let container = &source.container;
        let Self {
            text,
            tokens,
            runs,
            layout,
            lang: mut found,
        } = self;
        let rest = source.text.get(text.decoded.len()..).unwrap_or_default();
        let mut why = Why::default();
        for note in &source.notes {
            why.doubt(note.clone());
        }
        if !rest.is_empty() {
            why.doubt(format!(
                "only the first {} KiB were read for title, date and the other values",
                READ_AT_MOST / 1024
            ));
        }
        let reference = container.reference(options.reference);

        container.settle_lang(&text.decoded, &mut found);
        let lang = why
            .keep(Field::Lang, found)
            .unwrap_or_else(Lang::undetermined);
        let layout = layout::in_language(layout, text, &lang);
        let mut found = dates::dates_of(text, &tokens, &layout, &lang, reference);
        if container.is_outdated(&found) {
            found = dates::dates_of(text, &tokens, &layout, &lang, options.reference);
        }
        container.settle_date(&text.decoded, options.reference, &mut found);
        let dates = why.keep(Field::Date, found);
        let actors = actors::actors_of(text, &runs, &layout, &lang, options.gazetteers);
        let mut found = countries::countries_of(text, &runs, &layout, &lang, &actors.names);
        container.settle_countries(&text.decoded, &mut found);
        let countries = why.keep(Field::Countries, found);
        let mut found = topics::topics_of(text, &runs, &layout, &lang, options.vocabulary);
        container.settle_topics(&text.decoded, &mut found);
        let topics = why.keep(Field::Topics, found);
        let known = why
            .evidence
            .get(&Field::Countries)
            .map_or(&[][..], Vec::as_slice);
        let found = place::place(text, &tokens, &layout, &lang, known);
        let dateline = why.keep(Field::Dateline, found);
        let people = why.keep(Field::People, actors.people);
        let organisations = why.keep(Field::Organisations, actors.organisations);
        let mut found = title::title(text, &layout, &lang);
        container.settle_title(&text.decoded, &mut found);
        let title = why.keep(Field::Title, found);
        let mut found = title::summary(text, &layout, &lang);
        container.settle_summary(&text.decoded, &mut found);
        let summary = why.keep(Field::Summary, found);
        let slug = slug::slug(&slug::SlugParts {
            title: &title,
            date: dates.date.as_ref(),
            countries: &countries.about,
            topics: &topics,
            digest,
        });
        let body = match &source.markdown {
            Some(markdown) => markdown.clone(),
            None => markdown_text::markdown_text(&(without_headline(text, &layout) + rest)),
        };

        Document {
            lang,
            dateline,
            title,
            date: dates.date,
            event_dates: dates.events,
            embargo_until: dates.embargo_until,
            countries: countries.about,
            mentions: countries.mentions,
            topics,
            people,
            organisations,
            summary,
            slug,
            body,
            evidence: why.evidence,
            confidence: why.confidence,
            doubts: why.doubts,
        }
    }
}

/// What the stages say of their values.
#[derive(Default)]
struct Why {
    evidence: EvidenceMap,
    confidence: ConfidenceMap,
    doubts: Vec<Doubt>,
}

impl Why {
    /// Files away what a stage says beside its value.
    fn keep<T>(&mut self, field: Field, found: Finding<T>) -> T {
        self.evidence.insert(field, found.evidence);
        self.confidence.insert(field, found.confidence);
        self.doubts
            .extend(found.doubts.into_iter().map(|doubt| Doubt {
                field: Some(field),
                ..doubt
            }));
        found.value
    }

    /// A doubt about the seed as a whole.
    fn doubt(&mut self, message: String) {
        self.doubts.push(Doubt::new(message));
    }
}

/// The decoded text without the headline that became the title.
fn without_headline(text: &text::Text, layout: &layout::Layout) -> String {
    match layout.first(layout::Zone::Headline) {
        None => text.decoded.clone(),
        Some(span) => [
            text.slice(Span::new(0, span.start)),
            text.slice(Span::new(span.end, text.decoded.len())),
        ]
        .concat(),
    }
}
