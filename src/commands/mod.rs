//! One verb a file: each runs one command and returns the exit status.

pub mod build;
pub mod check;
pub mod explain;
pub mod import;
pub mod new;
pub mod serve;
pub mod watch;
