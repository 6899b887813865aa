//! The plugins of MkDocs → what two of them say of files: `exclude` leaves some out, `i18n` reads languages in their names. A pattern that can't be read
//! stops the migration, since what it leaves out would be published.

use regex::Regex;

use super::super::{
    Plan,
    front::{get, map, texts, word},
    inherited::each,
    languages::Languages,
    report::Outcome,
};
use crate::{
    diagnostic::Diagnostic,
    model::Lang,
    yaml::{Node, Value},
};

/// What the plugins say.
#[derive(Default)]
pub(super) struct Plugins {
    excluded: Vec<Regex>,
    /// Languages of which no page was made.
    pub(super) off: Languages,
}

impl Plugins {
    /// Whether a file was left out, by its path from the folder of the texts.
    pub(super) fn leave_out(&self, name: &str) -> bool {
        self.excluded.iter().any(|pattern| pattern.is_match(name))
    }
}

/// Reads the setting: a list of names and of mappings with options, or one mapping.
pub(super) fn plugins(file: &str, node: &Node, plan: &mut Plan) -> Plugins {
    let mut all = Plugins::default();
    for (name, line, options) in named(node) {
        let options = options.map(map).unwrap_or_default();
        if word(options, "enabled") == Some("false") {
            continue;
        }
        let read = match name {
            "exclude" => {
                all.exclude((file, line), options, plan);
                "what is carried over"
            }
            "i18n" if matches!(word(options, "docs_structure"), None | Some("suffix")) => {
                all.translate(options, plan);
                "languages"
            }
            "i18n" => {
                all.leave_out_folders(options);
                plan.report.find(
                    file,
                    Some(line),
                    "the languages of `i18n` are not read in folders: each is a section, and its former addresses get no redirect",
                    "name the files as in a.fr.md, and set `docs_structure: suffix`, before the migration",
                );
                continue;
            }
            "exclude-search" => continue,
            name => {
                let keeps = ["exclude", "filter", "ignore", "draft", "encrypt"];
                if keeps.iter().any(|part| name.contains(part))
                    || word(options, "draft_if_future_date") == Some("true")
                {
                    plan.report.find(
                        file,
                        Some(line),
                        &format!(
                            "the plugin `{name}` is not read: what it leaves out is carried over"
                        ),
                        "delete what should not be published from the new site",
                    );
                }
                continue;
            }
        };
        let outcome = Outcome::Changed(read.to_owned());
        let field = format!("(settings) plugins.{name}");
        plan.report.note(file, line, &field, outcome);
    }
    all
}

impl Plugins {
    fn exclude(
        &mut self,
        (file, line): (&str, usize),
        options: &[(String, usize, Node)],
        plan: &mut Plan,
    ) {
        let of = |key: &str| get(options, key).map(texts).unwrap_or_default();
        let globs = of("glob");
        let globs = globs.iter().map(|glob| (glob, fnmatch(glob)));
        let regexes = of("regex");
        // Python asks only whether a path begins so.
        let regexes = regexes.iter().map(|one| (one, format!("^(?:{one})")));
        for (written, pattern) in globs.chain(regexes) {
            if let Ok(pattern) = Regex::new(&pattern) {
                self.excluded.push(pattern);
            } else {
                let message = format!("`exclude`: the pattern `{written}` can't be read");
                plan.unread_settings(Diagnostic::error(file, message).at(line));
            }
        }
    }

    /// Leaves out the folders of the languages of which no page was made.
    fn leave_out_folders(&mut self, options: &[(String, usize, Node)]) {
        let all = get(options, "languages").map(locales).unwrap_or_default();
        for locale in all.iter().filter(|locale| locale.is_off()) {
            let pattern = Regex::new(&format!("^{}/", regex::escape(locale.lang)));
            self.excluded.extend(pattern.ok());
        }
    }

