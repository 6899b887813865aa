//! The only input and output: reading sources, writing content/ and the site, watching, serving, the terminal.

pub mod bounded;
pub mod clock;
pub mod convert;
pub mod deploy;
pub mod edits;
pub mod environment;
pub mod external;
pub mod import;
pub mod interrupt;
pub mod ledger;
pub mod lock;
pub mod publish;
pub mod review;
pub mod serve;
pub mod state;
pub mod terminal;
pub mod timings;
mod tls;
pub mod walk;
pub mod watch;
pub mod workshop;
