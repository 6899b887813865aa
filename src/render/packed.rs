//! Bytes → the same bytes packed, for hosts that send a packed twin where a browser takes it. The same each time: no clock, no name.

use std::io::Write;

use flate2::{Compression, GzBuilder};

use crate::config::Packing;

/// Packs bytes.
pub(super) fn pack(bytes: &[u8], how: Packing) -> std::io::Result<Vec<u8>> {
    match how {
        Packing::Gzip => {
            let mut packer = GzBuilder::new().write(Vec::new(), Compression::best());
            packer.write_all(bytes)?;
            packer.finish()
        }
        Packing::Brotli => {
            // Beyond this, twice the time saves a hundredth.
            const QUALITY: i32 = 9;
            let params = brotli::enc::BrotliEncoderParams {
                quality: QUALITY,
                size_hint: bytes.len(),
                lgwin: window(bytes.len()),
                ..Default::default()
            };
            let mut out = Vec::new();
            brotli::BrotliCompress(&mut &*bytes, &mut out, &params)?;
            Ok(out)
        }
    }
}

/// The window that a text needs, as a power of two: tables for more are work for nothing.
fn window(length: usize) -> i32 {
    const RANGE: (u32, u32) = (10, 22);
    let bits = usize::BITS - length.leading_zeros();
    bits.clamp(RANGE.0, RANGE.1).cast_signed()
}
