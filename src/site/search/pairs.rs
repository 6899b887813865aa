//! Neighbouring words → the documents in which they stand side by side, so that a phrase in quotation marks is found as it is written.
//!
//! A pair is known by a number worked out from its two words, not by its spelling: there are far more pairs than words. The first bits of the
//! number say in which shard it is, the next eighteen are its three letters there. A reader who asks for a phrase fetches the table of
//! shards once and a shard for each pair.

use std::{collections::BTreeMap, sync::Arc};

use rayon::prelude::*;
use serde_json::json;

use super::{Words, postings, short, words};
use crate::site::route;

/// Most bits of a number that choose the shard; eighteen more make the key.
const MOST_BITS: u32 = 14;

/// Postings in a shard before it is compressed: 7 to 14 KB of text.
const POSTINGS: usize = 4_096;

/// A pair that stands in more documents than that is posted as [`EVERYWHERE`]: its row would weigh more than it tells.
const MOST_ROW: usize = 16_384;

/// The row of a pair that is not checked.
const EVERYWHERE: &str = "*";

/// The numbers of the pairs of neighbours in a line of [`words`](super::words::words). The single characters of scripts without spaces are
/// passed over: they stand at the end of a run of pairs, where the word before them already is.
pub fn of_line(words: &[String]) -> Vec<u32> {
    let whole: Vec<&String> = words.iter().filter(|w| !words::is_single(w)).collect();
    let pairs = whole.windows(2);
    pairs.map(|pair| number(pair[0], pair[1])).collect()
}

/// FNV-1a over the UTF-16 units of both words with a space between, mixed once more so that its first bits are as good as its last.
fn number(a: &str, b: &str) -> u32 {
    let units = a.encode_utf16().chain([32]).chain(b.encode_utf16());
    let mut n = units.fold(0x811c_9dc5_u32, |n, unit| {
        (n ^ u32::from(unit)).wrapping_mul(0x0100_0193)
    });
    n = (n ^ (n >> 15)).wrapping_mul(0x2c1b_3c6d);
    n ^ (n >> 13)
}

/// Writes the shards and their table; gives the table's mark, or nothing where no two words are neighbours. Documents come greatest number first.
pub(super) fn add(
    documents: &[(u32, &Words)],
    files: &mut BTreeMap<String, Arc<[u8]>>,
) -> Option<String> {
    let postings: usize = documents.iter().map(|(_, words)| words.pairs().len()).sum();
    if postings == 0 {
        return None;
    }
    let bits = postings
        .div_ceil(POSTINGS)
        .next_power_of_two()
        .ilog2()
        .min(MOST_BITS);
    // Some shards at a time, for the memory it takes to sort them.
    let coarse = bits.min(6);
    let made: Vec<Vec<(String, Arc<[u8]>)>> = (0..1_u32 << coarse)
        .into_par_iter()
        .map(|part| shards(&sorted(documents, part, coarse), part, coarse, bits))
        .collect();
    let mut marks = String::new();
    for (n, (mark, shard)) in made.into_iter().flatten().enumerate() {
        files.insert(route::search::pairs(n, &mark), shard);
        marks.push_str(&mark);
    }
    let table = json!(marks);
    let mark = short(&table);
    files.insert(
        route::search::pair_table(&mark),
        table.to_string().into_bytes().into(),
    );
    Some(mark)
}

/// The postings whose numbers begin with the bits of `part`, by number, then the greatest document first.
fn sorted(documents: &[(u32, &Words)], part: u32, coarse: u32) -> Vec<(u32, u32)> {
    let begin = |part: u32| u64::from(part) << (32 - coarse);
    let mut out = Vec::new();
    for (id, words) in documents {
        let pairs = words.pairs();
        let from = pairs.partition_point(|n| u64::from(*n) < begin(part));
        let to = pairs.partition_point(|n| u64::from(*n) < begin(part + 1));
        out.extend(
            pairs
                .get(from..to)
                .into_iter()
                .flatten()
                .map(|n| (*n, u32::MAX - *id)),
        );
    }
    out.sort_unstable();
    out
}

/// The shards of a part, each with its mark.
fn shards(postings: &[(u32, u32)], part: u32, coarse: u32, bits: u32) -> Vec<(String, Arc<[u8]>)> {
    let each = 1_u64 << (bits - coarse);
    let first = u64::from(part) * each;
    let mut rest = postings;
    let mut out = Vec::new();
    for shard in first..first + each {
        let end = (shard + 1) << (32 - bits);
        let (here, more) = rest.split_at(rest.partition_point(|(n, _)| u64::from(*n) < end));
        rest = more;
        let text = json!(text(here, bits));
        out.push((short(&text), text.to_string().into_bytes().into()));
    }
    out
}

/// `.` and key and row of each pair, and `.` at the end.
fn text(postings: &[(u32, u32)], bits: u32) -> String {
    let mut text = String::with_capacity(postings.len() * 5 + 1);
    for pair in postings.chunk_by(|a, b| a.0 == b.0) {
        text.push('.');
        postings::letters(pair[0].0 >> (MOST_BITS - bits), 3, &mut text);
        if pair.len() > MOST_ROW {
            text.push_str(EVERYWHERE);
            continue;
        }
        let mut row = postings::Row::default();
        for (_, id) in pair {
            row.push(u32::MAX - id, 0, 1);
        }
        text.push_str(row.text());
    }
    text.push('.');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_knows_a_pair_by_the_same_number() {
        let text = include_str!("../../../tests/browser/pairs.json");
        let vectors: Vec<(String, String, u32)> = serde_json::from_str(text).expect("vectors");
        for (a, b, n) in vectors {
            assert_eq!(number(&a, &b), n, "{a} {b}");
        }
    }

    #[test]
    fn what_is_everywhere_is_not_told() {
        let entry = crate::content::Entry {
            path: "a.md".to_owned(),
            front: crate::content::FrontMatter::default(),
            body: "United Nations".into(),
            body_line: 1,
        };
        let words = Words::of(&entry);
        let of = |count: u32| -> String {
            let documents: Vec<(u32, &Words)> = (0..count).rev().map(|n| (n, &words)).collect();
            text(&sorted(&documents, 0, 0), 0)
        };
        assert!(!of(MOST_ROW as u32).contains(EVERYWHERE));
        assert!(of(MOST_ROW as u32 + 1).ends_with("*."));
    }
}
