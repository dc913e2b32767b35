//! Examples: deals in a book, with the figures that they must have.
//!
//! A book holds the names alone. A deal is read by the module of deals, which knows its keys.

use super::rule::{ANOTHER_NAME, UniqueNames};
use crate::table::{AnyTable, Section, keys};

keys! {
    pub EXAMPLE: ExampleKeys = "an example",
        "A deal with the figures that it must have.";

    required name: String = "The name of the example, in words, each once.";
    optional source: String = "Where the figures come from, such as a page of a price list.";
    required deal: AnyTable = "The deal, with the keys of a deal file.";
    required expect: AnyTable = "The figures that the quote of the deal must have.";
}

/// Reports names that are given twice.
pub(super) fn check_names(tables: &[Section<'_>]) {
    let mut names = UniqueNames::default();
    for table in tables {
        if let Some(name) = table.get(EXAMPLE.name) {
            let what = format_args!("the example \"{}\"", name.value);
            names.is_new(*table, &name, what, ANOTHER_NAME);
        }
    }
}
