//! A number → an invented briefing. The first k briefings are the same whatever number is made, and the same on every machine.

use std::collections::BTreeMap;

use fastrand::Rng;
use jiff::civil::{Date, DateTime, date};
use unicode_normalization::UnicodeNormalization;

use super::words::{self, LANGUAGES, Words};

/// All numbers come from it.
const SEED: u64 = 0x0042_7269_6566;

/// The day of the first briefing.
const FIRST_DAY: Date = date(1998, 1, 5);

/// Briefings of a day: 100,000 fill 27 years.
const PER_DAY: usize = 10;

/// A briefing, in no format yet.
#[derive(Debug)]
pub(super) struct Briefing {
    /// The name of its file.
    pub(super) stem: String,
    pub(super) lang: &'static str,
    pub(super) title: String,
    pub(super) time: DateTime,
    pub(super) countries: Vec<&'static str>,
    pub(super) topics: Vec<&'static str>,
    pub(super) summary: String,
    pub(super) blocks: Vec<Block>,
}

/// A part of a text.
#[derive(Debug)]
pub(super) enum Block {
    Paragraph(String),
    /// Level 2 or 3.
    Heading(usize, String),
    List {
        numbered: bool,
        items: Vec<String>,
    },
    Quote(String),
    /// The head, then the rows.
    Table(Vec<Vec<String>>),
    /// The words before it, its own, and where it leads.
    Link(String, String, String),
}

/// Makes one briefing after the other.
pub(super) struct Maker {
    words: BTreeMap<String, Words>,
    states: BTreeMap<&'static str, BTreeMap<&'static str, &'static str>>,
    /// The commonest first.
    countries: Ranked,
    topics: Ranked,
    /// Stem and title of each, oldest first: what a briefing may link to.
    earlier: Vec<(String, String)>,
}

impl Default for Maker {
    fn default() -> Self {
        let states = words::states();
        let mut rng = Rng::with_seed(SEED);
        Self {
            countries: Ranked::new(states.keys().copied(), 1.0, &mut rng),
            topics: Ranked::new(words::TOPICS.split_whitespace(), 0.7, &mut rng),
            words: words::words(),
            states,
            earlier: Vec::new(),
        }
    }
}

impl Iterator for Maker {
    type Item = Briefing;

    fn next(&mut self) -> Option<Briefing> {
        let number = self.earlier.len();
        let briefing = self.briefing(number);
        let known = (briefing.stem.clone(), briefing.title.clone());
        self.earlier.push(known);
        Some(briefing)
    }
}

