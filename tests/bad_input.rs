//! One thing wrong with a site at a time: what a person reads, word for word, the exit status, and that the rest of the site is there.
#![cfg(test)]

mod support;

use support::{Ran, Site};

const GOOD: (&str, &str) = (
    "content/good.md",
    "---\ntitle: Good\ndate: 2026-01-27\ncountries: [FR]\n---\n\nWell.\n",
);
const GOOD_SEED: (&str, &str) = (
    "seeds/2026-01-28_good.txt",
    "Ports reopen\n\nREYKJAVIK, 27 January 2026 - Iceland reopened its ports to shipping on Tuesday, the port authority said.\n",
);

fn build(site: &Site) -> Ran {
    site.run(&["--quiet", "build"])
}

/// Builds a good page and a good seed beside `files`: exactly this is said, the status is 1, and both are in the site.
#[track_caller]
fn one_fault(files: &[(&str, &[u8])], said: &str) -> Site {
    let site = Site::new(&[GOOD, GOOD_SEED]);
    for (path, bytes) in files {
        site.write(path, bytes);
    }
    let ran = build(&site);
    assert_eq!(ran.err, said);
    assert_eq!((ran.status, ran.out.as_str()), (1, ""));
    assert!(site.read("public/index.html").contains("Ports reopen"));
    site
}

/// And the page of a good content file, which a fault in its template would cost.
#[track_caller]
fn one_fault_beside(files: &[(&str, &[u8])], said: &str) {
    let site = one_fault(files, said);
    assert!(
        site.read("public/2026/01/27/good/index.html")
            .contains("Well.")
    );
}

#[test]
fn a_binary_seed() {
    one_fault_beside(
        &[("seeds/a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")],
        "error: seeds/a.txt: the seed is not a text: it holds binary data\n  \
         = seeds are .txt, .md, .html, .docx, .pdf or .eml files, and RSS, Atom or JSON feeds; save it as one of these, or move it out of seeds/\n",
    );
}

#[test]
fn an_empty_seed() {
    one_fault_beside(
        &[("seeds/a.txt", b" \n")],
        "error: seeds/a.txt: the seed has no words\n  = remove it, or save the document into it again\n",
    );
}

#[test]
fn an_oversized_seed() {
    one_fault_beside(
        &[("seeds/a.txt", &vec![b'a'; 8 * 1024 * 1024 + 1])],
        "error: seeds/a.txt: 9 MiB, where at most 8 MiB are read\n  \
         = cut it into the documents that it holds\n",
    );
}

#[test]
fn a_seed_that_is_not_there() {
    let site = Site::new(&[GOOD_SEED]);
    let ran = site.run(&["--quiet", "import", "seeds/none.txt", GOOD_SEED.0]);
    assert_eq!(
        ran.err,
        "error: seeds/none.txt: the seed can't be read: No such file or directory (os error 2)\n  \
         = check its path and permissions; the other seeds were done\n"
    );
    assert_eq!(ran.status, 1);
    assert_eq!(site.tree("content").len(), 1);
}

#[test]
fn broken_yaml() {
    const HELP: &str = "  = put a text that holds `: `, ` #` or begins with a special character in \"double quotes\"\n";
    for (text, said) in [
        (
            "---\ntitle: A\ncountries: [FR\n---\nx\n",
            "error: content/bad.md:4: this is not YAML: while parsing a flow sequence, expected ',' or ']'\n",
        ),
        (
            "---\ntitle: A\n\tdate: [\n---\nx\n",
            "error: content/bad.md:2: this is not YAML: while scanning a plain scalar, found a tab\n",
        ),
    ] {
        one_fault_beside(
            &[("content/bad.md", text.as_bytes())],
            &format!("{said}{HELP}"),
        );
    }
}

#[test]
fn front_matter_that_is_no_front_matter() {
    for (text, said) in [
        (
            &b"---\ntitle: A\n\nx\n"[..],
            "error: content/bad.md:1: the front matter has no end: no second `---` line\n  \
             = add a line `---` below the last key; a rule at the top of a page without front matter is written `***`\n",
        ),
        (
            b"---\ntitle: A\ntitle: B\n---\nx\n",
            "error: content/bad.md:3: `title` is given twice, first on line 2\n  = keep one of the two\n",
        ),
        (
            b"---\ntitle: A\n---\n\ncaf\xE9\n",
            "error: content/bad.md:5: the file is not UTF-8 from here on\n  = save it as UTF-8 in your editor\n",
        ),
    ] {
        one_fault_beside(&[("content/bad.md", text)], said);
    }
}

