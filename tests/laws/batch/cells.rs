//! Books that were made to catch out what is looked up: rules that turn, prices that are rounded
//! otherwise than to cents, and rates that stop counting.

use super::alone::held_alone;
use super::rows::{Row, csv, numbered};
use super::run::{CSV, desk, priced};
use crate::laws::world::load;
use crate::support::root;
use proptest::prelude::TestCaseError;

/// A book with a metric `socket`, a program `friend` and what a test has to say.
fn book(top: &str, metric: &str, discount: &str, program: &str) -> String {
    format!(
        r#"[book]
name = "Trap"
version = "1"
quote_valid = "30 days"
{top}
[[approval]]
level = "vp"
title = "VP"

[[approval]]
level = "svp"
title = "SVP"

[metric.socket]
title = "Socket"
unit = "socket"
units = "sockets"
per = "year"
mode = "volume"
{metric}

[waterfall]
order = ["volume", "strategic", "last"]

[discount.volume]
title = "Volume"
by = "quantity"
base = "running"
metrics = ["socket"]
steps = [{{ quantity = "10+", rate = "7.5%" }}]

[discount.strategic]
title = "Strategic"
by = "program"
metrics = ["socket"]
{discount}

[discount.strategic.program.friend]
title = "Friend"
{program}

[discount.last]
title = "Last"
by = "term"
base = "running"
metrics = ["socket"]
steps = [{{ years = "2", rate = "3.3%" }}, {{ years = "3+", rate = "60%" }}]
"#
    )
}

const USD: &str = "currency = \"USD\"";
const RUNNING: &str = "base = \"running\"";
const FRIEND: &str = "max_rate = \"50%\"\napproval = \"vp\"";

fn priced_at(price: &str) -> String {
    format!("tiers = [{{ quantity = \"1+\", price = \"{price}\" }}]")
}

/// Every quantity with every rate, by terms.
fn grid(quantities: &[u64], rates: &[&str], base: &Row) -> Vec<Row> {
    let mut rows = Vec::new();
    for years in ["1", "2", "3"] {
        for quantity in quantities {
            for rate in rates {
                let program = if rate.is_empty() { "" } else { "friend" };
                let row = base.clone().with("metric", "socket").with("term_years", years);
                let row = row.with("quantity", &quantity.to_string());
                rows.push(row.with("strategic", program).with("strategic_rate", rate));
            }
        }
    }
    numbered(rows)
}

const QUANTITIES: &[u64] =
    &[1, 2, 3, 4, 5, 9, 10, 11, 12, 99, 100, 101, 1000, 99_999_999, 999_999_999];
const RATES: &[&str] = &[
    "", "0", "0.000001", "0.000002", "0.01", "0.1", "0.1234", "0.123456", "0.25", "0.3333",
    "0.333333", "0.499999", "0.5", "50%", "0.500001", "0.6",
];

fn holds(book: &str, rows: &[Row], code: &str) -> Result<(), TestCaseError> {
    let books = load(book);
    let ran = priced(&desk(&books, Some(code)), &csv(rows), CSV);
    held_alone(&ran, rows, &books, code)
}

fn holds_on_the_grid(book: &str) -> Result<(), TestCaseError> {
    holds(book, &grid(QUANTITIES, RATES, &Row::default()), "USD")
}

/// A corner of a range has whole cents by chance where a price is rounded to fewer or more places.
#[test]
fn prices_are_rounded_to_the_places_of_their_metric() -> Result<(), TestCaseError> {
    for places in [0, 1, 2, 3, 4, 6] {
        for (price, needed) in [("3.00", 0), ("10.00", 0), ("0.02", 2), ("49.00", 0), ("100.10", 1)]
        {
            if needed > places {
                continue;
            }
            for mode in ["half-up", "half-even"] {
                let top = format!("{USD}\n[rounding]\nmode = \"{mode}\"");
                let metric = format!("places = {places}\n{}", priced_at(price));
                let book = book(&top, &metric, RUNNING, FRIEND);
                holds(&book, &grid(&[1, 3, 10, 999], &RATES[1..14], &Row::default()), "USD")?;
            }
        }
    }
    Ok(())
}

