//! Line 29: templates that would never end. The error names the template; the other pages are built.

use super::front;
use crate::support::{Ran, Site};

/// A site with one template of its own, `page.html`, and a page made with it. The whole build in half a minute.
fn build(template: &str, more: &[(&str, &str)]) -> (Site, Ran) {
    let site = Site::new(&[
        ("site.yaml", "title: T\ntheme: own\npage_limit: 2000000\n"),
        ("content/a.md", &front("A")),
        ("themes/own/templates/page.html", template),
    ]);
    for (path, text) in more {
        site.write(path, text);
    }
    let begun = std::time::Instant::now();
    let ran = site.run(&["--quiet", "build"]);
    assert!(
        begun.elapsed().as_secs() < 30,
        "{template}: {:?}",
        begun.elapsed()
    );
    (site, ran)
}

#[test]
fn line_29_no_template_runs_for_ever() {
    let other = "themes/own/templates/other.html";
    let tens = "{% for a in range(end=100000) %}{% for b in range(end=100000) %}";
    for (template, more, said) in [
        ("{% extends \"own/page.html\" %}", vec![], "own/page.html"),
        (
            "{% extends \"other.html\" %}",
            vec![(other, "{% extends \"own/page.html\" %}")],
            "own/templates/",
        ),
        (
            "{% include \"own/page.html\" %}",
            vec![],
            "own/templates/page.html",
        ),
        (
            "{% include \"other.html\" %}",
            vec![(other, "{% include \"own/page.html\" %}")],
            "own/templates/",
        ),
        (
            "{% component c() %}{{ <c /> }}{% endcomponent c %}{{ <c /> }}",
            vec![],
            "own/templates/page.html",
        ),
        (
            "{{ once(template=\"own/page.html\", key=\"k\") }}",
            vec![],
            "own/templates/page.html",
        ),
        (
            "{{ once(template=\"other.html\", key=\"k\") }}",
            vec![(other, "{{ once(template=\"own/page.html\", key=\"l\") }}")],
            "own/templates/",
        ),
        (
            &format!("{tens}x{{% endfor %}}{{% endfor %}}"),
            vec![],
            "own/templates/page.html:1: `range` would count",
        ),
        (
            &format!("{tens}{{% endfor %}}{{% endfor %}}"),
            vec![],
            "own/templates/page.html:1: `range` would count",
        ),
        (
            "{% for a in range(end=1000000000000) %}x{% endfor %}",
            vec![],
            "own/templates/page.html:1: `range` would count",
        ),
        (
            "{% for a in range(end=900000) %}{{ config.title }} {{ page.title }} {% endfor %}",
            vec![],
            "own/templates/page.html: `page.html` writes more than 2000000 bytes",
        ),
        (
            "{{ once_each(template=\"other.html\", cards=[page, page, page]) }}",
            vec![(
                other,
                "{% for a in range(end=100000) %}0123456789{% endfor %}",
            )],
            "`other.html` writes more than 2000000 bytes",
        ),
    ] {
        let (site, ran) = build(template, &more);
        assert_eq!(ran.status, 1, "{template}: {}", ran.err);
        assert!(ran.err.contains(said), "{template}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        assert!(
            site.has("public/index.html"),
            "{template}: the rest is built: {}",
            ran.err
        );
    }
}

#[test]
fn line_29_honest_loops_run() {
    let template = "{% for a in range(end=1000) %}{% for b in range(start=5, end=0, step_by=-1) %}{{ a * b }} {% endfor %}{% endfor %}";
    let (site, ran) = build(template, &[]);
    ran.well();
    let page = site.read("public/a/index.html");
    assert_eq!(page.split(' ').filter(|n| !n.is_empty()).count(), 5000);
    assert!(
        page.starts_with("0 0 0 0 0 5 4 3 2 1 10"),
        "{}",
        &page[..40]
    );
}

#[test]
fn line_29_a_million_numbers_are_counted_and_an_empty_range_costs_nothing() {
    let template =
        "{{ range(start=0, end=1000000, step_by=-1) | length }} {{ range(end=1000000) | length }}";
    let (site, ran) = build(template, &[]);
    ran.well();
    assert_eq!(site.read("public/a/index.html").trim(), "0 1000000");
}

/// Whoever renders a piece first, each page that shows it has counted what it counts.
#[test]
fn line_29_numbers_of_a_piece_count_on_each_page_that_shows_it() {
    let template =
        "{{ once(template=\"piece.html\", key=\"k\") }} {{ range(end=600000) | length }}";
    for (numbers, good) in [(400_000, true), (400_001, false)] {
        let piece = format!("{{{{ range(end={numbers}) | length }}}}");
        let (site, ran) = build(
            template,
            &[
                ("themes/own/templates/piece.html", &piece),
                ("content/b.md", &front("B")),
                ("content/c.md", &front("C")),
            ],
        );
        assert_eq!(ran.status, i32::from(!good), "{}", ran.err);
        for page in ["a", "b", "c"] {
            assert_eq!(
                site.has(&format!("public/{page}/index.html")),
                good,
                "{page}"
            );
        }
    }
}
