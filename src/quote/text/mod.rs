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
mod lines;
mod totals;
pub(crate) mod words;

pub(crate) use approvals::{
    approval, asked, judged, needs, notices, refusal, requirement, standing, who,
};
pub use invoices::InvoicesView;
pub(crate) use lines::waterfall;

#[derive(Debug, Clone, Copy)]
pub struct QuoteView<'q> {
    pub quote: &'q Quote<'q, 'q>,
    /// Whether every figure has its arithmetic beside it.
    pub explained: bool,
}

impl Answer for QuoteView<'_> {
    fn document(&self) -> Document {
        document(self.quote, self.explained)
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

pub fn document(quote: &Quote<'_, '_>, explained: bool) -> Document {
    let mut blocks = Vec::new();
    for part in PARTS {
        part(quote, explained, &mut blocks);
    }
    Document { blocks }
}

fn result(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let customer = quote.deal.customer();
    let title = customer.map_or("Quote".to_owned(), |customer| format!("Quote for {customer}"));
    let unnamed = customer.is_none().then(|| ("Customer".to_owned(), "not named".to_owned()));
    let needs = needs(quote);
    let approval = match (quote.verdict.is_refused(), needs.is_empty()) {
        (true, _) => "outside policy".to_owned(),
        (false, true) => "none needed".to_owned(),
        (false, false) => needs.join(" and "),
    };
    let figures = totals::result(quote).into_iter().chain([("Approval".to_owned(), approval)]);
    blocks.push(Block::Title(title));
    blocks.push(Block::Facts(unnamed.into_iter().chain(figures).collect()));
}

fn head(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let mut facts = facts(quote);
    // The result names the customer.
    facts.retain(|(name, _)| name != "Customer");
    blocks.extend([Block::heading("Deal"), Block::Facts(facts)]);
}

/// Adds the facts that identify the quote, at its foot: a reader needs them last.
pub(crate) fn reference(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let book = quote.deal.book();
    let facts = [
        ("Quote", quote.id()),
        ("Price book", format!("{}, version {}", book.name, book.version)),
        ("SHA-256", book.sha256.clone()),
    ];
    let facts = facts.map(|(name, value)| (name.to_owned(), value));
    blocks.extend([Block::heading("Reference"), Block::Facts(facts.into())]);
}

pub(crate) fn facts(quote: &Quote<'_, '_>) -> Vec<(String, String)> {
    let deal = quote.deal;
    let book = deal.book();
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            facts.push((name.to_owned(), value));
        }
    };
    if deal.customer().is_none() {
        fact("Customer", Some("not named".to_owned()));
    }
    for (row, value) in deal.record.at(FactPosition::Head) {
        fact(row.title, Some(value.to_string()));
    }
    fact("Date", Some(format!("{}, valid until {}", deal.date, quote.valid_until())));
    fact("Term", Some(term(deal)));
    fact("Currency", book.is_one_of_several.then(|| book.currency().code.clone()));
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
        fact("Program", Some(format!("{}{rate}", claim.program.title)));
        fact("Reason", claim.reason.clone());
        fact("Customer commitments", (!claim.duties.is_empty()).then(|| claim.duties.join(", ")));
    }
    fact("Channel", deal.partner.as_ref().map(channel::agreed));
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
