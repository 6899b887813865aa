//! Values → a stamp, a digest of 128 bits. The digests of files that go into it are of another kind (BLAKE3): a person who writes a text can't make two
//! of one digest.

use std::hash::{Hash, Hasher};

use siphasher::sip128::{Hasher128, SipHasher13};

/// A digest of 128 bits.
pub type Stamp = [u8; 16];

/// Adds up what a stamp is of.
pub struct Sum(SipHasher13);

impl Sum {
    /// Begins with a value.
    pub fn of<T: Hash + ?Sized>(value: &T) -> Self {
        Self(SipHasher13::new()).and(value)
    }

    /// Adds a value.
    #[must_use]
    pub fn and<T: Hash + ?Sized>(mut self, value: &T) -> Self {
        value.hash(&mut self);
        self
    }

    /// Adds values, one after the other.
    #[must_use]
    pub fn all<T: Hash>(self, values: impl Iterator<Item = T>) -> Self {
        values.fold(self, |sum, value| sum.and(&value))
    }

    /// The stamp of all that was added.
    pub fn stamp(&self) -> Stamp {
        self.0.finish128().as_bytes()
    }
}

impl Hasher for Sum {
    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}
