//! The XML of a document's text or notes → blocks, in one walk. Refuses nothing beyond what XML refuses.

use super::{
    lists::Counters,
    package::Package,
    paragraph::Paragraph,
    xml::{self, Event, Tag},
};
use crate::formats::block::Block;

/// Characters that a cell may have; longer ones lay a page out, and their table is read as paragraphs.
const CELL: usize = 600;

/// What a walk found.
pub(super) struct Walked {
    pub(super) blocks: Vec<Block>,
    /// The notes that the text refers to, in order, each as `footnote 3`.
    marks: Vec<String>,
}

impl Walked {
    /// The mark of a note that the text refers to.
    pub(super) fn mark(&self, note: &str) -> Option<String> {
        let at = self.marks.iter().position(|n| n == note)?;
        Some((at + 1).to_string())
    }
}

/// Where the walk is.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each says within what the walk is"
)]
struct Walk<'a> {
    package: &'a Package,
    counters: Counters,
    /// Blocks of the body and, on top, of the cells and text boxes that the walk is within.
    frames: Vec<Vec<Block>>,
    /// Rows of the tables that the walk is within; a cell is its blocks.
    tables: Vec<Vec<Vec<Vec<Block>>>>,
    paragraphs: Vec<Paragraph>,
    /// Whether each content control that the walk is within shows only a prompt or a table of contents.
    prompts: Vec<bool>,
    /// The element whose content is skipped, and how many of the same name are open.
    skipped: Option<(String, usize)>,
    marks: Vec<String>,
    in_text: bool,
    in_instruction: bool,
    /// Within the properties of a paragraph, where `rPr` is the look of its mark.
    in_properties: usize,
    in_run: bool,
    /// Cells to the right that this one covers, and whether it is covered from above.
    span: usize,
    covered: bool,
}

/// The blocks of `word/document.xml`.
pub(super) fn walk(text: &str, package: &Package) -> Result<Walked, String> {
    let mut walk = Walk::new(package);
    xml::each(text, |event| walk.step(&event))?;
    Ok(Walked {
        blocks: walk.frames.into_iter().flatten().collect(),
        marks: walk.marks,
    })
}

/// The notes of `word/footnotes.xml` or `word/endnotes.xml`: `footnote 3`, and its text.
pub(super) fn notes(
    text: &str,
    element: &str,
    package: &Package,
) -> Result<Vec<(String, String)>, String> {
    let mut notes = Vec::new();
    let mut walk = Walk::new(package);
    let mut id = String::new();
    xml::each(text, |event| {
        walk.step(&event);
        match event {
            Event::Start(tag) if tag.is(element) => {
                walk.frames = vec![Vec::new()];
                id = tag.value("id").unwrap_or_default();
            }
            Event::End(name) if name == element => {
                let text = joined(walk.frames.first().map_or(&[][..], |f| f));
                notes.push((format!("{element} {id}"), text));
            }
            _ => {}
        }
    })?;
    Ok(notes)
}

impl<'a> Walk<'a> {
    fn new(package: &'a Package) -> Self {
        Self {
            package,
            counters: Counters::default(),
            frames: vec![Vec::new()],
            tables: Vec::new(),
            paragraphs: Vec::new(),
            prompts: Vec::new(),
            skipped: None,
            marks: Vec::new(),
            in_text: false,
            in_instruction: false,
            in_properties: 0,
            in_run: false,
            span: 1,
            covered: false,
        }
    }

