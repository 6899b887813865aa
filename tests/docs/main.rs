//! The documentation, held to the program: its commands run in order, its files are written, its YAML, JSON and templates are read. The reference of templates
//! is what the program prints. What can't be run says so (`manual`) and is counted aloud.
//!
//! The info string of a fence says what is done with the block: `sh` runs each line in a site of the page's own, `sh manual` runs nothing, a language and a
//! path (`markdown content/a.md`) write that file, `yaml`, `json` and `jinja` are read, all else is only shown.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "tests read and run")]

#[path = "../support/mod.rs"]
mod support;
mod themes;

use std::{collections::BTreeMap, fs, path::Path};

use depeche::{
    config::{Config, Overrides, layers},
    render::Compiled,
    yaml,
};
use support::{Site, ran, serving};

/// One fenced block.
struct Block {
    /// `docs/writing.md:12`
    place: String,
    info: Vec<String>,
    text: String,
}

/// A page's own site.
struct Scratch {
    site: Site,
    /// The folder that the commands stand in, from the scratch folder.
    folder: String,
}

#[derive(Debug, Default)]
struct Counts {
    run: usize,
    written: usize,
    read: usize,
    manual: usize,
    shown: usize,
}

fn docs() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = support::tree(&root.join("content/docs")).into_iter();
    let pages =
        files.filter(|(name, _)| Path::new(name).extension().is_some_and(|end| end == "md"));
    let mut pages: BTreeMap<_, _> = pages
        .map(|(name, bytes)| (format!("docs/{name}"), bytes))
        .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("UTF-8")))
        .collect();
    let readme = fs::read_to_string(root.join("README.md")).expect("README.md");
    pages.insert("README.md".to_owned(), readme);
    pages
}

fn blocks(name: &str, page: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open = false;
    for (at, line) in page.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            open = !open;
            if open {
                found.push(Block {
                    place: format!("{name}:{}", at + 1),
                    info: info.split_whitespace().map(str::to_owned).collect(),
                    text: String::new(),
                });
            }
        } else if let Some(block) = found.last_mut().filter(|_| open) {
            block.text += line;
            block.text.push('\n');
        }
    }
    assert!(!open, "{name}: a fence has no end");
    found
}

impl Scratch {
    fn new() -> Self {
        Self {
            site: Site::new(&[]),
            folder: ".".to_owned(),
        }
    }

    /// A page that does not make its site has one.
    fn ready(&mut self) {
        if self.folder == "." && !self.site.has("site.yaml") {
            self.site.run(&["--quiet", "new", "site"]).well();
            self.folder = "site".to_owned();
        }
    }

    fn line(&mut self, line: &str, place: &str) {
        let command = line.split('#').next().unwrap_or_default();
        let words: Vec<&str> = command.split_whitespace().collect();
        match words.as_slice() {
            ["cd", folder] => self.folder = (*folder).to_owned(),
            ["depeche", "serve", rest @ ..] => {
                self.ready();
                let mut all = vec!["--root", &self.folder, "serve", "--port", "0"];
                all.extend(rest);
                drop(serving(&mut self.site.command(&all)));
            }
            ["depeche", arguments @ ..] => {
                if arguments.first() != Some(&"new") {
                    self.ready();
                }
                let mut command = self.site.command(arguments);
                command.current_dir(self.site.path(&self.folder));
                let ran = ran(command.output().expect("the binary runs"));
                assert_eq!(ran.status, 0, "{place}: {line}\n{}{}", ran.out, ran.err);
            }
            _ => panic!("{place}: `{line}` can't be run: mark the block as `sh manual`"),
        }
    }
}

