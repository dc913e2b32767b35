//! A source file that a page or a comment names exists.

use super::{assert_none, below, files};
use crate::support::root;

/// Files that the recipes for contributors would add.
const EXAMPLES: &[&str] = &["src/approve/rule/early_start.rs", "src/document/asciidoc.rs"];

#[test]
fn named_files_exist() {
    let root = root();
    let paths = |folder: &str| {
        let files = below(&root.join(folder), root, "rs").into_iter();
        files.map(|file| file.path).collect::<Vec<_>>()
    };
    let known: Vec<_> = ["src", "tests", "benches"].into_iter().flat_map(paths).collect();
    let is_known = |path: &str| {
        EXAMPLES.contains(&path)
            || known.iter().any(|it| format!("/{it}").ends_with(&format!("/{path}")))
    };
    let mut texts = below(&root.join("docs"), root, "md");
    texts.extend(files());
    let complaints = texts.iter().flat_map(|file| {
        let missing = named_in(&file.text).filter(|path| !is_known(path));
        missing.map(|path| format!("{} names `{path}`, and there is no such file", file.path))
    });
    assert_none(&complaints.collect::<Vec<_>>());
}

/// Paths of source files between backticks.
fn named_in(text: &str) -> impl Iterator<Item = &str> {
    let is_path = |text: &&str| text.chars().all(|it| it.is_alphanumeric() || "_/.".contains(it));
    text.split('`').filter(|text| text.strip_suffix(".rs").is_some()).filter(is_path)
}

#[test]
fn paths_are_found() {
    let found: Vec<_> = named_in("See `src/a.rs`, `b.rs`, `b.toml`, `*.rs` and c.rs.").collect();
    assert_eq!(found, ["src/a.rs", "b.rs"]);
}
