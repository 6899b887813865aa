//! From a built site to readers: what each web host needs, served the way that host does it; deploying; pipelines. A test that needs a program which
//! is not there says so aloud and passes.
#![cfg(test)]
#![cfg(unix)]
#![expect(
    clippy::disallowed_methods,
    reason = "the tests read, write and run what a host would"
)]
#![expect(
    clippy::case_sensitive_file_extension_comparisons,
    reason = "the names are our own"
)]

#[path = "../support/mod.rs"]
mod support;

mod deploy;
mod from_nothing;
mod hosts;
mod http;
mod pipelines;
mod servers;
