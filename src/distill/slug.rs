//! Title → slug: transliterated for Latin, Cyrillic and Greek; else date, countries, topic and a hash. Refuses nothing.

use crate::model::{CountryCode, PubDate, TopicSlug};

/// The longest slug, in bytes.
const MAX: usize = 80;

/// A title of so many bytes is cut by much, whatever its letters become.
const LONG_TITLE: usize = 300;

/// What a slug is made from.
#[derive(Clone, Copy, Debug)]
pub struct SlugParts<'a> {
    /// The title.
    pub title: &'a str,
    /// The date.
    pub date: Option<&'a PubDate>,
    /// The countries.
    pub countries: &'a [CountryCode],
    /// The topics.
    pub topics: &'a [TopicSlug],
    /// The hexadecimal SHA-256 of the seed.
    pub digest: &'a str,
}

/// A portable slug: ASCII lower-case letters, digits and single hyphens, at most 80 bytes, no Windows device name.
pub fn slug(parts: &SlugParts<'_>) -> String {
    let hash: String = parts.digest.chars().take(8).collect();
    let transliterated = if is_transliterable(parts.title) {
        ascii_words(&deunicode::deunicode(
            &parts.title.replace(['\'', '’'], " "),
        ))
    } else {
        String::new()
    };
    // A letter or two say nothing, and a name of digits alone reads as a date.
    if transliterated
        .bytes()
        .filter(u8::is_ascii_lowercase)
        .count()
        < 3
    {
        return from_values(parts, &hash);
    }
    let much = transliterated.len() > 2 * MAX
        || transliterated.len() > MAX && parts.title.len() >= LONG_TITLE;
    if much {
        // So much is cut that another long title could begin alike.
        return format!("{}-{hash}", cut(&transliterated, MAX - hash.len() - 1));
    }
    let short = cut(&transliterated, MAX);
    if is_device_name(short) {
        format!("{short}-{hash}")
    } else {
        short.to_owned()
    }
}

fn from_values(parts: &SlugParts<'_>, hash: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(parts.date.map(ToString::to_string));
    words.extend(parts.countries.iter().take(3).map(ToString::to_string));
    words.extend(parts.topics.first().map(ToString::to_string));
    let readable = ascii_words(&words.join(" "));
    let readable = cut(&readable, MAX - hash.len() - 1);
    if readable.is_empty() {
        format!("briefing-{hash}")
    } else {
        format!("{readable}-{hash}")
    }
}

/// Whether most letters are of a script that reads well in ASCII.
fn is_transliterable(title: &str) -> bool {
    let (mut fits, mut all) = (0usize, 0usize);
    for c in title.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        // Latin with its extensions, Greek, Cyrillic, then the later blocks of the same three.
        if matches!(c as u32, 0..=0x24F | 0x370..=0x52F | 0x1C80..=0x1C8F | 0x1E00..=0x1FFF) {
            fits += 1;
        }
    }
    all > 0 && fits * 10 >= all * 8
}

fn ascii_words(s: &str) -> String {
    s.to_ascii_lowercase()
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

/// The longest beginning of whole words within `max` bytes; a first word that is too long is cut itself.
fn cut(words: &str, max: usize) -> &str {
    if words.len() <= max {
        return words;
    }
    let head = words.get(..=max).unwrap_or(words);
    match head.rfind('-') {
        Some(at) if at > 0 => head.get(..at).unwrap_or(head),
        _ => words.get(..max).unwrap_or(words),
    }
}

/// Names that Windows keeps for devices, with or without an extension.
fn is_device_name(name: &str) -> bool {
    matches!(name, "con" | "prn" | "aux" | "nul")
        || name
            .strip_prefix("com")
            .or_else(|| name.strip_prefix("lpt"))
            .is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str) -> String {
        let date: PubDate = "2026-01-27".parse().expect("date");
        let countries = ["CN", "LA"].map(|c| c.parse().expect("country"));
        let topics = ["transport".parse().expect("topic")];
        slug(&SlugParts {
            title,
            date: Some(&date),
            countries: &countries,
            topics: &topics,
            digest: "4b5e72416c4ad0b1",
        })
    }

    #[test]
    fn line_14_a_title_of_300_bytes_is_cut_between_letters_with_a_digest() {
        for title in [
            "é".repeat(150),
            "мир".repeat(50),
            "ñandú ".repeat(43),
            "Ελλάδα".repeat(25),
        ] {
            assert!(title.len() >= 300, "{}", title.len());
            let slug = of(&title);
            assert!(
                slug.is_ascii() && slug.len() <= MAX && slug.ends_with("-4b5e7241"),
                "{slug}"
            );
        }
    }

    #[test]
    fn slugs_are_portable() {
        assert_eq!(
            of("L’océan Indien : 18 millions d’euros"),
            "l-ocean-indien-18-millions-d-euros"
        );
        assert_eq!(of("Чад и Ливия"), "chad-i-liviia");
        assert_eq!(of("Ελλάδα και Κύπρος"), "ellada-kai-kupros");
        assert_eq!(of("中老双方启动"), "2026-01-27-cn-la-transport-4b5e7241");
        assert_eq!(
            of("المغرب وموريتانيا"),
            "2026-01-27-cn-la-transport-4b5e7241"
        );
        assert_eq!(of("Con."), "con-4b5e7241");
        assert_eq!(of("../"), "2026-01-27-cn-la-transport-4b5e7241");
        assert_eq!(of("aux.md"), "aux-md");
        assert!(of(&"élan ".repeat(60)).ends_with("-4b5e7241"));
        for long in [
            of(&"mot ".repeat(35)),
            of(&"é".repeat(100)),
            of(&"é".repeat(300)),
        ] {
            assert!(long.len() <= MAX && !long.ends_with('-'), "{long}");
        }
    }
}
