//! Worked cases: deals with the figures that must come out, in `*.toml` beside this file.
//!
//! ```toml
//! [[case]]
//! name = "100 sockets, 3 years"
//! deal = { metric = "socket", quantity = 100, term = 3 }
//! net_unit = "1912.50"  # 2,500.00 x 0.90 x 0.85
//! tcv = "573750.00"     # x 100 sockets x 3 years
//! ```
//!
//! `case` says which keys there are, and `support::cases` how they are compared.

mod case;
mod committed;
mod exact;
mod found;
mod perpetual;
mod refused;
mod runner;

use crate::support::DAY;
use crate::support::cases::{Case, Judged, Table};
use case::CASES;
use dealdesk::book::Books;
use dealdesk::number::Date;
use dealdesk::text::diagnostic::Checked;
use dealdesk::text::source::Source;
use dealdesk::{deal, quote};
use serde_json::Value;

#[test]
fn every_case_comes_out() {
    CASES.come_out(judge);
}

fn judge(case: &Case, table: &Table) -> Judged {
    if !case::has_figure(case) {
        return Err("a case states at least one figure".to_owned());
    }
    let quote = price(&case::deal(case)?, &table.books).map_err(|faults| faults.to_string())?;
    Ok(case.compare(|key| found::found(key, &quote)))
}

/// The quote as programs see it: what is compared is what leaves the house.
fn price(deal: &str, book: &Books) -> Checked<Value> {
    let today = Date::parse(DAY).expect("a date");
    let draft = deal::read(&Source::file("deal", deal));
    let deal = deal::resolve(&draft, book, today)?;
    let json = quote::json::to_json(&quote::quote(&deal)).to_string();
    Ok(serde_json::from_str(&json).expect("JSON"))
}
