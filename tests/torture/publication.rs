//! Lines 1 to 6: the output folder and content/ under kills, full disks, strangers' files and other builds.

mod at_once;
mod disk;
mod folder;
mod kills;

use std::fs;

use crate::support::{Ran, Site};

const SETTINGS: &str = "title: T\nbase_url: https://example.org/\ntheme: mine\n";

fn page(n: usize, round: usize) -> String {
    format!(
        "---\ntitle: Page {n} of round {round}\ndate: 2026-01-{:02}\ncountries: [MA]\ntopics: [trade]\n---\n\n![a](/{round}.png) Text {n}, word{n}r{round}.\n",
        1 + n % 28
    )
}

/// The site of a round: other texts, another style, another picture, another page that has gone.
fn change(site: &Site, round: usize) {
    // In this order a watch that reads in the midst finds each picture that a page draws in.
    site.write(&format!("content/{round}.png"), format!("picture {round}"));
    for n in 0..4 {
        site.write(&format!("content/briefings/{n}.md"), page(n, round));
    }
    site.write("content/gone.md", "---\ntitle: Gone\n---\n\nx\n");
    if round.is_multiple_of(2) {
        fs::remove_file(site.path("content/gone.md")).expect("removed");
    }
    site.write(
        "themes/mine/static/style.css",
        format!("p {{ order: {round} }}"),
    );
    site.write(
        "themes/mine/templates/page.html",
        "{% extends \"default/page.html\" %}{% block head %}{{ super() }}<link rel=\"stylesheet\" href=\"{{ asset(path='style.css') }}\">{% endblock head %}",
    );
    if round > 0 {
        let _ = fs::remove_file(site.path(&format!("content/{}.png", round - 1)));
    }
}

fn seed(n: usize, round: usize) -> String {
    format!(
        "Ports of region {n} reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its {n} ports on Tuesday, said notice {round}.\n"
    )
}

#[track_caller]
fn refused(ran: &Ran, status: i32, said: &[&str]) {
    assert_eq!(ran.status, status, "{}", ran.err);
    for said in said {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}
