//! Line 39: what people write, and imports after it.

use std::path::Path;

use depeche::{
    content,
    distill::digest,
    edge::import::{ImportOptions, ImportReport, import},
};

use crate::support::Site;

/// Front matter in blocks, each a key with its lines (a comment or an empty line belongs to what follows, and has the key ""); and the body.
fn blocks(text: &str) -> (Vec<(String, String)>, String) {
    let (front, body) = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .expect("front matter");
    let mut found: Vec<(String, String)> = Vec::new();
    for line in front.split('\n') {
        let key = line.split_once(':').map(|(key, _)| key.to_owned());
        match key.filter(|_| !line.starts_with([' ', '#', '-'])) {
            Some(key) => found.push((key, format!("{line}\n"))),
            None if line.starts_with('#') || line.is_empty() => {
                found.push((String::new(), format!("{line}\n")));
            }
            None => {
                let own = &mut found.last_mut().expect("a key").1;
                own.push_str(line);
                own.push('\n');
            }
        }
    }
    (found, body.to_owned())
}

fn joined(blocks: &[(String, String)], body: &str) -> String {
    let front: String = blocks.iter().map(|(_, text)| text.as_str()).collect();
    format!("---\n{front}---\n{body}")
}

/// What a person did to a page: the text, the keys whose values are theirs now, and the pieces of text that are theirs.
fn edited(text: &str, random: &mut fastrand::Rng) -> (String, Vec<String>, Vec<String>) {
    const OURS: [&str; 5] = ["derived", "review", "seed", "imported", "slug"];
    let (mut all, mut body) = blocks(text);
    let (mut keys, mut pieces) = (Vec::new(), Vec::new());
    for n in 0..=random.usize(..5) {
        let mark = format!("HUMAN{n}x");
        let at = random.usize(..all.len());
        let (key, _) = all[at].clone();
        let free = !key.is_empty()
            && !OURS.contains(&key.as_str())
            && !keys.contains(&key)
            && !key.starts_with("mine");
        match random.usize(..7) {
            0 if free && ["title", "summary", "dateline"].contains(&key.as_str()) => {
                all[at].1 = format!("{key}: \"{mark}: yes\"  # {mark} said so\n");
                pieces.push(all[at].1.clone());
                keys.push(key);
            }
            1 if free
                && ["countries", "mentions", "topics", "organisations"].contains(&key.as_str()) =>
            {
                let value = match key.as_str() {
                    "countries" | "mentions" => "[\"NO\", FR]",
                    "topics" => "[water]",
                    _ => "[HUMAN]",
                };
                all[at].1 = format!("{key}: {value} # {mark}\n");
                pieces.push(all[at].1.clone());
                keys.push(key);
            }
            2 => {
                let comment = format!("# {mark}: why\n");
                all.insert(at, (String::new(), comment.clone()));
                pieces.push(comment);
            }
            3 => {
                let own = format!("mine{n}: {{a: [{mark}, 1]}}\n");
                all.insert(at, (format!("mine{n}"), own.clone()));
                pieces.push(own);
            }
            4 => {
                let moved = all.remove(at);
                all.push(moved);
            }
            5 if !keys.contains(&"body".to_owned()) => {
                body = format!("{}\n{mark} wrote *this*.\n", body.trim_end());
                keys.push("body".to_owned());
                pieces.push(body.clone());
            }
            6 if free && key != "title" => {
                all.remove(at);
                keys.push(key);
            }
            _ => {}
        }
    }
    pieces.retain(|piece| joined(&all, &body).contains(piece.as_str()));
    (joined(&all, &body), keys, pieces)
}

const RELEASES: [&str; 3] = [
    "Morocco and Denmark sign a fisheries agreement\n\nRABAT, 27 January 2026 - Morocco and Denmark signed an agreement on fisheries and trade on Tuesday, said Ms Karima Alaoui, minister of fisheries.\n",
    "Morocco and Norway sign a shipping agreement\n\nRABAT, 26 January 2026 - Morocco and Norway signed an agreement on shipping and ports on Monday, said Mr Ole Hansen, minister of ports.\n",
    "Morocco, Peru and Norway sign a water treaty\n\nRABAT, 25 January 2026 - Morocco, Peru and Norway signed a treaty on drinking water on Sunday, said the World Health Organization.\n",
];

const OWN_TOPICS: &str = "replace: true\ntopics:\n  - slug: agreements\n    labels: {en: Agreements}\n    terms: {en: [agreement, treaty]}\n";

fn imported(root: &Path) -> ImportReport {
    import(root, &ImportOptions::default()).expect("imports")
}

fn the_page(site: &Site) -> (String, String) {
    let pages = site.tree("content/briefings");
    assert_eq!(pages.len(), 1, "{:?}", pages.keys());
    let (name, bytes) = pages.into_iter().next().expect("a page");
    (
        format!("content/briefings/{name}"),
        String::from_utf8(bytes).expect("UTF-8"),
    )
}

