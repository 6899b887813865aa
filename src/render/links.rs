//! A link as written in Markdown → where it leads: content files, paths of the site, files beside the content file. Forbidden schemes lead nowhere.

use percent_encoding::percent_decode_str;

use crate::{
    config::RawHtml,
    diagnostic::{Diagnostic, Rule},
    site::Site,
};

/// Resolves the links of one content file.
#[derive(Debug)]
pub struct Links<'a> {
    site: Option<&'a Site>,
    /// Path of the content file from content/.
    source: &'a str,
    /// Whether links are read elsewhere than on the site: they become full addresses.
    absolute: bool,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An address to write into the page.
    Address(String),
    /// Nowhere: the text stays, the link goes.
    Nowhere(String),
}

impl<'a> Links<'a> {
    /// The links of the content file `source`.
    pub fn new(site: &'a Site, source: &'a str) -> Self {
        Self {
            site: Some(site),
            source,
            absolute: false,
        }
    }

    /// The links of the content file `source` as full addresses, for a text that is read away from the site.
    pub fn absolute(site: &'a Site, source: &'a str) -> Self {
        Self {
            absolute: true,
            ..Self::new(site, source)
        }
    }

    /// Links of a text that belongs to no file: nothing is rewritten, forbidden schemes are still refused.
    pub fn detached() -> Self {
        Self {
            site: None,
            source: "",
            absolute: false,
        }
    }

    /// Resolves one link.
    pub fn resolve(&self, link: &str) -> Target {
        match (self.on_the_site(link), self.site) {
            (Target::Address(address), Some(site)) if self.absolute => {
                Target::Address(self.in_full(site, address))
            }
            (target, _) => target,
        }
    }

    /// An address of the site with its host; a bare fragment is one of the content file's page.
    fn in_full(&self, site: &Site, address: String) -> String {
        let base = &site.config.base_url;
        if address.starts_with('/') && !address.starts_with("//") {
            return format!("{}{address}", base.origin());
        }
        match site.item(self.source) {
            Some(item) if address.is_empty() || address.starts_with(['#', '?']) => {
                format!("{}{address}", base.absolute(&item.card.path))
            }
            _ => address,
        }
    }

    fn on_the_site(&self, link: &str) -> Target {
        if let Some(scheme) = scheme(link) {
            return if matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel") {
                Target::Address(link.to_owned())
            } else {
                Target::Nowhere(format!("links with `{scheme}:` are not allowed"))
            };
        }
        let Some(site) = self.site.filter(|_| {
            !link.is_empty() && !link.starts_with("//") && !link.starts_with(['#', '?'])
        }) else {
            return Target::Address(link.to_owned());
        };
        let (path, rest) = link
            .find(['#', '?'])
            .map_or((link, ""), |at| link.split_at(at));
        if let Some(source) = path.strip_prefix("@/") {
            // The name of a file may hold a percent sign itself.
            let decoded = percent_decode_str(source).decode_utf8_lossy();
            let named = site.item(source).map_or(&*decoded, |_| source);
            return content_file(site, named, rest);
        }
        if path.starts_with('/') {
            return Target::Address(format!("{}{rest}", site.config.base_url.rooted(path)));
        }
        let decoded = percent_decode_str(path).decode_utf8_lossy();
        match beside(self.source, &decoded) {
            Some(target)
                if std::path::Path::new(&target)
                    .extension()
                    .is_some_and(|e| e == "md") =>
            {
                content_file(site, &target, rest)
            }
            Some(target) if site.assets.contains_key(&format!("/{target}")) => Target::Address(
                format!("{}{rest}", site.config.base_url.rooted(&encode(&target))),
            ),
            _ => Target::Nowhere(format!("there is no file `{path}` beside this one")),
        }
    }

    /// The HTML elements that the content file may hold; `None` where there are none.
    pub fn raw_html(&self) -> Option<&'a RawHtml> {
        self.site
            .map(|site| &site.config.raw_html)
            .filter(|allow| allow.is_on())
    }

    /// The content file, as messages name it.
    pub fn file(&self) -> String {
        format!("content/{}", self.source)
    }

    /// What to say of a link that leads nowhere.
    pub fn complaint(&self, line: usize, reason: String) -> Diagnostic {
        Diagnostic::error(self.file(), reason)
            .at(line)
            .rule(Rule::LinkBroken)
            .help("the text is kept without the link; mend the link: @/path/to/file.md, /path/ from the site's root, or a full address")
    }
}

fn content_file(site: &Site, source: &str, rest: &str) -> Target {
    match site.item(source) {
        Some(item) => Target::Address(format!(
            "{}{rest}",
            site.config.base_url.rooted(&item.card.path)
        )),
        None => Target::Nowhere(format!("there is no content file `{source}`")),
    }
}

/// The scheme of an address as a browser reads it: control characters and spaces within it are skipped.
fn scheme(link: &str) -> Option<String> {
    let mut scheme = String::new();
    for c in link
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
    {
        match c {
            ':' => return (!scheme.is_empty()).then_some(scheme),
            c if c.is_ascii_alphanumeric() || "+-.".contains(c) => {
                scheme.push(c.to_ascii_lowercase());
            }
            _ => return None,
        }
    }
    None
}

/// `relative` from the folder of `source`, without leaving content/.
pub(crate) fn beside(source: &str, relative: &str) -> Option<String> {
    let folder = source.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A path with what is no part of an address percent-encoded.
pub fn encode(path: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const UNSAFE: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'`')
        .add(b'{')
        .add(b'}')
        .add(b'\\')
        .add(b'^')
        .add(b'|');
    utf8_percent_encode(path, UNSAFE).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forbidden_schemes_lead_nowhere_however_they_are_written() {
        let links = Links::detached();
        for link in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            " java\nscript:x",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
        ] {
            assert!(
                matches!(links.resolve(link), Target::Nowhere(_)),
                "{link:?}"
            );
        }
        for link in [
            "https://example.org/",
            "mailto:a@example.org",
            "#a",
            "/a:b",
            "a/b:c",
            "//example.org/",
        ] {
            assert!(
                matches!(links.resolve(link), Target::Address(_)),
                "{link:?}"
            );
        }
    }
}
