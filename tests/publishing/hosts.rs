//! What hosts with their own rules are told: `_headers` and `_redirects` read as Netlify and Cloudflare Pages document them, and the rest of the files.

use std::{fs, path::Path};

use crate::support::Site;

pub(crate) const FOR_GOOD: &str = "public, max-age=31536000, immutable";

/// A site with two briefings, one of which has old addresses.
pub(crate) fn built(settings: &str, base: &str) -> Site {
    let site = Site::new(&[
        (
            "content/briefings/ports.md",
            "---\ntitle: Ports reopen\ndate: 2026-01-27\ncountries: [IS]\ntopics: [fisheries]\nnumber: A-7\naliases: [/old/ports/, /alt/häfen/, /old.html]\n---\n\nIceland reopened its ports on Tuesday.\n",
        ),
        (
            "content/briefings/wheat.md",
            "---\ntitle: Wheat arrives\ndate: 2026-02-03\n---\n\nThe first ships with wheat arrived.\n",
        ),
        (
            "content/about.md",
            "---\ntitle: About\n---\n\nWho we are.\n",
        ),
        (
            "content/assets/photo.txt",
            "a file of the site below the theme's folder",
        ),
    ]);
    site.write(
        "site.yaml",
        format!("title: Press\nbase_url: https://press.example.org{base}\npermalink: /briefings/{{year}}/{{slug}}/\n{settings}"),
    );
    site.run(&["build", "--no-cache"]).well();
    site
}

/// The files of a folder by path from there.
pub(crate) fn files_of(public: &Path, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let all = crate::support::tree(public);
    let wanted: Vec<String> = all
        .into_keys()
        .filter(|f| {
            wanted(f) && !f.ends_with(".gz") && !f.ends_with(".br") && f != "assets/photo.txt"
        })
        .collect();
    assert!(!wanted.is_empty());
    wanted
}

/// The headers that every answer has.
pub(crate) fn safe(header: &dyn Fn(&str) -> String) {
    let policy = header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'self'; ") && policy.contains("frame-ancestors 'none'"),
        "{policy:?}"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("referrer-policy"), "strict-origin-when-cross-origin");
    assert_eq!(header("cross-origin-opener-policy"), "same-origin");
    assert!(header("permissions-policy").contains("camera=()"));
}

/// A header of an answer, as `_headers` makes it: all rules that match add up, and values of one name are joined.
fn header(rules: &str, path: &str, name: &str) -> String {
    let mut values = Vec::new();
    let mut matches = false;
    for line in rules
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        if line.starts_with(' ') {
            let (n, v) = line.trim().split_once(": ").expect("a header");
            if matches && n.eq_ignore_ascii_case(name) {
                values.push(v);
            }
        } else {
            assert!(line.starts_with('/'), "{line}");
            matches = line
                .strip_suffix('*')
                .map_or(line == path, |below| path.starts_with(below));
        }
    }
    values.join(", ")
}

#[test]
fn netlify_and_cloudflare_pages_read_headers_and_redirects() {
    for host in ["netlify", "cloudflare-pages"] {
        let site = built(&format!("hosts: [{host}]\n"), "/");
        let rules = site.read("public/_headers");
        for path in [
            "/",
            "/briefings/2026/ports/",
            "/atom.xml",
            "/nowhere/",
            "/assets/photo.txt",
        ] {
            safe(&|name| header(&rules, path, name));
            // The host's own value stands, which is to ask anew.
            assert_eq!(header(&rules, path, "cache-control"), "", "{path}");
        }
        assert_eq!(header(&rules, "/search/index.json", "cache-control"), "");
        for file in files_of(&site.path("public"), |f| {
            f.starts_with("assets/") || f.starts_with("search/words/")
        }) {
            assert_eq!(
                header(&rules, &format!("/{file}"), "cache-control"),
                FOR_GOOD,
                "{file}"
            );
        }
        assert!(rules.lines().filter(|l| l.starts_with('/')).count() <= 100);
        let redirects = site.read("public/_redirects");
        let status = if host == "netlify" { "301!" } else { "301" };
        for from in ["/old/ports/", "/old.html", "/alt/h%C3%A4fen/", "/id/A-7/"] {
            let line = format!("{from} /briefings/2026/ports/ {status}");
            assert!(redirects.lines().any(|l| l == line), "{line}\n{redirects}");
        }
        // A page does the same where a host reads no such file.
        assert!(
            site.read("public/old/ports/index.html")
                .contains("http-equiv=\"refresh\"")
        );
    }
}

