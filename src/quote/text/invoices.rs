//! Dates of a contract, and its invoices.

use super::words::money;
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, Table, TableRow};
use crate::number::Date;
use crate::quote::billing::{CoveredPeriod, DealItem, InvoiceItem, Payer};
use crate::quote::{Quote, json, rows};

#[derive(Debug, Clone, Copy)]
pub struct InvoicesView<'q> {
    pub quote: &'q Quote<'q, 'q>,
    pub explained: bool,
}

impl Answer for InvoicesView<'_> {
    fn document(&self) -> Document {
        let Self { quote, explained } = *self;
        let title = format!("Invoices for quote {}", quote.id());
        let mut blocks = vec![Block::Title(title), Block::facts(super::facts(quote))];
        part(quote, explained, &mut blocks);
        if quote.schedule.as_ref().is_some_and(|schedule| schedule.invoices.is_empty()) {
            blocks.push(Block::heading("No invoices: nothing is charged."));
        }
        // Whoever sends them has to know whether the deal may be signed at all.
        super::judged(quote.deal.book(), &quote.verdict, &mut blocks);
        super::reference(quote, explained, &mut blocks);
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::invoice_records(self.quote)
    }

    fn json(&self) -> Json {
        json::invoices::to_json(self.quote)
    }
}

pub(super) fn facts(quote: &Quote<'_, '_>) -> Vec<(&'static str, String)> {
    let deal = quote.deal;
    let mut facts = Vec::new();
    if let (Some(period), Some(end)) = (deal.period(), deal.end()) {
        let joins =
            if period.is_co_termed() { ", ends with the contract that it joins" } else { "" };
        facts.push(("Contract", format!("{} to {end}{joins}", period.start())));
        if let Some(part) = period.length().part() {
            let (from, to) = (period.start(), period.boundary(0).minus_days(1));
            let (count, of, unit) = (part.count(), part.of(), part.unit());
            let convention = part.convention.name();
            let text = format!("{from} to {to}, {count} of {of} {unit} ({convention})");
            facts.push(("First part", text));
        }
    }
    if let Some(term) = deal.payment {
        facts.push(("Payment", term.title.clone()));
    }
    // Lines that have a way of their own say so themselves.
    let takes_it = deal.lines().iter().any(|line| line.metric.billing.is_none());
    if let Some(way) = deal.billing.filter(|_| takes_it) {
        facts.push(("Billed", way.title.clone()));
    }
    // What lasts for some months is not renewed: it is followed by something else.
    let renewal = deal.book().renewal.as_ref().filter(|_| deal.months().is_none());
    if let (Some(period), Some(renewal)) = (deal.period(), renewal) {
        let (start, end) = (period.start(), period.end());
        let work = match renewal.start_renewal_by(start, end) {
            Some(day) => format!("by {day}"),
            None => "now".to_owned(),
        };
        let notice = match renewal.give_notice_by(start, end) {
            Some(day) => format!("give notice by {day}"),
            None => "notice is due before the contract starts".to_owned(),
        };
        facts.push(("Renewal", format!("start renewal {work}, {notice}")));
    }
    facts
}

pub(crate) fn part(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let Some(schedule) = quote.schedule.as_ref().filter(|it| !it.invoices.is_empty()) else {
        return;
    };
    let empty = || Cell::text("");
    let items = (1_u64..).zip(&schedule.invoices).flat_map(|(number, invoice)| {
        let firsts = std::iter::once(Some((number, invoice))).chain(std::iter::repeat(None));
        firsts.zip(&invoice.items)
    });
    let day = |day: Option<Date>| day.map_or_else(empty, Cell::date);
    let mut table = Table::of_items(
        items,
        &[
            ("Invoice", &|(first, _)| first.map(|it| Cell::ordinal(it.0)).unwrap_or_default()),
            ("Date", &|(first, _)| day(first.map(|(_, invoice)| invoice.date))),
            ("Due", &|(first, _)| day(first.map(|(_, invoice)| invoice.due))),
            ("For", &|(_, item)| Cell::text(covers(quote, item))),
            ("Amount", &|(_, item)| money(quote, item.amount)),
        ],
    );
    let (heading, what) = match schedule.payer {
        Payer::Customer => ("Invoices", "Contract"),
        Payer::Partner => ("Invoices to the partner", "Total for the partner"),
    };
    let sum = [empty(), empty(), empty(), Cell::text(what), money(quote, schedule.total)];
    table.rows.push(TableRow::total(sum));
    blocks.extend([Block::heading(heading), Block::Table(table)]);
}

fn covers(quote: &Quote<'_, '_>, item: &InvoiceItem) -> String {
    let what = match (item.item, quote.deal.lines()) {
        (DealItem::Line(_), [_]) => None,
        (DealItem::Line(line), lines) => Some(&lines[line].metric.title),
        (DealItem::Service(service), _) => Some(&quote.pricing.services[service].service.title),
    };
    let what = what.map(|title| format!("{title}, ")).unwrap_or_default();
    let estimate = if item.is_estimate { ", estimated" } else { "" };
    match item.covers {
        CoveredPeriod::Days(from, to) => format!("{what}{from} to {to}{estimate}"),
        CoveredPeriod::Once => format!("{what}once"),
    }
}