/// Reads a snippet of YAML: as settings, where its first key is one and it is no briefing's front matter.
fn settings(block: &Block) {
    let read = yaml::parse::<serde_json::Value>(&block.place, &block.text, 1);
    let value = read.unwrap_or_else(|error| panic!("{}: {error}", block.place));
    let schema = layers::schema();
    let known = |key: &String| schema["properties"].get(key).is_some();
    let first = value.as_object().and_then(|map| map.keys().next());
    if first.is_some_and(known) && value.get("date").is_none() {
        let source = Some(("site.yaml", block.text.as_str()));
        if let Err(error) = Config::layered(source, &Overrides::default()) {
            panic!("{}: {error}", block.place);
        }
    }
}

/// Compiles a snippet of a template in a theme of its own.
fn template(block: &Block) {
    let files = [(
        "own/templates/page.html".to_owned(),
        block.text.clone().into(),
    )];
    let compiled = Compiled::of("own", &files.into_iter().collect(), None);
    let said: Vec<String> = compiled.said().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}: {said:?}", block.place);
}

#[test]
fn what_the_documentation_says_can_be_done() {
    let mut counts = Counts::default();
    for (name, page) in docs() {
        let mut scratch = Scratch::new();
        for block in blocks(&name, &page) {
            let info: Vec<&str> = block.info.iter().map(String::as_str).collect();
            match info.as_slice() {
                ["sh"] => {
                    for line in block.text.lines().filter(|l| !l.trim().is_empty()) {
                        scratch.line(line, &block.place);
                        counts.run += 1;
                    }
                }
                ["sh", "manual"] => {
                    eprintln!("not run: {}", block.place);
                    counts.manual += 1;
                }
                [_, path] => {
                    scratch.ready();
                    let path = format!("{}/{path}", scratch.folder);
                    scratch.site.write(&path, &block.text);
                    counts.written += 1;
                }
                ["yaml"] => {
                    settings(&block);
                    counts.read += 1;
                }
                ["json"] => {
                    let read = serde_json::from_str::<serde_json::Value>(&block.text);
                    assert!(read.is_ok(), "{}: {read:?}", block.place);
                    counts.read += 1;
                }
                ["jinja"] => {
                    template(&block);
                    counts.read += 1;
                }
                _ => counts.shown += 1,
            }
        }
    }
    eprintln!("{counts:?}");
    assert!(
        counts.run >= 15 && counts.written >= 8 && counts.read >= 12,
        "{counts:?}"
    );
}

#[test]
fn each_page_is_in_a_group_of_the_first_one() {
    let pages = docs();
    let first = &pages["docs/_index.md"];
    for name in pages.keys().filter(|name| !name.ends_with("_index.md")) {
        let linked = first.contains(&format!("(@/{name})"));
        assert!(linked || name == "README.md", "{name} is in no group");
    }
}

/// `DEPECHE_BLESS=1 cargo test --test docs` writes it anew.
#[test]
fn the_reference_of_templates_is_what_the_program_prints() {
    let site = Site::new(&[]);
    let printed = site.run(&["theme", "reference"]).well().out;
    let head = "---\ntitle: Templates, values and functions\nsummary: All that a template can use, as the program itself says.\nweight: 42\n---\n\n\
        This page is what `depeche theme reference` prints. The values are those of an invented site; `depeche context PATH` shows those of a page of yours, and with\n\
        `--keys` their names and types alone. [Themes](@/docs/themes.md) says how to begin.\n\n";
    let page = format!("{head}{printed}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/docs/theme-reference.md");
    if std::env::var_os("DEPECHE_BLESS").is_some() {
        fs::write(&path, &page).expect("written");
    }
    let kept = fs::read_to_string(&path).expect("content/docs/theme-reference.md");
    assert!(
        kept == page,
        "theme-reference.md is stale: DEPECHE_BLESS=1 cargo test --test docs"
    );
    // Each value is said in words.
    let mute: Vec<&str> = printed
        .lines()
        .filter(|l| l.starts_with("| `") && l.ends_with("|  |"))
        .collect();
    assert!(
        mute.is_empty(),
        "src/render/reference/words.rs has no words for {mute:#?}"
    );
}
