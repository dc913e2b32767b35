//! `dealdesk.batch/1`: what a file of deals comes to. Money is a text in plain decimal.

use super::book::BookWire;
use crate::batch::{REFUSED, Standings, Summary};
use crate::value::Currency;
use serde::Serialize;

/// The summary as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(summary: &Summary<'_>) -> String {
    super::pretty(&Wire::of(summary))
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    input: &'a str,
    output: &'a str,
    /// Nothing, if no row failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a str>,
    currency: &'a str,
    price_book: BookWire<'a>,
    rows: u64,
    priced: u64,
    failed: u64,
    refused: u64,
    list_tcv: String,
    tcv: String,
    discount: String,
    /// The levels of the ladder, lowest first, and behind them what none grants.
    approvals: Vec<StandingWire<'a>>,
    /// The reviews that rows need beside their level, if some do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reviews: Vec<StandingWire<'a>>,
}

impl<'a> Wire<'a> {
    fn of(summary: &Summary<'a>) -> Self {
        let (book, tally) = (summary.book, summary.tally);
        let currency = book.currency();
        let standings = summary.levels().chain([(REFUSED, summary.refused())]);
        Self {
            schema: "dealdesk.batch/1",
            input: summary.input,
            output: summary.output,
            errors: summary.errors.filter(|_| tally.failed > 0),
            currency: &currency.code,
            price_book: BookWire::of(book),
            rows: summary.rows(),
            priced: tally.priced(),
            failed: tally.failed,
            refused: tally.refused(),
            list_tcv: tally.list_tcv.plain(currency.minor),
            tcv: tally.tcv().plain(currency.minor),
            discount: tally.discount().plain(),
            approvals: standings.map(|(name, it)| StandingWire::of(name, it, currency)).collect(),
            reviews: summary
                .reviews()
                .map(|(name, it)| StandingWire::of(name, it, currency))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct StandingWire<'a> {
    approval: &'a str,
    rows: u64,
    tcv: String,
}

impl<'a> StandingWire<'a> {
    fn of(approval: &'a str, standings: Standings, currency: &Currency) -> Self {
        Self { approval, rows: standings.count, tcv: standings.tcv.plain(currency.minor) }
    }
}
