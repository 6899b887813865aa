//! `limits` of site.yaml → bounds of what is read, each with a lowest and a highest value that no site can leave.

use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

const MIB: u64 = 1024 * 1024;

/// Bounds of what is read; docs/limits has those that are fixed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// MiB of a seed.
    pub seed_mib: Within<1, 64>,
    /// MiB of a Markdown file of content/.
    pub content_mib: Within<1, 64>,
    /// MiB of another file of content/ or themes/. All are held in memory.
    pub asset_mib: Within<1, 4096>,
    /// MiB of memory that the conversion of one seed may take.
    pub converter_mib: Within<256, 16384>,
    /// Seconds that the conversion of one seed may take.
    pub converter_seconds: Within<1, 600>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            seed_mib: Within(8),
            content_mib: Within(8),
            asset_mib: Within(256),
            converter_mib: Within(1024),
            converter_seconds: Within(30),
        }
    }
}

/// A whole number from `MIN` to `MAX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Within<const MIN: u64, const MAX: u64>(u64);

impl<const MIN: u64, const MAX: u64> Within<MIN, MAX> {
    /// The number.
    pub fn get(self) -> u64 {
        self.0
    }

    /// The number of bytes in so many MiB.
    pub fn bytes(self) -> u64 {
        self.0 * MIB
    }
}

impl<const MIN: u64, const MAX: u64> FromStr for Within<MIN, MAX> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number: u64 = text.parse().map_err(|_| format!("`{text}` is no number"))?;
        number.try_into()
    }
}

impl<const MIN: u64, const MAX: u64> TryFrom<u64> for Within<MIN, MAX> {
    type Error = String;

    fn try_from(number: u64) -> Result<Self, String> {
        if (MIN..=MAX).contains(&number) {
            Ok(Self(number))
        } else {
            Err(format!(
                "{number} is out of bounds: give a number from {MIN} to {MAX}"
            ))
        }
    }
}

impl<const MIN: u64, const MAX: u64> From<Within<MIN, MAX>> for u64 {
    fn from(number: Within<MIN, MAX>) -> Self {
        number.0
    }
}

impl<const MIN: u64, const MAX: u64> JsonSchema for Within<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("From{MIN}To{MAX}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": MIN, "maximum": MAX})
    }
}
