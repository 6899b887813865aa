//! The address that Jekyll gives a content file: by its own `permalink`, else by that of `defaults`, of its collection or of the settings.

use std::{collections::BTreeSet, ops::RangeInclusive};

use jiff::civil::Date;

use super::{
    super::{
        ends,
        fields::moment,
        front::{Entries, get, texts, word},
        page::Page,
        tokens::fill,
    },
    Site,
};

/// The patterns of posts by their names.
const STYLES: [(&str, &str); 5] = [
    ("date", "/:categories/:year/:month/:day/:title:output_ext"),
    ("pretty", "/:categories/:year/:month/:day/:title/"),
    ("ordinal", "/:categories/:year/:y_day/:title:output_ext"),
    (
        "weekdate",
        "/:categories/:year/W:week/:short_day/:title:output_ext",
    ),
    ("none", "/:categories/:title:output_ext"),
];

/// Whether the `permalink` of many pages is a style or a pattern: one address can't be that of all.
pub(super) fn is_pattern(permalink: &str) -> bool {
    permalink.contains(':') || STYLES.iter().any(|(style, _)| *style == permalink)
}

/// What the addresses of pages and collections end in.
fn suffix(style: &str) -> &'static str {
    match style {
        "pretty" => "/",
        "date" | "ordinal" | "weekdate" | "none" => ":output_ext",
        own if own.ends_with('/') => "/",
        own if own.ends_with(":output_ext") => ":output_ext",
        _ => "",
    }
}

/// The address, without a slash at its end where Jekyll wrote a file with `.html` there; or why it can't be told.
pub(super) fn address(page: &Page, entries: &Entries, site: &Site) -> Result<String, String> {
    let path = page.source.as_str();
    let file = File::of(path, entries, site);
    let own = word(entries, "permalink").or_else(|| site.permalink_of(page));
    let style = site.permalink.as_str();
    let pattern = if let Some(own) = own {
        own.to_owned()
    } else if let Some(pattern) = file.collection.and_then(|name| site.permalinks.get(name)) {
        common(pattern)?
    } else if file.is_post() {
        let named = STYLES.iter().find(|(name, _)| *name == style);
        common(named.map_or(style, |(_, pattern)| pattern))?
    } else if file.collection.is_some() {
        format!("/:collection/:path{}", suffix(style))
    } else if file.stem == "index" {
        "/:path/".to_owned()
    } else {
        format!("/:path/:basename{}", suffix(style))
    };
    let word = |c: char| c.is_ascii_lowercase() || c == '_';
    let filled = fill(&pattern, word, |token| {
        let bare = || token.strip_suffix('_').and_then(|token| file.value(token));
        let value = file.value(token).or_else(|| bare().map(|text| text + "_"));
        // What a page knows nothing of stays as it is written.
        value.or_else(|| file.collection.is_none().then(|| format!(":{token}")))
    })
    .map_err(|token| format!("`{token}` in the pattern of an address can’t be told"))?;
    let parts = filled.split('/');
    let parts: Vec<&str> = parts
        .filter(|part| part.chars().any(|c| c != '.'))
        .collect();
    let slash = if filled.ends_with('/') && !parts.is_empty() {
        "/"
    } else {
        ""
    };
    Ok(format!("/{}{slash}", parts.join("/")))
}

/// Whether Jekyll wrote a file with `.html` for this address.
pub(super) fn is_bare(address: &str) -> bool {
    !address.ends_with('/') && !ends(address, &["html", "htm"])
}

fn common(pattern: &str) -> Result<String, String> {
    if pattern.contains(':') {
        return Ok(pattern.to_owned());
    }
    Err(format!(
        "`permalink: {pattern}` is no style of Jekyll, and no pattern"
    ))
}

/// A content file as its address names it.
struct File<'f> {
    /// The path from the folder of the collection, or from the site, without the end of its name.
    path: &'f str,
    folder: &'f str,
    stem: &'f str,
    /// The slug: that of front matter, else the name without its day.
    slug: &'f str,
    day: Option<Date>,
    /// `posts` or another; pages have none.
    collection: Option<&'f str>,
    categories: BTreeSet<String>,
    listed: Vec<String>,
}

