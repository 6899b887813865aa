//! The pattern by which a briefing gets its address.

use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::{Lang, Precision, PubDate};

/// A path pattern with `{year}`, `{month}`, `{day}`, `{slug}` and `{lang}`. A part that a date does not have (the day of a month) is left out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "\\{slug\\}"))]
pub struct Permalink(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Year,
    Month,
    Day,
    Slug,
    Lang,
}

impl Default for Permalink {
    fn default() -> Self {
        use Piece::{Day, Literal, Month, Slug, Year};
        let slash = || Literal("/".to_owned());
        Self(vec![
            slash(),
            Year,
            slash(),
            Month,
            slash(),
            Day,
            slash(),
            Slug,
            slash(),
        ])
    }
}

impl Permalink {
    /// The path of a briefing, beginning and ending with `/`.
    pub fn path(&self, date: Option<&PubDate>, slug: &str, lang: &Lang) -> String {
        let mut path = String::new();
        for piece in &self.0 {
            let day = date.map(PubDate::civil);
            match piece {
                Piece::Literal(text) => path.push_str(text),
                Piece::Slug => path.push_str(slug),
                Piece::Lang => path.push_str(lang.as_str()),
                Piece::Year => path.extend(day.map(|d| format!("{:04}", d.year()))),
                Piece::Month => path.extend(day.map(|d| format!("{:02}", d.month()))),
                Piece::Day => path.extend(
                    date.filter(|d| d.precision() != Precision::Month)
                        .map(|d| format!("{:02}", d.civil().day())),
                ),
            }
        }
        let mut clean = String::from("/");
        // What is missing takes the hyphens round it along.
        let parts = path.split('/').map(|part| part.trim_matches('-'));
        for part in parts.filter(|part| !part.is_empty()) {
            clean.push_str(part);
            clean.push('/');
        }
        clean
    }
}

impl fmt::Display for Permalink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|piece| {
            f.write_str(match piece {
                Piece::Literal(text) => text,
                Piece::Year => "{year}",
                Piece::Month => "{month}",
                Piece::Day => "{day}",
                Piece::Slug => "{slug}",
                Piece::Lang => "{lang}",
            })
        })
    }
}

impl From<Permalink> for String {
    fn from(pattern: Permalink) -> Self {
        pattern.to_string()
    }
}

impl FromStr for Permalink {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = s;
        while let Some(open) = rest.find('{') {
            if open > 0 {
                pieces.push(Piece::Literal(rest[..open].to_owned()));
            }
            let close = rest
                .find('}')
                .filter(|c| *c > open)
                .ok_or_else(|| format!("`{s}` has an unclosed brace"))?;
            pieces.push(match &rest[open + 1..close] {
                "year" => Piece::Year,
                "month" => Piece::Month,
                "day" => Piece::Day,
                "slug" => Piece::Slug,
                "lang" => Piece::Lang,
                other => {
                    return Err(format!("`{{{other}}}` is no part of a permalink: use {{year}}, {{month}}, {{day}}, {{slug}}, {{lang}}"));
                }
            });
            rest = &rest[close + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Literal(rest.to_owned()));
        }
        let unsafe_literal = pieces.iter().any(|p| {
            matches!(p, Piece::Literal(text) if text.split('/').any(|part| part.starts_with('.'))
                || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_".contains(&b)))
        });
        if unsafe_literal || !pieces.contains(&Piece::Slug) {
            return Err(format!(
                "`{s}` is no permalink pattern: it needs {{slug}}, and only letters, digits, - _ and / beside the parts in braces"
            ));
        }
        Ok(Self(pieces))
    }
}

impl TryFrom<String> for Permalink {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_date_lacks_is_left_out() {
        let lang = Lang::english();
        let path = |pattern: &str, date: &str| {
            let pattern: Permalink = pattern.parse().expect(pattern);
            pattern.path(date.parse().ok().as_ref(), "x", &lang)
        };
        assert_eq!(
            path("/{year}/{month}/{day}/{slug}/", "2026-01-27"),
            "/2026/01/27/x/"
        );
        assert_eq!(
            path("/{year}/{month}/{day}/{slug}/", "2026-05"),
            "/2026/05/x/"
        );
        assert_eq!(path("/{year}/{month}/{day}/{slug}/", ""), "/x/");
        assert_eq!(
            path("{lang}/briefings/{slug}", "2026-05"),
            "/en/briefings/x/"
        );
        assert_eq!(path("/{lang}/{year}-{month}/{slug}/", ""), "/en/x/");
        assert_eq!(
            path("/{year}-{month}-{day}/{slug}/", "2026-05"),
            "/2026-05/x/"
        );
    }
}
