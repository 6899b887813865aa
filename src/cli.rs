//! The command line.

use std::path::{Path, PathBuf};

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::{commands::new::Ci, config::limits::Within, edge::terminal::Voice};

mod editors;
mod migrate;
mod themes;

pub use editors::*;
pub use migrate::MigrateArgs;
pub use themes::*;

/// Raw press releases, communiqués and wire dispatches in; a classified, multilingual briefing site out.
#[derive(Debug, Parser)]
#[command(name = "depeche", version, arg_required_else_help = true, after_help = AFTER_HELP)]
pub struct Cli {
    /// The site's folder: where site.yaml, seeds/ and content/ lie
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Another configuration file than site.yaml in the site's folder
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Say nothing but warnings and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say what is done with each file
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
    /// Say at the end what each stage took
    #[arg(long, global = true)]
    pub timings: bool,
    /// Write what each stage took to a file that Perfetto and browsers' profilers show as a flame graph
    #[arg(long, global = true, value_name = "FILE")]
    pub trace: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
A first site:
  depeche new my-site      a folder with settings, an example seed and a page
  cd my-site
  depeche serve            http://127.0.0.1:4000/, rebuilt as you edit
  depeche build            the same site in public/, ready for any static host

Exit status: 0 well; 1 the content has errors (everything else was still done); 2 wrong usage or the job could not be done.";

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new site: configuration, an example seed, a page
    New(NewArgs),
    /// Make a site of one that was made with Zola, Hugo, Jekyll or MkDocs
    ///
    /// Says of every field whether it was kept, changed or dropped, and of what could not be carried over where it stands.
    Migrate(MigrateArgs),
    /// Derive front matter from new or changed seeds and write content/
    ///
    /// A value that a person changed is never touched: only what an earlier import wrote, and nobody edited, is refreshed.
    Import(ImportArgs),
    /// Import what is new in seeds/, then render the site into public/
    Build(BuildArgs),
    /// Show what would be derived from a seed, and why; write nothing
    Explain(ExplainArgs),
    /// List the values that a person should look at, worst first, and settle them
    ///
    /// Without --accept or --set it only reads. A value that is accepted or set is yours from then on: no import touches it again.
    Review(ReviewArgs),
    /// Preview on this machine: rendered on demand, reloaded as you edit
    Serve(ServeArgs),
    /// Rebuild into the output folder whenever a file changes
    Watch(WatchArgs),
    /// Build, then put what differs to a place: a store that speaks S3, a folder, another machine
    ///
    /// The place is one of `deploy` in site.yaml, or --to. Credentials come from the environment (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; SSH's agent), and are never written anywhere. Only what a deploy put there is ever replaced or deleted.
    Deploy(DeployArgs),
    /// Look for faults: front matter, links, assets, addresses, languages, descriptions, names, embargoes
    Check(CheckArgs),
    /// List content files: drafts, embargoes, what waits for review, by country, topic, language, day
    List(ListArgs),
    /// Make a content file from a title
    NewBriefing(NewBriefingArgs),
    /// Give a content file another name, with an alias of its old address, and mend the links to it
    Rename(RenameArgs),
    /// Rename, add or remove a topic or country over many files
    ///
    /// Shows what would change as a diff and asks before it writes. What is written is yours: no import touches it again.
    Retag(RetagArgs),
    /// Print the completions of a shell
    Completions(CompletionsArgs),
    /// Write man pages into a folder
    Man(ManArgs),
    /// Show the settings that hold, and where each comes from
    Config(ConfigArgs),
    /// Print the JSON Schema of site.yaml, front matter or topics.yaml, for editors
    Schema(SchemaArgs),
    /// Make a theme of your own, or print the reference of templates
    Theme(ThemeArgs),
    /// Show all that the template of a page gets, as JSON or as an outline
    Context(ContextArgs),
    /// One file from standard input, what it says as JSON: how a converter runs apart from the rest
    #[command(hide = true)]
    Convert(ConvertArgs),
}

/// `new DIR`
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The folder to make; it must not exist or be empty. With --ci it may be a site's
    pub dir: PathBuf,
    /// Write a pipeline that builds, checks, previews and publishes the site, too
    #[arg(long, value_name = "SERVICE")]
    pub ci: Option<Ci>,
}

/// `import [SEED...]`
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The day the seeds were received (YYYY-MM-DD): relative dates resolve against it [default: a date in the seed's name, else the first import's day]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Say what would change; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print what would change, line by line, as a unified diff; write nothing
    #[arg(long, conflicts_with = "dry_run")]
    pub diff: bool,
    /// Only these seeds [default: all of seeds/]
    #[arg(value_name = "SEED")]
    pub seeds: Vec<PathBuf>,
}

/// `build`
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Where to write the site, from the site's folder
    #[arg(long, value_name = "DIR", default_value = "public")]
    pub output: PathBuf,
    /// The address the site will have, in place of site.yaml's base_url
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// The day seeds were received (YYYY-MM-DD), in place of the day in their names; counts for those imported before, too
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Render drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Fail if an import would change content/ (for CI)
    #[arg(long)]
    pub frozen: bool,
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// What is remembered from build to build
    #[command(flatten)]
    pub memory: MemoryArgs,
    /// Write the next moment at which an embargo ends or a briefing expires to a file, for the scheduler of the next build; empty if there is none
    #[arg(long, value_name = "FILE")]
    pub next_build: Option<PathBuf>,
}

/// What `build` remembers.
#[derive(Debug, Args)]
pub struct MemoryArgs {
    /// Where to remember what was published, so that the next build renders only what differs, from the site's folder
    #[arg(long, value_name = "DIR", default_value = ".depeche-cache")]
    pub cache: PathBuf,
    /// Remember nothing and render everything
    #[arg(long, conflicts_with = "cache")]
    pub no_cache: bool,
}

