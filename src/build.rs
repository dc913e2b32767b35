//! How the program is linked where it is started most.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// What rustc names to the linker with glibc.
const NAMES: [&str; 7] = ["gcc_s", "util", "rt", "pthread", "m", "dl", "c"];

/// The files that hold the same for linking in, and what they need.
const FILES: [&str; 8] = [
    "libgcc_eh.a",
    "libgcc.a",
    "libutil.a",
    "librt.a",
    "libpthread.a",
    "libm.a",
    "libdl.a",
    "libc.a",
];

/// With glibc, a Rust program loads its libraries at every start. They are linked in instead where the
/// linker has them to link: whoever prices one row waits longer for that load than for the row.
///
/// Rust's own word for this is `-C target-feature=+crt-static`. It cannot be left to a configuration for
/// all who build: it needs `--target` beside procedural macros, and does not link at all where these
/// files are not installed.
fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=src/build.rs");
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|it| it == value);
    let is_glibc = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let is_asked = features.split(',').any(|feature| feature == "crt-static");
    if !is_glibc || is_asked {
        return Ok(());
    }
    match env::var_os("OUT_DIR").zip(found()) {
        Some((folder, files)) => link_in(Path::new(&folder), &files),
        None => Ok(()),
    }
}

/// Where all of these are; nothing where one of them is missing.
fn found() -> Option<Vec<PathBuf>> {
    // What starts a program that lies anywhere in memory and has no loader.
    file("rcrt1.o")?;
    FILES.iter().map(|name| file(name)).collect()
}

/// Where the linker has a file of that name.
fn file(name: &str) -> Option<PathBuf> {
    let linker = env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let asked = Command::new(linker).arg(format!("-print-file-name={name}")).output().ok()?;
    let path = PathBuf::from(String::from_utf8(asked.stdout).ok()?.trim());
    // One that it does not have is printed as it was asked for.
    path.is_absolute().then_some(path)
}

/// Makes a folder that leads to nothing but these files, for the linker to search before all others.
fn link_in(folder: &Path, files: &[PathBuf]) -> io::Result<()> {
    let files: Vec<_> = files.iter().map(|file| format!("\"{}\"", file.display())).collect();
    // They use each other, so that each name stands for all of them; what is not used is left out.
    let script = format!("GROUP({})\n", files.join(" "));
    for name in NAMES {
        fs::write(folder.join(format!("lib{name}.a")), &script)?;
    }
    println!("cargo:rustc-link-arg-bins=-L{}", folder.display());
    println!("cargo:rustc-link-arg-bins=-static-pie");
    Ok(())
}
