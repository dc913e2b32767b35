//! Signed contracts as deals of their customers: what a check says of two deals, it says of a deal beside a contract.

use super::{acme, day};
use crate::support::{DAY, OUR_BOOK};
use dealdesk::answer::pipeline::{Check, NamedDeal, check_beside, judge_beside};
use dealdesk::book::{Books, SignedContract};
use dealdesk::quote::{Quote, quote};
use dealdesk::text::source::Source;
use dealdesk::{book, deal};

const PROGRAM: &str = "[strategic]\nprogram = \"first-customer\"\nrate = \"10%\"\n";

fn books(text: &str) -> Books {
    book::load(&Source::file("pricing.toml", text)).unwrap_or_else(|it| panic!("{it}"))
}

fn draft(text: &str) -> deal::Draft {
    deal::read(&Source::file("deal.toml", text))
}

fn named<'b>(name: &str, text: &str, books: &'b Books) -> NamedDeal<'b> {
    let deal = deal::resolve(&draft(text), books, day(DAY)).unwrap_or_else(|it| panic!("{it}"));
    NamedDeal { name: name.to_owned(), deal: Ok(deal) }
}

fn contract(text: &str, books: &Books) -> SignedContract {
    let deal = deal::resolve(&draft(text), books, day(DAY)).unwrap_or_else(|it| panic!("{it}"));
    deal::signed_contract("signed.toml", &deal)
}

/// What is said of the first deal: its notices about others, and what it needs or breaks.
fn first(checked: &Check<'_, '_>) -> Vec<String> {
    let Some(judged) = checked.judged().next() else { return Vec::new() };
    let codes = [
        "deals-split",
        "accounts-of-one-name",
        "not-first-customer",
        "joined-contract-not-given",
        "segments-of-one-customer",
    ];
    let notices = judged.notices.iter().filter(|it| codes.contains(&it.kind.code));
    let notices = notices.map(|it| it.message.clone());
    let required = judged.verdict.required.iter().map(|it| it.reason.clone());
    let violations = judged.verdict.violations.iter().map(|it| it.message.clone());
    notices.chain(required).chain(violations).collect()
}

fn as_deals(deal: &str, other: &str) -> Vec<String> {
    let books = books(OUR_BOOK);
    let deals = [named("a.toml", deal, &books), named("b.toml", other, &books)];
    first(&check_beside(&deals, &[], books.first(), day(DAY), None))
}

/// Looks at a deal beside a contract.
fn beside<T>(
    book: &str,
    (deal, other): (&str, &str),
    look: impl FnOnce(NamedDeal<'_>, &[NamedDeal<'_>]) -> T,
) -> T {
    let signed = contract(other, &books(book));
    let books = books(book).with_contracts(vec![signed]);
    let signed = deal::resolve_contract(&draft(other), &books, &books.contracts()[0]);
    let signed = signed.unwrap_or_else(|it| panic!("{it}"));
    let contracts = [NamedDeal { name: "b.toml".to_owned(), deal: Ok(signed) }];
    look(named("a.toml", deal, &books), &contracts)
}

/// Returns what a check says of a deal beside a contract. The contract is not listed.
fn as_contract(deal: &str, other: &str) -> Vec<String> {
    in_book(OUR_BOOK, deal, other)
}

/// Looks at the quote of a deal beside a contract.
fn quoted<T>(deal: &str, other: &str, look: impl FnOnce(&Quote<'_, '_>) -> T) -> T {
    beside(OUR_BOOK, (deal, other), |deal, contracts| {
        let mut quote = quote(deal.deal.as_ref().expect("a deal"));
        judge_beside(&mut quote, contracts);
        look(&quote)
    })
}

fn in_book(book: &str, deal: &str, other: &str) -> Vec<String> {
    beside(book, (deal, other), |deal, contracts| {
        let (deals, books) = ([deal], books(book));
        let checked = check_beside(&deals, contracts, books.first(), day(DAY), None);
        assert_eq!(checked.deals.len(), 1);
        first(&checked)
    })
}

