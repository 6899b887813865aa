//! A site's folder → a stamp of the state of its sources, by their lengths and times: whether a build has to look at them at all. Reads none of them.

use std::{
    fs::Metadata,
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use rayon::prelude::*;

use super::{
    import::FILES,
    walk::{FOLDERS, folder, visible},
};
use crate::sum::{Stamp, Sum};

/// A stamp of the state of all files that a build may read, seeds among them, without reading them. `None` where one has changed so lately that it
/// could change again unseen, or can't be seen at all.
pub fn state(root: &Path, config: Option<&Path>) -> Option<Stamp> {
    let mut sum = Sum::of("sources");
    let single = ["site.yaml"]
        .iter()
        .chain(&FILES)
        .map(|name| root.join(name));
    for file in single.chain(config.map(PathBuf::from)) {
        // Links to settings are followed, as they are when they are read.
        let state = match file.metadata() {
            Ok(file) => Some(moved(&file)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(_) => return None,
        };
        sum = sum.and(&state);
    }
    for name in FOLDERS {
        let Some(folder) = folder(root, name).ok()? else {
            continue;
        };
        let found: Result<Vec<_>, _> = visible(&folder).collect();
        let states = found.ok()?.into_par_iter().map(|entry| {
            let state = moved(&entry.path().symlink_metadata().ok()?)?;
            Some((entry.into_path(), state))
        });
        sum = sum.and(&states.collect::<Option<Vec<_>>>()?);
    }
    Some(sum.stamp())
}

/// Numbers that differ once a file has changed. `None` where that was less than two seconds ago: file systems keep times coarsely.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn moved(file: &Metadata) -> Option<(u64, Duration, [i64; 2])> {
    let written = file.modified().ok()?;
    let now = SystemTime::now();
    let settled = |at: SystemTime| {
        now.duration_since(at)
            .is_ok_and(|age| age > Duration::from_secs(2))
    };
    #[cfg(unix)]
    let changed = {
        use std::os::unix::fs::MetadataExt;
        let seconds = u64::try_from(file.ctime()).ok()?;
        if !settled(UNIX_EPOCH + Duration::from_secs(seconds)) {
            return None;
        }
        [file.ctime(), file.ctime_nsec()]
    };
    #[cfg(not(unix))]
    let changed = [0; 2];
    let since = written.duration_since(UNIX_EPOCH).ok()?;
    settled(written).then_some((file.len(), since, changed))
}
