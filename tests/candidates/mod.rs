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

mod case;

use crate::support::{DAY, Desk, root};
use case::Case;
use dealdesk::text::source::Source;
use serde_json::Value;
use std::fs;

#[test]
fn every_case_comes_out() {
    let mut failures = Vec::new();
    let mut cases = 0;
    for entry in fs::read_dir(root().join("tests/candidates")).expect("the folder of the cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = fs::read_to_string(&path).expect("a file of cases");
            let table = case::read(&Source::file(&name, &text));
            let table = table.unwrap_or_else(|faults| panic!("{faults}"));
            let book = table.book.as_deref().unwrap_or(include_str!("../../pricing.toml"));
            failures.extend(table.cases.iter().flat_map(|case| judge(case, book)));
            cases += table.cases.len();
        }
    }
    assert!(cases > 0, "no file has cases");
    assert!(failures.is_empty(), "\n\n{}\n", failures.join("\n"));
}

fn judge(case: &Case, book: &str) -> Vec<String> {
    let desk = Desk::new().file("pricing.toml", book).file("deal.toml", &case.deal);
    let mut words = vec!["compare", "deal.toml", "--date", DAY, "--format", "json"];
    words.extend(case.units.iter().flat_map(|units| ["--units", units]));
    words.extend(case.utilisation.iter().flat_map(|share| ["--utilisation", share]));
    let ran = desk.run(&words);
    if ran.code != Some(0) {
        return vec![format!("{}: {}", case.name, ran.stderr)];
    }
    let told: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let wrong = case.expected.iter().filter_map(|(key, expected)| {
        let found: Vec<_> =
            told["lines"].as_array().expect("lines").iter().flat_map(|it| found(key, it)).collect();
        let [wanted, got] = [expected, &found].map(|them| them.join("\n    "));
        let differs = found != *expected;
        differs
            .then(|| format!("{}: {key}\n  expected\n    {wanted}\n  found\n    {got}", case.name))
    });
    wrong.collect()
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

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("-").to_owned()
}
