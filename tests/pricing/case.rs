//! The keys of a case, and its deal.

use crate::support::cases::{Case, Cases};
use dealdesk::table::{Key, Kind, Shape};
use std::fmt::Write;

/// Amounts are as JSON has them: plain, with the places of their currency or more.
pub const CASES: Cases = Cases {
    folder: "pricing",
    given: &[
        Key::optional("deal", Kind::Table(&DEAL), "A deal of one line."),
        Key::optional("file", Kind::Text, "Any other deal: the text of a deal file."),
    ],
    expected: &[
        // Figures.
        Key::optional("currency", Kind::Text, "The currency of every amount."),
        Key::optional("list_unit", Kind::Text, "The list price of the only line."),
        Key::optional("net_unit", Kind::Text, "Its net price."),
        Key::optional(
            "waterfall",
            Kind::Texts,
            "Its steps: \"list 3000.00\", \"volume 15% 2550.00\".",
        ),
        Key::optional("monthly", Kind::Text, "What it costs a month, if it is paid by the hour."),
        Key::optional(
            "committed",
            Kind::Texts,
            "What is paid even if nothing is used: \"10000 x 0.03 = 219000.00 a month, 2628000.00\".",
        ),
        Key::optional("committed_tcv", Kind::Text, "The contract value without any use."),
        Key::optional("one_time", Kind::Text, "What is paid once, all lines."),
        Key::optional("years", Kind::Texts, "Its years: \"50 x 2018.75 = 100937.50\"."),
        Key::optional("lines", Kind::Texts, "The contract value of each line."),
        Key::optional("services", Kind::Texts, "Its services: \"migration 130 - 100 = 30\"."),
        Key::optional(
            "included_before",
            Kind::Texts,
            "What other contracts include of its services: \"migration 70000.00\".",
        ),
        Key::optional("annual", Kind::Text, "What the first year costs, all lines."),
        Key::optional("exit_arr", Kind::Text, "What the last year costs, where years differ."),
        Key::optional("acv", Kind::Text, "The average of the years."),
        Key::optional("list_tcv", Kind::Text, "The contract value at list."),
        Key::optional("tcv", Kind::Text, "The contract value."),
        Key::optional("discount", Kind::Text, "The share off list, with 4 places."),
        Key::optional(
            "resold",
            Kind::Texts,
            "Each segment through a partner: \"1912.50 - 1300.50 = 612.00\".",
        ),
        Key::optional("partner_annual", Kind::Text, "What the partner pays us in the first year."),
        Key::optional("partner_tcv", Kind::Text, "And over the contract."),
        Key::optional("rebates", Kind::Texts, "What is paid back: \"quarterly 2% 1500.00\"."),
        Key::optional("our_net_tcv", Kind::Text, "What rebates leave of what the partner pays."),
        Key::optional("kept_tcv", Kind::Text, "What the partner keeps of it."),
        Key::optional("break_even_revenue", Kind::Text, "Where a share is the price of the lines."),
        Key::optional(
            "compared",
            Kind::Texts,
            "\"list 16000.00 or 7500.00: 0.53125 saved, year 20\", \"net 2.00 or 1.00: 2x, 0.5; vp\".",
        ),
        Key::optional("end", Kind::Text, "The last day of the contract."),
        Key::optional("renewal", Kind::Texts, "Where work on it begins, and notice is due."),
        Key::optional("first_part", Kind::Text, "A part of a year: \"198/365 days\"."),
        Key::optional(
            "invoices",
            Kind::Texts,
            "With their dates: \"2026-12-15 due 2027-01-14 122054.79\".",
        ),
        Key::optional(
            "covers",
            Kind::Texts,
            "The days of each item: \"2026-12-15 to 2027-06-30\".",
        ),
        Key::optional("policy_unit", Kind::Text, "What policy gives in place of an agreed price."),
        Key::optional("policy_years", Kind::Texts, "The same in each year."),
        Key::optional("policy_tcv", Kind::Text, "The contract at what policy gives."),
        // What is said about them.
        Key::optional("edition", Kind::Text, "The edition of the only line."),
        Key::optional("level", Kind::Text, "The approval level."),
        Key::optional("requires", Kind::Texts, "The rules that ask for approval, in their order."),
        Key::optional("clauses", Kind::Texts, "Its clauses: \"escrow red-line svp legal\"."),
        Key::optional("violations", Kind::Texts, "The rules that are broken, in their order."),
        Key::optional("warnings", Kind::Texts, "The codes of all warnings, in their order."),
        Key::optional("notes", Kind::Texts, "The codes of all notes, in their order."),
        Key::optional("says", Kind::Texts, "Parts of what the quote says, in any order."),
    ],
};

