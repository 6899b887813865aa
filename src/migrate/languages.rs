//! The languages of the other site → what a full stop in the name of a file means: `about.fr.md` is French only where the site has French. Here each such
//! part that could be a language is one, so a file with another part gets another name.

use std::collections::BTreeSet;

use super::{Plan, report::Outcome};
use crate::{model::Lang, site::card};

/// The languages that names of files can end in; none, where the tool reads none there.
#[derive(Clone, Debug, Default)]
pub(super) struct Languages(BTreeSet<String>);

impl Languages {
    pub(super) fn new<'l>(all: impl IntoIterator<Item = &'l str>) -> Self {
        Self(all.into_iter().map(str::to_lowercase).collect())
    }

    pub(super) fn has(&self, lang: &str) -> bool {
        self.0.contains(&lang.to_lowercase())
    }

    /// Folder, stem and language of a content path, as the other tool reads it: `docs/next.js.md` → (`docs`, `next.js`, none).
    pub(super) fn split<'p>(&self, path: &'p str) -> (&'p str, &'p str, Option<Lang>) {
        let (folder, stem, lang) = card::split(path);
        match lang {
            // Where a folder’s own page is one of a language in doubt, it stays that page.
            Some(lang) if stem != "_index" && !self.has(lang.as_str()) => {
                let (_, name) = path.rsplit_once('/').unwrap_or(("", path));
                (folder, name.strip_suffix(".md").unwrap_or(name), None)
            }
            lang => (folder, stem, lang),
        }
    }
}

impl Plan {
    /// The path of a content file of ours, named so that nothing in it is taken for a language: `docs/next.js.md` → `docs/next-js.md`.
    pub(super) fn unmistaken(&mut self, from: &str, to: String) -> String {
        let Some(wrong) = mistaken(&self.languages, &to) else {
            return to;
        };
        let mut name = to;
        while mistaken(&self.languages, &name).is_some() {
            let stem = name.strip_suffix(".md").unwrap_or(&name);
            let (before, after) = stem.rsplit_once('.').unwrap_or((stem, ""));
            name = format!("{before}-{after}.md");
        }
        let stem = name.strip_suffix(".md").unwrap_or(&name).to_owned();
        for times in 2.. {
            if !self.has(&name) {
                break;
            }
            name = format!("{stem}-{times}.md");
        }
        let why = format!("another, since `.{wrong}` would be a language here");
        let outcome = Outcome::Changed(why);
        self.report.note(from, 1, "(the name of the file)", outcome);
        name
    }
}

/// The last part of a name that would be read as a language, and is none of the site.
fn mistaken(languages: &Languages, to: &str) -> Option<String> {
    let wrong = card::split(to).2.is_some() && languages.split(to).2.is_none();
    let stem = to.strip_suffix(".md").unwrap_or(to);
    wrong
        .then(|| stem.rsplit('.').next().map(str::to_owned))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_name_is_a_language_where_the_site_has_it() {
        let mut plan = Plan {
            languages: Languages::new(["en", "pt-BR"]),
            ..Plan::default()
        };
        for (to, expected) in [
            ("a.md", "a.md"),
            ("x.js/a.md", "x.js/a.md"),
            ("a.en.md", "a.en.md"),
            ("a.pt-br.md", "a.pt-br.md"),
            ("x/next.js.md", "x/next-js.md"),
            ("a.fr.js.md", "a-fr-js.md"),
            ("a.1.2.md", "a.1.2.md"),
            ("x/_index.fr.md", "x/_index.fr.md"),
        ] {
            let named = plan.unmistaken("", to.to_owned());
            assert_eq!(named, expected, "{to}");
        }
        plan.taken.insert("a-js.md".to_owned());
        assert_eq!(plan.unmistaken("", "a.js.md".to_owned()), "a-js-2.md");
        let languages = &plan.languages;
        assert_eq!(languages.split("x/next.js.md"), ("x", "next.js", None));
        assert_eq!(languages.split("x/a.EN.md").1, "a");
    }
}
