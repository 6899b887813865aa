//! The command line of `migrate`.

use std::path::PathBuf;

use clap::Args;

use super::DataFormat;
use crate::migrate::Tool;

/// `migrate TOOL PATH`
#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// What the site was made with
    #[arg(value_enum)]
    pub tool: Tool,
    /// The folder of that site; nothing in it is changed
    pub path: PathBuf,
    /// The folder of the new site; it must not exist or be empty [default: the name of PATH with -depeche, in this folder]
    #[arg(long, value_name = "DIR")]
    pub to: Option<PathBuf>,
    /// Say what would become of it; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: DataFormat,
}
