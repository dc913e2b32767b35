//! Floors at a limit and one coin below it: the floor of a program as a price, and the ARR above which a program is
//! given.

use super::small_book::{discount_guardrail, messages, metric, program};

const ONE_YEAR: &str = "[term]\nyears = \"1\"\n";

fn seat(tiers: &[(&str, &str)]) -> String {
    ONE_YEAR.to_owned() + &metric("seat", "per = \"year\"\nplaces = 2", tiers)
}

/// Half off for a school, and no line for less than a floor.
fn school(floor: &str) -> String {
    program(&format!("rate = \"50%\"\napproval = \"none\"\nexclusive = true\nfloor = \"{floor}\""))
}

/// Half of $1.01 is rounded to $0.51: 19 x 0.51 = $9.69, and 20 x 0.48 = $9.60 or the floor. At list 19 cost $19.19
/// and 20 cost $19.20.
#[test]
fn a_floor_evens_a_larger_order_out() {
    for (floor, cost) in
        [("9.60", Some("9.60")), ("9.61", Some("9.61")), ("9.68", Some("9.68")), ("9.69", None)]
    {
        let text = seat(&[("1-19", "1.01"), ("20+", "0.96")]) + &school(floor);
        let expected = cost.map(|cost| {
            format!(
                "19 seats cost more than 20: over 1 year with Pilot 50%, 19 cost USD 9.69 and 20 cost USD {cost}"
            )
        });
        let found = messages(&text, "larger-order-costs-less");
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{floor}");
    }
}

/// A school has half off, but no more than 40%: of 10 seats at $1,000.00 a floor of $600.00 takes $400.00. Of 11 it
/// would take $500.00 off $1,100.00, so that 11 are ordered at list. Two orders at the floor cost $1,200.00.
#[test]
fn a_floor_keeps_an_order_within_a_limit() {
    // 10 + 2 seats cost as much as 12 at list, and 10 + 3 cost less than 13.
    let by_ten = "13 to 40 seats cost less in several orders: over 1 year, 40 cost USD 4,000.00, and \
                  10 + 10 + 10 + 10 cost USD 2,400.00 with Pilot 50%";
    // 10 seats are off by a cent too much, and 9 + 3 cost two cents less than 12.
    let by_nine = "12 to 36 seats cost less in several orders: over 1 year, 36 cost USD 3,600.00, and \
                   9 + 9 + 9 + 9 cost USD 2,399.96 with Pilot 50%";
    // Half a cent is rounded up: the floor costs $600.00.
    for (floor, places, expected) in [
        ("600.00", 2, by_ten),
        ("599.99", 2, by_nine),
        ("599.995", 3, by_ten),
        ("599.994", 3, by_nine),
    ] {
        let more = format!("per = \"year\"\nplaces = {places}");
        let seat = metric("seat", &more, &[("1+", "100.00")]);
        let rail = discount_guardrail("40%", "refuse = true");
        let text = format!("{ONE_YEAR}{seat}{}{rail}", school(floor));
        assert_eq!(messages(&text, "splitting-costs-less"), [expected], "{floor}");
    }
}

/// 50 seats have $5,000.00 a year.
#[test]
fn a_program_begins_with_the_first_order_above_its_arr() {
    for (floor, first) in
        [("4999.99", "50 seats"), ("5000.00", "51 seats"), ("5000.01", "51 seats")]
    {
        let text = seat(&[("1+", "100.00")])
            + &program(&format!(
                "max_rate = \"20%\"\napproval = \"lead\"\narr_above = \"{floor}\""
            ));
        assert_eq!(
            messages(&text, "level-gives-at-most"),
            [format!(
                "with Lead approval a deal can be 20.00% off list: {first}, 1 year, Pilot 20%"
            )],
            "{floor}"
        );
    }
}

/// 50 seats are the largest order.
#[test]
fn a_program_is_reached_by_the_largest_order() {
    for (floor, expected) in [
        ("4999.99", None),
        (
            "5000.00",
            Some(
                "Pilot needs ARR above USD 5,000.00, and the largest possible order has USD 5,000.00",
            ),
        ),
        (
            "5000.01",
            Some(
                "Pilot needs ARR above USD 5,000.01, and the largest possible order has USD 5,000.00",
            ),
        ),
    ] {
        let text = seat(&[("1-50", "100.00")])
            + &program(&format!(
                "max_rate = \"20%\"\napproval = \"none\"\narr_above = \"{floor}\""
            ));
        let found = messages(&text, "unreached");
        let mine: Vec<_> = found.iter().filter(|it| it.starts_with("Pilot")).collect();
        assert_eq!(mine, expected.iter().collect::<Vec<_>>(), "{floor}");
    }
}
