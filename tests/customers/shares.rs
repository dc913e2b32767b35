//! Shares of other lines, such as support, in several deals of one customer.

use super::{splits, with};
use crate::support::{DAY, OUR_BOOK};

const SUPPORT: &str = include_str!("../../examples/books/support-of-lines.toml");

/// A deal of Acme with seats, and with support of them or without.
fn seats(quantity: u32, support: &str, rest: &str) -> String {
    format!(
        "customer = \"Acme\"\n{rest}\n[[line]]\nmetric = \"seat\"\nquantity = {quantity}\n{support}"
    )
}

const PREMIER: &str = "[[line]]\nmetric = \"premier\"\n";

/// 30% of $198.00 is $59.40, and of 1,001 seats $59,459.40.
#[test]
fn support_of_one_seat_is_support_of_all() {
    let (most, one) = (seats(1000, "", ""), seats(1, PREMIER, ""));
    let expected = ["59400.00: 1 2: Premier support is $59.40 apart, and $59,459.40 of all lines"];
    assert_eq!(splits(SUPPORT, DAY, &[&most, &one]), expected);
    // For two years it is twice as much.
    let later = seats(1000, "", "term_years = 2");
    let expected =
        ["118800.00: 1 2: Premier support is $59.40 apart, and $118,859.40 of all lines"];
    assert_eq!(splits(SUPPORT, DAY, &[&later, &one]), expected);
}

#[test]
fn support_in_every_deal_or_in_none_is_no_split() {
    let with_support = [seats(1000, PREMIER, ""), seats(1, PREMIER, "")];
    let without = [seats(1000, "", ""), seats(1, "", "")];
    for [one, other] in [with_support, without] {
        assert_eq!(splits(SUPPORT, DAY, &[&one, &other]), [""; 0]);
    }
    // The support is not of stations, and contracts that follow each other are two.
    let stations = "customer = \"Acme\"\n[[line]]\nmetric = \"station\"\nquantity = 10\n";
    assert_eq!(splits(SUPPORT, DAY, &[stations, &seats(1, PREMIER, "")]), [""; 0]);
    let next = seats(1000, "", "start = 2027-11-21");
    let first = seats(1, PREMIER, "start = 2026-11-21");
    assert_eq!(splits(SUPPORT, DAY, &[&next, &first]), [""; 0]);
}

/// A customer has every name of its account, so none of these names is a partner's.
#[test]
fn a_partner_with_another_name_of_the_customer_is_refused() {
    let deal = |customer: &str, rest: &str| {
        format!(
            "customer = \"{customer}\"\naccount = \"X-1\"\n[[line]]\nmetric = \"core\"\nquantity = 10\n{rest}"
        )
    };
    let channel = "[channel]\nname = \"reseller\"\nrate = \"30%\"\npartner = \"ACME, Inc.\"\n";
    let (own, other) = (deal("Acme", ""), deal("Globex Holding", channel));
    with(OUR_BOOK, DAY, &[&own, &other], |checked| {
        let violations: Vec<_> = checked.judged().flat_map(|it| &it.verdict.violations).collect();
        let [violation] = violations[..] else { panic!("{violations:?}") };
        assert_eq!(violation.message, "the partner is the customer: Acme (1)");
    });
    let other_account = other.replace("X-1", "X-2");
    with(OUR_BOOK, DAY, &[&own, &other_account], |checked| {
        assert!(checked.judged().all(|it| it.verdict.violations.is_empty()));
    });
}

/// However the number of an account or an opportunity is written: 40 and 40 sockets are 80, at $2,375.00 each.
#[test]
fn numbers_of_accounts_are_folded() {
    let deal = |mark: &str| format!("{mark}\n[[line]]\nmetric = \"socket\"\nquantity = 40\n");
    for [one, other] in [
        ["account = \"ACC-7\"", "account = \"acc 7\""],
        ["opportunity = \"OPP1\"", "opportunity = \"opp-1\""],
    ] {
        let found = splits(OUR_BOOK, DAY, &[&deal(one), &deal(other)]);
        assert_eq!(found.len(), 1, "{one} {other}: {found:?}");
    }
    assert!(
        splits(OUR_BOOK, DAY, &[&deal("account = \"7\""), &deal("account = \"71\"")]).is_empty()
    );
}
