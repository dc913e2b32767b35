//! Prices of a row as a deal file of its own.

use super::rows::{NAMES, Row};
use super::run::Ran;
use crate::laws::world::resolve;
use crate::laws::written::quoted;
use dealdesk::approve::{PricedDeal, route};
use dealdesk::book::Books;
use dealdesk::price::price;
use dealdesk::text;
use proptest::prelude::*;

/// A row of the output as `quote` has its figures; nothing, where it has none.
pub fn alone(row: &Row, books: &Books, currency: &str) -> Option<Vec<String>> {
    let row = Row(row.0.clone().map(|text| text.trim().to_owned()));
    let needed = ["id", "metric", "quantity"];
    // An id over several lines is one whose quotation mark is missing.
    let is_told = row.text("id").contains(['\n', '\r']);
    if is_told || needed.iter().any(|name| row.text(name).is_empty()) {
        return None;
    }
    let deal = resolve(&deal(&row, currency)?, books).ok()?;
    let pricing = price(&deal);
    let verdict = route(&PricedDeal { deal: &deal, pricing: &pricing });
    let book = deal.book();
    let segment = &pricing.lines[0].segments[0];
    let money = |amount| book.currency().plain(amount);
    let level = if verdict.is_refused() { "refused" } else { book.ladder().name(verdict.level()) };
    let names = std::iter::once(level).chain(verdict.reviews()).collect::<Vec<_>>().join("+");
    Some(vec![
        text::cell(row.text("id")).into_owned(),
        money(segment.list.price),
        money(segment.net()),
        money(segment.at_net.annual),
        money(pricing.totals.tcv),
        pricing.totals.discount.plain(),
        text::cell(&names).into_owned(),
    ])
}

/// The row as a deal file; nothing, where a rate belongs to no program.
fn deal(row: &Row, currency: &str) -> Option<String> {
    let key = |name: &str, text: &str, written: String| {
        if text.is_empty() { String::new() } else { format!("{name} = {written}\n") }
    };
    let word = |name: &str| key(name, row.text(name), quoted(row.text(name)));
    // TOML has numbers of its own, and what is none of those is none of ours.
    let number = |name: &str| {
        let text = row.text(name);
        let number = text.parse::<u32>().map(|number| number.to_string());
        key(name, text, number.unwrap_or_else(|_| quoted(text)))
    };
    let mut text = format!("currency = {}\n", quoted(currency));
    text += &(number("term_years") + &word("prepay") + &word("incumbent"));
    text += &("[[line]]\n".to_owned() + &word("metric") + &word("quantity"));
    text += &(word("edition") + &number("hosts"));
    if !row.text("volume").is_empty() {
        text += &("[discount]\n".to_owned() + &word("volume"));
    }
    let (program, rate) = (row.text("strategic"), row.text("strategic_rate"));
    if !program.is_empty() {
        text += &("[[strategic]]\n".to_owned() + &key("program", program, quoted(program)));
        text += &key("rate", rate, quoted(rate));
    } else if !rate.is_empty() && !dealdesk::number::Rate::parse(rate).ok()?.is_zero() {
        return None;
    }
    Some(text)
}

/// Every row of a file came out as it does alone, in its place, or was told by its number.
pub fn held_alone(ran: &Ran, rows: &[Row], books: &Books, code: &str) -> Result<(), TestCaseError> {
    let expected: Vec<_> = rows.iter().map(|row| alone(row, books, code)).collect();
    let (mut found, mut faults) = (ran.rows().into_iter(), ran.faults().into_iter());
    for (at, (row, expected)) in rows.iter().zip(expected).enumerate() {
        if let Some(figures) = expected {
            prop_assert_eq!(found.next(), Some(figures), "{}", shown(row));
        } else {
            let fault = faults.next();
            let number = fault.as_ref().map(|(number, _)| *number);
            prop_assert_eq!(number, Some(at as u64 + 1), "{} {:?}", shown(row), fault);
        }
    }
    prop_assert_eq!((found.next(), faults.next()), (None, None));
    prop_assert_eq!(ran.count(), rows.len() as u64);
    Ok(())
}

fn shown(row: &Row) -> String {
    let said = NAMES.iter().zip(&row.0).filter(|(_, text)| !text.is_empty());
    said.map(|(name, text)| format!("{name}={text:?}")).collect::<Vec<_>>().join(" ")
}
