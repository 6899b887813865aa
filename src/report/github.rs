//! Findings → workflow commands, by which GitHub shows them beside the lines of a change.

use super::placed;
use crate::diagnostic::{Diagnostic, Severity};

/// One command a line. `prefix` is the site's folder in the repository.
pub fn github(findings: &[&Diagnostic], prefix: &str) -> String {
    findings.iter().map(|found| one(found, prefix)).collect()
}

fn one(found: &Diagnostic, prefix: &str) -> String {
    let command = match found.severity {
        Severity::Note => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let file = placed(prefix, found);
    let mut properties = Vec::new();
    if !file.is_empty() {
        properties.push(format!("file={}", property(&file)));
        properties.extend(found.line.map(|line| format!("line={line}")));
    }
    properties.push(format!("title={}", property(&found.rule.id())));
    let help = found.help.as_ref().map(|help| format!("\n{help}"));
    let message = format!("{}{}", found.message, help.unwrap_or_default());
    format!("::{command} {}::{}\n", properties.join(","), data(&message))
}

/// What a message may not hold: a per cent sign, ends of lines.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Beside that, what ends a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Rule;

    #[test]
    fn nothing_ends_a_command_before_its_end() {
        let found = Diagnostic::error("a,b:c.md", "100 % of\r\n::error::x")
            .rule(Rule::LinkBroken)
            .at(3)
            .help("mend it");
        assert_eq!(
            github(&[&found], "site"),
            "::error file=site/a%2Cb%3Ac.md,line=3,title=link-broken::100 %25 of%0D%0A::error::x%0Amend it\n"
        );
        let found = Diagnostic::note("", "x");
        assert_eq!(github(&[&found], "site"), "::notice title=build::x\n");
    }
}
