//! Worked cases of `dealdesk value`, in `*.toml` beside this file: a deal, and what must come out
//! against the first of its alternatives. What a case does not state is not compared.

use crate::support::DAY;
use crate::support::cases::{Case, Cases, Judged, Table, text};
use dealdesk::answer::value::{ValueRequest, value_analysis};
use dealdesk::deal;
use dealdesk::number::{Date, Rate};
use dealdesk::quote::quote;
use dealdesk::table::{Key, Kind};
use dealdesk::text::source::Source;
use serde_json::Value;

const CASES: Cases = Cases {
    folder: "value",
    given: &[
        Key::required("deal", Kind::Text, "The text of a deal file."),
        Key::optional("against", Kind::Text, "The alternative; what the deal names by default."),
        Key::optional("discount_rate", Kind::Text, "The yearly rate of present values."),
    ],
    expected: &[
        Key::optional("price", Kind::Text, "What we cost."),
        Key::optional("payments", Kind::Texts, "Each: \"date amount\"."),
        Key::optional("costs", Kind::Texts, "Each: \"title: times x amount = total\"."),
        Key::optional(
            "own",
            Kind::Texts,
            "The same for what the customer pays others or spends itself.",
        ),
        Key::optional("with_price", Kind::Text, "Our price and that."),
        Key::optional("present_own", Kind::Text, "What that is value_analysis on the first day."),
        Key::optional("total", Kind::Text, "What the alternative costs."),
        Key::optional("net_benefit", Kind::Text, "The one less the other."),
        Key::optional("saved", Kind::Text, "Net benefit over what the alternative costs."),
        Key::optional("roi", Kind::Text, "Net benefit over price."),
        Key::optional("savings_multiple", Kind::Text, "What the alternative costs over price."),
        Key::optional("payback", Kind::Text, "The first month, and that from which it lasts."),
        Key::optional(
            "present_price",
            Kind::Text,
            "What we cost, value_analysis on the first day.",
        ),
        Key::optional("present_value", Kind::Text, "The same of the alternative."),
        Key::optional("present_net_benefit", Kind::Text, "The one less the other."),
        Key::optional("claims", Kind::Texts, "Each: \"figure found verdict price formula\"."),
        Key::optional("warnings", Kind::Texts, "The codes of all notices."),
        Key::optional("says", Kind::Texts, "Parts of what they say."),
    ],
};

#[test]
fn every_case_comes_out() {
    CASES.come_out(judge);
}

/// Compares the JSON answer, which is what programs read.
fn judge(case: &Case, table: &Table) -> Judged {
    let today = Date::parse(DAY).expect("a date");
    let draft = deal::read(&Source::file("deal", case.text("deal").expect("what is required")));
    let deal = deal::resolve(&draft, &table.books, today).map_err(|faults| faults.to_string())?;
    let named = case.text("against").map(|name| deal.book().alternative(name));
    let against = named.map(|it| it.expect("an alternative of the book"));
    let rate = case.text("discount_rate").map(|rate| Rate::parse(rate).expect("a rate"));
    let quote = quote(&deal);
    let ask = ValueRequest { against: against.into_iter().collect(), rate };
    let value_analysis = value_analysis(&quote, &ask).expect("figures within bounds");
    let told =
        serde_json::from_str(&dealdesk::answer::value::json::to_json(&value_analysis).to_string())
            .expect("JSON");
    Ok(case.compare(|key| Some(look(key, &told))))
}

fn look(key: &str, found: &Value) -> Vec<String> {
    let all = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let first = &found["alternatives"][0];
    match key {
        "price" => vec![text(&found["price"]["total"])],
        "present_price" => vec![text(&found["price"]["present_value"])],
        "payments" => {
            let payments = all(&found["price"]["payments"]).into_iter();
            payments.map(|it| format!("{} {}", text(&it["date"]), text(&it["amount"]))).collect()
        }
        "costs" => all(&first["costs"]).iter().flat_map(cost).collect(),
        "own" => all(&found["own_costs"]["costs"]).iter().flat_map(cost).collect(),
        "with_price" => vec![text(&found["own_costs"]["with_price"])],
        "present_own" => vec![text(&found["own_costs"]["present_value"])],
        "payback" => {
            let months = ["payback_month", "payback_lasting_month"].map(|key| &first[key]);
            vec![months.map(ToString::to_string).join(" ")]
        }
        "claims" => {
            let claims = all(&found["claims"]).into_iter();
            claims.flat_map(|claim| all(&claim["findings"])).map(|it| finding(&it)).collect()
        }
        "warnings" => all(&found["warnings"]).iter().map(|it| text(&it["code"])).collect(),
        "says" => all(&found["warnings"]).iter().map(|it| text(&it["message"])).collect(),
        key => vec![text(&first[key])],
    }
}

/// A cost, or a line for each of its periods: "Licenses, year 1 for 1: 60 x 4000.00 = 240000.00".
fn cost(cost: &Value) -> Vec<String> {
    let [title, amount] = ["title", "amount"].map(|key| text(&cost[key]));
    let line = |title: &str, counted: &Value| {
        let [times, total] = ["times", "total"].map(|key| text(&counted[key]));
        format!("{title}: {times} x {amount} = {total}")
    };
    match cost["periods"].as_array() {
        None => vec![line(&title, cost)],
        Some(periods) => {
            assert!(cost["times"].is_null(), "{cost}");
            let named =
                |it: &Value| format!("{title}, year {} for {}", it["first_year"], it["years"]);
            periods.iter().map(|it| line(&named(it), it)).collect()
        }
    }
}

fn finding(finding: &Value) -> String {
    let verdict = if finding["holds"] == true { "holds" } else { "does-not-hold" };
    let [figure, found, price] =
        ["figure", "found", "price_at_most"].map(|key| text(&finding[key]));
    format!("{figure} {found} {verdict} {price} {}", text(&finding["formula"]["name"]))
}
