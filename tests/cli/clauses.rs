//! Clauses from a file, from flags, and to another file.

use super::{DEAL, json};
use crate::support::{Desk, OUR_BOOK};
use dealdesk::number::Date;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};

const CLAUSES: &str = r#"
[[clause]]
name = "source-escrow"
reason = "Their regulator"
"#;

fn desk() -> Desk {
    Desk::new().file("deal.toml", &format!("{DEAL}{CLAUSES}"))
}

#[test]
fn a_typed_clause_stands_beside_those_of_the_file_and_leaves_their_reasons() {
    let typed = ["--clause", "source-escrow", "--clause", "sla-99-95", "--format", "json"];
    let quote = json(&desk().run(&[&["quote", "deal.toml"][..], &typed].concat()).stdout);
    let clauses = quote["clauses"].as_array().expect("clauses");
    let names: Vec<_> = clauses.iter().map(|it| (&it["name"], &it["reason"])).collect();
    let expected = [
        ("source-escrow".into(), "Their regulator".into()),
        ("sla-99-95".into(), serde_json::Value::default()),
    ];
    assert_eq!(names, expected.each_ref().map(|(name, reason)| (name, reason)));
}

#[test]
fn a_clause_typed_twice_is_a_mistake() {
    let ran = desk().run(&["quote", "deal.toml", "--clause", "sla-99-95", "--clause", "sla-99-95"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("the clause \"sla-99-95\" is given twice"), "{}", ran.stderr);
}

#[test]
fn a_clause_that_nobody_grants_is_outside_policy() {
    let ran = desk().run(&["quote", "deal.toml", "--clause", "unlimited-liability"]);
    assert_eq!(ran.code, Some(4));
    assert!(ran.stdout.contains("never     outside policy"), "{}", ran.stdout);
}

#[test]
fn a_saved_deal_keeps_its_clauses_with_their_reasons() {
    let book = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("a book");
    let draft = deal::read(&Source::file("deal.toml", &format!("{DEAL}{CLAUSES}")));
    let today = Date::parse("2026-11-21").expect("a date");
    let saved = deal::to_toml(&deal::resolve(&draft, &book, today).expect("a deal"));
    assert!(saved.ends_with(CLAUSES), "{saved}");
}
