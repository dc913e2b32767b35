//! Deals of one customer under two price books, or in two currencies: they count together by names.

use super::commitments::ramp;
use super::{acme, splits_of, with_books};
use crate::support::{DAY, OUR_BOOK};
use dealdesk::book::{self, Books};
use dealdesk::text::source::Source;

const CURRENCIES: &str = include_str!("../../examples/currencies/pricing.toml");

/// Our book, and the same book again from 2026-11-21 on.
fn two_books(change: impl Fn(String) -> String) -> Books {
    let later = OUR_BOOK.replacen("effective = 2025-11-10", "effective = 2026-11-21", 1);
    let files = [OUR_BOOK.to_owned(), change(later)];
    let load = |text: &String| book::load(&Source::file("pricing.toml", text)).expect("a book");
    let books = Books::in_order_of_time(files.iter().map(load).collect());
    books.expect("dates that follow one another").expect("a book")
}

#[track_caller]
fn assert_told(books: &Books, deals: [&str; 2], expected: &[&str]) {
    assert_eq!(with_books(books, DAY, &deals, splits_of), expected, "{}", deals.join("---\n"));
}

fn of_both_books(text: &dyn Fn(&str) -> String) -> [String; 2] {
    ["date = 2026-11-20", "date = 2026-11-21"].map(text)
}

/// 49 x $1,500 for each, and 49 x $2,375 as a part of 98, on 364 of 365 days.
#[test]
fn units_under_two_books_find_one_range() {
    let told = "85515.07: 1 2: $147,000.00 apart, $232,515.07 as 98 sockets";
    let [one, other] = of_both_books(&|date| acme("socket", 49, date));
    let same = two_books(|book| book);
    assert_told(&same, [&one, &other], &[told]);
    assert_told(&same, [&other, &one], &[told]);
    // The later book asks $2,600 from 50 on: 49 x $2,375 + 49 x $2,470 = $237,405, on 364 of 365 days.
    let dearer = two_books(|book| {
        book.replacen(
            r#"quantity = "50-499", price = "2500.00""#,
            r#"quantity = "50-499", price = "2600.00""#,
            1,
        )
    });
    let told = "90157.32: 1 2: $147,000.00 apart, $237,157.32 as 98 sockets";
    assert_told(&dearer, [&one, &other], &[told]);
    // A book that does not sell sockets has none to count.
    let nodes = of_both_books(&|date| acme("node", 30, date));
    assert_told(&same, [&one, &nodes[1]], &[]);
}

/// 1,400 cores beside 3,000, 500 and 500 with the same terms: one year counts (see `commitments`).
#[test]
fn deals_under_two_books_are_one_commitment() {
    let [flat, _] = of_both_books(&|date| acme("core", 1400, &format!("{date}\nterm_years = 3")));
    let falling =
        |rest: &str| ramp("core", [3000, 500, 500], &format!("date = 2026-11-21\n{rest}"));
    let told = "110250.00: 1 2: $1,324,750.00 apart, $1,435,000.00 as 4,400 cores";
    let books = two_books(|book| book);
    assert_told(&books, [&flat, &falling("term_years = 3")], &[told]);
    assert_told(&books, [&flat, &falling("term_years = 3\nprepay = \"multi-year\"")], &[]);
}

/// Free research is for up to 100 nodes, whatever book the grant is of.
#[test]
fn the_limit_of_a_program_holds_under_two_books() {
    let research = |nodes: u32| {
        of_both_books(&|date| {
            let line = acme("node", nodes, &format!("segment = \"research\"\n{date}"));
            line + "[strategic]\nprogram = \"research\"\nduties = [\"accredited-university\", \
                    \"non-commercial\", \"one-project\", \"acknowledgment\", \"feedback\"]\n"
        })
    };
    let books = two_books(|book| book);
    let [one, other] = research(100);
    assert_told(&books, [&one, &other], &["academic.research: 1 2"]);
    let [one, other] = research(50);
    assert_told(&books, [&one, &other], &[]);
}

