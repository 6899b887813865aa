//! The file system's events → "something may have changed". Events are hints: whoever waits here reads again the files that they name, or all, and compares.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    time::{Duration, Instant},
};

use jiff::Timestamp;
use notify::{
    Config, ErrorKind, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher,
};

use super::{
    clock, import,
    walk::{self, FOLDERS},
};

/// The events of one save are over after this long without another: an editor writes a file, renames it and is done.
const QUIET: Duration = Duration::from_millis(4);
/// So many events are no single save.
const FEW: usize = 16;
/// Many files at once, as from version control, are over after this long without an event.
const QUIET_OF_MANY: Duration = Duration::from_millis(25);
/// A burst that does not end is cut here.
const LONGEST: Duration = Duration::from_millis(200);
/// How often folders are read where the system has no events to give.
const POLL: Duration = Duration::from_secs(1);
/// How long a wait for a moment may last before the clock is asked again.
const NAP: Duration = Duration::from_secs(30);

/// Watches the sources of one site.
pub struct Changes {
    watcher: Box<dyn Watcher + Send>,
    root: PathBuf,
    config: Option<PathBuf>,
    sender: Sender<Change>,
    events: Receiver<Change>,
    fallback: Option<String>,
}

/// What may have changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// There may be something to import.
    pub seeds: bool,
    /// The files that may have changed, from the site's root; `None` where it may be any.
    pub paths: Option<BTreeSet<String>>,
    /// One of the watched folders came or went: its watch must be set again.
    folder: bool,
}

impl Change {
    /// Anything may have changed.
    pub fn anything() -> Self {
        Self {
            seeds: true,
            ..Self::default()
        }
    }

    /// Events were lost.
    fn lost() -> Self {
        Self {
            folder: true,
            ..Self::anything()
        }
    }

    fn and(self, other: Self) -> Self {
        let paths = self.paths.zip(other.paths);
        Self {
            seeds: self.seeds || other.seeds,
            paths: paths.map(|(a, b)| a.into_iter().chain(b).collect()),
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
            Err(error) => (
                polling(&root, config.as_deref(), sender.clone())?,
                Some(error.to_string()),
            ),
        };
        Ok(Self {
            watcher,
            root,
            config,
            sender,
            events,
            fallback,
        })
    }

    /// Why folders are read once a second, once for each time that it began.
    pub fn fallback(&mut self) -> Option<String> {
        let why = self.fallback.take()?;
        Some(format!(
            "the folders are read once a second, because the system gives no events: {why}"
        ))
    }

    /// Watches the folders again that came or went, and what may be new in them. A system that refuses gives no events from there: then folders are read.
    fn arm_again(&mut self) {
        for folder in FOLDERS.map(|f| self.root.join(f)) {
            // Not watched, or gone: both are as they should be.
            let _ = self.watcher.unwatch(&folder);
            if !folder.is_dir() {
                continue;
            }
            if let Err(error) = self.watcher.watch(&folder, RecursiveMode::Recursive)
                && folder.is_dir()
                && !matches!(error.kind, ErrorKind::PathNotFound)
            {
                let config = self.config.as_deref();
                if let Ok(polling) = polling(&self.root, config, self.sender.clone()) {
                    self.watcher = polling;
                    self.fallback = Some(error.to_string());
                }
                return;
            }
        }
    }

