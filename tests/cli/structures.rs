//! Deals that are not one flat line, as a person reads them.

use super::on_the_day;
use crate::support::{Desk, assert_shows, root};

/// An example, as its snapshot shows it.
fn example(name: &str, more: &[&str]) {
    let path = root().join(format!("examples/{name}.toml"));
    let words = ["quote", path.to_str().expect("a name")];
    let ran = Desk::new().run(&on_the_day(&words, more));
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_shows!(name, ran.stdout);
}

#[test]
fn clauses_with_whoever_must_agree() {
    example("contract-terms", &[]);
}

#[test]
fn a_pilot_lasts_months_and_is_paid_once() {
    example("pilot", &["--explain"]);
}

#[test]
fn services_stand_at_their_value_and_at_their_price() {
    example("services", &["--explain"]);
}

#[test]
fn the_contract_values_of_a_spreadsheet_add_up_with_services() {
    let path = root().join("examples/services.toml");
    let words = ["quote", path.to_str().expect("a name")];
    let csv = Desk::new().run(&on_the_day(&words, &["--format", "csv"])).stdout;
    let rows: Vec<Vec<&str>> = csv.lines().map(|row| row.split(',').collect()).collect();
    let column = |name| rows[0].iter().position(|it| *it == name).expect("a column");
    let cells = |name| rows[1..].iter().map(|row| row[column(name)]).collect::<Vec<_>>();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    assert_eq!(cells("metric"), ["socket", "migration"]);
    assert_eq!(cells("tcv"), ["1434375.00", "30000.00"]);
    assert_eq!(cells("one_time"), ["0.00", "30000.00"]);
    assert_eq!(cells("discount"), ["0.2350", "0.0000"]);

    let deal = std::fs::read_to_string(&path)
        .expect("the example")
        .replace("quantity = 65", "quantity = 50");
    let desk = Desk::new().file("deal.toml", &deal);
    let included = desk.run(&on_the_day(&["quote", "deal.toml"], &["--format", "csv"])).stdout;
    assert_eq!(included.lines().count(), 2, "what is included has no price, and no row");
}

#[test]
fn pilots_of_unlike_months_say_from_when_to_when() {
    let pilots = "\
[[line]]
metric = \"edge-pilot\"
quantity = 20
fee = \"50000.00\"

[[line]]
metric = \"enterprise-pilot\"
quantity = 50
";
    let desk = Desk::new().file("deal.toml", pilots);
    let ran = desk.run(&on_the_day(&["quote", "deal.toml"], &[]));
    assert!(ran.stdout.contains("  Term     3 to 6 months\n"), "{}", ran.stdout);
    let beside = desk.run(&on_the_day(&["quote", "deal.toml"], &["--term", "3"]));
    assert!(beside.stdout.contains("  Term     3 to 6 months\n"), "no term decides them");
}

#[test]
fn a_pilot_that_starts_ends_after_its_months_and_is_invoiced_at_its_start() {
    let text = std::fs::read_to_string(root().join("examples/pilot.toml")).expect("the example");
    let desk =
        Desk::new().file("deal.toml", &text.replacen("\n[[", "\nstart = 2027-01-31\n\n[[", 1));
    let ran = desk.run(&on_the_day(&["quote", "deal.toml"], &["--format", "json"]));
    let quote = super::json(&ran.stdout);
    assert_eq!(quote["end"], "2027-07-30", "{}", ran.stdout);
    assert!(quote["renewal"].is_null(), "a pilot is not renewed");
    let [invoice] = quote["invoices"].as_array().expect("invoices").as_slice() else {
        panic!("one invoice: {}", ran.stdout)
    };
    assert_eq!((&invoice["date"], &invoice["amount"]), (&"2027-01-31".into(), &"75000.00".into()));
}

#[test]
fn services_are_invoiced_at_the_start_and_invoices_add_up() {
    let text = std::fs::read_to_string(root().join("examples/services.toml")).expect("the example");
    let desk =
        Desk::new().file("deal.toml", &text.replacen("\n[[", "\nstart = 2027-01-01\n\n[[", 1));
    let ran = desk.run(&on_the_day(&["quote", "deal.toml"], &["--format", "json"]));
    let quote = super::json(&ran.stdout);
    let first = &quote["invoices"][0];
    // 478,125 for the first year, and 30,000 of services.
    assert_eq!((&first["date"], &first["amount"]), (&"2027-01-01".into(), &"508125.00".into()));
    let of: Vec<_> = first["items"]
        .as_array()
        .expect("items")
        .iter()
        .map(|it| (&it["line"], &it["service"]))
        .collect();
    assert_eq!(of, [(&1.into(), &serde_json::Value::Null), (&serde_json::Value::Null, &1.into())]);
    let rows = desk.run(&on_the_day(&["invoices", "deal.toml"], &["--format", "csv"])).stdout;
    assert!(rows.contains(",2,migration,,,no,30000.00,"), "{rows}");
}

#[test]
fn a_pilot_beside_years_has_their_term() {
    let mixed = "\
term_years = 3
[[line]]
metric = \"edge-pilot\"
quantity = 20
fee = \"50000.00\"
[[line]]
metric = \"node\"
quantity = 100
";
    let desk = Desk::new().file("deal.toml", mixed);
    let ran = desk.run(&on_the_day(&["quote", "deal.toml"], &[]));
    assert!(ran.stdout.contains("  Term     3 years\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("Edge pilot, 20 nodes for 6 months"), "{}", ran.stdout);
}

#[test]
fn a_fee_is_named_on_the_command_line() {
    let line = ["quote", "--metric", "edge-pilot", "--quantity", "20"];
    let ran = Desk::new().run(&on_the_day(&line, &["--fee", "75000", "--format", "json"]));
    let quote = super::json(&ran.stdout);
    assert_eq!(quote["totals"]["tcv"], "75000.00");
    assert_eq!(quote["lines"][0]["months"], 6);
    let unread = Desk::new().run(&on_the_day(&line, &["--fee", "lots"]));
    assert!(unread.stderr.ends_with("cannot be quoted: 1 error\n"), "{}", unread.stderr);
}
