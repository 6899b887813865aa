//! The tables of a cleaned page → tables as Markdown has them: one row of heads, a cell in every column. What only lays the page out becomes
//! its cells, one below the other. Refuses nothing.

/// Characters that a cell may have; longer ones lay a page out.
const CELL: usize = 600;
/// Columns and rows that one cell may cover.
const ACROSS: usize = 64;
const DOWN: usize = 1000;

/// A page as `ammonia` writes it, with tidy tables.
pub(super) fn tidied(html: &str) -> String {
    if !html.contains("<table") {
        return html.to_owned();
    }
    let mut shapes = shapes(html).into_iter();
    let mut open: Vec<Open> = Vec::new();
    let mut out = String::with_capacity(html.len());
    for part in Parts(html) {
        let Part::Tag(tag) = part else {
            out.push_str(part.text());
            continue;
        };
        if tag.name == "table" {
            if tag.ends {
                if let Some(table) = open.pop() {
                    out.push_str(table.closing());
                }
            } else {
                let data = shapes.next().is_some_and(|shape| shape.is_data());
                open.push(Open {
                    data,
                    ..Open::default()
                });
                out.push_str(if data { "" } else { "<div>" });
            }
            continue;
        }
        match open.last_mut() {
            Some(table) if PARTS.contains(&tag.name) => table.write(&tag, &mut out),
            _ => out.push_str(tag.whole),
        }
    }
    out
}

/// The elements that only tables have.
const PARTS: [&str; 9] = [
    "caption", "col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// A table that is being written.
#[derive(Default)]
struct Open {
    data: bool,
    rows: usize,
    column: usize,
    /// Cells to the right that the cell being written covers.
    wide: usize,
    /// How many more rows each column is covered from above.
    covered: Vec<usize>,
}

impl Open {
    fn write(&mut self, tag: &Tag<'_>, out: &mut String) {
        match (tag.name, tag.ends) {
            ("caption", false) => out.push_str("<p>"),
            ("caption", true) => out.push_str("</p>"),
            ("td" | "th", ends) if !self.data => {
                out.push_str(if ends { "</div>" } else { "<div>" });
            }
            (_, _) if !self.data => {}
            ("tr", false) => {
                out.push_str(if self.rows == 0 {
                    "<table><tr>"
                } else {
                    "<tr>"
                });
                self.rows += 1;
                self.column = 0;
            }
            ("tr", true) => {
                while self.column < self.covered.len() {
                    self.pass_covered(out);
                    self.column += 1;
                }
                out.push_str("</tr>");
            }
            ("td" | "th", false) => {
                self.pass_covered(out);
                let span = |name: &str, most| tag.number(name).unwrap_or(1).clamp(1, most);
                self.wide = span("colspan", ACROSS);
                let below = span("rowspan", DOWN) - 1;
                let end = self.column + self.wide;
                if self.covered.len() < end {
                    self.covered.resize(end, 0);
                }
                for column in self.covered.iter_mut().take(end).skip(self.column) {
                    *column = below;
                }
                self.column = end;
                let kind = self.cell();
                out.extend(["<", kind, ">"]);
            }
            ("td" | "th", true) => {
                let kind = self.cell();
                out.extend(["</", kind, ">"]);
                for _ in 1..self.wide {
                    self.empty(out);
                }
            }
            _ => {}
        }
    }

    /// Empty cells for the columns that a cell above covers.
    fn pass_covered(&mut self, out: &mut String) {
        while let Some(left) = self.covered.get_mut(self.column).filter(|left| **left > 0) {
            *left -= 1;
            self.column += 1;
            self.empty(out);
        }
    }

    fn empty(&self, out: &mut String) {
        let kind = self.cell();
        out.extend(["<", kind, "></", kind, ">"]);
    }

    fn cell(&self) -> &'static str {
        if self.rows == 1 { "th" } else { "td" }
    }

    fn closing(&self) -> &'static str {
        match (self.data, self.rows) {
            (false, _) => "</div>",
            (true, 0) => "",
            (true, _) => "</table>",
        }
    }
}

/// What a table looks like.
#[derive(Default)]
struct Shape {
    rows: usize,
    columns: usize,
    /// Cells of the row, and characters of the cell that is being read.
    cells: usize,
    letters: usize,
    longest: usize,
    nests: bool,
}

