//! Several deal files. An error in one of them hides none of the others.

use super::{Failure, LoadedBook, OutputArgs, books, files, wrong_command_line};
use crate::answer::pipeline::NamedDeal;
use crate::deal;
use crate::deal::{Deal, Draft};
use crate::number::Date;
use crate::text::clean;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Reads the deals of the arguments in their order: files, folders with everything inside, and `-` for
/// standard input. A file under two names counts once; `day` is the date of deals that name none.
///
/// Errors go to standard error, and their deal stays in the list. Names are as typed, without the folder
/// `inside`. An answer that replaces a deal or the book is refused. With `are_judged_together`, one of several
/// deals that does not say whose it is cannot be.
pub fn read_all<'b>(
    paths: &[PathBuf],
    found: &'b LoadedBook,
    printing: &OutputArgs,
    day: Date,
    inside: Option<&Path>,
    are_judged_together: bool,
) -> Result<Vec<NamedDeal<'b>>, Failure> {
    let books: Vec<_> = found.files().collect();
    let files = list(paths, &books)?;
    let inputs = files.iter().filter(|(_, listed)| listed.is_ok()).map(|(path, _)| path.as_path());
    printing.refuse_overwrite(inputs.chain(books.iter().copied()), "the answer is")?;
    let needs_customer = are_judged_together && files.len() > 1;
    let read = |(path, listed): (PathBuf, Result<(), Failure>)| {
        let draft = listed.and_then(|()| read_draft(&path));
        let deal = draft.and_then(|draft| {
            let deal = deal::resolve(&draft, &found.books, day);
            let deal = deal.map_err(|faults| cannot_price(&path, faults))?;
            if needs_customer { named(deal, &draft, &path) } else { Ok(deal) }
        });
        let deal = deal.map_err(|failure| {
            let messages = failure.messages();
            crate::cli::output::report(failure);
            messages
        });
        let is_input = files::is_standard(&path);
        let name = if is_input { "standard input".to_owned() } else { name_in(inside, &path) };
        NamedDeal { name, deal }
    };
    Ok(files.into_iter().map(read).collect())
}

/// Returns a deal that says whose it is, by name, account or opportunity.
fn named<'b>(deal: Deal<'b>, draft: &Draft, path: &Path) -> Result<Deal<'b>, Failure> {
    if deal.states_customer() {
        return Ok(deal);
    }
    let message = "the deal does not name its customer";
    let fault = Diagnostic::new(Code::MissingKey, draft.place.clone(), message).hint(
        "add `customer`: several deals are checked together, and those of one customer count as one",
    );
    let summary = format!("the deal {} cannot be checked with others", path.display());
    Err(Failure::faults(clean(&summary), Diagnostics::sorted(vec![fault])))
}

/// A deal file, or a folder that could not be listed.
type ListedPath = (PathBuf, Result<(), Failure>);

/// Lists the deal files, each once, and the folders that could not be listed.
fn list(paths: &[PathBuf], books: &[&Path]) -> Result<Vec<ListedPath>, Failure> {
    let mut seen = HashSet::new();
    let mut files = Vec::new();
    for path in paths {
        let listed = if path.is_dir() { in_folder(path, books) } else { Ok(vec![path.clone()]) };
        match listed {
            Ok(listed) => {
                // A file that does not exist is reported when it is read.
                let known = |path: &PathBuf| path.canonicalize().unwrap_or(path.clone());
                let new = listed.into_iter().filter(|path| seen.insert(known(path)));
                files.extend(new.map(|path| (path, Ok(()))));
            }
            Err(failure @ Failure::CommandLine(_)) => return Err(failure),
            Err(failure) => files.push((path.clone(), Err(failure))),
        }
    }
    Ok(files)
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
/// begin with a dot, `pricing.toml` and the files `books` are no deals. Links to folders are not
/// followed, because they can form a circle. A folder without a deal is refused: it is probably the
/// wrong one.
pub fn in_folder(folder: &Path, books: &[&Path]) -> Result<Vec<PathBuf>, Failure> {
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
            } else if is_deal(&path) && name != books::NAME && !path.is_dir() {
                found.push(path);
            }
        }
    }
    found.retain(|path| !books.iter().any(|book| files::are_same(path, book)));
    found.sort();
    if found.is_empty() {
        let message = format!("there is no deal file (.toml) in {}", folder.display());
        return Err(wrong_command_line(&message));
    }
    Ok(found)
}

pub fn is_deal(path: &Path) -> bool {
    files::is_toml(path)
}
