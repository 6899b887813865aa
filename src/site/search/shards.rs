//! Sorted terms with their sizes → shards of bounded size. Where one ends rests on the terms near it alone, so that a new word moves no far boundary.
//!
//! The terms are the leaves of a tree that branches at each bit of their spelling (in UTF-16, the order in which a browser compares strings).
//! A branch that is small enough is a shard; another one is divided in two. Two neighbours that are together small enough stay apart: a
//! shard or two more is the price of boundaries that keep still.

use std::ops::Range;

/// Divides terms, given by their UTF-16 units in order and by their size in bytes, into ranges of at most `limit` bytes or one term.
pub fn shards(terms: &[(Vec<u16>, usize)], limit: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open = vec![(0..terms.len(), 0)];
    while let Some((range, bit)) = open.pop() {
        let here = terms.get(range.clone()).unwrap_or_default();
        let size: usize = here.iter().map(|(_, size)| size).sum();
        let deepest = here.iter().map(|(term, _)| term.len() * 16).max();
        if size <= limit || here.len() < 2 || deepest.is_none_or(|deepest| bit >= deepest) {
            if !here.is_empty() {
                out.push(range);
            }
            continue;
        }
        let middle = range.start + here.partition_point(|(term, _)| !is_set(term, bit));
        open.push((middle..range.end, bit + 1));
        open.push((range.start..middle, bit + 1));
    }
    out
}

fn is_set(term: &[u16], bit: usize) -> bool {
    let unit = term.get(bit / 16).copied().unwrap_or(0);
    unit >> (15 - bit % 16) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn sized(words: &BTreeMap<Vec<u16>, usize>) -> Vec<(Vec<u16>, usize)> {
        words.iter().map(|(w, n)| (w.clone(), *n)).collect()
    }

    proptest! {
        #[test]
        fn shards_are_in_order_whole_and_bounded(words in prop::collection::btree_map("[a-cあ]{1,5}", 1..40_usize, 0..80)) {
            let words = words.into_iter().map(|(w, n)| (w.encode_utf16().collect(), n)).collect();
            let terms = sized(&words);
            let all = shards(&terms, 60);
            let flat: Vec<usize> = all.iter().cloned().flatten().collect();
            prop_assert_eq!(flat, (0..terms.len()).collect::<Vec<_>>());
            for range in all {
                let size: usize = terms[range.clone()].iter().map(|t| t.1).sum();
                prop_assert!(size <= 60 || range.len() == 1);
            }
        }

        #[test]
        fn a_new_term_changes_one_shard(words in prop::collection::btree_map("[a-c]{1,5}", 1..20_usize, 1..80), new in "[a-c]{1,5}") {
            let mut words: BTreeMap<Vec<u16>, usize> = words.into_iter().map(|(w, n)| (w.encode_utf16().collect(), n)).collect();
            let new: Vec<u16> = new.encode_utf16().collect();
            words.remove(&new);
            let of = |words: &BTreeMap<Vec<u16>, usize>| -> BTreeSet<Vec<Vec<u16>>> {
                let terms = sized(words);
                shards(&terms, 60).into_iter().map(|r| terms[r].iter().map(|t| t.0.clone()).collect()).collect()
            };
            let before = of(&words);
            words.insert(new, 5);
            let after = of(&words);
            prop_assert!(before.difference(&after).count() <= 1);
        }
    }
}
