//! content/ as an import sees it: which file came from which seed, which names are free; and the writing of one file.

use std::{
    io::{self, Write},
    path::Path,
};

use foldhash::{HashMap, HashMapExt, HashSet};
use jiff::civil::Date;
use rayon::prelude::*;
use walkdir::WalkDir;

use super::seeds::Seed;
use crate::{
    content::{self, SeedRef},
    diagnostic::Diagnostic,
    edge::{
        bounded::{beginning, bounded, page_limit},
        walk::{folder, ignored},
    },
};

/// Bytes of a file that can't be read whole, among which is the name of its seed where it has one: front matter is no longer.
const NAMES_ITS_SEED: u64 = 64 * 1024;

/// Where new briefings go.
const FOLDER: &str = "content/briefings";

/// A content file that names a seed.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// Path from the site's root.
    pub(super) file: String,
    pub(super) text: String,
    pub(super) seed: SeedRef,
    pub(super) slug: Option<String>,
    pub(super) imported: Option<Date>,
    /// Whether `review:` names a value that a person has settled since.
    pub(super) settled: bool,
    refreshable: bool,
}

/// Where a seed's content is.
pub(super) enum Shelved {
    /// In this file.
    Here(Page),
    /// Perhaps in this file, which can't be read.
    Broken(String),
    /// Under the name of another seed with the same bytes.
    Twin(String),
    /// Not yet anywhere.
    Nowhere,
}

/// The seeds that are there now.
pub(super) struct Present<'s> {
    /// The digest of each by its name, and the names by digest, for those that are read.
    digests: HashMap<&'s str, &'s str>,
    names: HashMap<&'s str, Vec<&'s str>>,
    /// Whether there is a seed of this name, read or not.
    exists: &'s dyn Fn(&str) -> bool,
}

impl<'s> Present<'s> {
    /// The seeds that were read.
    pub(super) fn of(seeds: &'s [Seed], exists: &'s dyn Fn(&str) -> bool) -> Self {
        let mut names: HashMap<&str, Vec<&str>> = HashMap::with_capacity(seeds.len());
        for seed in seeds {
            names.entry(&seed.sha256).or_default().push(&seed.file);
        }
        let digests = seeds.iter().map(|s| (s.file.as_str(), s.sha256.as_str()));
        Self {
            digests: digests.collect(),
            names,
            exists,
        }
    }
}

/// What content/ holds.
#[derive(Default)]
pub(super) struct Shelf {
    by_seed: HashMap<String, Page>,
    by_digest: HashMap<String, String>,
    broken: Vec<(String, Vec<u8>)>,
    names: HashSet<String>,
}

impl Shelf {
    /// Reads the front matter of all content files.
    pub(super) fn read(root: &Path) -> Self {
        let top = root.join("content");
        let visible = |entry: &walkdir::DirEntry| entry.depth() == 0 || !ignored(entry.file_name());
        let paths: Vec<_> = WalkDir::new(&top)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(visible)
            .filter_map(Result::ok)
            .filter(|entry| !entry.file_type().is_dir())
            .filter_map(|entry| {
                let below = entry.path().strip_prefix(&top).ok()?;
                let parts: Option<Vec<&str>> =
                    below.components().map(|c| c.as_os_str().to_str()).collect();
                let linked = entry.path_is_symlink();
                Some((entry.path().to_owned(), parts?.join("/"), linked))
            })
            .collect();
        let mut shelf = Self {
            names: paths
                .iter()
                .map(|(_, path, _)| format!("content/{path}").to_lowercase())
                .collect(),
            ..Self::default()
        };
        let read: Vec<_> = paths
            .into_par_iter()
            .filter(|(_, path, linked)| {
                let page = Path::new(path)
                    .extension()
                    .is_some_and(|e| e.eq_ignore_ascii_case("md"));
                page && !linked
            })
            .map(|(full, path, _)| {
                let file = content_file(&path);
                match bounded(&full, page_limit()) {
                    Ok(bytes) => (file, content::read(&path, &bytes).ok(), bytes),
                    Err(_) => (file, None, beginning(&full, NAMES_ITS_SEED)),
                }
            })
            .collect();
        for (file, entry, bytes) in read {
            match entry {
                None => shelf.broken.push((file, bytes)),
                Some((entry, _)) => {
                    let (front, Ok(text)) = (entry.front, String::from_utf8(bytes)) else {
                        continue;
                    };
                    if let Some(seed) = front.seed {
                        shelf.add(Page {
                            file,
                            text,
                            seed,
                            slug: front.slug,
                            imported: front.imported,
                            settled: !front.settled.is_empty(),
                            refreshable: !front.derived.is_empty(),
                        });
                    }
                }
            }
        }
        shelf
    }

    /// Whether no content file names a seed or can't be read.
    pub(super) fn is_empty(&self) -> bool {
        self.by_seed.is_empty() && self.broken.is_empty()
    }

    /// The file that an import may refresh wins over a person's own file about the same seed; else the first by path.
    fn add(&mut self, page: Page) {
        let digest = page.seed.sha256.clone();
        let name = page.seed.file.clone();
        self.by_digest.entry(digest).or_insert_with(|| name.clone());
        match self.by_seed.get(&name) {
            Some(other) if other.refreshable || !page.refreshable => {}
            _ => {
                self.by_seed.insert(name, page);
            }
        }
    }

