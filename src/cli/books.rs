//! Which price book: the one named, the nearest, or the one built into the program.

use super::failure::Failure;
use super::files;
use crate::book::{self, PriceBook};
use crate::source::Source;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of a price book that is found by itself.
const NAME: &str = "pricing.toml";

/// The book that quotes when there is no other.
const BUILT_IN: &str = include_str!("../../pricing.toml");

/// Names the price book where `--price-book` does not.
const VARIABLE: &str = "DEALDESK_PRICE_BOOK";

/// The book that was asked for with `--price-book`, if any.
pub struct Wanted(pub Option<PathBuf>);

/// A book and where it came from.
pub struct Found {
    pub book: PriceBook,
    /// Nothing for the built-in one.
    pub path: Option<PathBuf>,
}

impl Wanted {
    /// Finds and loads the book.
    pub fn load(&self) -> Result<Found, Failure> {
        let (source, path) = self.source()?;
        let book = book::load(&source)
            .map_err(|faults| Failure::faults("the price book cannot be used", faults))?;
        Ok(Found { book, path })
    }

    fn source(&self) -> Result<(Arc<Source>, Option<PathBuf>), Failure> {
        // An empty variable is how scripts unset one.
        let variable = || std::env::var_os(VARIABLE).filter(|value| !value.is_empty());
        let named = self.0.clone().or_else(|| variable().map(PathBuf::from));
        let path = match named {
            Some(path) => Some(path),
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