/// Whether a block or a body has the digest that an import recorded of it.
fn recorded(text: &str, key: &str, block: &str) -> Option<bool> {
    let (entry, _) = content::read("a.md", text.as_bytes()).expect("reads");
    let own = entry.front.derived.get(key)?.clone();
    Some(own == digest(block.as_bytes())[..12])
}

#[test]
fn line_39_no_human_byte_is_lost_in_any_import_and_the_rest_is_refreshed() {
    const SEED: &str = "seeds/2026-01-28_a.txt";
    let mut random = fastrand::Rng::with_seed(39);
    let (mut refreshed, mut conflicts, mut kept) = (0, 0, 0);
    for case in 0..60 {
        let site = Site::new(&[(SEED, RELEASES[0])]);
        imported(site.root());
        let (file, first) = the_page(&site);
        let (text, keys, pieces) = edited(&first, &mut random);
        site.write(&file, &text);
        let mut now = text.clone();
        // Another seed; other topics; other rules for the same seed and topics.
        let kind = case % 3;
        let release = RELEASES[1 + random.usize(..2)];
        match kind {
            0 => site.write(SEED, release),
            1 => site.write("topics.yaml", OWN_TOPICS),
            _ => {
                site.write(SEED, release);
                let (entry, _) = content::read("a.md", now.as_bytes()).expect("reads");
                let seed = entry.front.seed.expect("a seed");
                now = now.replace(&seed.sha256, &digest(release.as_bytes()));
                now = now.replace(&seed.derivation.expect("a version"), "0123456789abcdef");
                site.write(&file, &now);
            }
        }
        let fresh = Site::new(&[(SEED, if kind == 1 { RELEASES[0] } else { release })]);
        if kind == 1 {
            fresh.write("topics.yaml", OWN_TOPICS);
        }
        imported(fresh.root());
        let (_, wanted) = the_page(&fresh);
        let (wanted, wanted_body) = blocks(&wanted);
        let report = imported(site.root());
        assert!(
            report.diagnostics.iter().all(|d| !d.is_error()),
            "{:?}\n{now}",
            report.diagnostics
        );
        let (_, after) = the_page(&site);
        for piece in &pieces {
            assert!(
                after.contains(piece.as_str()),
                "case {case}: lost {piece:?}\n{now}\n=>\n{after}"
            );
            kept += 1;
        }
        let (blocks_now, body_now) = blocks(&now);
        let (blocks_after, body_after) = blocks(&after);
        let theirs: Vec<&String> = keys.iter().collect();
        let mut all: Vec<(&str, &str, Option<&str>, Option<&str>)> = blocks_now
            .iter()
            .filter(|(key, _)| {
                !["", "derived", "review", "seed", "imported", "slug"].contains(&key.as_str())
            })
            .map(|(key, text)| {
                let find =
                    |blocks: &'_ [(String, String)]| blocks.iter().position(|(k, _)| k == key);
                (
                    key.as_str(),
                    text.as_str(),
                    find(&blocks_after).map(|at| blocks_after[at].1.as_str()),
                    find(&wanted).map(|at| wanted[at].1.as_str()),
                )
            })
            .collect();
        all.push(("body", &body_now, Some(&body_after), Some(&wanted_body)));
        for (key, before, after_block, wanted) in all {
            if key.starts_with("mine") || theirs.iter().any(|own| own.as_str() == key) {
                assert_eq!(
                    after_block,
                    Some(before),
                    "case {case}: {key}\n{now}\n=>\n{after}"
                );
                let moved = wanted.is_some_and(|wanted| {
                    recorded(&first, key, wanted) == Some(false) && wanted != before
                });
                let told = report
                    .diagnostics
                    .iter()
                    .any(|d| d.file == file && d.message.contains(&format!("`{key}` was edited")));
                assert_eq!(
                    told, moved,
                    "case {case}: {key}: {:?}\n{now}",
                    report.diagnostics
                );
                conflicts += usize::from(told);
            } else {
                assert_eq!(
                    after_block, wanted,
                    "case {case}: {key} was not refreshed\n{now}\n=>\n{after}"
                );
                refreshed += usize::from(after_block != Some(before));
            }
        }
        // What a person took out stays out.
        for key in &keys {
            let there = |blocks: &[(String, String)]| blocks.iter().any(|(k, _)| k == key);
            assert_eq!(
                there(&blocks_now),
                there(&blocks_after),
                "case {case}: {key}\n{now}\n=>\n{after}"
            );
        }
        let again = imported(site.root());
        assert_eq!(again.written.len(), 0, "case {case}: {:?}", again.written);
    }
    eprintln!(
        "{kept} pieces of a person's were kept, {refreshed} values refreshed, {conflicts} conflicts told"
    );
    assert!(refreshed > 50 && conflicts > 10 && kept > 50);
}
