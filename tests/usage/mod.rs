//! Worked cases of metering: usage files with the invoices that must come out, in `*.toml` beside
//! this file.
//!
//! ```toml
//! [[case]]
//! name = "10,000 cores for a month"
//! deal = '''...'''      # the text of a deal file; the book's only metric by use if left out
//! hours = "real"        # "book" if left out
//! usage = '''...'''     # the text of the usage file
//! months = ["2026-01: 7300000 x 0.03 = 0.00 + 219000.00 = 219000.00"]
//! total = "219000.00"
//! ```
//!
//! A month is what is charged, its price, and baseline plus overage.

mod refused;

use crate::support::DAY;
use crate::support::cases::{Case, Cases, Judged, Table, text};
use dealdesk::answer::usage;
use dealdesk::answer::usage::UsageTerms;
use dealdesk::book::{Books, MonthHours};
use dealdesk::deal;
use dealdesk::deal::Draft;
use dealdesk::number::{Date, Quantity};
use dealdesk::quote::quote;
use dealdesk::table::{Choice, Key, Kind};
use dealdesk::text::diagnostic::{Checked, Diagnostics};
use dealdesk::text::source::{Place, Source, Written};
use serde_json::Value;

const CASES: Cases = Cases {
    folder: "usage",
    given: &[
        Key::optional("deal", Kind::Text, "The text of a deal file."),
        Key::optional("hours", Kind::Text, "The hours of a month: \"book\" or \"real\"."),
        Key::required("usage", Kind::Text, "The text of the usage file."),
    ],
    expected: &[
        Key::required("months", Kind::Texts, "What is charged, at which price, and what is due."),
        Key::optional(
            "dates",
            Kind::Texts,
            "The day of each invoice, and the last on which it can be paid.",
        ),
        Key::optional("hours_of", Kind::Texts, "The hours of each month."),
        Key::optional("averages", Kind::Texts, "The average of each month."),
        Key::optional("sources", Kind::Texts, "The range that each month lands in."),
        Key::optional("total", Kind::Text, "What is due for all months."),
        Key::optional("baseline", Kind::Text, "What of that is for the commitment."),
        Key::optional("overage", Kind::Text, "What of that is beyond it."),
        Key::optional(
            "resold",
            Kind::Texts,
            "Who is invoiced, a partner's price, what is due, and what the customer pays: \"partner 0.028: 20440.00 of 29200.00\".",
        ),
        Key::optional(
            "estimate",
            Kind::Texts,
            "The quantity of the deal and its share that was used; a year of the deal, a year of months like these, and its share.",
        ),
        Key::optional(
            "subscriptions",
            Kind::Texts,
            "The same by subscription: \"average: 10667 core, 1280040.00, vp\".",
        ),
        Key::optional("level", Kind::Text, "The level of approval."),
        Key::optional("required", Kind::Texts, "What it needs, each: \"vp: the reason\"."),
        Key::optional("violations", Kind::Texts, "What is outside policy, in words."),
        Key::optional("warnings", Kind::Texts, "The codes of all warnings."),
        Key::optional("last_warning", Kind::Text, "The last of the warnings, in words."),
    ],
};

#[test]
fn every_case_comes_out() {
    CASES.come_out(judge);
}

fn judge(case: &Case, table: &Table) -> Judged {
    let wanted = case.text("hours").unwrap_or("book");
    let hours = MonthHours::VALUES.iter().find(|hours| hours.name() == wanted);
    let hours = hours.ok_or("`hours` is \"book\" or \"real\"")?;
    let usage = case.text("usage").expect("what is required");
    let statement = statement(usage, case.text("deal"), *hours, &table.books)
        .map_err(|faults| faults.to_string())?;
    Ok(case.compare(|key| Some(found(key, &statement))))
}

/// The statement of a usage file as programs see it, under a deal file or under the book alone.
pub fn statement(
    text: &str,
    deal: Option<&str>,
    hours: MonthHours,
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
    let terms = UsageTerms { line, segment: 0, hours: Some(hours), is_estimated: true };
    let statement = usage::rate(&quote, terms, &readings)?;
    Ok(serde_json::from_str(&usage::json::to_json(&statement).to_string()).expect("JSON"))
}

fn found(key: &str, statement: &Value) -> Vec<String> {
    let months = || statement["months"].as_array().expect("months").iter();
    let totals = &statement["totals"];
    match key {
        "months" => months().map(month).collect(),
        "dates" => months().map(dates).collect(),
        "hours_of" => months().map(|month| month["hours"].to_string()).collect(),
        "averages" => months().map(|month| text(&month["average"])).collect(),
        "sources" => months().map(|month| text(&month["price"]["range"])).collect(),
        "resold" => months().map(|month| resold(&statement["payer"], month)).collect(),
        "total" => vec![text(&totals["amount"])],
        "baseline" | "overage" => vec![text(&totals[key])],
        "estimate" => {
            let estimate = &statement["estimate"];
            ["quantity", "used", "annual", "annualized", "amount"]
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
        "last_warning" => {
            let warnings = statement["warnings"].as_array().expect("warnings");
            warnings.last().map(|it| text(&it["message"])).into_iter().collect()
        }
        key => unreachable!("{key}"),
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

/// `partner 0.028: 20440.00 of 29200.00`.
fn resold(payer: &Value, month: &Value) -> String {
    let price = month["price"]["partner_unit_price"].as_str().unwrap_or("-");
    let customer = month["customer_amount"].as_str().unwrap_or("-");
    format!("{} {price}: {} of {customer}", text(payer), text(&month["amount"]))
}

/// `2026-01: 7300000 x 0.03 = 0.00 + 219000.00 = 219000.00`.
fn month(month: &Value) -> String {
    let [name, charged, baseline, overage, amount] =
        ["month", "charged", "baseline", "overage", "amount"].map(|key| text(&month[key]));
    let price = &month["price"];
    let partner = price.get("partner_unit_price").filter(|price| price.is_string());
    let price = text(partner.unwrap_or(&price["net_unit_price"]));
    format!("{name}: {charged} x {price} = {baseline} + {overage} = {amount}")
}
