//! A span of text → its sentences. Knows abbreviations, initials, numbers and the full stops of every script.

use std::{collections::HashSet, ops::Range, sync::LazyLock};

use super::{
    each::{first, one_of},
    evidence::Span,
    text::{Text, is_mark},
};

/// Words after which a full stop ends no sentence, in lower case without the stop.
static ABBREVIATIONS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("lexicon/abbreviations.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// Whether a full stop after this word, in lower case, ends no sentence.
pub(crate) fn is_abbreviation(word: &str) -> bool {
    ABBREVIATIONS.contains(word)
}

/// The sentences of a span, in order, without the white space around them. An empty line always ends one. No more is read than is asked for.
pub fn sentences(text: &Text, span: Span) -> impl Iterator<Item = Span> {
    let slice = text.slice(span);
    let mut begin = 0;
    let pieces = std::iter::from_fn(move || {
        let from = begin;
        begin = sentence_end(slice, from).unwrap_or(slice.len());
        (begin > from).then_some(from..begin)
    });
    pieces.filter_map(move |piece| trimmed(slice, span.start, piece))
}

/// The first bytes of the characters that may end a sentence.
const STOPS: &[u8; 10] = b".!?\n\xD8\xDB\xE0\xE2\xE3\xEF";

/// The end of the sentence that begins at `begin`, where the text has one.
fn sentence_end(slice: &str, begin: usize) -> Option<usize> {
    let mut end = begin;
    loop {
        let may_stop = |byte| one_of(STOPS, byte);
        // In some scripts nearly every character begins like one that stops.
        let at = match slice.as_bytes().get(end) {
            Some(next) if may_stop(*next) => end,
            _ => end + first(slice.get(end..)?, may_stop)?,
        };
        let mut chars = slice.get(at..)?.chars();
        let c = chars.next()?;
        end = at + c.len_utf8();
        let stops = match c {
            '。' | '！' | '？' | '｡' | '।' | '॥' | '؟' | '۔' => true,
            '!' | '?' | '…' | '.' => {
                let more = chars.take_while(|n| matches!(n, '.' | '!' | '?' | '…'));
                end += more.map(char::len_utf8).sum::<usize>();
                // `… Syria`: an ellipsis that stands alone leaves words out, it ends nothing; at the very beginning neither.
                let leaves_out = end - at >= 3
                    && slice.get(..at).is_none_or(|before| {
                        before.is_empty() || before.ends_with(char::is_whitespace)
                    });
                !leaves_out && full_stop(slice, begin, at, end, c == '.' && end == at + 1)
            }
            '\n' => blank_line(slice, end),
            _ => false,
        };
        if !stops {
            continue;
        }
        if c == '\n' {
            return Some(end);
        }
        let mut chars = slice.get(end..)?.chars();
        while let Some(n) = chars.next() {
            let closes = matches!(
                n,
                '"' | '”' | '»' | '’' | ')' | ']' | '」' | '』' | '“' | '）' | '›'
            ) || matches!(n, ' ' | '\u{A0}' | '\u{202F}')
                && chars.as_str().starts_with('»');
            if !closes {
                break;
            }
            end += n.len_utf8();
        }
        return Some(end);
    }
}

/// A piece of a slice that begins at `offset`, without the white space around it; nothing where it has nothing else.
fn trimmed(slice: &str, offset: usize, piece: Range<usize>) -> Option<Span> {
    let begin = offset + piece.start;
    let piece = slice.get(piece)?;
    let trimmed = piece.trim();
    let start = begin + (piece.len() - piece.trim_start().len());
    (!trimmed.is_empty()).then(|| Span::new(start, start + trimmed.len()))
}

fn blank_line(slice: &str, after: usize) -> bool {
    slice
        .get(after..)
        .and_then(|rest| rest.split('\n').next())
        .is_some_and(|line| line.trim().is_empty())
}

/// Whether the stop at `at..end` ends a sentence that began at `begin`.
fn full_stop(slice: &str, begin: usize, at: usize, end: usize, single: bool) -> bool {
    let rest = slice.get(end..).unwrap_or_default();
    let trimmed =
        rest.trim_start_matches(['"', '”', '»', '’', ')', ']', '“', '\u{A0}', '\u{202F}']);
    let Some(next) = trimmed.chars().next() else {
        return true;
    };
    if !next.is_whitespace() && !is_wide(next) {
        return false;
    }
    let following = trimmed
        .trim_start()
        .trim_start_matches([
            '"', '“', '„', '«', '»', '(', '[', '‘', '—', '–', '-', '*', '¿', '¡', ' ', '\u{A0}',
            '\u{202F}',
        ])
        .chars()
        .next();
    if following.is_some_and(char::is_lowercase) {
        return false;
    }
    if !single {
        return true;
    }
    let word: String = slice
        .get(begin..at)
        .unwrap_or_default()
        .chars()
        .rev()
        .take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '\'' | '’') || is_mark(*c))
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    if word.is_empty() {
        return true;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    // An initial, or the last letter of "z. B." and "U.S.".
    let initial = letters == 1 && word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    // "5. Februar": a day in figures; years and amounts have more of them.
    let ordinal = word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit());
    let lower = word.to_lowercase();
    let last = lower.rsplit('.').next().unwrap_or_default();
    !(initial
        || ordinal
        || ABBREVIATIONS.contains(lower.as_str())
        || lower.contains('.') && (ABBREVIATIONS.contains(last) || last.chars().count() == 1))
}

fn is_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(s: &str) -> Vec<String> {
        let text = Text::new(s.to_owned());
        sentences(&text, Span::new(0, s.len()))
            .map(|span| text.slice(span).to_owned())
            .collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        for sentences in [
            &["M. Dupont a rencontré Mme. Durand.", "Il est reparti."][..],
            &["Es gilt z. B. ab dem 5. Februar.", "Danach nicht."],
            &[
                "Dr. J. Smith paid 3.5 million, i.e. half.",
                "\"It works.\"",
                "He left!",
            ],
            &[
                "Договор, т. е. соглашение, подписан в 2026 г. в Москве.",
                "Он бессрочный.",
            ],
            &["双方签署了协议。", "“很好。”", "他说。"],
            &["هل انتهى؟", "نعم."],
            &["« Sans mesure, il n’y a pas d’alerte. »", "Il a souri."],
            &["Le prix est de 1.800 euros.", "Voilà"],
            &["He met U.S. officials in Washington.", "They agreed."],
            &["यह समझौता हुआ।", "काम शुरू है।"],
        ] {
            assert_eq!(cut(&sentences.join(" ")), sentences, "{sentences:?}");
        }
        assert_eq!(
            cut("Titre\n\nCorps un.\nCorps deux."),
            ["Titre", "Corps un.", "Corps deux."]
        );
        assert_eq!(cut("東京。大阪。"), ["東京。", "大阪。"]);
    }
}
