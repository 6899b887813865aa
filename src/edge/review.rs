//! content/ → what a person should look at, worst first, each with the text of its seed; and the writing of what they decide.
//!
//! What waits, and why, stands in `review:` of each content file. How sure the value is and where the text says it are derived again, where
//! the seed is still there with the bytes of the import; else they stay unknown.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::{
    import::{self, Knowledge},
    walk,
};
use crate::{
    content::{
        self, Entry,
        doubtful::{self, Doubtful},
    },
    diagnostic::Diagnostic,
    distill::{Confidence, Span},
};

/// How sure a value counts for where nobody knows.
const UNKNOWN: f32 = 0.5;

/// Characters of the seed on either side of the text that a value hangs on.
const AROUND: usize = 70;

/// One value that a person should look at.
#[derive(Clone, Debug, Serialize)]
pub struct Waiting {
    /// The content file, from the site's root.
    pub file: String,
    /// 1-based line of the key there; of its entry in `review:` where the key is not there.
    pub line: usize,
    /// The key, or `seed` for the document as a whole.
    pub field: String,
    /// Its values as the file has them.
    pub values: Vec<String>,
    /// From 0 to 1; unknown where the seed is gone or has changed.
    pub confidence: Option<Confidence>,
    /// Why.
    pub reason: String,
    /// The seed, from the site's root.
    pub seed: Option<String>,
    /// The text that it hangs on.
    pub context: Option<Context>,
}

/// A span of a seed in the line that it stands in.
#[derive(Clone, Debug, Serialize)]
pub struct Context {
    /// 1-based line of the seed.
    pub line: usize,
    /// The text before it.
    pub before: String,
    /// The span itself.
    pub text: String,
    /// The text after it.
    pub after: String,
}

impl Waiting {
    /// The command that lets the value stand.
    pub fn accept(&self, root: &Path) -> String {
        format!(
            "{} review --accept {} {}",
            program(root),
            quoted(&self.file),
            quoted(&self.field)
        )
    }

    /// How much a look is worth: the harm of a wrong value times how likely it is wrong.
    fn urgency(&self) -> f32 {
        let unsure = 1.0 - self.confidence.map_or(UNKNOWN, Confidence::get);
        // A doubt that a stage raised counts, however sure the stage was.
        doubtful::importance(&self.field) * unsure.max(0.2)
    }
}

/// The program as a person calls it for this site.
pub fn program(root: &Path) -> String {
    if root == Path::new(".") {
        "depeche".to_owned()
    } else {
        format!("depeche --root {}", quoted(&root.to_string_lossy()))
    }
}

/// A word as a shell takes it for one.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./+:@%,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// All that waits in content/, or in the files that `only` names; the files with the most urgent values first.
pub fn waiting(root: &Path, only: &[PathBuf], diagnostics: &mut Vec<Diagnostic>) -> Vec<Waiting> {
    let (sources, said) = walk::content(root);
    diagnostics.extend(said);
    let wanted: Vec<String> = only.iter().map(|path| named(root, path)).collect();
    for file in &wanted {
        if !file
            .strip_prefix("content/")
            .is_some_and(|path| sources.contains_key(path))
        {
            diagnostics.push(no_such_file(file));
        }
    }
    let knowledge = import::knowledge(root, diagnostics);
    let of_files: Vec<Result<Vec<Waiting>, Diagnostic>> = sources
        .par_iter()
        .filter(|(path, _)| {
            Path::new(path.as_str())
                .extension()
                .is_some_and(|e| e == "md")
        })
        .filter(|(path, _)| wanted.is_empty() || wanted.contains(&format!("content/{path}")))
        .map(|(path, bytes)| {
            let (entry, _) = content::read(path, bytes)?;
            Ok(of_entry(root, &entry, &knowledge))
        })
        .collect();
    let mut all = Vec::new();
    for found in of_files {
        match found {
            Ok(found) => all.push(found),
            Err(error) => diagnostics.push(error),
        }
    }
    let most = |found: &[Waiting]| found.iter().map(Waiting::urgency).fold(0.0, f32::max);
    all.sort_by(|a, b| most(b).total_cmp(&most(a)));
    all.concat()
}

