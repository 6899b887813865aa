//! A Word document (.docx) → Markdown: headings, lists, tables, links, quotations, notes, emphasis. Deleted and hidden text, page headers and
//! footers, tables of contents, pictures are left out. Refuses what is no such document, is locked, or is larger than a document is.

mod body;
mod lists;
mod package;
mod paragraph;
mod styles;
mod xml;

use package::Package;

use crate::{
    distill::{Said, Source},
    formats::{
        block::{self, Block},
        html,
    },
};

/// A .docx file, else what is wrong with it and what a person can do. The day on which it was saved is one that relative dates resolve against.
pub fn source(bytes: &[u8]) -> Result<Source, String> {
    let package = package::open(bytes)?;
    let mut source = html::titled(markdown(&package)?);
    source.container.made = package.made.as_ref().and_then(|made| {
        let rule = format!("document property {}", made.property);
        Said::new(html::day(&made.time)?, &rule)
    });
    Ok(source)
}

fn markdown(package: &Package) -> Result<String, String> {
    let mut walked = body::walk(&package.document, package)?;
    for (xml, element) in [
        (&package.footnotes, "footnote"),
        (&package.endnotes, "endnote"),
    ] {
        for (note, text) in body::notes(xml, element, package)? {
            if let Some(mark) = walked.mark(&note) {
                walked.blocks.push(Block::Note(mark, text));
            }
        }
    }
    demote(&mut walked.blocks);
    block::listed(&mut walked.blocks);
    let text = block::markdown(&walked.blocks);
    if text.trim().is_empty() {
        return Err("there is no text in this document, only pictures perhaps; paste its text into a .txt file".to_owned());
    }
    Ok(text)
}

