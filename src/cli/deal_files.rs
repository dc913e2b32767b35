//! Deal files: which there are in files and folders, and their drafts.

use super::{Failure, files, wrong_command_line};
use crate::answer::gate::is_deal_text;
use crate::deal;
use crate::deal::Draft;
use crate::text::clean;
use crate::text::diagnostic::Diagnostics;
use anyhow::anyhow;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// A deal file, or a folder that could not be listed.
pub type ListedPath = (PathBuf, Result<(), Failure>);

/// Lists the deal files, each once, and the folders that could not be listed.
pub fn list(paths: &[PathBuf], books: &[&Path]) -> Result<Vec<ListedPath>, Failure> {
    let mut seen = HashSet::new();
    let mut files = Vec::new();
    for path in paths {
        let listed =
            if path.is_dir() { in_folder(path, books) } else { Ok(vec![(path.clone(), Ok(()))]) };
        match listed {
            Ok(listed) => {
                // A file that does not exist is reported when it is read.
                let known = |path: &PathBuf| path.canonicalize().unwrap_or(path.clone());
                files.extend(listed.into_iter().filter(|(path, _)| seen.insert(known(path))));
            }
            Err(failure @ Failure::CommandLine(_)) => return Err(failure),
            Err(failure) => files.push((path.clone(), Err(failure))),
        }
    }
    Ok(files)
}

/// Returns the files of a list of files and folders, each once. A folder that cannot be listed is an error.
pub fn list_all(paths: &[PathBuf], books: &[&Path]) -> Result<Vec<PathBuf>, Failure> {
    list(paths, books)?.into_iter().map(|(path, listed)| listed.map(|()| path)).collect()
}

/// Returns the name of a deal file, without the folder that the command was given.
pub fn name_in(folder: Option<&Path>, path: &Path) -> String {
    let short = folder.and_then(|folder| path.strip_prefix(folder).ok());
    let short = short.filter(|short| !short.as_os_str().is_empty());
    short.unwrap_or(path).display().to_string()
}

/// Reads a deal file; `-` is standard input. Errors in the deal stay with the draft.
pub fn read_draft(path: &Path) -> Result<Draft, Failure> {
    Ok(deal::read(&files::read(path, "deal file")?))
}

pub fn cannot_price(path: &Path, faults: Diagnostics) -> Failure {
    let summary = format!("the deal {} cannot be priced", path.display());
    Failure::faults(clean(&summary), faults)
}

/// Returns the deal files of a folder and of the folders in it, in the order of their names. Names that
/// begin with a dot, a price book `pricing.toml` and the files `books` are no deals. Links to folders are not
/// followed, because they can form a circle; such a link, one that leads nowhere, and a pipe are listed as errors. A
/// folder without a deal is refused: it is probably the wrong one.
pub fn in_folder(folder: &Path, books: &[&Path]) -> Result<Vec<ListedPath>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        let cannot = |error| files::cannot_read(&inner, "folder of deals", error);
        for entry in std::fs::read_dir(&inner).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let (name, path) = (entry.file_name(), entry.path());
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type().map_err(cannot)?.is_dir() {
                folders.push(path);
                continue;
            }
            let odd = match path.metadata() {
                Ok(there) if there.is_dir() => {
                    Some("it is a link to a folder, which is not followed")
                }
                _ if !is_deal(&path) => continue,
                Ok(there) if there.is_file() && name == files::PRICE_BOOK && !has_deal(&path) => {
                    continue;
                }
                Ok(there) if there.is_file() => None,
                Ok(_) => Some("it is no file"),
                Err(_) => Some("it is a link that leads nowhere"),
            };
            let listed = odd.map_or(Ok(()), |why| {
                Err(anyhow!("{} cannot be read: {why}", path.display()).into())
            });
            found.push((path, listed));
        }
    }
    let books = files::KnownFiles::new(books.iter().copied());
    found.retain(|(path, _)| !books.contains(path));
    found.sort_by(|one, other| one.0.cmp(&other.0));
    if found.is_empty() {
        let message = format!("there is no deal file (.toml) in {}", folder.display());
        return Err(wrong_command_line(&message));
    }
    Ok(found)
}

/// Whether a file with the name of a price book is a deal: a name hides none.
fn has_deal(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| is_deal_text(&bytes))
}

pub fn is_deal(path: &Path) -> bool {
    files::is_toml(path)
}
