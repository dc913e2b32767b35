//! A quote as an executive reads it: the result, the lines, the totals, the approvals, and the reference.

use crate::book::{Discount, DiscountCondition};
use crate::deal::FactPosition;
use crate::document::json::Json;
use crate::document::{Answer, Block, Document, Table};
use crate::quote::{Quote, json, rows};
use words::term;

mod approvals;
mod channel;
mod comparison;
mod explain;
pub mod invoices;
mod lesson;
mod lines;
mod reference;
mod totals;
pub(crate) mod words;

pub(crate) use approvals::{
    approval, asked, judged, needed, needs, notices, refusal, requirement, standing, who,
};
pub(crate) use channel::agreed;
pub(crate) use explain::list_price;
pub use invoices::InvoicesView;
pub use lesson::lesson;
pub(crate) use lines::waterfall;
pub(crate) use reference::{book_facts, book_identity, book_version, reference};

#[derive(Debug, Clone, Copy)]
pub struct QuoteView<'q> {
    pub quote: &'q Quote<'q, 'q>,
    /// Whether every figure has its arithmetic beside it.
    pub explained: bool,
}

impl Answer for QuoteView<'_> {
    fn document(&self) -> Document {
        let mut blocks = Vec::new();
        for part in PARTS {
            part(self.quote, self.explained, &mut blocks);
        }
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::records(self.quote)
    }

    fn json(&self) -> Json {
        json::to_json(self.quote)
    }
}

/// A part of the document, with the arithmetic of its figures if that is wanted.
type QuoteSection = fn(&Quote<'_, '_>, bool, &mut Vec<Block>);

/// From top to bottom. What a deal has nothing of leaves no trace.
const PARTS: &[QuoteSection] = &[
    result,
    head,
    lines::lines,
    lines::waterfalls,
    lines::services,
    lines::inclusions,
    lines::agreed,
    totals::part,
    channel::part,
    invoices::part,
    comparison::part,
    approvals::clauses,
    |quote, _, blocks| judged(quote.deal.book, &quote.verdict, blocks),
    |quote, _, blocks| notices(&quote.notices, blocks),
    reference,
];

fn result(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let customer = quote.deal.customer();
    let title = customer.map_or("Quote".to_owned(), |customer| format!("Quote for {customer}"));
    let unnamed = customer.is_none().then(|| ("Customer", "not named".to_owned()));
    let approval = [("Approval", needed(quote, "none needed"))];
    let figures = totals::result(quote).into_iter().chain(approval);
    let facts = Block::facts(unnamed.into_iter().chain(figures));
    blocks.extend([Block::Title(title), facts]);
}

fn head(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let mut facts = facts(quote);
    // The result names the customer.
    facts.retain(|(name, _)| *name != "Customer");
    blocks.extend([Block::heading("Deal"), Block::facts(facts)]);
}

fn facts(quote: &Quote<'_, '_>) -> Vec<(&'static str, String)> {
    let deal = quote.deal;
    let book = deal.book();
    let mut facts = Vec::new();
    let mut fact = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
    if deal.customer().is_none() {
        fact("Customer", Some("not named".to_owned()));
    }
    for (row, value) in deal.record.at(FactPosition::Head) {
        fact(row.title, Some(value.to_string()));
    }
    fact("Date", Some(format!("{}, valid until {}", deal.date, quote.valid_until())));
    fact("Term", Some(term(deal)));
    fact("Currency", book.is_one_of_several.then(|| book.currency().code.clone()));
    fact("Prices", book.column.as_ref().map(|column| column.name.clone()));
    fact("Prepay", prepay(quote));
    for (name, value) in invoices::facts(quote) {
        fact(name, Some(value));
    }
    let mut billed: Vec<_> = deal.lines.iter().map(|line| line.metric).collect();
    billed.dedup_by_key(|metric| metric.name());
    for metric in billed {
        let way = book.billing_schedule(metric.billing);
        fact("Billed", way.map(|way| format!("{}: {}", metric.title, way.title)));
    }
    for claim in &deal.claims {
        let rate = if claim.rate.is_zero() { String::new() } else { format!(" at {}", claim.rate) };
        let titles = claim.metrics.iter().filter_map(|name| deal.book().metric(name));
        let titles: Vec<_> = titles.map(|metric| metric.title.as_str()).collect();
        let of =
            if titles.is_empty() { String::new() } else { format!(" for {}", titles.join(", ")) };
        fact("Program", Some(format!("{}{rate}{of}", claim.program.title)));
        fact("Reason", claim.reason.clone());
        let grant = claim.grant.as_ref();
        fact("Grant", grant.map(|grant| format!("{}, {}", grant.date, grant.reference)));
        fact("Customer commitments", (!claim.duties.is_empty()).then(|| claim.duties.join(", ")));
    }
    fact("Channel", deal.partner.as_ref().map(agreed));
    fact("Partner", deal.partner.as_ref().and_then(|partner| partner.name.clone()));
    for (row, value) in deal.record.at(FactPosition::Foot) {
        fact(row.title, Some(value.to_string()));
    }
    facts
}

pub(crate) fn can_prepay(quote: &Quote<'_, '_>) -> bool {
    let by_prepayment =
        |discount: &&Discount| matches!(discount.condition, DiscountCondition::Prepay { .. });
    let discount = quote.deal.book().discounts.iter().find(by_prepayment);
    let lines = &quote.deal.lines;
    discount.is_some_and(|it| lines.iter().any(|line| it.applies_to(line.metric.name())))
}

fn prepay(quote: &Quote<'_, '_>) -> Option<String> {
    let book = quote.deal.book();
    let (rows, _) = book.prepayments()?;
    let row = rows.get(quote.deal.prepay.filter(|_| can_prepay(quote))?)?;
    let billing = book.billing_schedule(row.billing).map(|way| format!(", billed {}", way.title));
    Some(format!("{}{}", row.choices.first()?, billing.unwrap_or_default()))
}
