//! A list of words → where they stand in a text without spaces.

/// Finds the words of one list, the longest at each place.
#[derive(Debug)]
pub(in crate::distill::actors) struct Finder(Option<aho_corasick::AhoCorasick>);

impl Finder {
    pub(super) fn new(words: &[&str]) -> Self {
        Self(
            aho_corasick::AhoCorasick::builder()
                .match_kind(aho_corasick::MatchKind::LeftmostLongest)
                .build(words)
                .ok(),
        )
    }

    /// Where the words are, in order, without overlaps: start, end, place in the list.
    pub(in crate::distill::actors) fn find<'a>(
        &'a self,
        text: &'a str,
    ) -> impl Iterator<Item = (usize, usize, usize)> + 'a {
        self.0
            .iter()
            .flat_map(move |found| found.find_iter(text))
            .map(|m| (m.start(), m.end(), m.pattern().as_usize()))
    }
}
