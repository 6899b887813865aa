//! Tokens → whether a date is among them, in any language.

use crate::distill::{
    dates::lexicon,
    tokens::{Kind, Token},
};

/// The number of tokens that make a date in a line, where one is there: a day or year beside a month, figures with separators, 年月日.
pub(crate) fn date_tokens(all: &[Token<'_>]) -> Option<usize> {
    for (i, t) in all.iter().enumerate() {
        if t.kind == Kind::Number {
            let near = |j: usize| {
                all.get(j)
                    .is_some_and(|n| n.kind == Kind::Number && n.text.len() <= 4)
            };
            let separated = all
                .get(i + 1)
                .is_some_and(|s| s.is("/") || s.is(".") || s.is("-"))
                && all
                    .get(i + 3)
                    .is_some_and(|s| s.is("/") || s.is(".") || s.is("-"));
            if separated && near(i + 4) && (near(i + 2) || roman(all.get(i + 2))) {
                let years = [t.text.len(), all[i + 4].text.len()];
                if years.contains(&4) || years == [2, 2] && all[i + 1].is(".") {
                    return Some(5);
                }
            }
            if roman(all.get(i + 1))
                && all
                    .get(i + 2)
                    .is_some_and(|y| y.text.len() == 4 && y.kind == Kind::Number)
            {
                return Some(3);
            }
            if all.get(i + 1).is_some_and(|m| m.is("月") || m.is("월")) && near(i + 2) {
                return Some(4);
            }
            if all.get(i + 1).is_some_and(|m| m.is("年") || m.is("년")) {
                return Some(4);
            }
        }
        if t.is("年") && in_han_figures(all, i) {
            return Some(4);
        }
        if lexicon::any_month(all, i) {
            let number = |j: Option<usize>| {
                j.and_then(|j| all.get(j)).is_some_and(|n| {
                    n.kind == Kind::Number && (n.text.len() <= 2 || n.text.len() == 4)
                })
            };
            if (1..=3).any(|d| number(i.checked_sub(d)) || number(Some(i + d))) {
                return Some(2);
            }
        }
    }
    None
}

/// Whether a year and a month in Han figures stand around the character for the year: `二〇二六年三月`.
fn in_han_figures(all: &[Token<'_>], year: usize) -> bool {
    let figure = |at: usize| {
        all.get(at)
            .and_then(|t| t.text.chars().next())
            .is_some_and(|c| "〇○零一二三四五六七八九十".contains(c))
    };
    let month = (year + 2..year + 4).find(|at| all.get(*at).is_some_and(|t| t.is("月")));
    year >= 4
        && (year - 4..year).all(figure)
        && month.is_some_and(|month| (year + 1..month).all(figure))
}

/// Whether a token is a month in Roman figures.
pub(crate) fn roman(token: Option<&Token<'_>>) -> bool {
    token.is_some_and(|t| roman_month(t.text).is_some())
}

/// The month of a Roman figure in lower case.
pub(crate) fn roman_month(text: &str) -> Option<i8> {
    const FIGURES: [&str; 12] = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii",
    ];
    FIGURES
        .iter()
        .position(|f| *f == text)
        .map(|at| at as i8 + 1)
}
