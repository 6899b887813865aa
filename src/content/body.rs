//! The Markdown of a content file: a part of the file's bytes, which are held once.

use std::{
    fmt,
    ops::{Deref, Range},
    sync::OnceLock,
};

use bytestring::ByteString;

/// The text below the front matter, read like a `str`.
#[derive(Clone, Default)]
pub struct Body {
    file: ByteString,
    range: Range<usize>,
    mark: OnceLock<Mark>,
}

/// What tells a content file from another, worked out once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mark {
    /// A digest of the whole file.
    pub file: [u8; 16],
    /// Whether the text may have a link whose address depends on where other files are: one that is neither a path from the site's root nor full.
    pub refers: bool,
}

impl Body {
    /// The part of a file that is its body.
    pub(super) fn of(file: ByteString, range: Range<usize>) -> Self {
        Self {
            file,
            range,
            mark: OnceLock::new(),
        }
    }
}

impl Body {
    /// What tells its file from another.
    pub fn mark(&self) -> Mark {
        *self.mark.get_or_init(|| {
            let mut file = [0; 16];
            let mut hasher = blake3::Hasher::new();
            hasher
                .update(self.file.as_bytes())
                .finalize_xof()
                .fill(&mut file);
            let refers = refers(self);
            Mark { file, refers }
        })
    }

    /// The text of its file, front matter and all.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The bytes of the file above the body: its front matter.
    pub fn above(&self) -> &[u8] {
        self.file
            .as_bytes()
            .get(..self.range.start)
            .unwrap_or_default()
    }
}

/// Whether a link leads to the same place wherever content files are: a path from the site's root, a fragment, a full address.
pub fn is_fixed(link: &str) -> bool {
    const FIXED: [&str; 6] = ["/", "#", "http:", "https:", "mailto:", "tel:"];
    FIXED.iter().any(|fixed| link.starts_with(fixed))
}

fn refers(text: &str) -> bool {
    memchr::memchr_iter(b']', text.as_bytes()).any(|at| {
        let after = text.get(at + 1..).unwrap_or_default();
        after.strip_prefix(['(', ':']).is_some_and(|target| {
            let target = target.trim_start_matches([' ', '<']);
            !is_fixed(target)
        })
    })
}

impl Deref for Body {
    type Target = str;

    fn deref(&self) -> &str {
        self.file.get(self.range.clone()).unwrap_or_default()
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self {
            file: text.into(),
            range: 0..text.len(),
            mark: OnceLock::new(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}
