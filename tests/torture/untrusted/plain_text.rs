//! Plain text survives Markdown: what is rendered is the text, and nothing in it became markup.

use super::dom;
use depeche::{
    content::addresses::dialect, distill::markdown_text::markdown_text, render::markdown::fragment,
};
use proptest::prelude::*;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The rendered text, or the event that should not be there.
fn rendered(markdown: &str) -> Result<String, String> {
    let mut out = String::new();
    for event in Parser::new_ext(markdown, dialect()) {
        match event {
            Event::Start(Tag::Paragraph) => {}
            Event::Text(text) => out.push_str(&text),
            Event::End(TagEnd::Paragraph) => out.push_str("\n\n"),
            Event::HardBreak => out.push('\n'),
            event => return Err(format!("{event:?}")),
        }
    }
    Ok(out)
}

/// A text without what may change: which white space stands between two words.
fn words(text: &str) -> Vec<String> {
    text.replace('\0', "\u{FFFD}")
        .split([' ', '\t', '\n', '\r', '\u{B}', '\u{C}'])
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

fn survives(text: &str) -> Result<(), String> {
    let markdown = markdown_text(text);
    let shown = rendered(&markdown).map_err(|e| format!("{e}\n{text:?}\n{markdown:?}"))?;
    if words(&shown) != words(text) {
        return Err(format!("{text:?}\n{markdown:?}\n{shown:?}"));
    }
    // And as a browser reads the page.
    let html = fragment(&markdown);
    let seen = dom::text(&html);
    if words(&seen) != words(text) {
        return Err(format!("{text:?}\n{html:?}\n{seen:?}"));
    }
    match html.split('<').skip(1).find(|tag| {
        !["p>", "/p>", "br />"]
            .iter()
            .any(|own| tag.starts_with(own))
    }) {
        Some(tag) => Err(format!("{text:?}: <{tag}")),
        None => Ok(()),
    }
}

#[test]
fn line_24_traps_stay_text() {
    for text in [
        "# a",
        "#",
        "####### a",
        "- a",
        "-",
        "+ a",
        "* a",
        "*",
        "1. a",
        "1) a",
        "1.",
        "12345678901. a",
        "> a",
        ">a",
        "    code",
        "\tcode",
        "```\na\n```",
        "~~~\na\n~~~",
        "a\n===",
        "a\n---",
        "a\n-",
        "a\n=",
        "---",
        "***",
        "___",
        "* * *",
        "- - -",
        "_ _ _",
        "*a*",
        "**a**",
        "_a_",
        "__a__ __",
        "a*b*c",
        "~a~ ~~b~~",
        "`a`",
        "[a](b)",
        "[a]: b",
        "[a][b]\n\n[b]: c",
        "[^1]\n\n[^1]: x",
        "![a](b)",
        "<b>",
        "</b>",
        "<!-- -->",
        "<?a?>",
        "<https://a.b>",
        "<a@b.c>",
        "&amp;",
        "&#106;",
        "&#x6A;",
        "&copy",
        "a\\",
        "a\\\nb",
        "\\*a\\*",
        "a|b\n-|-\nc|d",
        "|a|\n|-|",
        "a\n:-",
        "- [ ] a",
        "a  \nb",
        "# a {#id}",
        "term\n: def",
        "$a$",
        "\u{A0}# a",
        "a_b_c_",
        "_a_b",
        "é_a_",
        "*a\nb*",
        "~\n~",
        "\u{3000}*a*",
        "+++\na\n+++",
        "<script>\nalert(1)\n</script>",
        "#\u{A0}a",
        "1.\u{A0}a",
        "-\u{2003}a",
        "*\u{A0}a\u{A0}*",
        "=\n=",
        "a\n|:-",
        "__init__",
        "\\",
        "\\\\",
    ] {
        survives(text).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn line_24_weighted_to_the_special_characters(text in "([-#+*>`~_|<&\\[\\]\\\\=:!(){}^$;./ab1\n\t ]|    |\n\n|1\\. |1\\) |===|---|```|<a>|&lt;|\\]\\(|\\[\\^|\\]: |foo_bar|https://a.b/c_d_e|é|中|\u{A0}){0,30}") {
        prop_assert_eq!(survives(&text), Ok(()));
    }

    #[test]
    fn line_24_lines_of_markers(lines in prop::collection::vec(("( {0,5}|\t)", "(#{1,7}|-|\\+|\\*|1\\.|1\\)|[0-9]{1,10}[.)]|>|`{1,4}|~{1,4}|_{1,4}|\\||<|&|\\[|\\]|\\\\|={1,5}|-{1,5}|\\[\\^1\\]:|\\[a\\]:|:-|https://a\\.b/foo_bar|foo_bar_baz|)", "( |\t||\u{A0}|\u{3000})", "[a-z_*`<>&\\[\\]|\\\\]{0,6}", "( {0,3}|\\\\|\t)"), 0..12)) {
        let text: Vec<String> = lines.into_iter().map(|(a, b, c, d, e)| a + &b + &c + &d + &e).collect();
        prop_assert_eq!(survives(&text.join("\n")), Ok(()));
    }

    #[test]
    fn line_24_any_text(text in any::<String>()) {
        prop_assert_eq!(survives(&text), Ok(()));
    }

    #[test]
    fn line_24_wrapped_prose(words in prop::collection::vec("[a-z]{1,12}|[-*+#>=|]|[0-9]{1,2}\\.|_[a-z]+_", 0..80), width in 55usize..90) {
        let mut text = String::new();
        let mut column = 0;
        for word in words {
            if column + 1 + word.len() > width { text.push('\n'); column = 0; } else { text.push(' '); }
            text.push_str(&word);
            column += 1 + word.len();
        }
        prop_assert_eq!(survives(&text), Ok(()));
    }
}
