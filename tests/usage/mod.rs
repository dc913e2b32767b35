//! Worked cases of metering: usage files with the invoices that must come out, in `*.toml` beside
//! this file.
//!
//! ```toml
//! [[case]]
//! name = "10,000 cores for a month"
//! deal = '''...'''      # the text of a deal file; the book's only metric by the hour if left out
//! hours = "real"        # "book" if left out
//! usage = '''...'''     # the text of the usage file
//! months = ["2026-01: 7300000 x 0.03 = 0.00 + 219000.00 = 219000.00"]
//! total = "219000.00"
//! ```
//!
//! A month is what is charged, its price, and baseline plus overage.

mod case;
mod refused;

use crate::support::{DAY, root};
use case::Case;
use dealdesk::answer::usage;
use dealdesk::answer::usage::UsageTerms;
use dealdesk::book::Books;
use dealdesk::deal::Draft;
use dealdesk::number::{Date, Quantity};
use dealdesk::quote::quote;
use dealdesk::text::diagnostic::{Checked, Diagnostics};
use dealdesk::text::source::{Place, Source, Written};
use dealdesk::{book, deal};
use serde_json::Value;
use std::fs;

#[test]
fn every_case_comes_out() {
    let mut failures = Vec::new();
    let mut files = 0;
    for entry in fs::read_dir(root().join("tests/usage")).expect("the folder of the cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = fs::read_to_string(&path).expect("a file of cases");
            failures.extend(failures_of(&name, &text));
            files += 1;
        }
    }
    assert!(files > 0, "no file has cases");
    assert!(failures.is_empty(), "\n\n{}\n", failures.join("\n"));
}

fn failures_of(name: &str, text: &str) -> Vec<String> {
    let table = match case::read(&Source::file(name, text)) {
        Ok(table) => table,
        Err(faults) => return vec![faults.to_string()],
    };
    let book = table.book.as_deref().unwrap_or(include_str!("../../pricing.toml"));
    match book::load(&Source::file("book", book)) {
        Ok(book) => table.cases.iter().flat_map(|case| judge(case, &book)).collect(),
        Err(faults) => vec![format!("{name}: {faults}")],
    }
}

fn judge(case: &Case, book: &Books) -> Vec<String> {
    let statement = match rate(case, book) {
        Ok(statement) => statement,
        Err(faults) => return vec![format!("{}: {faults}", case.name)],
    };
    let expected = case.expected.iter();
    let wrong = expected.filter_map(|(key, values)| {
        let found = found(key, &statement);
        let differs = found != *values;
        let (expected, found) = (values.join("\n    "), found.join("\n    "));
        differs.then(|| {
            format!("{}: {key}\n  expected\n    {expected}\n  found\n    {found}", case.name)
        })
    });
    wrong.collect()
}

/// The statement as programs see it: what is compared is what leaves the house.
fn rate(case: &Case, book: &Books) -> Checked<Value> {
    statement(&case.usage, case.deal.as_deref(), case.hours, book)
}

/// The statement of a usage file, under a deal file or under the book alone.
pub fn statement(
    text: &str,
    deal: Option<&str>,
    hours: book::MonthHours,
    book: &Books,
) -> Checked<Value> {
    let today = Date::parse(DAY).expect("a date");
    let mut draft = match deal {
        Some(deal) => deal::read(&Source::file("deal", deal)),
        None => Draft::new(Place::whole(Source::file("deal", ""))),
    };
    let one = |fault| Diagnostics::sorted(vec![fault]);
    let (line, metric) = usage::choose(&mut draft, book.first(), None).map_err(one)?;
    let readings = usage::read(&Source::file("usage", text), &usage::column(metric))?;
    if deal.is_none() {
        let first = metric.tiers()[0].quantity().from();
        let quantity = Quantity::whole(first).expect("a quantity");
        draft.lines[line].quantity = Some(Written::new(quantity, draft.place.clone()));
    }
    let deal = deal::resolve(&draft, book, today)?;
    let quote = quote(&deal);
    let terms = UsageTerms { line, segment: 0, hours, is_estimated: true };
    let statement = usage::rate(&quote, terms, &readings)?;
    Ok(serde_json::from_str(&usage::json::to_json(&statement)).expect("JSON"))
}

fn found(key: &str, statement: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let months = || statement["months"].as_array().expect("months").iter();
    let totals = &statement["totals"];
    match key {
        "months" => months().map(month).collect(),
        "dates" => months().map(dates).collect(),
        "hours_of" => months().map(|month| month["hours"].to_string()).collect(),
        "averages" => months().map(|month| text(&month["average"])).collect(),
        "sources" => months().map(|month| text(&month["price"]["range"])).collect(),
        "total" => vec![text(&totals["amount"])],
        "baseline" | "overage" => vec![text(&totals[key])],
        "estimate" => {
            let estimate = &statement["estimate"];
            ["quantity", "used", "annual", "annualised", "amount"]
                .map(|key| text(&estimate[key]))
                .to_vec()
        }
        "subscriptions" => {
            let found = statement["subscriptions"].as_array().expect("subscriptions").iter();
            found.map(subscription).collect()
        }
        "level" => vec![text(&statement["approval"])],
        "required" => {
            let required = statement["required"].as_array().expect("requirements").iter();
            required.map(|it| format!("{}: {}", text(&it["level"]), text(&it["reason"]))).collect()
        }
        "violations" => {
            let violations = statement["violations"].as_array().expect("violations").iter();
            violations.map(|it| text(&it["message"])).collect()
        }
        "warnings" => {
            let warnings = statement["warnings"].as_array().expect("warnings").iter();
            warnings.map(|warning| text(&warning["code"])).collect()
        }
        "says" => {
            let warnings = statement["warnings"].as_array().expect("warnings");
            warnings.last().map(|it| text(&it["message"])).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// `busiest-month 2026-02: 12000 core, 1800000.00, none`.
fn subscription(found: &Value) -> String {
    let text = |key: &str| found[key].as_str().unwrap_or_default();
    let month = found["month"].as_str().map(|month| format!(" {month}")).unwrap_or_default();
    let [covers, quantity, metric, annual, level] =
        ["covers", "quantity", "metric", "annual", "level"].map(text);
    format!("{covers}{month}: {quantity} {metric}, {annual}, {level}")
}

/// `2026-02-01 due 2026-03-03`.
fn dates(month: &Value) -> String {
    let [date, due] = ["invoice_date", "due"].map(|key| month[key].as_str().unwrap_or("-"));
    format!("{date} due {due}")
}

/// `2026-01: 7300000 x 0.03 = 0.00 + 219000.00 = 219000.00`.
fn month(month: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let [name, charged, baseline, overage, amount] =
        ["month", "charged", "baseline", "overage", "amount"].map(|key| text(&month[key]));
    let price = text(&month["price"]["net_unit_price"]);
    format!("{name}: {charged} x {price} = {baseline} + {overage} = {amount}")
}
