//! Contracts that customers have signed, with which new deals count by `counted = "customer"`.

use super::{day, with};
use crate::support::{DAY, OUR_BOOK};
use dealdesk::answer::pipeline::{NamedDeal, SplitNeed, check};
use dealdesk::book::Books;
use dealdesk::quote::{Quote, quote};
use dealdesk::text::source::Source;
use dealdesk::{book, deal};

/// Seats at $100, from 100 on $90. Graduated rooms: the first 100 at $10, the others at $8. Desks like seats, but
/// of the deal alone. Hours of use like seats.
const BOOK: &str = r#"
[book]
name = "Signed contracts"
version = "1"
currency = "USD"
symbol = "$"
quote_valid = "30 days"

[metric.seat]
title = "Seat"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
counted = "customer"
tiers = [
  { quantity = "1-99", price = "100.00" },
  { quantity = "100-999", price = "90.00" },
]

[metric.room]
title = "Room"
unit = "room"
units = "rooms"
per = "year"
mode = "graduated"
counted = "customer"
tiers = [
  { quantity = "1-100", price = "10.00" },
  { quantity = "101+", price = "8.00" },
]

[metric.desk]
title = "Desk"
unit = "desk"
units = "desks"
per = "year"
mode = "volume"
tiers = [
  { quantity = "1-99", price = "100.00" },
  { quantity = "100+", price = "90.00" },
]

[metric.use]
title = "Use"
unit = "node"
units = "nodes"
per = "hour"
hours_per_month = 730
mode = "volume"
places = 2
counted = "customer"
tiers = [
  { quantity = "1-99", price = "0.10" },
  { quantity = "100+", price = "0.09" },
]

[discount.program]
title = "Program"
by = "program"
base = "running"
metrics = ["seat"]

[discount.program.program.own]
title = "Own"
rate = "50%"
approval = "none"
exclusive = true

[waterfall]
order = ["program"]
"#;

fn books(contracts: &[&str]) -> Books {
    let books = book::load(&Source::file("pricing.toml", BOOK)).unwrap_or_else(|it| panic!("{it}"));
    let signed = contracts.iter().enumerate().map(|(at, text)| {
        let draft = deal::read(&Source::file("contract.toml", text));
        let deal = deal::resolve(&draft, &books, day(DAY)).unwrap_or_else(|it| panic!("{it}"));
        deal::signed_contract(&format!("{}.toml", at + 1), &deal)
    });
    let signed = signed.collect();
    books.with_contracts(signed)
}

fn quoted<T>(contracts: &[&str], text: &str, look: impl FnOnce(&Quote<'_, '_>) -> T) -> T {
    let books = books(contracts);
    let draft = deal::read(&Source::file("deal.toml", text));
    let deal = deal::resolve(&draft, &books, day(DAY)).unwrap_or_else(|it| panic!("{it}"));
    look(&quote(&deal))
}

fn tcv(contracts: &[&str], text: &str) -> String {
    quoted(contracts, text, |quote| quote.deal.book().currency().show(quote.pricing.totals.tcv))
}

fn of(customer: &str, metric: &str, quantity: u32, start: &str, rest: &str) -> String {
    format!(
        "customer = \"{customer}\"\nstart = {start}\nterm_years = 2\n{rest}\n[[line]]\nmetric = \"{metric}\"\nquantity = {quantity}\n"
    )
}

/// 50 seats from December 2026 on, for two years: $10,000 without contracts.
fn deal() -> String {
    of("Acme", "seat", 50, "2026-12-01", "")
}

#[test]
fn units_of_signed_contracts_find_the_range_year_by_year() {
    let alone = "$10,000.00";
    assert_eq!(tcv(&[], &deal()), alone);
    // 60 seats until 31 May 2028: 110 seats in both years, 2 x 50 x $90.
    let both_years = of("ACME, Inc.", "seat", 60, "2026-06-01", "");
    assert_eq!(tcv(&[&both_years], &deal()), "$9,000.00");
    // Until 31 May 2027: 110 seats in the first year, 50 in the second. $4,500 + $5,000.
    let first_year = of("Acme", "seat", 60, "2025-06-01", "");
    assert_eq!(tcv(&[&first_year], &deal()), "$9,500.00");
    // The last day of one contract is the first of the deal: one day of 110 seats is enough; a day earlier is not.
    let last_day = of("Acme", "seat", 60, "2024-12-02", "");
    assert_eq!(tcv(&[&last_day], &deal()), "$9,500.00");
    let day_before = of("Acme", "seat", 60, "2024-12-01", "");
    assert_eq!(tcv(&[&day_before], &deal()), alone);
    // 49 are one too few in each of two contracts that do not overlap, and 98 more than enough in two that do.
    let [few, same, later] =
        ["2026-06-01", "2026-06-01", "2028-06-01"].map(|start| of("Acme", "seat", 49, start, ""));
    assert_eq!(tcv(&[&few, &later], &deal()), alone);
    assert_eq!(tcv(&[&few, &same], &deal()), "$9,000.00");
    assert_eq!(tcv(&[&of("Globex", "seat", 60, "2026-06-01", "")], &deal()), alone);
}

