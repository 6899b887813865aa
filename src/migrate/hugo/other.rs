//! A content file of Hugo that is no Markdown → what it keeps back. It is not carried over itself, which is said; its front matter holds for the pages and
//! files below it all the same.

use super::{
    super::{
        Plan, ends,
        fields::{apply, truth},
        front::{Entries, parts},
        markdown::as_md,
        page::Page,
        report::Report,
        topics::Named,
    },
    cascades, rule,
};

/// Content files that are no Markdown.
pub(super) const OTHER_TEXTS: [&str; 6] = ["html", "htm", "adoc", "org", "rst", "pandoc"];

/// Says that `path` is not carried over, and takes note of what it keeps back; `text` is missing where it can't be read, and `owner` says whether it is
/// a page with files of its own. One that is `off` is not public.
pub(super) fn other(
    path: &str,
    to: &str,
    text: Option<&str>,
    owner: bool,
    off: bool,
    plan: &mut Plan,
) {
    plan.report.find(
        path,
        None,
        "content files are Markdown; this one is not carried over",
        "write it in Markdown",
    );
    if owner {
        let to = as_md(to);
        match text.and_then(|text| Some((text, parts(path, text).ok()?.entries))) {
            Some((text, entries)) => {
                let off = off || (ends(path, &["org"]) && is_held_in_org(text));
                unseen(path, &to, &entries, off, plan);
            }
            None => plan.unread(path, &to),
        }
    }
}

/// Takes note of a page that is not carried over, and of what its front matter keeps back.
fn unseen(path: &str, to: &str, entries: &Entries, off: bool, plan: &mut Plan) {
    let mut page = Page {
        from: path.to_owned(),
        to: to.to_owned(),
        address: "/".to_owned(),
        ..Page::default()
    };
    if off {
        page.front.set("draft", true);
    }
    // What becomes of the fields of a file that stays behind is of no use to anyone.
    let (mut named, mut unsaid) = (Named::default(), Report::default());
    let future = plan.keeps_future;
    apply(&mut page, entries, rule, future, &mut named, &mut unsaid);
    cascades(path, to, entries, plan);
    plan.others.push(page);
}

/// Whether a keyword of Org keeps the file back: `#+draft: true`.
fn is_held_in_org(text: &str) -> bool {
    let keywords = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("#+"));
    let mut parted = keywords.filter_map(|line| line.split_once(':'));
    parted.any(
        |(key, value)| match key.trim().to_ascii_lowercase().as_str() {
            "draft" | "headless" => !value.trim().eq_ignore_ascii_case("false"),
            "published" => truth(value.trim()) != Some(true),
            "publishdate" | "pubdate" | "expirydate" | "unpublishdate" | "build" | "_build" => true,
            _ => false,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_of_org_keep_a_file_back() {
        for (text, held) in [
            ("#+TITLE: A\n#+DRAFT: true\n", true),
            ("#+draft: false\n\nx\n", false),
            ("draft: true\n", false),
            ("#+expirydate: 2020-01-01\n", true),
            ("#+published: true\n", false),
            ("#+published: false\n", true),
        ] {
            assert_eq!(is_held_in_org(text), held, "{text}");
        }
    }
}
