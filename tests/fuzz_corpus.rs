//! What the fuzzer starts from and what it has found, without the fuzzer: each file of `fuzz/corpus/` and `fuzz/regressions/` is given to the
//! function of its target, on the stable toolchain. content/docs/fuzzing.md says how to look for more.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "the test reads files")]

mod support;

#[path = "../fuzz/src/lib.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the fuzzer calls the functions by name"
)]
mod fuzz;

use std::{
    collections::BTreeSet,
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use support::tree;

/// Bytes of one file: a seed is small, so that the fuzzer is fast.
const FILE_AT_MOST: usize = 16 * 1024;
/// Bytes of the whole of `fuzz/corpus/` and `fuzz/regressions/`.
const ALL_AT_MOST: usize = 900 * 1024;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

#[test]
fn the_corpus_and_what_was_found_hold() {
    let mut broken = Vec::new();
    for (name, target) in fuzz::TARGETS {
        for kind in ["corpus", "regressions"] {
            for (file, bytes) in tree(&folder().join(kind).join(name)) {
                if catch_unwind(AssertUnwindSafe(|| target(&bytes))).is_err() {
                    broken.push(format!("fuzz/{kind}/{name}/{file}"));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// A target that is only half there would be fuzzed by nobody, or replayed by nobody.
#[test]
fn each_target_has_its_file_its_seeds_and_its_dictionary() {
    let named: BTreeSet<String> = fuzz::TARGETS.map(|(name, _)| name.to_owned()).into();
    let stems = |path: &str| -> BTreeSet<String> {
        tree(&folder().join(path))
            .keys()
            .filter_map(|file| file.split(['.', '/']).next())
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(stems("fuzz_targets"), named);
    assert_eq!(stems("corpus"), named);
    assert!(stems("regressions").is_subset(&named));
    assert!(stems("dictionaries").is_subset(&named));
    let manifest = fs::read_to_string(folder().join("Cargo.toml")).expect("a manifest");
    let listed = |name: &String| {
        manifest.contains(&format!(
            "name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\""
        ))
    };
    assert!(named.iter().all(listed), "{manifest}");
    let mut all = 0;
    for kind in ["corpus", "regressions"] {
        for (file, bytes) in tree(&folder().join(kind)) {
            all += bytes.len();
            assert!(
                bytes.len() <= FILE_AT_MOST,
                "fuzz/{kind}/{file}: {} bytes",
                bytes.len()
            );
        }
    }
    assert!(all <= ALL_AT_MOST, "{all} bytes");
}