    /// The day of a seed's first import.
    pub(super) fn imported(&self, seed: &str) -> Option<Date> {
        self.by_seed.get(seed)?.imported
    }

    /// Where a seed's content is: in the file that names both its path and its bytes; else in the one of the same bytes, where the seed was
    /// renamed; else in the one of the same path, where it was changed.
    pub(super) fn of(&self, seed: &Seed, present: &Present<'_>) -> Shelved {
        let by_name = self.by_seed.get(&seed.file);
        if let Some(page) = by_name
            && page.seed.sha256 == seed.sha256
        {
            return Shelved::Here(page.clone());
        }
        let by_bytes = self.by_digest.get(&seed.sha256);
        if let Some(page) = by_bytes.and_then(|other| self.by_seed.get(other)) {
            return match self.heir(page, present) {
                Some(heir) if heir == seed.file => Shelved::Here(page.clone()),
                Some(other) => Shelved::Twin(other.to_owned()),
                None => Shelved::Twin(page.seed.file.clone()),
            };
        }
        // Another seed of this import has the bytes already.
        if let Some(other) = by_bytes {
            return Shelved::Twin(other.clone());
        }
        if let Some(page) = by_name
            && self.heir(page, present).is_none()
        {
            return Shelved::Here(page.clone());
        }
        let names = |bytes: &[u8], text: &str| {
            !text.is_empty() && bytes.windows(text.len()).any(|w| w == text.as_bytes())
        };
        self.broken
            .iter()
            .find(|(_, bytes)| names(bytes, &seed.file) || names(bytes, &seed.sha256))
            .map_or(Shelved::Nowhere, |(file, _)| Shelved::Broken(file.clone()))
    }

    /// The seed that has the bytes of a page's own, where that is gone or holds other bytes now: it was renamed.
    fn heir<'p>(&self, page: &Page, present: &'p Present<'_>) -> Option<&'p str> {
        let stays = match present.digests.get(page.seed.file.as_str()) {
            Some(now) => *now == page.seed.sha256,
            None => (present.exists)(&page.seed.file),
        };
        let names = present
            .names
            .get(page.seed.sha256.as_str())
            .filter(|_| !stays)?;
        let is_at_home = |name: &&&str| {
            let own = self.by_seed.get(**name);
            own.is_some_and(|own| own.seed.sha256 == page.seed.sha256)
        };
        names.iter().find(|name| !is_at_home(name)).copied()
    }

    /// Remembers a seed that is about to get its file.
    pub(super) fn claim(&mut self, seed: &Seed) {
        self.by_digest
            .entry(seed.sha256.clone())
            .or_insert_with(|| seed.file.clone());
    }

    /// A free name for a new file; the slug is made unique with it.
    pub(super) fn name(&mut self, slug: &mut String, digest: &str) -> String {
        let plain = slug.clone();
        for length in [0, 8, 16, 64] {
            if let Some(part) = digest.get(..length).filter(|part| !part.is_empty()) {
                *slug = format!("{plain}-{part}");
            }
            let file = format!("{FOLDER}/{slug}.md");
            if self.names.insert(file.to_lowercase()) {
                return file;
            }
        }
        // Even the whole digest is taken: writing will refuse to overwrite.
        format!("{FOLDER}/{slug}.md")
    }
}

/// Refuses where new files would be written outside of the site: a link in place of a folder.
pub(super) fn writable(root: &Path) -> Result<(), Diagnostic> {
    folder(root, "content")?;
    let linked = root.join(FOLDER).symlink_metadata();
    if linked.is_ok_and(|found| found.is_symlink()) {
        return Err(Diagnostic::error(
            format!("{FOLDER}/"),
            "symbolic links are not followed; nothing was imported",
        )
        .help("put the folder itself here"));
    }
    Ok(())
}

fn content_file(path: &str) -> String {
    format!("content/{path}")
}

/// The text of a page as it is now: a person may have saved it since the shelf was read. None where it is gone or no text any more.
#[expect(clippy::disallowed_methods, reason = "this is the edge")]
pub(super) fn text_now(root: &Path, page: &Page) -> Option<String> {
    std::fs::read_to_string(root.join(&page.file)).ok()
}

/// Writes a file whole: into a temporary file beside it, to the disk, then under its name. A `new` one never replaces another; else the permissions
/// stay.
pub fn put(path: &Path, text: &str, new: bool) -> io::Result<()> {
    placed(path, text, new, (!new).then_some(path))
}

/// A new file with the permissions of another.
pub fn put_like(path: &Path, text: &str, other: &Path) -> io::Result<()> {
    placed(path, text, true, Some(other))
}

#[expect(clippy::disallowed_methods, reason = "this is the edge")]
fn placed(path: &Path, text: &str, new: bool, like: Option<&Path>) -> io::Result<()> {
    let like = like.and_then(|other| Some(std::fs::metadata(other).ok()?.permissions()));
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".depeche-");
    #[cfg(unix)]
    if like.is_none() {
        // As any new file; the process's umask still applies.
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    let made = builder.tempfile_in(folder);
    let mut file = match made {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            std::fs::create_dir_all(folder)?;
            builder.tempfile_in(folder)?
        }
        made => made?,
    };
    file.write_all(text.as_bytes())?;
    if let Some(like) = like {
        file.as_file().set_permissions(like)?;
    }
    file.as_file().sync_all()?;
    if new {
        file.persist_noclobber(path)
    } else {
        file.persist(path)
    }
    .map(drop)
    .map_err(|e| e.error)
}
