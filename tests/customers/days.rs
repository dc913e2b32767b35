//! Deals that share some days of a contract year: money counts by days.

use super::commitments::ramp;
use super::{acme, splits};
use crate::support::{DAY, OUR_BOOK};

#[track_caller]
fn assert_told(deals: &[&str], expected: &[&str]) {
    let saved = |deals: &[&str]| -> Vec<String> {
        splits(OUR_BOOK, DAY, deals).into_iter().filter(|it| it.contains("apart")).collect()
    };
    assert_eq!(saved(deals), expected, "{}", deals.join("---\n"));
    let backwards: Vec<_> = deals.iter().rev().copied().collect();
    let amounts = |told: &[String]| -> Vec<String> {
        told.iter().filter_map(|it| it.split(':').next()).map(str::to_owned).collect()
    };
    assert_eq!(amounts(&saved(&backwards)), amounts(&saved(deals)));
}

fn sockets(quantity: u32, start: &str, years: u32) -> String {
    acme("socket", quantity, &format!("start = {start}\nterm_years = {years}"))
}

/// 270 and 269 sockets cost $1,912.50 each a year, and as 539 $3,000 x 0.85 x 0.85 = $2,167.50: $255 x 539 = $137,445 more
/// a year. A day later, the first day of one and the last day of the other are alone: $68,850 / 365 and $68,595 / 365
/// less. 10 days later it is 10 times as much; 180 days (of 365) and 364 days later, so much more.
#[test]
fn a_later_start_hides_no_more_than_the_days_alone() {
    let first = sockets(270, "2027-01-01", 3);
    let told = |start: &str, saved: &str, together: &str| {
        let expected = format!("{saved}: 1 2: $3,092,512.50 apart, {together} as 539 sockets");
        assert_told(&[&first, &sockets(269, start, 3)], &[&expected]);
    };
    told("2027-01-01", "412335.00", "$3,504,847.50");
    told("2027-01-02", "411958.44", "$3,504,470.94");
    told("2027-01-11", "408569.38", "$3,501,081.88");
    told("2027-06-30", "344553.90", "$3,437,066.40");
    told("2027-12-31", "275266.56", "$3,367,779.06");
}

/// Lines in parts change no price, and no saving: 270 as 100 and 170, beside 269 as 1 and 268, of which one is a ramp of
/// equal years.
#[test]
fn lines_in_parts_save_what_one_line_saves() {
    let line = |quantity: u32| format!("[[line]]\nmetric = \"socket\"\nquantity = {quantity}\n");
    let one = sockets(100, "2027-01-01", 3) + &line(170);
    let year = "{ quantity = 268 }";
    let ramp = format!("[[line]]\nmetric = \"socket\"\nyear = [{year}, {year}, {year}]\n");
    let other = sockets(1, "2027-01-02", 3) + &ramp;
    let told = "411958.44: 1 2: $3,092,512.50 apart, $3,504,470.94 as 539 sockets";
    assert_told(&[&one, &other], &[told]);
}

/// 49 and 49 sockets cost $1,500 x 0.90 and $1,500, and as 98 $2,137.50 and $2,375: $38,587.50 + $42,875 more in the
/// first year. In the second, one of them has 960: as part of 1,009 they cost less, $3,000 x 0.80 x 0.90 in place of
/// $3,000 x 0.85 x 0.90. A day of it is beside the other contract, and takes nothing from the first year: 364 of 365 days.
#[test]
fn a_year_that_costs_less_together_hides_no_other_year() {
    let ramp = "customer = \"Acme\"\nstart = 2027-01-01\nterm_years = 2\n[[line]]\nmetric = \"socket\"\n\
                year = [{ quantity = 49 }, { quantity = 960 }]\n";
    let told = "81462.50: 1 2: $2,342,850.00 apart, $2,424,312.50 as 98 sockets";
    assert_told(&[ramp, &sockets(49, "2027-01-01", 1)], &[told]);
    let told = "81239.32: 1 2: $2,342,850.00 apart, $2,424,089.32 as 98 sockets; days that cost less together \
                are left out";
    assert_told(&[ramp, &sockets(49, "2027-01-02", 1)], &[told]);
    // Nor does it in two deals of the same terms: in the second year 960 cost $3,000 x 0.80 x 0.90 = $2,160 each in place
    // of $2,295, which is $129,600 less, and 49 cost $2,160 in place of $1,350, $39,690 more.
    let same = "77175.00: 1 2: $2,401,650.00 apart, $2,478,825.00 as 98 sockets; days that cost less together are left out";
    assert_told(&[ramp, &sockets(49, "2027-01-01", 2)], &[same]);
}

/// 250 sockets cost $2,250 each, and as 500 they cost $2,550. A renewal that begins 14 days early is beside the
/// old contract for 14 days: of 365 for one of them and of 366 for the other.
#[test]
fn a_renewal_that_begins_early_counts_for_the_days_of_both() {
    let old = sockets(250, "2027-01-01", 1);
    let told = "5745.56: 1 2: $1,125,000.00 apart, $1,130,745.56 as 500 sockets";
    assert_told(&[&old, &sockets(250, "2027-12-18", 1)], &[told]);
    assert_told(&[&old, &sockets(250, "2028-01-01", 1)], &[]);
}

/// 40, 40 and 40 that begin a day after each other are 80 on two days, and 120 from the third on.
#[test]
fn three_deals_count_on_the_days_that_they_share() {
    let [first, next, last] = ["2027-01-01", "2027-01-02", "2027-01-03"];
    let deals = [first, next, last].map(|start| sockets(40, start, 1));
    // 80 cost $2,375, and 120 $2,250. 363 days of 120 x $750, and two days of 80 x $875: the second and the last but one.
    let told = "89890.41: 1 2 3: $180,000.00 apart, $269,890.41 as 120 sockets";
    assert_told(&deals.each_ref().map(String::as_str), &[told]);
}

/// 90, 5 and 5 sockets are 100, which cost $2,250: $225,000, and $213,750 + 2 x $7,500 apart. All three cost more apart
/// than as one order; 90 and 5 alone cost 5 x ($2,375 - $1,500) less apart. Both are quotes that the customer can sign
/// without the third, so that they are told.
#[test]
fn two_deals_that_save_are_told_although_a_third_one_loses_more() {
    let (large, small) = (acme("socket", 90, ""), acme("socket", 5, ""));
    let pair =
        |deals: &str| format!("4375.00: {deals}: $221,250.00 apart, $225,625.00 as 95 sockets");
    assert_told(&[&large, &small], &[&pair("1 2")]);
    assert_told(&[&large, &small, &small], &[&pair("1 2"), &pair("1 3")]);
}

/// A ramp of nodes falls beside another one: a contract year counts each part of it by the units of those days.
#[test]
fn ramps_count_by_the_years_of_each_other() {
    let one = ramp("socket", [30, 30, 30], "start = 2027-01-01\nterm_years = 3");
    let other = ramp("socket", [30, 10, 10], "start = 2027-07-02\nterm_years = 3");
    // Only from 2027-07-02 to 2028-07-01 there are 60. Of the years of 30: 183 of 365 and 183 of 366 days, and of the year
    // of 30 of the other all.
    let told = splits(OUR_BOOK, DAY, &[&one, &other]);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("as 60 sockets"), "{told:?}");
}