impl Maker {
    /// The English name of a state.
    pub(super) fn english(&self, code: &str) -> &'static str {
        self.states[code]["en"]
    }

    fn briefing(&self, number: usize) -> Briefing {
        let rng =
            &mut Rng::with_seed(SEED ^ (number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let lang = one_of(&LANGUAGES, rng);
        let days = i64::try_from(number / PER_DAY).expect("a small number");
        let day = FIRST_DAY + jiff::Span::new().days(days);
        let hour = 8 + i8::try_from(number % PER_DAY).expect("ten a day");
        let time = day.at(hour, rng.i8(0..60), 0, 0);
        let count = one_of(&[(1, 50), (2, 27), (3, 15), (4, 8)], rng);
        let countries = self.countries.draw(count, rng);
        let count = one_of(&[(1, 35), (2, 35), (3, 20), (4, 10)], rng);
        let topics = self.topics.draw(count, rng);
        let mut writer = Writer {
            words: &self.words[lang],
            names: countries
                .iter()
                .map(|code| self.states[code][lang])
                .collect(),
            day,
            rng,
        };
        let title = writer.title();
        let words = [day.to_string(), slug(&title), format!("{lang}{number:06}")];
        let words = words.iter().filter(|word| !word.is_empty());
        let stem = words.map(String::as_str).collect::<Vec<_>>().join("-");
        let summary = writer.paragraph(2);
        let mut blocks = vec![Block::Paragraph(writer.lead(&summary))];
        self.body(lang, &mut writer, &mut blocks);
        self.links(&mut writer, &mut blocks);
        Briefing {
            stem,
            lang,
            title,
            time,
            countries,
            topics,
            summary,
            blocks,
        }
    }

    /// 150 to 900 words under two to five headings, after an opening without one.
    fn body(&self, lang: &str, writer: &mut Writer<'_>, blocks: &mut Vec<Block>) {
        let target = triangular(150.0, 900.0, 380.0, writer.rng) as usize;
        let count = writer.rng.usize(2..=5);
        let mut headings = writer.rng.choose_multiple(&writer.words.headings, count);
        writer.rng.shuffle(&mut headings);
        let (step, mut done, mut size) = (target / (count + 1), 0, 0);
        while size < target {
            if let Some(heading) = headings.get(done)
                && size >= step * (done + 1)
            {
                let level = if done == 0 || writer.rng.f64() < 0.8 {
                    2
                } else {
                    3
                };
                blocks.push(Block::Heading(level, (*heading).clone()));
                done += 1;
            }
            let block = match writer.rng.usize(0..100) {
                0..10 => Block::List {
                    numbered: writer.rng.usize(0..10) >= 7,
                    items: (0..writer.rng.usize(3..=6))
                        .map(|_| writer.paragraph(1))
                        .collect(),
                },
                10..17 => Block::Quote(writer.paragraph(2)),
                17..19 => self.table(lang, writer),
                _ => {
                    let sentences = writer.rng.usize(2..=5);
                    Block::Paragraph(writer.paragraph(sentences))
                }
            };
            size += block.words();
            blocks.push(block);
        }
    }

    fn table(&self, lang: &str, writer: &mut Writer<'_>) -> Block {
        let rows = writer.rng.usize(3..=6);
        let rows = self
            .countries
            .draw(rows, writer.rng)
            .into_iter()
            .map(|code| {
                let people = writer.rng.usize(100..90_000).to_string();
                let change = format!("{} %", writer.rng.i32(-40..60));
                vec![self.states[code][lang].to_owned(), people, change]
            });
        let rows: Vec<_> = rows.collect();
        Block::Table([vec![writer.words.columns.clone()], rows].concat())
    }

    /// To an earlier briefing, mostly a late one, and to another site.
    fn links(&self, writer: &mut Writer<'_>, blocks: &mut Vec<Block>) {
        let see = &writer.words.see_also;
        if !self.earlier.is_empty() && writer.rng.f64() < 0.6 {
            let back = (-60.0 * (1.0 - writer.rng.f64()).ln()) as usize;
            let (stem, title) = &self.earlier[(self.earlier.len() - 1).saturating_sub(back)];
            blocks.push(Block::Link(
                see.clone(),
                title.clone(),
                format!("/briefings/{stem}/"),
            ));
        }
        if writer.rng.f64() < 0.4 {
            let address = format!("https://example.org/docs/{}", writer.rng.usize(0..9999));
            blocks.push(Block::Link(see.clone(), "example.org".to_owned(), address));
        }
    }
}

impl Block {
    fn words(&self) -> usize {
        let of = |text: &String| text.split_whitespace().count();
        match self {
            Self::Paragraph(text) | Self::Heading(_, text) | Self::Quote(text) => of(text),
            Self::List { items, .. } => items.iter().map(of).sum(),
            Self::Table(rows) => rows.iter().flatten().map(of).sum(),
            Self::Link(..) => 0,
        }
    }
}

/// Writes sentences in one language about some countries.
struct Writer<'a> {
    words: &'a Words,
    /// The briefing's countries, in its language.
    names: Vec<&'static str>,
    day: Date,
    rng: &'a mut Rng,
}