    fn step(&mut self, event: &Event<'_>) {
        if let Some((name, open)) = &mut self.skipped {
            match event {
                Event::Start(tag) if tag.is(name) => *open += 1,
                Event::End(end) if end == name => *open -= 1,
                _ => {}
            }
            if *open == 0 {
                self.skipped = None;
            }
            return;
        }
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(name) => self.end(name),
            Event::Text(text) => {
                let Some(paragraph) = self.paragraphs.last_mut() else {
                    return;
                };
                if self.in_text {
                    paragraph.push(&text.replace(['\n', '\r', '\t'], " "));
                } else if self.in_instruction
                    && let Some((instruction, false)) = paragraph.fields.last_mut()
                {
                    instruction.push_str(text);
                }
            }
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        match tag.name {
            // What a reader of the document doesn't see: deletions, moved text at its old place, the second form of a drawing; and how
            // characters are read aloud.
            "del" | "moveFrom" | "Fallback" | "rt" => self.skipped = Some((tag.name.to_owned(), 1)),
            "sdtContent" if self.prompts.last() == Some(&true) => {
                self.skipped = Some((tag.name.to_owned(), 1));
            }
            "sdt" => self.prompts.push(false),
            "showingPlcHdr" => self.prompt(tag.is_on()),
            "docPartGallery" => self.prompt(tag.val().as_deref() == Some("Table of Contents")),
            "tbl" => self.tables.push(Vec::new()),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.push(Vec::new());
                }
            }
            "tc" => {
                (self.span, self.covered) = (1, false);
                self.frames.push(Vec::new());
            }
            "gridSpan" => self.span = tag.number().unwrap_or(1).clamp(1, 64),
            "vMerge" => self.covered = tag.val().as_deref() != Some("restart"),
            "txbxContent" => self.frames.push(Vec::new()),
            "p" => {
                self.paragraphs.push(Paragraph::default());
                self.in_run = false;
            }
            "pPr" => self.in_properties += 1,
            _ if self.in_properties > 0 => self.property(tag),
            _ => self.inline(tag),
        }
    }

    fn prompt(&mut self, on: bool) {
        if let Some(prompt) = self.prompts.last_mut() {
            *prompt |= on;
        }
    }

    /// A property of the paragraph.
    fn property(&mut self, tag: &Tag<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        match tag.name {
            "pStyle" => {
                paragraph.meaning = self.package.styles.meaning(&tag.val().unwrap_or_default());
            }
            "outlineLvl" => paragraph.outline = tag.number(),
            "numId" => paragraph.list = tag.val(),
            "ilvl" => paragraph.level = tag.number(),
            _ => {}
        }
    }

    /// A run, its look, or what it shows.
    fn inline(&mut self, tag: &Tag<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        match tag.name {
            "r" => {
                self.in_run = true;
                paragraph.begin_run();
            }
            "rStyle" => {
                let meaning = self.package.styles.meaning(&tag.val().unwrap_or_default());
                paragraph.look.bold |= meaning.bold;
                paragraph.look.italic |= meaning.italic;
            }
            "b" => paragraph.look.bold = tag.is_on() && paragraph.meaning.heading.is_none(),
            "i" => paragraph.look.italic = tag.is_on(),
            "vanish" => paragraph.hidden = tag.is_on(),
            "t" => self.in_text = true,
            "instrText" => self.in_instruction = true,
            "tab" if self.in_run => paragraph.push(" "),
            "br" | "cr" if self.in_run => {
                let page = matches!(tag.value("type").as_deref(), Some("page" | "column"));
                paragraph.push(if page { " " } else { "\n" });
            }
            "noBreakHyphen" => paragraph.push("-"),
            "hyperlink" => {
                paragraph.link = tag
                    .value("id")
                    .and_then(|id| self.package.links.get(&id).cloned());
            }
            "fldSimple" => {
                let instruction = tag.value("instr").unwrap_or_default();
                paragraph.fields.push((instruction, true));
            }
            "fldChar" => match tag.value("fldCharType").as_deref() {
                Some("begin") => paragraph.fields.push((String::new(), false)),
                Some("separate") => {
                    if let Some((_, result)) = paragraph.fields.last_mut() {
                        *result = true;
                    }
                }
                Some("end") => drop(paragraph.fields.pop()),
                _ => {}
            },
            "footnoteReference" | "endnoteReference" => {
                let kind = tag.name.trim_end_matches("Reference");
                let note = format!("{kind} {}", tag.value("id").unwrap_or_default());
                self.marks.push(note);
                paragraph.push_mark(&self.marks.len().to_string());
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "instrText" => self.in_instruction = false,
            "pPr" => self.in_properties = self.in_properties.saturating_sub(1),
            "r" => self.in_run = false,
            "hyperlink" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.link = None;
                }
            }
            "fldSimple" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.fields.pop();
                }
            }
            "p" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    let block = paragraph.finish(self.package, &mut self.counters);
                    self.add(vec![block]);
                }
                // A text box ends within a run of the paragraph around it.
                self.in_run = !self.paragraphs.is_empty();
            }
            "sdt" => drop(self.prompts.pop()),
            // A text box comes before the paragraph that it hangs on.
            "txbxContent" if self.frames.len() > 1 => {
                let blocks = self.frames.pop().unwrap_or_default();
                self.add(blocks);
            }
            "tc" if self.frames.len() > 1 => {
                let blocks = self.frames.pop().unwrap_or_default();
                if let Some(row) = self.tables.last_mut().and_then(|t| t.last_mut()) {
                    row.push(if self.covered { Vec::new() } else { blocks });
                    let cells = row.len() + self.span - 1;
                    row.resize(cells, Vec::new());
                }
                (self.span, self.covered) = (1, false);
            }
            "tbl" => {
                let table = self.tables.pop().unwrap_or_default();
                self.add(laid_out(table));
            }
            _ => {}
        }
    }

    fn add(&mut self, blocks: Vec<Block>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.extend(blocks);
        }
    }
}

/// A table as one, or as the blocks of its cells where it only lays a page out.
fn laid_out(rows: Vec<Vec<Vec<Block>>>) -> Vec<Block> {
    let cells = || rows.iter().flatten();
    let is_empty = |cell: &Vec<Block>| joined(cell).is_empty();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let filled = |column| {
        rows.iter()
            .any(|r| r.get(column).is_some_and(|c| !is_empty(c)))
    };
    let data = rows.len() > 1
        && (0..columns).filter(|c| filled(*c)).count() > 1
        && cells().all(|cell| joined(cell).chars().count() <= CELL)
        && !cells().flatten().any(|b| matches!(b, Block::Table(_)));
    if !data {
        return rows.into_iter().flatten().flatten().collect();
    }
    let rows = rows
        .iter()
        .filter(|row| !row.iter().all(is_empty))
        .map(|row| row.iter().map(|cell| joined(cell)).collect())
        .collect();
    vec![Block::Table(rows)]
}

/// The text of blocks on one line.
fn joined(blocks: &[Block]) -> String {
    let texts: Vec<String> = blocks
        .iter()
        .filter_map(Block::text)
        .filter(|text| !text.is_empty())
        .map(|text| text.replace('\n', " "))
        .collect();
    texts.join(" ")
}
