//! How fast a seed becomes a document: each stage, the whole on one core and on all, and the start-up for one seed.
//!
//! `cargo bench --bench derivation` prints times; the throughput of `all cores` is documents a second. The load is the labelled corpus, each text
//! brought to 2 KiB: 20 languages, and what is no UTF-8 decoded beforehand.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a benchmark that can't read its load stops"
)]

use std::{fs, hint::black_box, process::Command, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use depeche::{
    distill::{
        self, Gazetteers, Options, Vocabulary, actors, countries, dates, decode, language, layout,
        markdown_text::markdown_text, text::Text, title, topics,
    },
    model::Lang,
};
use rayon::prelude::*;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Bytes of one text.
const SIZE: usize = 2048;

/// Documents of one run.
const MANY: usize = 2000;

/// How many an import derives together.
const TOGETHER: usize = 1024;

/// One text with what the stages build on.
struct Loaded {
    decoded: String,
    text: Text,
    layout: layout::Layout,
    lang: Lang,
}

/// The corpus, each text repeated below itself or cut at a space until it has `SIZE` bytes.
fn load() -> Vec<Loaded> {
    let mut files: Vec<_> = fs::read_dir("tests/corpus")
        .expect("tests/corpus")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
        .iter()
        .map(|path| {
            let bytes = fs::read(path).expect("a seed");
            let (text, _) = decode::decode(&bytes).expect("a text");
            let mut decoded = text.clone();
            while decoded.len() < SIZE {
                decoded.push_str("\n\n");
                decoded.push_str(&text);
            }
            let end = decoded.floor_char_boundary(SIZE);
            let end = decoded
                .get(..end)
                .and_then(|t| t.rfind(char::is_whitespace))
                .filter(|at| *at > SIZE / 2)
                .unwrap_or(end);
            decoded.truncate(end);
            let text = Text::new(decoded.clone());
            let layout = layout::layout(&text);
            let lang = language::language(&text)
                .value
                .unwrap_or_else(Lang::undetermined);
            Loaded {
                decoded,
                text,
                layout,
                lang,
            }
        })
        .collect()
}

/// One stage over the whole load, once.
type Stage = fn(&Loaded);

const STAGES: [(&str, Stage); 10] = [
    ("decode", |d| {
        let _ = black_box(decode::decode(d.decoded.as_bytes()));
    }),
    ("text", |d| {
        black_box(Text::new(d.decoded.clone()));
    }),
    ("layout", |d| {
        black_box(layout::layout(&d.text));
    }),
    ("language", |d| {
        black_box(language::language(&d.text));
    }),
    ("dates", |d| {
        let reference = jiff::civil::date(2026, 6, 30);
        black_box(dates::dates(&d.text, &d.layout, &d.lang, Some(reference)));
    }),
    ("countries", |d| {
        black_box(countries::countries(&d.text, &d.layout, &d.lang, &[]));
    }),
    ("topics", |d| {
        black_box(topics::topics(
            &d.text,
            &d.layout,
            &d.lang,
            Vocabulary::embedded(),
        ));
    }),
    ("actors", |d| {
        black_box(actors::actors(
            &d.text,
            &d.layout,
            &d.lang,
            &Gazetteers::default(),
        ));
    }),
    ("title and summary", |d| {
        black_box(title::title(&d.text, &d.layout, &d.lang));
        black_box(title::summary(&d.text, &d.layout, &d.lang));
    }),
    ("markdown", |d| {
        black_box(markdown_text(&d.decoded));
    }),
];

fn stages(c: &mut Criterion) {
    let load = load();
    let mut group = c.benchmark_group("stage");
    group
        .throughput(Throughput::Elements(load.len() as u64))
        .sample_size(20)
        .measurement_time(Duration::from_secs(2));
    for (name, stage) in STAGES {
        group.bench_function(name, |b| b.iter(|| load.iter().for_each(stage)));
    }
    group.finish();
}

/// The texts as an import takes them, `TOGETHER` at a time: decoded, digested and derived.
fn import(texts: &[&Loaded]) -> usize {
    let options = Options {
        reference: Some(jiff::civil::date(2026, 6, 30)),
        ..Options::default()
    };
    let derive = |texts: &[&Loaded]| {
        let seeds = texts.par_iter().map(|d| {
            let bytes = d.decoded.as_bytes();
            let source = distill::Source::plain(bytes).expect("a text");
            (source, distill::digest(bytes))
        });
        let seeds: Vec<_> = seeds.collect();
        let jobs = seeds.iter().map(|(source, digest)| distill::Job {
            source,
            digest,
            options,
        });
        black_box(distill::derive_all(&jobs.collect::<Vec<_>>(), |document| {
            document
        }))
        .len()
    };
    texts.chunks(TOGETHER).map(derive).sum()
}

fn whole(c: &mut Criterion) {
    let load = load();
    let many: Vec<&Loaded> = (0..MANY).filter_map(|i| load.get(i % load.len())).collect();
    let mut group = c.benchmark_group("whole");
    group.sample_size(20);
    group.throughput(Throughput::Elements(MANY as u64));
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build();
    let one = one.expect("a thread");
    group.bench_function("one core", |b| b.iter(|| one.install(|| import(&many))));
    group.bench_function("all cores", |b| b.iter(|| import(&many)));
    group.finish();
}

/// The whole program for one seed: start, read, derive, print.
fn start(c: &mut Criterion) {
    let mut group = c.benchmark_group("start-up");
    group.sample_size(20);
    let seeds = "tests/corpus/000_4b5e72416c4ad0b1.txt";
    group.bench_function("explain one seed", |b| {
        b.iter(|| {
            let out = Command::new(env!("CARGO_BIN_EXE_depeche"))
                .args(["explain", "--json", "--as-of", "2026-06-30", seeds])
                .output()
                .expect("the program runs");
            assert!(out.status.success());
        });
    });
    group.finish();
}

criterion_group!(benches, stages, whole, start);
criterion_main!(benches);
