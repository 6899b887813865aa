//! A README of Jekyll without front matter → the page of its folder, where that has none.

use super::{
    super::{
        Plan, Tool, Tree, ends,
        inherited::folder_of,
        markdown::{is_markdown, stem},
        page::Page,
    },
    Site, page,
};

/// Whether the name of a file is that of a README.
pub(super) fn is_readme(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    stem(name).eq_ignore_ascii_case("readme")
}

/// The address of a README that is the page of its folder.
pub(super) fn address(page: &Page) -> Option<String> {
    let own = is_readme(&page.from) && page.to.ends_with("_index.md");
    own.then(|| format!("/{}", folder_of(&page.from)))
}

/// A README without front matter: Jekyll copies it as it is, and GitHub Pages make it the page of a folder that has none.
pub(super) fn readme(path: &str, text: &str, tree: &Tree, site: &Site, plan: &mut Plan) {
    let folder = folder_of(path);
    let beside = tree.range(folder.to_owned()..).map(|(other, _)| other);
    let mut beside = beside.take_while(|other| other.starts_with(folder));
    let indexed = beside.any(|other| {
        let name = other.strip_prefix(folder);
        let index = |name: &str| {
            stem(name) == "index"
                && (is_markdown(Tool::Jekyll, name) || ends(name, &["html", "htm"]))
        };
        name.is_some_and(index) && !site.exclude.has(other)
    });
    if indexed {
        plan.report.find(
            path,
            None,
            "not carried over: it has no front matter, so Jekyll made no page of it",
            "give it front matter where it should be a page",
        );
        return;
    }
    plan.report.find(
        path,
        None,
        "it is the page of its folder now, as on GitHub Pages",
        "write `draft: true` into the new file where it should not be published",
    );
    page((path, path, format!("{folder}_index.md")), text, site, plan);
}
