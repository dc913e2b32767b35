//! Worked cases of negotiations: deals and numbers with what must be offered, in `*.toml` beside this
//! file.
//!
//! ```toml
//! [[case]]
//! name = "40% off 500 sockets"
//! deal = '''...'''         # the text of a deal file
//! off = "40%"              # or tcv, unit, year: an amount
//! within = "vp"            # the highest level of the book if left out
//! lock = ["term"]
//! free = ["quantity=480..600"]
//! first = "vp 2700000.00 at 1800.00: 3 years, annual, competitive-displacement 16.955%"
//! ```
//!
//! An offer is told as its level, TCV and net unit price, then its term and prepayment, and what it
//! gives that is not all that the book gives by itself. `case` says which keys there are.

mod case;

use crate::findings::day;
use crate::support::root;
use case::Case;
use dealdesk::answer::negotiate::{CustomerRequest, Goal, Offer, Search, SearchResult};
use dealdesk::book::Books;
use dealdesk::deal::{DiscountOverride, to_toml};
use dealdesk::number::{Money, Rate};
use dealdesk::text::source::Source;
use dealdesk::{book, deal};
use std::fs;

#[test]
fn every_case_comes_out() {
    let book = Source::file("pricing.toml", include_str!("../../pricing.toml"));
    let books = book::load(&book).unwrap_or_else(|faults| panic!("{faults}"));
    let entries = fs::read_dir(root().join("tests/negotiate")).expect("the folder of the cases");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let mut paths: Vec<_> =
        paths.filter(|it| it.extension().is_some_and(|it| it == "toml")).collect();
    paths.sort();
    assert!(!paths.is_empty(), "no file has cases");
    let mut failures = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("a file of cases");
        let name = path.file_name().expect("a name").to_string_lossy();
        let cases = case::read(&Source::file(&name, &text));
        let cases = cases.unwrap_or_else(|faults| panic!("{faults}"));
        failures.extend(cases.iter().flat_map(|case| judge(case, &books)));
    }
    assert!(failures.is_empty(), "\n\n{}\n", failures.join("\n"));
}

/// What does not come out as a case says.
fn judge(case: &Case, books: &Books) -> Vec<String> {
    let outcome = negotiate(case, books);
    let found = |key: &str| found(key, &outcome);
    let wrong = case.expected.iter().filter(|(key, expected)| found(key) != *expected);
    wrong
        .map(|(key, expected)| {
            let show = |values: &[String]| match values {
                [] => "nothing".to_owned(),
                values => values.join("\n             "),
            };
            let (expected, found) = (show(expected), show(&found(key)));
            format!("{}: {key}\n    expected {expected}\n    found    {found}", case.name)
        })
        .collect()
}

fn negotiate<'b>(case: &Case, books: &'b Books) -> SearchResult<'b> {
    let draft = deal::read(&Source::file("deal.toml", &case.deal));
    let table =
        CustomerRequest::new(draft, books, day()).unwrap_or_else(|faults| panic!("{faults}"));
    let free: Vec<(&str, Vec<&str>)> = case
        .free
        .iter()
        .map(|it| match it.split_once('=') {
            Some((lever, words)) => (lever, words.split(',').collect()),
            None => (it.as_str(), Vec::new()),
        })
        .collect();
    let locked: Vec<_> = case.lock.iter().map(String::as_str).collect();
    let mut search = Search::new(&table, goal(&case.goal), &free, &locked)
        .unwrap_or_else(|fault| panic!("{fault}"));
    if let Some(within) = &case.within {
        search.within = table.deal().book().ladder().level(within).expect("a level");
    }
    search.run(&table, &|_| true)
}

fn goal((kind, number): &(&str, String)) -> Goal {
    let money = || Money::parse(number).expect("an amount");
    match *kind {
        "off" => Goal::Discount(Rate::parse(number).expect("a rate")),
        "tcv" => Goal::Tcv(money()),
        "unit" => Goal::UnitPrice(money()),
        _ => Goal::YearlyBudget(money()),
    }
}

/// What came out for one key of a case.
fn found(key: &str, outcome: &SearchResult<'_>) -> Vec<String> {
    let proof = &outcome.certificate;
    let told = |offers: &[Offer<'_>]| offers.iter().map(tell).collect();
    let one = |offer: Option<&Offer<'_>>| offer.map(tell).into_iter().collect();
    match key {
        "offers" => told(&outcome.offers),
        "first" => one(outcome.offers.first()),
        "count" => vec![outcome.offers.len().to_string()],
        "closest" => one(outcome.closest.as_ref()),
        "closest_off" => {
            let share = outcome.closest.as_ref().map(|it| it.pricing.totals.discount.to_string());
            share.into_iter().collect()
        }
        "above" => one(outcome.above.as_ref()),
        "lower" => one(proof.closest.as_ref()),
        "binding" => proof.binding.iter().map(|it| it.rule.id.clone()).collect(),
        "combinations" => vec![proof.decided.to_string()],
        _ => unreachable!("{key}"),
    }
}

/// An offer in a line.
fn tell(offer: &Offer<'_>) -> String {
    let deal = &offer.deal;
    let book = deal.book();
    let plain = |money: Money| book.currency().plain(money);
    let segments = offer.pricing.lines.iter().flat_map(|line| &line.segments);
    let units: Vec<_> = segments.map(|segment| plain(segment.net())).collect();
    let (level, tcv) = (book.ladder().name(offer.level()), plain(offer.tcv()));
    let mut terms = vec![deal.term().to_string()];
    terms.extend(deal.prepay().map(str::to_owned));
    let written = deal::read(&Source::file("offer.toml", &to_toml(deal)));
    for (name, take) in &written.discount_overrides {
        match take {
            DiscountOverride::Auto => {}
            DiscountOverride::Withheld => terms.push(format!("no {}", name.value)),
            DiscountOverride::Rate(rate) => terms.push(format!("{} {rate}", name.value)),
        }
    }
    for claim in &written.programs {
        let rate = claim.rate.as_ref().map(|rate| format!(" {}", rate.value));
        terms.push(format!("{}{}", claim.program.value, rate.unwrap_or_default()));
    }
    format!("{level} {tcv} at {}: {}", units.join(" "), terms.join(", "))
}