#[test]
fn wrong_values() {
    for (yaml, said) in [
        (
            "date: 2026-02-30",
            "3: `date`: `2026-02-30` is not a date: write a day (2026-01-27), a month (2026-01) or an instant (2026-01-27T09:30:00+01:00)",
        ),
        (
            "countries:\n  - FR\n  - France",
            "5: `countries`: `France` is not an ISO 3166-1 alpha-2 country code such as MA or DK",
        ),
        (
            "draft: perhaps",
            "3: `draft`: `perhaps` is neither true nor false",
        ),
        (
            "weight: heavy",
            "3: `weight`: `heavy` is not a whole number",
        ),
    ] {
        let text = format!("---\ntitle: A\n{yaml}\n---\nx\n");
        let said = format!("error: content/bad.md:{said}\n");
        one_fault_beside(&[("content/bad.md", text.as_bytes())], &said);
    }
}

#[test]
fn a_slug_that_would_leave_the_site() {
    let site = one_fault(
        &[("content/bad.md", b"---\ntitle: Bad\nslug: ../x\n---\nx\n")],
        "error: content/bad.md:3: the slug `../x` is no part of an address\n  \
         = use letters, digits and hyphens; `x` was used\n",
    );
    assert!(site.has("public/x/index.html") && !site.has("x"));
}

#[test]
fn one_address_twice() {
    one_fault_beside(
        &[(
            "content/twin.md",
            b"---\ntitle: Twin\ndate: 2026-01-27\nslug: good\n---\nx\n",
        )],
        "error: content/twin.md:4: the address /2026/01/27/good/ is taken twice: by content/good.md and by content/twin.md\n  \
         = give one of them another slug or date, or a `slug:` of its own\n",
    );
}

#[test]
fn a_link_to_nothing() {
    one_fault_beside(
        &[(
            "content/bad.md",
            b"---\ntitle: A\n---\n\n\n[x](@/none.md)\n",
        )],
        "error: content/bad.md:6: there is no content file `none.md`\n  \
         = the text is kept without the link; mend the link: @/path/to/file.md, /path/ from the site's root, or a full address\n",
    );
}

#[test]
fn a_template_that_is_not_there() {
    one_fault_beside(
        &[(
            "content/bad.md",
            b"---\ntitle: A\ntemplate: none.html\n---\n\nx\n",
        )],
        "error: content/bad.md: there is no template `none.html`\n  \
         = write it in themes/<theme>/templates/, or take `template` out of the front matter\n",
    );
}

const OWN_THEME: (&str, &[u8]) = ("site.yaml", b"theme: mine\n");
const OWN_PAGE: &str = "themes/mine/templates/page.html";

#[test]
fn an_unknown_variable_of_a_template() {
    let site = one_fault(
        &[OWN_THEME, (OWN_PAGE, b"<p>\n{{ pgae.title }}\n")],
        "error: themes/mine/templates/page.html:2: Variable `pgae` is not defined (on 2 pages)\n  \
         2 | {{ pgae.title }}\n    |    ^^^^\n  \
         = did you mean `page`? The names that exist here are alternates, breadcrumbs, config, countries_path, current_path, current_url, dir, feeds, finder, generator, \
         home_path, json_ld, lang, navigation, opml_path, page, tables, topics_path, twins, years\n",
    );
    assert!(!site.has("public/2026/01/27/good/index.html"));

    // What was good before stays.
    site.write(OWN_PAGE, "<p>{{ page.title }}");
    build(&site).well();
    let last = site.read("public/2026/01/27/good/index.html");
    assert_eq!(last, "<p>Good");
    site.write(OWN_PAGE, "<p>{{ page.nothing.at_all }}");
    let ran = build(&site);
    let said = "error: themes/mine/templates/page.html:1: Field `nothing` is not defined (on 2 pages)\n  1 | <p>{{ page.nothing.at_all }}\n    |            ^^^^^^^\n";
    assert!(ran.status == 1 && ran.err.starts_with(said), "{}", ran.err);
    assert_eq!(site.read("public/2026/01/27/good/index.html"), last);
}