impl Shape {
    fn is_data(&self) -> bool {
        !self.nests && self.rows > 1 && self.columns > 1 && self.longest <= CELL
    }
}

/// The shapes of all tables, in the order in which they begin.
fn shapes(html: &str) -> Vec<Shape> {
    let mut all: Vec<Shape> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for part in Parts(html) {
        let here = open.last().copied();
        let Some(shape) = here.and_then(|at| all.get_mut(at)) else {
            if part.begins("table") {
                open.push(all.len());
                all.push(Shape::default());
            }
            continue;
        };
        match part {
            Part::Text(text) => {
                shape.letters += text.trim().chars().count();
                shape.longest = shape.longest.max(shape.letters);
            }
            Part::Tag(Tag {
                name: "table",
                ends: true,
                ..
            }) => drop(open.pop()),
            Part::Tag(Tag { name: "table", .. }) => {
                shape.nests = true;
                open.push(all.len());
                all.push(Shape::default());
            }
            Part::Tag(tag) if !tag.ends && tag.name == "tr" => {
                shape.rows += 1;
                shape.cells = 0;
            }
            Part::Tag(tag) if !tag.ends && matches!(tag.name, "td" | "th") => {
                shape.cells += 1;
                shape.columns = shape.columns.max(shape.cells);
                shape.letters = 0;
            }
            Part::Tag(_) => {}
        }
    }
    all
}

/// A tag, or the text up to the next one.
enum Part<'a> {
    Text(&'a str),
    Tag(Tag<'a>),
}

impl<'a> Part<'a> {
    fn text(&self) -> &'a str {
        match self {
            Self::Text(text) => text,
            Self::Tag(tag) => tag.whole,
        }
    }

    fn begins(&self, name: &str) -> bool {
        matches!(self, Self::Tag(tag) if tag.name == name && !tag.ends)
    }
}

struct Tag<'a> {
    whole: &'a str,
    name: &'a str,
    ends: bool,
}

impl Tag<'_> {
    /// An attribute that is a number.
    fn number(&self, name: &str) -> Option<usize> {
        let (_, rest) = self.whole.split_once(&format!(" {name}=\""))?;
        rest.split_once('"')?.0.trim().parse().ok()
    }
}

/// The parts of a page whose attributes all stand in double quotes.
struct Parts<'a>(&'a str);

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        let rest = self.0;
        if rest.is_empty() {
            return None;
        }
        let length = if rest.starts_with('<') {
            let mut quoted = false;
            rest.find(|c| {
                quoted ^= c == '"';
                c == '>' && !quoted
            })
            .map_or(rest.len(), |end| end + 1)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (whole, after) = rest.split_at(length);
        self.0 = after;
        let Some(inner) = whole.strip_prefix('<') else {
            return Some(Part::Text(whole));
        };
        let ends = inner.starts_with('/');
        let name = inner.trim_start_matches('/');
        let name = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .next()
            .unwrap_or_default();
        Some(Part::Tag(Tag { whole, name, ends }))
    }
}

#[cfg(test)]
mod tests {
    use super::tidied;

    #[test]
    fn rows_have_a_cell_in_every_column() {
        for (html, expected) in [
            (
                "<table><caption>C</caption><thead><tr><th rowspan=\"2\">a</th><th colspan=\"2\">b</th></tr><tr><th>c</th><th>d</th></tr></thead><tbody><tr><th>e</th><td>f</td><td>g</td></tr></tbody></table>",
                "<p>C</p><table><tr><th>a</th><th>b</th><th></th></tr><tr><td></td><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td><td>g</td></tr></table>",
            ),
            (
                "<table><tr><td>a</td><td rowspan=\"9\">b</td></tr><tr><td>c</td></tr></table>",
                "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td></td></tr></table>",
            ),
            // What lays a page out: one row, or tables within.
            (
                "<table><tr><td><a title=\">\">x</a></td><td>y</td></tr></table>",
                "<div><div><a title=\">\">x</a></div><div>y</div></div>",
            ),
            (
                "<table><tr><td>a</td><td>b</td></tr><tr><td><table><tr><td>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr></table></td></tr></table>",
                "<div><div>a</div><div>b</div><div><table><tr><th>c</th><th>d</th></tr><tr><td>e</td><td>f</td></tr></table></div></div>",
            ),
        ] {
            assert_eq!(tidied(html), expected, "{html}");
        }
    }
}
