//! Terms of a deal in JSON: what is given for signing, what comes with a license, rates of clauses and grants.

use super::json;
use crate::support::Desk;

const UNIVERSITY: &str = r#"
customer = "Lakeside University"
segment = "research"
date = 2026-11-21
term_years = 3
start = 2027-01-15
payment = "net-60"

[[line]]
metric = "node"
quantity = 1000

[strategic]
program = "institutional"
duties = ["accredited-university"]
grant = 2027-02-01
grant_reference = "NSF 2412345"

[[service]]
name = "migration"
quantity = "2.5"

[[clause]]
name = "sla-credits"
rate = "15%"
"#;

#[test]
fn the_terms_of_a_deal_are_in_its_json() {
    let desk = Desk::new().file("deal.toml", UNIVERSITY);
    let quote = json(&desk.run(&["quote", "deal.toml", "--format", "json"]).stdout);
    let given = &quote["concessions"][0];
    assert_eq!(given["service"], "migration");
    assert_eq!(given["amount"], "5000.00"); // 2.5 x 2,000
    assert_eq!(given["if_signed_by"], "2026-12-31");
    assert_eq!(quote["services"][0]["quantity"], "2.5");
    assert_eq!(quote["services"][0]["unit_price"], "2000.00");
    assert_eq!(quote["lines"][0]["inclusions"][1], "training workshops");
    assert_eq!(quote["clauses"][0]["rate"], "0.15");
    assert_eq!(quote["clauses"][0]["level"], "none");
    assert_eq!(quote["strategic"][0]["grant"]["date"], "2027-02-01");
    assert_eq!(quote["strategic"][0]["grant"]["reference"], "NSF 2412345");
    assert_eq!(quote["approvals"]["reviews"][0], "eligibility");
}

/// A saved deal is the same deal, with its days, its rates and its grant.
#[test]
fn a_deal_keeps_its_terms_in_a_file() {
    use dealdesk::{book, deal, number::Date, text::source::Source};
    let books = book::load(&Source::file("pricing.toml", crate::support::OUR_BOOK));
    let books = books.expect("a book");
    let today = Date::parse("2026-11-21").expect("a date");
    let saved = |text: &str| {
        let draft = deal::read(&Source::file("deal.toml", text));
        deal::to_toml(&deal::resolve(&draft, &books, today).expect("a deal"))
    };
    let first = saved(&UNIVERSITY.replace("\"2.5\"", "\"2.5\"\nincluded_before = \"100.00\""));
    for kept in [
        "grant = 2027-02-01",
        "grant_reference = \"NSF 2412345\"",
        "quantity = \"2.5\"",
        "included_before = \"100.00\"",
        "rate = \"15%\"",
    ] {
        assert!(first.contains(kept), "{kept}: {first}");
    }
    assert_eq!(saved(&first), first);
}

/// What a research deal may be is typed in flags, too.
#[test]
fn a_segment_and_the_rate_of_a_clause_are_flags() {
    let words = "quote --metric node --quantity 2000 --segment research --strategic national-lab=50% \
                 --duty government-funded --clause sla-credits=25% --format json";
    let ran = Desk::new().run(&words.split_whitespace().collect::<Vec<_>>());
    let quote = json(&ran.stdout);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    assert_eq!(quote["segment"], "research");
    assert_eq!(quote["clauses"][0]["rate"], "0.25");
    assert_eq!(quote["approvals"]["level"], "vp");
    let other = words.replace("research", "edge");
    let ran = Desk::new().run(&other.split_whitespace().collect::<Vec<_>>());
    assert_eq!(ran.code, Some(4));
    let none = words.replace("=25%", "");
    let ran = Desk::new().run(&none.split_whitespace().collect::<Vec<_>>());
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("needs a rate"), "{}", ran.stderr);
}
