//! Line 35 as well: more events than a person makes, and what a long day of edits leaves in memory.

use std::{
    fs,
    thread::sleep,
    time::{Duration, Instant},
};

use crate::support::{
    Site, Tree, serving,
    system::held,
    watching::{Watching, until},
};

/// Each template writes a few bytes: what is looked at is the work around them.
fn small() -> Site {
    let site = Site::new(&[(
        "site.yaml",
        "title: T\nbase_url: https://example.org/\ntheme: mine\nsearch: false\nmap: false\noutputs: []\n",
    )]);
    for name in [
        "index",
        "section",
        "taxonomy_list",
        "taxonomy_single",
        "archive",
        "404",
        "regions",
        "finder",
    ] {
        site.write(
            &format!("themes/mine/templates/{name}.html"),
            "<body>{{ current_path }}{% if paginator %}{% for page in paginator.pages %} {{ page.title }}{% endfor %}{% endif %}</body></html>",
        );
    }
    site.write(
        "themes/mine/templates/page.html",
        "<body>{{ page.title }}{{ page.content | safe }}</body></html>",
    );
    site
}

fn briefing(n: usize, title: &str, text: &str) -> String {
    format!(
        "---\ntitle: {title}\nslug: b{n}\ndate: 2026-01-{:02}\ncountries: [MA]\n---\n\n{text}\n",
        1 + n % 28
    )
}

/// One change of a file, each of them two to four events.
fn change(site: &Site, turn: usize) {
    let n = turn % 40;
    let file = site.path(&format!("content/n/{n}.md"));
    match turn % 8 {
        0..=3 => site.write(
            &format!("content/n/{n}.md"),
            briefing(n, "A", &turn.to_string()),
        ),
        4 => {
            let saved = site.path("content/n/.saved");
            fs::write(&saved, briefing(n, &format!("B {turn}"), "Saved.")).expect("written");
            fs::rename(saved, file).expect("moved");
        }
        5 => {
            let _ = fs::rename(&file, site.path(&format!("content/n/moved{n}.md")));
        }
        6 => {
            let _ = fs::remove_file(site.path(&format!("content/n/moved{}.md", n - 1)));
        }
        _ => site.write(&format!("content/files/{n}.txt"), turn.to_string()),
    }
}

#[test]
fn line_35_a_thousand_events_a_second_converge() {
    let site = small();
    site.write("content/files/0.txt", "0");
    for n in 0..40 {
        site.write(&format!("content/n/{n}.md"), briefing(n, "A", "First."));
    }
    let watching = Watching::of(site.root());
    until("the first build", || watching.rebuilds() == 1);
    let begun = Instant::now();
    let mut turn = 0;
    while begun.elapsed() < Duration::from_secs(3) {
        for _ in 0..5 {
            change(&site, turn);
            turn += 1;
        }
        sleep(Duration::from_millis(10));
    }
    let (last, took) = (Instant::now(), begun.elapsed());
    let right = site.clean();
    let differing = |now: &Tree| {
        now.iter()
            .filter(|(path, bytes)| right.get(*path) != Some(bytes))
            .count()
    };
    until("the same site", || {
        let now = site.published("public");
        now.len() == right.len() && differing(&now) == 0
    });
    eprintln!(
        "{turn} changes in {took:?}, in {} rebuilds; the same as a clean build after {:?}",
        watching.rebuilds() - 1,
        last.elapsed()
    );
    assert!(turn >= 600, "only {turn} changes were made");
    assert!(last.elapsed() < Duration::from_secs(15));
    // And nothing moves any more.
    let rebuilds = watching.rebuilds();
    sleep(Duration::from_millis(500));
    assert_eq!(watching.rebuilds(), rebuilds);
    assert!(site.published("public") == right);
}

/// Bytes of a briefing's text: what is kept of an edit that should not be shows.
const TEXT: usize = 24 * 1024;
/// Edits, and after how many of them memory is taken for that of a running program.
const EDITS: usize = 300;
const WARM: usize = 100;

/// Makes the edits, each when the last one is shown. What a process holds after the first ones and at the end, in KiB.
fn edited(site: &Site, process: u32, shown: impl Fn(usize) -> String) -> (u64, u64) {
    let mut warm = 0;
    for turn in 0..EDITS {
        let (n, word) = (turn % 20, format!("word{turn}x"));
        let text = format!(
            "{word} {}",
            "Iceland reopened its ports. ".repeat(TEXT / 28)
        );
        let title = if turn % 5 == 0 { &word } else { "A" };
        site.write(&format!("content/n/{n}.md"), briefing(n, title, &text));
        until(&word, || shown(n).contains(&word));
        if turn == WARM {
            warm = held(process);
        }
    }
    (warm, held(process))
}

fn long() -> Site {
    let site = small();
    for n in 0..20 {
        site.write(
            &format!("content/n/{n}.md"),
            briefing(n, "A", &"Long. ".repeat(TEXT / 6)),
        );
    }
    site
}

/// 200 texts of 24 KiB that stayed somewhere would be nearly 5 MiB, and their HTML as much.
#[track_caller]
fn assert_flat((warm, end): (u64, u64), what: &str) {
    eprintln!("{what} held {warm} KiB after {WARM} edits and {end} KiB after {EDITS}");
    assert!(warm > 0, "the system tells of no memory");
    assert!(end < warm + 4 * 1024, "{what}: {warm} KiB became {end} KiB");
}

#[test]
fn line_35_many_edits_leave_nothing_in_the_memory_of_a_watch() {
    let site = long();
    let watching = Watching::of(site.root());
    until("the first build", || watching.rebuilds() == 1);
    let page = |n: usize| {
        let path = format!("public/2026/01/{:02}/b{n}/index.html", 1 + n % 28);
        fs::read_to_string(site.path(&path)).unwrap_or_default()
    };
    assert_flat(edited(&site, watching.id(), page), "watch");
    let right = site.clean();
    until("the same site", || site.published("public") == right);
}

#[test]
fn line_35_many_edits_leave_nothing_in_the_memory_of_a_preview() {
    let site = long();
    let (running, port) = serving(&mut site.command(&["serve", "--port", "0"]));
    let page = |n: usize| crate::support::asked(port, &format!("/2026/01/{:02}/b{n}/", 1 + n % 28));
    assert_flat(edited(&site, running.0.id(), page), "serve");
}
