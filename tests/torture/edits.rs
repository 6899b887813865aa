//! Lines 25 to 27, 36 and 39: front matter at its borders, and what people do to files between two builds or imports.

mod bombs;
mod borders;
mod people;
mod rows;
mod strings;
