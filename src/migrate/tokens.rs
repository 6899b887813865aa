//! The pattern of an address in another tool → the address: each token, a colon and a word, stands for a value.

/// The pattern with its tokens filled in. A token is a colon, signs that are `word`, and what may stand in square brackets behind them; `value` gets it
/// without the colon. The error is the first token that has no value.
pub(super) fn fill(
    pattern: &str,
    word: fn(char) -> bool,
    value: impl Fn(&str) -> Option<String>,
) -> Result<String, String> {
    let (mut out, mut rest) = (String::with_capacity(pattern.len()), pattern);
    while let Some(at) = rest.find(':') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let mut end = rest.find(|c| !word(c)).unwrap_or(rest.len());
        if end == 0 {
            out.push(':');
            continue;
        }
        if rest[end..].starts_with('[') {
            end += rest[end..].find(']').map_or(0, |at| at + 1);
        }
        let (token, after) = rest.split_at(end);
        out.push_str(&value(token).ok_or_else(|| format!(":{token}"))?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_whole() {
        let word = |c: char| c.is_ascii_lowercase() || c == '_';
        let value = |token: &str| match token {
            "month" => Some("01".to_owned()),
            "monthname" => Some("january".to_owned()),
            "sections[1:]" => Some("a/b".to_owned()),
            _ => None,
        };
        for (pattern, filled) in [
            ("/:month/:monthname/x", Ok("/01/january/x")),
            ("/:month-:month.html", Ok("/01-01.html")),
            ("/:sections[1:]/:/a:B", Ok("/a/b/:/a:B")),
            ("/:months/", Err(":months")),
            ("é", Ok("é")),
        ] {
            let filled = filled.map(str::to_owned).map_err(str::to_owned);
            assert_eq!(fill(pattern, word, value), filled, "{pattern}");
        }
    }
}
