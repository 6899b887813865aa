//! Values → a stamp, a digest of 128 bits. The digests of files that go into it are of another kind (BLAKE3): a person who writes a text can't make two
//! of one digest.

use std::{
    hash::{Hash, Hasher},
    ops::Deref,
    sync::{Arc, OnceLock},
};

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

/// A value that changes no more, with its stamp, which is worked out once: where it goes into another stamp, that one stands for it.
#[derive(Clone, Debug)]
pub struct Sealed<T>(Arc<(T, OnceLock<Stamp>)>);

impl<T> Sealed<T> {
    /// Seals a value.
    pub fn new(value: T) -> Self {
        Self(Arc::new((value, OnceLock::new())))
    }
}

impl<T: Hash> Sealed<T> {
    /// The stamp of the value.
    pub fn stamp(&self) -> Stamp {
        let (value, stamp) = &*self.0;
        *stamp.get_or_init(|| Sum::of(value).stamp())
    }
}

impl<T> Deref for Sealed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.0
    }
}

impl<T: Hash> Hash for Sealed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.stamp().hash(state);
    }
}
