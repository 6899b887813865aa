//! Reading YAML: honest files are read fast, and no text makes the reader panic. What is refused, and that strings survive, is in
//! `tests/torture/edits.rs`.
#![cfg(test)]

use std::time::{Duration, Instant};

use depeche::yaml::{FRONT_MATTER_LIMIT, nodes};
use proptest::prelude::*;

/// A bomb that goes off takes minutes; a busy machine without optimisation does not take this long for a text that is refused at once.
const LIMIT: Duration = Duration::from_secs(5);

#[test]
fn large_but_honest_front_matter_is_read_fast() {
    for text in [
        (0..6000).map(|i| format!("k{i}: v\n")).collect::<String>(),
        format!("a: [{}]\n", "x, ".repeat(20_000)),
        format!("a: \"{}\"\n", "x ".repeat(30_000)),
        format!("{}a: 1\n", "#\n".repeat(30_000)),
    ] {
        #[expect(clippy::disallowed_methods, reason = "the test measures time")]
        let before = Instant::now();
        nodes("a.md", &text, 2, FRONT_MATTER_LIMIT).expect("well");
        let taken = before.elapsed();
        assert!(taken < LIMIT, "{taken:?} without optimisation");
    }
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "[-:#&*!|>'\"%@`{}\\[\\],?~=<. ab0\t\n\u{FEFF}\u{85}é]{0,40}", any in any::<String>()) {
        let _ = nodes("a.md", &text, 1, FRONT_MATTER_LIMIT);
        let _ = nodes("a.md", &any, 1, FRONT_MATTER_LIMIT);
    }
}
