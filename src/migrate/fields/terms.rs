//! The terms of a field → topics, countries and people.

use super::{
    super::{
        front::{map, names, texts},
        report::Outcome,
        topics::topic_slug,
    },
    Taker,
};
use crate::{
    model::CountryCode,
    yaml::{Node, Value},
};

impl Taker<'_> {
    pub(super) fn topics(&mut self, line: usize, node: &Node, spaces: bool, key: &str) -> Outcome {
        let mut terms = texts(node);
        if spaces && let Value::Scalar { text, .. } = &node.value {
            terms = text.split_whitespace().map(str::to_owned).collect();
        }
        let mut same = key == "topics";
        for term in terms {
            let Some(slug) = topic_slug(&term) else {
                self.find(
                    line,
                    &format!("the term `{term}` has no letter that a topic can be named by"),
                    "give the page a topic by hand",
                );
                continue;
            };
            same &= slug == term;
            self.page.front.add("topics", &slug);
            if let Some(first) = self.named.add(&slug, &term) {
                self.find(
                    line,
                    &format!("the terms `{first}` and `{term}` are one topic now, {slug}"),
                    "give one of them another slug in topics.yaml and in the new files",
                );
            }
        }
        if same {
            Outcome::Kept
        } else {
            Outcome::Changed("topics".to_owned())
        }
    }

    pub(super) fn people(&mut self, key: &str, node: &Node) -> Outcome {
        let names = names(node);
        let mut names = names.iter().map(|name| name.trim());
        let names: Vec<&str> = names.by_ref().filter(|name| !name.is_empty()).collect();
        if names.is_empty() {
            return self.below_extra(key, node);
        }
        for name in &names {
            self.page.front.add("people", name);
        }
        let items: &[Node] = match &node.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(node),
        };
        let more = items.len() > names.len() || items.iter().any(|item| map(item).len() > 1);
        Outcome::Changed(
            if more {
                "people, by their names alone"
            } else {
                "people"
            }
            .to_owned(),
        )
    }

    pub(super) fn countries(&mut self, line: usize, node: &Node) -> Outcome {
        for term in texts(node) {
            match term.parse::<CountryCode>() {
                Ok(code) => self.page.front.add("countries", &code.to_string()),
                Err(_) => self.find(
                    line,
                    &format!("the country `{term}` is no code of ISO 3166-1"),
                    "write its code into `countries` of the new file, such as MA",
                ),
            }
        }
        Outcome::Changed("countries".to_owned())
    }
}
