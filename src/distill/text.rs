//! A seed's decoded text and its folded copy for matching, with the way back from one to the other.

use unicode_normalization::UnicodeNormalization;

use super::evidence::Span;

/// Decoded text beside a folded copy.
///
/// Folding: lower case, NFC, compatibility forms of full-width letters and digits, any decimal digit → ASCII, typographic apostrophes → `'`,
/// any space (NBSP, narrow, ideographic) and tab → one space each, Arabic harakat and tatweel removed, alef forms → ا, ى → ي, ة kept,
/// zero-width characters removed (ZWNJ → removed), CR removed. Line feeds stay.
#[derive(Debug)]
pub struct Text {
    /// The seed as text, exactly (without a byte order mark).
    pub decoded: String,
    /// The folded copy: match on this.
    pub folded: String,
    /// For each byte of `folded`, the byte of `decoded` at which its character begins; one more entry for the end.
    map: Vec<u32>,
}

impl Text {
    /// Folds `decoded`.
    pub fn new(decoded: String) -> Self {
        let mut folded = String::with_capacity(decoded.len());
        let mut map = Vec::with_capacity(decoded.len() + 1);
        let mut cluster = String::new();
        let mut chars = decoded.char_indices().peekable();
        while let Some((at, first)) = chars.next() {
            cluster.clear();
            cluster.push(first);
            while let Some(&(_, next)) = chars.peek() {
                if unicode_normalization::char::is_combining_mark(next) {
                    cluster.push(next);
                    chars.next();
                } else {
                    break;
                }
            }
            let before = folded.len();
            fold_into(&cluster, &mut folded);
            map.resize(map.len() + folded.len() - before, at as u32);
        }
        map.push(decoded.len() as u32);
        Self {
            decoded,
            folded,
            map,
        }
    }

    /// The span of `decoded` from which `folded[start..end]` came. Offsets past the end mean the end.
    pub fn original(&self, start: usize, end: usize) -> Span {
        let at = |i: usize| self.map.get(i).map_or(self.decoded.len(), |&o| o as usize);
        // An end maps to the beginning of the next folded character; what folding dropped in between belongs to this span.
        Span::new(at(start), at(end).max(at(start)))
    }

    /// The first folded byte that came from `offset` of `decoded` or from after it.
    pub fn folded_at(&self, offset: usize) -> usize {
        self.map
            .partition_point(|&o| (o as usize) < offset)
            .min(self.folded.len())
    }

    /// The decoded text of a span; empty where the span is none of this text's.
    pub fn slice(&self, span: Span) -> &str {
        self.decoded.get(span.start..span.end).unwrap_or_default()
    }
}

fn fold_into(cluster: &str, out: &mut String) {
    if cluster.is_ascii() {
        for b in cluster.bytes() {
            match b {
                b'\r' => {}
                b'\t' | 0x0b | 0x0c => out.push(' '),
                _ => out.push(char::from(b.to_ascii_lowercase())),
            }
        }
        return;
    }
    for c in cluster.nfc() {
        fold_char(c, out);
    }
}

fn fold_char(c: char, out: &mut String) {
    match c {
        // Harakat, superscript alef, Quranic marks, tatweel, zero-width and bidi controls, soft hyphen.
        '\u{64B}'..='\u{65F}'
        | '\u{670}'
        | '\u{6D6}'..='\u{6ED}'
        | '\u{640}'
        | '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}' => {}
        'أ' | 'إ' | 'آ' | 'ٱ' => out.push('ا'),
        'ى' | 'ی' => out.push('ي'),
        'ک' => out.push('ك'),
        '’' | '‘' | 'ʼ' | '´' | '`' | '′' => out.push('\''),
        '\u{FF01}'..='\u{FF5E}' => {
            // Full-width ASCII.
            if let Some(ascii) = char::from_u32(c as u32 - 0xFEE0) {
                out.push(ascii.to_ascii_lowercase());
            }
        }
        // Greek in capitals has neither accents nor a final sigma.
        'ά' | 'Ά' => out.push('α'),
        'έ' | 'Έ' => out.push('ε'),
        'ή' | 'Ή' => out.push('η'),
        'ί' | 'Ί' | 'ϊ' | 'ΐ' | 'Ϊ' => out.push('ι'),
        'ό' | 'Ό' => out.push('ο'),
        'ύ' | 'Ύ' | 'ϋ' | 'ΰ' | 'Ϋ' => out.push('υ'),
        'ώ' | 'Ώ' => out.push('ω'),
        'ς' => out.push('σ'),
        // The dot that lower-casing İ leaves behind is no letter of Turkish.
        'İ' => out.push('i'),
        c if c.is_whitespace() && c != '\n' => out.push(' '),
        c => match digit(c) {
            Some(d) => out.push(d),
            None => out.extend(c.to_lowercase()),
        },
    }
}

/// The ASCII digit of a decimal digit in any of the scripts that seeds are written in.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 10] = [
        0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x17E0, 0xFF10,
    ];
    let code = c as u32;
    ZEROS
        .iter()
        .find(|&&zero| (zero..zero + 10).contains(&code))
        .and_then(|zero| char::from_digit(code - zero, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_the_way_back() {
        let text = Text::new("L’ÉTÉ\u{A0}٢٧ عمّان e\u{301}\r\nI\u{307}zmir".to_owned());
        assert_eq!(text.folded, "l'été 27 عمان é\nizmir");
        let at = text.folded.find("27").expect("27");
        assert_eq!(text.slice(text.original(at, at + 2)), "٢٧");
        let at = text.folded.find("عمان").expect("Amman");
        assert_eq!(text.slice(text.original(at, at + "عمان".len())), "عمّان");
        let at = text.folded.find("izmir").expect("izmir");
        assert_eq!(text.slice(text.original(at, at + 5)), "I\u{307}zmir");
    }
}
