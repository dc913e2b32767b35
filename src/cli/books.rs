//! Which price book: the one named, the nearest, or the one built into the program.

use super::failure::Failure;
use super::files;
use crate::book;
use crate::book::Books;
use crate::text::clean;
use crate::text::source::Source;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of a price book that is found by itself.
const NAME: &str = "pricing.toml";

/// The book that quotes when there is no other.
const BUILT_IN: &str = include_str!("../../pricing.toml");

/// The book that was asked for with `--price-book` or `DEALDESK_PRICE_BOOK`, if any.
#[derive(Debug, Clone)]
pub struct BookChoice(Option<PathBuf>);

/// A book and where it came from.
pub struct LoadedBook {
    pub books: Books,
    /// Its text.
    pub source: Arc<Source>,
    /// Nothing for the built-in one.
    pub path: Option<PathBuf>,
}

impl LoadedBook {
    /// Loads the book of a text that is in this file, or in none.
    pub fn new(source: Arc<Source>, path: Option<PathBuf>) -> Result<&'static Self, Failure> {
        let books = book::load(&source).map_err(|faults| {
            let place = path.as_ref().map(|path| format!(" {}", path.display()));
            let summary = format!("the price book{} cannot be used", place.unwrap_or_default());
            Failure::faults(clean(&summary), faults)
        })?;
        Ok(Box::leak(Box::new(Self { books, source, path })))
    }
}

impl BookChoice {
    /// The book that was typed, else the one that the environment names. A variable that is
    /// empty names none; an empty flag is a mistake.
    pub fn new(typed: Option<PathBuf>) -> Self {
        let named = || std::env::var_os("DEALDESK_PRICE_BOOK").filter(|name| !name.is_empty());
        Self(typed.or_else(|| named().map(PathBuf::from)))
    }

    /// Finds and loads the book. It lasts as long as the process, because a command that takes a
    /// moment spends a good part of that on taking its book apart again.
    pub fn load(&self) -> Result<&'static LoadedBook, Failure> {
        let (source, path) = self.source()?;
        LoadedBook::new(source, path)
    }

    /// The same, of a command that reads other files as well.
    pub fn load_with<'p>(
        &'p self,
        inputs: impl IntoIterator<Item = &'p Path>,
    ) -> Result<&'static LoadedBook, Failure> {
        files::read_once(inputs.into_iter().chain(self.0.as_deref()))?;
        self.load()
    }

    fn source(&self) -> Result<(Arc<Source>, Option<PathBuf>), Failure> {
        let path = match &self.0 {
            Some(path) => Some(path.clone()),
            None => std::env::current_dir().ok().and_then(|here| nearest(&here)),
        };
        Ok(match path {
            Some(path) => (files::read(&path, "price book")?, Some(path)),
            None => (Source::file(NAME, BUILT_IN), None),
        })
    }
}

fn nearest(here: &Path) -> Option<PathBuf> {
    here.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file())
}
