//! Lines 7 to 17: files that can't be read, lie about what they are, or have names that lead elsewhere.

mod addresses;
mod bombs;
mod encodings;
mod links;
mod names;
mod size;

use crate::support::{Ran, Site};

const GOOD: (&str, &str) = (
    "content/good.md",
    "---\ntitle: Good\ndate: 2026-01-27\ncountries: [FR]\n---\n\nWell.\n",
);
const GOOD_SEED: (&str, &str) = (
    "seeds/2026-01-28_good.txt",
    "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports to shipping on Tuesday, the port authority said.\n",
);

fn site() -> Site {
    Site::new(&[GOOD, GOOD_SEED])
}

fn build(site: &Site) -> Ran {
    site.run(&["--quiet", "build", "--no-cache"])
}

/// The good page and the good seed are in the site.
#[track_caller]
fn the_rest_is_there(site: &Site) {
    assert!(site.read("public/index.html").contains("Ports reopen"));
    assert!(
        site.read("public/2026/01/27/good/index.html")
            .contains("Well.")
    );
}

/// Whether any file of the output holds a text.
fn published(site: &Site, text: &str) -> Option<String> {
    let holds = |bytes: &[u8]| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    site.tree("public")
        .into_iter()
        .find(|(_, bytes)| holds(bytes))
        .map(|(path, _)| path)
}
