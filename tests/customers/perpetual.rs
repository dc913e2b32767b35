//! Units that are bought once: the customer keeps them when the contract has ended.

use super::{acme, splits};
use crate::pipeline::BOOK;
use crate::support::DAY;

/// Licenses at $100.00 up to 9, and at $150.00 from 10 on, with maintenance of 20% a year.
const LICENSE: &str = r#"
[metric.license]
title = "License"
unit = "license"
units = "licenses"
per = "once"
maintenance = "20%"
mode = "volume"
places = 2
tiers = [{ quantity = "1-9", price = "100.00" }, { quantity = "10+", price = "150.00" }]
"#;

fn told(book: &str, first: &str, other: &str) -> Vec<String> {
    let deal = |rest: &str| acme("license", 9, rest);
    splits(&format!("{BOOK}{book}"), DAY, &[&deal(first), &deal(other)])
}

/// 9 x $100.00 and a year of maintenance are $1,080.00, and at $150.00 they are $1,620.00.
#[test]
fn perpetual_licenses_stay_when_the_contract_has_ended() {
    let (first, next) = ("start = 2026-12-01", "start = 2027-12-01");
    let expected = ["1080.00: 1 2: $2,160.00 apart, $3,240.00 as 18 licenses"];
    assert_eq!(told(LICENSE, first, next), expected);
    assert_eq!(told(LICENSE, next, first), expected);
    // Three years of maintenance at one price: the licenses are bought once.
    let three = ["1260.00: 1 2: $2,520.00 apart, $3,780.00 as 18 licenses"];
    assert_eq!(told(LICENSE, "start = 2026-12-01\nterm_years = 3", next), three);
    // What lasts for some months, or is paid yearly, ends.
    let months = LICENSE.replace("maintenance = \"20%\"\n", "maintenance = \"0%\"\nmonths = 12\n");
    assert_eq!(told(&months, first, next), Vec::<String>::new());
    // A day of 365 and a day of 366: $450 a year for each.
    let overlapping = ["2.46: 1 2: $1,800.00 apart, $1,802.46 as 18 licenses"];
    assert_eq!(told(&months, first, "start = 2027-11-30"), overlapping);
    let yearly = LICENSE.replace("per = \"once\"\nmaintenance = \"20%\"\n", "per = \"year\"\n");
    assert_eq!(told(&yearly, first, next), Vec::<String>::new());
}

/// An approval by quantity is asked for together.
#[test]
fn a_limit_on_perpetual_licenses_counts_all_of_them() {
    let step = "[discount.many]\ntitle = \"Many\"\nby = \"quantity\"\nbase = \"running\"\nmetrics = \
                [\"license\"]\nsteps = [{ quantity = \"10+\", rate = \"1%\", approval = \"vp\" }]\n";
    let license = LICENSE.replace("150.00", "100.00");
    let book = format!("{BOOK}{license}{step}").replacen("order = [", "order = [\"many\", ", 1);
    let deal = |rest: &str| acme("license", 9, rest);
    let (first, next) = (deal("start = 2026-12-01"), deal("start = 2027-12-01"));
    assert_eq!(splits(&book, DAY, &[&first, &next]), ["many.10+: 1 2"]);
}
