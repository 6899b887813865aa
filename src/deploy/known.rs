//! The list of what we put to a place ⇄ JSON. It lies at the place itself: whoever deploys next, from whatever machine, knows what is ours.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The name of the list at the place.
pub const LIST: &str = ".depeche-deployed.json";

/// What we put to a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    version: u32,
    /// By path from the site's root.
    pub files: BTreeMap<String, Put>,
}

/// A file at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Put {
    /// BLAKE3 of its bytes and of how it is sent; none while it is on its way.
    pub digest: Option<String>,
    /// What the store calls this version of it, or, while it is on its way, the version of ours that it replaces; none where the place has no such names.
    pub etag: Option<String>,
}

/// The shape of the list.
const VERSION: u32 = 1;

impl Default for Known {
    fn default() -> Self {
        Self {
            version: VERSION,
            files: BTreeMap::new(),
        }
    }
}

impl Known {
    /// Reads the list. Refuses one that is no such list, or of a later version: to guess at what is ours is to delete what is not.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let known: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if known.version != VERSION {
            return Err(format!(
                "it is of version {}, and this program knows {VERSION}",
                known.version
            ));
        }
        Ok(known)
    }

    /// The list as it is written.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}
