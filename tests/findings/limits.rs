//! Splits where more units do not cost more at first: included units, the minimum of a line, the floor of a program,
//! and a fixed amount that takes all of a price.

use super::small_book::{messages, metric, strategic};

const ONE_YEAR: &str = "[term]\nyears = \"1\"\n";

fn splits(more: &str, tiers: &[(&str, &str)], rest: &str) -> Vec<String> {
    let text = ONE_YEAR.to_owned() + &metric("seat", more, tiers) + rest;
    messages(&text, "splitting-costs-less")
}

/// Returns a metric that is sold in packages.
fn packages(size: u32, included: u32, tiers: &[(&str, &str)]) -> Vec<String> {
    let more = format!("per = \"year\"\nplaces = 2\nsize = {size}\nincluded = {included}");
    let text = ONE_YEAR.to_owned() + &metric("seat", &more, tiers);
    messages(&text.replace("\"volume\"", "\"package\""), "splitting-costs-less")
}

/// Each order includes 5,000 seats, and 12.00 buys 1,000 more. Orders of included seats alone are free, and no orders.
/// Two orders save five packages from two that have one seat more: 10,002 seats are 6 packages, and 5,001 + 5,001 are
/// 2. Four orders save 15: 24,000 seats are 19 packages, and 4 x 6,000 are 4; from 23,001 seats on.
#[test]
fn each_order_includes_units() {
    let expected = "10,002 or more seats cost less in several orders: over 1 year, 23,001 cost USD 228.00, and \
                    6,000 + 6,000 + 6,000 + 5,001 cost USD 48.00";
    assert_eq!(packages(1000, 5000, &[("1+", "12.00")]), [expected]);
}

/// No order includes anything: of packages at one price, two orders never have fewer.
#[test]
fn packages_at_one_price_are_not_split() {
    assert!(packages(1000, 0, &[("1+", "12.00")]).is_empty());
}

/// Packages of 10 at $1.00 up to 25 seats and at $2.00 beyond. 26 to 30 seats cost $6.00, and 20 + 6 to 20 + 10 cost
/// $3.00. 81 seats are 9 packages at $2.00, and 21 + 20 + 20 + 20 are 9 packages at $1.00. 71 as four orders of up to
/// 20 save $8.00, and beyond 100 seats one order pays $2.00.
#[test]
fn packages_are_split_at_the_end_of_a_range() {
    let expected = "26 or more seats cost less in several orders: over 1 year, 81 cost USD 18.00, and \
                    21 + 20 + 20 + 20 cost USD 9.00";
    assert_eq!(packages(10, 0, &[("1-25", "1.00"), ("26+", "2.00")]), [expected]);
}

/// Packages of 10 at $1.00 up to 45 seats, whose last package is cut off, and at $3.00 beyond. 161 seats are 17
/// packages at $3.00. Three orders of 40 and one of 45 have 165 seats for 17 packages at $1.00; three of 45 leave 26,
/// and are 18.
#[test]
fn several_orders_take_the_last_full_package() {
    let expected = "46 to 165 seats cost less in several orders: over 1 year, 161 cost USD 51.00, and \
                    41 + 40 + 40 + 40 cost USD 17.00";
    assert_eq!(packages(10, 0, &[("1-45", "1.00"), ("46-165", "3.00")]), [expected]);
}

/// Up to 60 seats cost the minimum of $600.00, and each beyond $10.00. 101 seats at $15.00 cost $1,515.00, and two
/// orders of up to 120 cost $1,200.00: 110 cost $1,650.00.
#[test]
fn the_minimum_of_a_line_ends_where_its_units_reach_it() {
    let minimum = "per = \"year\"\nplaces = 2\nminimum = \"600.00\"";
    let expected = "101 to 110 seats cost less in several orders: over 1 year, 110 cost USD 1,650.00, and 60 + 50 \
                    cost USD 1,200.00";
    assert_eq!(splits(minimum, &[("1-100", "10.00"), ("101-110", "15.00")], ""), [expected]);
}

