//! A folder → a lock on it until it is dropped: one command at a time writes into a site. The system drops it where a command is killed. Where a
//! folder can't be locked, nothing is kept out.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use super::terminal::{Voice, say};

/// The lock on a folder.
#[derive(Debug)]
pub struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a child process that is just being started may hold it too for a moment.
        let _ = self.0.unlock();
    }
}

/// Another command holds the lock.
#[derive(Clone, Copy, Debug)]
pub struct Held;

/// The lock on a folder, at once or not at all.
pub fn now(folder: &Path) -> Result<Option<Lock>, Held> {
    let Ok(folder) = File::open(folder) else {
        return Ok(None);
    };
    match folder.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Held),
        Err(TryLockError::Error(_)) => Ok(None),
        Ok(()) => Ok(Some(Lock(folder))),
    }
}

/// The lock on a site's folder, in which sources are read, content/ is written and the output follows. Waits aloud while another command holds it.
pub fn site(root: &Path, voice: Voice) -> Option<Lock> {
    if let Ok(lock) = now(root) {
        return lock;
    }
    say(voice, "waiting for another command that works on this site");
    let folder = File::open(root).ok()?;
    folder.lock().ok()?;
    Some(Lock(folder))
}
