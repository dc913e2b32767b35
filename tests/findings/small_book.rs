//! Small books, each written around the rule that decides its figures.

use super::{found, load};
use dealdesk::book::Books;

const HEAD: &str = "
[book]
name = \"Small\"
version = \"1\"
currency = \"USD\"
quote_valid = \"30 days\"
[rounding]
mode = \"half-up\"
[[approval]]
level = \"lead\"
title = \"Lead\"
";

pub fn small_book(rest: &str) -> Books {
    load("book.toml", &format!("{HEAD}{rest}"))
}

/// Returns a metric with these ranges and prices. `more` are its other keys.
pub fn metric(name: &str, more: &str, tiers: &[(&str, &str)]) -> String {
    let tiers = tiers
        .iter()
        .map(|(quantity, price)| format!("{{ quantity = \"{quantity}\", price = \"{price}\" }}, "));
    format!(
        "[metric.{name}]\ntitle = \"{name}\"\nunit = \"{name}\"\nunits = \"{name}s\"\nmode = \"volume\"\n{more}\n\
         tiers = [{}]\n",
        tiers.collect::<String>()
    )
}

/// Returns a waterfall of one discount, which is a program. `more` are the other keys of the program.
pub fn program(more: &str) -> String {
    format!("[waterfall]\norder = [\"strategic\"]\n{}", strategic(more))
}

pub fn strategic(more: &str) -> String {
    format!(
        "[discount.strategic]\ntitle = \"Strategic\"\nby = \"program\"\nbase = \"running\"\nmetrics = [\"seat\"]\n\
         [discount.strategic.program.pilot]\ntitle = \"Pilot\"\n{more}\n"
    )
}

/// Returns a guardrail on the discount of a whole quote. `does` is what it does beyond the limit.
pub fn discount_guardrail(limit: &str, does: &str) -> String {
    format!(
        "[[guardrail]]\nname = \"deep\"\nmeasure = \"discount\"\nabove = \"{limit}\"\n{does}\nreason = \"Deep\"\n"
    )
}

/// Returns the messages of one kind, in the order of the report.
pub fn messages(text: &str, kind: &str) -> Vec<String> {
    let books = small_book(text);
    let found = found(&books);
    found.iter().filter(|it| it.code.name == kind).map(|it| it.message.clone()).collect()
}
