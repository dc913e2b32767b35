//! What would come out as a wrong figure is refused instead.

use super::price;
use crate::support::OUR_BOOK;
use dealdesk::book;
use dealdesk::text::source::Source;

const BOOK: &str = "
[book]
name = \"Refused\"
version = \"1\"
currency = \"USD\"
quote_valid = \"30 days\"

[metric.seat]
title = \"Seats\"
unit = \"seat\"
units = \"seats\"
mode = \"graduated\"
places = 2
";

/// The fault of a book whose seats have these lines besides, if there is one.
fn fault_of_book(lines: &str) -> Option<String> {
    let loaded = book::load(&Source::file("book", &format!("{BOOK}{lines}")));
    loaded.err().map(|faults| faults.to_string())
}

/// Charged with each hour, a yearly 100.00 would be 876,000.00.
#[test]
fn a_yearly_charge_beside_a_price_per_hour() {
    let prices = "tiers = [{ quantity = \"1+\", price = \"0.05\" }]\n";
    let flat = "tiers = [{ quantity = \"1+\", price = \"0.05\", flat = \"100.00\" }]\n";
    let hour = "per = \"hour\"\nhours_per_month = 730\n";
    let year = "per = \"year\"\n";
    let charges = [
        (
            format!("fee = \"100.00\"\n{prices}"),
            "`fee` is only used with per = \"year\", \"month\" or \"use\"",
        ),
        (format!("minimum = \"1.00\"\n{prices}"), "`minimum` is only used with per"),
        (
            flat.to_owned(),
            "`flat` is only used with per = \"year\", \"month\", \"use\" or \"once\"",
        ),
    ];
    assert_eq!(fault_of_book(&format!("{hour}{prices}")), None);
    for (lines, message) in charges {
        assert_eq!(fault_of_book(&format!("{year}{lines}")), None);
        let fault = fault_of_book(&format!("{hour}{lines}")).expect("a fault");
        assert!(fault.contains(message), "{fault}");
    }
}

/// Only a program that stands alone can say what a line costs at least.
#[test]
fn a_floor_of_a_program_that_leaves_other_discounts() {
    let seats = "per = \"year\"\ntiers = [{ quantity = \"1+\", price = \"0.05\" }]\n";
    let program = |exclusive| {
        format!(
            "{seats}\n[waterfall]\norder = [\"gift\"]\n\n[discount.gift]\ntitle = \"Gift\"\n\
             by = \"program\"\nbase = \"running\"\nmetrics = [\"seat\"]\n\
             program.half = {{ title = \"Half\", rate = \"50%\", approval = \"none\", \
             floor = \"9.00\", exclusive = {exclusive} }}\n"
        )
    };
    assert_eq!(fault_of_book(&program(true)), None);
    let fault = fault_of_book(&program(false)).expect("a fault");
    assert!(fault.contains("`floor` is only used with exclusive = true"), "{fault}");
}

/// 9.10 for 100 seats that cost 910.00 together would be 9.10 for all of them.
#[test]
fn a_unit_price_for_a_line_that_has_none() {
    let tiers = "per = \"year\"\ntiers = [\n  { quantity = \"1-10\", price = \"10.00\" },\n  \
                 { quantity = \"11+\", price = \"9.00\" },\n]\n";
    let book = book::load(&Source::file("book", &format!("{BOOK}{tiers}"))).expect("a book");
    let line = "[[line]]\nmetric = \"seat\"\nquantity = 100\n";
    price(line, &book).expect("a quote");
    let faults = price(&format!("{line}unit_price = \"9.10\"\n"), &book).expect_err("a fault");
    let message = "deal:4: this line is priced as a whole, so it cannot have a unit price";
    assert_eq!(faults.to_string(), message);
}

/// A floor is for the whole line: a price of 300.00 a node would be one of 300.00 for 100 nodes.
#[test]
fn a_price_agreed_beside_a_program_that_fixes_it() {
    let book = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("the book");
    let academic = "strategic = { program = \"institutional\" }\n";
    let nodes = "[[line]]\nmetric = \"node\"\nquantity = 100\n";
    let agreed = "unit_price = \"300.00\"\n";
    price(&format!("{academic}{nodes}"), &book).expect("a quote");
    price(&format!("{nodes}{agreed}"), &book).expect("a quote");
    let faults = price(&format!("{academic}{nodes}{agreed}"), &book).expect_err("a fault");
    let message = "deal:5: Academic institution fixes the price, so no price can be negotiated";
    assert_eq!(faults.to_string(), message);
}

