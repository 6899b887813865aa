//! A route → when it is published, and whether its address is that of its bytes.

use super::{Route, search};
use crate::site::Data;

/// When a route is published: whatever a file refers to is there before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// What pages draw in.
    Parts,
    /// Pages.
    Pages,
    /// What lists pages or parts under their names.
    Lists,
}

impl Turn {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Parts, Self::Pages, Self::Lists];
}

impl Route {
    /// When it is published.
    pub fn turn(&self) -> Turn {
        match self {
            Self::Packed { turn, .. } => *turn,
            Self::SearchFile(path) if path == search::TABLE => Turn::Lists,
            Self::Asset(_) | Self::ThemeAsset(_) | Self::SearchFile(_) | Self::OpenSearch => {
                Turn::Parts
            }
            Self::Data(Data::Card(_)) => Turn::Parts,
            Self::Data(_) | Self::Robots | Self::Host(_) => Turn::Lists,
            _ => Turn::Pages,
        }
    }

    /// Whether its address holds a fingerprint of its bytes: what is there never changes.
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::ThemeAsset(_) => true,
            Self::Packed { lasting, .. } => *lasting,
            Self::SearchFile(path) => path != search::TABLE,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Packing;

    #[test]
    fn a_twin_comes_with_what_a_host_sends_it_for() {
        for original in [
            Route::Data(Data::Sitemap),
            Route::NotFound,
            Route::ThemeAsset("/assets/a.css".to_owned()),
        ] {
            let twin = Route::Packed {
                path: String::new(),
                how: Packing::Gzip,
                turn: original.turn(),
                lasting: original.is_lasting(),
            };
            assert_eq!(twin.turn(), original.turn(), "{original:?}");
            assert_eq!(twin.is_lasting(), original.is_lasting(), "{original:?}");
        }
        assert_eq!(Route::Data(Data::Sitemap).turn(), Turn::Lists);
    }
}
