//! The lines of a Markdown text, in their order → which of them are code between fences, as CommonMark reads them.

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// No code.
    Text,
    /// The fence that code begins with.
    Opening,
    /// Code, or the fence that it ends with.
    Code,
}

/// The sign and the length of the fence of the code that the next line stands in.
#[derive(Debug, Default)]
pub(super) struct Fences(Option<(char, usize)>);

impl Fences {
    /// What the next line is, without what its container puts before it.
    pub(super) fn next(&mut self, line: &str) -> Line {
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'));
        let found = mark.map(|mark| {
            let rest = line.trim_start_matches(mark);
            (mark, line.len() - rest.len(), rest)
        });
        match (self.0, found) {
            // What stands behind backticks is the name of a language, or else they are code within a line.
            (None, Some((mark, long, rest)))
                if long >= 3 && !(mark == '`' && rest.contains('`')) =>
            {
                self.0 = Some((mark, long));
                Line::Opening
            }
            (None, _) => Line::Text,
            (Some((open, least)), Some((mark, long, rest)))
                if open == mark && long >= least && rest.trim().is_empty() =>
            {
                self.0 = None;
                Line::Code
            }
            (Some(_), _) => Line::Code,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_ends_where_its_fence_does() {
        use Line::{Code, Opening, Text};
        for (text, lines) in [
            ("```js\na\n```\nb", vec![Opening, Code, Code, Text]),
            ("```js``` is a language\nb", vec![Text, Text]),
            ("~~~ a`b\n```\n~~~\nb", vec![Opening, Code, Code, Text]),
            (
                "````\n```\n```` x\n`````\nb",
                vec![Opening, Code, Code, Code, Text],
            ),
            ("``\nb", vec![Text, Text]),
        ] {
            let mut fences = Fences::default();
            let found: Vec<Line> = text.lines().map(|line| fences.next(line)).collect();
            assert_eq!(found, lines, "{text}");
        }
    }
}
