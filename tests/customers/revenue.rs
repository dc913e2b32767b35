//! Revenue that a partner shares with us, stated in several deals of one customer: it is one revenue.

use super::{acme, splits, with};
use crate::support::{DAY, OUR_BOOK};

/// 100 sockets through an OEM, of whose revenue 30% is ours. A year of them is $225,000.
fn oem(revenue: u32, partner: &str, rest: &str) -> String {
    let channel = "[channel]\nname = \"oem\"\nbasis = \"report\"";
    acme("socket", 100, rest) + &format!("{channel}\nrevenue = \"{revenue}.00\"\n{partner}\n")
}

const ZENITH: &str = "partner = \"Zenith\"";

#[track_caller]
fn assert_told(one: &str, other: &str, expected: &[&str]) {
    assert_eq!(splits(OUR_BOOK, DAY, &[one, other]), expected, "{one}---\n{other}");
    assert_eq!(splits(OUR_BOOK, DAY, &[other, one]), expected, "{other}---\n{one}");
}

/// $300,000 a year are more than $225,000, and for two years more than 2 x $202,500. Together the lines are $630,000 in
/// two years, in which $600,000 are ours: 20% off $750,000.
#[test]
fn deals_of_other_terms_share_one_revenue() {
    let (one, two) = (oem(1_000_000, ZENITH, ""), oem(1_000_000, ZENITH, "term_years = 2"));
    assert_told(&one, &two, &["channel.oem: 1 2"]);
    with(OUR_BOOK, DAY, &[&one, &two], |checked| {
        let [split] = checked.splits.as_slice() else { panic!("{:?}", checked.splits) };
        assert_eq!(
            split.message(),
            "1 and 2 of Acme together need VP approval: Sold through OEM at 30% of the partner's revenue of \
             $1,000,000.00 per year: our net is $600,000.00, 20.00% off list, less than the $630,000.00 of the lines"
        );
    });
}

/// The largest counts: 30% of $1,499,999 are less than $450,000 in a year, and 30% of $1,500,000 are not.
#[test]
fn another_amount_is_no_other_revenue() {
    let one = oem(1_000_000, ZENITH, "");
    assert_told(&one, &oem(1_000_001, ZENITH, ""), &["channel.oem: 1 2"]);
    assert_told(&one, &oem(1_499_999, ZENITH, ""), &["channel.oem: 1 2"]);
    assert_told(&one, &oem(1_500_000, ZENITH, ""), &[]);
}

#[test]
fn a_revenue_is_of_one_partner_and_of_days() {
    let one = oem(1_000_000, ZENITH, "");
    assert_told(&one, &oem(1_000_001, "partner = \"ZENITH, Inc.\"", ""), &["channel.oem: 1 2"]);
    assert_told(&one, &oem(1_000_001, "", ""), &["channel.oem: 1 2"]);
    assert_told(&one, &oem(1_000_001, "partner = \"Vertex\"", ""), &[]);
    let after = |start| oem(1_000_001, ZENITH, &format!("start = {start}\nterm_years = 2"));
    assert_told(&one, &after("2027-11-21"), &[]);
    // From the last day of the first on, they have three years but a day, in which almost $900,000 are ours.
    assert_told(&one, &after("2027-11-20"), &[]);
    assert_told(&one, &after("2026-11-22"), &["channel.oem: 1 2"]);
}

/// The price of the lines beside each other counts: 490 sockets are $2,250 each, and 600 are $2,550. $1,102,500 and
/// $247,500 are $1,350,000, and 600 x $2,550 = $1,530,000 are more than 30% of $4,600,000.
#[test]
fn the_lines_have_the_price_that_they_have_together() {
    let of = |sockets: u32, revenue: u32| {
        oem(revenue, ZENITH, "").replace("= 100\n", &format!("= {sockets}\n"))
    };
    let saved = "180000.00: 1 2: $1,350,000.00 apart, $1,530,000.00 as 600 sockets";
    let told = splits(OUR_BOOK, DAY, &[&of(490, 4_600_000), &of(110, 4_600_001)]);
    assert_eq!(told, [saved, "channel.oem: 1 2"]);
    let told = splits(OUR_BOOK, DAY, &[&of(490, 5_100_000), &of(110, 5_100_001)]);
    assert_eq!(told, [saved]);
}

/// 400 sockets are $900,000 in a year, of 800 none is told together across customers: $930,000 of one revenue are less
/// than the $1,800,000 of both. Another amount, basis or partner is another revenue, and so is one without a basis.
#[test]
fn a_revenue_that_two_customers_state_is_one() {
    let of = |customer: &str, change: [&str; 2]| {
        let deal = oem(3_100_000, "partner = \"Granite\"", "").replace("= 100\n", "= 400\n");
        deal.replace("Acme", customer).replace(change[0], change[1])
    };
    let told = |change: [&str; 2]| {
        splits(OUR_BOOK, DAY, &[&of("Tenants East", ["", ""]), &of("Tenants West", change)])
    };
    assert_eq!(told(["", ""]), ["channel.oem: 1 2"]);
    assert_eq!(told(["Granite", "GRANITE, Inc."]), ["channel.oem: 1 2"]);
    assert_eq!(told(["\"report\"", "\"Report \""]), ["channel.oem: 1 2"]);
    for other in [["Granite", "Vertex"], ["3100000", "3100001"], ["\"report\"", "\"price list\""]] {
        assert_eq!(told(other), Vec::<String>::new(), "{other:?}");
    }
    let deals = [of("Tenants East", ["", ""]), of("Tenants West", ["", ""])];
    with(OUR_BOOK, DAY, &[&deals[0], &deals[1]], |checked| {
        let [split] = checked.splits.as_slice() else { panic!("{:?}", checked.splits) };
        let told = split.message();
        assert!(told.starts_with("1 and 2 of Granite together need VP approval: "), "{told}");
    });
}
