//! How long each stage of a build takes, on 1,000 briefings of the workload: read, parse, Markdown, assemble, render, publish.
//!
//! `cargo bench --bench stages` prints times and elements a second; what runs over all cores says so. The whole program is measured by `benches/compare`.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a benchmark that can't read its load stops"
)]

use std::{fs, hint::black_box, path::Path, process::Command, time::Duration};

use criterion::{
    BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main,
    measurement::WallTime,
};
use depeche::{
    content,
    edge::{ledger::Ledger, publish, terminal::Voice, walk},
    pipeline::{self, BuildOptions, Memo, Sources},
    render::{
        Renderer,
        links::Links,
        markdown::{self, Labels},
    },
    site::Route,
};
use tempfile::TempDir;

#[path = "workload/flavour.rs"]
#[expect(dead_code, reason = "the program of the workload uses all of it")]
mod flavour;
#[path = "workload/make.rs"]
mod make;
#[path = "workload/words.rs"]
mod words;

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Briefings of the site.
const MANY: usize = 1000;

const TEMPLATES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/sites/depeche");

/// The site of the benchmark in a folder of its own.
fn site() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let copied = Command::new("cp")
        .args(["-r", &format!("{TEMPLATES}/."), "."])
        .current_dir(&folder)
        .status();
    assert!(copied.expect("cp runs").success());
    let briefings = folder.path().join("content/briefings");
    fs::create_dir_all(&briefings).expect("a folder");
    let mut maker = make::Maker::default();
    for _ in 0..MANY {
        let briefing = maker.next().expect("another");
        let text = flavour::Flavour::Plain.file(&maker, &briefing);
        fs::write(briefings.join(format!("{}.md", briefing.stem)), text).expect("a file");
    }
    folder
}

fn built(sources: &Sources, memo: &mut Memo) -> Renderer {
    let (renderer, said) = pipeline::build(sources, &BuildOptions::default(), memo);
    assert!(said.is_empty(), "{said:?}");
    renderer.expect("a site")
}

fn group<'c>(c: &'c mut Criterion, name: &str) -> BenchmarkGroup<'c, WallTime> {
    let mut group = c.benchmark_group(name);
    group
        .sample_size(20)
        .measurement_time(Duration::from_secs(3))
        .throughput(Throughput::Elements(MANY as u64));
    group
}

/// From the disk to a renderer.
fn reading(c: &mut Criterion) {
    let folder = site();
    let (sources, _) = walk::sources(folder.path(), None, &[]);
    let mut group = group(c, "stage");
    group.bench_function("read the files", |b| {
        b.iter(|| walk::sources(folder.path(), None, &[]));
    });
    group.bench_function("parse a content file", |b| {
        b.iter(|| {
            for (path, bytes) in &sources.content {
                let _ = black_box(content::read(path, bytes));
            }
        });
    });
    let mut memo = Memo::default();
    let renderer = built(&sources, &mut memo);
    group.bench_function("Markdown to HTML", |b| {
        b.iter(|| {
            for item in &renderer.site().briefings {
                let links = Links::new(renderer.site(), &item.entry.path);
                black_box(markdown::render(&item.entry, &links, Labels::default()));
            }
        });
    });
    group.bench_function("assemble the site, all parsed", |b| {
        b.iter(|| built(&sources, &mut memo));
    });
    group.bench_function("sources to renderer, all cores", |b| {
        b.iter_batched(
            Memo::default,
            |mut memo| built(&sources, &mut memo),
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

/// From a renderer to bytes. What lists share is worked out before.
fn rendering(c: &mut Criterion) {
    let folder = site();
    let (sources, _) = walk::sources(folder.path(), None, &[]);
    let renderer = built(&sources, &mut Memo::default());
    let mut group = group(c, "render");
    for (name, wanted) in KINDS {
        let routes = renderer.site().routes.values();
        let routes: Vec<&Route> = routes.filter(|route| wanted(route)).collect();
        group.throughput(Throughput::Elements(routes.len() as u64));
        group.bench_function(name, |b| {
            b.iter(|| {
                for route in &routes {
                    black_box(renderer.render(route).expect("a page"));
                }
            });
        });
    }
    group.finish();
}

/// Which routes are of a kind.
type Kind = fn(&Route) -> bool;

const KINDS: [(&str, Kind); 4] = [
    ("a briefing", |route| matches!(route, Route::Briefing(_))),
    ("a page of a list", |route| {
        matches!(
            route,
            Route::Term { .. } | Route::Archive { .. } | Route::Home { .. }
        )
    }),
    ("all terms", |route| {
        matches!(route, Route::Terms { .. } | Route::Regions { .. })
    }),
    ("a file for machines", |route| {
        matches!(route, Route::Data(_))
    }),
];

/// From a renderer to the disk, over all cores.
fn publishing(c: &mut Criterion) {
    let folder = site();
    let (sources, _) = walk::sources(folder.path(), None, &[]);
    let renderer = built(&sources, &mut Memo::default());
    let put = |output: &Path| {
        publish::publish(
            &renderer,
            output,
            folder.path(),
            &[],
            &mut Ledger::default(),
            Voice::Quiet,
        )
        .expect("it is written")
    };
    let mut group = group(c, "publish");
    group.throughput(Throughput::Elements(renderer.site().routes.len() as u64));
    group.bench_function("into nothing", |b| {
        b.iter_batched(
            || TempDir::new().expect("a folder"),
            |output| {
                put(output.path());
                output
            },
            BatchSize::PerIteration,
        );
    });
    let output = TempDir::new().expect("a folder");
    put(output.path());
    group.bench_function("where nothing changed", |b| b.iter(|| put(output.path())));
    group.finish();
}

criterion_group!(benches, reading, rendering, publishing);
criterion_main!(benches);
