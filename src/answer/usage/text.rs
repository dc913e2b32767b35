//! A usage file as a finance department reads it: what was used, at which price, what is due when.

use super::explain;
use crate::answer::usage::{
    CoveredUse, MonthBill, SubscriptionEquivalent, UsageFigures, UsageStatement, UsageTime, json,
    rows,
};
use crate::approve::Verdict;
use crate::book::{Level, MonthHours, PriceBasis, PricePeriod, Tier};
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, Table, TableRow};
use crate::number::{Share, counted};
use crate::price::PricedSegment;
use crate::quote::billing::Payer;
use crate::quote::text::words::money;
use crate::quote::text::{agreed, book_facts, judged, notices, standing, waterfall};

#[derive(Debug, Clone, Copy)]
pub struct StatementView<'s> {
    pub statement: &'s UsageStatement<'s, 's>,
    /// Whether every invoice has its arithmetic beside it.
    pub explained: bool,
}

impl Answer for StatementView<'_> {
    fn document(&self) -> Document {
        let statement = self.statement;
        let mut blocks = vec![Block::Title("Usage statement".to_owned()), facts(statement)];
        let (one, many) = (&statement.line.metric.unit, &statement.line.metric.units);
        let title = match statement.hours {
            Some(_) => format!("Usage in {one}-hours, average {many}, and price per {one}-hour"),
            None => format!("Usage in {many}"),
        };
        part(&title, used(statement), &mut blocks);
        prices(statement, self.explained, &mut blocks);
        let heading = match statement.payer {
            Payer::Customer => "Invoices, monthly in arrears",
            Payer::Partner => "Invoices to the partner, monthly in arrears",
        };
        part(heading, invoices(statement), &mut blocks);
        if self.explained {
            let bills = statement.bills.iter();
            blocks.push(Block::Lines(bills.map(|bill| explain::bill(statement, bill)).collect()));
        }
        if let Some(table) = estimate(statement) {
            part("Usage vs estimate of the deal", table, &mut blocks);
        }
        if !statement.subscribed.is_empty() {
            part("Usage vs subscription", subscribed(statement), &mut blocks);
        }
        if is_judged(&statement.verdict) {
            judged(statement.quote.deal.book, &statement.verdict, &mut blocks);
        }
        notices(&statement.notices, &mut blocks);
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::table(self.statement)
    }

    fn json(&self) -> Json {
        json::to_json(self.statement)
    }
}

fn part(title: &str, table: Table, blocks: &mut Vec<Block>) {
    blocks.extend([Block::heading(title), Block::Table(table)]);
}

/// Whether the prices of the deal or of its months need anybody.
fn is_judged(verdict: &Verdict) -> bool {
    verdict.is_refused() || verdict.level() > Level::NONE || !verdict.reviews().is_empty()
}

fn facts(statement: &UsageStatement<'_, '_>) -> Block {
    let deal = statement.quote.deal;
    let metric = statement.line.metric;
    let readings = statement.readings;
    let (first, last) = readings.span;
    let rows = counted(readings.rows, "row");
    let mut facts = Vec::new();
    let mut fact = |name, value: String| facts.push((name, value));
    fact("Customer", deal.customer().unwrap_or("not named").to_owned());
    let hour = if statement.hours.is_some() { " and hour" } else { "" };
    fact("Metric", format!("{}, per {}{hour}", metric.title, metric.unit));
    let span = if first == last { first.to_string() } else { format!("{first} to {last}") };
    fact("Usage", format!("{}: {rows}, {span}", readings.source.name()));
    if matches!(first, UsageTime::Moment(_)) {
        fact("Months", "calendar months in UTC".to_owned());
    }
    if let Some(basis) = statement.hours {
        fact("Hours", hours(statement, basis));
    }
    if let Some(committed) = statement.line.committed {
        let count = metric.count(committed);
        let average = if statement.hours.is_some() { " on average" } else { "" };
        fact("Committed", format!("{count}{average} per month, charged even if not used"));
    }
    if let Some(partner) = &deal.partner {
        fact("Channel", agreed(partner));
        if let Some(name) = partner.name() {
            fact("Partner", name.to_owned());
        }
    }
    if let Some(payment) = deal.payment {
        fact("Payment", payment.title.clone());
    }
    facts.push(("Date", deal.date.to_string()));
    facts.extend(book_facts(deal.book));
    Block::facts(facts)
}

