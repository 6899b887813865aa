//! A site in a folder of its own, and the binary run on it as a person runs it. The folder goes when the test ends.
#![allow(dead_code, reason = "each test file uses its part")]
#![expect(clippy::disallowed_methods, reason = "tests make, read and run")]

#[cfg(unix)]
pub(crate) mod system;
pub(crate) mod watching;

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

/// Files of a folder by path from there, with `/` between parts.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// A site's folder.
pub(crate) struct Site {
    folder: tempfile::TempDir,
}

/// What a run of the binary said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The same where it ended well.
    #[track_caller]
    pub(crate) fn well(self) -> Self {
        assert_eq!(self.status, 0, "{}", self.err);
        self
    }
}

impl Site {
    /// A site of these files.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let site = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        for (path, text) in files {
            site.write(path, text);
        }
        site
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    pub(crate) fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("made");
        fs::write(&path, bytes).expect("written");
    }

    #[track_caller]
    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    pub(crate) fn has(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// The files below a folder of the site.
    pub(crate) fn tree(&self, folder: &str) -> Tree {
        tree(&self.path(folder))
    }

    /// What was published into a folder of the site, without the list of it and without what a killed build left.
    pub(crate) fn published(&self, folder: &str) -> Tree {
        let mut files = self.tree(folder);
        files.retain(|path, _| !path.starts_with(".depeche"));
        files
    }

    /// What a build without memory writes, into `clean/`.
    pub(crate) fn clean(&self) -> Tree {
        let _ = fs::remove_dir_all(self.path("clean"));
        self.run(&["build", "--no-cache", "--output", "clean"])
            .well();
        self.published("clean")
    }

    /// The binary, in the site's folder and with nothing of this process's surroundings that it looks at.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
        command
            .current_dir(self.root())
            .args(arguments)
            .env_remove("SOURCE_DATE_EPOCH")
            .env_remove("CLICOLOR_FORCE");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments).output().expect("the binary runs"))
    }
}

/// A program that ends with the test.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the preview of a command; its port.
pub(crate) fn serving(command: &mut Command) -> (Running, u16) {
    let mut child = command.stderr(Stdio::piped()).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
    let running = Running(child);
    let greeting = lines
        .by_ref()
        .map_while(Result::ok)
        .find(|line| line.starts_with("Serving "))
        .expect("a greeting");
    // What is said later must not fill the pipe.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    let port = greeting
        .split("127.0.0.1:")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .expect("a port");
    (running, port.parse().expect("a number"))
}

/// What a preview answers for a path, head and all; nothing where it does not.
pub(crate) fn asked(port: u16, path: &str) -> String {
    let mut said = Vec::new();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port))
        && stream.write_all(request.as_bytes()).is_ok()
    {
        // What came before a fault is an answer, too.
        let _ = stream.read_to_end(&mut said);
    }
    String::from_utf8_lossy(&said).into_owned()
}

pub(crate) fn ran(output: Output) -> Ran {
    Ran {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The files below a folder; none where there is no such folder.
pub(crate) fn tree(folder: &Path) -> Tree {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below");
            let parts: Vec<&str> = path.iter().map(|p| p.to_str().expect("UTF-8")).collect();
            match fs::read(entry.path()) {
                // A program that is running may move a file while the tree is read.
                Err(error) if error.kind() == ErrorKind::NotFound => None,
                bytes => Some((parts.join("/"), bytes.expect("readable"))),
            }
        })
        .collect()
}
