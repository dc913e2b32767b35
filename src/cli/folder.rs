//! The deal files of a folder.

use crate::cli::failure::Failure;
use crate::cli::files;
use std::path::{Path, PathBuf};

/// What the input is, in words.
const WHAT: &str = "folder of deals";

/// How a price book that is found by itself is called: never a deal.
const BOOK: &str = "pricing.toml";

/// Every deal file of a folder and of those in it, in the order of their names. Links to folders are
/// not followed, so that there is an end.
pub fn deals(folder: &Path, books: &[Option<&Path>]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let cannot = |error| files::cannot_read(&folder, WHAT, error);
        for entry in std::fs::read_dir(&folder).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let (name, path) = (entry.file_name(), entry.path());
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type().map_err(cannot)?.is_dir() {
                folders.push(path);
            } else if is_deal(&path) && name != BOOK && !path.is_dir() {
                found.push(path);
            }
        }
    }
    found.retain(|path| !books.iter().flatten().any(|book| files::are_same(path, book)));
    found.sort();
    Ok(found)
}

/// Whether the name of a file is that of a deal.
pub fn is_deal(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("toml"))
}