#[test]
fn beyond_what_a_host_takes_pages_send_readers_on_and_it_is_said() {
    let aliases: Vec<String> = (0..2010).map(|n| format!("/old/{n}/")).collect();
    let site = Site::new(&[(
        "site.yaml",
        "hosts: [cloudflare-pages, s3, apache]\nbase_url: https://example.org/x/\n",
    )]);
    site.write(
        "content/a.md",
        format!(
            "---\ntitle: A\naliases: [{}]\n---\n\nA.\n",
            aliases.join(", ")
        ),
    );
    let ran = site.run(&["build", "--no-cache"]).well();
    assert_eq!(site.read("public/_redirects").lines().count(), 2000);
    assert!(site.has("public/old/2009/index.html"));
    for said in [
        "2000 redirects",
        "at most 50 rules",
        "at most 1000 redirects",
        "lies under /x/",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
}

#[test]
fn github_pages_and_s3_have_their_files_and_other_sites_none_of_them() {
    let site = built("hosts: [github-pages, s3]\n", "/");
    assert_eq!(site.read("public/CNAME"), "press.example.org\n");
    assert_eq!(site.read("public/.nojekyll"), "");
    let website: serde_json::Value =
        serde_json::from_str(&site.read("public/_hosts/s3-website.json")).expect("JSON");
    assert_eq!(website["ErrorDocument"]["Key"], "404.html");
    assert_eq!(website["RoutingRules"].as_array().map(Vec::len), Some(4));
    site.run(&["build", "--base-url", "https://user.github.io/press/"])
        .well();
    assert!(!site.has("public/CNAME") && site.has("public/.nojekyll"));
    site.write("site.yaml", "title: Press\n");
    site.run(&["build"]).well();
    assert!(!site.has("public/.nojekyll") && !site.has("public/_hosts"));
}

#[test]
fn no_rule_of_a_bucket_stands_before_another_file() {
    let site = built("hosts: [s3]\n", "/press/");
    site.write(
        "content/about/team.md",
        "---\ntitle: Team\naliases: [/blog/, /a/, /a/b/, /only/]\n---\n\nAll of us.\n",
    );
    site.write(
        "content/about.md",
        "---\ntitle: Who\nslug: who\naliases: [/about/]\n---\n\nWho we are.\n",
    );
    site.write("content/blog/a.md", "---\ntitle: A\n---\n\nA.\n");
    site.run(&["build"]).well();
    let website: serde_json::Value =
        serde_json::from_str(&site.read("public/_hosts/s3-website.json")).expect("JSON");
    let rules = website["RoutingRules"].as_array().expect("rules").iter();
    let from: Vec<&str> = rules
        .map(|rule| {
            rule["Condition"]["KeyPrefixEquals"]
                .as_str()
                .expect("a key")
        })
        .collect();
    assert!(
        from.contains(&"press/only/") && from.contains(&"press/a/b/"),
        "{from:?}"
    );
    for file in site.tree("public").keys() {
        let below = |key: &&&str| {
            let key = key.trim_start_matches("press/");
            file.starts_with(key) && *file != format!("{key}index.html") && file != key
        };
        assert_eq!(from.iter().find(below), None, "{file}");
    }
    assert!(site.has("public/about/index.html") && site.has("public/about/team/index.html"));
}

#[test]
fn packed_twins_hold_the_same_bytes_come_with_their_page_and_go_with_it() {
    let site = built("hosts: { for: [nginx], compressed: [gzip, brotli] }\n", "/");
    let first = site.tree("public");
    let mut twins = 0;
    for (file, bytes) in &first {
        let (plain, whole) = match file.rsplit_once('.') {
            Some((plain, "gz")) => {
                let mut whole = Vec::new();
                std::io::copy(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut whole)
                    .expect("gzip");
                (plain, whole)
            }
            Some((plain, "br")) => {
                let mut whole = Vec::new();
                brotli::BrotliDecompress(&mut &bytes[..], &mut whole).expect("brotli");
                (plain, whole)
            }
            _ => continue,
        };
        assert!(first[plain] == whole, "{file}");
        twins += 1;
    }
    assert!(twins > 40, "{twins}");
    assert!(first.contains_key("assets/photo.txt") && !first.contains_key("assets/photo.txt.gz"));
    // An edit renews the twins of what it changes, as a clean build would.
    site.write(
        "content/about.md",
        "---\ntitle: About\n---\n\nWho we are now.\n",
    );
    site.run(&["build"]).well();
    let edited = site.tree("public");
    assert_ne!(edited["about/index.html.br"], first["about/index.html.br"]);
    site.run(&["build", "--no-cache", "--output", "again"])
        .well();
    assert!(site.tree("again") == edited);
    fs::remove_file(site.path("content/about.md")).expect("gone");
    site.run(&["build"]).well();
    assert!(!site.has("public/about"));
}

#[test]
fn a_packed_file_of_a_persons_is_the_twin_and_names_of_files_end_no_setting() {
    let site = Site::new(&[
        (
            "site.yaml",
            "title: T\ntheme: own\nbase_url: https://press.example.org/\nhosts: { for: [nginx], compressed: [gzip] }\n",
        ),
        ("content/a.md", "---\ntitle: A\n---\n\nText.\n"),
        ("content/data.csv", &"a,b\n".repeat(1000)),
        ("content/data.csv.gz", "packed by hand"),
        ("themes/own/static/a\"b.css", "p {}"),
    ]);
    site.run(&["build", "--no-cache", "--strict"]).well();
    assert_eq!(site.read("public/data.csv.gz"), "packed by hand");
    let settings = site.read("public/_hosts/nginx.conf");
    assert!(settings.contains("/a\\\"b."), "{settings}");
}
