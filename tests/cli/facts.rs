//! Plain facts of a deal: each row of the list reaches everything that ranges over it.

use super::{DEAL, json};
use crate::support::Desk;
use dealdesk::deal::{self, FACTS, Fact};
use dealdesk::number::Date;
use dealdesk::table::Kind;
use dealdesk::text::source::Source;

/// Two values for a fact: what a deal file has, and what people and programs read.
fn values(fact: &Fact) -> [(String, &'static str); 2] {
    let values = match deal::SHAPE.key(fact.key).expect("a key").kind {
        Kind::Date => ["2026-12-31", "2027-01-31"],
        _ => ["Blue \"42\"", "Green"],
    };
    values.map(|value| (format!("{} = {}\n", fact.key, super::hostile::quoted(value)), value))
}

/// The deal of these tests without its customer, which is a fact too.
fn rest() -> &'static str {
    DEAL.split_once('\n').expect("a customer").1
}

#[test]
fn every_fact_is_shown_and_exported() {
    for fact in FACTS {
        let [(line, value), _] = values(fact);
        let desk = Desk::new().file("d.toml", &format!("{line}{}", rest()));
        let quote = json(&desk.run(&["quote", "d.toml", "--format", "json"]).stdout);
        assert_eq!(quote[fact.key], value);
        let page = desk.run(&["quote", "d.toml", "--format", "table"]).stdout;
        let named = |line: &str| line.contains(fact.title) || fact.key == "customer";
        let shown = page.lines().any(|line| named(line) && line.contains(value));
        assert!(shown, "{}: {page}", fact.title);
    }
}

#[test]
fn every_fact_is_saved_and_is_part_of_the_id() {
    let books =
        dealdesk::book::load(&Source::file("pricing.toml", include_str!("../../pricing.toml")));
    let books = books.expect("a book");
    let today = Date::parse("2026-11-21").expect("a date");
    let saved = |text: &str| {
        let draft = deal::read(&Source::file("d.toml", text));
        let deal = deal::resolve(&draft, &books, today).expect("a deal");
        (dealdesk::quote::quote(&deal).id(), deal::to_toml(&deal))
    };
    let (without, _) = saved(rest());
    for fact in FACTS {
        let mut ids = vec![without.clone()];
        for (line, _) in values(fact) {
            let (id, file) = saved(&format!("{line}{}", rest()));
            assert!(file.contains(&format!("{} = ", fact.key)), "{file}");
            assert_eq!(saved(&file), (id.clone(), file), "a saved deal is the same deal");
            ids.push(id);
        }
        ids.dedup();
        assert_eq!(ids.len(), 3, "{}: another value is another quote", fact.key);
    }
}

#[test]
fn every_fact_is_compared() {
    for fact in FACTS {
        let [old, new] = values(fact).map(|(line, _)| format!("{line}{}", rest()));
        let desk = Desk::new().file("old.toml", &old).file("new.toml", &new);
        let difference = desk.run(&["diff", "old.toml", "new.toml", "--format", "json"]).stdout;
        assert!(difference.contains(&format!("\"{}\"", fact.key)), "{difference}");
        assert!(difference.contains(values(fact)[1].1), "{difference}");
    }
}

#[test]
fn every_fact_is_in_the_schema_of_deals() {
    let schema = Desk::new().run(&["schema", "deal"]).stdout;
    for fact in FACTS {
        assert_eq!(json(&schema)["properties"][fact.key]["description"], fact.about);
    }
}

#[test]
fn a_flag_states_a_fact_in_place_of_the_deal_file() {
    for fact in FACTS {
        let Some((flag, _)) = fact.flag else { continue };
        let [(line, _), (_, typed)] = values(fact);
        let desk = Desk::new().file("d.toml", &format!("{line}{}", rest()));
        let flag = format!("--{flag}");
        let ran = desk.run(&["quote", "d.toml", "--format", "json", &flag, typed]);
        assert_eq!(json(&ran.stdout)[fact.key], typed);
        let ran = desk.run(&["quote", "d.toml", &flag, " "]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.stderr.contains(&format!("dealdesk quote {flag} ' '")), "{}", ran.stderr);
    }
}
