//! Rates that a level lowers to stay within a guardrail, or to have the ARR of a program: the largest rate that can
//! be written and is exact.

use super::small_book::{discount_guardrail, messages, metric, program, strategic};

fn levels(text: &str) -> Vec<String> {
    messages(text, "level-gives-at-most")
}

const ONE_YEAR: &str = "[term]\nyears = \"1\"\n";

/// A price of 24 digits leaves a rate three places: steps of 0.1%.
#[test]
fn a_lowered_claim_takes_the_finest_exact_step() {
    let table = [
        ("123456789012.345678901234", "30%", "20.05%", "at least 20.00%", "20%"),
        // The last step below the whole rate.
        ("123456789012.345678901234", "30%", "29.95%", "at least 29.90%", "29.9%"),
        ("123456789012.345678901234", "12.3%", "12.25%", "at least 12.20%", "12.2%"),
        // 23 digits leave four places: steps of 0.01%.
        ("12345678901.234567890123", "30%", "20.055%", "at least 20.05%", "20.05%"),
        // 22 digits leave five: 0.001%.
        ("1234567890.123456789012", "30%", "20.0045%", "20.00%", "20.004%"),
        // A price of few digits has all six. 1,000,000 x 0.666668 = 666,668.00.
        ("1000000.00", "33.3333%", "33.3332%", "33.33%", "33.3332%"),
        ("1000000.00", "30%", "29.9999%", "30.00%", "29.9999%"),
        // The guardrail leaves all of the claim.
        ("1000000.00", "30%", "30%", "30.00%", "30%"),
        // 100.00 x 0.79955 = 79.955 is rounded to 79.96, as 79.96 is. The rate with fewer digits is told.
        ("100.00", "30%", "20.047%", "20.04%", "20.04%"),
        // 9.00 x 0.795 = 7.155 is rounded to 7.16. Any larger rate comes to 7.15, which is 20.56% off.
        ("9.00", "30%", "20.5%", "20.44%", "20.5%"),
    ];
    for (price, most, limit, discount, rate) in table {
        let places = if price.len() > 20 { 12 } else { 2 };
        let terms = format!("max_rate = \"{most}\"\napproval = \"lead\"");
        let text = format!(
            "{ONE_YEAR}{}{}{}",
            metric("seat", &format!("per = \"year\"\nplaces = {places}"), &[("1", price)]),
            program(&terms),
            discount_guardrail(limit, "refuse = true"),
        );
        let expected = format!(
            "with Lead approval a deal can be {discount} off list: 1 seat, 1 year, Pilot {rate}"
        );
        assert_eq!(levels(&text), [expected], "{price} to {limit}");
    }
}

/// 500 seats at $100.00 are $50,000.00 a year, and 20% less with the volume discount, which stands before the program.
#[test]
fn a_program_takes_as_much_of_a_discount_as_leaves_its_arr() {
    let table = [
        // No order has more.
        ("50000.00", "20.00%", "1 seat, 1 year"),
        // One millionth of the discount takes five cents, so none of it is left.
        ("49999.99", "30.00%", "500 seats, 1 year, no volume, Pilot 30%"),
        ("49999.95", "30.00%", "500 seats, 1 year, no volume, Pilot 30%"),
        // 0.0999% takes $49.95, and 0.1% would take the last $50.00. 100.00 x 0.99901 x 0.70 = 69.9307.
        ("49950.00", "30.07%", "500 seats, 1 year, volume at 0.099%, Pilot 30%"),
        // 19.9999% leaves $40,000.05. 100.00 x 0.80001 x 0.70 is rounded to 56.00.
        ("40000.00", "44.00%", "500 seats, 1 year, volume at 19.999%, Pilot 30%"),
        // All of the discount leaves $40,000.00.
        ("39999.99", "44.00%", "500 seats, 1 year, Pilot 30%"),
        // 499 seats have $39,920.00.
        ("39920.00", "44.00%", "500 seats, 1 year, Pilot 30%"),
        ("39919.99", "44.00%", "499 seats, 1 year, Pilot 30%"),
    ];
    for (floor, discount, deal) in table {
        let terms = format!("max_rate = \"30%\"\napproval = \"lead\"\narr_above = \"{floor}\"");
        let text = format!(
            "{ONE_YEAR}{}[waterfall]\norder = [\"volume\", \"strategic\"]\n[discount.volume]\ntitle = \"Volume\"\n\
             by = \"quantity\"\nbase = \"running\"\nmetrics = [\"seat\"]\n\
             steps = [{{ quantity = \"1+\", rate = \"20%\" }}]\n{}",
            metric("seat", "per = \"year\"\nplaces = 2", &[("1-500", "100.00")]),
            strategic(&terms),
        );
        let found = levels(&text);
        let expected = format!("with Lead approval a deal can be {discount} off list: {deal}");
        assert_eq!(found.last(), Some(&expected), "{floor}");
    }
}

