//! `dealdesk book new`: a first price book from the answers to a few questions.
//!
//! A [kind of pricing](BookKind) is a row in [`BOOK_KINDS`] and a template: a small book in TOML with comments that teach its
//! keys. `template` puts the answers into it, and the figures of the engine into its examples, so that
//! `dealdesk book check` proves the book at once.

mod kind;
mod template;

pub use kind::{BOOK_KINDS, BookKind};

use crate::number::{Currency, Date, Money};
use crate::table;
use crate::text::diagnostic::Diagnostics;
use crate::text::source::{Place, Source, Written};

/// Answers to the questions about a first price book. An answer that is left out has the value of the kind.
#[derive(Debug, Clone, Default)]
pub struct BookAnswers {
    /// Name of the price book, such as that of the company.
    pub name: Option<String>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    pub kind: Option<&'static BookKind>,
    /// Name of the product on quotes.
    pub product: Option<String>,
    pub unit: Option<String>,
    /// Plural of the unit.
    pub units: Option<String>,
    pub period: Option<BookPeriod>,
    pub price: Option<Money>,
    pub discount: Option<BookDiscount>,
    pub has_partners: Option<bool>,
}

/// Period that the prices of a new book are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookPeriod {
    Year,
    Month,
}

impl BookPeriod {
    const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
        }
    }
}

/// Discount that a new book has for larger orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookDiscount {
    None,
    /// Steps by quantity that need nobody.
    Steps,
    /// Steps by quantity, the largest of which needs an approval.
    Approved,
}

/// Name of a book whose company is not known.
pub const BOOK_NAME: &str = "Price list";

/// Currency of a book that names none.
pub const BOOK_CURRENCY: &str = "USD";

/// Largest price that is asked for.
const LARGEST_PRICE: u64 = 1_000_000_000;

/// Most decimals of a price that is asked for.
const MOST_DECIMALS: u32 = 8;

impl BookAnswers {
    /// Returns the kind of pricing; the first of the menu if none was chosen.
    pub fn kind(&self) -> &'static BookKind {
        self.kind.unwrap_or(&BOOK_KINDS[0])
    }

    pub fn unit(&self) -> &str {
        self.unit.as_deref().unwrap_or(self.kind().unit)
    }

    /// Returns the plural of the unit: an "s" is the whole difference, unless it was said.
    pub fn units(&self) -> String {
        self.units.clone().unwrap_or_else(|| format!("{}s", self.unit()))
    }

    /// Whether a period was chosen for a kind whose prices have none to choose.
    pub fn has_needless_period(&self) -> bool {
        self.period.is_some() && !self.kind().has_period
    }
}

/// Writes the price book of some answers.
///
/// # Errors
/// Those of an example that costs more than can be calculated. All other answers that [`book_name`], [`book_currency`] and
/// [`book_price`] accept makes a book.
pub fn book_new(answers: &BookAnswers, today: Date) -> Result<String, Diagnostics> {
    template::write(answers, today)
}

/// Reads a name or a unit, which is not empty.
///
/// # Errors
/// A sentence for the person who typed it.
pub fn book_name(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("this is empty".to_owned()),
        name => Ok(name.to_owned()),
    }
}

/// Reads the code of a currency.
///
/// # Errors
/// A sentence for the person who typed it.
pub fn book_currency(text: &str) -> Result<String, String> {
    let code = text.trim().to_uppercase();
    match Currency::new(&code, None) {
        Some(_) => Ok(code),
        None => {
            Err("no currency of ISO 4217 has this code: write one such as USD or EUR".to_owned())
        }
    }
}

/// Reads a price, which is above zero.
///
/// # Errors
/// A sentence for the person who typed it.
pub fn book_price(text: &str) -> Result<Money, String> {
    let text = text.trim();
    let place = Place::whole(Source::typed("price", text));
    let price = table::money(Written::new(text, place)).map_err(|fault| {
        let words = std::iter::once(fault.message).chain(fault.hint);
        words.collect::<Vec<_>>().join("; ")
    })?;
    let price = price.value;
    if price.is_zero() || price.is_negative() || !price.is_within(LARGEST_PRICE) {
        return Err("a price is above zero, and at most a billion".to_owned());
    }
    if price.decimals() > MOST_DECIMALS {
        return Err(format!("a price has at most {MOST_DECIMALS} decimals here"));
    }
    Ok(price)
}
