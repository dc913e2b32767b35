//! Offers, and the steps of a ladder, as rows of a spreadsheet.

use crate::answer::negotiate::text::concession::{concession_text, counterpart_text};
use crate::answer::negotiate::text::offers::OffersView;
use crate::answer::negotiate::{ConcessionLadder, LadderStep, Offer};
use crate::book::{BillingSchedule, PaymentTerm};
use crate::deal::Deal;
use crate::document::{Cell, Table};
use crate::number::Rate;
use crate::quote::rows::{reviews, with_book};

/// Lists the offers that are shown, the best for us first.
pub fn offers(view: &OffersView<'_, '_>) -> Table {
    let book = view.asked.deal().book();
    let currency = book.currency();
    let table = Table::of_items(
        (1_u64..).zip(view.found.offers.iter().take(view.top)),
        &[
            ("offer", &|(number, _)| Cell::ordinal(*number)),
            ("customer", &|(_, offer)| customer(&offer.deal)),
            ("currency", &|_| Cell::text(currency.code.as_str())),
            ("term_years", &|(_, offer)| Cell::count(offer.deal.term().count())),
            ("prepay", &|(_, offer)| Cell::text(offer.deal.prepay().unwrap_or_default())),
            ("payment", &|(_, offer)| {
                Cell::text(offer.deal.payment.map(PaymentTerm::name).unwrap_or_default())
            }),
            ("billing", &|(_, offer)| {
                Cell::text(offer.deal.billing.map(BillingSchedule::name).unwrap_or_default())
            }),
            ("lines", &|(_, offer)| lines(&offer.deal)),
            ("programs", &|(_, offer)| programs(&offer.deal)),
            ("list_tcv", &|(_, offer)| Cell::money(currency, offer.pricing.totals.list_tcv)),
            ("tcv", &|(_, offer)| Cell::money(currency, offer.tcv())),
            ("discount", &|(_, offer)| Cell::share(offer.pricing.totals.discount)),
            ("present_value", &|(_, offer)| {
                offer.present_value.map(|it| Cell::money(currency, it)).unwrap_or_default()
            }),
            ("discount_rate", &|_| view.search.discount_rate.map(Cell::rate).unwrap_or_default()),
            ("approval", &|(_, offer)| level(offer)),
            ("reviews", &|(_, offer)| reviews(&offer.verdict)),
        ],
    );
    with_book(table, book)
}

/// Lists the steps of a ladder, from list down.
pub fn ladder(ladder: &ConcessionLadder<'_>) -> Table {
    let (book, currency) = (ladder.book, ladder.book.currency());
    let level_name = |level| book.ladder().name(level);
    let given = |step: &LadderStep<'_>| step.given.iter().map(concession_text).collect::<Vec<_>>();
    let asked = |step: &LadderStep<'_>| {
        step.asks.iter().map(|it| counterpart_text(it, book)).collect::<Vec<_>>()
    };
    let ends = |step: &LadderStep<'_>| {
        step.ends.iter().map(|level| level_name(*level)).collect::<Vec<_>>()
    };
    let table = Table::of_items(
        (1_u64..).zip(&ladder.steps),
        &[
            ("step", &|(number, _)| Cell::ordinal(*number)),
            ("customer", &|(_, step)| customer(&step.offer.deal)),
            ("currency", &|_| Cell::text(currency.code.as_str())),
            ("term_years", &|(_, step)| Cell::count(step.offer.deal.term().count())),
            ("prepay", &|(_, step)| Cell::text(step.offer.deal.prepay().unwrap_or_default())),
            ("lines", &|(_, step)| lines(&step.offer.deal)),
            ("programs", &|(_, step)| programs(&step.offer.deal)),
            ("list_tcv", &|(_, step)| Cell::money(currency, step.offer.pricing.totals.list_tcv)),
            ("tcv", &|(_, step)| Cell::money(currency, step.offer.tcv())),
            ("discount", &|(_, step)| Cell::share(step.off())),
            ("conceded", &|(_, step)| step.conceded.map(Cell::share).unwrap_or_default()),
            ("given", &|(_, step)| Cell::text(given(step).join("; "))),
            ("asked", &|(_, step)| Cell::text(asked(step).join("; "))),
            ("approval", &|(_, step)| level(&step.offer)),
            ("reviews", &|(_, step)| reviews(&step.offer.verdict)),
            ("walk_away", &|(_, step)| Cell::text(ends(step).join(" "))),
            ("next_approval", &|(_, step)| {
                Cell::text(step.next.map(level_name).unwrap_or_default())
            }),
        ],
    );
    with_book(table, book)
}

fn customer(deal: &Deal<'_>) -> Cell {
    Cell::text(deal.customer().unwrap_or_default())
}

fn level(offer: &Offer<'_>) -> Cell {
    Cell::text(offer.deal.book().ladder().name(offer.level()))
}

/// Returns every line as `socket 500`, a ramp as `socket 50/200/500`.
fn lines(deal: &Deal<'_>) -> Cell {
    let lines = deal.lines().iter().map(|line| {
        let years = line.segments().iter().map(|segment| segment.quantity().to_string());
        format!("{} {}", line.metric().name(), years.collect::<Vec<_>>().join("/"))
    });
    Cell::text(lines.collect::<Vec<_>>().join("; "))
}

/// Returns every program as `lighthouse 0.1`.
fn programs(deal: &Deal<'_>) -> Cell {
    let claim = |name: &str, rate: Rate| format!("{name} {}", rate.plain());
    let claims = deal.claims.iter().map(|it| claim(it.program.name(), it.rate));
    Cell::text(claims.collect::<Vec<_>>().join("; "))
}