fn sockets(quantity: u32, rest: &str) -> String {
    acme("socket", quantity, rest)
}

#[track_caller]
fn assert_alike(deal: &str, other: &str, expected: &str) {
    let told = as_contract(deal, other);
    assert!(told.iter().any(|it| it.contains(expected)), "{told:?}");
    assert_eq!(told, as_deals(deal, other));
}

#[track_caller]
fn assert_none(told: &[String], unexpected: &str) {
    assert!(told.iter().all(|it| !it.contains(unexpected)), "{told:?}");
}

#[test]
fn a_split_is_told_beside_a_contract() {
    let deal = sockets(49, "start = 2026-12-01");
    let signed = sockets(49, "date = 2026-11-05\nstart = 2026-11-15");
    assert_alike(&deal, &signed, "a.toml and b.toml of Acme");
    // The contract of another customer is none of it.
    assert_none(&as_contract(&deal, &signed.replace("Acme", "Globex")), "together");
}

#[test]
fn a_service_that_is_included_once_counts_over_contracts() {
    let migration = |rest: &str| {
        let service = "[[service]]\nname = \"migration\"\nquantity = 30\n";
        sockets(200, &format!("term_years = 3\n{rest}")) + service
    };
    let deal = migration("start = 2026-12-01");
    // Long after the days on which its quote could be accepted.
    let signed = migration("date = 2026-01-15\nstart = 2026-01-20");
    let told = as_contract(&deal, &signed);
    let expected = "$120,000.00 included, of $100,000.00 that a customer gets once in 12 months";
    assert!(told.iter().any(|it| it.contains(expected)), "{told:?}");
    // A quote says so too.
    let told = quoted(&deal, &signed, |quote| {
        quote.notices.iter().map(|it| it.message.clone()).collect::<Vec<_>>()
    });
    assert!(told.iter().any(|it| it.contains("this deal and b.toml of Acme")), "{told:?}");
    assert!(told.iter().any(|it| it.contains(expected)), "{told:?}");
    // 13 months ago.
    let signed = migration("date = 2025-10-15\nstart = 2025-10-20");
    assert_none(&as_contract(&deal, &signed), "included, of");
}

#[test]
fn a_deal_that_adjoins_a_contract_is_as_long_as_both() {
    let deal = sockets(100, "start = 2028-11-15\nterm_years = 3");
    let signed = sockets(100, "date = 2026-11-10\nstart = 2026-11-15\nterm_years = 2");
    assert_alike(&deal, &signed, "signed together with b.toml");
    // A quote needs what a check says.
    let needed = |signed: &str| {
        quoted(&deal, signed, |quote| {
            quote.verdict.required.iter().map(|it| it.reason.clone()).collect::<Vec<_>>()
        })
    };
    let told = needed(&signed);
    assert!(told.iter().any(|it| it.contains("signed together with b.toml")), "{told:?}");
    // A renewal of a contract that was signed long ago is one by itself.
    let before = signed.replace("date = 2026-11-10", "date = 2026-03-10");
    assert_none(&as_contract(&deal, &before), "signed together");
    assert_none(&needed(&before), "signed together");
}

#[test]
fn a_first_customer_that_has_signed_is_the_first() {
    let of = |customer: &str, date: &str| {
        let head = format!("date = {date}\nvertical = \"retail\"");
        sockets(100, &head).replace("Acme", customer) + PROGRAM
    };
    let deal = of("Acme", DAY);
    let expected = "Globex is an earlier one in the vertical retail (b.toml)";
    assert_alike(&deal, &of("Globex", "2026-11-15"), expected);
    // Of one day, and half a year ago.
    let of_the_day = "Globex is one of the same day in the vertical retail (b.toml)";
    for (date, expected) in [(DAY, of_the_day), ("2026-05-15", expected)] {
        let told = as_contract(&deal, &of("Globex", date));
        assert!(told.iter().any(|it| it.contains(expected)), "{date}: {told:?}");
    }
    assert_none(&as_contract(&deal, &of("Acme", "2026-05-15")), "earlier");
}

