//! What a deal is worth against what its customer could have instead, through the real binary.

use super::hostile::{CONTROLS, assert_harmless, quoted};
use super::json;
use crate::support::{DAY, Desk, Ran, assert_shows, root};
use std::fs;

/// An example, in the folder of the desk.
fn example(name: &str) -> Desk {
    let text = fs::read_to_string(root().join("examples").join(name)).expect("an example");
    Desk::new().file("deal.toml", &text)
}

fn value(desk: &Desk, words: &[&str]) -> Ran {
    desk.run(&[&["value", "deal.toml"], words].concat())
}

/// A deal of 200 nodes for three years, with this after it.
fn nodes(more: &str) -> Desk {
    let deal = "term_years = 3\ndate = 2026-11-21\n[[line]]\nmetric = \"node\"\nquantity = 200\n";
    Desk::new().file("deal.toml", &format!("{deal}{more}"))
}

#[test]
fn every_format() {
    let desk = example("value.toml");
    for format in ["table", "json", "markdown"] {
        let ran = value(&desk, &["--discount-rate", "8%", "--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{format}");
        assert_shows!(format!("value_{format}"), ran.stdout);
    }
}

/// 390 nodes cost $97,500.00 a year, and 41 days of it $10,952.05: $108,452.05 invoiced by 2027-01-01.
/// Labor is $120,000.00 a year: $13,479.45 for those 41 days, and by the end of month 11, 293 days later,
/// $96,328.77 more, which is $109,808.22. By the end of month 10 it is $99,945.21.
#[test]
fn months_are_counted_from_the_start() {
    let deal = "date = 2026-11-21\nstart = 2026-11-21\nfirst_year = 2027-01-01\nterm_years = 1\n\
                [[line]]\nmetric = \"node\"\nquantity = 390\n[[alternative]]\nname = \"kvm\"\n\
                [[alternative.cost]]\ntitle = \"Engineering labor\"\nyearly = \"120000.00\"\n";
    let desk = Desk::new().file("deal.toml", deal);
    let told = value(&desk, &[]).stdout;
    assert!(told.contains("month 11"), "{told}");
}

/// A pilot lasts for months, and is held against no year.
#[test]
fn a_pilot_has_no_value() {
    let ran = value(&example("pilot.toml"), &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("a package for some months"), "{}", ran.stderr);
}

#[test]
fn it_is_the_quote_that_is_valued() {
    let desk = example("value.toml");
    let told = json(&value(&desk, &["--format", "json"]).stdout);
    let quote = json(&desk.run(&["quote", "deal.toml", "--format", "json"]).stdout);
    assert_eq!(told["schema"], "dealdesk.value/1");
    assert_eq!(told["quote"], quote["id"]);
    assert_eq!(told["price"]["total"], quote["totals"]["tcv"]);
    assert_eq!(told["price_book"], quote["price_book"]);
    assert_eq!(told["approvals"]["level"], quote["approvals"]["level"]);
    let invoices = quote["invoices"].as_array().expect("invoices").iter();
    let invoices: Vec<_> = invoices.map(|it| (&it["date"], &it["amount"])).collect();
    let payments = told["price"]["payments"].as_array().expect("payments").iter();
    let payments: Vec<_> = payments.map(|it| (&it["date"], &it["amount"])).collect();
    assert_eq!(payments, invoices);
}

#[test]
fn flags_are_a_deal_too() {
    let words = ["value", "--metric", "core", "--quantity", "800", "--against", "hyper-v"];
    let more = ["--date", DAY, "--format", "json", "--horizon", "2"];
    let ran = Desk::new().run(&[words.as_slice(), &more].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let told = json(&ran.stdout);
    assert_eq!(told["horizon_years"], 2);
    // 50 x (6,155.00 + 2 x 1,920.00)
    assert_eq!(told["alternatives"][0]["total"], "499750.00");
    assert_eq!(told["price"]["total"], "280000.00");
}

/// Without a word, everything that the book has figures for; a word for each that is wanted.
#[test]
fn it_is_held_against_what_is_asked_for() {
    let names = |desk: &Desk, words: &[&str]| {
        let told = json(&value(desk, &[words, &["--format", "json"]].concat()).stdout);
        let all = told["alternatives"].as_array().expect("alternatives").iter();
        all.map(|it| it["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&nodes(""), &[]), ["kvm"]);
    assert_eq!(names(&nodes(""), &["--against", "vmware"]), ["vmware"]);
    let both = ["--against", "kvm", "--against", "hyper-v"];
    assert_eq!(names(&nodes(""), &both), ["kvm", "hyper-v"]);
    // A word said twice says no more than once.
    assert_eq!(names(&nodes(""), &[&both[..], &both].concat()), ["kvm", "hyper-v"]);
    let claim = "[[claim]]\nagainst = \"vmware\"\nsaves = \"1%\"\n";
    assert_eq!(names(&nodes(claim), &[]), ["vmware"]);
    let own = "[[alternative]]\nname = \"hyper-v\"\n";
    assert_eq!(names(&nodes(own), &[]), ["hyper-v"]);
}

#[test]
fn a_claim_that_does_not_hold_fails_only_where_it_is_denied() {
    let desk = example("return-168.toml");
    let ran = value(&desk, &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.contains("not supported  \"You're saving"), "{}", ran.stdout);
    let denied = value(&desk, &["--deny-claims"]);
    assert_eq!((denied.code, denied.stdout), (Some(1), ran.stdout));
    let ran = value(&example("return-288.toml"), &["--deny-claims"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stdout);
}

/// A share that rounds to what is claimed is no proof of it.
#[test]
fn what_falls_short_by_a_coin_is_said_to() {
    // 450,000.00 of labor against 127,500.00: 71.666...%, and a return of 252.941...%.
    let claims = "[[claim]]\nagainst = \"kvm\"\nsaves = \"71.67%\"\nroi = \"252.9412%\"\n";
    let wrong = value(&nodes(claims), &[]);
    assert_eq!(wrong.code, Some(1), "a percentage has two places: {}", wrong.stdout);
    let claims = claims.replace("252.9412", "252.95");
    let told = value(&nodes(&claims), &["--format", "markdown"]).stdout;
    assert!(told.contains("the figure is just below 71.67%; it needs"), "{told}");
    assert!(told.contains("net benefit / price is 252.94%; it needs"), "{told}");
}

#[test]
fn outside_policy_it_is_shown_all_the_same() {
    let claim = "[[claim]]\nagainst = \"kvm\"\nsaves = \"99%\"\n";
    for words in [&["--term", "6"][..], &["--term", "6", "--deny-claims"]] {
        let ran = value(&nodes(claim), words);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(4), ""));
        assert!(ran.stdout.contains("Our price vs KVM over 6 years"), "{}", ran.stdout);
        assert!(ran.stdout.contains("OUTSIDE POLICY: "), "{}", ran.stdout);
    }
}

#[test]
fn what_cannot_be_meant_is_told() {
    let desk = nodes("");
    for (words, code, said) in [
        (&["--against", "vmwar"][..], 2, "it has vmware, hyper-v, kvm; did you mean vmware?"),
        (&["--discount-rate", "8"], 2, "for 8%, write \"8%\""),
        (&["--discount-rate", "-8%"], 2, "this cannot be negative"),
        (&["--horizon", "2"], 2, "the customer pays for 3 years, and the horizon is shorter"),
        (&["--format", "xml"], 2, "[possible values: table, json, csv, markdown, html]"),
        (&["--metric", "nod"], 2, "did you mean \"node\"?"),
    ] {
        let ran = value(&desk, words);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(code), ""), "{words:?} {}", ran.stderr);
        assert!(ran.told().contains(said), "{words:?} {}", ran.stderr);
    }
    let text = fs::read_to_string(desk.path("deal.toml")).expect("the deal");
    let desk = desk.file("deal.toml", &format!("horizon_years = 1\n{text}"));
    let ran = value(&desk, &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    assert!(ran.stderr.contains("this deal cannot be valued: 1 error"), "{}", ran.stderr);
    assert_eq!(value(&desk, &["--horizon", "3"]).code, Some(0));
}

/// 999,999,999,999.99 for each of 200 nodes a year, for nine years: more than a contract can be.
#[test]
fn what_is_too_large_is_refused() {
    let own = "[[alternative]]\nname = \"kvm\"\n[[alternative.cost]]\ntitle = \"Gold\"\n";
    for (amount, code) in [("999999999999.99", 1), ("1000000000", 0)] {
        let cost = format!("{own}yearly = \"{amount}\"\nper = \"node\"\n");
        let ran = value(&nodes(&cost), &["--discount-rate", "100%", "--horizon", "9"]);
        assert_eq!(ran.code, Some(code), "{}", ran.stderr);
        let told = "KVM costs more than dealdesk can calculate";
        assert_eq!(ran.stderr.contains(told), code == 1, "{}", ran.stderr);
    }
}

#[test]
fn a_book_without_alternatives_has_nothing_to_compare_with() {
    let desk = nodes("").file("pricing.toml", &super::book("Seats"));
    let words = ["value", "--metric", "seat", "--quantity", "3", "--date", DAY];
    let ran = desk.run(&words);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert!(ran.stdout.contains("Nothing to compare with: "), "{}", ran.stdout);
    let ran = desk.run(&[words.as_slice(), &["--against", "vmware"]].concat());
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("the price book has no [alternative]"), "{}", ran.stderr);
}

#[test]
fn what_a_customer_writes_does_nothing() {
    let text = quoted(CONTROLS);
    let own = format!(
        "[[alternative]]\nname = \"kvm\"\n[[alternative.cost]]\ntitle = {text}\nonce = \"1.00\"\n\
         [[claim]]\nagainst = \"kvm\"\ntext = {text}\nsaves = \"99%\"\n"
    );
    for format in ["table", "json", "markdown"] {
        let ran = value(&nodes(&own), &["--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{format}");
        assert!(ran.stdout.contains("Acme"), "{format}");
        assert_harmless(&ran.stdout, format);
    }
}

/// What the customer pays besides stands apart, each figure with its line, and both together are our
/// side: 127,500.00 for 200 nodes, and 2,500.00.
#[test]
fn the_own_costs_of_the_customer_are_told_with_their_lines() {
    let own = "[[cost]]\ntitle = \"Training\"\nonce = \"2500.00\"\n";
    let told = value(&nodes(own), &["--discount-rate", "8%"]).stdout;
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "Training $2,500.00 once $2,500.00 the customer's, deal.toml:7",
        "Our price $127,500.00 all invoices",
        "Own costs $2,500.00 what the customer pays others or spends itself",
        "Our price and own costs $130,000.00 sum of both",
        "Own costs, present value $2,500.00",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let gold = "[[cost]]\ntitle = \"Gold\"\nyearly = \"999999999999.99\"\nper = \"node\"\n";
    let ran = value(&nodes(gold), &["--horizon", "9"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    let more = "the customer's own costs are more than dealdesk can calculate";
    assert!(ran.stderr.contains(more), "{}", ran.stderr);
    let wrong = value(&nodes("[[cost]]\ntitle = \"Training\"\n"), &[]);
    assert!(wrong.code == Some(1) && wrong.stderr.contains("a cost needs an amount"));
}

/// What a deal is held against is a part of it, and `diff` tells what changed there.
#[test]
fn a_new_claim_is_a_change_of_the_deal() {
    let own = |amount: &str, roi: &str| {
        format!(
            "[[alternative]]\nname = \"kvm\"\n[[alternative.cost]]\ntitle = \"Staff\"\n\
             yearly = \"{amount}\"\nper = \"node\"\n[[cost]]\ntitle = \"Training\"\n\
             once = \"{amount}\"\n[[claim]]\nagainst = \"kvm\"\nroi = \"{roi}\"\n"
        )
    };
    let text = |desk: Desk| fs::read_to_string(desk.path("deal.toml")).expect("the deal");
    let (old, new) = (text(nodes(&own("10.00", "20%"))), text(nodes(&own("20.00", "30%"))));
    let desk = Desk::new().file("old.toml", &old).file("new.toml", &new);
    let told = desk.run(&["diff", "old.toml", "new.toml", "--format", "markdown"]).stdout;
    assert!(
        told.contains("| Staff $10.00 per year per node | Staff $20.00 per year per node |"),
        "{told}"
    );
    assert!(told.contains("| Training $10.00 once | Training $20.00 once |"), "{told}");
    assert!(told.contains("| ROI 20% against KVM | ROI 30% against KVM |"), "{told}");
}
