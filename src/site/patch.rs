//! A site + one content file, edited → the site after the edit, where nothing moves: what rests on the cards of all is the same, and shared.

use std::sync::{Arc, OnceLock};

use super::{Card, Item, LazyWords, Place, Site, card};
use crate::{content::Entry, diagnostic::Diagnostic, sum::Sealed};

impl Site {
    /// The site after an edit of one content file that moves nothing: its text, or of a briefing the words of its title and summary. `None` where
    /// anything else could differ; then the site must be assembled anew.
    pub fn patched(
        &self,
        entry: &Arc<Entry>,
        words: &LazyWords,
    ) -> Option<(Self, Vec<Diagnostic>)> {
        let place = *self.places.get(&entry.path)?;
        let (mut briefings, mut pages) = (self.briefings.clone(), self.pages.clone());
        let (list, at) = match place {
            Place::Briefing(at) => (&mut briefings, at),
            Place::Page(at) => (&mut pages, at),
            Place::Withdrawn(_) | Place::Section(_) => return None,
        };
        let (card, said) = card::card(entry, &self.config);
        let old = list.get(at)?;
        if !old.entry.front.differs_in_words_alone(&entry.front) {
            return None;
        }
        if *old.card != card {
            let same = Card {
                title: card.title.clone(),
                summary: card.summary.clone(),
                ..(*old.card).clone()
            };
            let above = at.checked_sub(1).and_then(|at| list.get(at));
            let stays = above.is_none_or(|item| item.card.newest_first(&card).is_le())
                && list
                    .get(at + 1)
                    .is_none_or(|item| card.newest_first(&item.card).is_le());
            let named = self.translations.contains_key(&entry.path);
            if same != card || !stays || named || matches!(place, Place::Page(_)) {
                return None;
            }
        }
        let item = Item {
            card: Sealed::new(card),
            entry: Arc::clone(entry),
            words: Arc::clone(words),
        };
        *list.get_mut(at)? = item;
        let site = Self {
            briefings,
            pages,
            index: Arc::clone(&self.index),
            search: OnceLock::new(),
        };
        Some((site, said))
    }
}