#[test]
fn a_name_under_two_accounts_is_told_beside_a_contract() {
    let deal = sockets(60, "account = \"A-1\"");
    let signed = sockets(400, "date = 2026-11-15\naccount = \"A-2\"");
    assert_alike(&deal, &signed, "Acme has 2 accounts: A-1 (a.toml) and A-2 (b.toml)");
}

/// 20 sockets and 20 signed ones are Professional, which is for up to 49: the contract counts once.
#[test]
fn units_of_a_contract_count_once_beside_it() {
    let by_customer =
        OUR_BOOK.replacen("[metric.socket]\n", "[metric.socket]\ncounted = \"customer\"\n", 1);
    let split = |quantity| {
        let deal = sockets(quantity, "start = 2026-12-01");
        let signed = sockets(quantity, "date = 2026-11-15\nstart = 2026-12-01");
        in_book(&by_customer, &deal, &signed)
    };
    assert_none(&split(20), "together");
    let told = split(30);
    assert!(told.iter().any(|it| it.contains("as 60 sockets")), "{told:?}");
}

/// `joins` names a contract that is given, by its file or its opportunity, and the deal ends with it.
#[test]
fn the_contract_that_a_deal_joins_has_to_be_given() {
    let signed = sockets(60, "date = 2026-11-10\nstart = 2026-11-15\nopportunity = \"OPP-7\"");
    let joins = |name: &str, ends: &str| {
        sockets(60, &format!("joins = \"{name}\"\nstart = 2026-12-01\nco_term_end = {ends}"))
    };
    let told = |deal: &str, signed: &str| -> Vec<String> {
        let all = as_contract(deal, signed).into_iter();
        all.filter(|it| it.contains("joins")).collect()
    };
    let none = Vec::<String>::new();
    for name in ["b.toml", "B", "opp-7"] {
        assert_eq!(told(&joins(name, "2027-11-14"), &signed), none, "{name}");
    }
    let other =
        "the deal joins C-9, and no contract of its customer that is given has this name or number";
    assert_eq!(told(&joins("C-9", "2027-11-14"), &signed), [other]);
    // The contract of another customer is none that it can join.
    let other =
        "the deal joins b, and no contract of its customer that is given has this name or number";
    assert_eq!(told(&joins("b", "2027-11-14"), &signed.replace("Acme", "Globex")), [other]);
    let later = "the deal joins b and ends on 2028-03-31, and b.toml ends on 2027-11-14";
    assert_eq!(told(&joins("b", "2028-03-31"), &signed), [later]);
    // A quote says so too; without contracts there is nothing to look at.
    let noted = quoted(&joins("b", "2028-03-31"), &signed, |quote| {
        quote.notices.iter().filter(|it| it.kind.code == "joined-contract-not-given").count()
    });
    assert_eq!(noted, 1);
    let alone = as_deals(&joins("C-9", "2027-11-14"), &sockets(3, ""));
    assert!(alone.iter().all(|it| !it.contains("joins")), "{alone:?}");
}

#[test]
fn a_segment_of_a_deal_and_another_one_of_a_contract_are_told() {
    let deal = sockets(60, "segment = \"research\"");
    let signed = sockets(60, "date = 2026-11-15\nsegment = \"enterprise\"");
    assert_alike(&deal, &signed, "Acme has 2 segments: research (a.toml) and enterprise (b.toml)");
    let same = signed.replace("enterprise", "research");
    assert_none(&as_contract(&deal, &same), "segments");
    assert_none(&as_contract(&deal, &signed.replace("segment = \"enterprise\"", "")), "segments");
}