/// Keys that are compared and are no figures.
const JUDGEMENTS: &[&str] = &[
    "currency",
    "edition",
    "level",
    "requires",
    "clauses",
    "violations",
    "warnings",
    "notes",
    "says",
];

static DEAL: Shape = Shape {
    what: "the deal",
    about: "A deal of one line, in the words of the command line.",
    guesses: &[],
    keys: &[
        Key::required("metric", Kind::Text, "What is counted."),
        Key::required("quantity", Kind::Quantity, "How many."),
        Key::optional("currency", Kind::Text, "One of the book's currencies."),
        Key::optional("term", Kind::Whole(1, 30), "The commitment in years."),
        Key::optional("prepay", Kind::Text, "The way to prepay."),
        Key::optional("payment", Kind::Text, "The payment term."),
        Key::optional("billing", Kind::Text, "The way to bill."),
        Key::optional("start", Kind::Date, "The first day of the contract."),
        Key::optional("first_year", Kind::Date, "The first day of its first whole year."),
        Key::optional("co_term_end", Kind::Date, "The last day of the contract that it joins."),
        Key::optional("volume", Kind::Text, "How much of the volume discount to take."),
        Key::optional("strategic", Kind::Text, "A program and its rate: \"lighthouse=10%\"."),
        Key::optional("edition", Kind::Text, "An edition."),
        Key::optional("hosts", Kind::Whole(1, 1_000_000), "The number of hosts."),
        Key::optional("incumbent", Kind::Text, "Whose product is to be replaced."),
    ],
};

/// Whether a case states at least one figure.
pub fn has_figure(case: &Case) -> bool {
    case.expects(|key| !JUDGEMENTS.contains(&key))
}

/// The deal of a case as the text of a deal file.
pub fn deal(case: &Case) -> Result<String, String> {
    match (case.text("deal.metric"), case.text("file")) {
        (Some(_), None) => Ok(one_line(case)),
        (None, Some(file)) => Ok(file.to_owned()),
        _ => Err("a case has either `deal` or `file`".to_owned()),
    }
}

fn one_line(case: &Case) -> String {
    let mut file = String::new();
    let mut write = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            writeln!(file, "{key} = {value}").expect("a String takes it");
        }
    };
    let plain = |key: &str| case.text(&format!("deal.{key}")).map(str::to_owned);
    let text = |key: &str| plain(key).map(|it| format!("{it:?}"));
    write("currency", text("currency"));
    write("term_years", plain("term"));
    for key in ["prepay", "payment", "billing"] {
        write(key, text(key));
    }
    for key in ["start", "first_year", "co_term_end"] {
        write(key, plain(key));
    }
    write("incumbent", text("incumbent"));
    write("discount.volume", text("volume"));
    if let Some(strategic) = plain("strategic") {
        let (program, rate) = strategic.split_once('=').unwrap_or((&strategic, ""));
        write("strategic", Some(format!("{{ program = {program:?}, rate = {rate:?} }}")));
    }
    write("[[line]]\nmetric", text("metric"));
    write("quantity", text("quantity"));
    write("edition", text("edition"));
    write("hosts", plain("hosts"));
    file
}
