//! The recipe of a build: sources → parsed entries → `Site` → `Renderer`. The same call makes a clean build and a preview; `rebuild` leaves out what an edit can't have changed.
//!
//! ```text
//! site.yaml ─▶ Config ─┐
//! topics.yaml ─▶ Vocabulary ─┤
//! content/*.md ─▶ Entry (memo by bytes) ─┼─▶ Site ─┐
//! themes/ ─▶ Theme (memo by bytes) ───────────────┴─▶ Renderer ─▶ render(route)
//! ```

use std::{collections::BTreeMap, sync::Arc};

use bytes::Bytes;

use rayon::prelude::*;

use crate::{
    config::{BaseUrl, Config, Overrides},
    content::{self, Entry, Known},
    diagnostic::{Diagnostic, Rule, utf8},
    distill::Vocabulary,
    render::{Compiled, Renderer, ThemeFiles},
    site::{LazyWords, Parts, Site, card},
};

/// Everything that a build reads, as bytes. Paths have `/` between parts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    /// The configuration's path for messages, and its bytes; a site may have none.
    pub config: Option<(String, Bytes)>,
    /// Why the configuration can't be read, where it is there: a site with other settings than its own is not built.
    pub config_error: Option<Diagnostic>,
    /// topics.yaml of the site.
    pub topics: Option<Bytes>,
    /// content/ by path from there.
    pub content: BTreeMap<String, Bytes>,
    /// themes/ by path from there.
    pub themes: ThemeFiles,
}

/// Whether a file or folder of this name is no source: hidden files, and what editors leave beside the file they save.
pub fn is_skipped(name: &str) -> bool {
    name.starts_with('.')
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
}

impl Sources {
    /// The paths, from the site's root, of files that differ in `other`.
    pub fn differing(&self, other: &Self) -> Vec<String> {
        let mut paths = Vec::new();
        if self.config != other.config || self.config_error != other.config_error {
            let named = other.config.as_ref().or(self.config.as_ref());
            paths.extend(named.map(|(file, _)| file.clone()));
        }
        if self.topics != other.topics {
            paths.push("topics.yaml".to_owned());
        }
        for (folder, before, after) in [
            ("content", &self.content, &other.content),
            ("themes", &self.themes, &other.themes),
        ] {
            let gone = before.keys().filter(|path| !after.contains_key(*path));
            let new = after
                .iter()
                .filter(|(path, bytes)| before.get(*path) != Some(bytes))
                .map(|(path, _)| path);
            paths.extend(gone.chain(new).map(|path| format!("{folder}/{path}")));
        }
        paths
    }
}

/// What the caller wants beside the sources.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BuildOptions {
    /// In place of site.yaml's `base_url`.
    pub base_url: Option<BaseUrl>,
    /// Settings from the environment, in place of site.yaml's.
    pub overrides: Overrides,
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// SOURCE_DATE_EPOCH, where it is set.
    pub now: Option<jiff::Timestamp>,
    /// The moment that the site is made for: what is under embargo then is left out. `None` leaves nothing out.
    pub moment: Option<jiff::Timestamp>,
}

/// What earlier builds worked out, keyed by the bytes it came from. Emptying it changes nothing but the time taken.
#[derive(Debug, Default)]
pub struct Memo {
    entries: BTreeMap<String, (Bytes, Parsed)>,
    theme: Option<Compiled>,
    last: Option<Last>,
}

impl Memo {
    /// Takes in what reading some content files gives, where the sources have the very bytes that were written.
    pub fn learn(&mut self, known: Vec<Known>, sources: &Sources) {
        for Known { bytes, entry, said } in known {
            if let Some(found) = sources.content.get(&entry.path)
                && found.as_ptr() == bytes.as_ptr()
            {
                let path = entry.path.clone();
                self.entries
                    .insert(path, (bytes, Parsed::of(Some(entry), said)));
            }
        }
    }
}

/// The site of the last build.
#[derive(Debug)]
struct Last {
    site: Arc<Site>,
    options: BuildOptions,
    /// What was said of topics.yaml, and once content was read.
    before: Vec<Diagnostic>,
    after: Vec<Diagnostic>,
}

/// A content file, parsed.
#[derive(Clone, Debug)]
struct Parsed {
    /// Nothing where it can't be read.
    entry: Option<Arc<Entry>>,
    /// What it is found by, once somebody has searched.
    words: LazyWords,
    /// What was said of it.
    said: Vec<Diagnostic>,
}

impl Parsed {
    fn read(path: &str, bytes: &Bytes) -> Self {
        let (entry, said) = match content::read_shared(path, bytes) {
            Ok((entry, said)) => (Some(Arc::new(entry)), said),
            Err(error) => (None, vec![error]),
        };
        Self::of(entry, said)
    }

