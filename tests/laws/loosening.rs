//! A change of a price book that is said to tighten it lowers no price, and where the price stays, no level.

use super::cases;
use crate::support::{DAY, OUR_BOOK};
use dealdesk::answer::book_tables;
use dealdesk::answer::book_tables::{BookChange, ChangeEffect};
use dealdesk::book::Books;
use dealdesk::number::{Date, Money};
use dealdesk::quote::quote;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::sync::Arc;

fn source(text: &str) -> Arc<Source> {
    Source::file("pricing.toml", text)
}

/// A word of the book that somebody could change: a number, or a level.
fn words() -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in OUR_BOOK.split_inclusive('\n') {
        let code = line.split('#').next().unwrap_or_default();
        let mut from = None;
        for (place, letter) in code.char_indices().chain([(code.len(), ' ')]) {
            let is_part = letter.is_ascii_digit() || letter == '.' && from.is_some();
            match (from, is_part) {
                (None, true) => from = Some(place),
                (Some(start), false) => {
                    found.push((at + start, at + place));
                    from = None;
                }
                _ => {}
            }
        }
        for level in ["\"vp\"", "\"svp\"", "\"none\""] {
            found.extend(
                code.match_indices(level).map(|(place, _)| (at + place, at + place + level.len())),
            );
        }
        at += line.len();
    }
    found
}

/// Returns the book with another number or level in one place.
fn edited(place: Index, up: bool, level: &str) -> String {
    let words = words();
    let (from, until) = words[place.index(words.len())];
    let old = &OUR_BOOK[from..until];
    let new = if old.starts_with('"') {
        format!("\"{level}\"")
    } else if let Some((whole, part)) = old.split_once('.') {
        let whole: u64 = whole.parse().unwrap_or_default();
        format!("{}.{part}", if up { whole + 7 } else { whole.saturating_sub(7) })
    } else {
        let whole: u64 = old.parse().unwrap_or_default();
        (if up { whole + 1 } else { whole.saturating_sub(1) }).to_string()
    };
    format!("{}{new}{}", &OUR_BOOK[..from], &OUR_BOOK[until..])
}

fn deals() -> impl Strategy<Value = String> {
    let quantity =
        || select(vec![1, 3, 24, 25, 49, 50, 99, 100, 101, 499, 500, 999, 1000, 5000, 50_000]);
    let line = (
        select(vec!["socket", "core", "node", "consumption"]),
        quantity(),
        quantity(),
        any::<bool>(),
    );
    let program = select(vec![
        "",
        "program = \"lighthouse\"",
        "program = \"large-deal\"",
        "program = \"competitive-displacement\"",
    ]);
    let rate = select(vec!["1%", "10%", "20%", "25%", "30%"]);
    let rest = select(vec![
        "",
        "prepay = \"multi-year\"",
        "payment = \"net-60\"",
        "start = 2027-06-30",
        "segment = \"enterprise\"\nincumbent = \"VMware\"",
    ]);
    let service = select(vec!["", "[[service]]\nname = \"migration\"\nquantity = 40\n"]);
    (1..=5_u32, line, program, rate, rest, service).prop_map(
        |(term, (metric, quantity, later, is_ramp), program, rate, rest, service)| {
            let is_ramp = is_ramp && term > 1 && metric != "consumption";
            let quantity = if is_ramp {
                let years = (0..term).map(|year| {
                    format!("{{ quantity = {} }}", if year == 0 { quantity } else { later })
                });
                format!("year = [{}]", years.collect::<Vec<_>>().join(", "))
            } else {
                format!("quantity = {quantity}")
            };
            let program = match program {
                "" => String::new(),
                program => format!("[strategic]\n{program}\nrate = \"{rate}\"\n"),
            };
            format!("customer = \"Acme\"\nterm_years = {term}\n{rest}\n[[line]]\nmetric = \"{metric}\"\n{quantity}\n{service}{program}")
        },
    )
}

/// Returns the price and the place of the level of a deal, in which a refusal is highest; `None` where the book
/// does not price it.
fn judged(books: &Books, text: &str) -> Option<(Money, usize)> {
    let day = Date::parse(DAY).expect("a date");
    let deal = deal::resolve(&deal::read(&Source::file("deal.toml", text)), books, day).ok()?;
    let quote = quote(&deal);
    let names = books.first().ladder().names();
    let level = books.first().ladder().name(quote.verdict.level());
    let place = names.clone().position(|name| name == level).unwrap_or_default();
    let place = if quote.verdict.is_refused() { names.count() } else { place };
    Some((quote.pricing.totals.tcv, place))
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_tighter_book_lowers_no_price_and_no_level(
        place in any::<Index>(),
        up in any::<bool>(),
        level in select(vec!["none", "vp", "svp"]),
        texts in prop::collection::vec(deals(), 30),
    ) {
        let new = edited(place, up, level);
        let Ok(new_books) = book::load(&source(&new)) else { return Ok(()) };
        let read = |text: &str| book_tables::read(&source(text)).expect("tables");
        let changes = book_tables::changes(&read(OUR_BOOK), &read(&new));
        if changes.iter().any(|change| change.effect == ChangeEffect::Loosens) {
            return Ok(());
        }
        let old_books = book::load(&source(OUR_BOOK)).expect("our book");
        let paths: Vec<_> = changes.iter().map(BookChange::path).collect();
        for text in &texts {
            let (Some(old), Some(new)) = (judged(&old_books, text), judged(&new_books, text)) else { continue };
            let is_no_looser = new.0 > old.0 || new.0 == old.0 && new.1 >= old.1;
            prop_assert!(is_no_looser, "{paths:?}: {old:?} to {new:?}\n{text}");
        }
    }
}

#[test]
fn directions_of_our_book() {
    for (old, new, path, effect) in [
        (
            "rate = \"15%\" },\n  { years = \"4-5\"",
            "rate = \"14%\" },\n  { years = \"4-5\"",
            "discount.multi-year.steps.3.rate",
            ChangeEffect::Tightens,
        ),
        (
            "rate = \"15%\" },\n  { years = \"4-5\"",
            "rate = \"16%\" },\n  { years = \"4-5\"",
            "discount.multi-year.steps.3.rate",
            ChangeEffect::Loosens,
        ),
        (
            "arr_above = \"1000000.00\"",
            "arr_above = \"1000001.00\"",
            "discount.strategic.program.large-deal.arr_above",
            ChangeEffect::Tightens,
        ),
        (
            "incumbents = [\"VMware\"]",
            "incumbents = [\"VMware\", \"Nutanix\"]",
            "discount.strategic.program.competitive-displacement.incumbents",
            ChangeEffect::Loosens,
        ),
        (
            "limit = 10 ",
            "limit = 9 ",
            "discount.strategic.program.lighthouse.limit",
            ChangeEffect::Tightens,
        ),
        (
            "title = \"Volume discount\"",
            "title = \"Volume\"",
            "discount.volume.title",
            ChangeEffect::Neutral,
        ),
    ] {
        assert!(OUR_BOOK.contains(old), "{old}");
        let read = |text: &str| book_tables::read(&source(text)).expect("tables");
        let changes = book_tables::changes(&read(OUR_BOOK), &read(&OUR_BOOK.replacen(old, new, 1)));
        let found: Vec<_> = changes.iter().map(|change| (change.path(), change.effect)).collect();
        assert_eq!(found, [(path.to_owned(), effect)]);
    }
}
