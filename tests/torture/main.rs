//! What must not break it: one test a line of `content/docs/torture.md`, named after the line. A test that needs root, a tmpfs or another user
//! says so aloud where it cannot have it, and passes.
#![cfg(test)]
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "the tests do to files what others may do"
)]
#![expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the names are our own"
)]

#[path = "../support/mod.rs"]
mod support;

mod edits;
mod input;
mod preview;
mod publication;
mod table;
mod untrusted;
mod watch;
