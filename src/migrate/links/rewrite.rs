//! Markdown → the same with other addresses in its links, images and definitions. What is shown of them stays.

use crate::{
    content::{
        addresses::{Address, Form, Unwritten, addresses, replaced},
        written::read,
    },
    diagnostic::Lines,
};

/// The Markdown, which begins on line `first` of its file, with its links and images as `each` gives them, and those that can't be: not found as they
/// are written, or read otherwise than meant. `each` gets the line in the file and the destination.
pub(in crate::migrate) fn rewrite(
    markdown: &str,
    first: usize,
    mut each: impl FnMut(usize, &str) -> Option<String>,
) -> (String, Vec<Unwritten>) {
    let lines = Lines::of(markdown, first);
    let (mut changes, mut unwritten) = (Vec::new(), Vec::new());
    for Address {
        dest,
        form,
        whole,
        at,
        ..
    } in addresses(markdown)
    {
        let start = at.as_ref().map_or(whole.start, |at| at.start);
        let line = lines.at(start);
        let Some(new) = each(line, &dest) else {
            continue;
        };
        let spelled = written(&new);
        let inner = spelled.strip_prefix('<').and_then(|s| s.strip_suffix('>'));
        let meant = read(inner.unwrap_or(&spelled), inner.is_some());
        let Some(at) = at.filter(|_| meant.as_ref() == Some(&new)) else {
            unwritten.push(Unwritten { line, dest, new });
            continue;
        };
        if form == Form::Auto {
            // Only a full address can stand between angle brackets.
            changes.push((whole, format!("[{dest}]({spelled})")));
        } else {
            // Angle brackets go with what they held.
            let before = markdown.get(..at.start).unwrap_or_default();
            let angled = usize::from(before.ends_with('<'));
            changes.push((at.start - angled..at.end + angled, spelled));
        }
    }
    (replaced(markdown, changes), unwritten)
}

/// A destination as Markdown reads it: between angle brackets where it has spaces or brackets.
fn written(dest: &str) -> String {
    let odd = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>');
    if !dest.contains(odd) {
        return dest.to_owned();
    }
    let mut out = String::from("<");
    for c in dest.chars() {
        if matches!(c, '<' | '>' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('>');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_of_a_link_stays() {
        let out = rewrite("[a](x) ![x](x \"t\") [r][r]\n\n[r]: x\n", 1, |_, dest| {
            Some(format!("/{dest}"))
        })
        .0;
        assert_eq!(out, "[a](/x) ![x](/x \"t\") [r][r]\n\n[r]: /x\n");
        let moved = |text: &str| rewrite(text, 1, |_, _| Some("@/a.md".to_owned())).0;
        for (text, new) in [
            ("<https://e.org/a/> x", "[https://e.org/a/](@/a.md) x"),
            (
                "[https://e.org/wip/][r] [r] [r][]\n\n[r]: https://e.org/wip/\n",
                "[https://e.org/wip/][r] [r] [r][]\n\n[r]: @/a.md\n",
            ),
            ("[![p](p.png)](b)", "[![p](@/a.md)](@/a.md)"),
            ("<me@e.org>", "<me@e.org>"),
            ("[a](<b c.md> \"t\")", "[a](@/a.md \"t\")"),
            ("[a](b\\_c.md \"b_c.md\")", "[a](@/a.md \"b_c.md\")"),
            ("[a](b_c.md?x=1&amp;y=2)", "[a](@/a.md)"),
        ] {
            assert_eq!(moved(text), new, "{text}");
        }
        let odd = |text: &str| rewrite(text, 1, |_, _| Some("@/a (b) c.md".to_owned()));
        for (text, new) in [
            ("[s](a%20b.md)", "[s](<@/a (b) c.md>)"),
            ("[s](<a b.md>)", "[s](<@/a (b) c.md>)"),
            ("[r]\n\n[r]: a%20b.md\n", "[r]\n\n[r]: <@/a (b) c.md>\n"),
        ] {
            assert_eq!(odd(text).0, new, "{text}");
        }
        // What stands there would be read as `©`.
        let (text, unwritten) = rewrite("x\n[a](b.md?x&amp;copy;)", 1, |_, dest| {
            Some(format!("@/{dest}"))
        });
        assert_eq!(text, "x\n[a](b.md?x&amp;copy;)");
        let said: Vec<_> = unwritten
            .iter()
            .map(|of| (of.line, of.dest.as_str()))
            .collect();
        assert_eq!(said, [(2, "b.md?x&copy;")]);
    }
}
