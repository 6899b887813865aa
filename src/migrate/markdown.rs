//! The path of a file → whether the other tool reads it as Markdown, and how it is named here. The end of the name decides, whatever the case of its letters.

use super::{Tool, ends};

/// Whether this tool reads the file at `path` as Markdown.
#[must_use]
pub fn is_markdown(tool: Tool, path: &str) -> bool {
    match tool {
        Tool::Zola => ends(path, &["md"]),
        Tool::Hugo => ends(path, &["md", "markdown", "mdown"]),
        Tool::Jekyll | Tool::Mkdocs => {
            ends(path, &["md", "markdown", "mdown", "mkd", "mkdn", "mkdown"])
        }
    }
}

/// The path without the end of its name.
pub(super) fn stem(path: &str) -> &str {
    let folder = path.rfind('/').map_or(0, |at| at + 1);
    let end = path[folder..].rfind('.').filter(|at| *at > 0);
    end.map_or(path, |at| &path[..folder + at])
}

/// The path as content files of ours end: `a.MD`, `a.mdown` → `a.md`.
pub(super) fn as_md(path: &str) -> String {
    format!("{}.md", stem(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_the_name_decides_whatever_its_case() {
        for (tool, path, is) in [
            (Tool::Zola, "a.MD", true),
            (Tool::Zola, "a.markdown", false),
            (Tool::Hugo, "x.y/a.MDown", true),
            (Tool::Hugo, "a.mkd", false),
            (Tool::Jekyll, "a.mkdn", true),
            (Tool::Mkdocs, "a.mkd", true),
            (Tool::Mkdocs, "md", false),
        ] {
            assert_eq!(is_markdown(tool, path), is, "{path}");
        }
        assert_eq!(as_md("x.y/a.fr.MD"), "x.y/a.fr.md");
        assert_eq!(stem("x.y/a"), "x.y/a");
        assert_eq!(stem("x/.md"), "x/.md");
    }
}
