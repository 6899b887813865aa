//! Findings → one JSON object a line: `rule`, `severity`, `file`, `line`, `message`, `help`.

use serde_json::json;

use super::word;
use crate::diagnostic::Diagnostic;

/// The lines, each with its end. `file` is null where no file is meant, `line` and `help` where there is none.
pub fn json(findings: &[&Diagnostic]) -> String {
    findings
        .iter()
        .map(|found| {
            let file = Some(&found.file).filter(|file| !file.is_empty());
            let line = json!({
                "rule": found.rule.id(),
                "severity": word(found.severity),
                "file": file,
                "line": found.line,
                "message": found.message,
                "help": found.help,
            });
            format!("{line}\n")
        })
        .collect()
}
