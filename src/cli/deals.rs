//! Several deal files. An error in one of them hides none of the others.

use super::failure::{Failure, wrong_command_line};
use super::{books, files};
use crate::answer::pipeline::NamedDeal;
use crate::book::Books;
use crate::deal;
use crate::number::Date;
use crate::text::clean;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The deal files of the arguments, each once, and the folders that could not be listed.
pub struct DealFiles {
    files: Vec<Result<PathBuf, (PathBuf, Failure)>>,
}

impl DealFiles {
    /// Lists the deal files of the arguments in their order: files, folders with everything inside, and
    /// `-` for standard input. A file under two names counts once.
    pub fn of(paths: &[PathBuf], books: &[Option<&Path>]) -> Result<Self, Failure> {
        let mut seen = HashSet::new();
        let mut files = Vec::new();
        for path in paths {
            let listed =
                if path.is_dir() { in_folder(path, books) } else { Ok(vec![path.clone()]) };
            match listed {
                Ok(listed) if listed.is_empty() => return Err(no_deals(path)),
                Ok(listed) => {
                    // A file that does not exist is reported when it is read.
                    let known = |path: &PathBuf| path.canonicalize().unwrap_or(path.clone());
                    files.extend(listed.into_iter().filter(|it| seen.insert(known(it))).map(Ok));
                }
                Err(failure) => files.push(Err((path.clone(), failure))),
            }
        }
        Ok(Self { files })
    }

    /// Returns the paths of the listed files.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().flatten().map(PathBuf::as_path)
    }

    /// Reads the deals; `day` is the date of deals that name none. Errors go to standard error, and their
    /// deal stays in the list. Names are as typed, without the folder `inside`.
    pub fn read<'b>(
        self,
        books: &'b Books,
        day: Date,
        inside: Option<&Path>,
    ) -> Vec<NamedDeal<'b>> {
        let read = |file: Result<PathBuf, (PathBuf, Failure)>| {
            let (path, deal) = match file {
                Ok(path) => {
                    let deal = read(&path, books, day);
                    (path, deal)
                }
                Err((path, failure)) => (path, Err(failure)),
            };
            let short = inside.and_then(|folder| path.strip_prefix(folder).ok());
            let short = short.filter(|short| !short.as_os_str().is_empty()).unwrap_or(&path);
            let is_input = files::is_standard(&path);
            let name =
                if is_input { "standard input".to_owned() } else { short.display().to_string() };
            let deal = deal.map_err(|failure| {
                let messages = failure.messages();
                failure.report();
                messages
            });
            NamedDeal { name, deal }
        };
        self.files.into_iter().map(read).collect()
    }
}

fn read<'b>(path: &Path, books: &'b Books, day: Date) -> Result<deal::Deal<'b>, Failure> {
    let source = files::read(path, "deal file")?;
    deal::resolve(&deal::read(&source), books, day).map_err(|faults| {
        let summary = format!("the deal {} cannot be priced", path.display());
        Failure::faults(clean(&summary), faults)
    })
}

/// Refuses a folder without a deal file, which is probably the wrong folder.
fn no_deals(folder: &Path) -> Failure {
    wrong_command_line(&format!("there is no deal file (.toml) in {}", folder.display()))
}

/// Returns the deal files of a folder and of the folders in it, in the order of their names. Names that
/// begin with a dot, `pricing.toml` and the files `books` are no deals. Links to folders are not
/// followed, because they can form a circle.
pub fn in_folder(folder: &Path, books: &[Option<&Path>]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let cannot = |error| files::cannot_read(&folder, "folder of deals", error);
        for entry in std::fs::read_dir(&folder).map_err(cannot)? {
            let entry = entry.map_err(cannot)?;
            let (name, path) = (entry.file_name(), entry.path());
            if name.to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type().map_err(cannot)?.is_dir() {
                folders.push(path);
            } else if is_deal(&path) && name != books::NAME && !path.is_dir() {
                found.push(path);
            }
        }
    }
    found.retain(|path| !books.iter().flatten().any(|book| files::are_same(path, book)));
    found.sort();
    Ok(found)
}

/// Whether a file has the suffix of a deal file, `.toml`.
pub fn is_deal(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case("toml"))
}
