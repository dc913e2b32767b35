//! Which price book quotes.

use super::{book, json};
use crate::support::{DAY, Desk, Ran};

/// A desk with a book in its top folder, and others to be asked for.
fn desk() -> Desk {
    Desk::new()
        .file("pricing.toml", &book("nearest"))
        .file("named.toml", &book("named"))
        .file("environment.toml", &book("environment"))
        .file("deep/down/deal.toml", "[[line]]\nmetric = \"seat\"\nquantity = 1\n")
}

fn name(ran: &Ran) -> String {
    let name = &json(&ran.stdout)["price_book"]["name"];
    name.as_str().expect("a name").to_owned()
}

const WORDS: [&str; 6] = ["quote", "deal.toml", "--format", "json", "--date", DAY];

#[test]
fn the_nearest_book_upwards_quotes() {
    let desk = desk();
    let mut command = desk.command();
    let command = command.current_dir(desk.path("deep/down")).args(WORDS);
    assert_eq!(name(&Ran::of(command.output().expect("a run"))), "nearest");
}

#[test]
fn a_book_in_the_environment_comes_before_the_nearest() {
    let desk = desk();
    let mut command = desk.command();
    let command = command
        .current_dir(desk.path("deep/down"))
        .env("DEALDESK_PRICE_BOOK", "../../environment.toml")
        .args(WORDS);
    assert_eq!(name(&Ran::of(command.output().expect("a run"))), "environment");
}

#[test]
fn a_named_book_comes_before_all_others() {
    let desk = desk();
    let mut command = desk.command();
    let command = command
        .current_dir(desk.path("deep/down"))
        .env("DEALDESK_PRICE_BOOK", "../../environment.toml")
        .args(WORDS)
        .args(["--price-book", "../../named.toml"]);
    assert_eq!(name(&Ran::of(command.output().expect("a run"))), "named");
}

#[test]
fn without_a_book_the_built_in_one_quotes() {
    let words = ["quote", "--metric", "socket", "--quantity", "5", "--format", "json"];
    let ran = Desk::new().run(&words);
    assert_eq!(name(&ran), "DWCP v3");
}

#[test]
fn an_empty_environment_variable_names_no_book() {
    let desk = desk();
    let mut command = desk.command();
    let command =
        command.current_dir(desk.path("deep/down")).env("DEALDESK_PRICE_BOOK", "").args(WORDS);
    assert_eq!(name(&Ran::of(command.output().expect("a run"))), "nearest");
}

#[test]
fn a_named_book_that_is_not_there_is_not_replaced_by_another() {
    let words = [&["--price-book", "nowhere.toml"], WORDS.as_slice()].concat();
    let ran = desk().run(&words);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("nowhere.toml"), "{}", ran.stderr);
}

#[test]
fn an_invalid_book_quotes_nothing_and_shows_every_fault() {
    let text = book("broken").replace("places = 2", "places = 13").replace("EUR", "euro");
    let desk = Desk::new().file("pricing.toml", &text);
    let ran = desk.run(&["quote", "--metric", "seat", "--quantity", "1"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    let here = desk.path("").canonicalize().expect("the folder");
    let said = ran.stderr.replace(here.to_str().expect("a name"), "HERE");
    insta::assert_snapshot!(said, @r#"
    error[unknown-choice]: "euro" is not a currency code
     --> pricing.toml:4:12
      |
    4 | currency = "euro"
      |            ^^^^^^
      |
      = hint: write an ISO 4217 code, such as USD

    error[bad-number]: `places` is a whole number from 0 to 12
      --> pricing.toml:13:10
       |
    13 | places = 13
       |          ^^

    error: the price book HERE/pricing.toml cannot be used: 2 errors
    "#);
}
