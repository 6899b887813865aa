//! Settings: what documentation and schemas say of them is so, whatever they come from.

use std::{collections::BTreeMap, fs, path::Path};

use depeche::{
    config::{Config, layers},
    content,
    distill::Vocabulary,
    yaml,
};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::support::{Ran, Site, ran};

fn docs(name: &str) -> String {
    let path = format!("{}/content/docs/{name}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).expect(name)
}

/// The rows of tables whose first cell is a name in backquotes: name → second cell.
fn rows(page: &str) -> BTreeMap<String, String> {
    page.lines()
        .filter_map(|row| {
            let mut cells = row.strip_prefix("| `")?.split(" | ");
            let name = cells.next()?.trim_end_matches('`').to_owned();
            Some((name, cells.next()?.trim().to_owned()))
        })
        .collect()
}

#[test]
fn every_setting_is_documented_with_its_default() {
    let page = docs("configuration.md");
    let rows = rows(&page);
    let defaults = json!(Config::default());
    for (setting, _) in layers::settings() {
        let shown = rows
            .get(&setting)
            .unwrap_or_else(|| panic!("`{setting}` is not in docs/configuration.md"));
        let pointer = format!("/{}", setting.replace('.', "/"));
        let default = defaults.pointer(&pointer).expect("a value");
        let in_words = match default {
            Value::Number(n) => n.to_string(),
            Value::Bool(b) => format!("`{b}`"),
            Value::String(s) if !s.is_empty() => format!("`{s}`"),
            // Said in words.
            _ => continue,
        };
        let exempt = setting == "share_image";
        assert!(
            exempt || *shown == in_words,
            "{setting}: {shown}, in truth {in_words}"
        );
    }
    let known: Vec<String> = layers::settings()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let settings = page.split("## Settings").nth(1).expect("a chapter");
    let settings = settings.split("\n## ").next().expect("a chapter");
    for name in self::rows(settings).keys() {
        assert!(known.contains(name), "there is no setting `{name}`");
    }
}

#[test]
fn the_page_of_limits_has_the_limits_that_can_be_set() {
    let page = docs("limits.md");
    let limits = json!(Config::default().limits);
    for (name, value) in limits.as_object().expect("limits") {
        let unit = if name.ends_with("_mib") { "MiB" } else { "s" };
        let cell = format!("| {value} {unit}");
        let row = page
            .lines()
            .find(|row| row.contains(&format!("`limits.{name}`")))
            .unwrap_or_else(|| panic!("`limits.{name}` is not in docs/limits.md"));
        assert!(row.contains(&cell), "{row}: in truth {cell}");
    }
}

fn validator(schema: &Value) -> Validator {
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    jsonschema::meta::validate(schema).expect("a schema of draft 2020-12");
    jsonschema::validator_for(schema).expect("a schema")
}

fn as_json(text: &str) -> Value {
    let node = yaml::nodes("a", text, 1, usize::MAX).expect(text);
    node.to_json()
}

#[test]
fn this_site_fits_the_schemas() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = as_json(&fs::read_to_string(root.join("site.yaml")).expect("settings"));
    let site = validator(&layers::schema());
    assert!(
        site.is_valid(&settings),
        "{:?}",
        site.iter_errors(&settings).collect::<Vec<_>>()
    );
    let topics = validator(&Vocabulary::schema());
    let own = root.join("src/distill/lexicon/topics.yaml");
    let own = as_json(&fs::read_to_string(own).expect("the vocabulary"));
    assert!(
        topics.is_valid(&own),
        "{:?}",
        topics.iter_errors(&own).next()
    );
    let front = validator(&content::schema::schema());
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(root.join("content"))
        .into_iter()
        .flatten()
    {
        if entry.path().extension().is_some_and(|end| end == "md") {
            let text = fs::read_to_string(entry.path()).expect("a page");
            let (yaml, _) = content::parted(&text).expect("front matter");
            let value = as_json(yaml);
            let fault = front
                .iter_errors(&value)
                .next()
                .map(|e| format!("{e} at {}", e.instance_path()));
            assert_eq!(fault, None, "{}", entry.path().display());
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn a_schema_refuses_what_the_reader_refuses() {
    let site = validator(&layers::schema());
    for (text, fits) in [
        ("title: A\nbase_url: https://example.org/x/\n", true),
        ("accent: \"#123abc\"\nheadings: sans\nmap: false\n", true),
        ("limits: { seed_mib: 64 }\n", true),
        (
            "translations: { fr: { title: Un } }\ncountry_names: { en: { TR: Turkey } }\n",
            true,
        ),
        ("titel: A\n", false),
        ("limits: { seed_mib: 65 }\n", false),
        ("limits: { seeds: 6 }\n", false),
        ("paginate_by: 0\n", false),
        ("paginate_by: many\n", false),
        ("outputs: [atom, rss]\n", false),
        ("raw_html: { allow: [script] }\n", false),
        ("raw_html: { allow: [kbd] }\n", true),
        ("accent: red\n", false),
        ("headings: gothic\n", false),
        ("permalink: /{year}/\n", false),
        ("base_url: nowhere\n", false),
        ("navigation: [{ title: A, url: /a/ }]\n", true),
        ("navigation: [{ title: A }]\n", false),
        ("languages: fr\n", false),
    ] {
        assert_eq!(
            Config::parse("site.yaml", text).is_ok(),
            fits,
            "the reader of {text}"
        );
        assert_eq!(site.is_valid(&as_json(text)), fits, "the schema of {text}");
    }
    let front = validator(&content::schema::schema());
    for (text, fits) in [
        ("title: 2026\ndate: 2026-01-27\ncountries: MA\n", true),
        (
            "date: 2026-01-27T09:30:00+01:00\nexpires: \"2026-05\"\n",
            true,
        ),
        (
            "corrections: [one, {date: 2026-01-28, text: two}]\nwithdrawn: true\n",
            true,
        ),
        (
            "withdrawn: {date: 2026-01-28, reason: forged}\nmine: [1, 2]\n",
            true,
        ),
        (
            "people: [A, {name: B, role: C}]\nkind: page\ndraft: yes\nweight: 3\n",
            true,
        ),
        (
            "seed: seeds/a.txt\ntaxonomies: {topics: trade}\nextra: {a: b}\n",
            true,
        ),
        ("date: tomorrow\n", false),
        ("title: [a]\n", false),
        ("countries: [Maroc]\n", false),
        ("topics: [Foreign Trade]\n", false),
        ("topics: {a: b}\n", false),
        ("people: [{role: x}]\n", false),
        ("people: [{name: A, rank: x}]\n", false),
        ("corrections: [{date: 2026-01-28}]\n", false),
        ("withdrawn: {why: x}\n", false),
        ("kind: post\n", false),
        ("weight: heavy\n", false),
        ("draft: perhaps\n", false),
        ("imported: soon\n", false),
        ("lang: [fr]\n", false),
        ("taxonomies: {tags: [a]}\n", true),
        ("taxonomies: {topics: [Foreign Trade]}\n", false),
        ("extra: 3\n", false),
    ] {
        let file = format!("---\n{text}---\n");
        assert_eq!(
            content::read("a.md", file.as_bytes()).is_ok(),
            fits,
            "the reader of {text}"
        );
        assert_eq!(front.is_valid(&as_json(text)), fits, "the schema of {text}");
    }
    let topics = validator(&Vocabulary::schema());
    for (text, fits) in [
        (
            "topics: [{slug: salvage, terms: {en: [wreck*, {term: salvage, weight: 3, not: [yard]}]}}]\n",
            true,
        ),
        (
            "extend: none\ntopics: [{slug: salvage, terms: {en: [wreck]}}]\n",
            true,
        ),
        ("topics: [{slug: Salvage}]\n", false),
        ("topics: [{labels: {en: A}}]\n", false),
        ("topics: [{slug: salvage, term: {en: [wreck]}}]\n", false),
        ("extend: all\n", false),
    ] {
        assert_eq!(
            Vocabulary::parse("topics.yaml", text).is_ok(),
            fits,
            "the reader of {text}"
        );
        assert_eq!(
            topics.is_valid(&as_json(text)),
            fits,
            "the schema of {text}"
        );
    }
}

#[test]
fn a_new_site_tells_editors_of_its_schemas() {
    let site = Site::new(&[]);
    site.run(&["new", "press"]).well();
    let settings = site.read("press/site.yaml");
    let first = settings.lines().next().expect("a line");
    let named = first
        .strip_prefix("# yaml-language-server: $schema=")
        .expect("a modeline");
    let schema: Value = serde_json::from_str(&site.read(&format!("press/{named}"))).expect("JSON");
    assert!(validator(&schema).is_valid(&as_json(&settings)));
    for (which, file) in [
        ("site", "site"),
        ("front-matter", "front-matter"),
        ("topics", "topics"),
    ] {
        let said = site.run(&["schema", which]).well().out;
        assert_eq!(
            said,
            site.read(&format!("press/schemas/{file}.schema.json"))
        );
    }
    fs::remove_dir_all(site.path("press/schemas")).expect("gone");
    site.run(&["--root", "press", "schema", "--write", "schemas"])
        .well();
    assert!(site.has("press/schemas/topics.schema.json"));
}

fn with(site: &Site, arguments: &[&str], variables: &[(&str, &str)]) -> Ran {
    let mut command = site.command(arguments);
    command.envs(variables.iter().copied());
    ran(command.output().expect("it runs"))
}

#[test]
fn each_value_says_where_it_comes_from() {
    let site = Site::new(&[("site.yaml", "title: Port\nlimits:\n  seed_mib: 9\n")]);
    let given = [
        ("DEPECHE_BASE_URL", "https://example.org/x/"),
        ("DEPECHE_TITEL", "B"),
    ];
    let said = with(&site, &["config", "--explain", "--format", "json"], &given).well();
    assert!(
        said.err.contains("did you mean `DEPECHE_TITLE`"),
        "{}",
        said.err
    );
    let all: Vec<Value> = said
        .out
        .lines()
        .map(|l| serde_json::from_str(l).expect(l))
        .collect();
    let of = |name: &str| all.iter().find(|one| one["setting"] == name).expect(name);
    assert_eq!(
        *of("base_url"),
        json!({"setting": "base_url", "value": "https://example.org/x/", "origin": {"kind": "environment", "name": "DEPECHE_BASE_URL"}})
    );
    assert_eq!(
        of("title")["origin"],
        json!({"kind": "file", "file": "site.yaml", "line": 1})
    );
    assert_eq!(of("limits.seed_mib")["origin"]["line"], 3);
    assert_eq!(of("paginate_by")["origin"], json!({"kind": "default"}));
    let option = [
        "config",
        "--explain",
        "--base-url",
        "https://other.example/",
    ];
    let said = with(&site, &option, &given).well().out;
    let row = said
        .lines()
        .find(|row| row.starts_with("base_url"))
        .expect("a row");
    assert!(
        row.contains("--base-url") && row.contains("other.example"),
        "{row}"
    );
    assert!(said.lines().all(|row| row.chars().count() <= 80), "{said}");
    let plain = with(&site, &["config"], &given).well().out;
    assert!(
        plain.contains("base_url: \"https://example.org/x/\"\n"),
        "{plain}"
    );
    site.write("other.yaml", &plain);
    let again = with(&site, &["--config", "other.yaml", "config"], &[])
        .well()
        .out;
    assert_eq!(again, plain);
}

#[test]
fn the_environment_counts_in_builds_and_limits_are_kept() {
    let site = Site::new(&[
        (
            "site.yaml",
            "title: Port\nsearch: false\nmap: false\noutputs: []\n",
        ),
        (
            "content/a.md",
            "---\ntitle: A\ndate: 2026-01-27\n---\n\nThe text.\n",
        ),
    ]);
    with(&site, &["build"], &[("DEPECHE_TITLE", "Harbour & sons")]).well();
    assert!(
        site.read("public/index.html")
            .contains("Harbour &amp; sons")
    );
    // The memory of the last build knows that the environment is another one.
    with(&site, &["build"], &[]).well();
    assert!(!site.read("public/index.html").contains("Harbour"));
    let wrong = with(&site, &["build"], &[("DEPECHE_PAGINATE_BY", "0")]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.err.contains("DEPECHE_PAGINATE_BY"), "{}", wrong.err);
    site.write("seeds/big.txt", "word ".repeat(300_000));
    let refused = with(&site, &["import"], &[("DEPECHE_LIMITS_SEED_MIB", "1")]);
    assert!(refused.err.contains("at most 1 MiB"), "{}", refused.err);
    site.write("site.yaml", "titel: Port\n");
    let unknown = with(&site, &["config"], &[]);
    assert!(
        unknown.status == 2
            && unknown.err.contains("site.yaml:1")
            && unknown.err.contains("did you mean `title`"),
        "{}",
        unknown.err
    );
}
