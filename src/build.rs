//! Build script: links the C libraries into the program on Linux with glibc.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs, io};

/// Libraries that rustc names to the linker with glibc.
const NAMES: [&str; 7] = ["gcc_s", "util", "rt", "pthread", "m", "dl", "c"];

/// Static files of these libraries, and of those that they need.
const FILES: [&str; 8] = ["gcc_eh", "gcc", "util", "rt", "pthread", "m", "dl", "c"];

/// Links the libraries of glibc into the program if the linker has their static files. Otherwise a
/// Rust program loads them at every start, and pricing one row takes less time than that load.
///
/// Rust's own option for this is `-C target-feature=+crt-static`. It cannot be the configuration of
/// every build: procedural macros then need `--target`, and the program does not link at all where
/// the static files are not installed.
fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=src/build.rs");
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|it| it == value);
    let is_glibc = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    let is_asked = features.split(',').any(|feature| feature == "crt-static");
    if !is_glibc || is_asked {
        return Ok(());
    }
    env::var_os("OUT_DIR")
        .zip(found())
        .map_or(Ok(()), |(folder, files)| link_in(Path::new(&folder), &files))
}

/// Returns the paths of all static files; `None` if one of them is missing.
fn found() -> Option<Vec<PathBuf>> {
    // Startup code of a position-independent program without a loader.
    file("rcrt1.o")?;
    FILES.iter().map(|name| file(&format!("lib{name}.a"))).collect()
}

/// Returns the path at which the linker has a file of this name.
fn file(name: &str) -> Option<PathBuf> {
    let linker = env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let asked = Command::new(linker).arg(format!("-print-file-name={name}")).output().ok()?;
    let path = PathBuf::from(String::from_utf8(asked.stdout).ok()?.trim());
    // The linker prints the name of an unknown file unchanged.
    path.is_absolute().then_some(path)
}

/// Writes linker scripts that lead to these files into a folder that the linker searches first.
fn link_in(folder: &Path, files: &[PathBuf]) -> io::Result<()> {
    let files: Vec<_> = files.iter().map(|file| format!("\"{}\"", file.display())).collect();
    // The libraries use each other, so each name stands for all of them; unused parts are left out.
    let script = format!("GROUP({})\n", files.join(" "));
    for name in NAMES {
        fs::write(folder.join(format!("lib{name}.a")), &script)?;
    }
    println!("cargo:rustc-link-arg-bins=-L{}", folder.display());
    println!("cargo:rustc-link-arg-bins=-static-pie");
    Ok(())
}
