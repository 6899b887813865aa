//! `deploy` of site.yaml → named places that the site is put to. Refuses places that it can't read, and any that hold a password: credentials come from
//! the environment alone.

use std::{collections::BTreeMap, fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The places of a site, by name.
pub type Targets = BTreeMap<String, Target>;

/// Where a site is put.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The place.
    pub to: Destination,
    /// The address of a store that speaks S3 and is not Amazon's.
    #[serde(default)]
    pub endpoint: Option<Endpoint>,
    /// The store's region.
    #[serde(default)]
    pub region: Option<String>,
    /// The most files that one deploy may delete.
    #[serde(default)]
    pub max_deletes: Option<usize>,
}

impl Target {
    /// A place that is named on the command line alone.
    pub fn at(to: Destination) -> Self {
        Self {
            to,
            endpoint: None,
            region: None,
            max_deletes: None,
        }
    }
}

/// A place for a site.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("minLength" = 1))]
pub enum Destination {
    /// `s3://bucket/prefix`: a store that speaks S3.
    S3 {
        /// The bucket.
        bucket: String,
        /// Where in it the site lies, without slashes at its ends; may be empty.
        prefix: String,
    },
    /// `rsync:user@host:/folder`, what the program rsync takes as a destination.
    Rsync(String),
    /// A folder, from the site's folder.
    Folder(String),
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::S3 { bucket, prefix } => write!(f, "s3://{bucket}/{prefix}"),
            Self::Rsync(to) => write!(f, "rsync:{to}"),
            Self::Folder(folder) => f.write_str(folder),
        }
    }
}

impl From<Destination> for String {
    fn from(place: Destination) -> Self {
        place.to_string()
    }
}

impl FromStr for Destination {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let wrong = |why: &str| {
            format!(
                "`{}` is no place for a site: {why}; write s3://bucket/prefix, rsync:user@host:/folder or a folder",
                s.escape_debug()
            )
        };
        if s.is_empty() || s.chars().any(char::is_control) {
            return Err(wrong("it holds nothing that can be read"));
        }
        if let Some(rest) = s.strip_prefix("s3://") {
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            let plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
            if bucket.is_empty() || !bucket.chars().all(plain) {
                return Err(wrong("it names no bucket"));
            }
            let prefix = prefix.trim_matches('/');
            if prefix.split('/').any(|p| p == "." || p == "..") || prefix.contains("//") {
                return Err(wrong("its prefix is no path"));
            }
            return Ok(Self::S3 {
                bucket: bucket.to_owned(),
                prefix: prefix.to_owned(),
            });
        }
        if let Some(to) = s.strip_prefix("rsync:") {
            if to.is_empty() || to.starts_with('-') {
                return Err(wrong("nothing stands after `rsync:` that rsync takes"));
            }
            return Ok(Self::Rsync(to.to_owned()));
        }
        if s.contains("://") {
            return Err(wrong("this kind of address is not known"));
        }
        Ok(Self::Folder(s.to_owned()))
    }
}

impl TryFrom<String> for Destination {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

/// The address of a store.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^https?://[^/@?# ]+(/[^?# ]*)?$"))]
pub struct Endpoint(String);

impl From<Endpoint> for String {
    fn from(endpoint: Endpoint) -> Self {
        endpoint.0
    }
}

impl Endpoint {
    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether what is sent there can be read on the way.
    pub fn is_plain(&self) -> bool {
        self.0.starts_with("http://")
    }
}

impl FromStr for Endpoint {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let rest = s
            .strip_prefix("https://")
            .or_else(|| s.strip_prefix("http://"));
        let host = rest.map(|rest| rest.split('/').next().unwrap_or_default());
        match host {
            Some(host) if host.contains('@') => Err(
                "an `endpoint` holds no password: credentials come from the environment".to_owned(),
            ),
            Some(host) if !host.is_empty() && !s.contains(['?', '#', ' ']) => {
                Ok(Self(s.trim_end_matches('/').to_owned()))
            }
            _ => Err(format!(
                "`{}` is no address of a store: write it in full, such as https://s3.example.org",
                s.escape_debug()
            )),
        }
    }
}

impl TryFrom<String> for Endpoint {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_what_is_none_is_refused() {
        let of = |s: &str| s.parse::<Destination>();
        let s3 = |bucket: &str, prefix: &str| {
            Ok(Destination::S3 {
                bucket: bucket.to_owned(),
                prefix: prefix.to_owned(),
            })
        };
        assert_eq!(of("s3://press"), s3("press", ""));
        assert_eq!(of("s3://press/a/b/"), s3("press", "a/b"));
        assert_eq!(
            of("rsync:u@h:/var/www"),
            Ok(Destination::Rsync("u@h:/var/www".to_owned()))
        );
        assert_eq!(of("../www"), Ok(Destination::Folder("../www".to_owned())));
        for wrong in [
            "",
            "s3://",
            "s3://a b/",
            "s3://a/../b",
            "ftp://x",
            "rsync:",
            "rsync:-e sh",
            "a\nb",
        ] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
        for wrong in [
            "s3.example.org",
            "https://key:secret@s3.example.org",
            "https://",
        ] {
            let error = wrong.parse::<Endpoint>().expect_err(wrong);
            assert!(!error.contains("secret"), "{error}");
        }
    }
}
