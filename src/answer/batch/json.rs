//! `dealdesk.batch/1`: what a file of deals comes to. Money is a text in plain decimal.

use crate::answer::batch::{BatchSummary, OutcomeTotals};
use crate::approve::REFUSED;
use crate::document::json::{Json, object};
use crate::quote::json::price_book;
use crate::text::escape_invisible;

/// Turns the summary into JSON. The last of the approvals are the rows that no level grants.
pub fn to_json(summary: &BatchSummary<'_>) -> Json {
    let (book, tally) = (summary.book, summary.tally);
    let currency = book.currency();
    let outcome = |(approval, rows): (&str, OutcomeTotals)| {
        object! { approval, rows: rows.count, tcv: rows.tcv.plain(currency.minor) }
    };
    object! {
        schema: "dealdesk.batch/1",
        input: summary.input,
        output: summary.output,
        errors: summary.errors.filter(|_| tally.failed > 0),
        date: summary.date,
        currency: &currency.code,
        price_book: price_book(book),
        rows: summary.rows(),
        priced: tally.priced(),
        failed: tally.failed,
        refused: summary.refused().count,
        list_tcv: tally.list_tcv.plain(currency.minor),
        tcv: tally.tcv().plain(currency.minor),
        discount: tally.discount(),
        approvals: Json::list(
            summary.levels().chain([(REFUSED, summary.refused())]).map(outcome),
        ),
        reviews: Json::list_if_any(summary.reviews().map(outcome)),
    }
}

/// Returns a text as a JSON string, with invisible characters escaped.
pub(super) fn json_text(text: &str) -> String {
    escape_invisible(&serde_json::Value::from(text).to_string())
}