impl<'f> File<'f> {
    fn of(path: &'f str, entries: &'f Entries, site: &'f Site) -> Self {
        let first = path.split('/').next().unwrap_or_default();
        let post = path.split('/').any(|part| part == "_posts");
        let named = first.strip_prefix('_');
        let collection = if post {
            Some("posts")
        } else {
            named.filter(|name| site.collections.contains(*name))
        };
        let whole = super::super::markdown::stem(path);
        let (folder, stem) = whole.rsplit_once('/').unwrap_or(("", whole));
        let below = match collection {
            Some("posts") => whole.rsplit_once("_posts/").map_or(whole, |(_, rest)| rest),
            Some(name) => whole.get(name.len() + 2..).unwrap_or(whole),
            None => whole,
        };
        let dated = collection.and_then(|_| dated(stem));
        let (named_day, slug) = dated.map_or((None, stem), |(day, slug)| (Some(day), slug));
        let written = word(entries, "date").and_then(moment);
        let written = written.and_then(|day| day.get(..10)?.parse().ok());
        let mut file = Self {
            path: below,
            folder,
            stem,
            slug: word(entries, "slug").unwrap_or(slug),
            day: written.or(named_day),
            collection,
            categories: BTreeSet::new(),
            listed: Vec::new(),
        };
        if post {
            let above = path.split('/').take_while(|part| *part != "_posts");
            above.for_each(|name| file.categorise(name));
        }
        for key in ["categories", "category"] {
            let Some(node) = get(entries, key) else {
                continue;
            };
            match node.text() {
                Some(text) if key == "categories" => {
                    text.split_whitespace()
                        .for_each(|name| file.categorise(name));
                }
                _ => texts(node).iter().for_each(|name| file.categorise(name)),
            }
        }
        file
    }

    fn is_post(&self) -> bool {
        self.collection == Some("posts")
    }

    fn categorise(&mut self, name: &str) {
        let name = name.to_lowercase();
        if self.categories.insert(name.clone()) {
            self.listed.push(name);
        }
    }

    fn value(&self, token: &str) -> Option<String> {
        match token {
            "output_ext" => return Some(".html".to_owned()),
            "basename" => return Some(self.stem.to_owned()),
            "path" if self.collection.is_none() => return Some(self.folder.to_owned()),
            "path" => return Some(self.path.to_owned()),
            _ => {}
        }
        let collection = self.collection?;
        let text = match token {
            "collection" => collection.to_owned(),
            "name" => slugify(self.stem),
            "title" => pretty(self.slug),
            "slug" => slugify(self.slug),
            "categories" => self.listed.join("/"),
            "slugified_categories" => {
                let all: Vec<String> = self.listed.iter().map(|name| slugify(name)).collect();
                all.join("/")
            }
            token => return dated_value(token, self.day?),
        };
        Some(text)
    }
}

/// The value of a token that is a form of the day; none where it is no such token.
fn dated_value(token: &str, day: Date) -> Option<String> {
    let form = match token {
        "year" => "%Y",
        "short_year" => "%y",
        "month" => "%m",
        "i_month" => "%-m",
        "short_month" => "%b",
        "long_month" => "%B",
        "day" => "%d",
        "i_day" => "%-d",
        "y_day" => "%j",
        "w_year" => "%G",
        "week" => "%V",
        "w_day" => "%u",
        "short_day" => "%a",
        "long_day" => "%A",
        _ => return None,
    };
    Some(day.strftime(form).to_string())
}

/// The day and the rest of a name such as `2026-1-7-talks`; a year has two digits at least.
pub(super) fn dated(stem: &str) -> Option<(Date, &str)> {
    let mut parts = stem.splitn(4, '-');
    let mut number = |long: RangeInclusive<usize>| {
        let part = parts.next().filter(|part| long.contains(&part.len()))?;
        let digits = part.bytes().all(|b| b.is_ascii_digit());
        part.parse::<i16>().ok().filter(|_| digits)
    };
    let (year, month, day) = (number(2..=4)?, number(1..=2)?, number(1..=2)?);
    // As Ruby reads two digits.
    let year = match year {
        0..69 => year + 2000,
        69..100 => year + 1900,
        _ => year,
    };
    let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    Some((day, parts.next().filter(|rest| !rest.is_empty())?))
}

