//! `hosts` of site.yaml → which web hosts the site is made for, and what they are told; none where it says nothing. Refuses names that it does not
//! know, and headers that a host could read as something else.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, MapAccess, SeqAccess, Visitor, value},
};

/// A kind of web host.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case", try_from = "String")]
#[schemars(!try_from)]
pub enum Host {
    /// GitHub Pages.
    GithubPages,
    /// GitLab Pages.
    GitlabPages,
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    CloudflarePages,
    /// A store that speaks S3 and serves a bucket as a site.
    S3,
    /// nginx.
    Nginx,
    /// Apache httpd.
    Apache,
}

impl Host {
    /// All of them, by name.
    pub const ALL: [(&'static str, Self); 7] = [
        ("github-pages", Self::GithubPages),
        ("gitlab-pages", Self::GitlabPages),
        ("netlify", Self::Netlify),
        ("cloudflare-pages", Self::CloudflarePages),
        ("s3", Self::S3),
        ("nginx", Self::Nginx),
        ("apache", Self::Apache),
    ];
}

impl FromStr for Host {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let known = Self::ALL.iter().find(|(name, _)| *name == s);
        known.map(|(_, host)| *host).ok_or_else(|| {
            let names = Self::ALL.map(|(name, _)| name).join(", ");
            format!("`{s}` is no host: choose among {names}")
        })
    }
}

impl TryFrom<String> for Host {
    type Error = String;

    fn try_from(s: String) -> Result<Self, String> {
        s.parse()
    }
}

/// How a file is packed beside the plain one.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Packing {
    /// `.gz`
    Gzip,
    /// `.br`
    Brotli,
}

/// The hosts of a site, and what they are told. A list of hosts alone will do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hosts {
    #[serde(rename = "for")]
    kinds: BTreeSet<Host>,
    /// How text files are packed beside the plain ones, for hosts that send what is there.
    pub compressed: BTreeSet<Packing>,
    /// For how many seconds a browser may show a page without asking again.
    pub page_seconds: u32,
    headers: BTreeMap<HeaderName, HeaderValue>,
}

impl Default for Hosts {
    fn default() -> Self {
        Self {
            kinds: BTreeSet::new(),
            compressed: BTreeSet::new(),
            page_seconds: 300,
            headers: BTreeMap::new(),
        }
    }
}

impl Hosts {
    /// Whether the site is made for this one.
    pub fn has(&self, host: Host) -> bool {
        self.kinds.contains(&host)
    }

    /// The headers of every answer, in alphabetical order: those that are safe for the default theme, as the site's own change them. An
    /// empty value takes one away.
    pub fn headers(&self) -> Vec<(&str, &str)> {
        let mut all: Vec<(&str, &str)> = USUAL
            .into_iter()
            .filter(|(usual, _)| !self.headers.keys().any(|own| own.is(usual)))
            .chain(
                self.headers
                    .iter()
                    .map(|(name, value)| (name.0.as_str(), value.0.as_str())),
            )
            .filter(|(_, value)| !value.is_empty())
            .collect();
        all.sort_unstable();
        all
    }
}

/// What is sent with every answer where the site says nothing else.
const USUAL: [(&str, &str); 5] = [
    (
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=()",
    ),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// The name of a header, as it is written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("pattern" = "^[A-Za-z0-9-]+$"))]
struct HeaderName(String);

impl HeaderName {
    fn is(&self, name: &str) -> bool {
        self.0.eq_ignore_ascii_case(name)
    }
}

impl TryFrom<String> for HeaderName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let plain =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !plain {
            return Err(format!("`{name}` is no name of a header"));
        }
        if name.eq_ignore_ascii_case("cache-control") {
            return Err("`Cache-Control` is set by Dépêche, file by file: `page_seconds` says how long a page may be kept".to_owned());
        }
        Ok(Self(name))
    }
}

/// The value of a header.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("pattern" = "^[^\"\\\\$\\x00-\\x1f\\x7f-\\uffff]*$"))]
struct HeaderValue(String);

impl TryFrom<String> for HeaderValue {
    type Error = String;

