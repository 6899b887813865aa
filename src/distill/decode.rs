//! Bytes → text: byte order mark, UTF-8, UTF-16, else a guess among the legacy encodings. Refuses binary data and NUL.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, ISO_2022_JP, ISO_8859_2, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252,
};

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// Neither a letter nor a digit.
    Empty,
    /// NUL or many control characters: a picture, an archive, an executable.
    Binary,
    /// No encoding gives text without replacement characters.
    Undecodable,
}

/// The text of `bytes` without its byte order mark, and the name of the encoding.
pub fn decode(bytes: &[u8]) -> Result<(String, &'static str), NotText> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let body = bytes.get(mark..).unwrap_or_default();
        let text = strictly(encoding, body).ok_or(NotText::Undecodable)?;
        return accept(text, encoding.name());
    }
    // Its bytes are ASCII, with an escape before and behind each stretch of Japanese.
    if bytes.contains(&0x1B)
        && bytes.windows(3).any(|w| w == b"\x1B$B" || w == b"\x1B$@")
        && let Some(text) = strictly(ISO_2022_JP, bytes)
    {
        return accept(text, ISO_2022_JP.name());
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return accept(text.to_owned(), UTF_8.name());
    }
    if bytes.contains(&0) {
        // Half of the bytes of Latin text are NUL in UTF-16; in any script, spaces and line ends have one.
        return [UTF_16LE, UTF_16BE]
            .into_iter()
            .filter(|_| bytes.len().is_multiple_of(2))
            .filter_map(|e| strictly(e, bytes).map(|t| (e, t)))
            .filter(|(_, t)| looks_written(t))
            .max_by_key(|(_, t)| t.matches([' ', '\n']).count())
            .map_or(Err(NotText::Binary), |(e, t)| accept(t, e.name()));
    }
    if control_share(bytes.iter().map(|&b| char::from(b)).filter(char::is_ascii)) > 0.02 {
        return Err(NotText::Binary);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let beside = (guess == ISO_8859_2 && has_mixed_letters(bytes)).then_some(WINDOWS_1250);
    [beside.unwrap_or(guess), WINDOWS_1252]
        .into_iter()
        .filter_map(|e| strictly(e, bytes).map(|t| (e, t)))
        .find(|(_, t)| looks_written(t))
        .map_or(Err(NotText::Undecodable), |(e, t)| accept(t, e.name()))
}

/// Whether bytes taken for ISO 8859-2 have ł and š, which no language writes beside each other: in windows-1250, that one is ą.
fn has_mixed_letters(bytes: &[u8]) -> bool {
    const L_WITH_STROKE: u8 = 0xB3;
    const S_WITH_CARON: u8 = 0xB9;
    bytes.contains(&L_WITH_STROKE) && bytes.contains(&S_WITH_CARON)
}

fn strictly(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
}

fn accept(text: String, encoding: &'static str) -> Result<(String, &'static str), NotText> {
    if has_control(text.as_bytes()) && (text.contains('\0') || control_share(text.chars()) > 0.02) {
        Err(NotText::Binary)
    } else if !text.chars().any(char::is_alphanumeric) {
        Err(NotText::Empty)
    } else {
        Ok((text, encoding))
    }
}

/// Whether control characters are in UTF-8, but for white space: one byte, or 0xC2 and one below 0xA0.
fn has_control(bytes: &[u8]) -> bool {
    let one = |b: u8| matches!(b, ..b'\t' | 0x0E..b' ' | 0x7F);
    let ones = bytes.iter().fold(0, |any, b| any | u8::from(one(*b)));
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let twos = pairs.fold(0, |any, (a, b)| any | u8::from(*a == 0xC2 && *b < 0xA0));
    ones | twos != 0
}

/// Whether a guess gave something that people write: hardly any control, private or unassigned-looking character.
fn looks_written(text: &str) -> bool {
    let odd = text
        .chars()
        .filter(|c| {
            c.is_control() && !c.is_whitespace()
                || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{FFF0}'..='\u{FFFF}')
        })
        .count();
    odd * 50 <= text.chars().count()
}

fn control_share(chars: impl Iterator<Item = char>) -> f64 {
    let (mut all, mut control) = (0_usize, 0_usize);
    for c in chars {
        all += 1;
        control += usize::from(c.is_control() && !c.is_whitespace());
    }
    control as f64 / all.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told() {
        let french = "L’Agence a annoncé l’été dernier à Genève une réunion prévue à Orléans. Été, forêt, cœur : déjà vu.";
        let (cp1252, ..) = WINDOWS_1252.encode(french);
        let arabic = "أعلنت وزارة الحج والعمرة في المملكة العربية السعودية إطلاق منصة رقمية موحدة";
        let (cp1256, ..) = encoding_rs::WINDOWS_1256.encode(arabic);
        let russian = "Правительство выделило дополнительные средства на зимнее содержание дорог";
        let (koi8, ..) = encoding_rs::KOI8_U.encode(russian);
        let polish = "Oba miasta uruchomią od maja wspólną linię i jałowy postój.";
        let (cp1250, ..) = WINDOWS_1250.encode(polish);
        let japanese = "委員会は、夜間の渡し船を八月に増やすことを決めた。";
        let (iso2022, ..) = ISO_2022_JP.encode(japanese);
        let utf16 = |text: &str, order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            text.encode_utf16().flat_map(order).collect()
        };
        for (bytes, text, name) in [
            (french.as_bytes().to_vec(), french, "UTF-8"),
            (
                [b"\xEF\xBB\xBF", french.as_bytes()].concat(),
                french,
                "UTF-8",
            ),
            (cp1252.into_owned(), french, "windows-1252"),
            (cp1256.into_owned(), arabic, "windows-1256"),
            (koi8.into_owned(), russian, "KOI8-U"),
            (utf16(french, u16::to_le_bytes), french, "UTF-16LE"),
            (utf16(arabic, u16::to_be_bytes), arabic, "UTF-16BE"),
            (cp1250.into_owned(), polish, "windows-1250"),
            (iso2022.into_owned(), japanese, "ISO-2022-JP"),
            (
                [b"\xFF\xFE".to_vec(), utf16(russian, u16::to_le_bytes)].concat(),
                russian,
                "UTF-16LE",
            ),
        ] {
            assert_eq!(decode(&bytes), Ok((text.to_owned(), name)), "{name}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b""), Err(NotText::Empty));
        assert_eq!(decode(b"\xEF\xBB\xBF \r\n\t"), Err(NotText::Empty));
        assert_eq!(decode(b"; ...\n"), Err(NotText::Empty));
        assert_eq!(decode(b"abc\0def"), Err(NotText::Binary));
        assert_eq!(
            decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10"),
            Err(NotText::Binary)
        );
        assert_eq!(
            decode(b"\x7FELF\x02\x01\x01\x03\x04\x05\x06\x07"),
            Err(NotText::Binary)
        );
        assert_eq!(decode(b"\xFF\xFEa"), Err(NotText::Undecodable));
    }
}
