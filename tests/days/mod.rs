//! Days: which day it is, which price book holds on it, and which quotes still do.

use crate::pipeline::day;
use dealdesk::answer::pipeline::{CheckStatus, NamedDeal, check};
use dealdesk::book::{self, Books};
use dealdesk::deal::{self, Deal};
use dealdesk::number::{Date, TimeZone};
use dealdesk::quote::quote;
use dealdesk::text::source::Source;
use std::time::{Duration, SystemTime};

/// The book of a year: a seat costs its price, from its first day on.
fn year(dates: &str, price: &str) -> String {
    format!(
        "[book]\nname = \"Acme\"\nversion = \"{price}\"\ncurrency = \"USD\"\nsymbol = \"$\"\n\
         quote_valid = \"30 days\"\n{dates}\n[[approval]]\nlevel = \"vp\"\ntitle = \"VP\"\n\
         [metric.seat]\ntitle = \"Seat\"\nunit = \"seat\"\nunits = \"seats\"\nper = \"year\"\n\
         mode = \"volume\"\nplaces = 2\ntiers = [{{ quantity = \"1+\", price = \"{price}\" }}]\n"
    )
}

fn load(text: &str) -> Books {
    book::load(&Source::file("book.toml", text)).expect("a book")
}

/// The books of several files, in any order.
fn together(texts: &[String]) -> Result<Books, String> {
    let books = Books::in_order_of_time(texts.iter().map(|text| load(text)).collect());
    books.map(|books| books.expect("a book")).map_err(|faults| faults.to_string())
}

fn of_date<'b>(books: &'b Books, date: &str) -> Deal<'b> {
    let text = format!("date = {date}\n[[line]]\nmetric = \"seat\"\nquantity = 1\n");
    let draft = deal::read(&Source::file("deal.toml", &text));
    deal::resolve(&draft, books, day("2000-01-01")).expect("a deal")
}

fn tcv(books: &Books, date: &str) -> String {
    quote(&of_date(books, date)).pricing.totals.tcv.at_least(2)
}

/// The rules that a quote of a date breaks.
fn broken(books: &Books, date: &str) -> Vec<String> {
    let deal = of_date(books, date);
    quote(&deal).verdict.violations.iter().map(|it| it.rule.id.clone()).collect()
}

/// The rules that a quote of a date breaks in a check on a day, and whether it is said to have expired.
fn checked(books: &Books, date: &str, on: &str) -> (Vec<String>, bool) {
    let deals = [NamedDeal { name: date.to_owned(), deal: Ok(of_date(books, date)) }];
    let found = check(&deals, books.on(day(on)).first(), day(on), None);
    let judged = found.judged().next().expect("a deal");
    let broken: Vec<_> = judged.verdict.violations.iter().map(|it| it.rule.id.clone()).collect();
    let status = if broken.is_empty() { CheckStatus::Within } else { CheckStatus::Refused };
    assert_eq!(found.worst_status(), status);
    (broken, judged.warnings().any(|warning| warning.kind.code == "quote-expired"))
}

#[test]
fn the_day_is_that_of_the_zone() {
    // 2027-01-01 01:00, and 2027-03-14 09:59 and 10:00, when clocks in Los Angeles go from 2 to 3.
    let at = |seconds: u64, zone: &str| {
        let zone = TimeZone::named(zone).expect("a zone");
        Date::of_clock(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds), &zone).to_string()
    };
    assert_eq!(at(1_798_765_200, "America/Los_Angeles"), "2026-12-31");
    assert_eq!(at(1_798_765_200, "UTC"), "2027-01-01");
    assert_eq!(at(1_798_765_200, "Pacific/Kiritimati"), "2027-01-01");
    // The first second of a day, and the one before.
    assert_eq!(at(1_798_790_400, "America/Los_Angeles"), "2027-01-01");
    assert_eq!(at(1_798_790_399, "America/Los_Angeles"), "2026-12-31");
    // In summer the day begins an hour earlier by UTC.
    assert_eq!(at(1_814_338_800, "America/Los_Angeles"), "2027-06-30");
    assert_eq!(at(1_814_338_799, "America/Los_Angeles"), "2027-06-29");
    assert_eq!(TimeZone::named("Los Angeles"), None);
}

#[test]
fn a_book_holds_from_its_first_day_to_its_last() {
    let books = load(&year("effective = 2026-01-01\nuntil = 2026-12-31", "100.00"));
    assert_eq!(broken(&books, "2025-12-31"), ["book"]);
    assert!(broken(&books, "2026-01-01").is_empty());
    assert!(broken(&books, "2026-12-31").is_empty());
    assert_eq!(broken(&books, "2027-01-01"), ["book"]);
}

#[test]
fn the_date_of_a_deal_chooses_its_book() {
    let texts = [
        year("effective = 2027-01-01", "120.00"),
        year("until = 2025-12-31", "90.00"),
        year("effective = 2026-02-01", "100.00"),
    ];
    let books = together(&texts).expect("books that follow one another");
    // A month without a book has the price of the one before it, and is outside its dates.
    let found =
        ["2020-01-01", "2025-12-31", "2026-01-15", "2026-02-01", "2026-12-31", "2027-01-01"]
            .map(|date| (tcv(&books, date), broken(&books, date).len()));
    let expected =
        [("90.00", 0), ("90.00", 0), ("90.00", 1), ("100.00", 0), ("100.00", 0), ("120.00", 0)];
    assert_eq!(found, expected.map(|(tcv, broken)| (tcv.to_owned(), broken)));
}

#[test]
fn books_that_cannot_follow_one_another_are_refused() {
    let one = year("effective = 2026-01-01", "100.00");
    let says = |other: String, told: &str| {
        let faults = together(&[one.clone(), other]).expect_err("a fault");
        assert!(faults.contains(told), "{faults}");
    };
    says(year("effective = 2026-01-01", "120.00"), "begin on the same day");
    let next = year("effective = 2027-01-01", "120.00");
    says(next.replace("vp", "cfo"), "need the same levels and reviews");
    says(next.replace("[book]", "[book]\ntime_zone = \"UTC\""), "need the same time zone");
    let both = [year("", "100.00"), year("", "120.00")];
    assert!(together(&both).expect_err("a fault").contains("begin on the same day"));
}

/// Quotes are valid for 30 days, and one that has expired keeps no price of a book that is gone.
#[test]
fn a_check_knows_its_day() {
    let books = load(&year("effective = 2026-01-01", "100.00"));
    let quiet = (Vec::new(), false);
    assert_eq!(checked(&books, "2026-11-21", "2026-11-21"), quiet);
    assert_eq!(
        checked(&books, "2026-11-22", "2026-11-21"),
        (vec!["dated-ahead".to_owned()], false)
    );
    assert_eq!(
        checked(&books, "2099-01-01", "2026-11-21"),
        (vec!["dated-ahead".to_owned()], false)
    );
    assert_eq!(checked(&books, "2026-10-22", "2026-11-21"), quiet, "its last day");
    assert_eq!(checked(&books, "2026-10-21", "2026-11-21"), (Vec::new(), true));
    let both = [year("effective = 2026-01-01", "100.00"), year("effective = 2026-11-21", "120.00")];
    let books = together(&both).expect("books that follow one another");
    assert_eq!(checked(&books, "2026-10-22", "2026-11-21"), quiet, "a valid quote keeps its price");
    let expired = (vec!["quote-expired".to_owned()], true);
    assert_eq!(checked(&books, "2026-10-21", "2026-11-21"), expired);
    assert_eq!(checked(&books, "2026-10-20", "2026-11-20"), (Vec::new(), true), "still in force");
}