/// Prices of twelve decimals, 10.01% off, and two programs.
const FINE: &str = r#"
[book]
name = "Fine"
version = "1"
currency = "USD"
quote_valid = "30 days"
[[approval]]
level = "vp"
title = "VP"
[waterfall]
order = ["always", "large", "plain"]
[discount.always]
title = "Always"
by = "always"
base = "running"
metrics = ["seat"]
steps = [{ rate = "10.01%" }]
[discount.large]
title = "Large"
by = "program"
base = "running"
metrics = ["seat"]
program.large = { title = "Large", max_rate = "50%", approval = "vp", arr_above = "1.00" }
[discount.plain]
title = "Plain"
by = "program"
base = "running"
metrics = ["seat"]
program.plain = { title = "Plain", max_rate = "50%", approval = "vp" }
[channel.resale]
title = "Resale"
rate = "10%-60%"
base = "customer-net"
[metric.seat]
title = "Seat"
unit = "seat"
units = "seats"
mode = "volume"
places = 12
fractional = true
tiers = [{ quantity = "0+", price = "1.123456789012" }]
"#;

/// A price of 13 digits, 4 places of a rate and 7 digits of a quantity are 24. The hours of a year are 4 digits more,
/// and so are the places of a partner's rate where a program measures our net: 28 are exact, and 29 are refused.
#[test]
fn figures_have_28_digits_and_no_more() {
    let is_priced = |per: &str, deal: &str| {
        let books = book::load(&Source::file("book", &format!("{FINE}{per}"))).expect("a book");
        match price(deal, &books) {
            Ok(_) => true,
            Err(faults) => {
                assert!(faults.to_string().contains("more than 28 digits"), "{faults}");
                false
            }
        }
    };
    let hourly = |quantity: &str| {
        let deal = format!("[[line]]\nmetric = \"seat\"\nquantity = \"{quantity}\"\n");
        is_priced("per = \"hour\"\nhours_per_month = 730\n", &deal)
    };
    assert_eq!((hourly("1000.001"), hourly("10000.001")), (true, false));
    let resold = |rate: &str| {
        let deal = format!(
            "customer = \"A\"\n[[line]]\nmetric = \"seat\"\nquantity = \"1000.001\"\n\
             [[strategic]]\nprogram = \"large\"\nrate = \"10%\"\n\
             [[strategic]]\nprogram = \"plain\"\nrate = \"10%\"\n\
             [channel]\nname = \"resale\"\npartner = \"B\"\nrate = \"{rate}\"\n"
        );
        is_priced("per = \"year\"\n", &deal)
    };
    assert_eq!((resold("33.33%"), resold("33.333%")), (true, false));
}

/// Nobody pays less than nothing, and nobody is paid back more than the invoice.
#[test]
fn incentives_of_more_than_everything() {
    let channel = |rate: &str, paid: &str| {
        format!(
            "{BOOK}per = \"year\"\ntiers = [{{ quantity = \"1+\", price = \"100.00\" }}]\n\
             [channel.reseller]\ntitle = \"Reseller\"\nbase = \"list\"\n\
             rates = [{{ rate = \"60%\" }}]\n\
             [channel.reseller.incentive.one]\ntitle = \"One\"\nrate = \"{rate}\"\n{paid}\
             [channel.reseller.incentive.two]\ntitle = \"Two\"\nrate = \"40%\"\n{paid}"
        )
    };
    let deal = "[[line]]\nmetric = \"seat\"\nquantity = 10\n\
                [channel]\nname = \"reseller\"\nincentives = [\"one\", \"two\"]\n";
    let fault = |rate: &str, paid: &str| {
        let books = book::load(&Source::file("book", &channel(rate, paid))).expect("a book");
        price(deal, &books).err().map(|faults| faults.to_string())
    };
    let later = "paid = \"later\"\n";
    assert_eq!((fault("0%", ""), fault("60%", later)), (None, None));
    let points = fault("0.0001%", "").expect("more than 100%");
    assert!(points.contains("rate and incentives come to more than 100%"), "{points}");
    let rebates = fault("60.0001%", later).expect("more than 100%");
    assert!(rebates.contains("rebates come to more than 100%"), "{rebates}");
}
