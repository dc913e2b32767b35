//! Concessions in parts, at the limits of what shrinks.

use super::{ladder, load, rows};

const BOOK: &str = r#"
[book]
name = "Parts"
version = "1"
currency = "USD"
quote_valid = "30 days"

[term]
years = "1"

[rounding]
mode = "half-up"

[[approval]]
level = "lead"
title = "Lead"

[[approval]]
level = "head"
title = "Head"

[metric.seat]
title = "Seat"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
places = 2
tiers = [{ quantity = "1+", price = "PRICE" }]

[waterfall]
order = ["size", "offer"]

[discount.size]
title = "Size"
by = "quantity"
base = "running"
metrics = ["seat"]
steps = [{ quantity = "1+", rate = "SIZE" }]

[discount.offer]
title = "Offer"
by = "program"
base = "running"
metrics = ["seat"]
at_most = 1
"#;

/// The rows of a ladder for one seat. Each program has a largest rate and a level.
fn steps(price: &str, size: &str, programs: &[(&str, &str, &str)]) -> Vec<String> {
    let programs = programs.iter().map(|(name, rate, level)| {
        format!(
            "[discount.offer.program.{name}]\ntitle = \"{name}\"\nmax_rate = \"{rate}\"\napproval = \"{level}\"\n"
        )
    });
    let text = BOOK.replace("PRICE", price).replace("SIZE", size) + &programs.collect::<String>();
    rows(&ladder("line = [{ metric = \"seat\", quantity = 1 }]", &load(&text), &[]))
}

/// 102.00 x 0.986275 = 100.60005. Two parts of 1% each are 1.01 and 1.00 after rounding, and so would shrink. But their
/// rates are equal, so 2% are given as 1.25% and 0.75%: 100.60005 x 0.9875 = 99.34255, and x 0.98 = 98.588.
#[test]
fn equal_rates_do_not_shrink() {
    let expected = [
        "102.00 0.00%  none ",
        "100.60 1.37% 1.37% none none",
        "99.34 2.61% 1.24% lead ",
        "98.59 3.34% 0.73% lead lead+head",
    ];
    assert_eq!(steps("102.00", "1.3725%", &[("pilot", "2%", "lead")]), expected);
}

/// 20% of the second program give as much as all of the first: from there to 29.625%, 4/7 of the way is 25.5%, which is
/// rounded to 26%. 88.00 x 0.74 = 65.12, and x 0.70375 = 61.93.
#[test]
fn another_program_goes_on_where_the_first_one_ends() {
    let expected = [
        "100.00 0.00%  none ",
        "88.00 12.00% 12.00% none none",
        "78.32 21.68% 9.68% lead ",
        "70.40 29.60% 7.92% lead lead",
        "65.12 34.88% 5.28% head ",
        "61.93 38.07% 3.19% head head",
    ];
    let programs = [("pilot", "20%", "lead"), ("favor", "29.625%", "head")];
    assert_eq!(steps("100.00", "12%", &programs), expected);
}
