//! A theme as it is written for Zola with Tera 2, made to its documentation, renders here after the changes that docs/migrating lists.

use super::support::Site;

const INDEX: &str = r#"<!DOCTYPE html>
<html lang="{{ lang }}">
<head>
<meta charset="utf-8">
<title>{% block title %}{{ config.title }}{% endblock title %}</title>
{% if config.generate_feeds %}{% for feed in config.feed_filenames %}<link rel="alternate" href="{{ get_url(path=feed) | safe }}">{% endfor %}{% endif %}
<link rel="stylesheet" href="{{ get_url(path='site.css') | safe }}">
</head>
<body class="zola">
{% block content %}<h1>{{ section.title }}</h1>
{{ section.content | safe }}
{% for page in paginator.pages %}{{ <entry page={page} /> }}{% endfor %}
{% if paginator.next %}<a href="{{ paginator.next }}">Next</a>{% endif %}
<p>Page {{ paginator.current_index }} of {{ paginator.number_pagers }}</p>{% endblock content %}
</body>
</html>
"#;

const PARTS: &str = r#"{% component entry(page) %}<article><h2><a href="{{ page.permalink | safe }}">{{ page.title }}</a></h2>
<span>{{ page.reading_time }} minutes</span>{% if page.date %}<time>{{ page.date | date(format="%F") }}</time>{% endif %}
{% if page.summary %}<p>{{ page.summary }}</p>{% endif %}</article>{% endcomponent entry %}
"#;

const PAGE: &str = r#"{% extends "index.html" %}
{% block title %}{{ page.title }}{% endblock title %}
{% block content %}<h1>{{ page.title }}</h1>
{{ page.content | safe }}
{% for tag in page.taxonomies.tags %}<a href="{{ get_taxonomy_url(kind="tags", name=tag) | safe }}">{{ tag }}</a>{% endfor %}
{% if page.lower %}<a href="{{ page.lower.permalink }}">{{ page.lower.title }}</a>{% endif %}{% endblock content %}
"#;

const SECTION: &str = r#"{% extends "index.html" %}
"#;

const LIST: &str = r#"{% extends "index.html" %}
{% block content %}<h1>Tags</h1>
{% for term in terms %}<a href="{{ term.permalink | safe }}">{{ term.name }}</a> ({{ term.pages | length }}){% endfor %}{% endblock content %}
"#;

const SINGLE: &str = r#"{% extends "index.html" %}
{% block content %}<h1>{{ term.name }}</h1>
{% for page in term.pages %}{{ <entry page={page} /> }}{% endfor %}{% endblock content %}
"#;

/// What the documentation lists.
const CHANGES: [(&str, &str); 6] = [
    (
        "{% if config.generate_feeds %}{% for feed in config.feed_filenames %}<link rel=\"alternate\" href=\"{{ get_url(path=feed) | safe }}\">{% endfor %}{% endif %}",
        "{% for feed in feeds %}<link rel=\"alternate\" type=\"{{ feed.type }}\" href=\"{{ feed.path }}\">{% endfor %}",
    ),
    (
        "<span>{{ page.reading_time }} minutes</span>{% if page.date %}",
        "{% if page.reading_time is defined %}<span>{{ page.reading_time }} minutes</span>{% endif %}{% if page.date is defined %}",
    ),
    ("page.taxonomies.tags", "page.taxonomies.topics"),
    (
        "<a href=\"{{ get_taxonomy_url(kind=\"tags\", name=tag) | safe }}\">{{ tag }}</a>",
        "<a href=\"{{ tag.path }}\">{{ tag.name }}</a>",
    ),
    ("term.pages | length", "term.page_count"),
    ("in term.pages", "in paginator.pages"),
];

#[test]
fn a_theme_for_zola_renders_with_the_listed_changes() {
    let site = Site::new(&[
        (
            "site.yaml",
            "title: Port\ntheme: zola\nbase_url: https://e.org/p/\n",
        ),
        (
            "content/_index.md",
            "+++\ntitle = \"Home\"\n+++\n\nWelcome.\n",
        ),
        (
            "content/a.md",
            "+++\ntitle = \"One\"\ndate = 2026-01-27\ntopics = [\"fisheries\"]\n+++\n\nText.\n",
        ),
        (
            "content/b.md",
            "---\ntitle: Two\ndate: 2026-01-28\nsummary: S.\n---\n\nText.\n",
        ),
        ("content/about.md", "---\ntitle: About\n---\n\nText.\n"),
        ("themes/zola/static/site.css", "body{color:#000}\n"),
    ]);
    let mut unused: Vec<&str> = CHANGES.iter().map(|(from, _)| *from).collect();
    for (name, template) in [
        ("index.html", INDEX),
        ("parts.html", PARTS),
        ("page.html", PAGE),
        ("section.html", SECTION),
        ("topics/list.html", LIST),
        ("topics/single.html", SINGLE),
    ] {
        let mut text = template.to_owned();
        for (from, to) in CHANGES {
            unused.retain(|of| *of != from || !text.contains(from));
            text = text.replace(from, to);
        }
        site.write(&format!("themes/zola/templates/{name}"), text);
    }
    assert!(unused.is_empty(), "{unused:?}");
    let built = site.run(&["build"]).well();
    assert!(!built.err.contains("error"), "{}", built.err);
    for (page, words) in [
        (
            "index.html",
            "<a href=\"https://e.org/p/2026/01/28/b/\">Two</a></h2>",
        ),
        (
            "2026/01/27/a/index.html",
            "<a href=\"/p/topics/fisheries/\">Fisheries</a>",
        ),
        ("about/index.html", "<h1>About</h1>"),
        ("topics/index.html", "Fisheries</a> (1)"),
        ("topics/fisheries/index.html", "One</a></h2>"),
    ] {
        let html = site.read(&format!("public/{page}"));
        assert!(
            html.contains("class=\"zola\"") && html.contains(words),
            "{page}: {html}"
        );
    }
}