/// In yen and in dinars too, the way in which a row is priced does not show.
#[test]
fn amounts_have_the_places_of_their_currency() -> Result<(), TestCaseError> {
    let text = std::fs::read_to_string(root().join("examples/currencies/pricing.toml"));
    let text = text.expect("the example");
    for code in ["USD", "EUR", "JPY", "BHD"] {
        let rows = [1, 2, 3, 10, 49, 50, 51, 100, 1000].map(|quantity: u64| {
            Row::of(&[("metric", "socket"), ("quantity", &quantity.to_string())])
        });
        holds(&text, &numbered(rows), code)?;
    }
    for (code, price) in [("JPY", "225"), ("JPY", "10"), ("BHD", "565.500"), ("BHD", "2.00")] {
        let book = book(&format!("currency = \"{code}\""), &priced_at(price), RUNNING, FRIEND);
        let rows = grid(&[1, 3, 10, 999], &RATES[1..14], &Row::default());
        holds(&book, &rows, code)?;
    }
    Ok(())
}

/// Rules that begin to hold, or cease to, at some quantity or some rate, alone and two at once.
#[test]
fn rules_turn_where_they_turn() -> Result<(), TestCaseError> {
    let rail = |name: &str, measure: &str, above: &str, what: &str| {
        format!(
            "[[guardrail]]\nname = \"{name}\"\nmeasure = \"{measure}\"\nabove = \"{above}\"\n{what}\nreason = \"x\"\n"
        )
    };
    let (vp, svp, no) = ("approval = \"vp\"", "approval = \"svp\"", "refuse = true");
    let rails = [
        rail("a", "discount", "25%", svp),
        rail("a", "discount", "0", no),
        rail("a", "discount", "33.3333%", no),
        rail("a", "acv", "1000.00", svp),
        rail("a", "tcv", "3000.00", no),
        rail("a", "term", "2", no),
        rail("a", "tcv", "850.50", no) + &rail("b", "discount", "12.34%", svp),
        rail("a", "acv", "850.50", vp) + &rail("b", "tcv", "999.99", svp),
        rail("a", "discount", "10%", vp) + &rail("b", "discount", "40%", no),
        rail("a", "tcv", "1000.00", "approval = \"vp\"\nrefuse = true")
            + &rail("b", "acv", "99999.00", svp),
    ];
    let conditions = [
        "",
        "arr_above = \"920.00\"",
        "arr_above = \"0.00\"",
        "quantity = \"4-100\"",
        "quantity = \"5\"\narr_above = \"400.00\"",
    ];
    for (at, rails) in rails.iter().enumerate() {
        let condition = conditions[at % conditions.len()];
        for ask in ["vp", "none"] {
            let friend = format!("max_rate = \"50%\"\napproval = \"{ask}\"\n{condition}");
            let book = book(USD, &priced_at("100.00"), RUNNING, &friend) + rails;
            let quantities = &[1, 3, 4, 5, 6, 9, 10, 11, 13, 14, 100, 101, 2000];
            holds(&book, &grid(quantities, RATES, &Row::default()), "USD")?;
        }
    }
    Ok(())
}

