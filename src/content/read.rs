//! The bytes of a content file → [`Entry`]. Refuses broken YAML or TOML and wrong values with their line; warns of keys that look misspelt.

use bytes::Bytes;
use bytestring::ByteString;

use super::{
    Body, Entry, FrontMatter,
    deceptive::deceptive,
    fields::Field,
    here::Here,
    keys::{EMBARGO, misspelt},
    split::{FIRST_LINE, split},
};
use crate::{
    diagnostic::{Diagnostic, no_utf8},
    yaml::{self, Node, Value},
};

/// Reads one content file. `path` is from content/, with `/` between parts.
pub fn read(path: &str, bytes: &[u8]) -> Result<(Entry, Vec<Diagnostic>), Diagnostic> {
    read_shared(path, &Bytes::copy_from_slice(bytes))
}

/// Reads one content file whose bytes are held elsewhere, too: the body is no copy of them.
pub fn read_shared(path: &str, bytes: &Bytes) -> Result<(Entry, Vec<Diagnostic>), Diagnostic> {
    let file = format!("content/{path}");
    let Ok(whole) = ByteString::try_from(bytes.clone()) else {
        return Err(no_utf8(&file, bytes));
    };
    let text: &str = &whole;
    let split = split(&file, text)?;
    let yaml = text.get(split.yaml.clone()).unwrap_or_default();
    let mut warnings = Vec::new();
    let nodes = if split.toml {
        yaml::toml_nodes
    } else {
        yaml::nodes
    };
    let root = nodes(&file, yaml, FIRST_LINE, yaml::FRONT_MATTER_LIMIT)?;
    let mut front = of_nodes(&file, &root, &mut warnings)?;
    if !front.review.is_empty() {
        let here = Here::find(text, &split, &root);
        let mine = |key: &str| here.as_ref().is_some_and(|here| !here.is_due(&front, key));
        let settled: Vec<String> = front
            .review
            .keys()
            .filter(|key| mine(key))
            .cloned()
            .collect();
        front.review.retain(|key, _| !settled.contains(key));
        front.settled = settled;
    }
    let entry = Entry {
        path: path.to_owned(),
        front,
        body: Body::of(whole, split.body),
        body_line: split.body_line,
    };
    warnings.extend(deceptive(&file, &entry));
    Ok((entry, warnings))
}

/// Reads the YAML of a content file.
pub(super) fn front_matter(
    file: &str,
    yaml: &str,
    warnings: &mut Vec<Diagnostic>,
) -> Result<FrontMatter, Diagnostic> {
    let root = yaml::nodes(file, yaml, FIRST_LINE, yaml::FRONT_MATTER_LIMIT)?;
    of_nodes(file, &root, warnings)
}

/// Reads what the YAML of a content file says.
fn of_nodes(
    file: &str,
    root: &Node,
    warnings: &mut Vec<Diagnostic>,
) -> Result<FrontMatter, Diagnostic> {
    let entries = match &root.value {
        Value::Map(entries) => entries.as_slice(),
        Value::Scalar { .. } if root.is_null() => &[],
        _ => {
            return Err(
                Diagnostic::error(file, "the front matter is not made of keys and values")
                    .at(root.line)
                    .help("write one `key: value` a line"),
            );
        }
    };
    let mut front = FrontMatter::default();
    let mut explicit_extra = serde_json::Map::new();
    for (key, line, node) in entries {
        front.lines.insert(key.as_str().into(), *line);
        if key == "extra" {
            explicit_extra = Field { file, key, node }.extra()?;
        } else if !set(&mut front, file, key, node)? {
            if let Some(meant) = misspelt(key) {
                if meant == EMBARGO {
                    return Err(Diagnostic::error(
                        file,
                        format!("unknown key `{key}`: did you mean `{EMBARGO}`? The file was left out, lest it be published too early"),
                    )
                    .at(*line)
                    .help(format!("write `{EMBARGO}: 2026-01-27`, or an instant with its offset; a key of your own goes below `extra:`")));
                }
                warnings.push(
                    Diagnostic::warning(
                        file,
                        format!("unknown key `{key}`: did you mean `{meant}`?"),
                    )
                    .at(*line)
                    .help(format!(
                        "rename it, or move it below `extra:` if `{key}` is a key of your own"
                    )),
                );
            }
            front.extra.insert(key.clone(), node.to_json());
        }
        if key == "taxonomies" {
            let others = others(file, node, warnings);
            if !others.is_empty() {
                front.extra.insert(key.clone(), others.into());
            }
        }
    }
    front.extra.extend(explicit_extra);
    // `summary` wins over its other name whichever stands first.
    if let Some((key, _, node)) = entries.iter().find(|(key, ..)| key == "summary") {
        front.summary = Field { file, key, node }.text()?;
    }
    Ok(front)
}

