//! What a person should look at: written by an import, listed by `review`, settled by one command, counted by `build`; and the embargo.
#![cfg(test)]

mod support;

use serde_json::Value;
use support::{Ran, Site, ran};

/// The weekday contradicts the date: 27 January 2026 is a Tuesday.
const DOUBTFUL: (&str, &str) = (
    "seeds/2026-01-28_ports.txt",
    "Ports reopen\n\nIceland reopened its ports on Wednesday, 27 January 2026, the ministry of fisheries said.\n",
);
const PAGE: &str = "content/briefings/ports-reopen.md";

fn imported() -> Site {
    let site = Site::new(&[DOUBTFUL, ("content/_index.md", "---\ntitle: Home\n---\n")]);
    site.run(&["import"]).well();
    site
}

/// The fields that wait, worst first.
fn waiting(site: &Site) -> Vec<String> {
    let ran = site.run(&["review", "--json"]).well();
    ran.out
        .lines()
        .map(|line| {
            let found: Value = serde_json::from_str(line).expect("JSON");
            assert_eq!(found["file"], PAGE);
            found["field"].as_str().expect("a field").to_owned()
        })
        .collect()
}

/// A briefing as an import of an earlier day has left it, with these entries of `review:`.
fn with_entries(site: &Site, keys: &[&str]) {
    let text = site.read(PAGE);
    let (before, rest) = text.split_once("derived:\n").expect("derived");
    let before = before.split("review:\n").next().expect("above");
    let (records, body) = rest.split_once("---\n").expect("a fence");
    let records: String = records
        .lines()
        .filter(|l| !l.contains(" review:"))
        .map(|l| format!("{l}\n"))
        .collect();
    let review: String = keys
        .iter()
        .map(|key| format!("  {key}: \"why {key}\"\n"))
        .collect();
    let segment = format!("review:\n{review}");
    let digest: String = depeche::distill::digest(segment.as_bytes())
        .chars()
        .take(12)
        .collect();
    site.write(
        PAGE,
        format!("{before}{segment}derived:\n{records}  review: \"{digest}\"\n---\n{body}"),
    );
}

#[test]
fn a_doubt_is_written_listed_and_settled_by_one_command() {
    let site = imported();
    let text = site.read(PAGE);
    assert!(text.contains("\nreview:\n  date: \""), "{text}");
    let listed = site.run(&["review"]).well();
    for part in [
        "content/briefings/ports-reopen.md:3\n",
        "2026-01-2",
        "27 January 2026",
        "seeds/2026-01-28_ports.txt:3",
        "depeche review --accept content/briefings/ports-reopen.md date\n",
    ] {
        assert!(listed.out.contains(part), "{part} in\n{}", listed.out);
    }
    assert!(!listed.out.contains('\u{1b}'));
    assert!(
        listed.err.contains("1 briefing waits for review"),
        "{}",
        listed.err
    );
    assert_eq!(site.run(&["review", "--strict"]).status, 1);

    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    site.run(&["review", "--accept", &format!("{PAGE}:3"), "date"])
        .well();
    let after = site.read(PAGE);
    let gone: Vec<String> = lines(&text)
        .into_iter()
        .filter(|l| !lines(&after).contains(l))
        .collect();
    assert!(gone.iter().any(|l| l.starts_with("  date: \"")), "{gone:?}");
    assert!(!waiting(&site).contains(&"date".to_owned()), "{after}");
    // A second import finds nothing to do, and no later one touches what is theirs.
    site.run(&["import"]).well();
    assert_eq!(site.read(PAGE), after);
    site.write(DOUBTFUL.0, DOUBTFUL.1.replace("27 January", "30 January"));
    site.run(&["import"]).well();
    let date = |text: &str| lines(text).into_iter().find(|l| l.starts_with("date:"));
    assert_eq!(date(&site.read(PAGE)), date(&text));
    assert!(!waiting(&site).contains(&"date".to_owned()));
}

