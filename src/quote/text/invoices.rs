//! Dates of a contract, and its invoices.

use super::words::money;
use crate::deal::ContractPeriod;
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, Table, TableRow, Tone};
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
        document(self.quote, self.explained)
    }

    fn rows(&self) -> Table {
        rows::invoice_records(self.quote)
    }

    fn json(&self) -> Json {
        json::invoices::to_json(self.quote)
    }
}

pub(crate) fn facts(quote: &Quote<'_, '_>) -> Vec<(String, String)> {
    let deal = quote.deal;
    let mut facts = Vec::new();
    if let (Some(period), Some(end)) = (deal.period(), deal.end()) {
        facts.push(("Contract".to_owned(), contract(period, end)));
        if let Some(part) = period.length().part() {
            let (from, to) = (period.start(), period.boundary(0).minus_days(1));
            let (unit, convention) = (part.unit(), part.convention().name());
            let (count, of) = (part.count(), part.of());
            let text = format!("{from} to {to}, {count} of {of} {unit} ({convention})");
            facts.push(("First part".to_owned(), text));
        }
    }
    if let Some(term) = deal.payment {
        facts.push(("Payment".to_owned(), term.title.clone()));
    }
    // Lines that have a way of their own say so themselves.
    let takes_it = deal.lines().iter().any(|line| line.metric.billing.is_none());
    if let Some(way) = deal.billing.filter(|_| takes_it) {
        facts.push(("Billed".to_owned(), way.title.clone()));
    }
    // What lasts for some months is not renewed: it is followed by something else.
    let renewal = deal.book().renewal.as_ref().filter(|_| deal.months().is_none());
    if let (Some(period), Some(renewal)) = (deal.period(), renewal) {
        let (start, end) = (period.start(), period.end());
        let work = renewal
            .start_renewal_by(start, end)
            .map_or("now".to_owned(), |day| format!("by {day}"));
        let notice = renewal.give_notice_by(start, end);
        let notice = notice.map_or("notice is due before the contract starts".to_owned(), |day| {
            format!("give notice by {day}")
        });
        facts.push(("Renewal".to_owned(), format!("start renewal {work}, {notice}")));
    }
    facts
}

fn contract(period: &ContractPeriod, end: Date) -> String {
    let joins = if period.is_co_termed() { ", ends with the contract that it joins" } else { "" };
    format!("{} to {end}{joins}", period.start())
}

/// The invoices by themselves, for whoever sends or pays them.
pub fn document(quote: &Quote<'_, '_>, explained: bool) -> Document {
    let title = format!("Invoices for quote {}", quote.id());
    let mut blocks = vec![Block::Title(title), Block::Facts(super::facts(quote))];
    part(quote, explained, &mut blocks);
    if quote.schedule.as_ref().is_some_and(|schedule| schedule.invoices.is_empty()) {
        let nothing = "No invoices: nothing is charged.".to_owned();
        blocks.push(Block::Heading(nothing, Tone::Plain));
    }
    // Whoever sends them has to know whether the deal may be signed at all.
    super::judged(quote.deal.book(), &quote.verdict, &mut blocks);
    super::reference(quote, explained, &mut blocks);
    Document { blocks }
}

/// The invoices, one row for each thing that they ask for.
pub(crate) fn part(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let Some(schedule) = quote.schedule.as_ref().filter(|it| !it.invoices.is_empty()) else {
        return;
    };
    let show = |amount| quote.show(amount);
    let header = ["Invoice", "Date", "Due", "For", "Amount"].map(str::to_owned).to_vec();
    let mut table = Table { header, rows: Vec::new() };
    for (number, invoice) in (1_u64..).zip(&schedule.invoices) {
        for (index, item) in invoice.items.iter().enumerate() {
            let is_first = index == 0;
            let day = |day| if is_first { Cell::date(day) } else { Cell::text("") };
            table.rows.push(TableRow::new(vec![
                if is_first { Cell::ordinal(number) } else { Cell::default() },
                day(invoice.date),
                day(invoice.due),
                Cell::text(covers(quote, item)),
                money(quote, item.amount),
            ]));
        }
    }
    let empty = || Cell::text("");
    let (heading, what) = match schedule.payer {
        Payer::Customer => ("Invoices", "Contract"),
        Payer::Partner => ("Invoices to the partner", "Total for the partner"),
    };
    // Prices by the hour leave parts of a coin, which nobody can pay.
    let label = if schedule.total == schedule.contract {
        what.to_owned()
    } else {
        format!("{what}: {}, rounded", show(schedule.contract))
    };
    let sum = vec![empty(), empty(), empty(), Cell::text(label), money(quote, schedule.total)];
    table.rows.push(TableRow::total(sum));
    blocks.push(Block::Heading(heading.to_owned(), Tone::Plain));
    blocks.push(Block::Table(table));
}

fn covers(quote: &Quote<'_, '_>, item: &InvoiceItem) -> String {
    let what = match (item.item, quote.deal.lines()) {
        (DealItem::Line(_), [_]) => String::new(),
        (DealItem::Line(line), lines) => format!("{}, ", lines[line].metric().title()),
        (DealItem::Service(service), _) => {
            format!("{}, ", quote.pricing.services[service].service.title())
        }
    };
    let estimate = if item.is_estimate { ", estimated" } else { "" };
    match item.covers {
        CoveredPeriod::Days(from, to) => format!("{what}{from} to {to}{estimate}"),
        CoveredPeriod::Once => format!("{what}once"),
    }
}