    /// Blocks until something may have changed and the burst is over, or until the moment `next`, at which the site changes by itself: what may
    /// have changed. `None` where nothing will come any more.
    #[expect(clippy::disallowed_methods, reason = "this is the edge")]
    pub fn wait(&mut self, next: Option<Timestamp>) -> Option<Change> {
        let mut all = match self.first(next) {
            Ok(hint) => hint,
            Err(RecvTimeoutError::Timeout) => return Some(Change::default()),
            Err(RecvTimeoutError::Disconnected) => return None,
        };
        let begun = Instant::now();
        let mut events = 1;
        while begun.elapsed() < LONGEST {
            // A seed that is copied slowly must not be imported in part.
            let quiet = if events < FEW && !all.seeds {
                QUIET
            } else {
                QUIET_OF_MANY
            };
            match self.events.recv_timeout(quiet) {
                Ok(change) => {
                    all = all.and(change);
                    events += 1;
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        if all.folder {
            self.arm_again();
        }
        Some(all)
    }

    /// The next event. The clock is asked again at least every `NAP`: it may be set, and a machine may sleep.
    fn first(&self, next: Option<Timestamp>) -> Result<Change, RecvTimeoutError> {
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
    sender: Sender<Change>,
) -> notify::Result<Box<dyn Watcher + Send>> {
    let mut watcher: Box<dyn Watcher + Send> = Box::new(RecommendedWatcher::new(
        handler(
            root.to_path_buf(),
            config.map(Path::to_path_buf),
            sender,
            Change::lost,
        ),
        Config::default().with_follow_symlinks(false),
    )?);
    arm(&mut *watcher, root, config)?;
    Ok(watcher)
}

fn polling(
    root: &Path,
    config: Option<&Path>,
    sender: Sender<Change>,
) -> notify::Result<Box<dyn Watcher + Send>> {
    let mut poll: Box<dyn Watcher + Send> = Box::new(PollWatcher::new(
        // What can't be read is said at each reading of the folders, and they are read again when they are set again.
        handler(
            root.to_path_buf(),
            config.map(Path::to_path_buf),
            sender,
            Change::anything,
        ),
        Config::default()
            .with_follow_symlinks(false)
            .with_poll_interval(POLL)
            .with_compare_contents(true),
    )?);
    arm(&mut *poll, root, config)?;
    Ok(poll)
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
    sender: Sender<Change>,
    lost: fn() -> Change,
) -> impl Fn(notify::Result<Event>) + Send + 'static {
    move |event| {
        let hint = match event {
            Ok(event) if event.need_rescan() => Some(lost()),
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => None,
            Ok(event) => event
                .paths
                .iter()
                .filter_map(|path| hint(&root, config.as_deref(), path))
                .reduce(Change::and),
            // Whatever went wrong, reading the sources again finds out.
            Err(_) => Some(lost()),
        };
        if let Some(hint) = hint {
            // Nobody waits any more: the process is about to end.
            let _ = sender.send(hint);
        }
    }
}

fn hint(root: &Path, config: Option<&Path>, path: &Path) -> Option<Change> {
    if config == Some(path) {
        return Some(Change::default());
    }
    let relative = path.strip_prefix(root).ok()?;
    let mut parts = relative.components().map(std::path::Component::as_os_str);
    let first = parts.next()?.to_str()?;
    if FOLDERS.contains(&first) {
        let rest: Vec<_> = parts.collect();
        let read = !rest.iter().any(|part| walk::ignored(part));
        let path = relative
            .to_str()
            .filter(|_| first != "seeds" && !rest.is_empty());
        return read.then(|| Change {
            seeds: first == "seeds",
            paths: path.map(|path| BTreeSet::from([path.to_owned()])),
            folder: rest.is_empty(),
        });
    }
    let known = import::FILES.contains(&first);
    (config.is_none() && first == "site.yaml" || known).then_some(Change {
        seeds: known,
        ..Change::default()
    })
}

#[cfg(test)]
mod tests {
    use notify::event::{CreateKind, Flag};

    use super::*;

    #[test]
    fn what_was_lost_may_be_anything() {
        let (sender, events) = channel();
        let told = handler(PathBuf::from("/site"), None, sender, Change::lost);
        let overflow = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        let full = notify::Error::new(ErrorKind::MaxFilesWatch);
        for lost in [Ok(overflow), Err(full), Err(notify::Error::generic("odd"))] {
            told(lost);
            assert_eq!(events.try_recv(), Ok(Change::lost()));
        }
        let lost = Change::lost();
        assert!(lost.seeds && lost.folder && lost.paths.is_none());
        // With another change it is still anything.
        let file = Event::new(EventKind::Create(CreateKind::File));
        told(Ok(file.add_path(PathBuf::from("/site/content/a.md"))));
        let one = events.try_recv().expect("a change");
        assert_eq!(one.paths, Some(BTreeSet::from(["content/a.md".to_owned()])));
        assert_eq!(one.and(Change::lost()), Change::lost());
    }
}