/// 0.0999% of the volume discount takes $49.95 of $50,000.00. A discount behind the program leaves the ARR as it is,
/// and is given whole: 100.00 x 0.9991 x 0.70 x 0.90 = 62.9433.
#[test]
fn a_discount_behind_the_program_is_given_whole() {
    let by_quantity = |name: &str, rate: &str| {
        format!(
            "[discount.{name}]\ntitle = \"{name}\"\nby = \"quantity\"\nbase = \"running\"\n\
             metrics = [\"seat\"]\nsteps = [{{ quantity = \"1+\", rate = \"{rate}\" }}]\n"
        )
    };
    let text = format!(
        "{ONE_YEAR}{}[waterfall]\norder = [\"volume\", \"strategic\", \"late\"]\n{}{}{}",
        metric("seat", "per = \"year\"\nplaces = 2", &[("1-500", "100.00")]),
        by_quantity("volume", "20%"),
        by_quantity("late", "10%"),
        strategic("max_rate = \"30%\"\napproval = \"lead\"\narr_above = \"49950.00\""),
    );
    let expected = "with Lead approval a deal can be 37.06% off list: 500 seats, 1 year, volume at 0.09%, Pilot 30%";
    assert_eq!(levels(&text).last().map(String::as_str), Some(expected));
}

/// The guardrail at 20% refuses what the one at 25% does not.
#[test]
fn the_lowest_of_two_guardrails_limits_a_level() {
    for limits in [["20%", "25%"], ["25%", "20%"]] {
        let rails = limits.map(|limit| {
            discount_guardrail(limit, "refuse = true")
                .replace("deep", &format!("over-{}", &limit[..2]))
        });
        let text = format!(
            "{ONE_YEAR}{}{}{}",
            metric("seat", "per = \"year\"\nplaces = 2", &[("1", "100.00")]),
            program("max_rate = \"30%\"\napproval = \"lead\""),
            rails.concat(),
        );
        let expected =
            "with Lead approval a deal can be 20.00% off list: 1 seat, 1 year, Pilot 20%";
        assert_eq!(levels(&text), [expected], "{limits:?}");
    }
}

/// A second metric is 29.99% off, a hundredth less than the guardrail leaves of the claim for the first one.
#[test]
fn a_lowered_claim_is_compared_to_the_hundredth() {
    let metrics = |name: &str| metric(name, "per = \"year\"\nplaces = 2", &[("1", "100.00")]);
    let text = format!(
        "{ONE_YEAR}{}{}[waterfall]\norder = [\"always\", \"strategic\"]\n[discount.always]\ntitle = \"Always\"\n\
         by = \"quantity\"\nbase = \"running\"\nmetrics = [\"desk\"]\n\
         steps = [{{ quantity = \"1\", rate = \"29.99%\" }}]\n{}{}",
        metrics("desk"),
        metrics("seat"),
        strategic("max_rate = \"40%\"\napproval = \"none\""),
        discount_guardrail("30%", "refuse = true"),
    );
    let expected = "without approval a deal can be 30.00% off list: 1 seat, 1 year, Pilot 30%";
    assert_eq!(levels(&text).first().map(String::as_str), Some(expected));
}