#[test]
fn a_broken_template_gives_way_to_the_default_one() {
    const HELP: &str =
        "the template was left out; mend it, or delete it to use the default theme's\n";
    for (template, said, excerpt, meant) in [
        (
            "<p>\n{% if %}\n",
            "2: Found `%}` but expected one of: integer, float, string, bool, ident, `-`, `not`, `<`, `{`, `[` or `(`",
            "  2 | {% if %}\n    |       ^^\n",
            "",
        ),
        (
            "<p>\n{{ page.title | shout }}\n",
            "2: Unknown filter `shout`",
            "  2 | {{ page.title | shout }}\n    |                 ^^^^^\n",
            "",
        ),
        (
            "<p>\n{{ page.title | nobrake }}\n",
            "2: Unknown filter `nobrake`",
            "  2 | {{ page.title | nobrake }}\n    |                 ^^^^^^^\n",
            "did you mean `nobreak`? Until then, ",
        ),
        (
            "{{ trns(key=\"x\") }}\n",
            "1: Unknown function `trns`",
            "  1 | {{ trns(key=\"x\") }}\n    |    ^^^^^^^^^^^^^\n",
            "did you mean `trans`? Until then, ",
        ),
        (
            "{{ <momnet date={page.date} /> }}\n",
            "1: Unknown component `momnet`",
            "  1 | {{ <momnet date={page.date} /> }}\n    |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n",
            "did you mean `moment`? Until then, ",
        ),
        (
            "{% include \"none.html\" %}\n",
            "1: Unknown template `none.html`",
            "  1 | {% include \"none.html\" %}\n    |            ^^^^^^^^^^^\n",
            "",
        ),
        (
            "{% extends \"base.html\" %}\n{% block nowhere %}{% endblock nowhere %}\n",
            "2: Block `nowhere` is not defined in any parent template",
            "  2 | {% block nowhere %}{% endblock nowhere %}\n    |          ^^^^^^^\n",
            "",
        ),
    ] {
        one_fault_beside(
            &[OWN_THEME, (OWN_PAGE, template.as_bytes())],
            &format!("error: {OWN_PAGE}:{said}\n{excerpt}  = {meant}{HELP}"),
        );
    }
}

/// The templates that a base template serves may be another theme's: a fault in it is no fault of theirs.
#[test]
fn a_broken_base_template_gives_way_to_the_default_one() {
    const BASE: &str = "themes/mine/templates/base.html";
    one_fault_beside(
        &[OWN_THEME, (BASE, b"<p>\n{{ x | nofilter }}\n")],
        &format!(
            "error: {BASE}:2: Unknown filter `nofilter`\n  \
             2 | {{{{ x | nofilter }}}}\n    |        ^^^^^^^^\n  \
             = the template was left out; mend it, or delete it to use the default theme's\n"
        ),
    );
    let site = Site::new(&[
        GOOD,
        GOOD_SEED,
        ("site.yaml", "theme: mine\n"),
        (BASE, "nothing"),
    ]);
    let ran = build(&site);
    let said = format!("error: {BASE}: it lacks blocks that other templates of the site fill: `");
    assert!(ran.err.starts_with(&said), "{}", ran.err);
    assert_eq!((ran.status, ran.err.lines().count()), (1, 2), "{}", ran.err);
    assert!(
        site.read("public/2026/01/27/good/index.html")
            .contains("Well.")
    );
}

#[test]
fn a_component_twice() {
    let text = b"{% component x() %}a{% endcomponent x %}";
    one_fault_beside(
        &[
            OWN_THEME,
            ("themes/mine/templates/a.html", text),
            ("themes/mine/templates/b.html", text),
        ],
        "error: themes/mine/templates/b.html: Component `x` is defined in both `mine/a.html` and `mine/b.html`\n  \
         = the template was left out; mend it, or delete it to use the default theme's\n",
    );
}

#[test]
fn a_theme_that_is_not_there() {
    one_fault_beside(
        &[OWN_THEME],
        "error: site.yaml: there is no theme `mine`\n  = make the folder themes/mine, or set `theme: default`\n",
    );
}

/// Nothing is built, and what was built before stays.
#[test]
fn settings_that_are_no_settings() {
    let site = Site::new(&[GOOD]);
    build(&site).well();
    let before = site.tree("public");
    for (text, said) in [
        (
            "title: A\npaginate_by: 0\n",
            "error: site.yaml: `paginate_by` is 0\n  = give the number of briefings on one page of an index, such as 20\n",
        ),
        (
            "title: [\n",
            "error: site.yaml:2: this is not YAML: while parsing a node, did not find expected node content\n  \
             = put a text that holds `: `, ` #` or begins with a special character in \"double quotes\"\n",
        ),
    ] {
        site.write("site.yaml", text);
        let ran = build(&site);
        assert_eq!((ran.status, ran.err.as_str()), (2, said));
    }
    site.write("site.yaml", "title: A\ntitel: B\n");
    let ran = build(&site);
    let said = "error: site.yaml:2: unknown field `titel`, expected one of `title`, ";
    assert!(ran.status == 2 && ran.err.starts_with(said), "{}", ran.err);
    assert_eq!(site.tree("public"), before);
}

