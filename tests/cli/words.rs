//! What a quote says where a bare figure would mislead.

use super::{on_the_day, run};
use crate::support::Desk;

/// A quote of a deal file, as a person reads it.
fn quoted(deal: &str, more: &[&str]) -> String {
    let desk = Desk::new().file("deal.toml", deal);
    desk.run(&on_the_day(&["quote", "deal.toml"], more)).stdout
}

#[track_caller]
fn says(shown: &str, words: &str) {
    assert!(shown.contains(words), "it does not say {words:?}:\n{shown}");
}

#[track_caller]
fn does_not_say(shown: &str, words: &str) {
    assert!(!shown.contains(words), "it says {words:?}:\n{shown}");
}

const RAMP: &str = "\
term_years = 3
start = 2027-01-01
first_year = 2027-07-02

[[line]]
metric = \"socket\"
[[line.year]]
quantity = 10
[[line.year]]
quantity = 20
[[line.year]]
quantity = 30
";

/// 10, 20 and 30 sockets at 1,275.00 a year, and before them 182 of 365 days of 12,750.00, which
/// is 6,357.53: 82,857.53 / (182/365 + 3) = 82,857.53 x 365 / 1,277.
#[test]
fn an_average_with_a_part_of_a_year_can_be_done_again() {
    let shown = quoted(RAMP, &["--explain"]);
    says(&shown, "Average per year (ACV)  $23,682.85  $82,857.53 / (182/365 + 3) years\n");
    says(&shown, "Average per year: $82,857.53 / (182/365 + 3) years = $23,682.85, rounded\n");
    let whole = quoted(&RAMP.replace("first_year = 2027-07-02\n", ""), &[]);
    says(&whole, "Average per year (ACV)  $25,500.00  $76,500.00 / 3 years\n");
}

/// Policy gives 2,167.50: 3,000.00 x 0.85 x 0.85.
fn agreed(price: &str) -> String {
    quoted(
        &format!(
            "term_years = 3\n[[line]]\nmetric = \"socket\"\nquantity = 500\nunit_price = \"{price}\"\n"
        ),
        &[],
    )
}

#[test]
fn an_agreed_price_that_policy_gives_too_is_the_same() {
    let shown = agreed("2167.50");
    says(&shown, "negotiated: at policy");
    does_not_say(&shown, "$0.00 more");
}

#[test]
fn an_agreed_price_a_cent_below_policy_is_an_amount_below() {
    let shown = agreed("2167.49");
    says(&shown, "$0.01 below");
    says(&shown, "negotiated: $15.00 below policy");
    let priced = shown.split("\nNeeds").next().and_then(|it| it.split("\nOUTSIDE").next());
    does_not_say(priced.unwrap_or_default(), " 0.00%");
    says(&agreed("2100.00"), "3.11% below");
}

/// 0.001 x 8,760 = 8.76 a core and year, and a core by the year is 100.00 or more.
#[test]
fn use_that_costs_less_in_every_hour_has_no_break_even() {
    let shown = quoted(
        "[[line]]\nmetric = \"consumption\"\nquantity = 1000\nunit_price = \"0.001\"\n",
        &[],
    );
    says(&shown, "At net, consumption costs less even with every core in use in every hour.\n");
    says(&shown, "not reached");
    does_not_say(&shown, "Break-even at net");
    says(&shown, "Break-even at list: ");
}

/// Perpetual licenses are billed yearly, whatever the deal says.
#[test]
fn a_way_to_bill_that_no_line_takes_is_not_claimed() {
    let words = ["quote", "--metric", "perpetual", "--quantity", "10"];
    let shown = run(&words, &["--billing", "quarterly"]).stdout;
    does_not_say(&shown, "  Billed   quarterly in advance");
    says(&shown, "  Billed   Perpetual license: yearly in advance\n");
    says(&shown, "no line of this deal is billed quarterly in advance");
    let node = run(&["quote", "--metric", "node", "--quantity", "10"], &["--billing", "quarterly"]);
    says(&node.stdout, "  Billed   quarterly in advance\n");
    does_not_say(&node.stdout, "no line of this deal");
}

/// A contract that joins another two months before its end.
#[test]
fn renewal_of_a_short_contract_lies_within_it() {
    let words = ["quote", "--metric", "socket", "--quantity", "100", "--start", "2026-12-15"];
    let short = run(&words, &["--co-term-end", "2027-02-28"]).stdout;
    says(&short, "start renewal now, notice is due before the contract starts\n");
    let longer = run(&words, &["--co-term-end", "2027-04-30"]).stdout;
    says(&longer, "start renewal now, give notice by 2027-01-30\n");
}

/// Two products by the seat, an uplift for late payment, and a guardrail just above the discount of 10%.
const SEATS: &str = "\
[book]
name = \"Seats\"
version = \"1\"
currency = \"USD\"
quote_valid = \"30 days\"
[[approval]]
level = \"boss\"
title = \"Boss\"
[payment]
standard = \"net-30\"
[payment.terms.net-30]
title = \"Net 30\"
days = 30
[payment.terms.net-60]
title = \"Net 60\"
days = 60
[waterfall]
order = [\"volume\", \"late\"]
[metric.basic]
title = \"Basic\"
unit = \"seat\"
units = \"seats\"
per = \"year\"
mode = \"volume\"
tiers = [{ quantity = \"1+\", price = \"100.00\" }]
[metric.pro]
title = \"Pro\"
unit = \"seat\"
units = \"seats\"
per = \"year\"
mode = \"volume\"
tiers = [{ quantity = \"1+\", price = \"300.00\" }]
[discount.volume]
title = \"Volume discount\"
by = \"quantity\"
base = \"running\"
metrics = [\"basic\", \"pro\"]
steps = [{ quantity = \"10+\", rate = \"10.0001%\" }]
[discount.late]
title = \"Late payment\"
by = \"payment\"
base = \"running\"
metrics = [\"pro\"]
steps = [{ payment = [\"net-60\"], uplift = \"5%\" }]
[[guardrail]]
name = \"discount\"
measure = \"discount\"
above = \"10%\"
approval = \"boss\"
reason = \"large discount\"
";

fn seats(words: &[&str]) -> String {
    let desk = Desk::new().file("pricing.toml", SEATS);
    desk.run(&on_the_day(&["quote"], words)).stdout
}

#[test]
fn products_with_one_unit_are_told_apart_by_their_titles() {
    let shown = seats(&["--metric", "pro", "--quantity", "5"]);
    says(&shown, "  Pro, 5 seats  ");
    says(&shown, "Price per seat per year: Pro, 5 seats\n");
}

#[test]
fn an_uplift_shows_its_plus_sign() {
    let shown = seats(&["--metric", "pro", "--quantity", "5", "--payment", "net-60"]);
    says(&shown, "Late payment   +5%  +USD 15.00  USD 315.00");
}

/// 10,000 seats at 89.9999: rounded to 90.00 the discount is exactly 10%, so the price keeps 4 places.
#[test]
fn a_share_above_a_limit_has_the_digits_that_show_it() {
    let desk = Desk::new().file(
        "pricing.toml",
        SEATS.replace("per = \"year\"", "per = \"year\"\nplaces = 4").as_str(),
    );
    let words = ["--metric", "basic", "--quantity", "10000"];
    let shown = desk.run(&on_the_day(&["quote"], &words)).stdout;
    says(&shown, "large discount (10.0001% off list, more than 10%)");
}
