//! Hash of a word → the languages of a script that have it: one look into one small table, as every word of a text is asked for.

use std::collections::BTreeMap;

use crate::distill::table::Filter;

/// Which languages have which words.
#[derive(Default)]
pub(super) struct Words {
    filter: Filter,
    /// Of each word the upper bits of its hash, and below them where its languages are listed. A free place is zero.
    places: Box<[u64]>,
    /// Lists of languages, each behind its length.
    lists: Vec<u8>,
}

/// The bits of a place that say where the languages are listed.
const LISTED: u64 = 0xFFFF;

impl Words {
    /// From the languages of each word.
    pub(super) fn new(all: &BTreeMap<u64, Vec<u8>>) -> Self {
        // No list is at the beginning: it would look like a free place.
        let mut words = Self {
            places: vec![0; (all.len() * 2).next_power_of_two()].into_boxed_slice(),
            lists: vec![0],
            ..Self::default()
        };
        let mut listed: BTreeMap<&[u8], u64> = BTreeMap::new();
        for (hash, languages) in all {
            let list = *listed.entry(languages).or_insert_with(|| {
                let at = words.lists.len() as u64;
                words.lists.push(languages.len() as u8);
                words.lists.extend(languages);
                at
            });
            let mut at = words.home(*hash);
            while words.places.get(at).is_some_and(|place| *place != 0) {
                at = words.home(at as u64 + 1);
            }
            if let Some(place) = words.places.get_mut(at) {
                *place = hash & !LISTED | list & LISTED;
                words.filter.add(*hash);
            }
        }
        words
    }

    /// The place of a word in the table, which no other has, and its languages.
    pub(super) fn find(&self, hash: u64) -> Option<(usize, &[u8])> {
        if !self.filter.may_have(hash) {
            return None;
        }
        let mut at = self.home(hash);
        loop {
            let place = *self.places.get(at).filter(|place| **place != 0)?;
            if (place ^ hash) & !LISTED == 0 {
                let list = self.lists.get((place & LISTED) as usize..)?;
                let (length, rest) = list.split_first()?;
                return Some((at, rest.get(..usize::from(*length))?));
            }
            at = self.home(at as u64 + 1);
        }
    }

    /// Where the search for a word begins.
    fn home(&self, hash: u64) -> usize {
        hash as usize & self.places.len().wrapping_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distill::table::hash;

    #[test]
    fn each_word_has_its_own_place_and_languages() {
        let all: BTreeMap<u64, Vec<u8>> = (0..3000_u32)
            .map(|n| (hash(&n.to_string()), vec![(n % 7) as u8, 9]))
            .collect();
        let words = Words::new(&all);
        let mut places = std::collections::BTreeSet::new();
        for (word, languages) in &all {
            let (place, found) = words.find(*word).expect("was added");
            assert_eq!(found, languages);
            assert!(places.insert(place));
        }
        assert!((3000..9000).all(|n| words.find(hash(&n.to_string())).is_none()));
        assert!(Words::default().find(hash("a")).is_none());
    }
}
