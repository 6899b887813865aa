//! The archive that a .docx file is → its parts that matter, as text. Refuses what is no such archive and what unpacks to too much.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read},
};

use zip::{ZipArchive, result::ZipError};

use super::{lists::Lists, styles::Styles, xml};

/// Bytes that all parts together may unpack to. The largest documents of a press office have some 2 MB of XML.
const UNPACKED: u64 = 64 * 1024 * 1024;
/// Files that an archive may have.
const ENTRIES: usize = 10_000;
/// How the files of Word 97 and of locked documents begin.
const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0";

/// The parts of a document.
pub(super) struct Package {
    /// The XML of the text.
    pub(super) document: String,
    /// The XML of the notes; empty where there are none.
    pub(super) footnotes: String,
    pub(super) endnotes: String,
    pub(super) styles: Styles,
    pub(super) lists: Lists,
    /// The day on which it was last saved, else made, as its properties say: `2026-01-27`.
    pub(super) made: Option<Made>,
    /// Addresses of links by their relation's id.
    pub(super) links: BTreeMap<String, String>,
}

/// Unpacks what is needed.
pub(super) fn open(bytes: &[u8]) -> Result<Package, String> {
    if bytes.starts_with(COMPOUND_FILE) {
        return Err("this is a document locked with a password, or one of Word 97; save it as .docx without a password".to_owned());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    if archive.len() > ENTRIES {
        return Err(format!(
            "the archive has {} files, and {ENTRIES} are the most; save the text as .txt",
            archive.len()
        ));
    }
    let mut left = UNPACKED;
    let relations = |text: &str| relations(text);
    let root = relations(&part(&mut archive, "_rels/.rels", &mut left)?)?;
    let main = root
        .iter()
        .find(|r| r.kind == "officeDocument")
        .map_or("word/document.xml", |r| r.target.trim_start_matches('/'))
        .to_owned();
    let document = part(&mut archive, &main, &mut left)?;
    if document.is_empty() {
        return Err("this archive is no Word document; save the text as .docx or .txt".to_owned());
    }
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let related = relations(&part(
        &mut archive,
        &format!("{folder}/_rels/{name}.rels"),
        &mut left,
    )?)?;
    let properties = match root.iter().find(|r| r.kind == "core-properties") {
        Some(r) => part(&mut archive, r.target.trim_start_matches('/'), &mut left)?,
        None => String::new(),
    };
    let mut of_kind = |kind: &str| -> Result<String, String> {
        let Some(relation) = related.iter().find(|r| r.kind == kind && !r.external) else {
            return Ok(String::new());
        };
        let path = match relation.target.strip_prefix('/') {
            Some(from_root) => from_root.to_owned(),
            None => format!("{folder}/{}", relation.target),
        };
        part(&mut archive, &path, &mut left)
    };
    Ok(Package {
        made: made(&properties),
        styles: Styles::read(&of_kind("styles")?)?,
        lists: Lists::read(&of_kind("numbering")?)?,
        footnotes: of_kind("footnotes")?,
        endnotes: of_kind("endnotes")?,
        links: related
            .iter()
            .filter(|r| r.external && r.kind == "hyperlink")
            .map(|r| (r.id.clone(), r.target.clone()))
            .collect(),
        document,
    })
}

/// A day that the properties of a document state.
pub(super) struct Made {
    /// `modified` or `created`.
    pub(super) property: &'static str,
    /// The day, as machines write it.
    pub(super) time: String,
}

/// The day of `docProps/core.xml`; broken properties are none.
fn made(properties: &str) -> Option<Made> {
    const KNOWN: [&str; 2] = ["modified", "created"];
    let mut found = [None, None];
    let mut inside = None;
    xml::each(properties, |event| match event {
        xml::Event::Start(tag) => inside = KNOWN.iter().position(|name| tag.is(name)),
        xml::Event::Text(text) => {
            if let Some(time) = inside.and_then(|at: usize| found.get_mut(at)) {
                *time = Some(text.trim().to_owned());
            }
        }
        xml::Event::End(_) => inside = None,
    })
    .ok()?;
    KNOWN.into_iter().zip(found).find_map(|(property, time)| {
        Some(Made {
            property,
            time: time?,
        })
    })
}

/// One part as text; empty where the archive has none of that name.
fn part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    left: &mut u64,
) -> Result<String, String> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(String::new()),
        Err(e) => return Err(broken(&e)),
    };
    let mut bytes = Vec::new();
    // What the archive says of the size is not trusted.
    file.take(*left + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| broken(&ZipError::Io(e)))?;
    *left = left.checked_sub(bytes.len() as u64).ok_or(
        "the document unpacks to more than 64 MiB, which no press document does; save its text as .txt",
    )?;
    let (text, ..) = encoding_rs::UTF_8.decode(&bytes);
    Ok(text.into_owned())
}

struct Relation {
    id: String,
    /// The last part of its type's address.
    kind: String,
    target: String,
    external: bool,
}

fn relations(text: &str) -> Result<Vec<Relation>, String> {
    let mut found = Vec::new();
    xml::each(text, |event| {
        if let xml::Event::Start(tag) = event
            && tag.is("Relationship")
        {
            let kind = tag.value("Type").unwrap_or_default();
            found.push(Relation {
                id: tag.value("Id").unwrap_or_default(),
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: tag.value("Target").unwrap_or_default(),
                external: tag.value("TargetMode").as_deref() == Some("External"),
            });
        }
    })?;
    Ok(found)
}

fn broken(why: &ZipError) -> String {
    format!(
        "the document cannot be unpacked ({why}); open it in Word and save it again, or save its text as .txt"
    )
}
