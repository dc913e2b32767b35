//! Worked cases of one need by every metric that fits, in `*.toml` beside this file. What is compared
//! is what the real binary prints.
//!
//! ```toml
//! [[case]]
//! name = "100 sockets of 32 cores"
//! deal = "line = [{ metric = \"socket\", quantity = 100 }]"
//! units = ["core=32/socket"]
//! costs = ["socket 100: 250000.00, 225000.00, nobody"]   # at list, at net, who gains
//! ```

use crate::support::cases::{Case, Cases, Judged, Table, text};
use crate::support::{DAY, Desk};
use dealdesk::table::{Key, Kind};
use serde_json::Value;

const CASES: Cases = Cases {
    folder: "compare",
    given: &[
        Key::required("deal", Kind::Text, "The text of a deal file."),
        Key::optional("units", Kind::Texts, "How many of other units it is: \"core=16/socket\"."),
        Key::optional("utilization", Kind::Text, "The share of all hours in which a unit is used."),
    ],
    expected: &[
        Key::required("costs", Kind::Texts, "Each: \"core 3200: 560000.00, 560000.00, we\"."),
        Key::optional("cheapest", Kind::Texts, "The metrics that cost least."),
        Key::optional("share", Kind::Texts, "What each costs more than the deal, as a share."),
        Key::optional("each", Kind::Texts, "What a unit of the need costs by each."),
        Key::optional("first_year", Kind::Texts, "What the first year costs by each."),
        Key::optional("average_year", Kind::Texts, "What an average year costs by each."),
        Key::optional("years", Kind::Texts, "What each year costs by each: \"1.00, 2.00\"."),
        Key::optional("tcv", Kind::Texts, "The contract value of each."),
        Key::optional("needs", Kind::Texts, "The level of each; \"refused\" outside policy."),
        Key::optional("asked", Kind::Texts, "What the deal asks for."),
        Key::optional("turns", Kind::Texts, "\"core list: 1-1428 less, 1429+ more\"."),
        Key::optional(
            "year_turns",
            Kind::Texts,
            "The same where years differ: \"year 2 of 200: core net: 1-10 less\".",
        ),
        Key::optional("left_out", Kind::Texts, "Metrics without a price: \"node no-count\"."),
    ],
};

#[test]
fn every_case_comes_out() {
    CASES.come_out(judge);
}

fn judge(case: &Case, table: &Table) -> Judged {
    let deal = case.text("deal").expect("what is required");
    let desk = Desk::new().file("pricing.toml", &table.book).file("deal.toml", deal);
    let mut words = vec!["compare", "deal.toml", "--date", DAY, "--format", "json"];
    words.extend(case.texts("units").iter().flat_map(|units| ["--units", units]));
    words.extend(case.text("utilization").iter().flat_map(|share| ["--utilization", share]));
    let ran = desk.run(&words);
    if ran.code != Some(0) {
        return Err(ran.stderr);
    }
    let told: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let lines = told["lines"].as_array().expect("lines");
    Ok(case.compare(|key| Some(lines.iter().flat_map(|line| found(key, line)).collect())))
}

fn found(key: &str, line: &Value) -> Vec<String> {
    let all = line["candidates"].as_array().expect("candidates");
    let of_each = |key: &str| all.iter().map(|it| text(&it[key])).collect();
    match key {
        "costs" => all.iter().map(costs).collect(),
        "cheapest" => {
            let cheapest = all.iter().filter(|it| it["cheapest"] == true);
            cheapest.map(|it| text(&it["metric"])).collect()
        }
        "years" => all.iter().map(|it| joined(&it["years"], text)).collect(),
        "needs" => all.iter().map(needs).collect(),
        "asked" => vec![text(&line["asked_tcv"])],
        "turns" => {
            let found = line["break_evens"].as_array().expect("break-evens");
            found.iter().flat_map(|it| ["list", "net"].map(|side| turns(it, side))).collect()
        }
        "year_turns" => {
            let years = line["break_evens_by_year"].as_array().expect("years that differ");
            years.iter().flat_map(year_turns).collect()
        }
        "left_out" => {
            let left_out = line["left_out"].as_array().expect("a list").iter();
            let of = |it: &Value| format!("{} {}", text(&it["metric"]), text(&it["reason"]));
            left_out.map(of).collect()
        }
        key => of_each(key),
    }
}

fn costs(it: &Value) -> String {
    let bought = joined(&it["bought"], |years| text(&years["quantity"]));
    let [metric, list, net, gains] = ["metric", "list", "net", "gains"].map(|key| text(&it[key]));
    format!("{metric} {bought}: {list}, {net}, {gains}")
}

fn needs(it: &Value) -> String {
    let is_refused = it["violations"].as_array().is_some_and(|all| !all.is_empty());
    if is_refused { "refused".to_owned() } else { text(&it["approvals"]["level"]) }
}

/// "core list: 1-1428 less, 1429+ more", "perpetual beside socket net: year 20".
fn turns(found: &Value, side: &str) -> String {
    let (metric, told) = (text(&found["metric"]), &found[side]);
    match found["kind"].as_str() {
        Some("units") => format!("{metric} {side}: {}", joined(told, range)),
        Some("use") => {
            let at = format!("{side}_at_price_of_all");
            let at = found[at.as_str()].as_str().map(|at| format!("; at the price of all {at}"));
            let other = text(&found["beside"]);
            let told = joined(told, range);
            format!("{metric} beside {other} {side}: {told}{}", at.unwrap_or_default())
        }
        _ => {
            let year = told["year"].as_str().map_or("never".to_owned(), |it| format!("year {it}"));
            format!("{metric} beside {} {side}: {year}", text(&found["beside"]))
        }
    }
}

/// "year 2 of 200: core net: 1-2571 less, 2572+ more".
fn year_turns(year: &Value) -> Vec<String> {
    let [from, quantity] = [year["from_year"].to_string(), text(&year["quantity"])];
    let found = year["break_evens"].as_array().expect("break-evens").iter();
    let told = found.flat_map(|it| ["list", "net"].map(|side| turns(it, side)));
    told.map(|told| format!("year {from} of {quantity}: {told}")).collect()
}

fn range(range: &Value) -> String {
    let to = range["to"].as_str().map_or("+".to_owned(), |to| format!("-{to}"));
    format!("{}{to} {}", text(&range["from"]), text(&range["costs"]))
}

fn joined(list: &Value, of: impl Fn(&Value) -> String) -> String {
    list.as_array().expect("a list").iter().map(of).collect::<Vec<_>>().join(", ")
}
