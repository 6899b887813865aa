//! `workload plain|hugo|txt N SITE`: writes N invented briefings into the folder of a site. Always the same ones; the first k don't depend on N.
//!
//! They are in four languages, ten a day, about 193 countries and 60 topics of which a few have most briefings. They link to each other, and have headings, lists, quotes and
//! tables. `benches/compare` calls it: `cargo build --release --example workload`.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a benchmark that can't write its load stops"
)]

use std::{env, fs, path::Path};

mod flavour;
mod make;
mod words;

use flavour::Flavour;
use make::Maker;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [flavour, n, site] = &arguments[..] else {
        eprintln!("workload plain|hugo|txt N SITE");
        std::process::exit(2);
    };
    let flavour = Flavour::named(flavour).expect("plain, hugo or txt");
    let (folder, extension) = flavour.place();
    let folder = Path::new(site).join(folder);
    fs::create_dir_all(&folder).expect("a folder for briefings");
    let mut maker = Maker::default();
    for _ in 0..n.parse().expect("a number of briefings") {
        let briefing = maker.next().expect("there is always another");
        let path = folder.join(format!("{}.{extension}", briefing.stem));
        fs::write(path, flavour.file(&maker, &briefing)).expect("a file is written");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(flavour: Flavour, n: usize) -> String {
        let mut maker = Maker::default();
        let files = (0..n).map(|_| {
            let briefing = maker.next().expect("another");
            flavour.file(&maker, &briefing)
        });
        files.collect()
    }

    #[test]
    fn the_first_ones_do_not_depend_on_how_many_there_are() {
        let more = all(Flavour::Plain, 60);
        assert!(more.starts_with(&all(Flavour::Plain, 25)));
    }

    #[test]
    fn they_are_the_same_on_every_machine_and_day() {
        let digest = depeche::distill::digest(all(Flavour::Plain, 100).as_bytes());
        assert_eq!(
            digest, "bcabbfa59762d2ab5f18e60c4bfb0f8556c3170a0ebb1686664dbe16c37ab935",
            "the workload is another one: figures of before can't be compared"
        );
    }

    #[test]
    fn raw_texts_have_about_two_kilobytes() {
        let size = all(Flavour::Txt, 200).len() / 200;
        assert!((2000..2600).contains(&size), "{size}");
    }
}