#[test]
fn a_value_that_is_set_is_the_persons_and_comments_stay() {
    let site = imported();
    with_entries(&site, &["date", "countries"]);
    let marked = site
        .read(PAGE)
        .replace("countries:\n", "# asked the desk\ncountries: # ISO\n")
        .replace("  - IS\n", "  - IS # Iceland\n  # to come\n");
    site.write(PAGE, &marked);
    // The comment has made `countries` the person's: it waits no longer.
    assert_eq!(waiting(&site), ["date"]);
    site.run(&["review", "--set", PAGE, "countries", "IS", "FO"])
        .well();
    site.run(&["review", "--set", PAGE, "date", "2026-02-01"])
        .well();
    let text = site.read(PAGE);
    for part in [
        "\ndate: 2026-02-01\n",
        "# asked the desk\ncountries: # ISO\n  - IS # Iceland\n  # to come\n  - FO\n",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    assert!(
        !text.contains("review:") && !text.contains("\n  date:"),
        "{text}"
    );
    assert_eq!(waiting(&site), [""; 0]);
    let nothing = site.run(&["review", "--strict"]).well();
    assert_eq!(
        (nothing.out.as_str(), nothing.err.as_str()),
        ("", "nothing waits for review\n")
    );
    site.write(DOUBTFUL.0, DOUBTFUL.1.replace("Iceland", "Norway"));
    site.run(&["import"]).well();
    let after = site.read(PAGE);
    assert!(
        after.contains("date: 2026-02-01\n") && after.contains("  - FO\n"),
        "{after}"
    );
}

#[test]
fn every_kind_of_value_can_be_set_and_taken_away() {
    let site = imported();
    let set = |arguments: &[&str]| {
        let all: Vec<&str> = ["review", "--set", PAGE]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        site.run(&all).well();
        site.read(PAGE)
    };
    for (arguments, wanted) in [
        (&["title", "No: 1"][..], "\ntitle: \"No: 1\"\n"),
        (&["date", "2026-03"], "\ndate: \"2026-03\"\n"),
        (
            &["event_dates", "2026-03-04", "2026-03-05"],
            "\nevent_dates:\n  - 2026-03-04\n  - 2026-03-05\n",
        ),
        (
            &["embargo_until", "2026-03-04T10:00:00+01:00"],
            "\nembargo_until: 2026-03-04T10:00:00+01:00\n",
        ),
        (&["lang", "fr"], "\nlang: fr\n"),
        (&["countries", "NO"], "\ncountries:\n  - \"NO\"\n"),
        (
            &["people", "Ann Bell: minister, of ports", "Cy"],
            "\npeople:\n  - name: Ann Bell\n    role: minister, of ports\n  - name: Cy\n",
        ),
        (&["people", "Cy"], "\npeople:\n  - name: Cy\n"),
        (
            &["summary", "A \"short\" one"],
            "\nsummary: \"A \\\"short\\\" one\"\n",
        ),
    ] {
        let text = set(arguments);
        assert!(text.contains(wanted), "{wanted} in\n{text}");
    }
    let before = site.read(PAGE);
    assert!(!set(&["people", ""]).contains("\npeople:"));
    site.write(
        DOUBTFUL.0,
        DOUBTFUL
            .1
            .replace("the ministry", "the minister, John Baker,"),
    );
    site.run(&["import"]).well();
    assert!(
        !site.read(PAGE).contains("\npeople:"),
        "what was taken away stays away"
    );
    site.write(PAGE, &before);

    for (arguments, said) in [
        (&["date", "tomorrow"][..], "`tomorrow` is not a date"),
        (&["countries", "Norway"], "Norway"),
        (&["colour", "red"], "`colour` is not a derived field"),
        (&["seed", "x"], "not set by hand"),
    ] {
        let all: Vec<&str> = ["review", "--set", PAGE]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        let ran = site.run(&all);
        assert!(
            ran.status == 2 && ran.err.contains(said),
            "{arguments:?}: {ran:?}"
        );
        assert_eq!(site.read(PAGE), before);
    }
    let none = site.run(&["review", "--accept", "content/none.md", "date"]);
    assert!(
        none.status == 2 && none.err.contains("content/none.md"),
        "{none:?}"
    );
}

#[test]
fn an_edit_by_hand_settles_it_and_the_next_import_says_so_in_the_file() {
    let site = imported();
    with_entries(&site, &["date"]);
    let date = site
        .read(PAGE)
        .lines()
        .find(|l| l.starts_with("date:"))
        .expect("a date")
        .to_owned();
    let edited = site.read(PAGE).replace(&date, "date: 2026-01-26");
    site.write(PAGE, &edited);
    assert_eq!(waiting(&site), [""; 0]);
    // A build leaves alone what a person may have open.
    site.run(&["build", "--frozen", "--strict"]).well();
    assert_eq!(site.read(PAGE), edited);
    site.run(&["import"]).well();
    let text = site.read(PAGE);
    let (entry, _) =
        depeche::content::read("briefings/ports-reopen.md", text.as_bytes()).expect("reads");
    let front = entry.front;
    assert!(
        !front.review.contains_key("date") && front.settled.is_empty(),
        "{text}"
    );
    assert!(text.contains("date: 2026-01-26\n"), "{text}");
    site.run(&["import"]).well();
    assert_eq!(site.read(PAGE), text);
}

#[test]
fn a_build_says_each_time_how_many_wait() {
    let site = imported();
    for _ in 0..2 {
        let build = site.run(&["build"]).well();
        assert!(
            build
                .err
                .contains("1 briefing waits for review: depeche review\n"),
            "{}",
            build.err
        );
        let strict = site.run(&["build", "--strict"]);
        assert!(
            strict.status == 1
                && strict
                    .err
                    .contains("warning: content: 1 briefing waits for review"),
            "{strict:?}"
        );
    }
    let fields = waiting(&site);
    let names: Vec<&str> = fields.iter().map(String::as_str).collect();
    let all: Vec<&str> = ["review", "--accept", PAGE]
        .into_iter()
        .chain(names)
        .collect();
    site.run(&all).well();
    site.run(&["build", "--strict"]).well();
}

#[test]
fn a_seed_in_a_doubtful_encoding_is_asked_about_once() {
    let site = Site::new(&[]);
    let text = "Ports rouverts à Reykjavik\n\nREYKJAVIK, 27 janvier 2026 - L'Islande a rouvert ses ports de pêche mardi après la tempête, a déclaré le ministère.\n";
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin-1"))
        .collect();
    site.write("seeds/2026-01-28_a.txt", &latin);
    let said = site.run(&["import"]).well().err;
    assert!(said.contains("windows-1252"), "{said}");
    let listed = site.run(&["review", "--json"]).well().out;
    let found = listed
        .lines()
        .map(|l| serde_json::from_str::<Value>(l).expect("JSON"))
        .find(|v| v["field"] == "seed")
        .expect("seed");
    let page = found["file"].as_str().expect("file").to_owned();
    site.run(&["review", "--accept", &page, "seed"]).well();
    assert!(!site.read(&page).contains("  seed: \"the text"));
    // Other topics: everything is derived again, and the same bytes are not asked about again.
    site.write("topics.yaml", "topics:\n  - slug: ports-of-call\n    labels: {en: Ports}\n    terms: {fr: [{term: ports, weight: 20}]}\n");
    site.run(&["import"]).well();
    assert!(site.read(&page).contains("ports-of-call"), "derived again");
    assert!(
        !site.read(&page).contains("windows-1252"),
        "{}",
        site.read(&page)
    );
}

fn at(site: &Site, seconds: &str, arguments: &[&str]) -> Ran {
    let mut command = site.command(arguments);
    ran(command
        .env("SOURCE_DATE_EPOCH", seconds)
        .output()
        .expect("runs"))
}

#[test]
fn nothing_is_published_before_its_embargo_ends() {
    let page = |title: &str, until: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2026-01-27\ncountries: [MA]\ntopics: [trade]\nembargo_until: {until}\n---\n\nSecretword.\n"
        )
    };
    let site = Site::new(&[
        ("content/a.md", &page("First", "2026-01-30T12:00:00+01:00")),
        ("content/b.md", &page("Second", "2026-01-30")),
        (
            "content/c.md",
            "---\ntitle: Open\ndate: 2026-01-27\n---\n\nWords.\n",
        ),
    ]);
    let holds = |words: &str| {
        site.tree("public")
            .into_iter()
            .any(|(_, bytes)| String::from_utf8_lossy(&bytes).contains(words))
    };
    // 2026-01-30T10:59:59Z, and a second later.
    let early = at(&site, "1769770799", &["build", "--drafts"]).well();
    assert!(
        early
            .err
            .contains("2 briefings are held by embargo, the next until 2026-01-30\n")
            || early.err.contains(
                "2 briefings are held by embargo, the next until 2026-01-30T12:00:00+01:00\n"
            ),
        "{}",
        early.err
    );
    for words in ["First", "Second", "Secretword"] {
        assert!(!holds(words), "{words}");
    }
    assert!(!site.has("public/countries/ma/index.html"));
    let later = at(&site, "1769770800", &["build"]).well();
    assert!(
        later
            .err
            .contains("1 briefing is held by embargo until 2026-01-30\n"),
        "{}",
        later.err
    );
    assert!(holds("First") && !holds("Second"));
    // The day is over everywhere at noon (UTC) of the next one.
    at(&site, "1769860799", &["build"]).well();
    assert!(!holds("Second"));
    let last = at(&site, "1769860800", &["build"]).well();
    assert!(
        holds("Second") && !last.err.contains("embargo"),
        "{}",
        last.err
    );
    // And one that comes back under embargo goes.
    site.write("content/a.md", page("First", "2027-01"));
    at(&site, "1769860800", &["build"]).well();
    assert!(!holds("First") && holds("Second"));
}

