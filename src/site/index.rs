//! Briefings → indexes by country, topic and date. Values are positions in `Site::briefings`, newest first.

use std::collections::BTreeMap;

use super::Item;
use crate::distill::Vocabulary;

/// The position of a briefing in `Site::briefings`.
pub type Position = usize;

/// Briefings by term slug.
pub type Terms = BTreeMap<String, Vec<Position>>;

/// Briefings by period: years, months and days that have any.
pub type Archive = BTreeMap<Period, Vec<Position>>;

/// The two ways in which briefings are classified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taxonomy {
    /// By what they are about.
    Countries,
    /// By topic.
    Topics,
}

impl Taxonomy {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Countries, Self::Topics];

    /// The key in front matter and the first part of the path.
    pub fn name(self) -> &'static str {
        match self {
            Self::Countries => "countries",
            Self::Topics => "topics",
        }
    }
}

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The year.
    pub year: i16,
    /// The month, 1 to 12, where the period is a month or a day.
    pub month: Option<i8>,
    /// The day of the month, where the period is a day.
    pub day: Option<i8>,
}

impl Period {
    /// The period that this one lies in.
    pub fn parent(self) -> Option<Self> {
        match (self.month, self.day) {
            (Some(_), Some(_)) => Some(Self { day: None, ..self }),
            (Some(_), None) => Some(Self {
                month: None,
                ..self
            }),
            _ => None,
        }
    }

    /// A whole year.
    pub fn of_year(year: i16) -> Self {
        Self {
            year,
            month: None,
            day: None,
        }
    }

    /// The first day of the period.
    pub fn first_day(self) -> Option<jiff::civil::Date> {
        jiff::civil::Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }
}

/// Briefings by lower-case country code.
pub fn by_country(briefings: &[Item]) -> Terms {
    collect(briefings, |item| {
        item.card
            .countries
            .iter()
            .map(|c| c.as_str().to_ascii_lowercase())
            .collect()
    })
}

/// Briefings by topic slug; a parent holds those of the topics below it too.
pub fn by_topic(briefings: &[Item], vocabulary: &Vocabulary) -> Terms {
    collect(briefings, |item| topics_and_above(item, vocabulary))
}

/// The topics of a briefing and those above them, each once.
pub fn topics_and_above(item: &Item, vocabulary: &Vocabulary) -> Vec<String> {
    let mut slugs: Vec<String> = Vec::new();
    for topic in &item.card.topics {
        let above = vocabulary.above(topic).into_iter();
        for slug in std::iter::once(topic).chain(above) {
            if !slugs.iter().any(|known| known == slug.as_str()) {
                slugs.push(slug.as_str().to_owned());
            }
        }
    }
    slugs
}

/// Briefings by the people they name, in small letters.
pub fn by_person(briefings: &[Item]) -> Terms {
    collect(briefings, |item| {
        let people = item.entry.front.people.iter();
        people.map(|p| p.name.to_lowercase()).collect()
    })
}

/// Briefings by year, month and day. A briefing of which only the month is known is in no day.
pub fn by_date(briefings: &[Item]) -> Archive {
    collect(briefings, |item| {
        let Some(date) = &item.card.date else {
            return Vec::new();
        };
        let civil = date.civil();
        let day = Period {
            year: civil.year(),
            month: Some(civil.month()),
            day: Some(civil.day()),
        };
        let month = Period { day: None, ..day };
        let year = Period {
            month: None,
            ..month
        };
        if date.precision() == crate::model::Precision::Month {
            vec![year, month]
        } else {
            vec![year, month, day]
        }
    })
}

fn collect<K: Ord>(
    briefings: &[Item],
    keys: impl Fn(&Item) -> Vec<K>,
) -> BTreeMap<K, Vec<Position>> {
    let mut index: BTreeMap<K, Vec<Position>> = BTreeMap::new();
    for (position, item) in briefings.iter().enumerate() {
        for key in keys(item) {
            let of_key = index.entry(key).or_default();
            if of_key.last() != Some(&position) {
                of_key.push(position);
            }
        }
    }
    index
}
