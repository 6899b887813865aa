//! What editors of a site use beside `build`: settings and their schemas, `check`, lists and changes of content files.
#![cfg(test)]
#![expect(
    clippy::disallowed_methods,
    reason = "the tests read what the commands wrote"
)]

#[path = "../support/mod.rs"]
mod support;

mod check;
mod desk;
mod embargo;
mod external;
mod rename;
mod settings;