#[test]
fn a_contract_counts_by_account_or_opportunity_too() {
    let contract = of("Acme", "seat", 60, "2026-06-01", "account = \"A-1\"\nopportunity = \"O-1\"");
    for (rest, expected) in [
        ("account = \"A-1\"", "$9,000.00"),
        ("opportunity = \"O-1\"", "$9,000.00"),
        ("account = \"A-2\"\nopportunity = \"O-2\"", "$10,000.00"),
    ] {
        let deal = of("Zenith", "seat", 50, "2026-12-01", rest);
        assert_eq!(tcv(&[&contract], &deal), expected, "{rest}");
    }
}

#[test]
fn graduated_ranges_are_shared_with_the_contract() {
    let room = |quantity| of("Acme", "room", quantity, "2026-12-01", "");
    // Alone: 60 x $10 for two years.
    assert_eq!(tcv(&[], &room(60)), "$1,200.00");
    // 100 x $10 + 20 x $8 = $1,160 for 120 rooms; half of it, for two years.
    assert_eq!(tcv(&[&room(60)], &room(60)), "$1,160.00");
    // 101 rooms: $1,008, of which 1 / 101 is $9.98.
    assert_eq!(tcv(&[&room(100)], &room(1)), "$19.96");
}

#[test]
fn only_what_is_signed_and_counted_by_customer_counts() {
    let start = "2026-12-01";
    // Another way to count, and another metric.
    let desk = |quantity| of("Acme", "desk", quantity, start, "");
    assert_eq!(tcv(&[&desk(60)], &desk(50)), "$10,000.00");
    assert_eq!(tcv(&[&desk(60)], &deal()), "$10,000.00");
    // Units under a program that excludes all others count for no other line.
    let program = of("Acme", "seat", 60, start, "[strategic]\nprogram = \"own\"\nrate = \"50%\"\n");
    assert_eq!(tcv(&[&program], &deal()), "$10,000.00");
    // An estimate counts with what is committed: 10 x $0.10 x 8,760 hours, or x $0.09.
    let nodes = of("Acme", "use", 10, start, "");
    let estimate = of("Acme", "use", 500, start, "");
    assert_eq!(tcv(&[&estimate], &nodes), "$17,520.00");
    let committed = format!("{estimate}committed = 90\n");
    assert_eq!(tcv(&[&committed], &nodes), "$15,768.00");
}

#[test]
fn the_quote_names_the_contract_and_has_another_id() {
    let contract = of("Acme", "seat", 60, "2026-06-01", "");
    let elsewhere = of("Acme", "desk", 60, "2026-06-01", "");
    let id = |contracts: &[&str]| quoted(contracts, &deal(), |quote| [quote.id()]);
    assert_ne!(id(&[&contract]), id(&[]));
    assert_eq!(id(&[&elsewhere]), id(&[]));
    assert_eq!(
        counted(&[&contract], &deal()),
        ["60 seats of the signed contract 1.toml count too, until 2028-05-31"]
    );
}

/// The notes of contracts that count.
fn counted(contracts: &[&str], text: &str) -> Vec<String> {
    quoted(contracts, text, |quote| {
        let notices = quote.notices.iter().filter(|notice| notice.kind.code == "contract-counted");
        notices.map(|notice| notice.message.clone()).collect()
    })
}

#[test]
fn a_contract_that_does_not_count_is_not_named() {
    let own = "[strategic]\nprogram = \"own\"\nrate = \"50%\"\n";
    let none: [String; 0] = [];
    assert_eq!(counted(&[&of("Acme", "seat", 60, "2026-12-01", own)], &deal()), none);
    // Of two contracts in one year of the deal, only that of the larger day counts.
    let [small, large] = [("2024-12-15", 49), ("2026-12-15", 60)]
        .map(|(start, quantity)| of("Acme", "seat", quantity, start, ""));
    let only = "60 seats of the signed contract 2.toml count too, until 2028-12-14";
    assert_eq!(counted(&[&small, &large], &deal()), [only]);
}