/// Below a title, `Heading 1` is the second level: a page has one headline.
fn demote(blocks: &mut [Block]) {
    let mut titles = 0;
    for block in blocks.iter() {
        titles += usize::from(matches!(block, Block::Heading(1, _)));
    }
    let headings = blocks.iter_mut().filter_map(|block| match block {
        Block::Heading(level, _) => Some(level),
        _ => None,
    });
    for level in headings.skip(1).filter(|_| titles > 1) {
        *level = (*level + 1).min(6);
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;
    use crate::distill;

    fn markdown(bytes: &[u8]) -> Result<String, String> {
        super::markdown(&package::open(bytes)?)
    }

    #[test]
    fn the_day_of_the_properties_is_kept() {
        const ROOT: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/>
            <Relationship Id="r2" Type="http://x/core-properties" Target="docProps/core.xml"/></Relationships>"#;
        const TEXT: &str = "<document><body><p><r><t>Text.</t></r></p></body></document>";
        for (properties, made) in [
            (
                "<cp><created>2019-05-01T08:00:00Z</created><modified>2026-01-27T09:00:00Z</modified></cp>",
                Some("2026-01-27 document property modified"),
            ),
            (
                "<cp><created>2026-01-26T08:00:00Z</created></cp>",
                Some("2026-01-26 document property created"),
            ),
            ("<cp><created>soon</created></cp>", None),
            ("<cp><created>", None),
        ] {
            let file = archive(&[
                ("_rels/.rels", ROOT),
                ("docProps/core.xml", properties),
                ("word/document.xml", TEXT),
            ]);
            let found = source(&file).expect("a document").container.made;
            let found = found.map(|said| format!("{} {}", said.value, said.rule));
            assert_eq!(found.as_deref(), made, "{properties}");
        }
    }

    /// A program that fills a template leaves its properties: what the text states is not in doubt for that.
    #[test]
    fn the_properties_of_a_template_are_no_reason_for_doubt() {
        const ROOT: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/>
            <Relationship Id="r2" Type="http://x/core-properties" Target="docProps/core.xml"/></Relationships>"#;
        const TEXT: &str = "<document><body><p><r><t>Ports reopen</t></r></p><p><r><t>REYKJAVIK, 27 January 2026 - Iceland reopened its ports on Tuesday.</t></r></p></body></document>";
        let file = archive(&[
            ("_rels/.rels", ROOT),
            (
                "docProps/core.xml",
                "<cp><modified>2013-12-23T23:15:00Z</modified></cp>",
            ),
            ("word/document.xml", TEXT),
        ]);
        let options = distill::Options {
            reference: Some(jiff::civil::date(2026, 2, 3)),
            ..distill::Options::default()
        };
        let document = distill::derive(&source(&file).expect("a document"), "", options);
        assert_eq!(
            document.date.map(|d| d.to_string()).as_deref(),
            Some("2026-01-27")
        );
        let doubts = document
            .doubts
            .iter()
            .filter(|d| d.field == Some(distill::Field::Date));
        assert_eq!(doubts.count(), 0);
    }

    const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>"#;
    const RELATED: &str = r#"<Relationships>
        <Relationship Id="s" Type="http://x/styles" Target="styles.xml"/><Relationship Id="n" Type="http://x/numbering" Target="numbering.xml"/>
        <Relationship Id="f" Type="http://x/footnotes" Target="/word/footnotes.xml"/>
        <Relationship Id="h" Type="http://x/hyperlink" Target="https://example.org/?a=1&amp;b=2" TargetMode="External"/>
        <Relationship Id="j" Type="http://x/hyperlink" Target="javascript:alert(1)" TargetMode="External"/></Relationships>"#;
    const STYLES: &str = r#"<styles><style styleId="Titre1"><name val="heading 1"/></style><style styleId="T"><name val="Title"/></style>
        <style styleId="Mon"><name val="Mon titre"/><basedOn val="Titre1"/></style><style styleId="Q"><name val="Intense Quote"/></style>
        <style styleId="LB"><name val="List Bullet"/><pPr><numPr><numId val="1"/></numPr></pPr></style>
        <style styleId="LB2"><name val="List Bullet 2"/><pPr><numPr><numId val="1"/></numPr></pPr></style><style styleId="BT"><name val="Block Text"/></style>
        <style styleId="Loop"><name val="x"/><basedOn val="Loop"/></style></styles>"#;
    const LISTS: &str = r#"<numbering><abstractNum abstractNumId="0"><lvl ilvl="0"><start val="1"/><numFmt val="bullet"/><lvlText val=""/></lvl>
        <lvl ilvl="1"><start val="1"/><numFmt val="decimal"/><lvlText val="%2."/></lvl></abstractNum>
        <abstractNum abstractNumId="1"><lvl ilvl="0"><start val="3"/><numFmt val="lowerLetter"/><lvlText val="%1)"/></lvl></abstractNum>
        <num numId="3"><abstractNumId val="1"/><lvlOverride ilvl="1"><lvl ilvl="1"><start val="1"/><numFmt val="bullet"/><lvlText val="◦"/></lvl></lvlOverride></num><num numId="1"><abstractNumId val="0"/></num><num numId="2"><abstractNumId val="1"/></num></numbering>"#;
    const NOTES: &str = r#"<footnotes><footnote id="-1" type="separator"><p><r><t>___</t></r></p></footnote>
        <footnote id="7"><p><r><t>A source &amp; more.</t></r></p></footnote></footnotes>"#;

    fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default())
                .expect("entry");
            zip.write_all(text.as_bytes()).expect("text");
        }
        zip.finish().expect("archive").into_inner()
    }

    fn document(body: &str) -> Vec<u8> {
        archive(&[
            ("_rels/.rels", RELATIONS),
            ("word/_rels/document.xml.rels", RELATED),
            ("word/styles.xml", STYLES),
            ("word/numbering.xml", LISTS),
            ("word/footnotes.xml", NOTES),
            (
                "word/document.xml",
                &format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#),
            ),
        ])
    }

    fn p(properties: &str, text: &str) -> String {
        format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn structure_survives() {
        let style = |id: &str| format!(r#"<w:pStyle w:val="{id}"/>"#);
        let item = |list: u8, level: u8| {
            format!(r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#)
        };
        let row = |cells: [&str; 2]| {
            let cells: String = cells
                .iter()
                .map(|c| format!("<w:tc>{}</w:tc>", p("", c)))
                .collect();
            format!("<w:tr>{cells}</w:tr>")
        };
        for (body, expected) in [
            (p(&style("T"), "Title") + &p(&style("Mon"), "Part"), "# Title\n\n## Part"),
            (p(r#"<w:outlineLvl w:val="1"/><w:rPr><w:b/></w:rPr>"#, "Part"), "## Part"),
            (p(&style("LB"), "a") + &p(&item(1, 1), "b") + &p(&item(1, 1), "c") + &p(&style("LB"), "d") + &p(&item(1, 1), "e"),
             "- a\n    1. b\n    2. c\n- d\n    1. e"),
            (p(&item(2, 0), "x") + &p(&item(3, 1), "y"), "- c) x\n    - y"),
            (p(&style("LB"), "a") + &p(&style("LB2"), "b"), "- a\n    - b"),
            (p(&style("BT"), "Said."), "> Said."),
            (p("", "• a") + &p("", "- b") + &p("", "c") + &p("", "- d"), "- a\n- b\n\nc\n\n\\- d"),
            ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>やまだ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>山田</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>".to_owned(), "山田"),
            (p(&item(2, 0), "x") + &p(&item(2, 0), "y"), "- c) x\n- d) y"),
            (p(&format!("{}{}", style("LB"), item(0, 0)), "no item"), "no item"),
            (p(&style("Q"), "Said.") + &p(&style("Loop"), "After"), "> Said.\n\nAfter"),
            (format!("<w:tbl>{}{}</w:tbl>", row(["Year", "a|b"]), row(["2025", "1 &lt; 2"])), "| Year | a\\|b |\n| --- | --- |\n| 2025 | 1 < 2 |"),
            // A table of one row lays the letterhead out.
            (format!("<w:tbl>{}</w:tbl>", row(["Ministry", "Paris, 3 March"])), "Ministry\n\nParis, 3 March"),
            (r#"<w:p><w:hyperlink r:id="h"><w:r><w:t>the report</w:t></w:r></w:hyperlink><w:r><w:t xml:space="preserve"> and </w:t></w:r>
                <w:hyperlink r:id="j"><w:r><w:t>that</w:t></w:r></w:hyperlink></w:p>"#.to_owned(), "[the report](https://example.org/?a=1&b=2) and that"),
            (r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://a.example/" </w:instrText></w:r>
                <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>A</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>B</w:t></w:r></w:p>"#.to_owned(),
             "[A](https://a.example/)B"),
            (r#"<w:p><w:r><w:t>So</w:t><w:footnoteReference w:id="7"/><w:t>.</w:t></w:r></w:p>"#.to_owned(), "So[^1].\n\n[^1]: A source & more."),
            (r"<w:p><w:r><w:t>kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText><w:t>gone</w:t></w:r></w:del><w:ins><w:r><w:t> new</w:t></w:r></w:ins>
                <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r></w:p>".to_owned(), "kept new"),
            ("<w:p><w:r><w:t>below</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice>
                <mc:Fallback><w:p><w:r><w:t>boxed</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>".to_owned(), "boxed\n\nbelow"),
            ("<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>".to_owned(), "one\\\ntwo"),
            ("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r><w:r><w:t>, &lt;script&gt; # no</w:t></w:r></w:p>".to_owned(), "**Bold**, \\<script> # no"),
            ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Click here</w:t></w:r></w:p></w:sdtContent></w:sdt>".to_owned() + &p("", "text"), "text"),
            (p("", "أعلنت وزارة الخارجية"), "أعلنت وزارة الخارجية"),
        ] {
            assert_eq!(markdown(&document(&body)).as_deref(), Ok(expected), "{body}");
        }
    }

    #[test]
    fn a_headline_below_the_name_of_the_office_is_no_part_of_the_body() {
        let title = p(r#"<w:pStyle w:val="T"/>"#, "Ports reopen");
        let file = document(&(p("", "Ministry of Ports") + &title + &p("", "All is well.")));
        let found = source(&file).expect("a document");
        assert_eq!(
            found.markdown.as_deref(),
            Some("Ministry of Ports\n\nAll is well.")
        );
        assert_eq!(
            found.text,
            "Ministry of Ports\n\nPorts reopen\n\nAll is well."
        );
        let title = found.container.title.map(|said| said.value);
        assert_eq!(title.as_deref(), Some("Ports reopen"));
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let bomb = "a".repeat(70 * 1024 * 1024);
        let nested = "<w:p>".repeat(100_000);
        let entities = r#"<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>"#;
        let full = document(&p("", "text"));
        let cut = full.get(..full.len() / 2).unwrap_or_default();
        for (bytes, said) in [
            (b"PK\x03\x04".to_vec(), "cannot be unpacked"),
            (cut.to_vec(), "cannot be unpacked"),
            (
                b"\xD0\xCF\x11\xE0\xA1\xB1".to_vec(),
                "locked with a password",
            ),
            (archive(&[("a.txt", "text")]), "no Word document"),
            (document(""), "no text"),
            (document(&nested), "within each other"),
            (archive(&[("word/document.xml", entities)]), "document type"),
            (archive(&[("word/document.xml", &bomb)]), "64 MiB"),
            (
                archive(&[("word/document.xml", "<a><b></a>")]),
                "XML is broken",
            ),
        ] {
            let told = markdown(&bytes);
            assert!(
                told.as_ref().is_err_and(|e| e.contains(said)),
                "{said}: {told:?}"
            );
        }
    }
}