    fn try_from(value: String) -> Result<Self, String> {
        // These would end the value, or begin a variable, in the settings of one server or another.
        let plain = |c: char| (c == ' ' || c.is_ascii_graphic()) && !"\"\\$".contains(c);
        if value.chars().all(plain) {
            return Ok(Self(value.trim().to_owned()));
        }
        Err(format!(
            "`{}` is no value of a header that all hosts can send: leave out quotation marks, backslashes, dollar signs and what is not ASCII",
            value.escape_debug()
        ))
    }
}

/// The web hosts, and what they are told.
#[derive(Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "HostSettings")]
struct Settings {
    /// The web hosts.
    r#for: BTreeSet<Host>,
    /// How text files are packed beside the plain ones, for hosts that send what is there.
    compressed: BTreeSet<Packing>,
    /// For how many seconds a browser may show a page without asking again.
    page_seconds: u32,
    /// Headers of every answer, by name; an empty value takes one of the usual ones away.
    headers: BTreeMap<HeaderName, HeaderValue>,
}

impl Default for Settings {
    fn default() -> Self {
        let Hosts {
            kinds,
            compressed,
            page_seconds,
            headers,
        } = Hosts::default();
        Self {
            r#for: kinds,
            compressed,
            page_seconds,
            headers,
        }
    }
}

impl JsonSchema for Hosts {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Hosts".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let list = generator.subschema_for::<BTreeSet<Host>>();
        let settings = generator.subschema_for::<Settings>();
        json_schema!({"anyOf": [list, settings, {"type": "null"}]})
    }
}

impl<'de> Deserialize<'de> for Hosts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;

        impl<'de> Visitor<'de> for Either {
            type Value = Hosts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of hosts, or a map with `for`")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Hosts, A::Error> {
                let kinds = Deserialize::deserialize(value::SeqAccessDeserializer::new(seq))?;
                Ok(Hosts {
                    kinds,
                    ..Hosts::default()
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Hosts, A::Error> {
                let settings = Settings::deserialize(value::MapAccessDeserializer::new(map))?;
                Ok(Hosts {
                    kinds: settings.r#for,
                    compressed: settings.compressed,
                    page_seconds: settings.page_seconds,
                    headers: settings.headers,
                })
            }

            fn visit_unit<E: de::Error>(self) -> Result<Hosts, E> {
                Ok(Hosts::default())
            }
        }

        deserializer.deserialize_any(Either)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn a_list_will_do_and_headers_can_be_changed_and_taken_away() {
        let of = |text: &str| Config::parse("site.yaml", text).expect(text).hosts;
        let short = of("hosts: [nginx, s3]\n");
        assert!(short.has(Host::Nginx) && short.has(Host::S3) && !short.has(Host::Netlify));
        assert_eq!(short.headers().len(), USUAL.len());
        let long = of(
            "hosts:\n  for: [netlify]\n  compressed: [brotli]\n  headers:\n    x-content-type-options: ''\n    Strict-Transport-Security: max-age=31536000\n",
        );
        let names: Vec<&str> = long.headers().into_iter().map(|(name, _)| name).collect();
        assert!(names.contains(&"Strict-Transport-Security"), "{names:?}");
        assert!(!names.contains(&"X-Content-Type-Options"), "{names:?}");
        assert_eq!(long.page_seconds, 300);
    }

    #[test]
    fn what_a_host_could_read_as_something_else_is_refused_with_its_line() {
        for (text, said) in [
            ("hosts: [vercel]\n", "vercel"),
            ("hosts:\n  fr: [nginx]\n", "fr"),
            ("hosts:\n  headers: { 'X\\nY': a }\n", "X"),
            ("hosts:\n  headers: { X-A: 'a\"; evil' }\n", "evil"),
            (
                "hosts:\n  headers: { Cache-Control: no-store }\n",
                "page_seconds",
            ),
            ("hosts:\n  compressed: [zip]\n", "zip"),
        ] {
            let error = Config::parse("site.yaml", text).expect_err(text);
            assert!(error.message.contains(said), "{text}: {error}");
        }
    }
}