    fn of(entry: Option<Arc<Entry>>, said: Vec<Diagnostic>) -> Self {
        let of_front_matter = |said: Diagnostic| said.or_rule(Rule::FrontMatter);
        let said = said.into_iter().map(of_front_matter).collect();
        Self {
            entry,
            words: LazyWords::default(),
            said,
        }
    }
}

/// What [`build`] makes of sources that differ from those of the last build in `changed` alone (paths from the site's root). After an edit that
/// moves nothing the work is that of one content file.
pub fn rebuild(
    sources: &Sources,
    changed: &[String],
    options: &BuildOptions,
    memo: &mut Memo,
) -> (Option<Renderer>, Vec<Diagnostic>) {
    patch(sources, changed, options, memo)
        .map(|(renderer, said)| (Some(renderer), said))
        .unwrap_or_else(|| build(sources, options, memo))
}

fn patch(
    sources: &Sources,
    changed: &[String],
    options: &BuildOptions,
    memo: &mut Memo,
) -> Option<(Renderer, Vec<Diagnostic>)> {
    let _entered = tracing::info_span!("patch the site").entered();
    let last = memo.last.as_mut()?;
    let later = BuildOptions {
        moment: last.options.moment,
        ..options.clone()
    };
    let waits = |site: &Site| {
        let next = site.next_change.zip(options.moment);
        next.is_some_and(|(next, now)| next <= now)
    };
    if later != last.options || waits(&last.site) {
        return None;
    }
    if changed.iter().all(|path| path.starts_with("themes/")) {
        // Files for readers have addresses of their own.
        let before = memo.theme.as_ref();
        let before = before.map(|compiled| compiled.theme().asset_paths());
        let compiled = theme(&last.site.config, sources, &mut memo.theme);
        if Some(compiled.theme().asset_paths()) != before {
            return None;
        }
    } else {
        let [changed] = changed else { return None };
        let path = changed.strip_prefix("content/")?;
        let bytes = sources.content.get(path).filter(|_| is_markdown(path))?;
        // What names a line of the file must be said anew.
        if last.after.iter().any(|said| said.file == *changed) {
            return None;
        }
        let (_, before) = memo.entries.get(path)?;
        let parsed = Parsed::read(path, bytes);
        // What was said of the card is among what was said after.
        let (_, said) = card::card(before.entry.as_ref()?, &last.site.config);
        let (site, now_said) = last.site.patched(parsed.entry.as_ref()?, &parsed.words)?;
        if !said.is_empty() || !now_said.is_empty() {
            return None;
        }
        last.site = Arc::new(site);
        let known = (bytes.clone(), parsed);
        memo.entries.insert(path.to_owned(), known);
    }
    let compiled = memo.theme.as_ref()?;
    let theme = compiled.theme().clone();
    let theme = theme.with_style(&last.site.config.style());
    let renderer = Renderer::new(Arc::clone(&last.site), theme, options.now);
    let content = memo.entries.values().flat_map(|(_, parsed)| &parsed.said);
    let said = last.before.iter().chain(content);
    let of_theme = |said: &Diagnostic| said.clone().or_rule(Rule::Theme);
    let theme_said: Vec<Diagnostic> = compiled.said().map(of_theme).collect();
    let said = said.chain(&theme_said).chain(&last.after);
    Some((renderer, said.cloned().collect()))
}

/// Makes a renderer of the sources. What is wrong with one file is a diagnostic; the rest of the site is there. `None` where site.yaml itself can't be read.
pub fn build(
    sources: &Sources,
    options: &BuildOptions,
    memo: &mut Memo,
) -> (Option<Renderer>, Vec<Diagnostic>) {
    let config = match config(sources, options) {
        Ok(config) => Arc::new(config),
        Err(error) => {
            // What comes next is another site than the last one.
            memo.last = None;
            return (None, vec![error.or_rule(Rule::Settings)]);
        }
    };
    let Memo {
        entries: known,
        theme: compiled,
        last,
    } = memo;
    *last = None;
    let (mut before, mut of_content) = (Vec::new(), Vec::new());
    let content = || content(sources, known, &mut of_content);
    let content = || tracing::info_span!("parse content").in_scope(content);
    let (vocabulary, (content, compiled)) = rayon::join(
        || vocabulary(sources, &mut before),
        || rayon::join(content, || theme(&config, sources, compiled)),
    );
    let Content { entries, assets } = content;
    let mut diagnostics = before.clone();
    diagnostics.append(&mut of_content);
    let of_theme = |said: &Diagnostic| said.clone().or_rule(Rule::Theme);
    diagnostics.extend(compiled.said().map(of_theme));
    let mut after = Vec::new();
    let theme = compiled.theme().clone().with_style(&config.style());
    after.extend(missing_images(&config, &assets, sources));
    let assembling = tracing::info_span!("assemble the site").entered();
    let (site, said) = Site::assemble(Parts {
        config,
        vocabulary,
        entries,
        assets,
        theme_assets: theme.asset_paths(),
        drafts: options.drafts,
        moment: options.moment,
    });
    after.extend(said);
    drop(assembling);
    diagnostics.extend(after.iter().cloned());
    let site = Arc::new(site);
    *last = Some(Last {
        site: Arc::clone(&site),
        options: options.clone(),
        before,
        after,
    });
    let renderer =
        tracing::info_span!("bind the theme").in_scope(|| Renderer::new(site, theme, options.now));
    (Some(renderer), diagnostics)
}

