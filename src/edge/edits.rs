//! Planned changes of files → the files, each replaced whole; and what git says of them before, since git is how a person takes them back.

use std::{path::Path, process::Command};

use super::{import, review};
use crate::{diagnostic::Diagnostic, editing::Planned};

/// What git knows of some files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// All of them, as they are.
    Safe,
    /// These have changes that are in no commit.
    Changed(Vec<String>),
    /// The folder is in no repository, or there is no git.
    Unknown,
}

/// Asks git whether the files are as in the last commit.
pub fn kept(root: &Path, files: &[String]) -> Kept {
    let asked = Command::new("git")
        .arg("-C")
        .arg(root)
        .args([
            "status",
            "--porcelain",
            "-z",
            "--ignored",
            "--untracked-files=all",
            "--",
        ])
        .args(files)
        .output();
    let Ok(said) = asked else {
        return Kept::Unknown;
    };
    if !said.status.success() {
        return Kept::Unknown;
    }
    let text = String::from_utf8_lossy(&said.stdout);
    let changed: Vec<String> = text
        .split('\0')
        .filter_map(|entry| entry.get(3..))
        .map(str::to_owned)
        .collect();
    if changed.is_empty() {
        Kept::Safe
    } else {
        Kept::Changed(changed)
    }
}

/// The command that takes changes of these files back.
pub fn undo(root: &Path, files: &[String]) -> String {
    const NAMED: usize = 8;
    let git = if root == Path::new(".") {
        "git".to_owned()
    } else {
        format!("git -C {}", review::quoted(&root.to_string_lossy()))
    };
    if files.len() > NAMED {
        return format!("{git} restore content/");
    }
    let files: Vec<String> = files.iter().map(|file| review::quoted(file)).collect();
    format!("{git} restore {}", files.join(" "))
}

/// Writes the changes. New places first, so that at no moment a text is nowhere; refuses one that is taken.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn write(root: &Path, planned: &[Planned]) -> Result<(), Diagnostic> {
    let failed = |file: &str, error: &std::io::Error| {
        Diagnostic::error(file, format!("the file can't be written: {error}")).help(
            "each file is whole, as it was or as it is to be; mend this, and give the command again",
        )
    };
    for one in planned {
        if std::fs::read(root.join(&one.file)).is_ok_and(|now| now != one.before.as_bytes()) {
            return Err(Diagnostic::error(
                &one.file,
                "the file has changed meanwhile; nothing was written",
            )
            .help("give the command again"));
        }
    }
    let (moved, stay): (Vec<_>, Vec<_>) = planned.iter().partition(|one| one.to.is_some());
    for (one, to) in moved.iter().filter_map(|one| Some((one, one.to.as_ref()?))) {
        import::put(&root.join(to), &one.after, true).map_err(|e| failed(to, &e))?;
    }
    for one in stay {
        import::put(&root.join(&one.file), &one.after, false).map_err(|e| failed(&one.file, &e))?;
    }
    for one in moved {
        std::fs::remove_file(root.join(&one.file)).map_err(|e| failed(&one.file, &e))?;
    }
    Ok(())
}
