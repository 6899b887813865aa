//! The command line of what editors use beside `build`: lists, changes of content files, settings and schemas, shells.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::{
    editing::{
        listing::{Order, State},
        retag::Kind as TagKind,
    },
    model::{CountryCode, Lang, TopicSlug},
};

/// `list`
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Only what stands so; may be given several times, any of them counts
    #[arg(long, value_enum)]
    pub state: Vec<State>,
    /// Only what is about this country (ISO 3166-1); several must all be there
    #[arg(long, value_name = "CODE")]
    pub country: Vec<CountryCode>,
    /// Only what has this topic, or one below it; several must all be there
    #[arg(long, value_name = "SLUG")]
    pub topic: Vec<TopicSlug>,
    /// Only what is in this language
    #[arg(long, value_name = "TAG")]
    pub lang: Option<Lang>,
    /// Only from this day on (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub since: Option<Date>,
    /// Only until this day (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub until: Option<Date>,
    /// Only what has these words in title, summary or text
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
    /// Ordinary pages, too
    #[arg(long)]
    pub pages: bool,
    /// The order
    #[arg(long, value_enum, default_value_t)]
    pub sort: Order,
    /// The other way round
    #[arg(long)]
    pub reverse: bool,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    pub format: ListFormat,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// For people
    #[default]
    Table,
    /// A row each, with a head
    Csv,
    /// One JSON object a line
    Json,
}

/// `new-briefing TITLE`
#[derive(Debug, Args)]
pub struct NewBriefingArgs {
    /// The title
    pub title: String,
    /// Its day (YYYY-MM-DD) [default: today]
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// Its language [default: that of the site]
    #[arg(long, value_name = "TAG")]
    pub lang: Option<Lang>,
    /// What it is about (ISO 3166-1); may be given several times
    #[arg(long, value_name = "CODE")]
    pub country: Vec<CountryCode>,
    /// Its topic; may be given several times
    #[arg(long, value_name = "SLUG")]
    pub topic: Vec<TopicSlug>,
    /// One or two sentences for lists and feeds
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,
    /// It is no draft
    #[arg(long)]
    pub publish: bool,
}

/// How a change of content files is made.
#[derive(Clone, Debug, Args)]
pub struct WriteArgs {
    /// Show what would change; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write without asking
    #[arg(long, conflicts_with = "dry_run")]
    pub yes: bool,
    /// Write even what git could not give back
    #[arg(long)]
    pub force: bool,
}

/// `rename FILE NAME`
#[derive(Debug, Args)]
pub struct RenameArgs {
    /// The content file
    pub file: String,
    /// Its new name: a slug, or a path from content/ for another folder
    pub name: String,
    /// How
    #[command(flatten)]
    pub write: WriteArgs,
}

/// `retag KIND`
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("change").required(true))]
pub struct RetagArgs {
    /// What is changed
    #[arg(value_enum)]
    pub kind: TagKind,
    /// One in place of another
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"], group = "change")]
    pub rename: Vec<String>,
    /// One more, in the files that are named
    #[arg(long, value_name = "NEW", group = "change")]
    pub add: Option<String>,
    /// One less
    #[arg(long, value_name = "OLD", group = "change")]
    pub remove: Option<String>,
    /// How
    #[command(flatten)]
    pub write: WriteArgs,
    /// Only these content files [default: all of content/]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// `completions SHELL`
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Which shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `man DIR`
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The folder; it is made where it is not there
    pub dir: PathBuf,
}

/// For people or for programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DataFormat {
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
}

/// `config`
#[derive(Debug, Args)]
pub struct ConfigArgs {
    /// Show each setting with where its value comes from: a default, a line of site.yaml, the environment, the command line
    #[arg(long)]
    pub explain: bool,
    /// For people or for programs
    #[arg(long, value_enum, default_value_t)]
    pub format: DataFormat,
    /// The address the site will have, as for `build`
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
}

/// `schema`
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Which one
    #[arg(
        value_enum,
        value_name = "WHICH",
        required_unless_present = "write",
        conflicts_with = "write"
    )]
    pub of: Option<SchemaOf>,
    /// Write all of them into a folder, from the site's folder
    #[arg(long, value_name = "DIR")]
    pub write: Option<PathBuf>,
}

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// site.yaml
    Site,
    /// What stands above the text of a content file
    FrontMatter,
    /// topics.yaml
    Topics,
}
