//! Charges that are rounded to coins for each quantity: a deal can be further off list than the first quantity of its
//! range, so that a guardrail beyond the rate is reached, and a level gives more than its rate.

use super::resolve;
use super::small_book::{discount_guardrail, messages, metric, program, small_book};
use dealdesk::price::price;

/// A metric, the largest rate, and a quantity that is further off list than the first one.
struct Charged {
    name: &'static str,
    years: &'static str,
    metric: String,
    rate: &'static str,
    /// A guardrail that the quantity exceeds.
    limit: &'static str,
    quantity: u64,
    /// List and net of the quantity, in cents.
    cents: [u64; 2],
    /// The share off list that is told of the level.
    gives: &'static str,
}

fn once(maintenance: &str) -> String {
    format!("per = \"once\"\nmaintenance = \"{maintenance}\"")
}

fn table() -> Vec<Charged> {
    vec![
        // Of 2 for ten years: 0.04 + 10 x 0.01 of 0.008, and 0.02 + 10 x 0.00 of 0.004. One has 0.02 and 0.01.
        Charged {
            name: "maintenance over ten years",
            years: "10",
            metric: metric("seat", &format!("{}\nplaces = 2", once("20%")), &[("1+", "0.02")]),
            rate: "30%",
            limit: "85%",
            quantity: 2,
            cents: [14, 2],
            gives: "at least 50.00%",
        },
        // Of 12 for a year: 0.04 of 0.036 + 0.01 of 0.008, and 0.02 of 0.024 + 0.00 of 0.004. Ten have 0.03 + 0.01
        // and 0.02 + 0.00.
        Charged {
            name: "a license in fractions of a cent, with maintenance",
            years: "1",
            metric: metric("seat", &format!("{}\nplaces = 3", once("20%")), &[("10+", "0.003")]),
            rate: "20%",
            limit: "59%",
            quantity: 12,
            cents: [5, 2],
            gives: "at least 50.00%",
        },
        // Of 3: 0.02 of 0.015, and 0.01 of 0.012. Two have 0.01 of 0.010 and 0.01 of 0.008.
        Charged {
            name: "a yearly price in fractions of a cent",
            years: "1",
            metric: metric("seat", "per = \"year\"\nplaces = 3", &[("2+", "0.005")]),
            rate: "20%",
            limit: "49%",
            quantity: 3,
            cents: [2, 1],
            gives: "at least 20.00%",
        },
    ]
}

fn book(metric: &str, years: &str, rate: &str, limit: &str) -> String {
    let terms = format!("max_rate = \"{rate}\"\napproval = \"lead\"");
    let rail = discount_guardrail(limit, "approval = \"lead\"");
    format!("[term]\nyears = \"{years}\"\n{metric}{}{rail}", program(&terms))
}

#[test]
fn rounding_takes_a_larger_quantity_beyond_a_guardrail() {
    for it in table() {
        let text = book(&it.metric, it.years, it.rate, it.limit);
        let books = small_book(&text);
        let deal = format!(
            "term_years = {}\n[strategic]\nprogram = \"pilot\"\nrate = \"{}\"\n[[line]]\nmetric = \"seat\"\n\
             quantity = {}",
            it.years, it.rate, it.quantity
        );
        let totals = price(&resolve(&books, &deal).expect("a deal")).totals;
        let cents = [totals.list_tcv, totals.tcv];
        let cents = cents.map(|amount| amount.scaled(2).expect("cents"));
        assert_eq!(cents, it.cents, "{}", it.name);
        assert_eq!(messages(&text, "unreached"), Vec::<String>::new(), "{}", it.name);
        let gives = messages(&text, "level-gives-at-most");
        let gives = gives.last().expect("a level");
        let start = format!("with Lead approval a deal can be {} off list: ", it.gives);
        assert!(gives.starts_with(&start), "{}: {gives}", it.name);
    }
}

/// 2 of $0.02 are $0.04, and $0.02 with 30% off each: nothing else is rounded.
#[test]
fn whole_coins_leave_a_guardrail_unreached() {
    let yearly = metric("seat", "per = \"year\"\nplaces = 2", &[("1+", "0.02")]);
    let unreached =
        "guardrail.deep is for more than 50% off list, and no deal can have that discount";
    assert_eq!(messages(&book(&yearly, "10", "30%", "50%"), "unreached"), [unreached]);
    assert_eq!(messages(&book(&yearly, "10", "30%", "49.99%"), "unreached"), Vec::<String>::new());
    let gives = messages(&book(&yearly, "10", "30%", "50%"), "level-gives-at-most");
    assert_eq!(
        gives,
        ["with Lead approval a deal can be 50.00% off list: 1 seat, 10 years, Pilot 30%"]
    );
}

/// A range of one quantity has one price: 0.04 + 10 x 0.01 are 0.14, and 0.02 are 85.714% less.
#[test]
fn one_quantity_is_exact_however_it_is_rounded() {
    let two = metric("seat", &format!("{}\nplaces = 2", once("20%")), &[("2", "0.02")]);
    let unreached =
        "guardrail.deep is for more than 85.72% off list, and no deal can have that discount";
    assert_eq!(messages(&book(&two, "10", "30%", "85.72%"), "unreached"), [unreached]);
    assert_eq!(messages(&book(&two, "10", "30%", "85.71%"), "unreached"), Vec::<String>::new());
    let gives = messages(&book(&two, "10", "30%", "85.72%"), "level-gives-at-most");
    assert_eq!(
        gives,
        ["with Lead approval a deal can be 85.71% off list: 2 seats, 10 years, Pilot 30%"]
    );
}

/// 0.005 of a seat at $1.00 are a cent, and at $0.90 they are none: of a part of a unit, rounding can take all.
#[test]
fn a_part_of_a_unit_reaches_every_guardrail() {
    for (parts, expected) in [
        (
            "",
            vec![
                "guardrail.deep is for more than 99% off list, and no deal can have that discount",
            ],
        ),
        ("\nfractional = true", vec![]),
    ] {
        let more = format!("per = \"year\"\nplaces = 2{parts}");
        let seat = metric("seat", &more, &[("1+", "1.00")]);
        let text = book(&seat, "1", "10%", "99%");
        assert_eq!(messages(&text, "unreached"), expected, "{parts}");
        // The largest discount of a level is that of whole units.
        let gives = messages(&text, "level-gives-at-most");
        assert_eq!(
            gives,
            ["with Lead approval a deal can be 10.00% off list: 1 seat, 1 year, Pilot 10%"]
        );
    }
}
