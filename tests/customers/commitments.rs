//! Years that count as a commitment, where one order is cut into several deals.

use super::{acme, splits};
use crate::support::{DAY, OUR_BOOK};

/// Returns a deal of Acme with another quantity in each year.
pub fn ramp(metric: &str, quantities: [u32; 3], rest: &str) -> String {
    let years = quantities.map(|quantity| format!("[[line.year]]\nquantity = {quantity}\n"));
    format!("customer = \"Acme\"\n{rest}\n[[line]]\nmetric = \"{metric}\"\n{}", years.concat())
}

#[track_caller]
fn assert_told(deals: [&str; 2], expected: &[&str]) {
    assert_eq!(splits(OUR_BOOK, DAY, &deals), expected, "{}", deals.join("---\n"));
    assert_eq!(splits(OUR_BOOK, DAY, &[deals[1], deals[0]]), expected);
}

const THREE_YEARS: &str = "term_years = 3";

/// 1,400 cores in all years cost 1,400 x $175 x 0.85 x 3 = $624,750, and 3,000, 500 and 500 cost 4,000 x $175 =
/// $700,000. As one order they are 4,400, 1,900 and 1,900: the second and the third year keep less than half, so that
/// one year counts and nothing is off. 8,200 x $175 = $1,435,000.
#[test]
fn a_flat_deal_beside_a_falling_one_is_one_commitment() {
    let told = "110250.00: 1 2: $1,324,750.00 apart, $1,435,000.00 as 4,400 cores";
    let flat = acme("core", 1400, THREE_YEARS);
    assert_told([&flat, &ramp("core", [3000, 500, 500], THREE_YEARS)], &[told]);
}

/// A falling deal that begins up to some months later is the same order: its first year beside the first year.
#[test]
fn another_start_is_no_other_commitment() {
    let told = "110250.00: 1 2: $1,324,750.00 apart, $1,435,000.00 as 4,400 cores";
    let flat = acme("core", 1400, "term_years = 3\nstart = 2026-12-01");
    let falling =
        |start| ramp("core", [3000, 500, 500], &format!("term_years = 3\nstart = {start}"));
    assert_told([&flat, &falling("2026-12-02")], &[told]);
    assert_told([&flat, &falling("2027-05-01")], &[told]);
    // It begins on the day after the last of the other: two contracts.
    assert_told([&flat, &falling("2029-12-01")], &[]);
}

/// Apart 300 x $2,500 x 0.90 x 0.85 = $1,912.50 a socket: $1,721,250. 600 x $3,000 x 0.85 and twice 3 x $1,500, of
/// which one year counts: $1,530,000 + $9,000 = $1,539,000. As one order, 900 x $3,000 x 0.85 + 2 x 303 x $2,500 x 0.90
/// = $2,295,000 + $1,363,500 = $3,658,500.
#[test]
fn the_range_and_the_commitment_are_those_of_all() {
    let told = "398250.00: 1 2: $3,260,250.00 apart, $3,658,500.00 as 900 sockets";
    let flat = acme("socket", 300, THREE_YEARS);
    assert_told([&flat, &ramp("socket", [600, 3, 3], THREE_YEARS)], &[told]);
}

/// A flat deal of 3,000 beside it keeps more than half of 6,000: 3,500 and 3,500. Both get the discount of three years,
/// which is less than apart.
#[test]
fn a_deal_that_carries_another_one_saves_nothing() {
    let flat = acme("core", 3000, THREE_YEARS);
    assert_told([&flat, &ramp("core", [3000, 500, 500], THREE_YEARS)], &[]);
}

/// A year beside three is honest: it takes nothing from the discount of the three.
#[test]
fn a_deal_with_other_terms_is_a_commitment_of_its_own() {
    let three = acme("core", 1400, THREE_YEARS);
    assert_told([&three, &acme("core", 3000, "")], &[]);
    let prepaid = ramp("core", [3000, 500, 500], "term_years = 3\nprepay = \"multi-year\"");
    assert_told([&three, &prepaid], &[]);
}

/// A contract of 3,000, 500 and 500 cores began a year before a deal of 1,400. In its first two years the deal is beside
/// 500, and then beside none: 1,400 each year, of which all count.
#[test]
fn an_old_contract_that_falls_takes_no_years_of_a_new_deal() {
    let old =
        ramp("core", [3000, 500, 500], "term_years = 3\ndate = 2025-11-20\nstart = 2025-12-01");
    for start in ["2026-12-01", "2027-12-01", "2028-11-01"] {
        let flat = acme("core", 1400, &format!("term_years = 3\nstart = {start}"));
        assert_told([&flat, &old], &[]);
    }
    // Both pay later, which needs three years that count; the old one falls to just a half.
    let later =
        |text: &str| text.replacen("term_years = 3", "term_years = 3\npayment = \"net-60\"", 1);
    let flat = later(&acme("core", 1400, "term_years = 3\nstart = 2026-12-01"));
    assert_told([&flat, &later(&old)], &[]);
}

/// 1,400 cores from 2026 on, and 3,000, 500 and 500 from a year later: 1,400, 4,400 and 1,900 in the years of the first,
/// of which two count. 4,200 x $175 x 0.85 = $624,750 and 4,000 x $175 = $700,000 apart; 4,200 x $175 x 0.90 = $661,500
/// together.
#[test]
fn years_are_compared_with_those_of_the_calendar() {
    let told = "36750.00: 1 2: $1,324,750.00 apart, $1,361,500.00 as 4,400 cores";
    let flat = acme("core", 1400, "term_years = 3\nstart = 2026-12-01");
    let falling =
        |start| ramp("core", [3000, 500, 500], &format!("term_years = 3\nstart = {start}"));
    assert_told([&flat, &falling("2027-07-01")], &[told]);
    assert_told([&flat, &falling("2027-12-01")], &[told]);
    // Two years later, one year of the first falls with none.
    assert_told([&flat, &falling("2028-12-01")], &[]);
}
