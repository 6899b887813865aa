//! One verb a file: each runs one command and returns the exit status.

pub mod build;
pub mod check;
pub mod convert;
pub mod deploy;
mod diff;
pub mod explain;
pub mod import;
mod marked;
pub mod new;
mod percent;
pub mod review;
pub mod serve;
pub mod watch;
