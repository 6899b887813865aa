//! A `watch` that runs beside a test, and waiting for what it does.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread::sleep,
    time::{Duration, Instant},
};

/// A `watch` that runs, and what it says.
pub(crate) struct Watching {
    child: Child,
    said: Arc<Mutex<String>>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.kill();
    }
}

impl Watching {
    pub(crate) fn of(root: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
        command.args(["watch"]).current_dir(root);
        Self::running(command)
    }

    /// The same of a command that starts it in another way.
    pub(crate) fn running(mut command: Command) -> Self {
        let mut child = command
            .env_remove("SOURCE_DATE_EPOCH")
            .stderr(Stdio::piped())
            .spawn()
            .expect("runs");
        let said = Arc::<Mutex<String>>::default();
        let heard = Arc::clone(&said);
        let lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                heard.lock().expect("no panic").push_str(&(line + "\n"));
            }
        });
        Self { child, said }
    }

    pub(crate) fn said(&self) -> String {
        self.said.lock().expect("no panic").clone()
    }

    /// How often the site was built, told by the line about each.
    pub(crate) fn rebuilds(&self) -> usize {
        let said = self.said();
        let told = |line: &&str| line.contains(" written, ") && line.ends_with(" ms");
        said.lines().filter(told).count()
    }

    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// How it ends where a person presses Ctrl-C.
    pub(crate) fn interrupted(&mut self) -> Option<i32> {
        self.signal("-INT");
        self.child.wait().expect("ended").code()
    }

    pub(crate) fn signal(&self, name: &str) {
        let done = Command::new("kill")
            .args([name, &self.child.id().to_string()])
            .status();
        assert!(done.is_ok_and(|status| status.success()));
    }
}

#[track_caller]
pub(crate) fn until(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "not in time: {what}"
        );
        sleep(Duration::from_millis(10));
    }
}