/// `explain SEED...`
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// One JSON object a line, for programs
    #[arg(long)]
    pub json: bool,
    /// The day the seeds were received (YYYY-MM-DD)
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// The seeds to explain
    #[arg(required = true, value_name = "SEED")]
    pub seeds: Vec<PathBuf>,
}

/// `review [FILE...]`
#[derive(Debug, Args)]
pub struct ReviewArgs {
    /// The values stand: FILE FIELD..., or FILE alone for all that wait there
    #[arg(long, num_args = 1.., value_names = ["FILE", "FIELD"], conflicts_with_all = ["set", "files", "json", "all", "limit"])]
    pub accept: Vec<String>,
    /// Write another value: FILE FIELD VALUE...; several values make a list, an empty one takes the field away
    #[arg(long, num_args = 3.., value_names = ["FILE", "FIELD", "VALUE"], conflicts_with_all = ["files", "json", "all", "limit"])]
    pub set: Vec<String>,
    /// One JSON object a line, for programs: all that waits
    #[arg(long)]
    pub json: bool,
    /// Show no more than this many
    #[arg(long, value_name = "N", default_value_t = 20, conflicts_with = "all")]
    pub limit: usize,
    /// Show all of them
    #[arg(long)]
    pub all: bool,
    /// Exit with status 1 where anything waits
    #[arg(long)]
    pub strict: bool,
    /// Only these content files [default: all of content/]
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// `serve`
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    pub host: String,
    /// The port; 0 takes a free one
    #[arg(long, default_value_t = 4000)]
    pub port: u16,
    /// Open the site in the browser
    #[arg(long)]
    pub open: bool,
    /// Show drafts too, and what is under embargo
    #[arg(long)]
    pub drafts: bool,
}

/// `watch`
#[derive(Debug, Args)]
pub struct WatchArgs {
    /// Where to write the site, from the site's folder
    #[arg(long, value_name = "DIR", default_value = "public")]
    pub output: PathBuf,
    /// Render drafts too
    #[arg(long)]
    pub drafts: bool,
}

/// `convert KIND`
#[derive(Debug, Args)]
pub struct ConvertArgs {
    /// The file's format
    pub kind: String,
    /// MiB of memory that it may take
    #[arg(long, default_value = "1024")]
    pub mib: Within<256, 16384>,
    /// Seconds that it may take
    #[arg(long, default_value = "30")]
    pub seconds: Within<1, 600>,
}

/// `check`
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Check drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Ask other sites whether what is linked to is there; answers are kept in .depeche-cache
    #[arg(long)]
    pub external: bool,
    /// With --external: ask this machine and private networks, too
    #[arg(long, requires = "external")]
    pub allow_private: bool,
    /// How findings are told
    #[arg(long, value_enum, default_value_t)]
    pub format: CheckFormat,
    /// What makes the exit status 1 beside errors
    #[arg(long, value_enum, value_name = "WHAT")]
    pub deny: Option<Deny>,
}

/// How findings are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people, on standard error
    #[default]
    Human,
    /// One JSON object a line
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub's workflows
    Github,
}

/// What is denied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Warnings
    Warnings,
    /// Warnings and notes
    Notes,
}

/// `deploy [TARGET]`
#[derive(Debug, Args)]
pub struct DeployArgs {
    /// Which place of `deploy` in site.yaml [default: the only one]
    #[arg(conflicts_with = "to")]
    pub target: Option<String>,
    /// A place that site.yaml does not name: s3://bucket/prefix, rsync:user@host:/folder, or a folder
    #[arg(long, value_name = "PLACE")]
    pub to: Option<String>,
    /// With --to: the address of a store that is not Amazon's
    #[arg(long, value_name = "URL", requires = "to")]
    pub endpoint: Option<String>,
    /// With --to: the store's region
    #[arg(long, requires = "to")]
    pub region: Option<String>,
    /// Say what would be put and deleted; do neither (the site is built all the same)
    #[arg(long)]
    pub dry_run: bool,
    /// How the plan and the outcome are told on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The most files that may be deleted [default: the target's `max_deletes`, else 100]
    #[arg(long, value_name = "N")]
    pub max_deletes: Option<usize>,
    /// Take over files of the site that are at the place already and that no deploy put there
    #[arg(long)]
    pub adopt: bool,
    /// How the site is built
    #[command(flatten)]
    pub built: BuiltArgs,
}

/// How `deploy` builds the site.
#[derive(Debug, Args)]
pub struct BuiltArgs {
    /// Where to build the site, from the site's folder
    #[arg(long, value_name = "DIR", default_value = "public")]
    pub output: PathBuf,
    /// The address the site will have, in place of site.yaml's base_url
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Fail if an import would change content/ (for CI)
    #[arg(long)]
    pub frozen: bool,
    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,
    /// Where builds remember what was published, from the site's folder
    #[arg(long, value_name = "DIR", default_value = ".depeche-cache")]
    pub cache: PathBuf,
}

/// For whom an outcome is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// People.
    Text,
    /// Programs: one JSON object.
    Json,
}

impl Cli {
    /// A path of the command line that is taken from the site's folder.
    pub fn in_root(&self, path: &Path) -> PathBuf {
        if self.root == Path::new(".") {
            path.to_owned()
        } else {
            self.root.join(path)
        }
    }

    /// How much is said.
    pub fn voice(&self) -> Voice {
        match (self.quiet, self.verbose) {
            (true, _) => Voice::Quiet,
            (false, 0) => Voice::Normal,
            (false, _) => Voice::Verbose,
        }
    }
}
