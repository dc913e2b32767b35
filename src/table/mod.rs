//! Reading TOML against a written-down shape, with every fault found at once.
//!
//! A [`Shape`] says which keys a table has and what each means. [`Section`] reads a table by it,
//! and [`schema`] turns the same shape into the JSON Schema that editors use, so that what an
//! editor accepts and what dealdesk accepts cannot drift apart.

mod amount;
mod keys;
mod number;
pub mod schema;
mod section;
mod shape;
mod syntax;
mod tables;
mod values;
mod words;

pub use keys::{
    Choice, CurrencyList, KeyType, Keys, MeasuredValue, NamedRates, NamedTables, OneTable,
    TableList, TableOrList, TypedKey, WholeNumber,
};
pub(crate) use keys::{choices, keys};
pub use number::{date, fault as number_fault, money, money_range, quantity, rate, rates};
pub use section::{Section, TomlReader};
pub use shape::{Key, Kind, Shape};
pub(crate) use words::{suggestion, unknown};
