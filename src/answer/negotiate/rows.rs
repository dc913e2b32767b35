//! Offers, and the steps of a ladder, as rows of a spreadsheet.

use crate::answer::negotiate::words::{concession_text, counterpart_text};
use crate::answer::negotiate::{ConcessionLadder, LadderStep, Offer};
use crate::book::{Level, PriceBook};
use crate::deal::Deal;
use crate::document::{Cell, Table};
use crate::number::Rate;
use crate::quote::rows::{reviews, with_book};

/// Lists offers, the best for us first. Their present values are at a yearly rate, if one was stated.
pub fn offers(book: &PriceBook, offers: &[Offer<'_>], discount_rate: Option<Rate>) -> Table {
    let currency = &book.currency;
    let present_value = |offer: &Offer<'_>| offer.present_value.map(|it| Cell::money(currency, it));
    let table = Table::of_items(
        (1_u64..).zip(offers),
        &[
            ("offer", &|(number, _)| Cell::ordinal(*number)),
            ("customer", &|(_, offer)| word(offer.deal.customer())),
            ("currency", &|_| Cell::text(&currency.code)),
            ("term_years", &|(_, offer)| Cell::count(offer.deal.term.count())),
            ("prepay", &|(_, offer)| word(offer.deal.prepay())),
            ("payment", &|(_, offer)| word(offer.deal.payment.map(|term| term.name.as_str()))),
            ("billing", &|(_, offer)| word(offer.deal.billing.map(|way| way.name.as_str()))),
            ("lines", &|(_, offer)| lines(&offer.deal)),
            ("programs", &|(_, offer)| programs(&offer.deal)),
            ("list_tcv", &|(_, offer)| Cell::money(currency, offer.list_tcv())),
            ("tcv", &|(_, offer)| Cell::money(currency, offer.tcv())),
            ("discount", &|(_, offer)| Cell::share(offer.discount())),
            ("present_value", &|(_, offer)| present_value(offer).unwrap_or_default()),
            ("discount_rate", &|_| discount_rate.map(Cell::rate).unwrap_or_default()),
            ("approval", &|(_, offer)| level(offer)),
            ("reviews", &|(_, offer)| reviews(&offer.verdict)),
        ],
    );
    with_book(table, book)
}

/// Lists the steps of a ladder, from list down.
pub fn ladder(ladder: &ConcessionLadder<'_>) -> Table {
    let (book, currency) = (ladder.book, &ladder.book.currency);
    let joined = |words: Vec<String>| Cell::text(words.join("; "));
    let level_name = |level: &Level| book.ladder().name(*level);
    let ends = |step: &LadderStep<'_>| step.ends.iter().map(level_name).collect::<Vec<_>>();
    let table = Table::of_items(
        (1_u64..).zip(&ladder.steps),
        &[
            ("step", &|(number, _)| Cell::ordinal(*number)),
            ("customer", &|(_, step)| word(step.offer.deal.customer())),
            ("currency", &|_| Cell::text(&currency.code)),
            ("term_years", &|(_, step)| Cell::count(step.offer.deal.term.count())),
            ("prepay", &|(_, step)| word(step.offer.deal.prepay())),
            ("lines", &|(_, step)| lines(&step.offer.deal)),
            ("programs", &|(_, step)| programs(&step.offer.deal)),
            ("list_tcv", &|(_, step)| Cell::money(currency, step.offer.list_tcv())),
            ("tcv", &|(_, step)| Cell::money(currency, step.offer.tcv())),
            ("discount", &|(_, step)| Cell::share(step.off())),
            ("conceded", &|(_, step)| step.conceded.map(Cell::share).unwrap_or_default()),
            ("given", &|(_, step)| joined(step.given.iter().map(concession_text).collect())),
            ("asked", &|(_, step)| {
                joined(step.asks.iter().map(|it| counterpart_text(it, book)).collect())
            }),
            ("approval", &|(_, step)| level(&step.offer)),
            ("reviews", &|(_, step)| reviews(&step.offer.verdict)),
            ("walk_away", &|(_, step)| Cell::text(ends(step).join(" "))),
            ("next_approval", &|(_, step)| word(step.next.as_ref().map(level_name))),
        ],
    );
    with_book(table, book)
}

fn word(word: Option<&str>) -> Cell {
    Cell::text(word.unwrap_or_default())
}

fn level(offer: &Offer<'_>) -> Cell {
    Cell::text(offer.deal.book.ladder().name(offer.level()))
}

/// Returns every line as `socket 500`, a ramp as `socket 50/200/500`.
fn lines(deal: &Deal<'_>) -> Cell {
    let lines = deal.lines.iter().map(|line| {
        let years = line.segments.iter().map(|segment| segment.quantity.to_string());
        format!("{} {}", line.metric.name(), years.collect::<Vec<_>>().join("/"))
    });
    Cell::text(lines.collect::<Vec<_>>().join("; "))
}

/// Returns every program as `lighthouse 0.1`.
fn programs(deal: &Deal<'_>) -> Cell {
    let claims = deal.claims.iter().map(|it| format!("{} {}", it.program.name(), it.rate.plain()));
    Cell::text(claims.collect::<Vec<_>>().join("; "))
}
