//! What a level gives where the discount is for the payment: a payment term, a billing schedule, or a prepayment
//! beside it.

use super::small_book::{messages, metric, small_book, strategic};
use super::{resolve, total};

const PAYING: &str = "
[payment]
standard = \"net-30\"
[payment.terms.net-30]
title = \"Net 30\"
days = 30
[payment.terms.cash]
title = \"Cash\"
days = 0
[billing]
standard = \"annual\"
[billing.ways.annual]
title = \"yearly\"
months = 12
[billing.ways.quarterly]
title = \"quarterly\"
months = 3
[billing.ways.upfront]
title = \"upfront\"
whole_term = true
at_signature = true
";

fn seat(more: &str) -> String {
    metric("seat", &format!("per = \"year\"\nplaces = 2\n{more}"), &[("1+", "100.00")])
}

fn by_payment(steps: &str) -> String {
    format!(
        "[discount.terms]\ntitle = \"Terms\"\nby = \"payment\"\nbase = \"running\"\nmetrics = [\"seat\"]\n\
         steps = [{steps}]\n"
    )
}

/// 1% for the standard prepayment and 5% for the other one, each with the schedule that it is billed by, if any.
fn prepaid(annual: &str, several: &str, discounted: &str) -> String {
    let billed = |schedule: &str| match schedule {
        "" => String::new(),
        name => format!(", billing = \"{name}\""),
    };
    format!(
        "[term]\nyears = \"1\"\n{}[waterfall]\norder = [\"prepay\", \"terms\"]\n[discount.prepay]\n\
         title = \"Prepayment\"\nby = \"prepay\"\nbase = \"running\"\nmetrics = [\"seat\"]\nstandard = \"yearly\"\n\
         steps = [{{ prepay = \"yearly\", rate = \"1%\"{} }}, {{ prepay = \"several\", rate = \"5%\"{} }}]\n{}{PAYING}",
        seat(""),
        billed(annual),
        billed(several),
        by_payment(&format!("{{ payment = [\"{discounted}\"], rate = \"10%\" }}")),
    )
}

/// Each deal that is told can be quoted, at that discount.
#[test]
fn a_prepayment_is_kept_where_its_billing_agrees() {
    let table = [
        // 1 - 0.95 x 0.90: the prepayment is billed by the schedule that has the discount.
        ("annual", "upfront", "upfront", "14.50%", ", several prepayment", "prepay = \"several\""),
        // 1 - 0.99 x 0.90.
        ("annual", "upfront", "annual", "10.90%", ", yearly prepayment", "prepay = \"yearly\""),
        // Neither prepayment is billed by quarters, so the deal names the schedule alone.
        (
            "annual",
            "upfront",
            "quarterly",
            "10.00%",
            ", billed quarterly",
            "billing = \"quarterly\"",
        ),
        // 1 - 0.99 x 0.90: a prepayment without a schedule takes the one that the deal names.
        (
            "",
            "upfront",
            "quarterly",
            "10.90%",
            ", yearly prepayment, billed quarterly",
            "prepay = \"yearly\"\nbilling = \"quarterly\"",
        ),
        // 1 - 0.95 x 0.90.
        (
            "annual",
            "",
            "quarterly",
            "14.50%",
            ", several prepayment, billed quarterly",
            "prepay = \"several\"\nbilling = \"quarterly\"",
        ),
    ];
    for (annual, several, discounted, discount, told, terms) in table {
        let text = prepaid(annual, several, discounted);
        let found = messages(&text, "level-gives-at-most");
        let expected =
            format!("without approval a deal can be {discount} off list: 1 seat, 1 year{told}");
        assert_eq!(found.first(), Some(&expected), "{annual}, {several}, {discounted}");
        let books = small_book(&text);
        let deal = format!("term_years = 1\n{terms}\n[[line]]\nmetric = \"seat\"\nquantity = 1");
        let deal = resolve(&books, &deal).expect("a deal");
        let net = total(&deal, 1).and_then(|net| net.scaled(2)).expect("a total");
        let off = format!("{}.{:02}%", (10_000 - net) / 100, (10_000 - net) % 100);
        assert_eq!(off, discount, "{annual}, {several}, {discounted}");
    }
}

