//! The JSON Schemas accept what dealdesk accepts, and refuse what it refuses.

use super::{DEAL, json};
use crate::support::{Desk, OUR_BOOK, root};
use jsonschema::Validator;
use serde_json::Value;
use toml::de::{DeTable, DeValue};

fn schema(of: &str) -> Validator {
    let ran = Desk::new().run(&["schema", of]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let schema = json(&ran.stdout);
    assert!(jsonschema::meta::is_valid(&schema), "{of}");
    let options = jsonschema::options().should_validate_formats(true);
    options.build(&schema).expect("a schema")
}

/// TOML as an editor hands it to its schema: dates are texts.
fn as_json(toml: &str) -> Value {
    fn value(toml: &DeValue<'_>) -> Value {
        match toml {
            DeValue::String(text) => text.as_ref().into(),
            DeValue::Integer(number) => json(number.as_str()),
            DeValue::Float(number) => json(number.as_str()),
            DeValue::Boolean(flag) => (*flag).into(),
            DeValue::Datetime(date) => date.to_string().into(),
            DeValue::Array(items) => items.iter().map(|item| value(item.get_ref())).collect(),
            DeValue::Table(keys) => table(keys),
        }
    }
    fn table(keys: &DeTable<'_>) -> Value {
        let pairs = keys.iter();
        pairs.map(|(key, item)| (key.get_ref().to_string(), value(item.get_ref()))).collect()
    }
    table(DeTable::parse(toml).expect("TOML").get_ref())
}

#[test]
fn the_schema_of_books_accepts_our_book_and_refuses_a_misspelt_key() {
    let schema = schema("book");
    let errors: Vec<_> =
        schema.iter_errors(&as_json(OUR_BOOK)).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for (word, misspelt) in [
        ("[rounding]", "[roundin]"),
        ("\nunits = ", "\nunitz = "),
        ("quantity = \"3-49\"", "quantty = \"3-49\""),
        ("max_rate = ", "maxrate = "),
    ] {
        let wrong = OUR_BOOK.replacen(word, misspelt, 1);
        assert_ne!(wrong, OUR_BOOK, "{word}");
        assert!(!schema.is_valid(&as_json(&wrong)), "{misspelt} is accepted");
    }
}

#[test]
fn the_schema_of_books_accepts_amounts_in_several_currencies() {
    let path = root().join("examples/currencies/pricing.toml");
    let text = std::fs::read_to_string(path).expect("a price book");
    let schema = schema("book");
    let errors: Vec<_> =
        schema.iter_errors(&as_json(&text)).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    for (word, wrong) in [
        ("code = \"JPY\"", "cod = \"JPY\""),
        ("JPY = \"30000\"", "yen = \"30000\""),
        ("JPY = \"30000\"", "JPY = \"30,000\""),
        ("[\"USD\", \"EUR\", \"JPY\"]", "[]"),
        ("rate = \"70%\"", "rate = { USD = \"70%\" }"),
    ] {
        let wrong = text.replacen(word, wrong, 1);
        assert_ne!(wrong, text, "{word}");
        assert!(!schema.is_valid(&as_json(&wrong)), "{word} is accepted otherwise");
    }
}

/// An amount of a deal is in the currency of the deal.
#[test]
fn the_schema_of_deals_refuses_an_amount_in_several_currencies() {
    let schema = schema("deal");
    let agreed = |price: &str| as_json(&format!("{DEAL}unit_price = {price}\n"));
    assert!(schema.is_valid(&agreed("\"225000\"")));
    assert!(!schema.is_valid(&agreed("{ JPY = \"225000\" }")));
}

#[test]
fn the_schema_of_deals_accepts_a_deal_and_refuses_a_misspelt_key() {
    let schema = schema("deal");
    assert!(schema.is_valid(&as_json(DEAL)));
    for (word, misspelt) in [("term_years", "term_year"), ("quantity", "quantiy")] {
        let wrong = DEAL.replace(word, misspelt);
        assert!(!schema.is_valid(&as_json(&wrong)), "{misspelt} is accepted");
    }
}

#[test]
fn a_schema_refuses_a_value_that_cannot_be_read() {
    let schema = schema("deal");
    for (word, wrong) in [
        ("quantity = 100", "quantity = \"1,000\""),
        ("term_years = 3", "term_years = 0"),
        ("date = 2026-11-21", "date = \"21.11.2026\""),
    ] {
        let deal = DEAL.replace(word, wrong);
        assert_ne!(deal, DEAL);
        assert!(!schema.is_valid(&as_json(&deal)), "{wrong} is accepted");
    }
}
