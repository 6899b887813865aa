//! Newtypes for whatever has rules: parsed once at the boundary, right ever after.

mod country;
mod date;
mod lang;
mod topic;

pub(crate) use country::rows as country_rows;
pub use country::{CountryCode, country_name};
pub use date::{Precision, PubDate};
pub use lang::{Direction, Lang, language_name};
pub use topic::TopicSlug;