#[test]
fn a_warning_counts_only_where_asked() {
    let site = Site::new(&[(
        "content/a.md",
        "---\ntitle: A\ndate: 2026-01-01\ntopics: [fisherys]\n---\n\nx\n",
    )]);
    let said = "warning: content/a.md:4: the topic `fisherys` is not in the vocabulary\n  \
                = did you mean `fisheries`? Else add it to topics.yaml to give it a name\n";
    let ran = build(&site).well();
    assert_eq!(ran.err, said);
    let ran = site.run(&["--quiet", "build", "--strict"]);
    assert_eq!((ran.status, ran.err.as_str()), (1, said));
    assert!(site.has("public/topics/fisherys/index.html"));
}

#[test]
fn a_frozen_build_imports_nothing() {
    let site = Site::new(&[GOOD, GOOD_SEED]);
    let before = site.tree("content");
    let ran = site.run(&["--quiet", "build", "--frozen"]);
    assert_eq!(
        ran.err,
        "error: content/briefings/ports-reopen.md: an import of seeds/2026-01-28_good.txt would write this file, and the build is frozen\n  \
         = run `depeche import` and commit content/\n"
    );
    assert_eq!(ran.status, 1);
    assert_eq!(site.tree("content"), before);
    site.run(&["import"]).well();
    site.run(&["build", "--frozen"]).well();
}

#[test]
fn an_output_folder_that_is_not_ours() {
    let site = Site::new(&[GOOD, ("public/mine.txt", "mine"), ("file", "mine")]);
    let before = site.tree("");
    for (output, said) in [
        (
            "public",
            "error: public: the output folder has files that Dépêche did not write\n  = empty it, or choose another with --output\n",
        ),
        (
            "content",
            "error: content: the output folder is a source folder of the site, or holds one\n  = choose another with --output\n",
        ),
        (
            ".",
            "error: .: the output folder is a source folder of the site, or holds one\n  = choose another with --output\n",
        ),
        (
            "..",
            "error: ..: the output folder is a source folder of the site, or holds one\n  = choose another with --output\n",
        ),
    ] {
        let ran = site.run(&["--quiet", "build", "--output", output]);
        assert_eq!((ran.status, ran.err.as_str()), (2, said), "{output}");
    }
    let ran = site.run(&["--quiet", "build", "--output", "file"]);
    assert_eq!(ran.status, 2, "{}", ran.err);
    assert_eq!(site.tree(""), before);
}

#[test]
fn wrong_usage() {
    let site = Site::new(&[GOOD]);
    for (arguments, said) in [
        (
            &["biuld"][..],
            "error: unrecognized subcommand 'biuld'\n\n  tip: a similar subcommand exists: 'build'\n",
        ),
        (
            &["build", "--as-of", "yesterday"],
            "error: invalid value 'yesterday' for '--as-of <DATE>'",
        ),
        (
            &["build", "--base-url", "nowhere"],
            "error: --base-url: `nowhere` is no address: write it in full, such as https://example.org/briefings/\n",
        ),
        (
            &["build", "--outptu", "x"],
            "error: unexpected argument '--outptu' found\n",
        ),
        (
            &["--quiet", "--verbose", "build"],
            "error: the argument '--quiet' cannot be used with '--verbose...'\n",
        ),
        (
            &["new"],
            "error: the following required arguments were not provided:\n",
        ),
        (
            &["explain"],
            "error: the following required arguments were not provided:\n",
        ),
        (
            &["new", "."],
            "error: .: the folder is not empty; nothing was changed\n  = give the name of a new folder, or empty this one\n",
        ),
        (
            &["--root", "none", "build"],
            "error: none: there is no such folder\n  = give the site's folder with --root, or make a site with `depeche new none`\n",
        ),
        (
            &["--config", "none.yaml", "build"],
            "error: none.yaml: the settings can't be read: No such file or directory (os error 2)\n",
        ),
    ] {
        let ran = site.run(arguments);
        assert_eq!(ran.status, 2, "{arguments:?}: {}", ran.err);
        assert!(ran.err.starts_with(said), "{arguments:?}: {}", ran.err);
        assert_eq!(site.tree("").len(), 1, "{arguments:?} wrote something");
    }
}

#[test]
fn a_file_where_others_need_a_folder_is_left_out() {
    one_fault_beside(
        &[("content/2026", b"x")],
        "error: content/2026: the address /2026 is taken twice, as a file and as a folder: by content/good.md and by content/2026\n  = give one of them another slug or date, or a `slug:` of its own\n",
    );
    one_fault_beside(
        &[(
            "content/old.md",
            b"---\ntitle: Old\naliases: [/robots.txt/]\n---\n",
        )],
        "error: content/old.md:3: the address /robots.txt/ is taken twice, as a file and as a folder: by an index of the site and by content/old.md\n  = give one of them another slug or date, or a `slug:` of its own\n",
    );
}
