//! The day of the machine and of the book, and books that follow one another, on the command line.

use super::{DEAL, json};
use crate::support::{DAY, Desk, OUR_BOOK};

/// The date of a quote under a time zone of the machine.
fn dated(desk: &Desk, zone: &str) -> String {
    let words = ["quote", "d.toml", "--format", "json"];
    let output = desk.command().args(words).env("TZ", zone).output().expect("the binary runs");
    let quote = json(&String::from_utf8(output.stdout).expect("UTF-8"));
    quote["date"].as_str().expect("a date").to_owned()
}

/// Clocks on Kiritimati are 25 hours ahead of those of Pago Pago.
#[test]
fn the_day_is_that_of_the_machine_or_of_the_book() {
    let deal = DEAL.replace("date = 2026-11-21\n", "");
    let desk = Desk::new().file("d.toml", &deal);
    assert!(dated(&desk, "Pacific/Kiritimati") > dated(&desk, "Pacific/Pago_Pago"));
    let book = OUR_BOOK.replace("[book]\n", "[book]\ntime_zone = \"Pacific/Kiritimati\"\n");
    let desk = desk.file("pricing.toml", &book);
    let plain = Desk::new().file("d.toml", &deal);
    assert!(dated(&desk, "Pacific/Pago_Pago") > dated(&plain, "Pacific/Pago_Pago"));
}

/// The date of a deal chooses among the books of a folder, and of several flags.
#[test]
fn several_books_are_given() {
    let next = OUR_BOOK
        .replace("effective = 2025-11-10", "effective = 2027-01-01")
        .replace("price = \"2500.00\"", "price = \"2600.00\"")
        .replace("version = \"1.0.0\"", "version = \"2.0.0\"");
    let deal = |date: &str| {
        format!(
            "customer = \"{date}\"\ndate = {date}\n[[line]]\nmetric = \"socket\"\nquantity = 50\n"
        )
    };
    let desk = Desk::new()
        .file("books/a.toml", OUR_BOOK)
        .file("books/b.toml", &next)
        .file("deals/now.toml", &deal(DAY))
        .file("deals/next.toml", &deal("2027-01-02"));
    let told = |words: &[&str]| {
        let answer = json(&desk.run(words).stdout);
        let deals = answer["deals"].as_array().expect("deals");
        let figures: Vec<_> = deals
            .iter()
            .map(|deal| format!("{} {} {}", deal["name"], deal["list_tcv"], deal["status"]))
            .collect();
        (figures.join("\n").replace('"', ""), answer["price_books"].as_array().map(Vec::len))
    };
    let words = ["check", "deals", "--date", "2027-01-02", "--format", "json"];
    let expected = (
        "deals/next.toml 130000.00 ok\ndeals/now.toml 125000.00 outside-policy".to_owned(),
        Some(2),
    );
    let folder = [&words[..], &["--price-book", "books"]].concat();
    assert_eq!(told(&folder), expected);
    let flags = ["--price-book", "books/b.toml", "--price-book", "books/a.toml"];
    assert_eq!(told(&[&words[..], &flags].concat()), expected);
    let rows =
        desk.run(&["check", "deals", "--format", "csv", "--date", DAY, "--price-book", "books"]);
    let versions: Vec<_> = rows.stdout.lines().map(|row| row.rsplit(',').nth(1)).collect();
    assert_eq!(versions, [Some("book_version"), Some("2.0.0"), Some("1.0.0")]);
    // A command about one book does not choose.
    let ran = desk.run(&["book", "show", "--price-book", "books"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert_eq!(desk.run(&["quote", "deals/now.toml", "--price-book", "deals"]).code, Some(1));
}

/// Given its date, a quote is the same on any day.
#[test]
fn a_quote_follows_from_its_inputs() {
    let desk = Desk::new().file("d.toml", DEAL);
    let quote = |zone: &str| {
        let words = ["quote", "d.toml", "--date", "2026-02-03", "--format", "json"];
        let output = desk.command().args(words).env("TZ", zone).output().expect("the binary runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert_eq!(quote("Pacific/Kiritimati"), quote("Pacific/Pago_Pago"));
    assert!(!quote("UTC").contains("expired"));
}
