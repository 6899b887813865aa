//! What the other tool kept back: the patterns of files that it left out, and pages whose day lay ahead. Where it is in doubt, it stays kept back.

use globset::{GlobBuilder, GlobMatcher};
use jiff::Timestamp;

use super::{Plan, report::Outcome};
use crate::model::PubDate;

/// Patterns of files.
#[derive(Debug, Default)]
pub(super) struct Patterns(Vec<Pattern>);

#[derive(Debug)]
struct Pattern {
    glob: GlobMatcher,
    /// Whether what matches is left out, rather than taken in again.
    out: bool,
    /// Whether only folders match.
    folder: bool,
}

impl Patterns {
    /// Patterns whose `*` crosses folders: Zola, Jekyll. The second value is those that can't be read.
    pub(super) fn loose(written: &[String]) -> (Self, Vec<String>) {
        let plain = written
            .iter()
            .map(|pattern| (pattern, pattern.trim_matches('/')));
        let read = plain.map(|(written, glob)| {
            let pattern = Pattern {
                glob: glob_of(glob, false)?,
                out: true,
                folder: written.ends_with('/'),
            };
            Some(pattern)
        });
        sorted(written, read)
    }

    /// The same of the settings of Jekyll, where each also stands for all that begins with its very letters.
    pub(super) fn jekyll(written: &[String]) -> Self {
        let mut patterns = Self::loose(written).0;
        let begun = written.iter().filter_map(|text| {
            let text = globset::escape(text.trim_start_matches('/'));
            let glob = glob_of(&format!("{text}*"), false)?;
            Some(Pattern {
                glob,
                out: true,
                folder: false,
            })
        });
        patterns.0.extend(begun);
        patterns
    }

    /// Adds patterns.
    pub(super) fn join(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// Lines of a .gitignore: MkDocs.
    pub(super) fn git(written: &str) -> (Self, Vec<String>) {
        let lines = written.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        let read = lines.iter().map(|line| {
            let (out, rest) = line
                .strip_prefix('!')
                .map_or((true, line.as_str()), |rest| (false, rest));
            let whole = rest.trim_end_matches('/');
            let glob = if whole.contains('/') {
                whole.trim_start_matches('/').to_owned()
            } else {
                format!("**/{whole}")
            };
            let pattern = Pattern {
                glob: glob_of(&glob, true)?,
                out,
                folder: rest.ends_with('/'),
            };
            Some(pattern)
        });
        sorted(&lines, read)
    }

    /// Whether a file is left out by its path, its path from its folder, or its name.
    pub(super) fn has_any(&self, path: &str, to: &str) -> bool {
        let name = to.rsplit('/').next().unwrap_or(to);
        [path, to, name].iter().any(|path| self.has(path))
    }

    /// Whether a path, or a folder above it, is left out: the last pattern that matches decides.
    pub(super) fn has(&self, path: &str) -> bool {
        let above = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        let above: Vec<&str> = above.collect();
        let matches = |pattern: &&Pattern| {
            (!pattern.folder && pattern.glob.is_match(path))
                || above.iter().any(|folder| pattern.glob.is_match(folder))
        };
        let last = self.0.iter().rev().find(matches);
        last.is_some_and(|pattern| pattern.out)
    }
}

pub(super) fn glob_of(text: &str, parted: bool) -> Option<GlobMatcher> {
    let mut builder = GlobBuilder::new(text);
    let glob = builder
        .literal_separator(parted)
        .backslash_escape(true)
        .build();
    glob.ok().map(|glob| glob.compile_matcher())
}

fn sorted(
    written: &[String],
    read: impl Iterator<Item = Option<Pattern>>,
) -> (Patterns, Vec<String>) {
    let (mut patterns, mut wrong) = (Patterns::default(), Vec::new());
    for (text, pattern) in written.iter().zip(read) {
        match pattern {
            Some(pattern) => patterns.0.push(pattern),
            None => wrong.push(text.clone()),
        }
    }
    (patterns, wrong)
}

impl Plan {
    /// The patterns, and a finding for each that can't be read.
    pub(super) fn patterns(
        &mut self,
        file: &str,
        (read, wrong): (Patterns, Vec<String>),
    ) -> Patterns {
        for pattern in wrong {
            let message =
                format!("the pattern `{pattern}` can't be read: what it kept back is carried over");
            self.report.find(
                file,
                None,
                &message,
                "delete what should not be published from the new site",
            );
        }
        read
    }

    /// Adds the lists of folders that have no page of their own, and in which a page is public.
    pub(super) fn add_lists(&mut self, now: Timestamp) {
        if self.lists.is_empty() {
            return;
        }
        let public = self.pages.iter().filter(|page| !page.is_kept_back(now));
        let public: Vec<String> = public.map(|page| page.to.clone()).collect();
        for list in std::mem::take(&mut self.lists) {
            let folder = list.to.trim_end_matches("_index.md");
            let own = self.has(&list.to) || self.has(&format!("{folder}index.md"));
            if !own && public.iter().any(|to| to.starts_with(folder)) {
                self.add(list);
            }
        }
    }

    /// Pages whose day lies ahead stay unpublished until then, where the tool kept them back.
    pub(super) fn hold(&mut self, now: Timestamp) {
        if !self.keeps_future {
            return;
        }
        let pages = self.pages.iter_mut().map(|page| (page, true));
        let others = self.others.iter_mut().map(|page| (page, false));
        for (page, said) in pages.chain(others) {
            let name = page.to.rsplit('/').next().and_then(|name| name.get(..10));
            let day = page.front.get("date").or(name);
            let day = day.and_then(|day| day.parse::<PubDate>().ok());
            let moment = day.map(|day| day.to_rfc3339());
            let ahead = moment
                .filter(|moment| moment.parse::<Timestamp>().is_ok_and(|moment| moment > now));
            if let Some(moment) = ahead.filter(|_| !page.front.has("embargo_until")) {
                page.front.set("embargo_until", moment);
                if !said {
                    continue;
                }
                let outcome = Outcome::Changed("embargo_until".to_owned());
                self.report
                    .note(&page.from, 1, "(a day that lies ahead)", outcome);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_the_tools_match_them() {
        let all = ["private/*", "*.key", "/vendor/", "temp.*"].map(str::to_owned);
        let (loose, wrong) = Patterns::loose(&all);
        assert!(wrong.is_empty());
        for (path, out) in [
            ("private/a.md", true),
            ("private/b/a.md", true),
            ("a/b.key", true),
            ("vendor/a/b.md", true),
            ("vendor", false),
            ("a.md", false),
            ("privates.md", false),
        ] {
            assert_eq!(loose.has(path), out, "{path}");
        }
        let (git, _) =
            Patterns::git("# no\n.*\n/templates/\ndrafts/\n*.tmp.md\n!keep.tmp.md\na/b.md\n");
        for (path, out) in [
            (".x/a.md", true),
            ("templates/a.md", true),
            ("a/templates/a.md", false),
            ("a/drafts/b.md", true),
            ("a/x.tmp.md", true),
            ("a/keep.tmp.md", false),
            ("a/b.md", true),
            ("c/a/b.md", false),
        ] {
            assert_eq!(git.has(path), out, "{path}");
        }
        assert_eq!(Patterns::loose(&["a{".to_owned()]).1, ["a{"]);
    }
}
