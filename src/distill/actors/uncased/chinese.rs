//! Chinese → people: a family name of the list beside a role or before a word of saying; a foreign name by the dots between its parts.

use super::{
    sighting,
    spaceless::{is_han, nth_char},
};
use crate::distill::{
    actors::{
        Sighting,
        lexicon::{CONJUNCTIONS, CUTS, ENDS, GIVEN, Lexicon, ROLES, SPEECH, SURNAMES, SYLLABLES},
    },
    evidence::Span,
    text::Text,
};

/// The marks between the parts of a foreign name.
const DOTS: [char; 4] = ['·', '•', '‧', '・'];
/// The longest part of a foreign name, in characters.
const LONGEST_PART: usize = 8;
/// The longest foreign name, in characters.
const LONGEST_NAME: usize = 32;
/// The longest role before a name, in characters.
const LONGEST_ROLE: usize = 18;
/// The longest foreign name of one part, in characters.
const FOREIGN_PART: usize = 6;

/// `副局长陈立恒介绍`, `外长王毅`, `林志远署长`, `坎佩·冯沙万`.
pub(super) fn people(text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
    let source = text.decoded.as_str();
    let mut found = dotted(text, lexicon);
    let mut add = |hit: Sighting| {
        let place = found.partition_point(|f: &Sighting| f.span.end <= hit.span.start);
        if found
            .get(place)
            .is_none_or(|f| f.span.start >= hit.span.end)
        {
            found.insert(place, hit);
        }
    };
    let roles = lexicon.finder("roles");
    for (at, end, _) in roles.into_iter().flat_map(|f| f.find(source)) {
        if let Some((length, sure)) = after_role(source, end, lexicon) {
            let span = Span::new(end, end + length);
            let role = role_before(source, end, lexicon);
            add(sighting(text, span, role, "role + name", sure));
            // `委员王芳、李强和赵敏`
            for other in listed(source, span.end, lexicon) {
                add(sighting(text, other, String::new(), "name in a list", 0.8));
            }
        } else if let Some(start) = native_before(source, at, lexicon) {
            let role = source.get(at..end).unwrap_or_default().to_owned();
            add(sighting(
                text,
                Span::new(start, at),
                role,
                "name + role",
                0.85,
            ));
        }
    }
    let sayings = lexicon.finder("speech");
    for (at, _, _) in sayings.into_iter().flat_map(|f| f.find(source)) {
        if let Some(start) = native_before(source, at, lexicon) {
            add(sighting(
                text,
                Span::new(start, at),
                String::new(),
                "verb of saying",
                0.75,
            ));
        }
    }
    found
}

/// Every name with a dot in it. Its ends are where the syllables end with which foreign names are written.
fn dotted(text: &Text, lexicon: &Lexicon) -> Vec<Sighting> {
    let source = text.decoded.as_str();
    let mut found: Vec<Sighting> = Vec::new();
    let is_part = |c: char| is_syllable(c, lexicon);
    for (dot, mark) in source.match_indices(DOTS) {
        if found.last().is_some_and(|f| dot < f.span.end) {
            continue;
        }
        let before = source.get(..dot).unwrap_or_default();
        let mut start = dot;
        for (i, c) in before.char_indices().rev().take(LONGEST_PART) {
            let head = before.get(..i + c.len_utf8()).unwrap_or_default();
            if !is_part(c) || ends_in(head, ROLES, lexicon) || ends_in(head, CUTS, lexicon) {
                break;
            }
            start = i;
        }
        let mut end = dot + mark.len();
        let mut parts = 0;
        let after = source.get(end..).unwrap_or_default();
        let mut length = 0;
        for (i, c) in after.char_indices() {
            if DOTS.contains(&c) {
                length = 0;
                continue;
            }
            let rest = after.get(i..).unwrap_or_default();
            if length == LONGEST_PART
                || parts == LONGEST_NAME
                || !is_part(c)
                || length > 0 && begins_end(rest, lexicon)
            {
                break;
            }
            length += 1;
            parts += 1;
            end = dot + mark.len() + i + c.len_utf8();
        }
        if start == dot || parts == 0 {
            continue;
        }
        let role = role_before(source, start, lexicon);
        let rule = if role.is_empty() {
            "name with a dot"
        } else {
            "role + name"
        };
        let sure = if role.is_empty() { 0.85 } else { 0.93 };
        found.push(sighting(text, Span::new(start, end), role, rule, sure));
    }
    found
}

