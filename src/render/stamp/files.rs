//! The stamps of files for machines.

use super::{Stamps, parts::row};
use crate::{
    site::{
        Data,
        data::{self, Format, positions},
    },
    sum::{Stamp, Sum},
};

impl Stamps<'_> {
    pub(super) fn data(&self, sum: Sum, of: &Data) -> Stamp {
        let site = self.site;
        let pieces = |of: &[usize]| -> Vec<Stamp> {
            let marks = of.iter().filter_map(|at| self.briefings.get(*at));
            marks.map(|marks| marks.piece).collect()
        };
        match of {
            Data::List(scope, format) => {
                let mut all = positions(site, scope);
                if format.is_full() {
                    all.truncate(site.config.feed_limit);
                    return sum.and(&pieces(&all)).stamp();
                }
                debug_assert!(matches!(format, Format::Csv | Format::Json));
                let rows = all.iter().filter_map(|at| site.briefings.get(*at));
                sum.all(rows.map(|item| row(site, item))).stamp()
            }
            Data::Markdown(source) => sum
                .and(&site.item(source).map(|item| self.of_item(item)))
                .stamp(),
            Data::Ninjs(at) => sum.and(&pieces(&[*at])).stamp(),
            Data::Card(data::Picture::Briefing(at)) => {
                let item = site.briefings.get(*at);
                sum.and(&item.map(|item| (&item.card, item.entry.body.above())))
                    .stamp()
            }
            Data::Card(_) | Data::Opml | Data::Llms | Data::Sitemap | Data::SitemapPart { .. } => {
                let versions = site.translations.iter();
                let sum = sum
                    .and(&self.terms)
                    .and(&self.cards)
                    .and(&self.places)
                    .all(versions);
                sum.all(site.routes.keys().filter(|path| path.ends_with('/')))
                    .stamp()
            }
        }
    }
}
