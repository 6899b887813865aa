//! Chinese, Japanese and Korean: role words beside names, head words at the end of organisations.

use super::sighting;
use crate::{
    distill::{
        actors::{
            Sighting,
            lexicon::Lexicon,
            words::{Gap, words},
        },
        evidence::Span,
        text::Text,
    },
    model::{Lang, country_rows},
};

/// `副局长陈立恒介绍`, `副司长坎佩·冯沙万表示`: a name stands between a role and a word of saying or a mark.
pub(super) fn chinese_people(text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
    let source = text.decoded.as_str();
    let ends = lexicon.list("ends").exact_longest_first();
    let surnames = lexicon.list("surnames").exact_longest_first();
    let mut found: Vec<Sighting> = Vec::new();
    for role in lexicon.list("roles").exact_longest_first() {
        for (at, _) in source.match_indices(role) {
            let start = at + role.len();
            let rest = source.get(start..).unwrap_or_default();
            let Some(length) = chinese_name(rest, &ends, &surnames) else {
                continue;
            };
            let span = Span::new(start, start + length);
            if found
                .iter()
                .any(|f| f.span.start < span.end && span.start < f.span.end)
            {
                continue;
            }
            let lead = source.get(..at).unwrap_or_default();
            let from = lead
                .char_indices()
                .rev()
                .take_while(|(_, c)| is_han(*c))
                .take(16)
                .last()
                .map_or(at, |(i, _)| i);
            let role = source.get(from..start).unwrap_or_default().to_owned();
            found.push(sighting(text, span, role, "role + name"));
        }
    }
    found.sort_by_key(|f| f.span.start);
    found
}

/// The bytes of the name with which `rest` begins.
fn chinese_name(rest: &str, ends: &[&str], surnames: &[&str]) -> Option<usize> {
    let closed = |tail: &str| {
        tail.chars().next().is_none_or(|c| !is_han(c) && c != '·')
            || ends.iter().any(|e| tail.starts_with(e))
    };
    let run = rest
        .char_indices()
        .find(|(_, c)| !is_han(*c) && !matches!(c, '·' | '•' | '-'))
        .map_or(rest.len(), |(i, _)| i);
    let head = rest.get(..run)?;
    if let Some(dot) = head.rfind(['·', '•']) {
        let first = head.find(['·', '•'])?;
        let after = dot + '·'.len_utf8();
        return (first <= 18)
            .then(|| {
                (1..=7).find_map(|n| {
                    let length = nth_char(rest, after, n)?;
                    closed(rest.get(length..)?).then_some(length)
                })
            })
            .flatten();
    }
    let surname = surnames.iter().find(|s| rest.starts_with(**s));
    if let Some(surname) = surname {
        return [2, 1].into_iter().find_map(|n| {
            let length = nth_char(rest, surname.len(), n)?;
            (length <= run && closed(rest.get(length..)?)).then_some(length)
        });
    }
    // A foreign name without a dot is believed only before a word of saying.
    (2..=5).find_map(|n| {
        let length = nth_char(rest, 0, n)?;
        let said = ["表示", "说", "指出", "强调", "宣布", "介绍"]
            .iter()
            .any(|e| rest.get(length..).is_some_and(|t| t.starts_with(e)));
        let clean = rest.get(..length).is_some_and(|name| {
            !ends.iter().any(|e| name.contains(e)) && !name.contains(['，', '。', '、', '们', '者'])
        });
        (said && length <= run && clean).then_some(length)
    })
}

/// The byte after `n` more characters from `from`.
fn nth_char(s: &str, from: usize, n: usize) -> Option<usize> {
    let rest = s.get(from..)?;
    let mut chars = rest.char_indices().skip(n - 1);
    chars.next().map(|(i, c)| from + i + c.len_utf8())
}

