//! The modules that a source file names.

use super::{File, code};

/// The path of everything that a file names from the root of its crate, or from a module above it.
/// No path is empty.
pub fn imports(file: &File) -> Vec<Vec<String>> {
    imports_of(file, &[])
}

/// The paths of [`imports`], and those that begin with one of the modules that the file declares.
pub fn imports_of(file: &File, children: &[String]) -> Vec<Vec<String>> {
    let code = code(&file.text).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    let above = ["crate::", "super::"].map(str::to_owned);
    for word in children.iter().map(|it| format!("{it}::")).chain(above) {
        for (at, _) in code.match_indices(&word) {
            let before = code[..at].chars().next_back();
            if before.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == ':') {
                continue;
            }
            let mut path = Vec::new();
            let mut rest = &code[at..];
            if word == "super::" {
                path.extend(file.module().into_iter().map(str::to_owned));
                while let Some(above) = rest.strip_prefix(&word) {
                    path.pop();
                    rest = above;
                }
            } else if word == "crate::" {
                rest = &rest[word.len()..];
            } else {
                path.extend(file.module().into_iter().map(str::to_owned));
            }
            tree(rest, path, &mut found);
        }
    }
    found.retain(|path| !path.is_empty());
    found
}

/// Reads what follows a path, `a::B` or `{a, b::{C, D as E}}`, and returns what comes after it.
fn tree<'t>(mut rest: &'t str, mut path: Vec<String>, found: &mut Vec<Vec<String>>) -> &'t str {
    loop {
        if let Some(list) = rest.strip_prefix('{') {
            rest = list.trim_start();
            while !rest.is_empty() && !rest.starts_with('}') {
                rest = tree(rest, path.clone(), found);
                // `as` and `*` name no module.
                rest = rest.trim_start_matches(|it| it != ',' && it != '}');
                rest = rest.trim_start_matches(',').trim_start();
            }
            return rest.strip_prefix('}').unwrap_or(rest);
        }
        let end = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if !["", "self"].contains(&name) {
            path.push(name.to_owned());
        }
        let Some(more) = after.strip_prefix("::") else {
            found.push(path);
            return after;
        };
        rest = more;
    }
}

#[test]
fn every_path_is_found() {
    let found = |text: &str| {
        let paths = imports(&super::file("answer/compare/rows.rs", text)).into_iter();
        paths.map(|path| path.join("/")).collect::<Vec<_>>()
    };
    assert_eq!(found("use crate::price::Line;"), ["price/Line"]);
    assert_eq!(
        found("use crate::a::{self, b::{C, D as E}, f::*,\n};"),
        ["a", "a/b/C", "a/b/D", "a/f"]
    );
    assert_eq!(found("use super::super::super::a::B;\nuse super::c;"), ["a/B", "answer/compare/c"]);
    assert_eq!(found("let a = crate::a::b::<C>(super::super::d());"), ["a/b", "answer/d"]);
    assert_eq!(found("// crate::a\nuse super::super::super::*;\nuse other_crate::a;"), [""; 0]);
}
