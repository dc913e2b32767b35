//! Whose deals are: account, name or opportunity, and names under two accounts.

use super::{splits, with};
use crate::support::{DAY, OUR_BOOK};
use dealdesk::answer::pipeline::SharedName;

/// A deal of 49 sockets with these keys. Two of them cost 2 x 49 x $1,500 = $147,000 apart, and 2 x 49 x $2,375
/// = $232,750 as 98, in Enterprise and with 5% off.
fn sockets(keys: &str) -> String {
    format!("{keys}\n[[line]]\nmetric = \"socket\"\nquantity = 49\n")
}

const TWO: &str = "85750.00: 1 2: $147,000.00 apart, $232,750.00 as 98 sockets";

#[track_caller]
fn assert_told(deals: &[&str], expected: &[&str]) {
    let deals: Vec<_> = deals.iter().map(|keys| sockets(keys)).collect();
    let deals: Vec<_> = deals.iter().map(String::as_str).collect();
    assert_eq!(splits(OUR_BOOK, DAY, &deals), expected, "{deals:?}");
}

#[test]
fn one_of_three_marks_is_enough() {
    assert_told(&["customer = \"Acme Bank\"", "customer = \"ACME-Bank, Inc.\""], &[TWO]);
    let of = |name: &str, account: &str| format!("customer = \"{name}\"\naccount = \"{account}\"");
    assert_told(&[&of("Acme", "001"), &of("Acme Holding", "001")], &[TWO]);
    assert_told(&[&of("Acme", "001"), "account = \"001\""], &[TWO]);
    let deal = |name: &str| format!("customer = \"{name}\"\nopportunity = \"OPP-7\"");
    assert_told(&[&deal("Acme"), &deal("Globex")], &[TWO]);
    assert_told(&[&of("Acme", "001"), &of("Globex", "002")], &[]);
    // An account is no opportunity, whatever its number.
    assert_told(&[&of("Acme", "7"), "customer = \"Globex\"\nopportunity = \"7\""], &[]);
    // Nobody's deals are not one customer's.
    assert_told(&["", ""], &[]);
}

/// The second has the name of the first and the account of the third. 3 x 49 sockets have 10% off: 147 x $2,250 =
/// $330,750 in place of 147 x $1,500 = $220,500.
#[test]
fn a_third_deal_connects_two() {
    let deals = [
        "customer = \"Acme\"\naccount = \"001\"",
        "customer = \"Acme Inc.\"\naccount = \"002\"",
        "customer = \"Acme Europe\"\naccount = \"002\"",
    ];
    let told = "110250.00: 1 2 3: $220,500.00 apart, $330,750.00 as 147 sockets";
    assert_told(&deals, &[told]);
    assert_told(&[deals[0], deals[2]], &[]);
}

#[test]
fn one_name_under_two_accounts_is_reported() {
    let deals = [
        sockets("customer = \"Acme Bank\"\naccount = \"001\""),
        sockets("customer = \"Acme Bank Inc.\"\naccount = \"002\""),
        sockets("customer = \"acme bank\"\naccount = \"001\""),
        sockets("customer = \"Acme Bank\""),
        sockets("customer = \"Globex\"\naccount = \"003\""),
    ];
    let deals: Vec<_> = deals.iter().map(String::as_str).collect();
    with(OUR_BOOK, DAY, &deals, |checked| {
        let told: Vec<_> = checked.shared_names.iter().map(SharedName::message).collect();
        assert_eq!(told, ["Acme Bank has 2 accounts: 001 (1 and 3) and 002 (2)"]);
        let noted = checked.judged().filter(|judged| {
            judged.notices.iter().any(|notice| notice.kind.code == "accounts-of-one-name")
        });
        assert_eq!(noted.map(|judged| judged.name).collect::<Vec<_>>(), ["1", "2", "3"]);
    });
    with(OUR_BOOK, DAY, &deals[3..], |checked| assert!(checked.shared_names.is_empty()));
}
