//! Price books of the commits of a change, and what the change does to them.

use crate::answer::book_check::{self, Finding};
use crate::answer::book_tables::{self, BookChange, ChangeEffect};
use crate::answer::gate::{self, BookReview, GateSettings};
use crate::cli::contracts::NamedContracts;
use crate::cli::git_tree::{EntryKind, PathInTree, Repository, TreeEntry};
use crate::cli::{Failure, LoadedBook, files};
use crate::number::Date;
use crate::text::source::Source;
use anyhow::anyhow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Price books of a commit.
pub enum BooksOfCommit {
    /// The commit has no path of this name.
    Missing,
    Unusable(Failure),
    Usable(CommittedBooks),
}

/// Price books that can be used: of one file, or of the files of a folder, which follow one another in time.
pub struct CommittedBooks {
    /// Each file by itself, by its path.
    files: BTreeMap<String, &'static LoadedBook>,
    pub all: &'static LoadedBook,
}

impl BooksOfCommit {
    /// Reads the price books of a commit. `path` is a file, or a folder whose files are price books.
    pub fn read(repository: &Repository, commit: &str, path: &str) -> Result<Self, Failure> {
        let entries = match repository.entry(commit, path)? {
            None => return Ok(Self::Missing),
            Some(PathInTree::Entry(entry)) => vec![entry],
            Some(PathInTree::Folder) => {
                let mut entries = repository.below(commit, path)?;
                entries.retain(|entry| gate::is_price_book(&entry.path, path));
                entries
            }
        };
        if entries.is_empty() {
            let message =
                format!("the folder {path} has no price book, whose name ends with .toml");
            return Ok(Self::Unusable(anyhow!(message).into()));
        }
        let Some(sources) = sources(repository, &entries)? else {
            let message = format!("{path} is, or has, a link or a submodule: put the file there");
            return Ok(Self::Unusable(anyhow!(message).into()));
        };
        Ok(sources.and_then(CommittedBooks::load).map_or_else(Self::Unusable, Self::Usable))
    }

    /// Reads the price books by which a commit judges: those at a path, else the file that commands look for, else the
    /// one that is built in. So a change that names another place brings no book of its own.
    pub fn judging(repository: &Repository, commit: &str, path: &str) -> Result<Self, Failure> {
        Ok(match Self::read(repository, commit, path)? {
            Self::Missing => match Self::read(repository, commit, files::PRICE_BOOK)? {
                Self::Missing => Self::Usable(CommittedBooks::built_in()?),
                found => found,
            },
            found => found,
        })
    }

    /// Returns the books; the reason why they cannot be used goes to `unusable`, after `words`.
    pub fn or_report(
        self,
        words: &str,
        unusable: &mut Vec<(String, String)>,
        path: &str,
    ) -> Option<CommittedBooks> {
        match self {
            Self::Usable(books) => Some(books),
            Self::Missing => None,
            Self::Unusable(failure) => {
                let why = failure.messages().join("; ");
                unusable.push((path.to_owned(), format!("{words} cannot be read: {why}")));
                None
            }
        }
    }
}

type NamedSources = Vec<(String, Arc<Source>)>;

/// Reads files of a commit. Returns `None` where one of them is no file.
fn sources(
    repository: &Repository,
    entries: &[TreeEntry],
) -> Result<Option<Result<NamedSources, Failure>>, Failure> {
    if entries.iter().any(|entry| entry.kind != EntryKind::File) {
        return Ok(None);
    }
    let objects: Vec<_> = entries.iter().map(|entry| entry.object.as_str()).collect();
    let contents = repository.contents(&objects)?;
    let read = entries.iter().zip(contents).map(|(entry, content)| {
        let source = files::source_of(Path::new(&entry.path), content, "price book")?;
        Ok((entry.path.clone(), source))
    });
    Ok(Some(read.collect()))
}

impl CommittedBooks {
    /// Returns the price book that commands use where there is none.
    fn built_in() -> Result<Self, Failure> {
        Ok(Self { files: BTreeMap::new(), all: LoadedBook::built_in()? })
    }

