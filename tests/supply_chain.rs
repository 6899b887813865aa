//! What other people's code comes in, without a network and without another program: `deny.toml` is read as `cargo deny` reads it, and the lock
//! files of Dépêche and of its fuzzer are held against it. Licences are those of the crates for this platform; `cargo deny` sees all.
#![cfg(test)]
#![expect(
    clippy::disallowed_methods,
    reason = "the test reads files and asks cargo"
)]

use std::{fs, path::Path, process::Command};

use semver::{Version, VersionReq};
use spdx::{Expression, ParseMode};
use toml::{Table, Value};

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn table(path: &str) -> Table {
    read(path).parse().unwrap_or_else(|e| panic!("{path}: {e}"))
}

fn list<'a>(table: &'a Table, section: &str, key: &str) -> &'a [Value] {
    let found = table
        .get(section)
        .and_then(|s| s.get(key))
        .and_then(Value::as_array);
    found.unwrap_or_else(|| panic!("{section}.{key}"))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// Crates of a lock file: name, version, source.
fn locked(path: &str) -> Vec<(String, Version, String)> {
    let lock = table(path);
    let packages = lock
        .get("package")
        .and_then(Value::as_array)
        .expect("packages");
    packages
        .iter()
        .map(|p| {
            let version = text(p, "version").parse().expect("a version");
            (
                text(p, "name").to_owned(),
                version,
                text(p, "source").to_owned(),
            )
        })
        .collect()
}

#[test]
fn no_crate_is_banned_or_below_its_floor_and_all_come_from_one_registry() {
    let deny = table("deny.toml");
    let banned: Vec<(String, VersionReq, &str)> = list(&deny, "bans", "deny")
        .iter()
        .map(|ban| {
            let (name, below) = text(ban, "crate")
                .split_once('@')
                .unwrap_or((text(ban, "crate"), "*"));
            (
                name.to_owned(),
                below.parse().expect("versions"),
                text(ban, "reason"),
            )
        })
        .collect();
    assert!(
        banned
            .iter()
            .all(|(name, _, why)| !name.is_empty() && !why.is_empty())
    );
    let mut wrong = Vec::new();
    for file in ["Cargo.lock", "fuzz/Cargo.lock"] {
        for (name, version, source) in locked(file) {
            if !source.is_empty() && source != CRATES_IO {
                wrong.push(format!("{file}: {name} comes from {source}"));
            }
            for (_, _, why) in banned
                .iter()
                .filter(|(ban, below, _)| *ban == name && below.matches(&version))
            {
                wrong.push(format!("{file}: {name} {version}: {why}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_licence_may_be_built_in() {
    let deny = table("deny.toml");
    let allowed: Vec<&str> = list(&deny, "licenses", "allow")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let exceptions = list(&deny, "licenses", "exceptions");
    let mut wrong = Vec::new();
    let packages = metadata();
    assert!(packages.len() > 100, "{}", packages.len());
    for package in &packages {
        let (name, licence) = (package["name"].as_str(), package["license"].as_str());
        let (name, licence) = (name.unwrap_or_default(), licence.unwrap_or_default());
        let more: Vec<&str> = exceptions
            .iter()
            .filter(|e| text(e, "crate") == name)
            .flat_map(|e| {
                e.get("allow")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
            })
            .filter_map(Value::as_str)
            .collect();
        let fits = Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
            expression.evaluate(|one| {
                let plain = one
                    .license
                    .id()
                    .is_some_and(|id| allowed.contains(&id.name) || more.contains(&id.name));
                plain && one.addition.is_none()
            })
        });
        if !fits {
            wrong.push(format!("{name}: {licence:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for one in exceptions.iter().map(|e| text(e, "crate")) {
        assert!(
            packages.iter().any(|p| p["name"] == *one),
            "{one} is an exception for nothing"
        );
    }
}

/// The crates for this platform, as cargo knows them without the network.
fn metadata() -> Vec<serde_json::Value> {
    let cargo = env!("CARGO");
    let said = Command::new(cargo).args(["-vV"]).output().expect("cargo");
    let said = String::from_utf8(said.stdout).expect("UTF-8");
    let host = said
        .lines()
        .find_map(|l| l.strip_prefix("host: "))
        .expect("a platform");
    let out = Command::new(cargo)
        .args([
            "metadata",
            "--offline",
            "--locked",
            "--format-version",
            "1",
            "--filter-platform",
            host,
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo");
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let mut all: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    serde_json::from_value(all["packages"].take()).expect("packages")
}

/// The README says what Cargo.toml asks for; the fuzzer asks for no more; what is built in is asked to be free of `unsafe` of ours.
#[test]
fn the_oldest_rust_is_stated_once() {
    let manifest = table("Cargo.toml");
    let package = manifest.get("package").expect("a package");
    let oldest = text(package, "rust-version");
    assert!(
        read("README.md").contains(&format!("Rust {oldest} or newer")),
        "{oldest}"
    );
    let fuzz = table("fuzz/Cargo.toml");
    assert_eq!(
        text(fuzz.get("package").expect("a package"), "rust-version"),
        oldest
    );
    let lints = manifest
        .get("lints")
        .and_then(|l| l.get("rust"))
        .expect("lints");
    assert_eq!(text(lints, "unsafe_code"), "forbid");
}

/// The bill of materials names each crate of the lock file that is built in, once, and is the same each time.
#[test]
fn the_bill_of_materials_is_whole() {
    let make = || {
        Command::new("python3")
            .arg(".ci/sbom")
            .env("CARGO", env!("CARGO"))
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
    };
    let Ok(out) = make() else {
        return println!("python3 is missing: the bill of materials was not made");
    };
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    assert_eq!(make().expect("again").stdout, out.stdout);
    let bom: serde_json::Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(
        (&bom["bomFormat"], &bom["specVersion"]),
        (&"CycloneDX".into(), &"1.6".into())
    );
    let parts = bom["components"].as_array().expect("components");
    let locked = locked("Cargo.lock");
    for part in parts {
        let (name, version) = (part["name"].as_str(), part["version"].as_str());
        let is_locked = |(n, v, _): &(String, Version, String)| {
            Some(n.as_str()) == name && Some(v.to_string().as_str()) == version
        };
        assert!(locked.iter().any(is_locked), "{part}");
        assert!(
            part["hashes"][0]["content"]
                .as_str()
                .is_some_and(|d| d.len() == 64),
            "{part}"
        );
        assert!(
            !part["licenses"][0]["expression"]
                .as_str()
                .unwrap_or_default()
                .is_empty(),
            "{part}"
        );
    }
    let has = |name: &str| parts.iter().any(|p| p["name"] == *name);
    assert!(has("hyper") && has("ammonia") && !has("criterion") && !has("proptest"));
    let edges = bom["dependencies"].as_array().expect("dependencies");
    assert_eq!(edges.len(), parts.len() + 1);
}