/// The hours of a month, and who says so.
fn hours(statement: &UsageStatement<'_, '_>, basis: MonthHours) -> String {
    let metric = statement.line.metric;
    let mine = metric.usage_hours == Some(basis);
    let who = if mine { format!("  [{}]", metric.rule.source) } else { String::new() };
    match (basis, metric.price_period) {
        (MonthHours::Book, PricePeriod::Hour { per_month }) => {
            format!("{per_month} per month{who}")
        }
        _ => format!("actual hours of each calendar month{who}"),
    }
}

/// Returns the bills of the months, and at the end the total, which has no bill.
fn bills_and_total<'s>(
    statement: &'s UsageStatement<'_, '_>,
) -> impl Iterator<Item = (&'s UsageFigures, Option<&'s MonthBill<'s>>)> {
    let bills = statement.bills.iter().map(|bill| (&bill.figures, Some(bill)));
    bills.chain([(&statement.total, None)])
}

fn with_total_last(mut table: Table) -> Table {
    if let Some(last) = table.rows.last_mut() {
        last.is_total = true;
    }
    table
}

/// One row a month. What a month is charged for times its price is its invoice.
fn used(statement: &UsageStatement<'_, '_>) -> Table {
    let is_committed = statement.line.committed.is_some();
    let month = |bill: Option<&MonthBill<'_>>| {
        bill.map_or_else(|| "Total".to_owned(), |bill| bill.month.to_string())
    };
    let price = |bill: &MonthBill<'_>| {
        bill.priced.as_ref().map(|priced| money(statement.quote, priced.net()))
    };
    let resold = |bill: &MonthBill<'_>| {
        bill.resold.as_ref().map(|resold| money(statement.quote, resold.price))
    };
    let range = |tier: &Tier| Cell::figure(tier.quantity.to_string());
    let source = |tier: &Tier| Cell::source(&tier.rule.source);
    let table = Table::of_items(
        bills_and_total(statement),
        &[
            ("Month", &|(_, bill)| Cell::text(month(*bill))),
            ("Hours", &|(figures, _)| Cell::count(figures.hours)),
            ("Used", &|(figures, _)| Cell::unit_hours(figures.used)),
            ("Average", &|(figures, _)| Cell::quantity(figures.average())),
            ("Charged", &|(figures, _)| Cell::unit_hours(figures.charged)),
            ("Range", &|(_, bill)| bill.and_then(MonthBill::tier).map(range).unwrap_or_default()),
            ("Price", &|(_, bill)| bill.and_then(price).unwrap_or_default()),
            ("Partner pays", &|(_, bill)| bill.and_then(resold).unwrap_or_default()),
            ("Source", &|(_, bill)| {
                bill.and_then(MonthBill::tier).map_or_else(|| Cell::text(""), source)
            }),
        ],
    );
    let table = table.column_if("Hours", statement.hours == Some(MonthHours::Real));
    let table = table.column_if("Average", statement.hours.is_some());
    let table = table.column_if("Partner pays", statement.payer == Payer::Partner);
    let table = table.column_if("Charged", is_committed).column_if("Range", !is_committed);
    with_total_last(table)
}

/// The steps from list to net of every price that has more than one, each once. A month that has a price as a whole has
/// its own, which only an explanation shows.
fn prices(statement: &UsageStatement<'_, '_>, is_explained: bool, blocks: &mut Vec<Block>) {
    let mut shown: Vec<&PricedSegment<'_>> = Vec::new();
    let is_shown =
        |priced: &&PricedSegment<'_>| is_explained || priced.list.basis != PriceBasis::Line;
    let priced = statement.bills.iter().filter_map(|bill| bill.priced.as_ref());
    for priced in priced.filter(is_shown) {
        let steps = |it: &PricedSegment<'_>| {
            let steps = it.waterfall.steps.iter();
            steps.map(|step| (step.price, step.rule.source.to_string())).collect::<Vec<_>>()
        };
        let is_list = priced.waterfall.steps.len() < 2;
        if is_list || shown.iter().any(|other| steps(other) == steps(priced)) {
            continue;
        }
        let (one, many) = (&statement.line.metric.unit, &statement.line.metric.units);
        let range = priced.list.tier.quantity();
        let heading = match (statement.hours, priced.list.basis) {
            (Some(_), _) => format!("Price per {one}-hour: {range} {many}"),
            (None, PriceBasis::Unit) => format!("Price per {one}: {range} {many}"),
            (None, PriceBasis::Package(size)) => {
                format!("Price per package of {size} {many}: {range} {many}")
            }
            (None, PriceBasis::Line) => {
                let count = statement.line.metric.count(priced.segment.quantity());
                format!("Price of a month: {count}")
            }
        };
        part(&heading, waterfall(statement.quote, priced), blocks);
        shown.push(priced);
    }
}

