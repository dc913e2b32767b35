//! What an order chooses: the sets of programs, the first and the last of equal results, and the deal that a level is
//! told by.

use super::small_book::{discount_guardrail, messages, metric, strategic};

const ONE_YEAR: &str = "[term]\nyears = \"1\"\n";
const HEAD: &str = "[[approval]]\nlevel = \"head\"\ntitle = \"Head\"\n";
const REVIEW: &str = "[[review]]\nname = \"legal\"\ntitle = \"Legal review\"\n";

fn seat(more: &str, tiers: &[(&str, &str)]) -> String {
    ONE_YEAR.to_owned() + &metric("seat", &format!("per = \"year\"\n{more}"), tiers)
}

fn seats() -> String {
    seat("places = 2", &[("1+", "100.00")])
}

/// A waterfall of a discount for the size and of programs. `steps` are those of the discount.
fn size(steps: &str) -> String {
    format!(
        "[waterfall]\norder = [\"size\", \"strategic\"]\n[discount.size]\ntitle = \"Size\"\nby = \"quantity\"\n\
         base = \"running\"\nmetrics = [\"seat\"]\nsteps = [{steps}]\n"
    )
}

/// The first program is "Pilot", and `second` are the keys of another one.
fn two_programs(pilot: &str, second: &str) -> String {
    format!(
        "{}[discount.strategic.program.second]\ntitle = \"Second\"\n{second}\n",
        strategic(pilot)
    )
}

fn levels(text: &str) -> Vec<String> {
    messages(text, "level-gives-at-most")
}

fn larger(text: &str) -> Vec<String> {
    messages(text, "larger-order-costs-less")
}

/// From 10 seats on, each program takes 30%: 700.00 with one, and 490.00 with both. A quote has as many as the
/// discount allows.
#[test]
fn a_set_has_as_many_programs_as_a_quote_may_have() {
    let pilot = "rate = \"30%\"\nquantity = \"10+\"\napproval = \"none\"";
    let programs = two_programs(pilot, pilot);
    let most = |most: u32| format!("metrics = [\"seat\"]\nat_most = {most}\n[discount.strategic.");
    for (at_most, expected) in [
        (
            1,
            "8 to 9 seats cost more than 10: over 1 year, 9 cost USD 900.00 and 10 cost USD 700.00 with Pilot 30%",
        ),
        (
            2,
            "5 to 9 seats cost more than 10: over 1 year, 9 cost USD 900.00 and 10 cost USD 490.00 with Pilot 30% \
             and Second 30%",
        ),
    ] {
        let programs =
            programs.replacen("metrics = [\"seat\"]\n[discount.strategic.", &most(at_most), 1);
        let steps = "{ quantity = \"1+\", rate = \"0%\" }";
        assert_eq!(larger(&(seats() + &size(steps) + &programs)), [expected], "{at_most}");
    }
}

/// 9 seats cost $900.00, and so do 18 at half the price, for which a seat more than 9 has the ARR. 19 seats have both
/// programs: 19 x 100.00 x 0.50 x 0.20 = $190.00. The smaller of the two orders that cost most too much is told.
#[test]
fn of_two_orders_that_cost_as_much_too_much_the_smaller_is_told() {
    let pilot = "rate = \"50%\"\narr_above = \"900.00\"\napproval = \"none\"";
    let second = "rate = \"80%\"\nquantity = \"19+\"\napproval = \"none\"";
    let programs = two_programs(pilot, second).replacen(
        "metrics = [\"seat\"]\n[discount.strategic.",
        "metrics = [\"seat\"]\nat_most = 2\n[discount.strategic.",
        1,
    );
    let found = larger(&(seats() + &size("{ quantity = \"1+\", rate = \"0%\" }") + &programs));
    let expected = "2 to 18 seats cost more than 19: over 1 year, 9 cost USD 900.00 and 19 cost USD 190.00 with \
                    Pilot 50% and Second 80%; overpayment of up to USD 1,420.00, over 1 year with Second 80%";
    assert_eq!(found, [expected]);
}

/// 9 seats cost $899,999,992.11 and have the ARR. The largest orders have more digits than are exact, and are not sold.
#[test]
fn a_program_is_found_where_the_largest_orders_are_not_priced() {
    let pilot = "rate = \"50%\"\narr_above = \"899999991.00\"\napproval = \"none\"";
    let text = seat("places = 12", &[("1+", "99999999.123456789012")])
        + &size("{ quantity = \"1+\", rate = \"0%\" }")
        + &strategic(pilot);
    let expected = "5 to 8 seats cost more than 9: over 1 year, 8 cost USD 799,999,992.99 and 9 cost USD \
                    449,999,996.06 with Pilot 50%";
    assert_eq!(larger(&text), [expected]);
}

/// A small rate of a program is as hard to get as its largest, which is less than that of the easier one.
#[test]
fn a_small_rate_needs_more_up_to_the_smaller_of_two_rates() {
    let (pilot, second) =
        ("max_rate = \"15%\"\napproval = \"lead\"", "max_rate = \"10%\"\napproval = \"head\"");
    let text = HEAD.to_owned()
        + &seats()
        + &size("{ quantity = \"1+\", rate = \"0%\" }")
        + &two_programs(pilot, second);
    let expected = "Second needs Head approval at any rate, but Pilot needs only Lead approval up to 15%: up to 10%, \
                    the first is harder to get";
    assert_eq!(messages(&text, "small-rate-needs-more"), [expected]);
}

