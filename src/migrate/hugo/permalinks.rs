//! `permalinks` of Hugo → which pattern is for a page, and the values of its tokens.

use globset::GlobMatcher;
use jiff::civil::Date;

use super::super::{
    Plan,
    front::{get, map, word},
    inherited::hugo_path,
    kept_back::glob_of,
    tokens,
};
use crate::yaml::{Node, Value};

/// The patterns; the first that is for a page counts.
#[derive(Default)]
pub(super) struct Permalinks(Vec<Permalink>);

struct Permalink {
    /// `page` or `section`; nothing where it is for all.
    kind: Option<String>,
    paths: Paths,
    pattern: String,
}

/// The paths of pages, as Hugo writes them.
enum Paths {
    All,
    /// Those in no section.
    Top,
    /// Those of the section with this path, and below it.
    Section(String),
    Like(GlobMatcher),
}

impl Paths {
    fn has(&self, path: &str) -> bool {
        match self {
            Self::All => true,
            Self::Top => path.rfind('/') == Some(0),
            Self::Section(section) => path
                .strip_prefix(section)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            Self::Like(glob) => glob.is_match(path),
        }
    }
}

impl Permalinks {
    /// The pattern for a page of this kind, by its folder and its name.
    pub(super) fn of(&self, kind: &str, (folder, name): (&str, &str)) -> Option<&str> {
        let path = hugo_path(folder, name);
        let mut all = self.0.iter();
        let found =
            all.find(|one| one.kind.as_ref().is_none_or(|of| of == kind) && one.paths.has(&path));
        found.map(|one| one.pattern.as_str())
    }

    fn add(&mut self, kind: &str, section: &str, pattern: &str) {
        let section = section.trim_matches([' ', '/']).to_lowercase();
        let paths = if section.is_empty() {
            Paths::Top
        } else {
            Paths::Section(format!("/{section}"))
        };
        self.0.push(Permalink {
            kind: Some(kind.to_owned()),
            paths,
            pattern: pattern.to_owned(),
        });
    }
}

/// Reads the setting: sections with their patterns, the same below a kind of page, or a list.
pub(super) fn permalinks(file: &str, node: &Node, plan: &mut Plan) -> Permalinks {
    let mut all = Permalinks::default();
    if let Value::List(items) = &node.value {
        for item in items {
            let target = get(map(item), "target").map(map).unwrap_or_default();
            let known = |key: &str| matches!(key.to_ascii_lowercase().as_str(), "kind" | "path");
            let pattern = word(map(item), "pattern");
            let paths = match word(target, "path").map(str::to_lowercase) {
                Some(path) => glob_of(&path, true).map(Paths::Like),
                None => Some(Paths::All),
            };
            let told = target.iter().all(|(key, ..)| known(key));
            let (Some(pattern), Some(paths), true) = (pattern, paths, told) else {
                plan.report.find(
                    file,
                    Some(item.line),
                    "these permalinks are not read: former addresses that follow them get no redirect",
                    "redirect them on your server, or write `aliases` into the new files",
                );
                continue;
            };
            all.0.push(Permalink {
                kind: word(target, "kind").map(str::to_lowercase),
                paths,
                pattern: pattern.to_owned(),
            });
        }
        return all;
    }
    let mut entries: Vec<_> = map(node).iter().collect();
    // Of two sections the deeper one says it.
    entries.sort_by_key(|(key, ..)| std::cmp::Reverse(key.len()));
    for (key, _, node) in entries {
        if let Some(pattern) = node.text() {
            all.add("page", key, pattern);
            continue;
        }
        let mut below: Vec<_> = map(node).iter().collect();
        below.sort_by_key(|(key, ..)| std::cmp::Reverse(key.len()));
        for (section, _, node) in below {
            if let Some(pattern) = node.text() {
                all.add(&key.to_lowercase(), section, pattern);
            }
        }
    }
    all
}

/// What the tokens stand for.
pub(super) struct Values {
    pub(super) day: Date,
    /// The path of the section, in its parts.
    pub(super) sections: Vec<String>,
    /// What each section is called in addresses; nothing where that is not known.
    pub(super) section_slugs: Option<Vec<String>>,
    pub(super) title: String,
    pub(super) slug: Option<String>,
    pub(super) name: String,
}

