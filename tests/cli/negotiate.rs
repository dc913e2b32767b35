//! Negotiation, through the real binary.

use super::json;
use crate::support::{Desk, Ran, assert_shows};

/// 500 sockets for 3 years, by the built-in book.
const DEAL: &str = "customer = \"Acme Bank\"\ndate = 2026-11-21\nterm_years = 3\n\
                    [[line]]\nmetric = \"socket\"\nquantity = 500\n";

fn desk() -> Desk {
    Desk::new().file("deal.toml", DEAL)
}

fn negotiate(desk: &Desk, words: &[&str]) -> Ran {
    desk.run(&[&["negotiate", "deal.toml"], words].concat())
}

#[test]
fn every_format() {
    let desk = desk();
    for format in ["table", "json", "markdown"] {
        let ran = negotiate(&desk, &["--target", "40%", "--within", "vp", "--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        assert_shows!(format!("negotiate_{format}"), ran.stdout);
    }
}

#[test]
fn a_ladder_in_every_format() {
    let desk = desk();
    for format in ["table", "json", "markdown"] {
        let ran = negotiate(&desk, &["--ladder", "--lock", "term", "--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        assert_shows!(format!("ladder_{format}"), ran.stdout);
    }
}

/// What is given is told in whole coins that add up: 1,712,500.00 at list less 1,198,750.00 are
/// 171,250.00 + 308,250.00 + 91,330.78 - 57,083.46 + 2.68. Programs are told the exact amounts.
#[test]
fn gives_are_told_in_whole_coins() {
    let quarterly = "term_years = 3\nstart = 2027-01-31\npayment = \"net-60\"\n\
                     billing = \"quarterly\"\n[[line]]\nmetric = \"socket\"\nquantity = 137\n";
    let desk = Desk::new().file("deal.toml", quarterly);
    let told = negotiate(&desk, &["--target", "30%"]).stdout;
    for said in ["$91,330.78 ", "$57,083.46 more", "$2.68\n"] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let told = json(&negotiate(&desk, &["--target", "30%", "--format", "json"]).stdout);
    assert_eq!(told["offers"][0]["gives"][2]["money"], "91330.776");
    let ladder = negotiate(&desk, &["--ladder", "--format", "markdown"]).stdout;
    // 137 x (1,436.40 - 1,436.40 / 1.05) x 4
    assert!(ladder.contains("$37,483.20 more"), "{ladder}");
}

/// Volume gives a year of 50 sockets 5%, one of 200 10%, and one of 500 15%.
#[test]
fn what_a_ramp_is_given_has_its_rates() {
    let ramp = "term_years = 3\n[[line]]\nmetric = \"socket\"\n\
                year = [{ quantity = 50 }, { quantity = 200 }, { quantity = 500 }]\n";
    let desk = Desk::new().file("deal.toml", ramp);
    let target = ["--target", "30%"];
    let told = negotiate(&desk, &target).stdout;
    assert!(told.contains("Volume discount 5% to 15% "), "{told}");
    let told = json(&negotiate(&desk, &[&target[..], &["--format", "json"]].concat()).stdout);
    let volume = &told["offers"][0]["gives"][0];
    assert_eq!(volume["rates"], serde_json::json!(["0.05", "0.1", "0.15"]));
    assert!(volume["rate"].is_null());
}

/// What cannot be done within a level is said with what comes closest, and what it would take.
#[test]
fn what_cannot_be_done_is_told() {
    let desk = desk();
    for (name, words) in [
        ("within", ["--target", "40%", "--within", "none"].as_slice()),
        ("at_all", &["--target", "70%"]),
    ] {
        let ran = negotiate(&desk, words);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(3), ""));
        assert_shows!(format!("negotiate_cannot_{name}"), ran.stdout);
    }
    let ran = negotiate(&desk, &["--target", "40%", "--within", "none", "--format", "json"]);
    let told = json(&ran.stdout);
    assert_eq!(told["offers"].as_array().map(Vec::len), Some(0));
    assert_eq!(told["closest"]["discount"], "0.3136");
    assert_eq!(told["above"]["level"], "vp");
}

/// The saved deal quotes to the figures of the offer.
#[test]
fn a_saved_offer_quotes_to_its_figures() {
    let desk = desk();
    let words = ["--target", "40%", "--within", "vp", "--format", "json"];
    let save = ["--save", "offer.toml", "--offer", "3"];
    let ran = negotiate(&desk, &[words.as_slice(), &save].concat());
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.stderr, "offer.toml written: dealdesk quote offer.toml gives its quote\n");
    let offer = &json(&ran.stdout)["offers"][2];
    let quote = json(&desk.run(&["quote", "offer.toml", "--format", "json"]).stdout);
    assert_eq!(quote["totals"]["tcv"], offer["tcv"]);
    assert_eq!(quote["totals"]["discount"], offer["discount"]);
    assert_eq!(quote["approvals"]["level"], offer["level"]);
    // The same as a quote at once.
    let shown = negotiate(&desk, &["--target", "40%", "--within", "vp", "--quote", "3"]);
    assert_eq!(shown.stdout, desk.run(&["quote", "offer.toml"]).stdout);
    for format in ["json", "markdown"] {
        let words = ["--target", "40%", "--within", "vp", "--quote", "3", "--format", format];
        let shown = negotiate(&desk, &words);
        assert_eq!((shown.code, shown.stderr.as_str()), (Some(0), ""), "{format}");
        let quote = desk.run(&["quote", "offer.toml", "--format", format]);
        assert_eq!(shown.stdout, quote.stdout, "{format}");
    }
    // What is there is not written over.
    let again = negotiate(&desk, &[words.as_slice(), &save].concat());
    assert_eq!(again.code, Some(1));
    assert_eq!(
        again.stderr,
        "error: offer.toml exists already: save the offer under another name\n"
    );
}

/// Numbers of each kind are met, and just so.
#[test]
fn every_number_is_met() {
    let desk = desk();
    // In a contract of 3 years at 500 sockets: 500 x $1,533.33 x 3, one cent below 1,533.34.
    let cases: &[(&[&str], &str, &str)] = &[
        (&["--target-tcv", "2.3M"], "tcv", "2299995.00"),
        (&["--target-unit-price", "1800"], "tcv", "2700000.00"),
        // 500 x $1,540.00 a year, invoiced a year ahead.
        (&["--budget-year", "$770k"], "tcv", "2310000.00"),
        (&["--target", "40%", "--step", "1%"], "discount", "0.4003"),
    ];
    for (number, figure, expected) in cases {
        let locked = ["--lock", "term,prepay", "--format", "json"];
        let ran = negotiate(&desk, &[*number, &locked].concat());
        assert_eq!(ran.code, Some(0), "{number:?}: {}", ran.stderr);
        assert_eq!(json(&ran.stdout)["offers"][0][figure], *expected, "{number:?}");
    }
}

/// With a discount rate it is what payments are worth that counts, each on the day that it is due.
#[test]
fn cash_that_comes_early_is_worth_more() {
    let words = ["--target", "40%", "--within", "vp", "--discount-rate", "8%", "--format", "json"];
    let told = json(&negotiate(&desk(), &words).stdout);
    let offers = told["offers"].as_array().expect("offers");
    let worth = |place: usize| (&offers[place]["prepay"], &offers[place]["present_value"]);
    // Both are $4,500,000.00 over 5 years, due 30 days after each invoice.
    // At signature: 4,500,000 / (1 + 0.08 x 30/365).
    assert_eq!(worth(0), (&"multi-year".into(), &"4470604.25".into()));
    // Yearly: 900,000 x (1 + 1/1.08 + 1/1.08^2 + 1/1.08^3 + 1/1.08^4) / (1 + 0.08 x 30/365).
    assert_eq!(worth(1), (&"annual".into(), &"3855562.51".into()));
    assert_eq!(offers[0]["tcv"], offers[1]["tcv"]);
    assert_eq!(told["discount_rate"], "0.08");
}

/// A contract that begins with a part of a year: 41 days of 2026, and 2 years of $103,192.00.
#[test]
fn parts_of_a_year_count_as_what_they_are() {
    let deal = "date = 2026-11-21\nstart = 2026-11-21\nfirst_year = 2027-01-01\nterm_years = 2\n\
                [[line]]\nmetric = \"node\"\nquantity = 800\n";
    let desk = Desk::new().file("deal.toml", deal);
    let words = ["--target", "14%", "--lock", "term", "--format", "json"];
    let told = json(&negotiate(&desk, &words).stdout);
    let offer = &told["offers"][0];
    let get = |kind: &str| {
        let gets = offer["gets"].as_array().expect("gets").iter();
        gets.clone().find(|get| get["kind"] == kind).expect("a get")
    };
    assert_eq!(get("term")["years"], 2);
    assert_eq!(get("term")["beyond_first_year"], "103192.00"); // 128.99 x 800
    // Of the invoices of 2027 and 2028, the last 13 months later.
    assert_eq!(get("prepay")["ahead"], "206384.00"); // 2 x 103,192.00
    assert_eq!(get("prepay")["months_earlier"], 13);
    // Twelve months from its start hold the part and the first year.
    // 108,000.00 a year with 10% off, and 41/365 of it: 12,131.51.
    for (budget, code) in [("120131.51", 0), ("120131.50", 3), ("108000", 3)] {
        let all = ["--budget-year", budget, "--lock", "term,prepay,volume,program"];
        assert_eq!(negotiate(&desk, &all).code, Some(code), "{budget}");
    }
}

/// What is free is nothing off a list price.
#[test]
fn what_is_free_meets_no_rate() {
    let deal = "[[line]]\nmetric = \"socket\"\nquantity = 2\nhosts = 1\n";
    let desk = Desk::new().file("deal.toml", deal);
    assert_eq!(negotiate(&desk, &["--target", "33%"]).code, Some(3));
    assert_eq!(negotiate(&desk, &["--target-tcv", "1"]).code, Some(0));
}

#[test]
fn wrong_words_are_told() {
    let desk = desk();
    let cases: &[(&[&str], &str)] = &[
        (&["--target", "40%", "--lock", "trm"], "--lock: there is no lever \"trm\""),
        (&["--target", "40%", "--free", "progam"], "did you mean program?"),
        (&["--target", "40%", "--free", "program=lighthous"], "did you mean lighthouse?"),
        (&["--target", "40%", "--free", "quantity"], "give a range of quantities"),
        (&["--target", "40%", "--free", "quantity=9..1"], "9..1 ends before it starts"),
        (&["--target", "40%", "--free", "quantity=1,000"], "write 1000, without a comma"),
        (&["--target", "40%", "--free", "metric=core"], "give a quantity: metric=core:8000"),
        (&["--target", "40%", "--free", "term", "--lock", "term"], "both free and locked"),
        (&["--target", "40%", "--within", "cfo"], "--within: the price book has no level \"cfo\""),
        (&["--target", "40"], "write 40%"),
        (&["--target", "-5%"], "a target is between 0% and 100%"),
        (&["--target", "1000%"], "a target is between 0% and 100%"),
        (&["--target", "0%"], "a target is between 0% and 100%"),
        (&["--target-tcv", "-5"], "cannot be negative"),
        (
            &["--target", "40%", "--free", "term=7"],
            "term: the price book sells terms of 1-5 years, not 7",
        ),
        (&["--target", "40%", "--target-tcv", "1M"], "cannot be used with"),
        (&["--target", "40%", "--quote", "99"], "--quote 99: there are"),
        (&[], "required"),
    ];
    for (words, expected) in cases {
        let ran = negotiate(&desk, words);
        assert_eq!(ran.code, Some(2), "{words:?}: {}", ran.stderr);
        assert!(ran.told().contains(expected), "{words:?}: {}", ran.stderr);
    }
    // A long list of words is as wide as everything that is told where there is no terminal.
    let ran = negotiate(&desk, &["--target", "40%", "--free", "program=lighthous"]);
    assert!(ran.stderr.lines().all(|line| line.chars().count() <= 100), "{}", ran.stderr);
    let ran = desk.run(&["negotiate", "nowhere.toml", "--target", "40%"]);
    assert_eq!(ran.code, Some(1));
}
