//! The address of a site: scheme, host and base path. A site may lie under a path.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An address that ends with `/`, such as `https://example.org/briefings/`; or just `/` where the host is not known yet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^(https?://[^/@?# ]+)?(/.*)?$"))]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self {
            origin: String::new(),
            path: "/".to_owned(),
        }
    }
}

impl BaseUrl {
    /// Scheme and host without a final slash; empty where not known.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether readers elsewhere can use the address: it names a host, and not this machine.
    pub fn is_public(&self) -> bool {
        let host = self.origin.split("//").nth(1).unwrap_or_default();
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let name = name.trim_start_matches('[').trim_end_matches(']');
        let here = name
            .parse()
            .is_ok_and(|ip: std::net::IpAddr| ip.is_loopback() || ip.is_unspecified());
        !name.is_empty() && name != "localhost" && !here
    }

    /// The path under which the site lies, with a slash at both ends.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// `path` (from the site's root, beginning with `/`) as a path from the host's root.
    pub fn rooted(&self, path: &str) -> String {
        [&self.path, path.trim_start_matches('/')].concat()
    }

    /// `path` (from the site's root) as a full address.
    pub fn absolute(&self, path: &str) -> String {
        [&self.origin, &self.path, path.trim_start_matches('/')].concat()
    }
}

impl FromStr for BaseUrl {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let wrong = || {
            format!("`{s}` is no address: write it in full, such as https://example.org/briefings/")
        };
        let (origin, path) = if s.starts_with('/') {
            (String::new(), s)
        } else {
            let rest = s
                .strip_prefix("https://")
                .or_else(|| s.strip_prefix("http://"))
                .ok_or_else(wrong)?;
            let host_end = rest.find('/').unwrap_or(rest.len());
            let (host, path) = rest.split_at(host_end);
            if host.is_empty() || host.contains(['@', '?', '#', '\\', '"', '<', '>', ' ']) {
                return Err(wrong());
            }
            (s[..s.len() - path.len()].to_owned(), path)
        };
        if path.contains(['?', '#', '\\', '"', '<', '>', ' '])
            || path.contains("//")
            || path.contains("/.")
        {
            return Err(wrong());
        }
        let path = match path.trim_matches('/') {
            "" => "/".to_owned(),
            inner => format!("/{inner}/"),
        };
        Ok(Self { origin, path })
    }
}

impl From<BaseUrl> for String {
    fn from(url: BaseUrl) -> Self {
        url.absolute("/")
    }
}

impl TryFrom<String> for BaseUrl {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_this_machine_is_not_public() {
        for (text, public) in [
            ("https://example.org", true),
            ("http://127.0.0.1:4000/", false),
            ("http://[::1]:4000/", false),
            ("http://localhost/x", false),
            ("/", false),
        ] {
            assert_eq!(
                text.parse::<BaseUrl>().expect(text).is_public(),
                public,
                "{text}"
            );
        }
    }

    #[test]
    fn a_site_may_lie_under_a_path() {
        for (text, rooted, absolute) in [
            ("https://example.org", "/a/", "https://example.org/a/"),
            (
                "https://example.org/briefings",
                "/briefings/a/",
                "https://example.org/briefings/a/",
            ),
            (
                "https://example.org/x/y/",
                "/x/y/a/",
                "https://example.org/x/y/a/",
            ),
            ("/", "/a/", "/a/"),
        ] {
            let base: BaseUrl = text.parse().expect(text);
            assert_eq!(
                (base.rooted("/a/").as_str(), base.absolute("/a/").as_str()),
                (rooted, absolute)
            );
        }
    }
}