/// Graduated, the first 100 seats cost $1,000.00 and each beyond $40.00: 105 cost $1,200.00, as two orders of up to
/// 60 do. So 106 to 120 cost less as two, and 121 as 61 + 60 cost $1,210.00 in place of $1,840.00. All 150 seats cost
/// $3,000.00, and as 90 + 60 or as 75 + 75 they cost $1,500.00.
#[test]
fn a_minimum_ends_within_graduated_ranges() {
    let minimum = "per = \"year\"\nplaces = 2\nminimum = \"600.00\"";
    let text = ONE_YEAR.to_owned()
        + &metric("seat", minimum, &[("1-100", "10.00"), ("101-150", "40.00")])
            .replace("\"volume\"", "\"graduated\"");
    let expected = "106 to 150 seats cost less in several orders: over 1 year, 150 cost USD 3,000.00, and 90 + 60 \
                    cost USD 1,500.00";
    assert_eq!(messages(&text, "splitting-costs-less"), [expected]);
}

/// Half of $10.00 a seat and of the fee of $2.00 is less than the floor of $300.00 up to 59 seats. From 101 seats at
/// $30.00 half of a line of 110 is $1,651.00, and two orders at the floor have up to 118 seats for $600.00. The
/// discount for the size, which the program excludes, makes larger orders cheaper without it.
#[test]
fn a_floor_ends_where_a_line_reaches_it() {
    let pilot = "rate = \"50%\"\napproval = \"none\"\nexclusive = true\nfloor = \"300.00\"";
    let fee = "per = \"year\"\nplaces = 2\nfee = \"2.00\"";
    let size = "[waterfall]\norder = [\"size\", \"strategic\"]\n[discount.size]\ntitle = \"Size\"\nby = \"quantity\"\n\
                base = \"running\"\nmetrics = [\"seat\"]\nsteps = [{ quantity = \"101+\", rate = \"80%\" }]\n";
    let rest = size.to_owned() + &strategic(pilot);
    let expected = "101 to 110 seats cost less in several orders: over 1 year with Pilot 50%, 110 cost \
                    USD 1,651.00, and 59 + 51 cost USD 600.00";
    assert_eq!(splits(fee, &[("1-100", "10.00"), ("101-110", "30.00")], &rest), [expected]);
}

/// $500.00 off each line take all of up to 49 seats at $10.00 with a fee of $1.00. 50 seats cost $1.00, and 49 + 1
/// nothing; 100 cost $501.00, and three orders nothing.
#[test]
fn a_fixed_amount_ends_where_a_line_reaches_it() {
    let fee = "per = \"year\"\nplaces = 2\nfee = \"1.00\"";
    let off = "[waterfall]\norder = [\"rebate\"]\n[discount.rebate]\ntitle = \"Rebate\"\nby = \"always\"\n\
               base = \"running\"\nmetrics = [\"seat\"]\nsteps = [{ amount = \"500.00\" }]\n";
    let expected = "50 to 100 seats cost less in several orders: over 1 year, 100 cost USD 501.00, and 49 + 49 + 2 \
                    cost USD 0.00";
    assert_eq!(splits(fee, &[("1-100", "10.00")], off), [expected]);
}

/// Five to seven seats cost at least $800.00 under a program, and $100.00 each without it. 3 + 2 seats cannot have the
/// program, so that they are no split of 5 that have it.
#[test]
fn every_part_can_have_the_programs_of_the_whole() {
    let pilot = "rate = \"30%\"\napproval = \"none\"\nexclusive = true\nfloor = \"800.00\"\nquantity = \"5-7\"";
    let rest = "[waterfall]\norder = [\"strategic\"]\n".to_owned() + &strategic(pilot);
    let year = "per = \"year\"\nplaces = 2";
    assert_eq!(splits(year, &[("1-100", "100.00")], &rest), Vec::<String>::new());
    let open = rest.replace("quantity = \"5-7\"", "quantity = \"2-7\"");
    assert_eq!(splits(year, &[("1-100", "100.00")], &open), Vec::<String>::new());
}