/// A rate off list, after which something else comes off, stops counting where nothing is left; a
/// floor holds a price up; a limit of hosts ends in the middle of a range.
#[test]
fn what_bends_is_not_taken_for_straight() -> Result<(), TestCaseError> {
    let list = "base = \"list\"";
    let all = "max_rate = \"100%\"\napproval = \"vp\"";
    for price in ["0.01", "0.02", "100.00", "0.00"] {
        holds_on_the_grid(&book(USD, &priced_at(price), list, all))?;
    }
    let late = book(USD, &priced_at("100.00"), list, all)
        .replace("\"volume\", \"strategic\", \"last\"", "\"last\", \"volume\", \"strategic\"");
    holds(
        &late,
        &grid(
            &[1, 9, 10, 11],
            &["0.3", "0.399999", "0.4", "0.400001", "0.37", "0.371", "0.9"],
            &Row::default(),
        ),
        "USD",
    )?;
    let floor = format!("{all}\nexclusive = true\nfloor = \"450.00\"");
    let floor = book(USD, &priced_at("100.00"), RUNNING, &floor);
    holds(&floor, &grid(&[4, 5, 6, 8, 9, 10, 20], RATES, &Row::default()), "USD")?;
    let hosts = "tiers = [{ quantity = \"1-20\", price = \"5.00\", edition = \"Small\", max_hosts = 13 }, { quantity = \"21+\", price = \"7.00\", edition = \"Large\" }]";
    let hosts = book(USD, hosts, RUNNING, FRIEND);
    for row in [
        Row::of(&[("edition", "Small")]),
        Row::of(&[("edition", "small"), ("hosts", "13")]),
        Row::of(&[("edition", "Large"), ("hosts", "14")]),
        Row::of(&[("hosts", "14")]),
        Row::default(),
    ] {
        holds(&hosts, &grid(&[12, 13, 14, 15, 20, 21, 22, 500], &RATES[..6], &row), "USD")?;
    }
    Ok(())
}

/// More kinds of rows than are kept, more ranges than are looked at, words longer than there is
/// room for: such rows take longer, and cost the same.
#[test]
fn what_there_is_no_room_for_costs_the_same() -> Result<(), TestCaseError> {
    let tiers: Vec<_> = (0..20)
        .map(|at| {
            format!(
                "{{ quantity = \"{}-{}\", price = \"{}.00\" }}",
                at * 5 + 1,
                at * 5 + 5,
                90 - at
            )
        })
        .collect();
    let book = book(USD, &format!("tiers = [{}]", tiers.join(",\n")), RUNNING, FRIEND);
    let many = (0..2100).map(|at| {
        let row = Row::of(&[("metric", "socket"), ("incumbent", &format!("Rival {}", at % 2070))]);
        row.with("quantity", &(at % 9 + 1).to_string())
    });
    let far = (1..=102)
        .map(|quantity: u64| Row::of(&[("metric", "socket"), ("quantity", &quantity.to_string())]));
    let wordy = (1..=30).map(|at| {
        let row = Row::of(&[("metric", "socket"), ("quantity", &at.to_string())]);
        row.with("incumbent", &"VMware".repeat(at)).with("volume", "auto")
    });
    holds(&book, &numbered(many.chain(far).chain(wordy)), "USD")
}

/// A range from nothing on in which no row has a price: every one of them is told.
#[test]
fn a_range_without_a_price_ends() -> Result<(), TestCaseError> {
    let metric = "tiers = [{ quantity = \"0+\", price = \"5.00\" }]";
    let row = Row::of(&[("metric", "socket"), ("quantity", "5"), ("strategic", "friend")]);
    holds(&book(USD, metric, RUNNING, FRIEND), &numbered([row.clone(), row]), "USD")
}

/// The names of levels are texts from outside: no formula, no escape, and one field whatever is in
/// them.
#[test]
fn the_names_of_levels_do_no_harm() -> Result<(), TestCaseError> {
    for name in ["=1+1", "@x", "a,b", "\\\"q", "a\\nb", "\\u001b[2J", "\\u202Ex"] {
        let book = book(USD, &priced_at("100.00"), RUNNING, FRIEND);
        let book = book.replace("\"vp\"", &format!("\"{name}\""));
        holds(&book, &grid(&[1, 10], &["", "0.1", "0.6"], &Row::default()), "USD")?;
    }
    Ok(())
}
