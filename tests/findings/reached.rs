//! Programs and guardrails that exactly one quantity or rate reaches, or that it just fails to reach.

use super::small_book::{discount_guardrail, messages, metric, program};

type Tiers<'t> = &'t [(&'t str, &'t str)];

fn seat(tiers: Tiers<'_>) -> String {
    format!("[term]\nyears = \"1\"\n{}", metric("seat", "per = \"year\"\nplaces = 2", tiers))
}

/// A seat costs $100.00, with 10% off for the pilot.
#[test]
fn a_program_is_for_one_quantity_that_is_sold() {
    let unsold = |range: &str| {
        let sold = "nothing that it applies to is sold in such a quantity";
        vec![format!("Pilot is for {range} units, and {sold}")]
    };
    let table = [
        ("5+", "1-5", "", vec![]),
        ("6+", "1-5", "", unsold("1-5")),
        ("1-5", "5+", "", vec![]),
        ("1-4", "5+", "", unsold("5+")),
        // 50 seats are the last that are sold and the first that the program is for: $5,000.00.
        ("1-50", "50+", "arr_above = \"4999.99\"", vec![]),
    ];
    for (sold, range, more, expected) in table {
        let terms =
            format!("max_rate = \"10%\"\napproval = \"none\"\nquantity = \"{range}\"\n{more}");
        let found = messages(&(seat(&[(sold, "100.00")]) + &program(&terms)), "unreached");
        let mine: Vec<_> = found.into_iter().filter(|it| it.starts_with("Pilot")).collect();
        assert_eq!(mine, expected, "{sold}, {range}");
    }
}

/// The pilot is the only discount.
#[test]
fn a_guardrail_is_exceeded_by_a_program_at_its_largest_rate() {
    let unreached = |limit: &str| {
        vec![format!(
            "guardrail.deep is for more than {limit} off list, and no deal can have that discount"
        )]
    };
    let table = [
        ("max_rate = \"10%\"", "9.99%", vec![]),
        ("max_rate = \"10%\"", "10%", unreached("10%")),
        // The program is for the smallest order alone.
        ("max_rate = \"10%\"\nquantity = \"5\"", "9.99%", vec![]),
        ("rate = \"50%\"\nexclusive = true", "49.99%", vec![]),
        ("rate = \"50%\"\nexclusive = true", "50%", unreached("50%")),
    ];
    for (terms, limit, expected) in table {
        let terms = format!("{terms}\napproval = \"lead\"");
        let rail = discount_guardrail(limit, "approval = \"lead\"");
        let text = seat(&[("5+", "100.00")]) + &program(&terms) + &rail;
        assert_eq!(messages(&text, "unreached"), expected, "{terms}, {limit}");
    }
}

/// Of guardrails at one limit, one that refuses leaves nothing for one that asks, and the first that refuses leaves
/// nothing for the second.
#[test]
fn a_guardrail_at_a_refused_limit_is_unreached() {
    let (asks, refuses) = ("approval = \"lead\"", "refuse = true");
    let second = |limit: &str, other: &str| {
        format!("guardrail.{other} is for ACV of more than USD {limit}, and guardrail.")
    };
    let table = [
        (["100.00", asks], ["100.00", asks], None),
        (
            ["100.00", asks],
            ["100.00", refuses],
            Some(second("100.00", "one") + "two refuses such deals"),
        ),
        (
            ["100.00", refuses],
            ["100.00", asks],
            Some(second("100.00", "two") + "one refuses such deals"),
        ),
        (
            ["100.00", refuses],
            ["100.00", refuses],
            Some(second("100.00", "two") + "one refuses such deals"),
        ),
        // One cent below the limit is reached, and one above is not.
        (["99.99", asks], ["100.00", refuses], None),
        (
            ["100.01", asks],
            ["100.00", refuses],
            Some(second("100.01", "one") + "two refuses such deals"),
        ),
    ];
    for ([first, one], [next, two], expected) in table {
        let rail = |name: &str, limit: &str, does: &str| {
            let rail = discount_guardrail(limit, does).replace("\"discount\"", "\"acv\"");
            rail.replace("name = \"deep\"", &format!("name = \"{name}\""))
        };
        let terms = "max_rate = \"10%\"\napproval = \"lead\"";
        let rails = rail("one", first, one) + &rail("two", next, two);
        let text = seat(&[("1+", "100.00")]) + &program(terms) + &rails;
        assert_eq!(
            messages(&text, "unreached"),
            expected.into_iter().collect::<Vec<_>>(),
            "{first} {one}, {next} {two}"
        );
    }
}