/// `早乙女慎一国土防災審議官`, `グエン・ティ・フオン局長`, `外務大臣の田中太郎`, `田中氏`.
pub(super) fn japanese_people(text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
    let source = text.decoded.as_str();
    let surnames = lexicon.list("surnames").exact_longest_first();
    let mut found: Vec<Sighting> = Vec::new();
    for role in lexicon.list("roles").exact_longest_first() {
        for (at, _) in source.match_indices(role) {
            let end = at + role.len();
            let named = before_role(source, at, role, &surnames)
                .map(|(name, from)| (name, Span::new(from, end)))
                .or_else(|| {
                    after_role(source, end, &surnames).map(|name| (name, Span::new(at, end)))
                });
            let Some((name, role)) = named else { continue };
            if found
                .iter()
                .any(|f| f.span.start < name.end && name.start < f.span.end)
            {
                continue;
            }
            let role = text.slice(role).trim_start_matches('氏').to_owned();
            found.push(sighting(text, name, role, "name + role"));
        }
    }
    found.sort_by_key(|f| f.span.start);
    found
}

/// The name that begins the run which ends in a role, and where the role begins.
fn before_role(source: &str, at: usize, role: &str, surnames: &[&str]) -> Option<(Span, usize)> {
    let before = source.get(..at)?;
    let han = run_back(before, |c| is_han(c) || c == '々');
    let run = before.get(han..)?;
    let foreign = run_back(before.get(..han)?, |c| {
        is_katakana(c) || matches!(c, '・' | '＝')
    });
    let kana = before.get(foreign..han)?;
    // `大河原真理・感染症対策課長`: the dot stands between a name and a post.
    if kana == "・" {
        let before = before.get(..foreign)?;
        let start = run_back(before, |c| is_han(c) || c == '々');
        let name = before.get(start..)?;
        let surname = surnames.iter().find(|s| name.starts_with(**s))?;
        let given = name.get(surname.len()..)?.chars().count();
        return (1..=3)
            .contains(&given)
            .then(|| (Span::new(start, foreign), han));
    }
    if kana.starts_with(is_katakana) && kana.contains('・') && run.chars().count() <= 12 {
        return Some((Span::new(foreign, han), han));
    }
    let surname = surnames.iter().find(|s| run.starts_with(**s))?;
    let given = run.get(surname.len()..)?.chars().count();
    let letters = match (role, given) {
        (_, 1 | 2) | ("氏", 3) => given,
        (_, 3..=14) if role != "氏" => 2,
        _ => return None,
    };
    let length = nth_char(run, surname.len(), letters)?;
    Some((Span::new(han, han + length), han + length))
}

/// `大臣の田中太郎は`.
fn after_role(source: &str, end: usize, surnames: &[&str]) -> Option<Span> {
    let rest = source.get(end..)?.strip_prefix('の')?;
    let start = end + 'の'.len_utf8();
    let run = rest
        .char_indices()
        .find(|(_, c)| !is_han(*c) && *c != '々')
        .map_or(rest.len(), |(i, _)| i);
    let name = rest.get(..run)?.trim_end_matches('氏');
    let surname = surnames.iter().find(|s| name.starts_with(**s))?;
    let given = name.get(surname.len()..)?.chars().count();
    (1..=3)
        .contains(&given)
        .then(|| Span::new(start, start + name.len()))
}

fn run_back(s: &str, belongs: impl Fn(char) -> bool) -> usize {
    s.char_indices()
        .rev()
        .take_while(|(_, c)| belongs(*c))
        .last()
        .map_or(s.len(), |(i, _)| i)
}

