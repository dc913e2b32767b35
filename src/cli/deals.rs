//! Deal files, many of them. One that is bad hides no other.

use super::failure::{Failure, wrong_command_line};
use super::{files, folder};
use crate::answer::pipeline::NamedDeal;
use crate::book::Books;
use crate::deal;
use crate::number::Date;
use crate::text::clean;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Deal files that were asked for, each once, and what could not be listed.
pub struct DealFiles {
    files: Vec<Result<PathBuf, (PathBuf, Failure)>>,
}

impl DealFiles {
    /// Those of the arguments, in their order: files, folders with all that is in them, and `-` for
    /// standard input. The same file under two names is one.
    pub fn of(paths: &[PathBuf], books: &[Option<&Path>]) -> Result<Self, Failure> {
        let mut seen = HashSet::new();
        let mut files = Vec::new();
        for path in paths {
            let listed =
                if path.is_dir() { folder::deals(path, books) } else { Ok(vec![path.clone()]) };
            match listed {
                Ok(listed) if listed.is_empty() => return Err(no_deals(path)),
                Ok(listed) => {
                    // What cannot be found is told where it is read.
                    let known = |path: &PathBuf| path.canonicalize().unwrap_or(path.clone());
                    files.extend(listed.into_iter().filter(|it| seen.insert(known(it))).map(Ok));
                }
                Err(failure) => files.push(Err((path.clone(), failure))),
            }
        }
        Ok(Self { files })
    }

    /// Returns the names of the files that were listed.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().flatten().map(PathBuf::as_path)
    }

    /// Reads them, those without a date as of `day`. What is wrong with one is told on standard
    /// error, and it stays in the list. Names are as typed, without the folder `inside`.
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
                let told = failure.messages();
                failure.report();
                told
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

/// A folder without a single deal is more likely the wrong one.
fn no_deals(folder: &Path) -> Failure {
    wrong_command_line(&format!("there is no deal file (.toml) in {}", folder.display()))
}
