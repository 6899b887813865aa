//! The command line of those who write themes.

use clap::{Args, Subcommand};

/// `theme VERB`
#[derive(Debug, Args)]
pub struct ThemeArgs {
    /// What to do
    #[command(subcommand)]
    pub verb: ThemeVerb,
}

/// What `theme` does.
#[derive(Debug, Subcommand)]
pub enum ThemeVerb {
    /// Make a theme of your own in themes/NAME that changes one block, one string and the style
    New {
        /// Its name: lower-case letters, digits and hyphens
        name: String,
    },
    /// Print the reference of templates as Markdown: values, functions, filters, components
    Reference,
}

/// `context PATH`
#[derive(Debug, Args)]
pub struct ContextArgs {
    /// The page: its path from the site's root, such as / or /countries/ma/
    pub path: String,
    /// Only the names, each with its type
    #[arg(long)]
    pub keys: bool,
}
