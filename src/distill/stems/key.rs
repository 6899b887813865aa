//! The first bytes of a text → a number by which they are compared and filed. Refuses nothing: what is missing counts as zero.

/// Bytes of a stem that are looked up by hash.
pub(super) const HEAD: usize = 8;

/// So many bytes behind a word tell most stems from it that go on there.
pub(super) const TOLD: usize = 3;

/// The first `length` bytes of a key, from one to eight.
#[inline]
pub(crate) fn head(key: u64, length: usize) -> u64 {
    key >> (64 - 8 * length)
}

/// The first eight bytes, in the order of the bytes; what is missing counts as zero.
#[inline]
pub(crate) const fn key(bytes: &[u8]) -> u64 {
    if let Some(first) = bytes.first_chunk::<8>() {
        return u64::from_be_bytes(*first);
    }
    let mut key = 0;
    let mut at = 0;
    while at < bytes.len() {
        key |= (bytes[at] as u64) << (56 - 8 * at);
        at += 1;
    }
    key
}

/// The bits by which a head is filed.
#[inline]
pub(super) fn hash(head: u64) -> usize {
    (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize
}

/// The bytes behind the head as a number.
#[inline]
pub(super) fn behind(bytes: &[u8]) -> u64 {
    key(bytes.get(HEAD..).unwrap_or_default())
}

/// What is told of the bytes behind a word.
#[inline]
pub(crate) fn told(behind: &[u8]) -> u64 {
    head(key(behind), TOLD)
}
