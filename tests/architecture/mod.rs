//! How the crate is built: the page in `src/lib.rs`, names, prose, and where output is written.

mod circles;
mod imports;
mod names;
mod outputs;
mod page;
mod paths;
mod prose;

use crate::support::root;
use std::fs;
use std::path::Path;

/// The roots of crates, which are in no module: the library, the binary and the build script.
const ROOTS: &[&str] = &["build.rs", "lib.rs", "main.rs"];

/// A source file. Its path is below `src`.
struct File {
    path: String,
    text: String,
}

impl File {
    /// The names of its module: `price/figures.rs` is `price`, `figures`.
    fn module(&self) -> Vec<&str> {
        let path = self.path.trim_end_matches(".rs");
        let path = path.strip_suffix("/mod").unwrap_or(path);
        path.split('/').collect()
    }
}

/// Whether a path is that of a module, or of a file in its folder.
fn is_in(path: &str, module: &str) -> bool {
    path.strip_prefix(module)
        .is_some_and(|rest| matches!(rest, "" | ".rs") || rest.starts_with('/'))
}

/// Only `number` sees a bare decimal, and only `cli` sees files, clock and environment; what builds the
/// program is told by Cargo through its environment.
#[test]
fn the_world_stays_outside() {
    let banned: &[(&str, &[&str])] = &[
        ("rust_decimal", &["number"]),
        ("jiff::", &["number"]),
        ("std::fs", &["cli"]),
        ("std::env", &["build", "cli", "main"]),
        ("SystemTime::now", &["cli"]),
        ("dialoguer", &["cli"]),
        ("comfy_table", &["document"]),
        ("f64", &[]),
        ("f32", &[]),
    ];
    for File { path, text } in files() {
        for (word, allowed) in banned {
            let used = code(&text).any(|line| line.contains(word));
            assert!(
                !used || allowed.iter().any(|module| is_in(&path, module)),
                "{path} uses {word}"
            );
        }
    }
}

/// Lines that are not comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// Every source file, in the order of their paths.
fn files() -> Vec<File> {
    let src = root().join("src");
    below(&src, &src, "rs")
}

/// The files of a folder and those below it that have this ending.
fn below(folder: &Path, top: &Path, ending: &str) -> Vec<File> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let files = paths.into_iter().flat_map(|path| {
        if path.is_dir() {
            return below(&path, top, ending);
        }
        let inside = path.strip_prefix(top).expect("below the top").to_string_lossy();
        if !inside.ends_with(&format!(".{ending}")) {
            return Vec::new();
        }
        let text = fs::read_to_string(&path).expect("text");
        vec![File { path: inside.into_owned(), text }]
    });
    files.collect()
}

/// A file of a test.
fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

/// Fails with all complaints at once.
#[track_caller]
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n\n{}\n", complaints.join("\n"));
}
