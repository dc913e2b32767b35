//! How the program is linked where it is started most.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

/// What rustc asks the linker for with glibc, and the library for linking in that stands for each. The
/// unwinder that is loaded has another name than the one that is linked in.
const LIBRARIES: [(&str, &str); 7] = [
    ("gcc_s", "libgcc_eh.a"),
    ("util", "libutil.a"),
    ("rt", "librt.a"),
    ("pthread", "libpthread.a"),
    ("m", "libm.a"),
    ("dl", "libdl.a"),
    ("c", "libc.a"),
];

/// With glibc, Rust programs load its libraries and their unwinder at every start. They are linked in
/// instead where the linker has them to link: whoever prices one row waits longer for that load than for
/// the row.
///
/// `-C target-feature=+crt-static` is how Rust names this. It is not written down for all who build,
/// since it needs `--target` beside procedural macros and has no second choice where these libraries are
/// not installed.
fn main() {
    println!("cargo:rerun-if-changed=src/build.rs");
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|it| it == value);
    let is_glibc = is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu");
    let features = env::var("CARGO_CFG_TARGET_FEATURE").unwrap_or_default();
    if !is_glibc || features.split(',').any(|feature| feature == "crt-static") {
        return;
    }
    // The code by which a program without a loader starts at any address
    let Some(_) = file_of_linker("rcrt1.o") else { return };
    let found = LIBRARIES.map(|(asked, file)| Some((asked, file_of_linker(file)?)));
    let Some(found) = found.into_iter().collect::<Option<Vec<_>>>() else { return };

    // A folder that is searched before those of the system and leads to nothing but these
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo names a folder to build in"));
    let all: Vec<_> = found.iter().map(|(_, file)| format!("\"{}\"", file.display())).collect();
    for (asked, _) in &found {
        // They use each other: each name leads to all, and the linker takes what is used.
        let script = format!("GROUP({})\n", all.join(" "));
        fs::write(folder.join(format!("lib{asked}.a")), script).expect("a folder to build in takes a file");
    }
    println!("cargo:rustc-link-arg-bins=-L{}", folder.display());
    println!("cargo:rustc-link-arg-bins=-static-pie");
}

/// Where the linker has a file of this name.
fn file_of_linker(name: &str) -> Option<PathBuf> {
    let linker = env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let asked = Command::new(linker).arg(format!("-print-file-name={name}")).output().ok()?;
    let said = String::from_utf8(asked.stdout).ok()?;
    // A file that it does not have is printed as it was asked for.
    Some(PathBuf::from(said.trim())).filter(|file| file.is_absolute() && file.exists())
}
