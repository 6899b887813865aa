//! What a table is written with: a region that scrolls, and cells that are aligned by class.

use pulldown_cmark::{Alignment, CowStr};

/// A table may be wider than a phone: it scrolls by itself, by keyboard too. Regions of one page need names that differ.
pub(super) fn scroll_region(label: &str, number: usize) -> CowStr<'static> {
    if label.is_empty() {
        return "<div class=\"table\" tabindex=\"0\">".into();
    }
    let label = quick_xml::escape::escape(label);
    let number = if number > 1 {
        format!(" {number}")
    } else {
        String::new()
    };
    format!("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{label}{number}\">")
        .into()
}

/// The cells of a table, aligned by class: the policy of a site allows no style in an element.
#[derive(Default)]
pub(super) struct Cells {
    classes: Vec<&'static str>,
    head: bool,
    column: usize,
}

impl Cells {
    pub(super) fn of(alignment: &[Alignment]) -> Self {
        let class = |of: &Alignment| match of {
            Alignment::Right => " class=\"number\"",
            Alignment::Center => " class=\"centre\"",
            Alignment::Left | Alignment::None => "",
        };
        Self {
            classes: alignment.iter().map(class).collect(),
            ..Self::default()
        }
    }

    pub(super) fn row(&mut self, head: bool) {
        (self.head, self.column) = (head, 0);
    }

    pub(super) fn open(&mut self) -> String {
        let class = self.classes.get(self.column).copied().unwrap_or_default();
        self.column += 1;
        format!("<{}{class}>", if self.head { "th" } else { "td" })
    }

    pub(super) fn close(&self) -> &'static str {
        if self.head { "</th>" } else { "</td>" }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fragment;

    #[test]
    fn cells_are_aligned_without_a_style() {
        let html = fragment("| a | b |\n| - | -: |\n| 1 | 2 |\n");
        assert!(
            html.contains("<thead><tr><th>a</th><th class=\"number\">b</th></tr></thead>"),
            "{html}"
        );
        assert!(
            html.contains("<tr><td>1</td><td class=\"number\">2</td></tr>"),
            "{html}"
        );
    }
}