/// Our book has a free edition for up to 3 hosts of a customer.
#[test]
fn signed_hosts_count_for_a_limit_of_hosts() {
    let text =
        OUR_BOOK.replacen("[metric.socket]\n", "[metric.socket]\ncounted = \"customer\"\n", 1);
    let load = || book::load(&Source::file("pricing.toml", &text)).expect("a book");
    let free = of("Acme", "socket", 24, "2026-12-01", "") + "edition = \"community\"\nhosts = 3\n";
    let draft = deal::read(&Source::file("deal.toml", &free));
    let signed = load();
    let contract = deal::resolve(&draft, &signed, day(DAY)).expect("a contract");
    assert!(!quote(&contract).verdict.is_refused());
    let found = load().with_contracts(vec![deal::signed_contract("1.toml", &contract)]);
    let new = deal::resolve(&draft, &found, day(DAY)).expect("a deal");
    let refused: Vec<_> = quote(&new).verdict.violations.into_iter().map(|it| it.message).collect();
    let expected = "Community is for up to 3 hosts in all, and these lines can have 6";
    assert_eq!(refused, [expected]);
}

/// Our book has a free edition for up to 2 sockets, which stands alone. 200 signed sockets are none of it.
#[test]
fn a_signed_line_is_of_the_range_of_its_quantity() {
    let text =
        OUR_BOOK.replacen("[metric.socket]\n", "[metric.socket]\ncounted = \"customer\"\n", 1);
    let load = || book::load(&Source::file("pricing.toml", &text)).expect("a book");
    let read = |text: &str| deal::read(&Source::file("deal.toml", text));
    let (signed, contracts) = (load(), read(&of("Acme", "socket", 200, "2026-12-01", "")));
    let contract = deal::resolve(&contracts, &signed, day(DAY)).expect("a contract");
    let found = load().with_contracts(vec![deal::signed_contract("1.toml", &contract)]);
    let new = deal::resolve(&read(&of("Acme", "socket", 49, "2026-12-01", "")), &found, day(DAY));
    let new = new.expect("a deal");
    let quote = quote(&new);
    let refused: Vec<_> = quote.verdict.violations.iter().map(|it| &it.message).collect();
    assert!(refused.is_empty(), "{refused:?}");
    // 249 sockets: 49 x $2,500 x 0.90 x 0.90 in each of two years.
    assert_eq!(found.first().currency().show(quote.pricing.totals.tcv), "$198,450.00");
}

#[test]
fn a_quantity_that_is_not_sold_with_the_contracts_is_an_error() {
    let books = books(&[&of("Acme", "seat", 950, "2026-06-01", "")]);
    let draft = deal::read(&Source::file("deal.toml", &deal()));
    let faults = deal::resolve(&draft, &books, day(DAY)).expect_err("1,000 seats").to_string();
    let expected =
        "the book has no price for 1,000 seats, and signed contracts of the customer count";
    assert!(faults.contains(expected), "{faults}");
}

#[test]
fn deals_beside_each_other_count_a_contract_once() {
    // With 60 signed rooms, 30 and 30 cost less together: a split that costs more is no finding. Each alone has
    // 90 rooms at $10, together 120: $580 in place of $600 in each of two years.
    let contract = of("Acme", "room", 60, "2026-12-01", "");
    let room = of("Acme", "room", 30, "2026-12-01", "");
    let found = books(&[&contract]);
    let named = ["a", "b"].map(|name| {
        let draft = deal::read(&Source::file("deal.toml", &room));
        NamedDeal {
            name: name.to_owned(),
            deal: Ok(deal::resolve(&draft, &found, day(DAY)).expect("a deal")),
        }
    });
    let checked = check(&named, found.first(), day(DAY), None);
    let each: Vec<_> =
        checked.judged().map(|it| found.first().currency().show(it.totals.tcv)).collect();
    assert_eq!(each, ["$600.00", "$600.00"]);
    assert!(!checked.splits.iter().any(|it| matches!(it.crossing, SplitNeed::Pays(_))));
    with(BOOK, DAY, &[&room, &contract], |checked| {
        let each: Vec<_> =
            checked.judged().map(|it| found.first().currency().show(it.totals.tcv)).collect();
        assert_eq!(each, ["$600.00", "$1,200.00"]);
    });
}