    fn load(sources: NamedSources) -> Result<Self, Failure> {
        let load = |(path, source): &(String, Arc<Source>)| {
            Ok((
                path.clone(),
                LoadedBook::new(Arc::clone(source), None, NamedContracts::default())?,
            ))
        };
        let files = sources.iter().map(load).collect::<Result<BTreeMap<_, _>, Failure>>()?;
        let only = files.values().next().copied().filter(|_| files.len() == 1);
        let all = if let Some(only) = only {
            only
        } else {
            let sources: Vec<_> = sources.into_iter().map(|it| it.1).collect();
            LoadedBook::of_sources(&sources)?
        };
        Ok(Self { files, all })
    }

    /// Returns the price book at a path; for a path that is new, the book that a new one replaces from a day on.
    fn replaced(&self, path: &str, from: Option<Date>) -> &'static LoadedBook {
        let begins = |file: &&LoadedBook| file.books.first().effective;
        let earlier = self.files.values().copied().filter(|file| begins(file) < from);
        let known = self.files.get(path).copied();
        let latest = || earlier.max_by_key(begins);
        let first = || self.files.values().copied().min_by_key(begins);
        known.or_else(latest).or_else(first).unwrap_or(self.all)
    }
}

/// Price books of a change.
pub struct BookVersions<'v> {
    /// The books where the change began.
    pub start: Option<CommittedBooks>,
    /// The books of the base.
    pub base: Option<&'v CommittedBooks>,
    /// The books of the change.
    pub own: Option<&'v CommittedBooks>,
}

impl BookVersions<'_> {
    /// Returns what the change does to each price book that it adds or edits, by their paths.
    pub fn reviews(
        &self,
        changed: &[String],
        settings: &GateSettings,
        day: Date,
        denied: &[&'static str],
    ) -> Result<Vec<BookReview<'static>>, Failure> {
        let old_findings = findings(self.start.as_ref(), day);
        let is_new = |found: &Finding<'_>| {
            let is_known = |old: &Finding<'_>| {
                old.code == found.code && old.message == found.message || found.is_part_of(old)
            };
            !old_findings.iter().any(is_known)
        };
        let new_findings: Vec<_> = findings(self.own, day).into_iter().filter(is_new).collect();
        let review = |path: &String| {
            let new = self.own.and_then(|own| own.files.get(path).copied());
            let from = new.and_then(|new| new.books.first().effective);
            let old = self.start.as_ref().map(|start| start.replaced(path, from));
            let mut changes = match old.zip(new) {
                Some((old, new)) => book_tables::changes(&old.tables()?, &new.tables()?),
                None => Vec::new(),
            };
            let is_there = self.start.as_ref().is_some_and(|it| it.files.contains_key(path));
            let begins = old.map(|old| old.books.first().effective);
            if !is_there && begins.is_some_and(|begins| begins < from) {
                // A book that is added replaces the other from its own first day on.
                let is_first_day = |it: &BookChange| it.path() == "book.effective";
                changes.retain(|it| !is_first_day(it));
            }
            let loosening = changes.iter().filter(|it| it.effect == ChangeEffect::Loosens);
            let paths = loosening.map(BookChange::path);
            let allowed = paths.filter(|path| settings.allows_loosening(path)).collect();
            let name = new.map(|new| new.source.name()).unwrap_or_default();
            let is_here = |found: &&Finding<'_>| found.rule.source.file() == name;
            let findings = new_findings.iter().filter(is_here).cloned().collect();
            let before = old.or_else(|| self.base.map(|base| base.all));
            let books = [before, new].map(|book| book.map(|book| book.books.first()));
            let (path, denied) = (path.clone(), denied.to_vec());
            Ok(BookReview { path, books, changes, allowed, findings, denied })
        };
        changed.iter().map(review).collect()
    }
}

fn findings(books: Option<&CommittedBooks>, day: Date) -> Vec<Finding<'static>> {
    let Some(books) = books else { return Vec::new() };
    let files: Vec<_> = books.all.books.files().collect();
    book_check::findings(&files, day)
}