/// Letters and digits in small letters, with a hyphen for all between them.
fn slugify(text: &str) -> String {
    hyphened(text, "").to_lowercase()
}

/// The same with the signs that Jekyll leaves in a title, and with its capital letters.
fn pretty(text: &str) -> String {
    hyphened(text, "._~!$&'()+,;=@")
}

fn hyphened(text: &str, signs: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mark = unicode_normalization::char::is_combining_mark;
    for c in text.chars() {
        if c.is_alphanumeric() || mark(c) || signs.contains(c) {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{super::super::front::parts, *};

    fn told(path: &str, front: &str, site: &Site) -> Result<String, String> {
        let entries = parts(path, front).expect(front).entries;
        let page = Page {
            from: path.to_owned(),
            source: path.to_owned(),
            ..Page::default()
        };
        address(&page, &entries, site)
    }

    #[test]
    fn a_name_begins_with_a_day_as_ruby_reads_it() {
        for (stem, day) in [
            ("2027-01-05-a", Some("2027-01-05")),
            ("2027-1-5-a-b", Some("2027-01-05")),
            ("27-01-07-a", Some("2027-01-07")),
            ("70-1-7-a", Some("1970-01-07")),
            ("2027-02-30-a", None),
            ("2-01-07-a", None),
            ("2027-001-07-a", None),
            ("2027-01-07", None),
            ("2027-01-07-", None),
        ] {
            let read = dated(stem).map(|(day, _)| day.to_string());
            assert_eq!(read.as_deref(), day, "{stem}");
        }
    }

    #[test]
    fn addresses_are_those_of_jekyll() {
        let post = "_posts/2026-01-27-talks.md";
        for (path, front, permalink, expected) in [
            ("index.md", "", "date", "/"),
            ("a/index.md", "", "date", "/a/"),
            ("about.md", "", "date", "/about.html"),
            ("about.md", "", "pretty", "/about/"),
            ("about.md", "", "/:year/:title.html", "/about"),
            (
                post,
                "---\ncategories: Sea ports\n---\n",
                "date",
                "/sea/ports/2026/01/27/talks.html",
            ),
            (
                post,
                "---\ncategory: Two Words\n---\n",
                "/:slugified_categories/:slug/",
                "/two-words/talks/",
            ),
            (post, "", "ordinal", "/2026/027/talks.html"),
            (post, "", "weekdate", "/2026/W05/Tue/talks.html"),
            (post, "", "none", "/talks.html"),
            (post, "", "/blog/:year/:title/", "/blog/2026/talks/"),
            (
                post,
                "",
                "/:short_year/:long_month/:i_month/:i_day/:w_year/:short_month_x",
                "/:short_month_x",
            ),
            (
                post,
                "",
                "/:short_year/:long_month/:short_month/:i_month/:i_day/:y_day_:title",
                "/26/January/Jan/1/27/027_talks",
            ),
            (post, "---\npermalink: /x/y\n---\n", "date", "/x/y"),
            (
                "_posts/2026-01-27-What's New? Yes.md",
                "",
                "/:title/:name/:basename/",
                "/What's-New-Yes/2026-01-27-what-s-new-yes/2026-01-27-What's New? Yes/",
            ),
            ("_staff/ann.md", "", "date", "/staff/ann.html"),
            ("_staff/sea/ann.md", "", "pretty", "/staff/sea/ann/"),
            (
                "_staff/sea/Ann B.md",
                "---\npermalink: /team/:path/:name\n---\n",
                "date",
                "/team/sea/Ann B/ann-b",
            ),
        ] {
            let site = Site {
                permalink: permalink.into(),
                collections: ["staff".to_owned()].into(),
                ..Site::default()
            };
            let told = told(path, front, &site);
            if expected == "/:short_month_x" {
                assert!(told.is_err_and(|why| why.contains(":short_month_x")));
                continue;
            }
            assert_eq!(told.as_deref(), Ok(expected), "{path} {permalink}");
        }
        let site = Site {
            permalink: "ordnial".into(),
            ..Site::default()
        };
        assert!(told(post, "", &site).is_err());
        assert_eq!(told("a.md", "", &site).as_deref(), Ok("/a"));
    }
}
