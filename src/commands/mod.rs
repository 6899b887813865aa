//! One verb a file: each runs one command and returns the exit status.

pub mod build;
pub mod check;
pub mod completions;
pub mod config;
pub mod context;
pub mod convert;
pub mod deploy;
mod desk;
mod diff;
pub mod explain;
pub mod import;
pub mod list;
mod marked;
pub mod migrate;
pub mod new;
pub mod new_briefing;
mod percent;
pub mod rename;
pub mod retag;
pub mod review;
pub mod schema;
pub mod serve;
pub mod theme;
pub mod watch;
