//! The settings of a site of Hugo → what they keep back: files by regular expressions, and languages. Where it is in doubt, it is kept back.

use std::collections::BTreeSet;

use regex::Regex;

use super::super::{
    Plan,
    front::{get, map, texts},
    languages::Languages,
    markdown::stem,
};
use crate::{diagnostic::Diagnostic, yaml::Node};

/// What is kept back.
#[derive(Default)]
pub(super) struct Ignored {
    files: Vec<Regex>,
    /// Languages that are switched off, in small letters.
    languages: BTreeSet<String>,
}

impl Ignored {
    /// Whether a file or a folder above it is named. Hugo reads whole paths; this one begins at the site.
    pub(super) fn has(&self, path: &str) -> bool {
        let path = format!("/{path}");
        let ends = path.match_indices('/').map(|(at, _)| at).skip(1);
        let mut paths = ends.chain([path.len()]).map(|end| &path[..end]);
        paths.any(|path| {
            let mut files = self.files.iter();
            files.any(|file| file.is_match(path) || file.is_match(&path[1..]))
        })
    }

    pub(super) fn has_lang(&self, lang: &str) -> bool {
        self.languages.contains(&lang.to_lowercase())
    }

    /// The languages that are switched off.
    pub(super) fn langs(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(String::as_str)
    }

    /// Whether a file is one of a language that is switched off: that of its folder, else the one in its name, else the site's own.
    pub(super) fn is_off(
        &self,
        path: &str,
        folder: Option<&str>,
        default: &str,
        languages: &Languages,
    ) -> bool {
        let name = stem(path).rsplit_once('.').map(|(_, lang)| lang);
        let name = name.filter(|lang| languages.has(lang));
        let said = [folder, name].into_iter().flatten();
        said.clone().any(|lang| self.has_lang(lang))
            || (folder.is_none() && name.is_none() && self.has_lang(default))
    }
}

/// Reads the settings, each with its file.
pub(super) fn ignored(read: &[(String, (String, usize, Node))], plan: &mut Plan) -> Ignored {
    let mut ignored = Ignored::default();
    for (file, (key, line, node)) in read {
        match key.to_ascii_lowercase().as_str() {
            "ignorefiles" => {
                for pattern in texts(node) {
                    match Regex::new(&pattern) {
                        Ok(regex) => ignored.files.push(regex),
                        Err(_) => plan.report.findings.push(
                            Diagnostic::error(
                                file,
                                format!("`ignoreFiles`: the pattern `{pattern}` can't be read: what it kept back is carried over"),
                            )
                            .at(*line)
                            .help("delete what should not be published from the new site, before it is built"),
                        ),
                    }
                }
            }
            "disablelanguages" => {
                let all = texts(node);
                let names = all.iter().flat_map(|text| text.split_whitespace());
                ignored.languages.extend(names.map(str::to_lowercase));
            }
            "languages" => {
                let off = |settings: &Node| {
                    get(map(settings), "disabled").is_some_and(|off| off.text() != Some("false"))
                };
                let all = map(node).iter().filter(|(.., settings)| off(settings));
                let names = all.map(|(lang, ..)| lang.to_lowercase());
                ignored.languages.extend(names);
            }
            "module" if get(map(node), "mounts").is_some() => plan.report.find(
                file,
                Some(*line),
                "`module.mounts` is not read: what it leaves out is carried over",
                "delete what should not be published from the new site",
            ),
            _ => {}
        }
    }
    ignored
}
