//! A price list of a spreadsheet, made a price book.

use super::book;
use crate::support::{Desk, Ran, assert_shows_whole};

/// As a spreadsheet writes it: signs and thousands in quoted prices, words for ranges and periods, a column of notes.
const LIST: &str = "\
Product,Min,Max,Unit Price,Currency,Per,UOM,Notes
Pro seat,1,49,\"$1,500.00\",USD,year,seats,popular
Pro seat,50,499,\"$1,200.00\",USD,yearly,seats,
Pro seat,500,,\"$1,000.00\",USD,annual,seats,
Setup,,,500,USD,one-time,,
API calls (1k),1+,,0.0025,USD,per month,call,
";

fn desk() -> Desk {
    Desk::new().file("list.csv", LIST)
}

fn imported(list: &str, flags: &[&str]) -> Ran {
    let desk = Desk::new().file("list.csv", list);
    book(&desk, &[&["import", "list.csv"], flags].concat())
}

#[test]
fn a_price_list_becomes_a_book_with_its_assumptions() {
    let ran = book(&desk(), &["import", "list.csv"]);
    assert_eq!(ran.code, Some(0));
    assert_shows_whole!("book_import", format!("{}----\n{}", ran.stdout, ran.stderr));
}

/// The book of a list quotes its prices: 50 seats at 1,200.00.
#[test]
fn an_imported_book_quotes() {
    let desk = desk();
    let ran = book(&desk, &["import", "list.csv", "--output", "imported.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""));
    let quote =
        ["quote", "--price-book", "imported.toml", "--metric", "pro-seat", "--quantity", "50"];
    let ran = desk.run(&quote);
    assert!(ran.stdout.contains("USD 60,000.00"), "{}", ran.stdout);
    // A file that is there is not replaced.
    let again = book(&desk, &["import", "list.csv", "--output", "imported.toml"]);
    assert_eq!(again.code, Some(1), "{}", again.stderr);
}

/// Semicolons part the columns where a comma is a decimal comma; each range has a price in each currency.
#[test]
fn decimal_commas_and_currencies_are_read() {
    let list = "Name;Quantity;Price;Currency\nSitz;1-9;1.200,50;EUR\nSitz;10 and up;999;EUR\n\
                Sitz;1-9;1.300,00;CHF\nSitz;10+;1.099;CHF\nTaste;5;2;EUR\n";
    let ran = imported(list, &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    for line in [
        "{ quantity = \"1-9\", price = { EUR = \"1200.50\", CHF = \"1300.00\" } }",
        "{ quantity = \"10+\", price = { EUR = \"999.00\", CHF = \"1099.00\" } }",
        "currencies = [\"EUR\"]",
        "{ quantity = \"5\", price = { EUR = \"2.00\" } }",
    ] {
        assert!(ran.stdout.contains(line), "{line}: {}", ran.stdout);
    }
}

/// A comma before three digits is one between thousands, and the command says so.
#[test]
fn a_comma_of_thousands_is_an_assumption() {
    let ran = imported("product,price\nA,\"1,500\"\n", &[]);
    assert!(ran.stdout.contains("price = \"1500.00\""), "{}", ran.stdout);
    assert!(ran.stderr.contains("a comma stands between thousands"), "{}", ran.stderr);
    assert_eq!(imported("product,price\nA,\"1,5\"\n", &[]).code, Some(1));
}

#[test]
fn flags_answer_what_the_list_does_not_say() {
    let list = "sku,from,to,list price\nA,1,10,5\nA,11,,4\n";
    let ran = imported(
        list,
        &["--per", "month", "--currency", "eur", "--mode", "graduated", "--name", "Mine"],
    );
    for line in ["name = \"Mine\"", "currency = \"EUR\"", "per = \"month\"", "mode = \"graduated\""]
    {
        assert!(ran.stdout.contains(line), "{line}: {}", ran.stdout);
    }
    assert!(!ran.stderr.contains("prices are in"), "{}", ran.stderr);
}

/// Every error is reported with its line, and no book is made of a list with errors.
#[test]
fn every_error_of_a_list_is_reported() {
    let list = "product,from,to,price\nA,1,10,5\nA,12,20,4\nA,15,30,3\nB,1,x,5\nB,1,5,five\n,1,5,3\nC,1,,1,2\n\
                D,1,,-5\nE,1,5,\n";
    let ran = imported(list, &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert_shows_whole!("book_import_errors", ran.stderr);
    let ran = imported("item,from\nA,1\n", &[]);
    assert!(ran.stderr.contains("no column `price`"), "{}", ran.stderr);
    let ran = imported("product,price,currency\nA,5,XYZ\n", &[]);
    assert!(ran.stderr.contains("\"XYZ\" is no currency"), "{}", ran.stderr);
    let ran = imported("product,price,per\nA,5,month\nA,50,year\n", &[]);
    assert!(ran.stderr.contains("prices per month and per year"), "{}", ran.stderr);
    let ran = imported("product,price\n", &[]);
    assert!(ran.stderr.contains("no rows"), "{}", ran.stderr);
}

/// Texts of the list end neither a comment nor a string of the book.
#[test]
fn hostile_names_are_texts() {
    let list = "product,price,\"x\ny\"\n\"a\"\"]\n[metric.b\",5,\n\u{1b}[31m,6,\n";
    let ran = imported(list, &["--name", "\"\n[book]\n"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert!(
        !ran.stdout.contains('\u{1b}') && !ran.stdout.contains("\n[metric.b\""),
        "{}",
        ran.stdout
    );
    assert!(!ran.stderr.contains('\u{1b}'), "{}", ran.stderr);
}
