//! Dépêche: raw press documents in, a classified briefing site out. ARCHITECTURE.md has the flow.

pub mod check;
pub mod cli;
pub mod commands;
pub mod config;
pub mod content;
pub mod deploy;
pub mod diagnostic;
pub mod distill;
pub mod edge;
pub mod editing;
pub mod formats;
pub mod migrate;
pub mod model;
pub(crate) mod near;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod site;
pub mod sum;
pub mod yaml;