#[test]
fn a_misspelt_embargo_is_an_error_and_nothing_is_published() {
    for (line, said) in [
        ("embargo: 2099-01-01", "did you mean `embargo_until`"),
        ("embargo_untill: 2099-01-01", "did you mean `embargo_until`"),
        ("embargo_until: noon", "`embargo_until`"),
    ] {
        let site = Site::new(&[(
            "content/a.md",
            &format!("---\ntitle: A\ndate: 2026-01-27\n{line}\n---\n\nSecretword.\n"),
        )]);
        let ran = site.run(&["build"]);
        assert!(
            ran.status == 1 && ran.err.contains("content/a.md:4:") && ran.err.contains(said),
            "{ran:?}"
        );
        assert!(
            site.tree("public")
                .values()
                .all(|bytes| !String::from_utf8_lossy(bytes).contains("Secretword"))
        );
    }
}

#[test]
fn a_diff_shows_each_change_and_writes_nothing() {
    let site = Site::new(&[DOUBTFUL]);
    let new = site.run(&["import", "--diff"]).well();
    assert!(
        new.out
            .starts_with(&format!("--- /dev/null\n+++ b/{PAGE}\n@@ -0,0 +1,")),
        "{}",
        new.out
    );
    assert!(
        new.out.contains("\n+title: Ports reopen\n") && !site.has("content"),
        "{}",
        new.out
    );
    assert!(
        new.err
            .contains("1 content file would be written (1 new), 0 unchanged\n"),
        "{}",
        new.err
    );
    site.run(&["import"]).well();
    let before = site.read(PAGE);
    assert_eq!(site.run(&["import", "--diff"]).well().out, "");
    site.write(
        DOUBTFUL.0,
        DOUBTFUL.1.replace("Ports reopen", "All ports reopen"),
    );
    let changed = site.run(&["import", "--diff"]).well();
    for part in [
        format!("--- a/{PAGE}\n+++ b/{PAGE}\n@@ "),
        "\n-title: Ports reopen\n+title: All ports reopen\n".to_owned(),
    ] {
        assert!(changed.out.contains(&part), "{part} in\n{}", changed.out);
    }
    assert_eq!(site.read(PAGE), before);
    // What it shows is what an import does.
    site.write("change.diff", &changed.out);
    if let Ok(done) = std::process::Command::new("patch")
        .args(["-s", "-p1", "-i", "change.diff"])
        .current_dir(site.root())
        .status()
    {
        assert!(done.success());
        let patched = site.read(PAGE);
        site.write(PAGE, &before);
        site.run(&["import"]).well();
        assert_eq!(site.read(PAGE), patched);
    }
}
