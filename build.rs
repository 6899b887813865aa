//! Sources → digests of them. `DEPECHE_DERIVATION` is of the derivation: content files record it, so that an import knows what newer rules may refresh.
//! `DEPECHE_PROGRAM` is of all: what another program has published is not taken for ours.

use std::{fs, io, path::Path};

fn main() -> io::Result<()> {
    let derivation = digest(&["src/distill", "src/formats"])?;
    println!("cargo::rustc-env=DEPECHE_DERIVATION={derivation:016x}");
    let mut program = digest(&["src", "themes"])?;
    for file in ["Cargo.lock", "Cargo.toml", "build.rs"] {
        println!("cargo::rerun-if-changed={file}");
        add_file(Path::new(file), &mut program)?;
    }
    println!("cargo::rustc-env=DEPECHE_PROGRAM={program:016x}");
    Ok(())
}

fn digest(folders: &[&str]) -> io::Result<u64> {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    for folder in folders {
        println!("cargo::rerun-if-changed={folder}");
        add(Path::new(folder), &mut hash)?;
    }
    Ok(hash)
}

/// FNV-1a over names and contents, in the order of the names; carriage returns are left out, so that a checkout's line ends don't count.
fn add(folder: &Path, hash: &mut u64) -> io::Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        if name.as_encoded_bytes().starts_with(b".") || name == "tools" {
            continue;
        }
        if entry.file_type()?.is_dir() {
            add(&entry.path(), hash)?;
            continue;
        }
        add_file(&entry.path(), hash)?;
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "a build script reads the sources"
)]
fn add_file(file: &Path, hash: &mut u64) -> io::Result<()> {
    let name = file.file_name().unwrap_or_default();
    let content = match fs::read(file) {
        Ok(content) => content,
        // Not every package has a lock file.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(error),
    };
    for byte in name.as_encoded_bytes().iter().chain(&content) {
        if *byte != b'\r' {
            *hash = (*hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(())
}