impl Values {
    /// The address that a pattern gives. The error says why there is none.
    pub(super) fn fill(&self, pattern: &str) -> Result<String, String> {
        let pattern = pattern.replace("\\:", "\0");
        let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let filled = tokens::fill(&pattern, word, |token| self.of(token)).map_err(|token| {
            if token.starts_with(":sectionslug") {
                format!("`{token}` stands for the titles of sections, and not each has one")
            } else {
                format!("`{token}` in the pattern of an address is not known")
            }
        })?;
        Ok(filled.replace('\0', ":"))
    }

    fn of(&self, token: &str) -> Option<String> {
        let day = self.day;
        let own = |text: &String| text.clone();
        let (name, cut) = token.find('[').map_or((token, ""), |at| token.split_at(at));
        let text = match name {
            "sections" => parts(&self.sections, cut).join("/"),
            "sectionslugs" => parts(self.section_slugs.as_ref()?, cut).join("/"),
            _ if !cut.is_empty() => return None,
            "section" => self.sections.first().map(own).unwrap_or_default(),
            "sectionslug" => {
                let all = self.section_slugs.as_ref()?;
                all.first().map(own).unwrap_or_default()
            }
            "title" => own(&self.title),
            "slug" => self.slug.as_ref().map_or_else(|| own(&self.title), own),
            "slugorfilename" | "slugorcontentbasename" => {
                self.slug.as_ref().map_or_else(|| own(&self.name), own)
            }
            "filename" | "contentbasename" => own(&self.name),
            token => {
                let form = match token {
                    "year" => "%-Y",
                    "month" | "01" => "%m",
                    "monthname" | "January" => "%B",
                    "day" | "02" => "%d",
                    "weekday" => "%w",
                    "weekdayname" | "Monday" => "%A",
                    "yearday" => "%-j",
                    // Go writes the layout of a date by an example.
                    "2006" => "%Y",
                    "06" => "%y",
                    "1" => "%-m",
                    "2" => "%-d",
                    "002" => "%j",
                    "Jan" => "%b",
                    "Mon" => "%a",
                    "20060102" => "%Y%m%d",
                    "200601" => "%Y%m",
                    "0102" => "%m%d",
                    _ => return None,
                };
                day.strftime(form).to_string()
            }
        };
        Some(text)
    }
}

/// The parts that `[1:]`, `[:2]`, `[last]` and the like keep.
fn parts<'p>(all: &'p [String], cut: &str) -> &'p [String] {
    let Some(cut) = cut.strip_prefix('[').and_then(|cut| cut.strip_suffix(']')) else {
        return all;
    };
    let cut = cut.to_ascii_lowercase();
    let last = all.len().saturating_sub(1);
    let nth = |text: &str| match text {
        "last" => last,
        number => number.parse().unwrap_or(0),
    };
    let (from, to) = match cut.split_once(':') {
        None => (nth(&cut), nth(&cut).saturating_add(1)),
        Some((from, "")) => (nth(from), all.len()),
        Some((from, to)) => (nth(from), nth(to).min(all.len())),
    };
    all.get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_stand_for_what_hugo_writes() {
        let values = Values {
            day: "2026-01-27".parse().expect("a day"),
            sections: ["news", "sea", "ports"].map(str::to_owned).to_vec(),
            section_slugs: None,
            title: "the-talks".to_owned(),
            slug: None,
            name: "talks".to_owned(),
        };
        for (pattern, filled) in [
            ("/:year/:monthname/:day/", Some("/2026/January/27/")),
            ("/:yearday/:weekday/:weekdayname/", Some("/27/2/Tuesday/")),
            ("/:sections[1:]/:sections[last]/", Some("/sea/ports/ports/")),
            (
                "/:sections[:2]/:sections[0]/:sections[9]/",
                Some("/news/sea/news//"),
            ),
            (
                "/:section/:slug/:slugorfilename/",
                Some("/news/the-talks/talks/"),
            ),
            ("/:2006-:Jan/\\:x/", Some("/2026-Jan/:x/")),
            ("/:sectionslugs/", None),
            ("/:months/", None),
        ] {
            assert_eq!(values.fill(pattern).ok().as_deref(), filled, "{pattern}");
        }
    }
}
