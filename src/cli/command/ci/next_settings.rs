//! Settings as a later change will find them in its base. Settings that no change can be judged by would fail all of them,
//! and the one that mends the settings too.

use super::denied::DeniedCodes;
use super::price_books::BooksOfCommit;
use super::{CiArgs, options};
use crate::answer::gate::{GateSettings, path_from_top};
use crate::book::PriceBook;
use crate::cli::git_tree::{ChangedEntry, PathInTree, Repository};
use crate::cli::{Failure, levels};

/// A base as it will be after the merge: the paths of the change as the head has them, and all others as the base has them.
pub struct NextBase<'n> {
    pub repository: &'n Repository,
    pub base: &'n str,
    pub head: &'n str,
    pub changed: &'n [ChangedEntry],
    /// The place of the price book that is judged as a book of this change.
    pub book: &'n str,
}

impl NextBase<'_> {
    /// Lists why the settings could not judge a later change by the same flags, each reason after its key.
    pub fn faults(&self, args: &CiArgs) -> Result<Vec<String>, Failure> {
        let settings = match options::settings(self.repository, self.commit_of(GateSettings::FILE))
        {
            Ok(settings) => settings,
            Err(failure) => return Ok(failure.messages()),
        };
        let mut faults = Vec::new();
        let folder = settings.deals.as_deref();
        let path = settings.price_book.as_deref();
        faults.extend(disagreement("deals", "--deals", args.deals.as_deref(), folder));
        faults.extend(disagreement("price_book", "--book", args.book.as_deref(), path));
        if let Some(folder) = folder.filter(|folder| !self.has_folder(folder)) {
            faults.push(format!(
                "deals: there will be no folder {folder}: write its path from the top of the repository"
            ));
        }
        if let Some(book) = self.book(path, &mut faults)? {
            let wanted = settings.max_approval.as_deref();
            let level = levels::level(book, "max_approval", wanted);
            faults.extend(level.err().iter().flat_map(Failure::messages));
        }
        let mut denied = DeniedCodes::default();
        let codes = settings.deny.iter().filter_map(|code| denied.add(&code.value).err());
        faults.extend(codes.map(|why| format!("deny: {why}")));
        Ok(faults)
    }

    /// Returns the commit whose version of a path stays.
    fn commit_of(&self, path: &str) -> &str {
        let is_changed = |entry: &ChangedEntry| {
            let rest = entry.path.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if self.changed.iter().any(is_changed) { self.head } else { self.base }
    }

    fn has_folder(&self, folder: &str) -> bool {
        let there = self.repository.entry(self.commit_of(folder), folder);
        matches!(there, Ok(Some(PathInTree::Folder)))
    }

    /// Returns the first price book by which a later change is judged: its ladder has the levels. A place of the settings
    /// that has none is a fault.
    fn book(
        &self,
        named: Option<&str>,
        faults: &mut Vec<String>,
    ) -> Result<Option<&'static PriceBook>, Failure> {
        let path = named.unwrap_or(self.book);
        let commit = self.commit_of(path);
        let found = match BooksOfCommit::read(self.repository, commit, path)? {
            BooksOfCommit::Missing if named.is_some() => {
                faults.push(format!(
                    "price_book: there will be no price book {path}: write its path from the top of the repository"
                ));
                return Ok(None);
            }
            BooksOfCommit::Missing => BooksOfCommit::judging(self.repository, commit, path)?,
            found => found,
        };
        let mut unusable = Vec::new();
        let books = found.or_report("price_book: this", &mut unusable, path);
        if path != self.book {
            faults.extend(unusable.into_iter().map(|(_, why)| why));
        }
        Ok(books.map(|books| books.all.books.first()))
    }
}

/// Says that a flag of the pipeline names another place than the settings.
fn disagreement(key: &str, flag: &str, typed: Option<&str>, set: Option<&str>) -> Option<String> {
    let (typed, set) = (path_from_top(typed?).ok()?, set?);
    let message = || {
        format!("{key}: the pipeline has {flag} {typed}, and {set} is another place: leave one out")
    };
    (typed != set).then(message)
}