/// The taxonomies that Dépêche has no pages for, for templates, with a warning each.
fn others(
    file: &str,
    node: &Node,
    warnings: &mut Vec<Diagnostic>,
) -> serde_json::Map<String, serde_json::Value> {
    let Value::Map(entries) = &node.value else {
        return serde_json::Map::new();
    };
    let others = entries
        .iter()
        .filter(|(key, ..)| !matches!(key.as_str(), "countries" | "topics"));
    others
        .map(|(key, line, node)| {
            warnings.push(
                Diagnostic::warning(
                    file,
                    format!("unknown taxonomy `{key}`: the taxonomies are `countries` and `topics`"),
                )
                .at(*line)
                .help("templates get it as `page.extra.taxonomies`; name its terms under `topics` for pages of their own"),
            );
            (key.clone(), node.to_json())
        })
        .collect()
}

/// Sets the field of a key. `false` where the key is unknown.
fn set(front: &mut FrontMatter, file: &str, key: &str, node: &Node) -> Result<bool, Diagnostic> {
    let field = Field { file, key, node };
    match key {
        "title" => front.title = field.text()?,
        "date" => front.date = field.parsed()?,
        "event_dates" => front.event_dates = field.all()?,
        "embargo_until" => front.embargo_until = field.parsed()?,
        "dateline" => front.dateline = field.text()?,
        "issuer" => front.issuer = field.text()?,
        "updated" => front.updated = field.parsed()?,
        "expires" => front.expires = field.parsed()?,
        "corrections" => front.corrections = field.corrections()?,
        "withdrawn" => front.withdrawn = field.withdrawal()?,
        "superseded_by" => front.superseded_by = field.text()?,
        "series" => front.series = field.text()?,
        "number" => front.number = field.text()?,
        "lang" => front.lang = field.parsed()?,
        "countries" => front.countries = field.all()?,
        "mentions" => front.mentions = field.all()?,
        "topics" => front.topics = field.all()?,
        "people" => front.people = field.people()?,
        "organisations" => front.organisations = field.texts()?,
        "summary" | "description" => front.summary = field.text()?,
        "slug" => front.slug = field.text()?,
        "draft" => front.draft = field.truth()?,
        "kind" => front.kind = field.kind()?,
        "translation_of" => front.translation_of = field.text()?,
        "aliases" => front.aliases = field.texts()?,
        "weight" => front.weight = field.number()?,
        "template" => front.template = field.text()?,
        "imported" => front.imported = field.day()?,
        "seed" => front.seed = field.seed()?,
        "taxonomies" => {
            for (key, _, node) in field.entries()? {
                // Others are kept and said by `of_nodes`.
                if !matches!(key.as_str(), "countries" | "topics") {
                    continue;
                }
                set(front, file, key, node)?;
            }
        }
        "derived" => {
            for (key, _, node) in field.entries()? {
                let digest = Field { file, key, node }.text()?;
                front
                    .derived
                    .insert(key.as_str().into(), digest.unwrap_or_default().into());
            }
        }
        "review" => {
            for (key, _, node) in field.entries()? {
                let why = Field { file, key, node }.text()?;
                front.review.insert(key.clone(), why.unwrap_or_default());
            }
        }
        _ => return Ok(false),
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Kind;

    fn front(yaml: &str) -> Result<(FrontMatter, Vec<Diagnostic>), Diagnostic> {
        read("a.md", format!("---\n{yaml}---\nx\n").as_bytes()).map(|(e, w)| (e.front, w))
    }

    fn well(yaml: &str) -> FrontMatter {
        let (front, warnings) = front(yaml).expect(yaml);
        assert!(warnings.is_empty(), "{yaml}: {warnings:?}");
        front
    }

    #[test]
    fn plain_scalars_give_the_text_that_was_written() {
        let f = well(
            "title: 2026\nslug: 012\ndate: 2026-01-27\nlang: no\ncountries: [NO, dk, NO]\nsummary: 12:30\norganisations: [1e3, on, 0x10]\ntranslation_of: ~\nweight: 3\ndraft: yes\nkind: page\n",
        );
        assert_eq!(f.title.as_deref(), Some("2026"));
        assert_eq!(f.slug.as_deref(), Some("012"));
        assert_eq!(f.date.expect("date").as_str(), "2026-01-27");
        assert_eq!(f.lang.expect("lang").as_str(), "no");
        assert_eq!(format!("{:?}", f.countries), "[NO, DK]");
        assert_eq!(f.summary.as_deref(), Some("12:30"));
        assert_eq!(f.organisations, ["1e3", "on", "0x10"]);
        assert_eq!((f.translation_of, f.weight, f.draft), (None, Some(3), true));
        assert_eq!(f.kind, Some(Kind::Page));
    }

    #[test]
    fn people_seed_taxonomies_and_extra_are_read() {
        let f = well(
            "description: D\ntaxonomies: {countries: [MA], topics: trade}\npeople:\n  - A B\n  - {name: C, role: R}\nseed: {file: seeds/a.txt, sha256: \"00\"}\nmine: 3\nextra: {hero: true, code: 007}\n",
        );
        assert_eq!(f.summary.as_deref(), Some("D"));
        assert_eq!(format!("{:?} {}", f.countries, f.topics[0]), "[MA] trade");
        assert_eq!(
            (f.people[0].name.as_str(), f.people[1].role.as_str()),
            ("A B", "R")
        );
        assert_eq!(f.seed.expect("seed").file, "seeds/a.txt");
        assert_eq!(
            serde_json::to_string(&f.extra).expect("json"),
            r#"{"mine":3,"hero":true,"code":"007"}"#
        );
    }

    #[test]
    fn a_wrong_value_names_its_key_and_line() {
        for (yaml, line, words) in [
            ("title: a\ncountries: [MA, ZZ]\n", 3, "`countries`: `ZZ`"),
            (
                "title: a\ncountries:\n  - MA\n  - Maroc\n",
                5,
                "`countries`",
            ),
            ("date: tomorrow\n", 2, "`date`"),
            ("title: [a]\n", 2, "`title`"),
            ("a: 1\nimported: soon\n", 3, "`imported`"),
            ("draft: perhaps\n", 2, "`draft`"),
            ("topics: {a: b}\n", 2, "`topics`"),
            ("people:\n  - role: x\n", 3, "`people`"),
            ("title: a\ntitle: b\n", 3, "`title` is given twice"),
            ("title: a: b\n", 2, "not YAML"),
            ("- a\n", 2, "keys and values"),
        ] {
            let error = front(yaml).expect_err(yaml);
            assert_eq!(error.line, Some(line), "{yaml}: {error}");
            assert!(error.message.contains(words), "{yaml}: {error}");
            assert_eq!(error.file, "content/a.md");
        }
    }

    #[test]
    fn a_misspelt_key_is_asked_about() {
        for (key, meant) in [
            ("sumary", "summary"),
            ("contries", "countries"),
            ("Title", "title"),
        ] {
            let (_, warnings) = front(&format!("{key}: x\n")).expect(key);
            assert!(
                warnings[0].message.contains(&format!("`{meant}`")),
                "{warnings:?}"
            );
        }
        assert!(front("hero: x\ncode: y\n").expect("own keys").1.is_empty());
    }

    #[test]
    fn another_taxonomy_is_kept_with_a_warning() {
        let (front, warnings) = front("taxonomies: {tags: [a], topics: [trade]}\n").expect("well");
        assert_eq!(front.extra["taxonomies"]["tags"][0], "a");
        assert_eq!(front.topics.len(), 1);
        assert!(warnings[0].message.contains("`tags`"), "{warnings:?}");
    }

    #[test]
    fn front_matter_in_toml_is_read_as_it_is() {
        let text = "+++\ntitle = \"A: b\"\ndate = 2026-01-27\nupdated = 2026-01-28T10:00:00\ndraft = true\nweight = 3\naliases = [\"/old/\"]\n\n[taxonomies]\ntopics = [\"trade\"]\n\n[extra]\nhero = 7\n+++\n\nx\n";
        let (entry, warnings) = read("a.md", text.as_bytes()).expect("well");
        let front = entry.front;
        assert!(warnings.is_empty(), "{warnings:?}");
        assert_eq!(front.title.as_deref(), Some("A: b"));
        assert_eq!(front.date.expect("date").as_str(), "2026-01-27");
        assert_eq!(front.updated.expect("day").as_str(), "2026-01-28T10:00:00Z");
        assert_eq!((front.draft, front.weight), (true, Some(3)));
        assert_eq!((front.topics.len(), front.aliases.len()), (1, 1));
        assert_eq!(front.extra["hero"], 7);
        assert_eq!(entry.body_line, 15);
        let error = read("a.md", b"+++\ntitle = \"A\"\ndate = \"soon\"\n+++\n").expect_err("date");
        assert_eq!(error.line, Some(3), "{error}");
    }

    #[test]
    fn a_file_without_front_matter_is_all_body() {
        let (entry, _) = read("a.md", b"# A\n\n---\n").expect("well");
        assert_eq!((&*entry.body, entry.body_line), ("# A\n\n---\n", 1));
    }
}
