//! Newtypes for whatever has rules: parsed once at the boundary, right ever after.

mod country;
mod country_names;
mod date;
mod lang;
mod region;
mod topic;

pub use country::{CountryCode, country_name};
pub(crate) use country::{rows as country_rows, rows_of as country_rows_of};
pub use date::{Precision, PubDate};
pub use lang::{Direction, Lang, language_name};
pub use region::{Region, region_name, region_of};
pub use topic::TopicSlug;
