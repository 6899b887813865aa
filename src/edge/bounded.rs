//! A file's path → its bytes, as far as they are few enough to hold: all sources of a build are held in memory. How many that are, `limits` of
//! site.yaml says, as it was when the command began.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::OnceLock,
};

use crate::config::Limits;

/// What this run of the program reads.
static LIMITS: OnceLock<Limits> = OnceLock::new();

/// From now on these limits hold; a second call changes nothing.
pub fn enforce(limits: Limits) {
    let _ = LIMITS.set(limits);
}

/// The limits that hold: the defaults, until others are enforced.
pub fn limits() -> Limits {
    LIMITS.get().cloned().unwrap_or_default()
}

/// The largest Markdown file of content/, in bytes.
pub(super) fn page_limit() -> u64 {
    limits().content_mib.bytes()
}

/// The most bytes that a file of content/ or themes/ may have.
pub(super) fn limit(name: &str) -> u64 {
    let page = Path::new(name)
        .extension()
        .is_some_and(|end| end.eq_ignore_ascii_case("md"));
    if page {
        page_limit()
    } else {
        limits().asset_mib.bytes()
    }
}

/// The first bytes of a file, `most` of them; none of one that can't be read.
pub(super) fn beginning(path: &Path, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Ok(file) = File::open(path) {
        // What was read before an error is a beginning, too.
        let _ = file.take(most).read_to_end(&mut bytes);
    }
    bytes
}

/// The bytes of a file. One with more than `limit` is an error of the kind `FileTooLarge`, and is not read.
pub(super) fn bounded(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut bytes = Vec::with_capacity(usize::try_from(size.min(limit) + 1).unwrap_or(0));
    if size <= limit {
        file.take(limit + 1).read_to_end(&mut bytes)?;
    }
    let size = size.max(bytes.len() as u64);
    if size > limit {
        let mib = 1024 * 1024;
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!(
                "{} MiB, where at most {} MiB are read",
                size.div_ceil(mib),
                limit / mib
            ),
        ));
    }
    Ok(bytes)
}
