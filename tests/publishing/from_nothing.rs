//! The path of a new user: a site, three seeds, review, preview, a store, a browser.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    deploy::S3,
    hosts::FOR_GOOD,
    http::{get, node, put},
    support::{Site, serving},
};

/// A Word document of these paragraphs.
fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let body: String = paragraphs
        .iter()
        .map(|p| format!("<w:p><w:r><w:t>{p}</w:t></w:r></w:p>"))
        .collect();
    for (name, text) in [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned()),
        ("_rels/.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>".to_owned()),
        ("word/document.xml", format!("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>")),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("begun");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("whole").into_inner()
}

#[test]
fn a_new_user_gets_from_nothing_to_a_store() {
    let Some(s3) = S3::start() else { return };
    let site = Site::new(&[]);
    site.run(&["new", "press"]).well();
    site.write(
        "press/seeds/2026-02-03_ports.txt",
        "Norway reopens northern ports\n\nOSLO, 3 February 2026 - Norway reopened its northern ports on Tuesday, the ministry of fisheries said, and the fleet put to sea.\n",
    );
    site.write(
        "press/seeds/2026-02-04_wheat.eml",
        "From: press@example.org\r\nTo: news@example.net\r\nDate: Wed, 4 Feb 2026 09:00:00 +0000\r\nSubject: Kenya receives wheat from Morocco\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nNAIROBI, 4 February 2026 - Kenya received a first cargo of wheat from Morocco on Wednesday, the ministry of agriculture said.\r\n",
    );
    site.write(
        "press/seeds/2026-02-05_rail.docx",
        docx(&[
            "Portugal and Spain sign rail accord",
            "LISBON, 5 February 2026 - Portugal and Spain signed an accord on a fast railway on Thursday, the ministry of transport said.",
        ]),
    );
    let titles = [
        "Norway reopens northern ports",
        "Kenya receives wheat from Morocco",
        "Portugal and Spain sign rail accord",
    ];
    let press = |arguments: &[&str]| site.run(&[&["--root", "press"], arguments].concat());
    press(&["import"]).well();
    let waiting = press(&["review", "--json"]).well().out;
    let files: Vec<Value> = waiting
        .lines()
        .filter_map(|l| serde_json::from_str(l).ok())
        .collect();
    let mut files: Vec<&str> = files.iter().filter_map(|v| v["file"].as_str()).collect();
    files.dedup();
    for file in files {
        press(&["review", "--accept", file]).well();
    }
    press(&["review", "--strict"]).well();
    let (_preview, port) = serving(&mut site.command(&["--root", "press", "serve", "--port", "0"]));
    let home = get(port, "/", "");
    let text = String::from_utf8_lossy(&home.body).into_owned();
    assert!(titles.iter().all(|title| text.contains(title)), "{text}");
    let base = format!("http://press.example.org:{}/press/site/", s3.port);
    s3.plan(&site, &["--root", "press", "--base-url", &base]);
    let home = s3.get("site/index.html");
    let text = String::from_utf8_lossy(&home.body).into_owned();
    assert!(titles.iter().all(|title| text.contains(title)), "{text}");
    // All that the page draws in is there.
    let own = |attribute: &str| -> Vec<String> {
        let found = text
            .split(attribute)
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        found
            .filter(|a| a.starts_with("/press/site/assets/"))
            .map(str::to_owned)
            .collect()
    };
    let parts = [own("href=\""), own("src=\"")].concat();
    assert!(!parts.is_empty(), "{text}");
    for part in parts {
        let there = s3.get(part.trim_start_matches("/press/"));
        assert_eq!(
            (there.status, there.header("cache-control").as_str()),
            (200, FOR_GOOD),
            "{part}"
        );
    }
    // Strangers may read, as at any public site.
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::press/*"}]}"#;
    assert_eq!(put(s3.port, "/press?policy", policy).status, 200);
    browse(&base, &titles);
}

/// Opens the deployed site in a browser.
fn browse(base: &str, titles: &[&str]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let browser =
        std::env::var_os("CHROMIUM").map_or_else(|| "/usr/bin/chromium".into(), PathBuf::from);
    if !browser.exists() || !root.join("tests/node_modules/playwright-core").exists() {
        return println!(
            "SKIPPED: the browser or playwright-core is not installed; tests/run installs both"
        );
    }
    node("browse.mjs", [&[base], titles].concat());
}
