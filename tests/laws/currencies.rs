//! A book with several currencies is several books.

use super::model::{Book, Currencies};
use super::world::{World, resolve, world};
use dealdesk::deal::to_toml;
use dealdesk::quote::json::to_json;
use dealdesk::quote::quote;
use proptest::prelude::*;
use serde_json::Value;

impl Book {
    /// The same book with the currency of its deals and no other.
    fn alone(&self) -> Self {
        Self { currencies: Currencies::only(self.currencies.main), ..self.clone() }
    }
}

/// A quote without what names the text of its book: its digest, and lines of it.
fn figures(json: &str) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(strip),
            Value::Object(map) => {
                for key in ["id", "digest", "sha256", "source"] {
                    map.remove(key);
                }
                map.values_mut().for_each(strip);
            }
            _ => {}
        }
    }
    let mut value = serde_json::from_str(json).expect("JSON");
    strip(&mut value);
    value
}

proptest! {
    #![proptest_config(super::cases(400))]

    /// A quote in one currency of a book is that of the book written in this currency alone: every
    /// figure, approval and word of it. No amount in another currency has a part in it.
    #[test]
    fn each_currency_is_a_book_of_its_own(world in world()) {
        let several = world.load();
        let alone = World { book: world.book.alone(), ..world.clone() };
        let only = alone.load();
        prop_assert_eq!(several.iter().count(), world.book.currencies.others.len() + 1);
        match (world.resolve(&several), alone.resolve(&only)) {
            (Some(one), Some(other)) => {
                prop_assert_eq!(&one.book().currency().code, world.book.currencies.main);
                let (one, other) = (quote(&one), quote(&other));
                prop_assert_eq!(figures(&to_json(&one).to_string()), figures(&to_json(&other).to_string()));
            }
            (one, other) => prop_assert_eq!(one.is_some(), other.is_some()),
        }
    }

    /// A deal of a book with several currencies says which is its own, and another deal does not.
    #[test]
    fn a_saved_deal_names_its_currency_where_there_are_others(world in world()) {
        let alone = World { book: world.book.alone(), ..world.clone() };
        let (several, only) = (world.load(), alone.load());
        let (Some(one), Some(other)) = (world.resolve(&several), alone.resolve(&only)) else {
            return Ok(());
        };
        let named = format!("currency = \"{}\"\n", world.book.currencies.main);
        let (saved, plain) = (to_toml(&one), to_toml(&other));
        prop_assert!(!plain.contains("currency = "));
        let is_named = !world.book.currencies.others.is_empty();
        prop_assert_eq!(saved.contains(&named), is_named);
        prop_assert_eq!(saved.replacen(&named, "", 1), plain);
    }

    /// What is sold in other currencies only cannot be bought in this one.
    #[test]
    fn what_is_sold_in_other_currencies_is_refused(world in world()) {
        let line = "[[line]]\nmetric = \"foreign\"\nquantity = 1\n";
        let Currencies { main, others, foreign, .. } = &world.book.currencies;
        let several = world.load();
        let faults = resolve(&format!("currency = \"{main}\"\n{line}"), &several).map(|_| ());
        let faults = faults.expect_err("it is not sold");
        let code = if *foreign { "not-sold" } else { "unknown-metric" };
        prop_assert!(faults.iter().all(|fault| fault.code.name() == code), "{faults}");
        if *foreign {
            let bought = format!("currency = \"{}\"\n{line}", others[0]);
            if let Err(faults) = resolve(&bought, &several) {
                let code = "too-many-digits";
                prop_assert!(faults.iter().all(|fault| fault.code.name() == code), "{faults}");
            }
        }
    }
}