/// What waits in one content file, most urgent first.
pub fn of_entry(root: &Path, entry: &Entry, knowledge: &Knowledge) -> Vec<Waiting> {
    let front = &entry.front;
    if front.review.is_empty() {
        return Vec::new();
    }
    let derived = import::rederive(root, front, knowledge);
    let known: Vec<Doubtful> = derived
        .as_ref()
        .map(|(_, document)| doubtful::doubtful(document))
        .unwrap_or_default();
    let seed = front.seed.as_ref().map(|seed| seed.file.clone());
    let mut found: Vec<Waiting> = front
        .review
        .iter()
        .map(|(key, reason)| {
            let same = known.iter().find(|doubtful| doubtful.key == key);
            Waiting {
                file: format!("content/{}", entry.path),
                line: front.line(&[key, "review"]),
                field: key.clone(),
                values: if key == doubtful::SEED {
                    seed.iter().cloned().collect()
                } else {
                    front.values(key)
                },
                confidence: same.and_then(|doubtful| doubtful.confidence),
                reason: reason.clone(),
                seed: seed.clone(),
                context: same
                    .and_then(|doubtful| doubtful.span)
                    .and_then(|span| context(&derived.as_ref()?.0, span)),
            }
        })
        .collect();
    found.sort_by(|a, b| b.urgency().total_cmp(&a.urgency()));
    found
}

/// A span with the rest of its line.
fn context(text: &str, span: Span) -> Option<Context> {
    let (before, after) = (text.get(..span.start)?, text.get(span.end..)?);
    let before_here = before.rsplit('\n').next().unwrap_or_default();
    let after_here = after.split('\n').next().unwrap_or_default().trim_end();
    let skipped = before_here.chars().count().saturating_sub(AROUND);
    let mut shown_before: String = before_here.chars().skip(skipped).collect();
    if skipped > 0 {
        shown_before.insert(0, '…');
    }
    let mut shown_after: String = after_here.chars().take(AROUND).collect();
    if after_here.chars().count() > AROUND {
        shown_after.push('…');
    }
    Some(Context {
        line: 1 + before.matches('\n').count(),
        before: shown_before,
        text: text.get(span.start..span.end)?.to_owned(),
        after: shown_after,
    })
}

/// What a person decides about a content file.
#[derive(Clone, Debug)]
pub enum Decision {
    /// These values stand; none means all that wait.
    Accept(Vec<String>),
    /// This key has these values.
    Set(String, Vec<String>),
}

/// Writes a decision into a content file, whole. The keys that it settled; none where nothing had to change.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub fn decide(
    root: &Path,
    path: &Path,
    decision: &Decision,
) -> Result<(String, Vec<String>), Diagnostic> {
    let file = named(root, path);
    let full = root.join(&file);
    let inside = file
        .strip_prefix("content/")
        .ok_or_else(|| no_such_file(&file))?;
    let bytes = std::fs::read(&full).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => no_such_file(&file),
        _ => walk::unreadable(&file, &error),
    })?;
    let (entry, _) = content::read(inside, &bytes)?;
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    let (keys, new) = match decision {
        Decision::Accept(keys) => {
            let keys = if keys.is_empty() {
                entry.front.review.keys().cloned().collect()
            } else {
                keys.clone()
            };
            let names: Vec<&str> = keys.iter().map(String::as_str).collect();
            let new = content::edit::accept(&file, text, &names)?;
            (keys, new)
        }
        Decision::Set(key, values) => (
            vec![key.clone()],
            content::edit::set(&file, text, key, values)?,
        ),
    };
    match new {
        None => Ok((file, Vec::new())),
        Some(text) => match import::put(&full, &text, false) {
            Ok(()) => Ok((file, keys)),
            Err(error) => Err(Diagnostic::error(&file, format!("the file can't be written: {error}"))
                .help("check the folder's permissions and the space on the disk; what was there before still is")),
        },
    }
}

/// A content file as a person names it, `content/a.md:3` included, from the site's root.
pub fn named(root: &Path, path: &Path) -> String {
    let text = path.to_string_lossy();
    let plain = match text.rsplit_once(':') {
        Some((file, line)) if !line.is_empty() && line.bytes().all(|b| b.is_ascii_digit()) => file,
        _ => &text,
    };
    walk::name(root, &import::located(root, Path::new(plain)))
}

fn no_such_file(file: &str) -> Diagnostic {
    Diagnostic::error(file, "this is no file of content/")
        .help("name it as `depeche review` does: content/briefings/name.md")
}
