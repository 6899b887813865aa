//! Whatever the bytes, derivation answers or refuses; it never panics, and spans are on character boundaries.

#![expect(clippy::expect_used, reason = "a test that can't read its data fails")]

use depeche::distill::{Options, decode, distill, layout, sentences, text::Text};
use proptest::prelude::*;

fn check(bytes: &[u8], reference: Option<jiff::civil::Date>) {
    let options = Options {
        reference,
        ..Options::default()
    };
    let Ok(found) = distill(bytes, options) else {
        return;
    };
    let (decoded, _) = decode::decode(bytes).expect("distill read it");
    let text = Text::new(decoded);
    for evidence in found.evidence.values().flatten() {
        assert_eq!(
            text.slice(evidence.span),
            evidence.text,
            "{}",
            evidence.rule
        );
    }
    for block in layout::layout(&text).blocks {
        assert!(text.decoded.get(block.span.start..block.span.end).is_some());
        for sentence in sentences::sentences(&text, block.span) {
            assert!(block.span.contains(sentence) && !text.slice(sentence).is_empty());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check(&bytes, None);
    }

    #[test]
    fn any_string(s in "\\PC{0,120}") {
        check(s.as_bytes(), Some(jiff::civil::date(2026, 2, 3)));
    }

    #[test]
    fn pieces_of_dates_and_headers(pieces in prop::collection::vec(prop::sample::select(vec![
        "27", " ", "\n", "\n\n", ".", "-", "/", "2026", "99999999999", "janvier", "lundi", "May", "last ", "(", ")", "le ", "1月", "27日", "令和",
        "年", "三十一", "31", "12", "13", "0", "Paris", "COMMUNIQUÉ", ":", "– ", "هـ", " شعبان 1447", "8 بهمن 1404", "II", "'", "26", "to ", "au ",
        "Friday", "next ", "hier", "#", "---", "Contact", "@", "é\u{301}", "\u{200f}", "İ", "วันที่", "2569", "februar 30", "-9999", "T14:05:00", "9999-12-31",
    ]), 0..25), year in 1900_i16..9999) {
        check(pieces.concat().as_bytes(), jiff::civil::Date::new(year, 12, 31).ok());
    }
}

#[test]
fn an_endless_line_is_read_in_part_and_kept_whole() {
    let line = "le mardi 27 janvier, M. Jean Dupont, ".repeat(6000);
    let options = Options {
        ..Options::default()
    };
    let document = distill(line.as_bytes(), options).expect("text");
    assert!(document.doubts.iter().any(|d| d.message.contains("64 KiB")));
    assert_eq!(document.body.matches("Dupont").count(), 6000);
}

/// What is long and monotonous takes no longer than its length: a run of marks, a table, letters apart. A minute is a hang on any machine.
#[test]
fn long_and_monotonous_texts_end() {
    let texts = [
        "_".repeat(1 << 20),
        "*".repeat(1 << 20),
        "&#".repeat(1 << 19),
        "x ".repeat(8 * 1024),
        "A. B. C. ".repeat(2 * 1024),
        "12,34,56\n".repeat(6 * 1024),
        "Ein Wort\n".repeat(6 * 1024),
        "1 محرم 1447هـ\n".repeat(200),
        "ประเทศไทย".repeat(2400),
        "日本".repeat(10 * 1024),
    ];
    let all = texts.len();
    let (done, all_done) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for text in texts {
            let _ = distill(text.as_bytes(), Options::default());
            let _ = done.send(text.get(..4).map(str::to_owned));
        }
    });
    for _ in 0..all {
        let ended = all_done.recv_timeout(std::time::Duration::from_mins(1));
        assert!(ended.is_ok(), "no end in a minute");
    }
}
