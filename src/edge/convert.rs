//! A seed's bytes → the documents in it. Formats that strangers' files break are read in a child process of our own program with limits of
//! memory and time, so that whatever a converter does, it ends as a finding about one file. Refuses what no converter can read.

use std::{
    ffi::OsStr,
    io::{self, Read, Write},
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
    sync::OnceLock,
    thread,
    time::{Duration, Instant},
};

use crate::{
    config::Limits,
    diagnostic::Diagnostic,
    distill::Source,
    edge::{bounded::limits, import::refusal},
    formats::{self, Kind, Piece},
};

/// Bytes that a converter may give back.
const OUTPUT: u64 = 256 * 1024 * 1024;

/// Our own program, which runs as the child.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// From now on files are converted in children of this program. Until then, as in the tests of the library, they are converted here.
pub fn contain(program: PathBuf) {
    // A second call says the same.
    let _ = PROGRAM.set(program);
}

/// The documents in a seed. `file` is its name, also in messages.
pub fn pieces(file: &str, bytes: &[u8]) -> Result<Vec<Piece>, Diagnostic> {
    let kind = formats::kind(file, bytes).map_err(|why| refused(file, &why))?;
    if kind == Kind::Text {
        let source = Source::plain(bytes).map_err(|why| refusal(file, why))?;
        let id = String::new();
        return Ok(vec![Piece { id, source }]);
    }
    let converted = match PROGRAM.get() {
        Some(program) if !kind.is_plain() => contained(program.as_os_str(), kind, bytes, &limits())
            .map_err(|fault| {
                Diagnostic::error(file, fault)
                    .help("save the text of the document as .txt; the other seeds were done")
            })?,
        _ => formats::convert(kind, bytes),
    };
    converted.map_err(|why| refused(file, &why))
}

fn refused(file: &str, why: &str) -> Diagnostic {
    match why.rsplit_once("; ") {
        Some((what, help)) => Diagnostic::error(file, what).help(help),
        None => Diagnostic::error(file, why).help(formats::kind::ACCEPTED),
    }
}

/// The child's side: reads a file of `kind` from `input`, writes what it says as JSON. Limits itself first.
pub fn serve(
    kind: Kind,
    limits: &Limits,
    mut input: impl Read,
    mut output: impl Write,
) -> io::Result<()> {
    limit(limits);
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let said = formats::convert(kind, &bytes);
    output.write_all(&serde_json::to_vec(&said)?)?;
    output.flush()
}

/// Where the system refuses a limit, the parent's clock still holds.
#[cfg(unix)]
fn limit(limits: &Limits) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let at_most = |most| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    let _ = setrlimit(Resource::As, at_most(limits.converter_mib.bytes()));
    let _ = setrlimit(Resource::Cpu, at_most(limits.converter_seconds.get()));
    let _ = setrlimit(Resource::Core, at_most(0));
    // It has its three streams: no file is opened or grows, and no connection is made.
    let _ = setrlimit(Resource::Nofile, at_most(3));
    let _ = setrlimit(Resource::Fsize, at_most(0));
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Signal, set_parent_process_death_signal};
        let _ = set_parent_process_death_signal(Some(Signal::KILL));
    }
}

#[cfg(not(unix))]
fn limit(_: &Limits) {}

/// Runs the child. An error is a sentence about the child's end; within, what the converter said.
#[expect(
    clippy::disallowed_methods,
    reason = "a child of the edge is watched by the clock"
)]
fn contained(
    program: &OsStr,
    kind: Kind,
    bytes: &[u8],
    limits: &Limits,
) -> Result<Result<Vec<Piece>, String>, String> {
    let name = kind.name();
    let failed = |why: &io::Error| format!("its {name} converter can't be started: {why}");
    let mut child = Command::new(program)
        // The allocator reserves its memory in pieces of so many KiB. By itself it takes 1 GiB before the child can limit itself, and what is left
        // below the limit then is a matter of luck.
        .env("MIMALLOC_ARENA_RESERVE", "65536")
        .args(["convert", name])
        .args(["--mib", &limits.converter_mib.get().to_string()])
        .args(["--seconds", &limits.converter_seconds.get().to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| failed(&e))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let (said, status): (Vec<u8>, Option<ExitStatus>) = thread::scope(|scope| {
        scope.spawn(move || {
            if let Some(mut stdin) = stdin {
                // A child that ends early has not read all; its status says why.
                let _ = stdin.write_all(bytes);
            }
        });
        let reader = scope.spawn(move || {
            let mut said = Vec::new();
            if let Some(stdout) = stdout {
                let _ = stdout.take(OUTPUT).read_to_end(&mut said);
            }
            said
        });
        let end = Instant::now() + Duration::from_secs(limits.converter_seconds.get());
        let mut pause = Duration::from_millis(1);
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Some(status),
                Ok(None) if Instant::now() < end => {
                    thread::sleep(pause);
                    pause = (pause * 2).min(Duration::from_millis(20));
                }
                _ => {
                    let _ = child.kill();
                    let _ = child.wait();
                    break None;
                }
            }
        };
        (reader.join().unwrap_or_default(), status)
    });
    match status {
        None => Err(format!(
            "it can't be read as {name}: that took longer than {} seconds",
            limits.converter_seconds.get()
        )),
        Some(status) if !status.success() => Err(format!(
            "it can't be read as {name}: the converter failed ({status}); it may be damaged, or made to break readers"
        )),
        Some(_) => serde_json::from_slice(&said).map_err(|_| {
            format!("it can't be read as {name}: the converter's answer is not whole")
        }),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[expect(
        clippy::disallowed_methods,
        clippy::expect_used,
        reason = "the test writes its programs"
    )]
    fn program(folder: &tempfile::TempDir, script: &str) -> PathBuf {
        let path = folder.path().join("program");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("allowed");
        path
    }

    #[test]
    fn whatever_a_child_does_is_a_finding() {
        for (script, said) in [
            ("exec sleep 60", "took longer"),
            ("kill -ABRT $$", "converter failed"),
            ("exit 101", "converter failed"),
            ("echo '{\"Ok\": ['", "not whole"),
            ("cat > /dev/null; exit 0", "not whole"),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let program = program(&folder, script);
            let bytes = vec![b'x'; 1 << 20];
            let one: Limits = serde_json::from_str("{\"converter_seconds\": 1}").expect("a second");
            let found = contained(program.as_os_str(), Kind::Pdf, &bytes, &one);
            assert!(
                found.as_ref().is_err_and(|e| e.contains(said)),
                "{script}: {found:?}"
            );
        }
        let none = contained(OsStr::new("/none"), Kind::Pdf, b"", &Limits::default());
        assert!(none.is_err_and(|e| e.contains("can't be started")));
    }
}
