//! The price book of a command: the one named, the nearest `pricing.toml`, or the one built into the
//! program.

use super::{Failure, files, today};
use crate::answer::book_tables;
use crate::answer::book_tables::BookTables;
use crate::book::Books;
use crate::deal::{Deal, Draft};
use crate::text::clean;
use crate::text::source::Source;
use crate::{book, deal};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub const NAME: &str = "pricing.toml";

/// The price book that is used when there is no other.
const BUILT_IN: &str = include_str!("../../pricing.toml");

/// The file of `--price-book` or `DEALDESK_PRICE_BOOK`, if one is given.
pub struct BookChoice(Option<PathBuf>);

pub struct LoadedBook {
    pub books: Books,
    pub source: Arc<Source>,
    /// The file; `None` for the built-in book.
    pub path: Option<PathBuf>,
}

impl LoadedBook {
    pub fn read(path: &Path) -> Result<&'static Self, Failure> {
        Self::new(files::read(path, "price book")?, Some(path.to_owned()))
    }

    /// Loads a book from its text. `path` is its file; `None` for a text from elsewhere. The book lives
    /// as long as the process, because freeing it would take a good part of the time of a short command.
    pub fn new(source: Arc<Source>, path: Option<PathBuf>) -> Result<&'static Self, Failure> {
        let books = book::load(&source).map_err(|faults| {
            let place = path.as_ref().map(|path| format!(" {}", path.display()));
            let summary = format!("the price book{} cannot be used", place.unwrap_or_default());
            Failure::faults(clean(&summary), faults)
        })?;
        Ok(Box::leak(Box::new(Self { books, source, path })))
    }

    /// Resolves a deal, on the date of today if it names none. `cannot` is the summary of its errors.
    pub fn deal(&self, draft: &Draft, cannot: &str) -> Result<Deal<'_>, Failure> {
        deal::resolve(draft, &self.books, today()).map_err(|faults| Failure::faults(cannot, faults))
    }

    /// Reads the book as tables, once for each currency. A book that loaded has no errors in them.
    pub fn tables(&self) -> Result<Vec<BookTables>, Failure> {
        book_tables::read(&self.source)
            .map_err(|faults| Failure::faults("the price book cannot be listed", faults))
    }
}

impl BookChoice {
    /// Chooses the file that was typed, or the one that the environment names. An empty variable names
    /// none; an empty flag is an error.
    pub fn new(typed: Option<PathBuf>) -> Self {
        let named = || std::env::var_os("DEALDESK_PRICE_BOOK").filter(|name| !name.is_empty());
        Self(typed.or_else(|| named().map(PathBuf::from)))
    }

    pub fn load(&self) -> Result<&'static LoadedBook, Failure> {
        let nearest = || {
            let here = std::env::current_dir().ok()?;
            here.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())
        };
        match self.0.clone().or_else(nearest) {
            Some(path) => LoadedBook::read(&path),
            None => LoadedBook::new(Source::file(NAME, BUILT_IN), None),
        }
    }

    pub fn load_or(&self, named: Option<&Path>) -> Result<&'static LoadedBook, Failure> {
        named.map_or_else(|| self.load(), LoadedBook::read)
    }

    /// Loads the book for a command that reads other files too, of which one may be standard input.
    pub fn load_with<'p>(
        &'p self,
        inputs: impl IntoIterator<Item = &'p Path>,
    ) -> Result<&'static LoadedBook, Failure> {
        files::read_once(inputs.into_iter().chain(self.0.as_deref()))?;
        self.load()
    }
}
