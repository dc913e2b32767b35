//! The currencies of a book.

use super::PriceBook;

/// What one file sells: a price book for each of its currencies. Nothing is ever converted from
/// one to another.
///
/// ```
/// use dealdesk::{book, source::Source};
/// let text = include_str!("../../examples/currencies/pricing.toml");
/// let books = book::load(&Source::file("pricing.toml", text))?;
/// assert_eq!(books.currencies().collect::<Vec<_>>(), ["USD", "EUR", "JPY", "BHD"]);
/// assert_eq!(books.of("JPY").map(|book| book.currency().symbol.as_str()), Some("¥"));
/// # Ok::<(), dealdesk::text::diagnostic::Faults>(())
/// ```
#[derive(Debug)]
pub struct Books {
    first: PriceBook,
    others: Vec<PriceBook>,
}

impl Books {
    pub(super) fn new(mut first: PriceBook, mut others: Vec<PriceBook>) -> Self {
        let several = !others.is_empty();
        first.is_one_of_several = several;
        for other in &mut others {
            other.is_one_of_several = several;
        }
        Self { first, others }
    }

    /// The one for deals that name no currency, and the only one of most files.
    pub const fn first(&self) -> &PriceBook {
        &self.first
    }

    /// All of them, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = &PriceBook> + Clone {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// The codes of their currencies, in the order of the file.
    pub fn currencies(&self) -> impl Iterator<Item = &str> + Clone {
        self.iter().map(|book| book.currency.code.as_str())
    }

    /// The one in the currency of that code.
    pub fn of(&self, currency: &str) -> Option<&PriceBook> {
        self.iter().find(|book| book.currency.code == currency)
    }
}
