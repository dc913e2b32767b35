//! First customers in a vertical or a region, among the deals of a check.

use crate::support::DAY;
use dealdesk::answer::pipeline::{NamedDeal, check};
use dealdesk::number::Date;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};

/// Asserts which of the deals, counted from 1, are not first customers, and where.
fn assert_later(deals: &[String], expected: &[&str]) {
    let books = book::load(&Source::file("pricing.toml", include_str!("../../pricing.toml")));
    let books = books.expect("a book");
    let day = Date::parse(DAY).expect("a date");
    let named = deals.iter().zip(1..).map(|(text, number)| {
        let draft = deal::read(&Source::file("d.toml", text));
        NamedDeal {
            name: number.to_string(),
            deal: Ok(deal::resolve(&draft, &books, day).expect("a deal")),
        }
    });
    let named: Vec<_> = named.collect();
    let checked = check(&named, books.first(), day, None);
    let told = checked.judged().flat_map(|judged| {
        let later = judged.warnings().filter(|it| it.kind.code == "not-first-customer");
        later.map(|it| format!("{}: {}", judged.name, it.message)).collect::<Vec<_>>()
    });
    let told: Vec<_> = told.collect();
    assert_eq!(told.len(), expected.len(), "{told:?}");
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.contains(expected), "{told}");
    }
}

fn first(customer: &str, date: &str, fact: &str) -> String {
    format!(
        "customer = \"{customer}\"\ndate = {date}\n{fact}\n[[line]]\nmetric = \"node\"\nquantity = 100\n\
         [strategic]\nprogram = \"first-customer\"\nrate = \"10%\"\n"
    )
}

#[test]
fn an_earlier_first_customer_is_told() {
    let health = "vertical = \"healthcare\"";
    let of = |customer: &str, date: &str| first(customer, date, health);
    let told =
        "First customer in a vertical or region: Acme is an earlier one in the vertical healthcare";
    assert_later(
        &[of("Acme", "2026-11-03"), of("Globex", "2026-11-04")],
        &[&format!("2: {told} (1)")],
    );
    // The date decides, whatever the order in which the deals are given.
    assert_later(
        &[of("Globex", "2026-11-04"), of("Acme", "2026-11-03")],
        &[&format!("1: {told} (2)")],
    );
    // Of one day nobody is the first.
    let same_day =
        |customer: &str| format!("{customer} is one of the same day in the vertical healthcare");
    assert_later(
        &[of("Acme", "2026-11-03"), of("Globex", "2026-11-03")],
        &[&same_day("Globex"), &same_day("Acme")],
    );
    // Each of several is told of the first.
    let third = of("Initech", "2026-11-05");
    assert_later(
        &[of("Acme", "2026-11-03"), of("Globex", "2026-11-04"), third],
        &[&format!("2: {told} (1)"), &format!("3: {told} (1)")],
    );
}

#[test]
fn others_take_nobodys_place() {
    let (health, retail) = ("vertical = \"healthcare\"", "vertical = \"retail\"");
    let acme = first("Acme", "2026-11-03", health);
    // Another vertical, the same customer again, and a customer of the vertical without the program.
    assert_later(&[acme.clone(), first("Globex", "2026-11-04", retail)], &[]);
    assert_later(&[acme.clone(), first("ACME", "2026-11-04", health)], &[]);
    let plain = first("Globex", "2026-11-01", health);
    let plain = plain.split("[strategic]").next().expect("the head").to_owned();
    assert_later(&[plain, acme.clone()], &[]);
    // A quote of the third quarter has expired.
    assert_later(&[first("Globex", "2026-09-01", health), acme], &[]);
}
