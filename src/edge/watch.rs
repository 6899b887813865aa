//! The file system's events → "something may have changed". Events are hints: whoever waits here reads the sources again and compares.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::{clock, import, walk};

/// A burst is over after this long without an event.
const QUIET: Duration = Duration::from_millis(25);
/// A burst that does not end is cut here.
const LONGEST: Duration = Duration::from_millis(200);
/// How often folders are read where the system has no events to give.
const POLL: Duration = Duration::from_secs(1);
/// How long a wait for a moment may last before the clock is asked again.
const NAP: Duration = Duration::from_secs(30);
/// The folders of a site that hold sources.
const FOLDERS: [&str; 3] = ["content", "seeds", "themes"];

/// Watches the sources of one site.
pub struct Changes {
    watcher: Box<dyn Watcher + Send>,
    root: PathBuf,
    events: Receiver<Hint>,
    /// Why polling is used, where it is.
    pub fallback: Option<String>,
}

/// What an event may mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Hint {
    /// There may be something to import.
    seeds: bool,
    /// One of the watched folders came or went: its watch must be set again.
    folder: bool,
}

impl Hint {
    /// Events were lost: anything may have changed.
    const LOST: Self = Self {
        seeds: true,
        folder: true,
    };

    fn and(self, other: Self) -> Self {
        Self {
            seeds: self.seeds || other.seeds,
            folder: self.folder || other.folder,
        }
    }
}

impl Changes {
    /// Begins to watch. Where the system refuses (too many watches, a file system without events) the folders are read once a second.
    pub fn of(root: &Path, config: Option<&Path>) -> notify::Result<Self> {
        let root = root.canonicalize()?;
        let config = config.and_then(|c| c.canonicalize().ok());
        let (sender, events) = channel();
        let native = native(&root, config.as_deref(), sender.clone());
        let (watcher, fallback): (Box<dyn Watcher + Send>, _) = match native {
            Ok(watcher) => (watcher, None),
            Err(error) => {
                let poll = PollWatcher::new(
                    handler(root.clone(), config.clone(), sender),
                    Config::default()
                        .with_poll_interval(POLL)
                        .with_compare_contents(true),
                )?;
                let mut poll: Box<dyn Watcher + Send> = Box::new(poll);
                arm(&mut *poll, &root, config.as_deref())?;
                (poll, Some(error.to_string()))
            }
        };
        Ok(Self {
            watcher,
            root,
            events,
            fallback,
        })
    }

    /// Blocks until something may have changed and the burst is over, or until the moment `next`, at which the site changes by itself: whether
    /// there may be something to import. `None` where nothing will come any more.
    #[expect(clippy::disallowed_methods, reason = "this is the edge")]
    pub fn wait(&mut self, next: Option<Timestamp>) -> Option<bool> {
        let mut all = match self.first(next) {
            Ok(hint) => hint,
            Err(RecvTimeoutError::Timeout) => return Some(false),
            Err(RecvTimeoutError::Disconnected) => return None,
        };
        let begun = Instant::now();
        while begun.elapsed() < LONGEST {
            match self.events.recv_timeout(QUIET) {
                Ok(hint) => all = all.and(hint),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        if all.folder {
            for folder in FOLDERS.map(|f| self.root.join(f)) {
                // Not watched, or gone: both are as they should be.
                let _ = self.watcher.unwatch(&folder);
                if folder.is_dir() {
                    let _ = self.watcher.watch(&folder, RecursiveMode::Recursive);
                }
            }
        }
        Some(all.seeds)
    }

    /// The next event. The clock is asked again at least every `NAP`: it may be set, and a machine may sleep.
    fn first(&self, next: Option<Timestamp>) -> Result<Hint, RecvTimeoutError> {
        let Some(next) = next else {
            return self
                .events
                .recv()
                .map_err(|_| RecvTimeoutError::Disconnected);
        };
        loop {
            let left = next.duration_since(clock::now());
            let Ok(left) = Duration::try_from(left) else {
                return Err(RecvTimeoutError::Timeout);
            };
            if left.is_zero() {
                return Err(RecvTimeoutError::Timeout);
            }
            match self.events.recv_timeout(left.min(NAP)) {
                Err(RecvTimeoutError::Timeout) => {}
                other => return other,
            }
        }
    }
}

fn native(
    root: &Path,
    config: Option<&Path>,
    sender: Sender<Hint>,
) -> notify::Result<Box<dyn Watcher + Send>> {
    let mut watcher: Box<dyn Watcher + Send> = Box::new(RecommendedWatcher::new(
        handler(root.to_path_buf(), config.map(Path::to_path_buf), sender),
        Config::default(),
    )?);
    arm(&mut *watcher, root, config)?;
    Ok(watcher)
}

fn arm(watcher: &mut dyn Watcher, root: &Path, config: Option<&Path>) -> notify::Result<()> {
    // The root itself, for site.yaml, topics.yaml, the gazetteers and folders that come later; not what lies below it, such as the output.
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    if let Some(folder) = config
        .and_then(Path::parent)
        .filter(|folder| *folder != root)
    {
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
    }
    for folder in FOLDERS.map(|f| root.join(f)).iter().filter(|f| f.is_dir()) {
        watcher.watch(folder, RecursiveMode::Recursive)?;
    }
    Ok(())
}

fn handler(
    root: PathBuf,
    config: Option<PathBuf>,
    sender: Sender<Hint>,
) -> impl Fn(notify::Result<Event>) + Send + 'static {
    move |event| {
        let hint = match event {
            Ok(event) if event.need_rescan() => Some(Hint::LOST),
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => None,
            Ok(event) => event
                .paths
                .iter()
                .filter_map(|path| hint(&root, config.as_deref(), path))
                .reduce(Hint::and),
            // Whatever went wrong, reading the sources again finds out.
            Err(_) => Some(Hint::LOST),
        };
        if let Some(hint) = hint {
            // Nobody waits any more: the process is about to end.
            let _ = sender.send(hint);
        }
    }
}

fn hint(root: &Path, config: Option<&Path>, path: &Path) -> Option<Hint> {
    if config == Some(path) {
        return Some(Hint::default());
    }
    let relative = path.strip_prefix(root).ok()?;
    let mut parts = relative.components().map(std::path::Component::as_os_str);
    let first = parts.next()?.to_str()?;
    if FOLDERS.contains(&first) {
        let rest: Vec<_> = parts.collect();
        let read = !rest.iter().any(|part| walk::ignored(part));
        return read.then_some(Hint {
            seeds: first == "seeds",
            folder: rest.is_empty(),
        });
    }
    let known = import::FILES.contains(&first);
    (config.is_none() && first == "site.yaml" || known).then_some(Hint {
        seeds: known,
        folder: false,
    })
}
