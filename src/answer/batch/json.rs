//! `dealdesk.batch/1`: what a file of deals comes to. Money is a text in plain decimal.

use crate::answer::batch::{BatchSummary, OutcomeTotals};
use crate::approve::REFUSED;
use crate::document::json::Json;
use crate::number::Currency;
use crate::quote::json::price_book;
use crate::text::escape_invisible;
use serde::Serialize;

/// The summary as JSON, indented, with a line break at its end.
pub fn to_json(summary: &BatchSummary<'_>) -> Json {
    crate::document::json::pretty(&BatchSummaryJson::of(summary))
}

#[derive(Serialize)]
struct BatchSummaryJson<'a> {
    schema: &'static str,
    input: &'a str,
    output: &'a str,
    /// `None` where every row was priced.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<&'a str>,
    currency: &'a str,
    price_book: Json,
    rows: u64,
    priced: u64,
    failed: u64,
    refused: u64,
    list_tcv: String,
    tcv: String,
    discount: String,
    /// The levels of the ladder, lowest first, and behind them what none grants.
    approvals: Vec<BatchOutcomeJson<'a>>,
    /// The reviews that rows need beside their level, if some do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reviews: Vec<BatchOutcomeJson<'a>>,
}

impl<'a> BatchSummaryJson<'a> {
    fn of(summary: &BatchSummary<'a>) -> Self {
        let (book, tally) = (summary.book, summary.tally);
        let currency = book.currency();
        let standings = summary.levels().chain([(REFUSED, summary.refused())]);
        Self {
            schema: "dealdesk.batch/1",
            input: summary.input,
            output: summary.output,
            errors: summary.errors.filter(|_| tally.failed > 0),
            currency: &currency.code,
            price_book: price_book(book),
            rows: summary.rows(),
            priced: tally.priced(),
            failed: tally.failed,
            refused: tally.refused(),
            list_tcv: tally.list_tcv.plain(currency.minor),
            tcv: tally.tcv().plain(currency.minor),
            discount: tally.discount().plain(),
            approvals: standings
                .map(|(name, it)| BatchOutcomeJson::of(name, it, currency))
                .collect(),
            reviews: summary
                .reviews()
                .map(|(name, it)| BatchOutcomeJson::of(name, it, currency))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct BatchOutcomeJson<'a> {
    approval: &'a str,
    rows: u64,
    tcv: String,
}

impl<'a> BatchOutcomeJson<'a> {
    fn of(approval: &'a str, standings: OutcomeTotals, currency: &Currency) -> Self {
        Self { approval, rows: standings.count, tcv: standings.tcv.plain(currency.minor) }
    }
}

/// Returns a text as a JSON string, with invisible characters escaped.
pub(super) fn json_text(text: &str) -> String {
    escape_invisible(&serde_json::Value::from(text).to_string())
}