/// 50 days of migration are $100,000, which a customer gets once in 12 months. Of two books that counts which includes
/// more.
#[test]
fn a_service_is_included_once_under_two_books() {
    let [one, other] = of_both_books(&|date| {
        acme("socket", 200, &format!("{date}\nterm_years = 3"))
            + "[[service]]\nname = \"migration\"\nquantity = 50\n"
    });
    let told = |extra: &str, most: &str| {
        format!(
            "{extra}: 1 2: Migration services: $200,000.00 included, of {most} that a customer gets once in 12 months"
        )
    };
    let same = two_books(|book| book);
    assert_told(&same, [&one, &other], &[&told("100000.00", "$100,000.00")]);
    let more = two_books(|book| {
        book.replacen(r#"included = "100000.00""#, r#"included = "150000.00""#, 1)
    });
    assert_told(&more, [&one, &other], &[&told("50000.00", "$150,000.00")]);
}

/// 49 x $1,500 and 49 x $2,375, and 49 x 225,000 yen and 49 x 356,250 yen: each currency has its own sum.
#[test]
fn units_in_two_currencies_find_one_range() {
    let books = book::load(&Source::file("pricing.toml", CURRENCIES)).expect("a book");
    let [dollars, yen] =
        ["USD", "JPY"].map(|code| acme("socket", 49, &format!("currency = \"{code}\"")));
    let told = [
        "42875.00: 1 2: $73,500.00 apart, $116,375.00 as 98 sockets",
        "6431250.00: 1 2: ¥11,025,000 apart, ¥17,456,250 as 98 sockets",
    ];
    assert_told(&books, [&dollars, &yen], &told);
}

/// A guardrail on ACV above $1,000,000 and 150,000,000 yen: amounts in two currencies are no sum.
#[test]
fn money_in_two_currencies_is_never_added() {
    let books = book::load(&Source::file("pricing.toml", CURRENCIES)).expect("a book");
    let deal = |sockets, code| acme("socket", sockets, &format!("currency = \"{code}\""));
    // 300 x $2,250 are $675,000, and 300 x 337,500 yen are 101,250,000.
    let [dollars, yen] = [deal(300, "USD"), deal(300, "JPY")];
    assert_told(&books, [&dollars, &yen], &[]);
    assert_told(&books, [&dollars, &dollars], &["guardrail.large-contract: 1 2"]);
    let all = [dollars.as_str(), yen.as_str(), dollars.as_str(), yen.as_str()];
    let told = with_books(&books, DAY, &all, splits_of);
    assert_eq!(told, ["guardrail.large-contract: 1 3", "guardrail.large-contract: 2 4"]);
}

const HELP: &str = r#"
[service.help]
title = "Help"
included = { USD = "100.00", EUR = "95.00", JPY = "10000", BHD = "40.000" }
included_months = 12
beyond = "priced"
"#;

/// $60 are 60% of what a customer gets once, and 5,000 yen are half of it: $50 and 4,000 yen are left.
#[test]
fn a_service_is_included_once_in_two_currencies() {
    let text = format!("{CURRENCIES}{HELP}");
    let books = book::load(&Source::file("pricing.toml", &text)).expect("a book");
    let deal = |code: &str, value: &str| {
        acme("socket", 10, &format!("currency = \"{code}\""))
            + &format!("[[service]]\nname = \"help\"\nvalue = \"{value}\"\n")
    };
    let services = |one: &str, other: &str| -> Vec<String> {
        let told = with_books(&books, DAY, &[one, other], splits_of).into_iter();
        told.filter(|it| it.contains("Help")).collect()
    };
    let once = "that a customer gets once in 12 months";
    let told = [
        format!("10.00: 1 2: Help: $60.00 included, of $50.00 {once}"),
        format!("1000.00: 1 2: Help: ¥5,000 included, of ¥4,000 {once}"),
    ];
    assert_eq!(services(&deal("USD", "60.00"), &deal("JPY", "5000")), told);
    let none = Vec::<String>::new();
    assert_eq!(services(&deal("USD", "50.00"), &deal("JPY", "5000")), none);
}
