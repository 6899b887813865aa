//! `deploy` of site.yaml → named places that the site is put to. Refuses places that it can't read, and any that hold a password: credentials come from
//! the environment alone.

use std::{collections::BTreeMap, fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::{Host, Url};

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
                "{} is no place for a site: {why}; write s3://bucket/prefix, rsync:user@host:/folder or a folder",
                shown(s)
            )
        };
        if has_password(s) {
            return Err(wrong(
                "it holds a password, and credentials come from the environment",
            ));
        }
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

/// A value as a message shows it: not at all where it may hold a password or a signature.
pub fn shown(value: &str) -> String {
    if value.contains(['@', '?']) {
        "this value".to_owned()
    } else {
        format!("`{}`", value.escape_debug())
    }
}

/// Whether a name and a password stand where a machine is named. A password may hold a slash; `machine:/path@1` of rsync holds none.
fn has_password(place: &str) -> bool {
    let (rsync, rest) = match place.strip_prefix("rsync:") {
        Some(rest) => (true, rest),
        None => (false, place),
    };
    let whole = rest.split_once("://").map_or(rest, |(_, rest)| rest);
    let Some((user, _)) = whole.split_once('@') else {
        return false;
    };
    let password = user.split_once(':').map(|(_, password)| password);
    password.is_some_and(|password| !(rsync && password.starts_with('/')))
        || place.starts_with("s3://")
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
#[schemars(extend("pattern" = "^https?://[^/@?# ]+(/[^@?# ]*)?$"))]
pub struct Endpoint(String);

impl From<Endpoint> for String {
    fn from(endpoint: Endpoint) -> Self {
        endpoint.0
    }
}

impl Endpoint {
    /// In full, without a slash at its end.
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
        if s.contains('@') {
            return Err(
                "an `endpoint` holds no name and no password: credentials come from the environment"
                    .to_owned(),
            );
        }
        let read = Url::parse(s).ok().filter(|url| {
            let host = match url.host() {
                Some(Host::Domain(name)) => name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "-._".contains(c)),
                Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
                None => false,
            };
            host && matches!(url.scheme(), "http" | "https") && !s.contains(['?', '#', ' '])
        });
        let read = read.ok_or_else(|| {
            format!(
                "{} is no address of a store: write it in full, such as https://s3.example.org",
                shown(s)
            )
        })?;
        Ok(Self(read.as_str().trim_end_matches('/').to_owned()))
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
        assert!(of("rsync:u@h::www/a@b:c").is_ok() && of("rsync:h:/a@b").is_ok());
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
            "s3://key:secret@press/x",
            "key:secret@s3.example.org",
            "rsync:u:secret@h:/x",
            "rsync:rsync://u:secret@h/x",
            "ftp://secret@h",
        ] {
            let error = of(wrong).expect_err(wrong);
            assert!(!error.contains("secret"), "{error}");
        }
        for wrong in [
            "s3.example.org",
            "key:secret@s3.example.org",
            "https://key:secret@s3.example.org",
            "https://key:se/secret@s3.example.org",
            "https://",
            "http://localhost:99999",
            "https://a\"b",
            "https://e.org/?x",
            "ftp://e.org",
        ] {
            let error = wrong.parse::<Endpoint>().expect_err(wrong);
            assert!(!error.contains("secret"), "{error}");
        }
        for (written, read) in [
            ("https://s3.Example.org/", "https://s3.example.org"),
            ("http://[::1]:9000", "http://[::1]:9000"),
            ("http://minio_1:9000/a/", "http://minio_1:9000/a"),
        ] {
            let endpoint: Result<Endpoint, String> = written.parse();
            assert_eq!(endpoint.as_ref().map(Endpoint::as_str), Ok(read));
        }
    }
}
