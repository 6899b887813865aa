//! The Markdown of a content file: a part of the file's bytes, which are held once.

use std::{fmt, ops::Deref, ops::Range, sync::Arc};

/// The text below the front matter, read like a `str`.
#[derive(Clone, Default)]
pub struct Body {
    file: Arc<[u8]>,
    range: Range<usize>,
}

impl Body {
    /// The part of a file that is its body. A file that is not UTF-8 there has an empty one.
    pub(super) fn of(file: &Arc<[u8]>, range: Range<usize>) -> Self {
        Self {
            file: Arc::clone(file),
            range,
        }
    }
}

impl Body {
    /// The bytes of the file above the body: its front matter.
    pub fn above(&self) -> &[u8] {
        self.file.get(..self.range.start).unwrap_or_default()
    }
}

impl Deref for Body {
    type Target = str;

    fn deref(&self) -> &str {
        let bytes = self.file.get(self.range.clone()).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl From<&str> for Body {
    fn from(text: &str) -> Self {
        Self {
            file: text.as_bytes().into(),
            range: 0..text.len(),
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