#[test]
fn a_level_pays_as_its_discount_or_its_program_demands() {
    let one_year = "[term]\nyears = \"1\"\n";
    let terms_only = "[waterfall]\norder = [\"terms\"]\n";
    let both = "[waterfall]\norder = [\"strategic\", \"terms\"]\n";
    let cash = "{ payment = [\"cash\"], rate = \"2%\" }";
    let dear = "{ payment = [\"cash\", \"upfront\"], uplift = \"1%\" }";
    let pilot = |more: &str| format!("max_rate = \"10%\"\napproval = \"lead\"\n{more}");
    let table: [(&str, String, &[&str]); 7] = [
        (
            "a discount for a payment term",
            seat("") + terms_only + &by_payment(cash),
            &["without approval a deal can be 2.00% off list: 1 seat, 1 year, Cash"],
        ),
        (
            "both of two",
            seat("")
                + terms_only
                + &by_payment(&format!("{cash}, {{ payment = [\"quarterly\"], rate = \"3%\" }}")),
            &[
                "without approval a deal can be 4.94% off list: 1 seat, 1 year, Cash, billed quarterly",
            ],
        ),
        // The metric keeps its own schedule.
        (
            "a metric that is billed by the year",
            seat("billing = \"annual\"")
                + terms_only
                + &by_payment(&format!("{cash}, {{ payment = [\"quarterly\"], rate = \"3%\" }}")),
            &["without approval a deal can be 2.00% off list: 1 seat, 1 year, Cash"],
        ),
        // 1 - 0.90 x 1.01: the program demands cash, which costs more.
        (
            "a program for a payment term",
            seat("") + both + &strategic(&pilot("payment = [\"cash\"]")) + &by_payment(dear),
            &["with Lead approval a deal can be 9.10% off list: 1 seat, 1 year, Cash, Pilot 10%"],
        ),
        // Two wishes cost no more than one.
        (
            "a program for a payment term and a schedule",
            seat("")
                + both
                + &strategic(&pilot("payment = [\"cash\", \"upfront\"]"))
                + &by_payment(dear),
            &[
                "with Lead approval a deal can be 9.10% off list: 1 seat, 1 year, Cash, billed upfront, Pilot 10%",
            ],
        ),
        // 1 - 0.90 x 0.98.
        (
            "a program and a discount for one payment term",
            seat("") + both + &strategic(&pilot("payment = [\"cash\"]")) + &by_payment(cash),
            &[
                "without approval a deal can be 2.00% off list: 1 seat, 1 year, Cash",
                "with Lead approval a deal can be 11.80% off list: 1 seat, 1 year, Cash, Pilot 10%",
            ],
        ),
        // The standard payment needs the lead, and cash spares that for 1% more. The program takes the rest:
        // 1 - 0.90 x 0.99 with the lead.
        (
            "a payment term that spares an approval",
            seat("")
                + both
                + &strategic("max_rate = \"10%\"\napproval = \"none\"")
                + &by_payment(
                    "{ payment = [\"net-30\"], rate = \"1%\", approval = \"lead\" }, \
                     { payment = [\"cash\"], uplift = \"1%\" }",
                ),
            &[
                "without approval a deal can be 9.10% off list: 1 seat, 1 year, Cash, Pilot 10%",
                "with Lead approval a deal can be 10.90% off list: 1 seat, 1 year, Pilot 10%",
            ],
        ),
    ];
    for (name, book, expected) in table {
        let found = messages(&format!("{one_year}{book}{PAYING}"), "level-gives-at-most");
        assert_eq!(found.iter().take(expected.len()).collect::<Vec<_>>(), expected, "{name}");
    }
}

/// 5% for a prepayment from two years on.
#[test]
fn a_prepayment_is_earned_from_its_shortest_term_on() {
    for (years, expected) in [
        ("1", "1.00% off list: 1 seat, 1 year, yearly prepayment"),
        ("2", "5.00% off list: 1 seat, 2 years, several prepayment"),
        ("1-3", "5.00% off list: 1 seat, 2 years, several prepayment"),
    ] {
        let text = prepaid("annual", "upfront", "cash")
            .replace("years = \"1\"", &format!("years = \"{years}\""))
            .replace("rate = \"5%\"", "rate = \"5%\", min_years = 2")
            .replace("rate = \"10%\"", "uplift = \"10%\"");
        let found = messages(&text, "level-gives-at-most");
        assert_eq!(
            found.first(),
            Some(&format!("without approval a deal can be {expected}")),
            "{years}"
        );
    }
}
