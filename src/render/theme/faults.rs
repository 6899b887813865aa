//! Tera's errors → findings with the template's file and line.

use tera::ErrorKind;

use crate::diagnostic::Diagnostic;

/// A Tera error as a finding with the template's file and line.
pub fn diagnostic(error: &tera::Error) -> Diagnostic {
    let file = file_of;
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let (message, names) = report
                .message()
                .split_once(" Available ")
                .map_or((report.message(), None), |(m, names)| (m, Some(names)));
            let found = Diagnostic::error(file(report.filename()), message.trim_end_matches('.'))
                .at(report.span().start_line);
            match names {
                Some(names) => found.help(format!(
                    "the names that exist here are {}",
                    names
                        .trim_start_matches(|c| c != ':')
                        .trim_start_matches([':', ' '])
                )),
                None => found,
            }
        }
        ErrorKind::MissingParent { current, parent } => Diagnostic::error(
            file(current),
            format!("it extends `{parent}`, which is no template of this site"),
        ),
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
            Diagnostic::error(file(tpl), error.to_string())
        }
        ErrorKind::TemplateNotFound(name) => {
            Diagnostic::error("themes", format!("there is no template `{name}`"))
                .help("see the errors above, or write it in themes/<theme>/templates/")
        }
        _ => Diagnostic::error("themes", error.to_string()),
    }
}

/// The file of a template's name.
pub(super) fn file_of(template: &str) -> String {
    match template.split_once('/') {
        Some((theme, rest)) => format!("themes/{theme}/templates/{rest}"),
        None => template.to_owned(),
    }
}

/// What is wrong with templates, each fault at its file and line: for what it finds while it links them, Tera has one error of many reports.
pub(super) fn faults(error: &tera::Error) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let ErrorKind::Msg(reports) = error.kind() {
        let mut message = "";
        for line in reports.lines() {
            if let Some(said) = line.strip_prefix("error: ") {
                message = said;
            } else if let Some(place) = line.trim_start().strip_prefix("--> ") {
                let mut parts = place.rsplitn(3, ':').skip(1);
                let number = parts.next().and_then(|n| n.parse().ok());
                let fault = Diagnostic::error(file_of(parts.next().unwrap_or(place)), message);
                found.push(match number {
                    Some(number) => fault.at(number),
                    None => fault,
                });
            }
        }
    }
    if let ErrorKind::Msg(message) = error.kind()
        && let Some((_, names)) = message.split_once("is defined in both `")
        && let Some(second) = names.split('`').nth(2)
    {
        found.push(Diagnostic::error(file_of(second), message));
    }
    if found.is_empty() {
        found.push(diagnostic(error));
    }
    found
}
