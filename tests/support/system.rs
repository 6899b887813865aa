//! What a test has of the system: a file system of its own, another user, the memory that a command took.

use std::{
    fs::{self, Permissions},
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

use super::{Ran, Site, ran};

/// A file system of so many KiB of its own in a folder; `None`, aloud, where this user may not mount one.
pub(crate) struct Small<'a>(&'a Path);

impl<'a> Small<'a> {
    pub(crate) fn mounted(folder: &'a Path, options: &str) -> Option<Self> {
        fs::create_dir_all(folder).expect("made");
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(folder)
            .stderr(Stdio::null())
            .status();
        if done.is_ok_and(|status| status.success()) {
            Some(Self(folder))
        } else {
            eprintln!("SKIPPED: this user may not mount a file system");
            None
        }
    }

    pub(crate) fn again(&self, options: &str) {
        let done = Command::new("mount")
            .args(["-o", options])
            .arg(self.0)
            .status();
        assert!(done.is_ok_and(|status| status.success()), "mounted again");
    }
}

impl Drop for Small<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

/// The binary as nobody, in a site that nobody may read; `None`, aloud, where this user may not become another.
pub(crate) fn as_nobody(site: &Site, arguments: &[&str]) -> Option<Ran> {
    let mode = fs::metadata(site.root()).expect("a folder").mode() | 0o055;
    fs::set_permissions(site.root(), Permissions::from_mode(mode)).expect("permissions");
    // The binary may lie where nobody gets.
    let binary = site.path(".depeche");
    fs::copy(env!("CARGO_BIN_EXE_depeche"), &binary).expect("copied");
    let done = Command::new("setpriv")
        .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
        .arg(&binary)
        .args(arguments)
        .current_dir(site.root())
        .output();
    fs::remove_file(&binary).expect("removed");
    match done {
        Ok(done)
            if done.status.code() != Some(127)
                && !String::from_utf8_lossy(&done.stderr).starts_with("setpriv:") =>
        {
            Some(ran(done))
        }
        _ => {
            eprintln!("SKIPPED: this user may not become another");
            None
        }
    }
}

/// The most memory that a command had, in MiB; and how it ended.
pub(crate) fn memory_of(mut command: Command) -> (u64, Ran) {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0;
    // The system keeps the highest mark; what comes in the last millisecond is not seen.
    while child.try_wait().expect("a child").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let mark = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = mark.and_then(|mark| mark.trim().trim_end_matches(" kB").parse().ok());
        most = most.max(kib.unwrap_or(0));
        sleep(Duration::from_millis(1));
    }
    (most / 1024, ran(child.wait_with_output().expect("ended")))
}

/// What a running process holds for itself, in KiB: its memory without its program and other files.
pub(crate) fn held(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let held = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:"))
        .and_then(|held| held.trim().trim_end_matches(" kB").parse().ok());
    held.unwrap_or_default()
}
