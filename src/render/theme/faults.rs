//! Tera's errors → findings with the template's file and line.

use std::collections::BTreeMap;

use tera::ErrorKind;

use crate::{
    diagnostic::{Diagnostic, near},
    render::reference::{FILTERS, FUNCTIONS, TERA_FILTERS, TERA_FUNCTIONS, TERA_TESTS, of_pages},
};

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
                .at(report.span().start_line)
                .excerpt(excerpt(&error.to_string()));
            let Some(names) = names else {
                return found;
            };
            let names = names.split_once(": ").map_or(names, |(_, names)| names);
            let unknown = found.message.split('`').nth(1).unwrap_or_default();
            // What no template names is not put into a page, but it could be.
            let is_page = report.message().starts_with("Field") && names.contains("permalink");
            let mut known: Vec<&str> = names.split(", ").collect();
            known.extend(of_pages().filter(|_| is_page));
            let help = match near(unknown, known) {
                Some(meant) => format!("did you mean `{meant}`? The names"),
                None => "the names".to_owned(),
            };
            found.help(format!("{help} that exist here are {names}"))
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

/// Columns of a line that are shown before what is meant, and in all.
const SHOWN: (usize, usize) = (40, 100);

/// Of Tera's report of one fault: the line and, below it, carets.
fn excerpt(report: &str) -> Option<String> {
    let (_, rest) = report.split_once("--> ")?;
    let mut lines = rest.lines().skip(1).filter_map(pointed);
    Some(cut(lines.next()?, lines.next()?))
}

/// What stands behind the bar of a report's line, but for the empty one above the excerpt.
fn pointed(line: &str) -> Option<&str> {
    let (number, said) = line.split_once(" |")?;
    let is_number = number.chars().all(|c| c.is_ascii_digit() || c == ' ');
    let said = said.strip_prefix(' ').filter(|said| !said.is_empty());
    said.filter(|_| is_number)
}

/// A line and its carets, both from where the carets can be seen.
fn cut(line: &str, carets: &str) -> String {
    let at = carets.chars().take_while(|c| *c != '^').count();
    let skip = at.saturating_sub(SHOWN.0);
    let part = |text: &str| -> String {
        text.chars()
            .skip(skip)
            .take(SHOWN.1)
            .map(|c| if c == '\t' { ' ' } else { c })
            .collect()
    };
    format!("{}\n{}", part(line).trim_end(), part(carets))
}

/// The name that was meant by one that Tera does not know, where one is near: of what the program has, or of what these templates define.
pub(super) fn meant(message: &str, templates: &BTreeMap<String, String>) -> Option<String> {
    let (what, rest) = message.split_once(" `")?;
    let unknown = rest.split('`').next()?;
    let defined = |mark: &str| -> Vec<&str> {
        let named = templates
            .values()
            .flat_map(|source| source.split(mark).skip(1));
        let end = |c: char| !(c.is_alphanumeric() || c == '_' || c == '.');
        named.filter_map(|rest| rest.split(end).next()).collect()
    };
    let own = |all: &'static [crate::render::reference::Callable]| all.iter().map(|call| call.name);
    let known: Vec<&str> = match what {
        "Unknown filter" => own(&FILTERS).chain(TERA_FILTERS).collect(),
        "Unknown function" => own(&FUNCTIONS).chain(own(&TERA_FUNCTIONS)).collect(),
        "Unknown test" => TERA_TESTS.to_vec(),
        "Unknown component" => defined("component "),
        "Block" => defined("block "),
        "Unknown template" => {
            let names = templates.keys();
            names
                .filter_map(|full| Some(full.split_once('/')?.1))
                .collect()
        }
        _ => return None,
    };
    near(unknown, known.into_iter().filter(|name| *name != unknown)).map(str::to_owned)
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
            } else if let (Some(last), Some(said)) = (found.last_mut(), pointed(line)) {
                last.excerpt = Some(match last.excerpt.take() {
                    Some(above) => above + "\n" + said,
                    None => said.to_owned(),
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
    for fault in &mut found {
        let lines = fault.excerpt.as_deref().and_then(|e| e.split_once('\n'));
        fault.excerpt = lines.map(|(line, carets)| cut(line, carets));
    }
    if found.is_empty() {
        found.push(diagnostic(error));
    }
    found
}