fn config(sources: &Sources, options: &BuildOptions) -> Result<Config, Diagnostic> {
    if let Some(error) = &sources.config_error {
        return Err(error.clone());
    }
    let source = match &sources.config {
        Some((file, bytes)) => Some((file.as_str(), utf8(file, bytes)?)),
        None => None,
    };
    let mut config = Config::layered(source, &options.overrides)?;
    if let Some(base_url) = &options.base_url {
        config.base_url = base_url.clone();
    }
    Ok(config)
}

fn vocabulary(sources: &Sources, diagnostics: &mut Vec<Diagnostic>) -> Arc<Vocabulary> {
    let own = sources
        .topics
        .as_ref()
        .map(|bytes| Vocabulary::parse("topics.yaml", utf8("topics.yaml", bytes)?));
    match own {
        Some(Ok(vocabulary)) => Arc::new(vocabulary),
        Some(Err(error)) => {
            diagnostics.push(error.or_rule(Rule::Settings));
            Arc::new(Vocabulary::embedded().clone())
        }
        None => Arc::new(Vocabulary::embedded().clone()),
    }
}

/// What content/ holds.
struct Content {
    entries: Vec<(Arc<Entry>, LazyWords)>,
    assets: BTreeMap<String, Bytes>,
}

fn content(
    sources: &Sources,
    memo: &mut BTreeMap<String, (Bytes, Parsed)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Content {
    let (markdown, others): (Vec<_>, Vec<_>) = sources
        .content
        .iter()
        .partition(|(path, _)| is_markdown(path));
    let known = std::mem::take(memo);
    let parsed: Vec<Parsed> = markdown
        .par_iter()
        .map(|(path, bytes)| match known.get(*path) {
            Some((before, parsed)) if before == *bytes => parsed.clone(),
            _ => Parsed::read(path, bytes),
        })
        .collect();
    let mut entries = Vec::with_capacity(parsed.len());
    for ((path, bytes), parsed) in markdown.into_iter().zip(parsed) {
        let entry = parsed.entry.clone();
        entries.extend(entry.map(|entry| (entry, Arc::clone(&parsed.words))));
        diagnostics.extend(parsed.said.iter().cloned());
        memo.insert(path.clone(), (bytes.clone(), parsed));
    }
    let assets = others
        .into_iter()
        .map(|(path, bytes)| (format!("/{path}"), bytes.clone()))
        .collect();
    Content { entries, assets }
}

/// Errors where site.yaml names images that are no files of content/.
fn missing_images(
    config: &Config,
    assets: &BTreeMap<String, Bytes>,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let file = sources.config.as_ref();
    let file = file.map_or("site.yaml", |(file, _)| file);
    let own = |path: &&str| !path.is_empty() && !path.contains("://");
    let named = [
        ("logo", config.logo.as_deref()),
        ("share_image", Some(config.share_image.as_str()).filter(own)),
    ];
    let named = named
        .into_iter()
        .filter_map(|(key, path)| Some((key, path?)));
    named
        .filter(|(_, path)| !assets.contains_key(*path))
        .map(|(key, path)| {
            Diagnostic::error(file, format!("`{key}`: there is no image `{path}`")).help(format!(
                "write the path of an image in content/ from there, such as /{key}.svg for content/{key}.svg"
            ))
            .rule(Rule::AssetMissing)
        })
        .collect()
}

fn is_markdown(path: &str) -> bool {
    std::path::Path::new(path)
        .extension()
        .is_some_and(|e| e == "md")
}

fn theme<'m>(config: &Config, sources: &Sources, memo: &'m mut Option<Compiled>) -> &'m Compiled {
    let before = memo.take();
    let compile = || Compiled::of(&config.theme, &sources.themes, before);
    memo.insert(tracing::info_span!("compile the theme").in_scope(compile))
}
