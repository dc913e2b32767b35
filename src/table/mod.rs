//! TOML tables with declared keys, read with all errors at once.
//!
//! `keys!` declares the keys of a table once, each with its type and its meaning, and `choices!`
//! declares the words of an enum. [`Section`] reads a table by these keys, and [`schema`] turns the
//! same keys into the JSON Schema for editors, so an editor and dealdesk accept the same files.
//! Readers of any table, such as the listing of a book, read keys by name through the same
//! [`Section`].

mod amount;
mod getters;
mod keys;
mod number;
pub mod schema;
mod section;
mod shape;
mod syntax;
mod words;

pub(crate) use amount::STANDARD;
pub use keys::{
    AnyTable, Choice, CurrencyList, FlagOrText, KeyType, Keys, MeasuredValue, NamedRates,
    NamedTables, OneTable, TableList, TableOrList, TypedKey, WholeNumber,
};
pub(crate) use keys::{choices, keys};
pub(crate) use number::{date, fault as number_fault, money, not_in_coins, quantity, rate};
pub use section::{Section, TomlReader};
pub use shape::{Guess, Key, Kind, Shape, is_same_word};
pub(crate) use words::{quoted, suggestion, unknown};