    fn translate(&mut self, options: &[(String, usize, Node)], plan: &mut Plan) {
        let Some(node) = get(options, "languages") else {
            return;
        };
        let locales = locales(node);
        let marked = locales
            .iter()
            .find(|locale| word(locale.settings, "default") == Some("true"));
        let default = marked
            .map(|locale| locale.lang)
            .or_else(|| word(options, "default_language"));
        if let Some(default) = default.and_then(|lang| lang.parse::<Lang>().ok()) {
            plan.settings.set("default_language", default.as_str());
        }
        plan.languages = Languages::new(locales.iter().map(|locale| locale.lang));
        let (off, on): (Vec<_>, Vec<_>) = locales.iter().partition(|locale| locale.is_off());
        self.off = Languages::new(off.iter().map(|locale| locale.lang));
        let mut all = vec![plan.settings.lang().to_owned()];
        for lang in on
            .iter()
            .filter_map(|locale| locale.lang.parse::<Lang>().ok())
        {
            if !all.iter().any(|known| known == lang.as_str()) {
                all.push(lang.to_string());
            }
        }
        plan.settings.set("languages", all);
    }
}

/// A language of `i18n`.
struct Locale<'n> {
    lang: &'n str,
    settings: &'n [(String, usize, Node)],
}

impl Locale<'_> {
    fn is_off(&self) -> bool {
        word(self.settings, "build").is_some_and(|on| on != "true")
    }
}

/// The languages: a list of mappings, or a mapping by language, as it was before.
fn locales(node: &Node) -> Vec<Locale<'_>> {
    let listed = each(node).iter().filter_map(|item| {
        let settings = map(item);
        let lang = word(settings, "locale")?;
        Some(Locale { lang, settings })
    });
    let named = map(node).iter().map(|(lang, _, node)| Locale {
        lang,
        settings: map(node),
    });
    listed.chain(named).collect()
}

fn named(node: &Node) -> Vec<(&str, usize, Option<&Node>)> {
    match &node.value {
        Value::List(items) => items.iter().flat_map(named).collect(),
        Value::Map(entries) => entries
            .iter()
            .map(|(name, line, options)| (name.as_str(), *line, Some(options)))
            .collect(),
        Value::Scalar { text, .. } => vec![(text.as_str(), node.line, None)],
    }
}

/// A pattern of Python's fnmatch as a regular expression: `*` crosses folders, and braces are letters like others.
fn fnmatch(glob: &str) -> String {
    let mut out = String::from("(?s)^");
    let mut rest = glob;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '*' => out.push_str(".*"),
            '?' => out.push('.'),
            '[' => {
                let (no, set) = rest.strip_prefix('!').map_or(("", rest), |set| ("^", set));
                // A bracket at the beginning is one of the set.
                let first = set.chars().next().map_or(0, char::len_utf8);
                let Some(end) = set
                    .get(first..)
                    .and_then(|after| after.find(']'))
                    .map(|at| first + at)
                else {
                    out.push_str("\\[");
                    continue;
                };
                out.push('[');
                out.push_str(no);
                for c in set[..end].chars() {
                    if c.is_ascii_punctuation() && c != '-' {
                        out.push('\\');
                    }
                    out.push(c);
                }
                out.push(']');
                rest = &set[end + 1..];
            }
            c => out.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out.push('$');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_as_in_python() {
        for (glob, path, is) in [
            ("private/*", "private/a/b.md", true),
            ("private/*", "privates.md", false),
            ("*.tmp", "a/b.tmp", true),
            ("a?.md", "ab.md", true),
            ("a.md", "x/a.md", false),
            ("[ab]*", "b.md", true),
            ("[!ab]*", "b.md", false),
            ("[]x]", "]", true),
            ("a[", "a[", true),
            ("{a,b}.md", "a.md", false),
        ] {
            let pattern = Regex::new(&fnmatch(glob)).expect(glob);
            assert_eq!(pattern.is_match(path), is, "{glob}: {path}");
        }
    }
}