/// `김민수 외교부 장관은` and `외교부 장관 김민수는`.
pub(super) fn korean_people(text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
    let words = words(text, |_| false);
    let roles = lexicon.list("roles").exact_longest_first();
    let surnames = lexicon.list("surnames");
    let is_name = |at: usize| {
        words.get(at).and_then(|w| {
            let bare = without_particle(w.text);
            let first: String = bare.chars().take(1).collect();
            (bare.chars().count() == 3
                && surnames.has(&first)
                && bare.chars().all(is_hangul)
                && !roles.iter().any(|r| bare.ends_with(r)))
            .then_some(Span::new(w.span.start, w.span.start + bare.len()))
        })
    };
    let mut found: Vec<Sighting> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let bare = without_particle(word.text);
        if !roles.iter().any(|r| bare.ends_with(r)) {
            continue;
        }
        let whole = |i: usize| words.get(i).is_some_and(|w| w.before == Gap::Space);
        let before = (at.saturating_sub(3)..at).find(|&i| {
            (i + 1..=at).all(whole)
                && words
                    .get(i)
                    .is_some_and(|w| without_particle(w.text) == w.text)
                && is_name(i).is_some()
                && at - i <= 3
        });
        let place = before.or_else(|| (whole(at + 1) && word.text == bare).then_some(at + 1));
        let Some(name) = place.and_then(is_name) else {
            continue;
        };
        let role = match before {
            Some(i) => words.get(i + 1).map_or(word.span.start, |w| w.span.start),
            None => word.span.start,
        };
        let role = text
            .slice(Span::new(role, word.span.start + bare.len()))
            .to_owned();
        found.push(sighting(text, name, role, "role beside name"));
    }
    found
}

/// A Korean word without the particle at its end.
fn without_particle(word: &str) -> &str {
    [
        "에서는",
        "으로",
        "에서",
        "에게",
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "과",
        "와",
        "의",
        "도",
        "에",
        "로",
    ]
    .iter()
    .find_map(|p| {
        word.strip_suffix(p)
            .filter(|rest| rest.chars().count() >= 2)
    })
    .unwrap_or(word)
}

/// Korean organisations: words that end in a head word.
pub(super) fn korean_organisations(text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
    let heads = lexicon.list("orgheads");
    words(text, |_| false)
        .iter()
        .filter_map(|w| {
            let bare = without_particle(w.text);
            let fits = bare.chars().count() >= 3 && heads.has(bare);
            fits.then(|| {
                let span = Span::new(w.span.start, w.span.start + bare.len());
                sighting(text, span, String::new(), "head word")
            })
        })
        .collect()
}

/// Chinese and Japanese organisations: the run that ends in a head word, without a country before it.
pub(super) fn organisations(text: &Text, lexicon: &Lexicon, lang: &Lang) -> Vec<Sighting> {
    let source = text.decoded.as_str();
    let japanese = lang.primary() == "ja";
    let countries: Vec<&str> = country_rows()
        .filter(|r| r.lang == lang.primary())
        .map(|r| r.name)
        .collect();
    let mut found: Vec<Sighting> = Vec::new();
    for head in lexicon.list("orgheads").exact_longest_first() {
        for (at, _) in source.match_indices(head) {
            let end = at + head.len();
            let before = source.get(..at).unwrap_or_default();
            let mut start = run_back(before, |c| {
                if japanese {
                    is_han(c) || is_katakana(c)
                } else {
                    is_han(c) && !"的在由向对经据和将及被把从给以同對經據將從給".contains(c)
                }
            });
            if japanese && before.get(..start).is_some_and(|b| b.ends_with('・')) {
                start = run_back(before, is_han);
            }
            while let Some(country) = countries.iter().find(|c| {
                source
                    .get(start..end)
                    .is_some_and(|run| run.starts_with(**c) && run.len() > c.len() + head.len())
            }) {
                start += country.len();
            }
            let span = Span::new(start, end);
            let own = source.get(start..at).unwrap_or_default().chars().count();
            let next = source.get(end..).and_then(|s| s.chars().next());
            let whole = !japanese && head.chars().count() >= 3 && own == 0;
            let fits = (own >= 2 || whole) && own <= 14 && (japanese || next != Some('长'));
            let overlaps = found
                .iter()
                .any(|f| f.span.start < span.end && span.start < f.span.end);
            if fits
                && !overlaps
                && !(japanese && next.is_some_and(|c| is_han(c) && c != '長' && c != '内'))
            {
                found.push(sighting(text, span, String::new(), "head word"));
            }
        }
    }
    found
}

fn is_han(c: char) -> bool {
    matches!(c as u32, 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x2FFFF | 0x3007)
}

fn is_katakana(c: char) -> bool {
    matches!(c as u32, 0x30A1..=0x30FA | 0x30FC..=0x30FE)
}

fn is_hangul(c: char) -> bool {
    matches!(c as u32, 0xAC00..=0xD7A3)
}