/// One row a month, with the day on which it is due to be invoiced.
fn invoices(statement: &UsageStatement<'_, '_>) -> Table {
    let is_committed = statement.line.committed.is_some();
    let show = |amount| money(statement.quote, amount);
    let text = |words: Option<String>| Cell::text(words.unwrap_or_default());
    let due = |bill: &MonthBill<'_>| Some(statement.due(bill)?.to_string());
    let table = Table::of_items(
        bills_and_total(statement),
        &[
            ("Date", &|(_, bill)| {
                Cell::text(bill.map_or_else(|| "Total".to_owned(), |it| it.date().to_string()))
            }),
            ("Due", &|(_, bill)| text(bill.and_then(due))),
            ("For", &|(_, bill)| text(bill.map(|bill| bill.month.to_string()))),
            ("Baseline", &|(figures, _)| show(figures.baseline)),
            ("Overage", &|(figures, _)| show(figures.overage)),
            ("Amount", &|(figures, _)| show(figures.amount())),
            ("Customer pays", &|(figures, _)| show(figures.customer)),
            ("Calculation", &|(_, bill)| text(bill.map(|bill| explain::product(statement, bill)))),
        ],
    );
    let table = table.column_if("Customer pays", statement.payer == Payer::Partner);
    let table = table.column_if("Due", statement.quote.deal.payment.is_some());
    let table = table.column_if("Baseline", is_committed).column_if("Overage", is_committed);
    with_total_last(table.column_if("Calculation", !is_committed))
}

fn estimate(statement: &UsageStatement<'_, '_>) -> Option<Table> {
    let estimate = statement.estimate.as_ref()?;
    let show = |amount| money(statement.quote, amount);
    let average = format!("Average {}", statement.line.metric.units);
    let units = [estimate.quantity, statement.total.average()].map(Cell::quantity);
    let amounts = [estimate.annual, statement.annualized].map(show);
    let row = |name: &str, [expected, actual]: [Cell; 2], share: Share| {
        TableRow::new([Cell::text(name), expected, actual, Cell::share(share)])
    };
    let rows = [row(&average, units, estimate.used), row("Per year", amounts, estimate.amount)];
    Some(Table::new(["", "Estimate", "This usage", "Share of estimate"], rows))
}

/// A year by subscription, for the average and for the busiest month.
fn subscribed(statement: &UsageStatement<'_, '_>) -> Table {
    let book = statement.quote.deal.book;
    let show = |amount| money(statement.quote, amount);
    let row = |found: &SubscriptionEquivalent<'_>| {
        let covers = match found.covers {
            CoveredUse::Average => "the average month".to_owned(),
            CoveredUse::Busiest(month) => format!("the busiest month, {month}"),
        };
        let units = found.metric.count(found.quantity);
        let rule = &found.priced.list.tier.rule;
        TableRow::new([
            Cell::text(format!("{units} for {covers}")),
            show(found.priced.at_list.annual),
            show(found.priced.at_net.annual),
            Cell::text(standing(book, &found.verdict)),
            Cell::source(&rule.source),
        ])
    };
    let this = match statement.payer {
        Payer::Customer => "This usage, as invoiced",
        Payer::Partner => "This usage, at the customer's price",
    };
    let [name, needs, source] = [this, "", ""].map(Cell::text);
    let this = TableRow::new([name, Cell::default(), show(statement.annualized), needs, source]);
    let header = ["Per year", "At list", "At net", "Needs", "Source"];
    Table::new(header, std::iter::once(this).chain(statement.subscribed.iter().map(row)))
}
