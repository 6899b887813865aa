//! Findings → SARIF 2.1.0 (OASIS), which code hosts and editors read.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{placed, word};
use crate::diagnostic::{Diagnostic, Rule};

/// What stays as it is in a relative reference.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// One log with one run. `prefix` is the site's folder in the repository.
pub fn sarif(findings: &[&Diagnostic], prefix: &str) -> String {
    let rules: Vec<Value> = Rule::ALL
        .iter()
        .map(|(rule, what)| json!({"id": rule.id(), "shortDescription": {"text": what}}))
        .collect();
    let results: Vec<Value> = findings.iter().map(|found| result(found, prefix)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "depeche",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder in which the site, or its repository, is."}}},
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

fn result(found: &Diagnostic, prefix: &str) -> Value {
    let index = Rule::ALL.iter().position(|(rule, _)| *rule == found.rule);
    let help = found.help.as_ref().map(|help| format!(". {help}"));
    let mut result = json!({
        "ruleId": found.rule.id(),
        "ruleIndex": index,
        "level": word(found.severity),
        "message": {"text": format!("{}{}", found.message, help.unwrap_or_default())},
    });
    let file = placed(prefix, found);
    if !file.is_empty() {
        let uri = utf8_percent_encode(&file, KEPT).to_string();
        let mut place = json!({"artifactLocation": {"uri": uri, "uriBaseId": "SRCROOT"}});
        if let Some(line) = found.line {
            place["region"] = json!({"startLine": line.max(1)});
        }
        result["locations"] = json!([{"physicalLocation": place}]);
    }
    result
}