impl Writer<'_> {
    fn title(&mut self) -> String {
        let words = self.words;
        let frame = pick(&words.titles, self.rng);
        let first = self.names[0];
        self.sentence(frame, first)
    }

    /// The place, the day and every country, then the summary.
    fn lead(&mut self, summary: &str) -> String {
        let city = pick(&self.words.cities, self.rng);
        let (day, names) = (self.spelled(self.day), self.names.join(", "));
        format!("{city}, {day} ({names}) — {summary}")
    }

    fn paragraph(&mut self, sentences: usize) -> String {
        let words = self.words;
        let all = (0..sentences).map(|_| {
            let frame = pick(&words.sentences, self.rng);
            let name = self.names[self.rng.usize(..self.names.len())];
            self.sentence(frame, name)
        });
        all.collect::<Vec<_>>().join(" ")
    }

    fn sentence(&mut self, frame: &str, country: &str) -> String {
        let words = self.words;
        let near = self.day - jiff::Span::new().days(self.rng.i64(0..40));
        let mut said = String::new();
        for (at, part) in frame.split(['{', '}']).enumerate() {
            if at % 2 == 0 {
                said.push_str(part);
                continue;
            }
            match part {
                "s" | "s2" => said.push_str(pick(&words.subjects, self.rng)),
                "S" => said.push_str(&capital(pick(&words.subjects, self.rng))),
                "v" | "v2" => said.push_str(pick(&words.verbs, self.rng)),
                "o" | "o2" => said.push_str(pick(&words.objects, self.rng)),
                "a" => said.push_str(pick(&words.adverbials, self.rng)),
                "t" => said.push_str(&self.spelled(near)),
                _ => said.push_str(country),
            }
        }
        said
    }

    fn spelled(&self, day: Date) -> String {
        let month = &self.words.months[day.month() as usize - 1];
        let said = self.words.day.replace("{d}", &day.day().to_string());
        said.replace("{m}", month)
            .replace("{y}", &day.year().to_string())
    }
}

/// Things of which the first ones are drawn most: the weight of the nth is 1/n to some power.
struct Ranked {
    things: Vec<&'static str>,
    /// Each with those before it.
    weights: Vec<f64>,
}

impl Ranked {
    fn new(things: impl Iterator<Item = &'static str>, power: f64, rng: &mut Rng) -> Self {
        let mut things: Vec<_> = things.collect();
        things.sort_unstable();
        rng.shuffle(&mut things);
        let weights = (1..=things.len()).scan(0.0, |sum, rank| {
            *sum += (rank as f64).powf(-power);
            Some(*sum)
        });
        Self {
            weights: weights.collect(),
            things,
        }
    }

    fn draw(&self, count: usize, rng: &mut Rng) -> Vec<&'static str> {
        let mut drawn = Vec::new();
        while drawn.len() < count {
            let at = rng.f64() * self.weights[self.weights.len() - 1];
            let thing = self.things[self.weights.partition_point(|weight| *weight <= at)];
            if !drawn.contains(&thing) {
                drawn.push(thing);
            }
        }
        drawn
    }
}

fn pick<'a>(of: &'a [String], rng: &mut Rng) -> &'a str {
    &of[rng.usize(..of.len())]
}

/// One of some things with weights that make a hundred.
fn one_of<T: Copy>(of: &[(T, usize)], rng: &mut Rng) -> T {
    let mut left = rng.usize(0..100);
    for (thing, weight) in of {
        if left < *weight {
            return *thing;
        }
        left -= weight;
    }
    of[0].0
}

fn triangular(low: f64, high: f64, mode: f64, rng: &mut Rng) -> f64 {
    let (u, middle) = (rng.f64(), (mode - low) / (high - low));
    if u < middle {
        low + (u * (high - low) * (mode - low)).sqrt()
    } else {
        high - ((1.0 - u) * (high - low) * (high - mode)).sqrt()
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

/// At most sixty letters and digits of ASCII, with hyphens.
fn slug(text: &str) -> String {
    let plain = text
        .nfkd()
        .filter(char::is_ascii)
        .map(|c| c.to_ascii_lowercase());
    let mut slug = String::new();
    for c in plain {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(60);
    slug.trim_matches('-').to_owned()
}
