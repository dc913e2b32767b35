//! A name has one meaning.

use super::{File, assert_none, code, files};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn type_names_are_unique() {
    assert_none(&used_twice(&files()));
}

/// The names of types that are declared in several files, with those files.
fn used_twice(files: &[File]) -> Vec<String> {
    let mut declared: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for File { path, text } in files {
        for name in code(text).filter_map(type_name) {
            declared.entry(name).or_default().insert(path);
        }
    }
    let twice = declared.into_iter().filter(|(_, paths)| paths.len() > 1);
    let told = |(name, paths): (&str, BTreeSet<&str>)| {
        format!("`{name}` is in {}", paths.into_iter().collect::<Vec<_>>().join(", "))
    };
    twice.map(told).collect()
}

/// The name of the type that a line declares. An indented `type` is part of an `impl` or a trait.
fn type_name(line: &str) -> Option<&str> {
    let declaration = line.trim_start();
    let is_indented = declaration != line;
    let declaration = match declaration.strip_prefix("pub") {
        Some(rest) => rest.split_once(' ').map_or(rest, |(_, rest)| rest),
        None => declaration,
    };
    // `pub(in crate::price) struct`.
    let declaration = declaration.split_once(") ").map_or(declaration, |(start, rest)| {
        if start.starts_with("crate::") { rest } else { declaration }
    });
    let (keyword, rest) = declaration.split_once(' ')?;
    let is_type = match keyword {
        "struct" | "enum" | "trait" | "union" => true,
        "type" => !is_indented,
        _ => false,
    };
    let end = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
    let name = &rest[..end];
    (is_type && name.starts_with(|it: char| it.is_ascii_uppercase())).then_some(name)
}

#[test]
fn a_name_in_two_files_is_found() {
    let found = |first: &str, second: &str| {
        used_twice(&[super::file("a.rs", first), super::file("b/c.rs", second)])
    };
    for (first, second) in [
        ("pub struct Row {", "struct Row;"),
        ("pub(crate) enum Row {", "pub(in crate::b) struct Row<'a>("),
        ("pub trait Row: Copy {", "pub type Row = Vec<u8>;"),
        ("fn a() {\n    struct Row;\n}", "enum Row {"),
    ] {
        assert_eq!(found(first, second), ["`Row` is in a.rs, b/c.rs"]);
    }
    for (first, second) in [
        ("struct Row;\nstruct Row;", "struct Rows;"),
        ("impl A for B {\n    type Row = u8;\n}", "struct Row;"),
        ("// struct Row;", "struct Row;"),
        ("use crate::b::Row;\nfn row(row: Row) {}", "struct Row;"),
    ] {
        assert_eq!(found(first, second), [""; 0]);
    }
}
