//! `Site` → the configuration of a bucket as a website, as `aws s3api put-bucket-website --website-configuration file://…` takes it: index, the page for
//! what is not there, and as many redirects as a bucket has rules. An old address with others below it has no rule: its page sends readers on.

use serde_json::{Value, json};

use super::too_many;
use crate::{
    render::{Rendered, plain},
    site::{Site, route::hosts},
};

/// The rules that a bucket may have.
const RULES: usize = 50;

pub(super) fn website(site: &Site) -> Rendered {
    let base = &site.config.base_url;
    let key = |path: &str| base.rooted(path).trim_start_matches('/').to_owned();
    // A rule holds for all keys that begin so: it must not stand before another file.
    let all = hosts::redirects(site).filter(|(from, _)| !hosts::is_above(site, from));
    let all: Vec<(&str, &str)> = all.collect();
    let rules = all.iter().take(RULES).map(|(from, to)| {
        json!({
            "Condition": { "KeyPrefixEquals": key(from) },
            "Redirect": { "ReplaceKeyWith": key(to), "HttpRedirectCode": "301" },
        })
    });
    let rules: Vec<Value> = rules.collect();
    let mut website = json!({
        "IndexDocument": { "Suffix": "index.html" },
        "ErrorDocument": { "Key": key("/404.html") },
    });
    // An empty list is refused.
    if !rules.is_empty() {
        website["RoutingRules"] = rules.into();
    }
    let said = (all.len() > RULES).then(|| {
        too_many(
            "rules for a bucket",
            "S3",
            RULES,
            all.len(),
            "a page at each of these addresses sends readers on all the same",
        )
    });
    Rendered {
        diagnostics: said.into_iter().collect(),
        ..plain(format!("{website:#}\n").into())
    }
}
