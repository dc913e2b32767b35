//! A license for good against a subscription, as years go by.

use super::price;
use crate::support::OUR_BOOK;
use dealdesk::book;
use dealdesk::book::Books;
use dealdesk::number::Money;
use dealdesk::text::source::Source;

/// What one Enterprise socket costs at list over so many years, by subscription and for good.
fn costs(book: &Books, years: u32) -> (Money, Money) {
    let list = |metric: &str| {
        let edition = if metric == "socket" { "edition = \"Enterprise\"" } else { "" };
        let deal = format!(
            "term_years = {years}\n[[line]]\nmetric = \"{metric}\"\nquantity = 1\n{edition}\n"
        );
        let quote = price(&deal, book).expect("a quote");
        let list = quote["totals"]["list_tcv"].as_str().expect("an amount").to_owned();
        Money::parse(&list).expect("an amount")
    };
    (list("socket"), list("perpetual"))
}

#[test]
fn three_years_save_53_125_percent_and_the_twentieth_breaks_even() {
    let book = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("the book");
    let (subscription, perpetual) = costs(&book, 3);
    let shown = (subscription.at_least(2), perpetual.at_least(2));
    assert_eq!(shown, ("7500.00".into(), "16000.00".into()));
    // 53.125% to the last digit: (16,000 - 7,500) x 100,000 = 16,000 x 53,125.
    assert_eq!((perpetual - subscription) * 100_000, perpetual * 53_125);

    let even = (1..=30).find(|&years| {
        let (subscription, perpetual) = costs(&book, years);
        perpetual <= subscription
    });
    assert_eq!(even, Some(20));
}
