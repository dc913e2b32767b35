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
/// all four cost less together.
#[test]
fn deals_that_cost_less_together_hide_no_split_of_the_others() {
    let split = half_a_year();
    let told = "42757.52: 1 2: $73,298.64 apart, $116,056.16 as 98 sockets";
    assert_told(&[&split, &split], &[told]);
    let decoy = acme("socket", 99, "start = 2027-05-31\nterm_years = 2");
    assert_told(&[&split, &split, &decoy, &decoy], &[told]);
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
