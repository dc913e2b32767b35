//! Who may import whom: the page in `src/lib.rs`, enforced.

use crate::support::root;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Each module with what it may use, lowest first. What is not written here is forbidden.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("number", &[]),
    ("table", &["number", "text"]),
    ("document", &["number", "text"]),
    ("book", &["number", "table", "text"]),
    ("deal", &["book", "number", "table", "text"]),
    ("price", &["book", "deal", "number"]),
    ("approve", &["book", "deal", "number", "price"]),
    ("quote", &["approve", "book", "deal", "document", "number", "price", "text"]),
    (
        "answer",
        &["approve", "book", "deal", "document", "number", "price", "quote", "table", "text"],
    ),
    ("build", &[]),
    (
        "cli",
        &[
            "answer", "approve", "book", "deal", "document", "number", "price", "quote", "table",
            "text",
        ],
    ),
];

#[test]
fn imports_point_one_way() {
    let used = imports();
    let known: BTreeMap<_, BTreeSet<_>> =
        MAY_USE.iter().map(|(name, may)| (*name, may.iter().copied().collect())).collect();
    let names: BTreeSet<_> = known.keys().copied().collect();
    let found: BTreeSet<_> = used.keys().map(String::as_str).collect();
    assert_eq!(found, names, "a module is not in the table, or the table has one too many");
    for (module, targets) in &used {
        for (target, file) in targets {
            assert!(
                module == target || known[module.as_str()].contains(target.as_str()),
                "{file}: `{module}` may not use `{target}`"
            );
        }
    }
}

/// Only `number` sees a bare decimal, and only `cli` sees files, clock and environment; what builds the
/// program is told by Cargo through its environment.
#[test]
fn the_world_stays_outside() {
    let banned: &[(&str, &[&str])] = &[
        ("rust_decimal", &["number"]),
        ("jiff::", &["number"]),
        ("std::fs", &["cli"]),
        ("std::env", &["build", "cli"]),
        ("SystemTime::now", &["cli"]),
        ("dialoguer", &["cli"]),
        ("comfy_table", &["document"]),
        ("f64", &[]),
        ("f32", &[]),
    ];
    for (module, file, text) in files() {
        for (word, allowed) in banned {
            let used = code(&text).any(|line| line.contains(word));
            assert!(!used || allowed.contains(&module.as_str()), "{file} uses {word}");
        }
    }
}

/// Module → the modules it imports, each with a file that does.
fn imports() -> BTreeMap<String, BTreeMap<String, String>> {
    let mut used: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (module, file, text) in files() {
        let targets = used.entry(module).or_default();
        for line in code(&text) {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                // `use crate::{a, b}` names several.
                let list = rest.strip_prefix('{').map_or(rest, |list| list.trim_end_matches("};"));
                let several = rest.starts_with('{');
                for part in list.split(',').take(if several { usize::MAX } else { 1 }) {
                    let name: String = part
                        .trim()
                        .chars()
                        .take_while(|c| c.is_alphanumeric() || *c == '_')
                        .collect();
                    targets.insert(name, file.clone());
                }
            }
        }
    }
    used
}

/// Lines that are not comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// Every source file below `src` but the two roots: its top module, its name and its text.
fn files() -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    collect(&root().join("src"), &mut found);
    found
        .into_iter()
        .filter(|(_, file, _)| !["main.rs", "lib.rs"].contains(&file.as_str()))
        .collect()
}

fn collect(folder: &Path, found: &mut Vec<(String, String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, found);
            continue;
        }
        let inside = path.strip_prefix(root().join("src")).expect("below src");
        let top = inside.components().next().expect("a name").as_os_str().to_string_lossy();
        let module = top.trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).expect("a source file");
        found.push((module, inside.to_string_lossy().into_owned(), text));
    }
}
