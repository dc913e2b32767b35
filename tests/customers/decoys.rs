//! Quotes beside a split that cost less with its deals: they hide nothing of it.

use super::{acme, splits};
use crate::support::{DAY, OUR_BOOK};

#[track_caller]
fn assert_told(deals: &[&str], expected: &[&str]) {
    assert_eq!(splits(OUR_BOOK, DAY, deals), expected, "{}", deals.join("---\n"));
}

/// 49 sockets from 2026-12-01 to 2027-05-31, 182 of 365 days: $1,500 x 49 x 182 / 365 = $36,649.32 in a deal, and as a
/// part of 98 $2,375 x 49 x 182 / 365 = $58,028.08.
fn half_a_year() -> String {
    acme("socket", 49, "start = 2026-12-01\nco_term_end = 2027-05-31\njoins = \"C-1\"")
}

/// The first two split 98 sockets. On their last day two others begin, whose 99 sockets each cost less as part of more:
/// all four cost less together. Each of the two saves beside one of the first, and is told after them: a day of 182 of
/// $54,973.97 - $36,649.32, as a part of 148, less a day of 366 of 99 x ($2,137.50 - $2,025).
#[test]
fn deals_that_cost_less_together_hide_no_split_of_the_others() {
    let split = half_a_year();
    let told = "42757.52: 1 2: $73,298.64 apart, $116,056.16 as 98 sockets";
    assert_told(&[&split, &split], &[told]);
    let decoy = acme("socket", 99, "start = 2027-05-31\nterm_years = 2");
    let with_decoy =
        |deals: &str| format!("70.25: {deals}: $459,874.32 apart, $459,944.57 as 148 sockets");
    let all = [told, &with_decoy("1 3"), &with_decoy("1 4")];
    assert_told(&[&split, &split, &decoy, &decoy], &all);
    // The decoys alone cost less together.
    assert_told(&[&decoy, &decoy], &[]);
}

/// Three deals of 49 cost $1,500 apart and $2,375 x 0.95 as 147 together, which is more than any two of them save.
#[test]
fn all_of_them_are_told_where_all_of_them_save_most() {
    let deal = acme("socket", 49, "");
    let told = "110250.00: 1 2 3: $220,500.00 apart, $330,750.00 as 147 sockets";
    assert_told(&[&deal, &deal, &deal], &[told]);
}

/// 90 sockets cost $2,500 x 0.95 and 9 cost $1,500 each: 90 and 9 cost 9 x ($2,375 - $1,500) less apart. Every deal
/// that saves so with another is told, whatever its name.
#[test]
fn every_part_of_a_split_is_told_whatever_its_name() {
    let (large, small) = (acme("socket", 90, ""), acme("socket", 9, ""));
    let told =
        |deals: &str| format!("7875.00: {deals}: $227,250.00 apart, $235,125.00 as 99 sockets");
    assert_told(&[&large, &large, &small, &small], &[&told("1 3"), &told("2 4")]);
    assert_told(&[&small, &small, &large, &large], &[&told("1 3"), &told("2 4")]);
    assert_told(&[&large, &small, &large, &small], &[&told("1 2"), &told("3 4")]);
    // A deal that is left says the same as one that is told.
    assert_told(&[&large, &small, &large], &[&told("1 2"), &told("2 3")]);
    assert_told(&[&small, &large, &large], &[&told("1 2"), &told("1 3")]);
}

/// 950 sockets beside 60, 90 and 400 cost so much less that all four cost less together. Without them the other three
/// cost $226,282.19 more together: from 2027-03-11 on 90 more make 550. On the 100 days before, 60 and 400 cost $6,267.12
/// less, which takes nothing from it.
#[test]
fn one_deal_that_costs_less_together_hides_nothing() {
    let deals = [
        acme("socket", 950, "start = 2027-04-30"),
        acme("socket", 60, "start = 2026-12-01\nterm_years = 3"),
        acme("socket", 90, "start = 2027-03-11\nterm_years = 2"),
        acme("socket", 400, "start = 2026-12-01\nterm_years = 2"),
    ];
    let told = |deals: &[&str]| -> Vec<String> {
        let all = splits(OUR_BOOK, DAY, deals).into_iter();
        all.filter(|it| it.contains("apart")).collect()
    };
    let [large, others @ ..] = deals.each_ref().map(String::as_str);
    let three = told(&others);
    assert!(three[0].starts_with("226282.19: 1 2 3: "), "{three:?}");
    let four = told(&[large, others[0], others[1], others[2]]);
    assert!(four[0].starts_with("226282.19: 2 3 4: "), "{four:?}");
}

/// 10, 10 and 90 sockets are 110, which cost $2,500 x 0.90 = $2,250: $247,500, and $30,000 + $213,750 apart. Two more deals of
/// 90 cost less with others, so that all five save nothing, and no pair does.
#[test]
fn two_deals_that_cost_less_together_hide_no_saving_of_three() {
    let (small, large) = (acme("socket", 10, ""), acme("socket", 90, ""));
    let told = "3750.00: 1 2 3: $243,750.00 apart, $247,500.00 as 110 sockets";
    let all = [&small, &small, &large, &large, &large].map(String::as_str);
    let found = splits(OUR_BOOK, DAY, &all);
    assert!(found.contains(&told.to_owned()), "{found:?}");
}

/// 5, 30 and 60 sockets are 95 at $2,375: $225,625, and $52,500 + $142,500 apart. Of 5, 5, 30 and 60, 100 at $2,250 save
/// less.
#[test]
fn the_largest_saving_of_a_few_deals_is_told_first() {
    let deals = [5, 5, 30, 60].map(|sockets| acme("socket", sockets, ""));
    let found = splits(OUR_BOOK, DAY, &deals.each_ref().map(String::as_str));
    assert!(found[0].starts_with("30625.00: "), "{found:?}");
}