/// Without approval, a size that needs the lead from its first percent on is held back: no size, and not 0% of it.
/// Where another step takes an amount off, no part of a rate is given: 100.00 - 1.00 = 99.00, x 0.85 = 84.15.
#[test]
fn a_discount_is_held_back_where_no_part_of_it_is_given() {
    let pilot = "max_rate = \"15%\"\napproval = \"none\"";
    let lead = "with Lead approval a deal can be 32.00% off list";
    for (steps, nobody, with_lead) in [
        (
            "{ quantity = \"1+\", rate = \"20%\", approval = \"lead\", otherwise = \"0%\" }",
            "15.00% off list: 1 seat, 1 year, no size, Pilot 15%",
            "1 seat, 1 year, Pilot 15%",
        ),
        (
            "{ quantity = \"1-9\", amount = \"1.00\" }, \
             { quantity = \"10+\", rate = \"20%\", approval = \"lead\", otherwise = \"10%\" }",
            "15.85% off list: 1 seat, 1 year, Pilot 15%",
            "10 seats, 1 year, Pilot 15%",
        ),
    ] {
        let found = levels(&(seats() + &size(steps) + &strategic(pilot)));
        let expected =
            [format!("without approval a deal can be {nobody}"), format!("{lead}: {with_lead}")];
        assert_eq!(found, expected, "{steps}");
    }
}

/// Nobody has to approve 15% by the program, and a review allows the same 15% by the size alone. That is no more, and is
/// not told.
#[test]
fn a_review_is_told_where_it_allows_more() {
    let steps = "{ quantity = \"1\", rate = \"15%\", review = \"legal\", otherwise = \"0%\" }";
    let text = REVIEW.to_owned()
        + &seat("places = 2", &[("1", "100.00")])
        + &size(steps)
        + &strategic("max_rate = \"15%\"\napproval = \"none\"")
        + &discount_guardrail("15%", "refuse = true");
    let expected = [
        "without approval a deal can be 15.00% off list: 1 seat, 1 year, no size, Pilot 15%",
        "with Lead approval and Legal review a deal can be 15.00% off list: 1 seat, 1 year",
    ];
    assert_eq!(levels(&text), expected);
}

/// 95,000.00 x (1 - 0.159842) = 79,815.01. A cent less is 20.185% off, which the guardrail allows, and no rate is that
/// price: 95,000.00 x (1 - 0.159843) = 79,814.915 is too little.
#[test]
fn a_price_at_the_limit_that_no_rate_gives_leaves_room() {
    let text = seat("places = 2", &[("1", "100000.00")])
        + &size("{ quantity = \"1\", amount = \"5000.00\" }")
        + &strategic("max_rate = \"18%\"\napproval = \"lead\"")
        + &discount_guardrail("20.185%", "refuse = true");
    let expected =
        "with Lead approval a deal can be at least 20.18% off list: 1 seat, 1 year, Pilot 15.9842%";
    assert_eq!(levels(&text).last().map(String::as_str), Some(expected));
}

/// The first five seats are included, and the sixth is the last of its range: 100.00 x 0.80 x 0.85 = 68.00. From the
/// seventh on, there is no discount for the size.
#[test]
fn the_first_paid_unit_can_be_the_last_of_a_range() {
    let more = "places = 2\nsize = 10\nincluded = 5";
    let text = seat(more, &[("1-6", "100.00"), ("7+", "80.00")])
        .replace("\"volume\"", "\"package\"")
        + &size("{ quantity = \"1-6\", rate = \"20%\" }")
        + &strategic("max_rate = \"15%\"\napproval = \"none\"");
    let expected = "without approval a deal can be 32.00% off list: 6 seats, 1 year, Pilot 15%";
    assert_eq!(levels(&text).first().map(String::as_str), Some(expected));
}

/// More than $5,000.00 of ARR open a program of 30%, and a guardrail refuses the smallest such order, 54 seats at 95.00
/// x 0.70 = $3,591.00. Another order might pass, so the figure is the least. If the lead cannot approve any order of
/// that size, whatever its price, none passes.
#[test]
fn an_order_that_is_only_too_large_leaves_room() {
    let pilot = "max_rate = \"30%\"\narr_above = \"5000.00\"\napproval = \"lead\"";
    let rail = "[[guardrail]]\nname = \"large\"\nmeasure = \"acv\"\nabove = \"3000.00\"\nrefuse = true\nreason = \"L\"\n";
    let by_head = "{ quantity = \"1-49\", rate = \"5%\" }, { quantity = \"50+\", rate = \"6%\", approval = \"head\" }";
    for (steps, rail, at_least) in
        [("{ quantity = \"1+\", rate = \"5%\" }", rail, "at least "), (by_head, "", "")]
    {
        let text = HEAD.to_owned() + &seats() + &size(steps) + &strategic(pilot) + rail;
        let expected =
            format!("with Lead approval a deal can be {at_least}5.00% off list: 1 seat, 1 year");
        assert_eq!(levels(&text)[1], expected, "{steps}");
    }
}
