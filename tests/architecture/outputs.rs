//! Output is written in its files: `text*.rs`, `json*.rs` and `rows*.rs`, or folders that are called
//! so.

use super::imports::imports;
use super::{File, assert_none, code, file, files, is_in};

/// Modules that are about documents and formats themselves.
const ABOUT_OUTPUT: &[&str] = &["cli", "document", "table"];

const OUTPUTS: &[&str] = &["json", "rows", "text"];

#[test]
fn output_is_in_its_files() {
    assert_none(&outside(&files()));
}

/// Every file that writes output and is not called so.
fn outside(files: &[File]) -> Vec<String> {
    let outside = files.iter().filter(|file| !is_for_output(&file.path));
    let told = outside.filter_map(|file| {
        let word = writes(file)?;
        Some(format!("{} uses {word}, and is called none of {OUTPUTS:?}", file.path))
    });
    told.collect()
}

fn is_for_output(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    ABOUT_OUTPUT.iter().any(|module| is_in(path, module))
        || OUTPUTS.iter().any(|output| name.starts_with(output))
        || folders.split('/').any(|folder| OUTPUTS.contains(&folder))
}

/// Returns `document` or `serde` for a file that uses it.
fn writes(file: &File) -> Option<&'static str> {
    let is_document = |path: &Vec<String>| path[0] == "document";
    if imports(file).iter().any(is_document) {
        return Some("document");
    }
    let is_serde = |line: &str| line.contains("serde::") || line.contains("serde_json");
    code(&file.text).any(is_serde).then_some("serde")
}

#[test]
fn output_in_another_file_is_found() {
    let found = |path, text| outside(&[file(path, text)]);
    for (text, word) in [
        ("use crate::document::Table;", "document"),
        ("use crate::{book, document};", "document"),
        ("use serde::Serialize;", "serde"),
        ("let json = serde_json::to_string(&a);", "serde"),
    ] {
        let told = format!(
            "quote/figures.rs uses {word}, and is called none of [\"json\", \"rows\", \"text\"]"
        );
        assert_eq!(found("quote/figures.rs", text), [told]);
        for path in ["quote/text.rs", "quote/json_lines.rs", "quote/rows/totals.rs", "cli/a.rs"] {
            assert_eq!(found(path, text), [""; 0], "{path}");
        }
    }
    assert_eq!(
        found("quote/figures.rs", "// serde::Serialize\nuse crate::quote::document;"),
        [""; 0]
    );
}
