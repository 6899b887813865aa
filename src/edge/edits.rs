//! Planned changes of files → the files, each replaced whole; and what git says of them before, since git is how a person takes them back.

use std::{collections::BTreeSet, io, path::Path, process::Command};

use super::{import, review};
use crate::{diagnostic::Diagnostic, editing::Planned};

/// What git knows of some files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// All of them, as they are. With the files beside them that have changes.
    Safe(BTreeSet<String>),
    /// These have changes that are in no commit.
    Changed(Vec<String>),
    /// The folder is in no repository.
    Unknown,
    /// Git did not answer, and why.
    Unasked(String),
}

/// Asks git whether files of content/, or site.yaml, are as in the last commit.
pub fn kept(root: &Path, files: &[String]) -> Kept {
    const WHERE: [&str; 3] = ["--", "content", "site.yaml"];
    let prefix = match git(root, &["rev-parse", "--show-prefix"]) {
        Ok(prefix) => prefix.trim_end_matches('\n').to_owned(),
        Err(why) if why.contains("not a git repository") => return Kept::Unknown,
        Err(why) => return Kept::Unasked(why),
    };
    let of = |asked: &[&str]| git(root, &[asked, &WHERE].concat());
    let changes = [
        "status",
        "--porcelain",
        "-z",
        "--no-renames",
        "--untracked-files=no",
    ];
    let (status, tracked) = match (of(&changes), of(&["ls-files", "-z"])) {
        (Ok(status), Ok(tracked)) => (status, tracked),
        (Err(why), _) | (_, Err(why)) => return Kept::Unasked(why),
    };
    let tracked: BTreeSet<&str> = tracked.split('\0').collect();
    // Git names files from the root of its repository.
    let dirty: BTreeSet<String> = status
        .split('\0')
        .filter_map(|entry| entry.get(3..)?.strip_prefix(prefix.as_str()))
        .map(str::to_owned)
        .collect();
    let changed: Vec<String> = files
        .iter()
        .filter(|file| dirty.contains(*file) || !tracked.contains(file.as_str()))
        .cloned()
        .collect();
    if changed.is_empty() {
        Kept::Safe(dirty)
    } else {
        Kept::Changed(changed)
    }
}

/// What git says; else why it says nothing.
fn git(root: &Path, arguments: &[&str]) -> Result<String, String> {
    let said = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .map_err(|error| format!("git can't be run: {error}"))?;
    if !said.status.success() {
        return Err(String::from_utf8_lossy(&said.stderr).trim().to_owned());
    }
    Ok(String::from_utf8_lossy(&said.stdout).into_owned())
}

/// The command that takes changes of these files back, and of none of those that are `dirty`.
pub fn undo(root: &Path, files: &[String], dirty: &BTreeSet<String>) -> String {
    const NAMED: usize = 8;
    let git = if root == Path::new(".") {
        "git".to_owned()
    } else {
        format!("git -C {}", review::quoted(&root.to_string_lossy()))
    };
    let named: BTreeSet<&str> = files
        .iter()
        .map(|file| match files.len() {
            0..=NAMED => file,
            _ => whole(file, dirty),
        })
        .collect();
    let literal = if named
        .iter()
        .any(|name| name.contains(['*', '?', '[', '\\']))
    {
        " --literal-pathspecs"
    } else {
        ""
    };
    let named: Vec<String> = named.into_iter().map(review::quoted).collect();
    format!("{git}{literal} restore {}", named.join(" "))
}

/// The outermost folder of a file that holds nothing dirty, else the file.
fn whole<'a>(file: &'a str, dirty: &BTreeSet<String>) -> &'a str {
    let mut folders = file
        .match_indices('/')
        .filter_map(|(at, _)| file.get(..=at));
    let clean = |folder: &&str| !dirty.iter().any(|other| other.starts_with(folder));
    folders.find(clean).unwrap_or(file)
}

/// Writes the changes. New places first, so that at no moment a text is nowhere; refuses one that is taken. Where it can't write all of them, it takes
/// back what it wrote.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn write(root: &Path, planned: &[Planned]) -> Result<(), Diagnostic> {
    for one in planned {
        match std::fs::read(root.join(&one.file)) {
            Ok(now) if now == one.before.as_bytes() => {}
            Ok(_) => {
                let message = "the file has changed meanwhile; nothing was written";
                return Err(Diagnostic::error(&one.file, message).help("give the command again"));
            }
            Err(error) => {
                let message = format!("the file can't be read: {error}; nothing was written");
                return Err(Diagnostic::error(&one.file, message)
                    .help("mend this, and give the command again"));
            }
        }
    }
    let mut done = Vec::new();
    steps(planned)
        .try_for_each(|step| {
            step.take(root)?;
            done.push(step);
            Ok(())
        })
        .map_err(|(file, error): (&str, io::Error)| {
            let undone = done.iter().rev().try_for_each(|step| step.back(root));
            let failed = |now: &str| format!("the file can't be written: {error}; {now}");
            match undone {
                Ok(()) => Diagnostic::error(file, failed("all files are as they were"))
                    .help("mend this, and give the command again"),
                Err((other, why)) => {
                    let now = format!("nor could {other} be made as it was: {why}");
                    Diagnostic::error(file, failed(&now))
                        .help("each file is whole, as it was or as it is to be: compare them")
                }
            }
        })
}

/// One change of one file, which can be taken back.
enum Step<'a> {
    /// The text at its new place.
    New(&'a Planned, &'a str),
    /// The text in its place.
    Change(&'a Planned),
    /// The old place, empty.
    Old(&'a Planned, &'a str),
}

fn steps(planned: &[Planned]) -> impl Iterator<Item = Step<'_>> {
    let moved = || {
        let moved = planned.iter();
        moved.filter_map(|one| Some((one, one.to.as_deref()?)))
    };
    let stay = planned.iter().filter(|one| one.to.is_none());
    moved()
        .map(|(one, to)| Step::New(one, to))
        .chain(stay.map(Step::Change))
        .chain(moved().map(|(one, to)| Step::Old(one, to)))
}

#[expect(clippy::disallowed_methods, reason = "this is the edge")]
impl<'a> Step<'a> {
    fn take(&self, root: &Path) -> Result<(), (&'a str, io::Error)> {
        let (file, done) = match self {
            Self::New(one, to) => (
                *to,
                import::put_like(&root.join(to), &one.after, &root.join(&one.file)),
            ),
            Self::Change(one) => (
                one.file.as_str(),
                import::put(&root.join(&one.file), &one.after, false),
            ),
            Self::Old(one, _) => (
                one.file.as_str(),
                std::fs::remove_file(root.join(&one.file)),
            ),
        };
        done.map_err(|error| (file, error))
    }

    fn back(&self, root: &Path) -> Result<(), (&'a str, io::Error)> {
        let (file, done) = match self {
            Self::New(_, to) => (*to, std::fs::remove_file(root.join(to))),
            Self::Change(one) => (
                one.file.as_str(),
                import::put(&root.join(&one.file), &one.before, false),
            ),
            Self::Old(one, to) => (
                one.file.as_str(),
                import::put_like(&root.join(&one.file), &one.before, &root.join(to)),
            ),
        };
        done.map_err(|error| (file, error))
    }
}