fn is_syllable(c: char, lexicon: &Lexicon) -> bool {
    let mut buffer = [0; 4];
    lexicon.classes_exactly(c.encode_utf8(&mut buffer)) & SYLLABLES != 0
}

/// The bytes of the name that follows a role, and how sure it is one.
fn after_role(source: &str, at: usize, lexicon: &Lexicon) -> Option<(usize, f32)> {
    native(source, at, lexicon)
        .map(|length| (length, 0.9))
        .or_else(|| open_native(source, at, lexicon).map(|length| (length, 0.8)))
        .or_else(|| foreign(source, at, lexicon).map(|length| (length, 0.75)))
}

/// `厅长谭伟要求`: no word is known to follow, but the letters are such as given names are written with.
fn open_native(source: &str, at: usize, lexicon: &Lexicon) -> Option<usize> {
    let rest = source.get(at..)?;
    let surname = surname(rest, lexicon)?;
    let given = rest.get(surname..)?;
    let letters = given
        .chars()
        .take(2)
        .take_while(|c| {
            let mut buffer = [0; 4];
            lexicon.classes_exactly(c.encode_utf8(&mut buffer)) & GIVEN != 0
        })
        .count();
    let length = nth_char(rest, surname, letters)?;
    let dotted = rest.get(length..)?.starts_with(DOTS);
    (!dotted && !name_is_word(rest.get(..length)?, lexicon)).then_some(length)
}

/// `总干事施瓦布、`: a foreign name of one part, all in the letters of such names, closed by a mark or a word that ends names.
fn foreign(source: &str, at: usize, lexicon: &Lexicon) -> Option<usize> {
    let rest = source.get(at..)?;
    let mut letters = 0;
    let mut length = 0;
    for (i, c) in rest.char_indices() {
        if !is_syllable(c, lexicon) || letters > 1 && begins_end(rest.get(i..)?, lexicon) {
            break;
        }
        letters += 1;
        length = i + c.len_utf8();
    }
    let tail = rest.get(length..)?;
    let closed = tail
        .chars()
        .next()
        .is_none_or(|c| !is_han(c) && !DOTS.contains(&c))
        || begins_end(tail, lexicon);
    ((3..=FOREIGN_PART).contains(&letters) && closed && !name_is_word(rest.get(..length)?, lexicon))
        .then_some(length)
}

/// The names that follow a name in a list.
fn listed(source: &str, from: usize, lexicon: &Lexicon) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(joint) = source
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .filter(|c| *c == '、' || is_conjunction(*c, lexicon))
    {
        let start = at + joint.len_utf8();
        let Some(length) = native(source, start, lexicon) else {
            break;
        };
        found.push(Span::new(start, start + length));
        at = start + length;
    }
    found
}

fn is_conjunction(c: char, lexicon: &Lexicon) -> bool {
    let mut buffer = [0; 4];
    lexicon.classes_exactly(c.encode_utf8(&mut buffer)) & CONJUNCTIONS != 0
}

/// Whether a word begins here that ends a name: a role, a word of saying, a preposition.
fn begins_end(rest: &str, lexicon: &Lexicon) -> bool {
    (1..=4).any(|n| {
        nth_char(rest, 0, n)
            .and_then(|end| rest.get(..end))
            .is_some_and(|word| {
                let classes = lexicon.classes_exactly(word);
                classes & (ENDS | SPEECH | ROLES) != 0 && (n > 1 || classes & SYLLABLES == 0)
            })
    })
}

