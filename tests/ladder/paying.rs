//! What a customer gives by how it pays, and what it is given by that.

use super::{load, money, table};
use crate::support::OUR_BOOK;
use dealdesk::answer::negotiate::{Concession, ConcessionKind, Goal, Return, Search, concessions};
use dealdesk::book::Books;
use dealdesk::number::Rate;

/// Everything that is given to a deal with the term and the prepayment that it asks for.
fn given<'b>(deal: &str, books: &'b Books) -> Vec<Concession<'b>> {
    let table = table(deal, books);
    let goal = Goal::Discount(Rate::parse("100%").expect("a rate"));
    let search = Search::new(&table, goal, &[], &["term", "prepay"]).expect("levers");
    let outcome = search.run(&table, &|_| true);
    concessions(outcome.closest.as_ref().expect("what comes closest"))
}

/// Two months, invoiced by the month: who pays at signature pays the second month one month earlier.
#[test]
fn a_prepayment_of_two_months_is_one_month_ahead() {
    let text = OUR_BOOK
        .replace("min_years = 2, ", "")
        .replace("[billing]\nstandard = \"annual\"", "[billing]\nstandard = \"monthly\"")
        + "[billing.ways.monthly]\ntitle = \"monthly in advance\"\nmonths = 1\n";
    let books = load(&text);
    let deal = "joins = \"C\"\nstart = 2026-12-01\nco_term_end = 2027-01-31\nprepay = \"multi-year\"\n\
                [[line]]\nmetric = \"socket\"\nquantity = 100\n";
    let given = given(deal, &books);
    let [Some(Return::Prepay { months, .. })] = given
        .iter()
        .filter(|it| it.kind.name() == Some("prepay"))
        .map(|it| &it.counterpart)
        .collect::<Vec<_>>()[..]
    else {
        panic!("{given:?}")
    };
    assert_eq!(*months, 1);
}

/// Twenty seats at 100.00 with 2% for the quantity, which the VP gives. 60 days and payment by the quarter add 0%, and
/// the level that has to agree to them is that of their own row.
#[test]
fn payment_that_costs_nothing_has_the_level_of_its_own_row() {
    const BOOK: &str = r#"
[book]
name = "Later"
version = "1"
currency = "USD"
symbol = "$"
quote_valid = "30 days"

[[approval]]
level = "director"
title = "Director"

[[approval]]
level = "vp"
title = "VP"

[metric.seat]
title = "Seat"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
places = 2
tiers = [{ quantity = "1+", price = "100.00" }]

[payment]
standard = "net-30"
[payment.terms.net-30]
title = "Net 30"
days = 30
[payment.terms.net-60]
title = "Net 60"
days = 60

[billing]
standard = "annual"
[billing.ways.annual]
title = "yearly"
months = 12
[billing.ways.quarterly]
title = "quarterly"
months = 3

[waterfall]
order = ["volume", "later"]

[discount.volume]
title = "Volume discount"
by = "quantity"
base = "running"
metrics = ["seat"]
steps = [{ quantity = "10+", rate = "2%", approval = "vp" }]

[discount.later]
title = "Later"
by = "payment"
base = "running"
metrics = ["seat"]
steps = [{ payment = ["net-60", "quarterly"], uplift = "0%", approval = "director" }]
"#;
    let books = load(BOOK);
    let level_of = |paying: &str| {
        let deal = format!("{paying}\n[[line]]\nmetric = \"seat\"\nquantity = 20\n");
        let given = given(&deal, &books);
        let is_payment = |it: &&Concession<'_>| matches!(it.kind, ConcessionKind::Payment(_));
        let found = given.iter().find(is_payment).expect("later payment");
        assert_eq!(found.money, money("0"));
        books.first().ladder().name(found.level).to_owned()
    };
    assert_eq!(level_of("payment = \"net-60\""), "director");
    assert_eq!(level_of("billing = \"quarterly\""), "director");
}

/// A discount for paying every year, as the standard does, asks for nothing ahead, and for no months.
#[test]
fn paying_as_the_standard_does_is_not_ahead() {
    let text = OUR_BOOK
        .replace("prepay = \"annual\", rate = \"0%\"", "prepay = \"annual\", rate = \"2%\"");
    let books = load(&text);
    let deal =
        "term_years = 3\nprepay = \"annual\"\n[[line]]\nmetric = \"socket\"\nquantity = 100\n";
    let given = given(deal, &books);
    let paid = given.iter().find(|it| it.kind.name() == Some("prepay")).expect("a prepayment");
    let Some(Return::Prepay { ahead, months, .. }) = &paid.counterpart else { panic!("{paid:?}") };
    assert_eq!((*ahead, *months), (Some(money("0")), 0));
}
