//! Selling through a partner, and comparing over a horizon, on the command line.

use super::{json, on_the_day};
use crate::support::Desk;
use insta::assert_snapshot;
use serde_json::Value;

const RESELLER: &str = r#"[[line]]
metric = "node"
quantity = 1000

[channel]
name = "reseller"
partner = "Acme Partners"
rate = "32%"
"#;

fn channel(file: Option<&str>, words: &[&str]) -> Value {
    let desk = Desk::new().file("deal.toml", file.unwrap_or_default());
    let first: &[&str] = if file.is_some() { &["quote", "deal.toml"] } else { &["quote"] };
    let words = [words, &["--format", "json"]].concat();
    let mut quote = json(&desk.run(&on_the_day(first, &words)).stdout);
    quote["channel"].take()
}

#[test]
fn flags_alone_name_a_channel_with_its_rate() {
    let words =
        ["--metric", "node", "--quantity", "1000", "--channel", "msp=40%", "--partner", "Summit"];
    let found = channel(None, &words);
    assert_eq!((&found["name"], &found["partner"]), (&"msp".into(), &"Summit".into()));
    assert_eq!(found["rate"], "0.4");
    assert_eq!(found["totals"]["partner_tcv"], "90000.00");
}

#[test]
fn flags_alone_name_a_channel_that_shares_revenue() {
    let words = ["--metric", "consumption", "--quantity", "10000", "--channel", "oem"];
    let found = channel(None, &[&words[..], &["--revenue", "5000000"]].concat());
    assert_eq!(found["partner_annual"], "1500000.00");
    assert_eq!(found["break_even_revenue"], "8760000.00");
}

#[test]
fn another_rate_keeps_the_partner_and_another_channel_does_not() {
    let found = channel(Some(RESELLER), &["--channel", "reseller=35%"]);
    assert_eq!((&found["rate"], &found["partner"]), (&"0.35".into(), &"Acme Partners".into()));
    let found = channel(Some(RESELLER), &["--channel", "msp=35%"]);
    assert_eq!((&found["rate"], &found["partner"]), (&"0.35".into(), &Value::Null));
    let found = channel(Some(RESELLER), &["--partner", "Other"]);
    assert_eq!((&found["rate"], &found["partner"]), (&"0.32".into(), &"Other".into()));
}

#[test]
fn a_rate_outside_its_range_is_quoted_and_outside_policy() {
    let desk = Desk::new().file("deal.toml", RESELLER);
    let ran = desk.run(&on_the_day(&["quote", "deal.toml"], &["--channel", "reseller=50%"]));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(4), ""));
    let told = "Reseller gets 30%-35% off the customer's net price, and this is 50%";
    assert!(ran.stdout.contains(told), "{}", ran.stdout);
}

#[test]
fn what_a_partner_flag_lacks_is_told() {
    let line = ["--metric", "node", "--quantity", "10", "--horizon", "0"];
    let partner = ["--partner", "Acme", "--revenue", "5"];
    let ran = Desk::new().run(&on_the_day(&["quote"], &[&line[..], &partner].concat()));
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert_snapshot!(ran.stderr, @r"
    error[conflict]: this is about a partner, and the deal is sold through none
     --> command line:1:54
      |
    1 | dealdesk quote --metric node --quantity 10 --partner Acme --revenue 5 --horizon 0 --date 2026...
      |                                                      ^^^^
      |
      = hint: add --channel NAME=RATE, or --channel NAME for one that shares revenue

    error[conflict]: this is about a partner, and the deal is sold through none
     --> command line:1:69
      |
    1 | dealdesk quote --metric node --quantity 10 --partner Acme --revenue 5 --horizon 0 --date 2026...
      |                                                                     ^
      |
      = hint: add --channel NAME=RATE, or --channel NAME for one that shares revenue

    error[bad-number]: a horizon is a whole number of years from 1 to 100
     --> command line:1:81
      |
    1 | dealdesk quote --metric node --quantity 10 --partner Acme --revenue 5 --horizon 0 --date 2026...
      |                                                                                 ^

    error: this deal cannot be quoted: 3 faults
    ");
    let ran =
        Desk::new().run(&on_the_day(&["quote"], &[&line[..4], &["--channel", "oem=3O%"]].concat()));
    assert_snapshot!(ran.stderr, @r#"
    error[bad-number]: this is not a plain number
     --> command line:1:58
      |
    1 | dealdesk quote --metric node --quantity 10 --channel oem=3O% --date 2026-11-21
      |                                                          ^^^
      |
      = hint: write a rate as "15%" or 0.15

    error: this deal cannot be quoted: 1 fault
    "#);
}

/// The horizon is for the comparison alone.
#[test]
fn a_horizon_changes_no_price() {
    let words = ["--metric", "perpetual", "--quantity", "50", "--term", "3", "--format", "json"];
    let quote = |more: &[&str]| {
        json(&Desk::new().run(&on_the_day(&["quote"], &[&words[..], more].concat())).stdout)
    };
    let (near, far) = (quote(&[]), quote(&["--horizon", "20"]));
    assert_eq!(near["totals"], far["totals"]);
    let list = |quote: &Value| quote["comparisons"][0]["at_list"]["perpetual"].clone();
    assert_eq!((list(&near), list(&far)), ("800000.00".into(), "2500000.00".into()));
}
