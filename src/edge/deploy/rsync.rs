//! A place that the program `rsync` reaches: another machine by SSH, a daemon, a folder. Each call names the files that it is about; nothing else
//! there is looked at or changed. SSH asks its own agent and settings for keys: none passes through here.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

use super::Etag;
use crate::{
    deploy::{Known, LIST, Local},
    diagnostic::Diagnostic,
};

mod said;

/// A destination of rsync.
pub(super) struct Rsync {
    /// Ends with a slash.
    to: String,
    /// Lists go here, and what comes back.
    desk: TempDir,
}

impl Rsync {
    pub(super) fn to(to: &str) -> Result<Self, Diagnostic> {
        let desk = TempDir::new().map_err(|e| Diagnostic::error(to, e.to_string()))?;
        Ok(Self {
            to: format!("{}/", to.trim_end_matches('/')),
            desk,
        })
    }

    /// What we put there, by the list of ours.
    pub(super) fn known(&self) -> Result<Known, Diagnostic> {
        let here = self.desk.path().join(LIST);
        let from = format!("{}{LIST}", self.to);
        self.run(
            &[
                "--checksum".as_ref(),
                "--".as_ref(),
                from.as_ref(),
                here.as_os_str(),
            ],
            &[],
        )?;
        let failed = |why: String| {
            Diagnostic::error(
                format!("{}{LIST}", self.to),
                format!("the list of what was deployed can't be read: {why}"),
            )
            .help("use the version of Dépêche that wrote it, or deploy to another folder")
        };
        #[expect(clippy::disallowed_methods, reason = "this is the edge")]
        let bytes = std::fs::read(&here).map_err(|error| failed(error.to_string()))?;
        Known::parse(&bytes).map_err(failed)
    }

    /// All files there.
    pub(super) fn there(&self) -> Result<BTreeMap<String, Etag>, Diagnostic> {
        let arguments = [
            "--recursive",
            "--list-only",
            "--8-bit-output",
            "--",
            &self.to,
        ];
        let output = self.ran(&arguments.map(AsRef::as_ref), &[])?;
        if output.status.success() {
            return Ok(said::names(&output.stdout)
                .map(|name| (name, None))
                .collect());
        }
        // There is no such folder yet: the first files make it.
        if said::is_absent(&self.to, output.status.code(), &output.stderr) {
            return Ok(BTreeMap::new());
        }
        Err(self
            .failed(&output)
            .help("nothing was deployed; where the folder is not there yet, make it"))
    }

    pub(super) fn put(&self, output: &Path, files: &[(&str, &Local)]) -> Result<(), Diagnostic> {
        let names: Vec<&str> = files.iter().map(|(path, _)| *path).collect();
        self.send(output, &names)
    }

    /// Deletes these files, the folders that this empties, and nothing else.
    pub(super) fn delete(&self, paths: &[&str]) -> Result<(), Diagnostic> {
        // What is included and is not in the empty folder here goes there; what is excluded is safe.
        let nothing = self.desk.path().join("nothing");
        #[expect(clippy::disallowed_methods, reason = "this is the edge")]
        std::fs::create_dir_all(&nothing)
            .map_err(|e| Diagnostic::error(nothing.display().to_string(), e.to_string()))?;
        let mut included = BTreeSet::new();
        for path in paths {
            let folders = path
                .match_indices('/')
                .filter_map(|(at, _)| path.get(..=at));
            included.extend(folders.chain([*path]).map(pattern));
        }
        let list: Vec<u8> = included.iter().flat_map(|p| p.bytes().chain([0])).collect();
        let fixed = [
            "--recursive",
            "--delete",
            "--from0",
            "--include-from=-",
            "--exclude=*",
            "--",
        ];
        let mut from = nothing.into_os_string();
        from.push("/");
        let places = [from.as_os_str(), self.to.as_ref()];
        let arguments: Vec<&OsStr> = fixed.iter().map(AsRef::as_ref).chain(places).collect();
        self.run(&arguments, &list)
    }

    pub(super) fn save(&self, known: &Known) -> Result<(), Diagnostic> {
        let here = self.desk.path().join("list");
        let file = here.join(LIST);
        #[expect(clippy::disallowed_methods, reason = "this is the edge")]
        std::fs::create_dir_all(&here)
            .and_then(|()| std::fs::write(&file, known.to_json()))
            .map_err(|e| Diagnostic::error(file.display().to_string(), e.to_string()))?;
        self.send(&here, &[LIST])
    }

    /// Sends files of a folder by their names.
    fn send(&self, from: &Path, names: &[&str]) -> Result<(), Diagnostic> {
        let mut from = from.as_os_str().to_owned();
        from.push("/");
        let fixed = [
            "--checksum",
            "--times",
            "--perms",
            "--chmod=D755,F644",
            "--from0",
            "--files-from=-",
        ];
        let arguments = fixed.iter().map(AsRef::as_ref);
        let places = ["--".as_ref(), from.as_os_str(), self.to.as_ref()];
        let arguments: Vec<&OsStr> = arguments.chain(places).collect();
        let list: Vec<u8> = names.iter().flat_map(|n| n.bytes().chain([0])).collect();
        self.run(&arguments, &list)
    }

    fn run(&self, arguments: &[&OsStr], input: &[u8]) -> Result<(), Diagnostic> {
        let output = self.ran(arguments, input)?;
        if output.status.success() {
            Ok(())
        } else {
            Err(self.failed(&output))
        }
    }

    fn ran(&self, arguments: &[&OsStr], input: &[u8]) -> Result<Output, Diagnostic> {
        let lost = |error: std::io::Error| {
            Diagnostic::error(&self.to, format!("rsync can't be run: {error}"))
                .help("install rsync, or deploy in another way")
        };
        let mut child = Command::new("rsync")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(lost)?;
        if let Some(mut stdin) = child.stdin.take() {
            // Where rsync has ended before it read all, its status says why.
            let _ = stdin.write_all(input);
        }
        child.wait_with_output().map_err(lost)
    }

    fn failed(&self, output: &Output) -> Diagnostic {
        let said = String::from_utf8_lossy(&output.stderr);
        let first = said
            .lines()
            .find(|line| !line.trim().is_empty())
            .unwrap_or("it said nothing");
        Diagnostic::error(
            &self.to,
            format!("rsync failed ({}): {first}", output.status),
        )
    }
}

/// A path as a pattern that matches it alone.
fn pattern(path: &str) -> String {
    let wild = ['*', '?', '['];
    let escaped = if path.contains(wild) {
        let escape = |c: char| {
            [
                Some('\\').filter(|_| wild.contains(&c) || c == '\\'),
                Some(c),
            ]
        };
        path.chars().flat_map(escape).flatten().collect()
    } else {
        path.to_owned()
    };
    format!("/{escaped}")
}