fn ends_in(text: &str, lists: u64, lexicon: &Lexicon) -> bool {
    text.char_indices()
        .rev()
        .take(5)
        .filter_map(|(i, _)| text.get(i..))
        .any(|s| lexicon.classes_exactly(s) & lists != 0)
}

/// The bytes of the family and given name from `at`.
fn native(source: &str, at: usize, lexicon: &Lexicon) -> Option<usize> {
    let rest = source.get(at..)?;
    let surname = surname(rest, lexicon)?;
    [2, 1].into_iter().find_map(|n| {
        let length = nth_char(rest, surname, n)?;
        let name = rest.get(..length)?;
        let tail = rest.get(length..)?;
        let closed = tail
            .chars()
            .next()
            .is_none_or(|c| !is_han(c) && !DOTS.contains(&c))
            || begins_end(tail, lexicon);
        // `刘芳认为`: the last letter begins the word that follows.
        let last = name.char_indices().next_back().map_or(0, |(i, _)| i);
        let whole = !(2..=4).any(|n| {
            nth_char(rest, last, n)
                .and_then(|end| rest.get(last..end))
                .is_some_and(|word| lexicon.classes_exactly(word) & (ENDS | SPEECH) != 0)
        });
        (name.chars().all(is_han) && closed && whole && !name_is_word(name, lexicon))
            .then_some(length)
    })
}

/// Where the name begins that ends at `at`, where a mark or a word that ends something else stands before it.
fn native_before(source: &str, at: usize, lexicon: &Lexicon) -> Option<usize> {
    let before = source.get(..at)?;
    [3, 2, 4].into_iter().find_map(|n| {
        let (start, _) = before.char_indices().rev().nth(n - 1)?;
        let name = before.get(start..)?;
        let surname = surname(name, lexicon)?;
        let given = name.get(surname..)?.chars().count();
        let lead = before.get(..start)?;
        let open = lead.chars().next_back().is_none_or(|c| !is_han(c))
            || ends_in(lead, CUTS | ROLES, lexicon);
        ((1..=2).contains(&given)
            && (n != 2 || lead.chars().next_back().is_none_or(|c| !is_han(c)))
            && name.chars().all(is_han)
            && open
            && !name_is_word(name, lexicon))
        .then_some(start)
    })
}

fn surname(rest: &str, lexicon: &Lexicon) -> Option<usize> {
    [2, 1].into_iter().find_map(|n| {
        let end = nth_char(rest, 0, n)?;
        (lexicon.classes_exactly(rest.get(..end)?) & SURNAMES != 0).then_some(end)
    })
}

/// Whether a word that ends names is in what should be a name: `于今天`.
fn name_is_word(name: &str, lexicon: &Lexicon) -> bool {
    name.char_indices().skip(1).any(|(i, _)| {
        name.get(i..).is_some_and(|rest| {
            (1..=2).any(|n| {
                nth_char(rest, 0, n)
                    .and_then(|e| rest.get(..e))
                    .is_some_and(|w| lexicon.classes_exactly(w) & (ENDS | CUTS) != 0 && n > 1)
            })
        })
    }) || lexicon.classes_exactly(name) & (ROLES | CUTS | ENDS) != 0
}

/// The role that ends where a name begins.
fn role_before(source: &str, at: usize, lexicon: &Lexicon) -> String {
    let before = source.get(..at).unwrap_or_default();
    if !ends_in(before, ROLES, lexicon) {
        return String::new();
    }
    let mut start = at;
    for (i, c) in before.char_indices().rev().take(LONGEST_ROLE) {
        let lead = before.get(..i + c.len_utf8()).unwrap_or_default();
        if !is_han(c) || start < at && ends_in(lead, CUTS, lexicon) {
            break;
        }
        start = i;
    }
    source.get(start..at).unwrap_or_default().to_owned()
}
