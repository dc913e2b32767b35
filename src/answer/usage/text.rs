//! A usage file as a finance department reads it: what was used, at which price, what is due when.

use crate::answer::usage::{
    CoveredUse, MonthBill, SubscriptionEquivalent, UsageFigures, UsageStatement, UsageTime, json,
    rows,
};
use crate::approve::Verdict;
use crate::book::{Level, MonthHours, PricePeriod};
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, Table, TableRow, Tone};
use crate::number::{Share, UnitHours, grouped};
use crate::price::PricedSegment;
use crate::quote::text::words::money;
use crate::quote::text::{judged, notices, standing, waterfall};

#[derive(Debug, Clone, Copy)]
pub struct StatementView<'s> {
    pub statement: &'s UsageStatement<'s, 's>,
    /// Whether every invoice has its arithmetic beside it.
    pub explained: bool,
}

impl Answer for StatementView<'_> {
    fn document(&self) -> Document {
        let statement = self.statement;
        let mut blocks =
            vec![Block::Title("Usage statement".to_owned()), Block::Facts(facts(statement))];
        let (one, many) = (&statement.line.metric.unit, &statement.line.metric.units);
        let title = format!("Usage in {one}-hours, average {many}, and price per {one}-hour");
        part(&title, used(statement), &mut blocks);
        prices(statement, &mut blocks);
        part("Invoices, monthly in arrears", invoices(statement), &mut blocks);
        if self.explained {
            let bills = statement.bills.iter();
            blocks.push(Block::Lines(bills.map(|bill| explain(statement, bill)).collect()));
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
    blocks.extend([Block::Heading(title.to_owned(), Tone::Plain), Block::Table(table)]);
}

/// Whether the prices of the deal or of its months need anybody.
fn is_judged(verdict: &Verdict) -> bool {
    verdict.is_refused() || verdict.level() > Level::NONE || !verdict.reviews().is_empty()
}

fn facts(statement: &UsageStatement<'_, '_>) -> Vec<(String, String)> {
    let deal = statement.quote.deal;
    let (book, metric) = (deal.book, statement.line.metric);
    let readings = statement.readings;
    let (first, last) = readings.span;
    let s = if readings.rows == 1 { "" } else { "s" };
    let rows = format!("{} row{s}", grouped(&readings.rows.to_string()));
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: String| facts.push((name.to_owned(), value));
    fact("Customer", deal.customer().unwrap_or("not named").to_owned());
    fact("Metric", format!("{}, per {} and hour", metric.title, metric.unit));
    let span = if first == last { first.to_string() } else { format!("{first} to {last}") };
    fact("Usage", format!("{}: {rows}, {span}", readings.source.name()));
    if matches!(first, UsageTime::Moment(_)) {
        fact("Months", "calendar months in UTC".to_owned());
    }
    fact("Hours", hours(statement));
    if let Some(committed) = statement.line.committed {
        let count = metric.count(committed);
        fact("Committed", format!("{count} on average per month, charged even if not used"));
    }
    if let Some(payment) = deal.payment {
        fact("Payment", payment.title.clone());
    }
    fact("Price book", format!("{}, version {}", book.name, book.version));
    fact("SHA-256", book.sha256.clone());
    facts
}

/// The hours of a month, and who says so.
fn hours(statement: &UsageStatement<'_, '_>) -> String {
    let metric = statement.line.metric;
    let mine = metric.usage_hours == Some(statement.hours);
    let who = if mine { format!("  [{}]", metric.rule.source) } else { String::new() };
    match (statement.hours, metric.price_period) {
        (MonthHours::Book, PricePeriod::Hour { per_month }) => {
            format!("{per_month} per month{who}")
        }
        _ => format!("actual hours of each calendar month{who}"),
    }
}

/// Returns a table of the columns that are shown, whose last row is a total.
fn table<const N: usize>(
    columns: [(&str, bool); N],
    rows: impl Iterator<Item = [Cell; N]>,
) -> Table {
    let is_shown = columns.map(|(_, is_shown)| is_shown);
    let header = columns.into_iter().filter(|(_, is_shown)| *is_shown).map(|(name, _)| name);
    let shown = |cells: [Cell; N]| {
        let cells = cells.into_iter().zip(is_shown).filter(|(_, is_shown)| *is_shown);
        TableRow::new(cells.map(|(cell, _)| cell).collect())
    };
    let mut table = Table::new(header, rows.map(shown));
    let total = table.rows.pop().map(|row| TableRow::total(row.cells));
    table.rows.extend(total);
    table
}

/// One row a month. What a month is charged for times its price is its invoice.
fn used(statement: &UsageStatement<'_, '_>) -> Table {
    let is_committed = statement.line.committed.is_some();
    let columns = [
        ("Month", true),
        ("Hours", statement.hours == MonthHours::Real),
        ("Used", true),
        ("Average", true),
        ("Charged", is_committed),
        ("Range", !is_committed),
        ("Price", true),
        ("Source", true),
    ];
    let row = |name: String, figures: &UsageFigures, priced: Option<&PricedSegment<'_>>| {
        let tier = priced.map(|priced| priced.list.tier);
        let range = tier.map(|tier| Cell::figure(tier.quantity.to_string()));
        let price = priced.map(|priced| money(statement.quote, priced.net()));
        [
            Cell::text(name),
            Cell::count(figures.hours),
            Cell::unit_hours(figures.used),
            Cell::quantity(figures.average()),
            Cell::unit_hours(figures.charged),
            range.unwrap_or_default(),
            price.unwrap_or_default(),
            tier.map_or_else(|| Cell::text(""), |tier| Cell::source(&tier.rule.source)),
        ]
    };
    let bills = statement.bills.iter();
    let months = bills.map(|bill| row(bill.month.to_string(), &bill.figures, bill.priced.as_ref()));
    table(columns, months.chain([row("Total".to_owned(), &statement.total, None)]))
}

/// The steps from list to net of every price that has more than one, each once.
fn prices(statement: &UsageStatement<'_, '_>, blocks: &mut Vec<Block>) {
    let mut shown: Vec<&PricedSegment<'_>> = Vec::new();
    for priced in statement.bills.iter().filter_map(|bill| bill.priced.as_ref()) {
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
        let heading = format!("Price per {one}-hour: {range} {many}");
        part(&heading, waterfall(statement.quote, priced), blocks);
        shown.push(priced);
    }
}

/// One row a month, with the day on which it is due to be invoiced.
fn invoices(statement: &UsageStatement<'_, '_>) -> Table {
    let is_committed = statement.line.committed.is_some();
    let columns = [
        ("Date", true),
        ("Due", statement.quote.deal.payment.is_some()),
        ("For", true),
        ("Baseline", is_committed),
        ("Overage", is_committed),
        ("Amount", true),
        ("Calculation", !is_committed),
    ];
    let row = |dates: [String; 3], figures: &UsageFigures, made_of: String| {
        let [date, due, month] = dates.map(Cell::text);
        let amounts = [figures.baseline, figures.overage, figures.amount()];
        let [baseline, overage, amount] = amounts.map(|amount| money(statement.quote, amount));
        [date, due, month, baseline, overage, amount, Cell::text(made_of)]
    };
    let months = statement.bills.iter().map(|bill| {
        let due = statement.due(bill).map(|due| due.to_string()).unwrap_or_default();
        let dates = [bill.date().to_string(), due, bill.month.to_string()];
        row(dates, &bill.figures, product(statement, bill))
    });
    let dates = ["Total".to_owned(), String::new(), String::new()];
    table(columns, months.chain([row(dates, &statement.total, String::new())]))
}

/// `7,300,000 × $0.03`, which is the amount before it is rounded.
fn product(statement: &UsageStatement<'_, '_>, bill: &MonthBill<'_>) -> String {
    let Some(priced) = &bill.priced else { return "no usage".to_owned() };
    let price = statement.quote.show(priced.net());
    format!("{} × {price}", bill.figures.charged.grouped())
}

/// Explains an invoice to a reader with a calculator.
fn explain(statement: &UsageStatement<'_, '_>, bill: &MonthBill<'_>) -> String {
    let book = statement.quote.deal.book;
    let show = |amount| statement.quote.show(amount);
    let (one, many) = (&statement.line.metric.unit, &statement.line.metric.units);
    let (figures, month) = (&bill.figures, bill.month);
    let Some(priced) = &bill.priced else { return format!("{month}: no usage, nothing due") };
    let (hours, price) = (figures.hours, show(priced.net()));
    let (used, average) = (figures.used.grouped(), figures.average().grouped());
    let mut parts = vec![format!("{month}: {used} {one}-hours / {hours} hours = {average} {many}")];
    let least = statement.line.committed.map(|count| {
        let least = UnitHours::of(count, hours).grouped();
        let count = count.grouped();
        parts.push(format!("commitment {count} × {hours} hours = {least} {one}-hours"));
        least
    });
    let (tier, units) = (priced.list.tier, priced.list.times.grouped());
    let is_rounded = figures.charged != UnitHours::of(priced.list.times, hours);
    let rounded = if is_rounded { format!("rounded up to {units}, ") } else { String::new() };
    parts.push(format!("{rounded}range {}", tier.quantity()));
    let exact = priced.net() * figures.charged;
    let amount = figures.amount();
    let rounded = if exact == amount {
        String::new()
    } else {
        format!(", {} {}", book.rounding, show(amount))
    };
    parts.push(format!("{} = {}{rounded}", product(statement, bill), show(exact)));
    if let Some(least) = least {
        let (baseline, overage) = (show(figures.baseline), show(figures.overage));
        parts.push(format!("baseline {least} × {price} = {baseline}, overage {overage}"));
    }
    format!("{}  [{}]", parts.join("; "), tier.rule.source)
}

fn estimate(statement: &UsageStatement<'_, '_>) -> Option<Table> {
    let estimate = statement.estimate.as_ref()?;
    let show = |amount| money(statement.quote, amount);
    let average = format!("Average {}", statement.line.metric.units);
    let units = [estimate.quantity, statement.total.average()].map(Cell::quantity);
    let amounts = [estimate.annual, statement.annualized].map(show);
    let row = |name: &str, [expected, actual]: [Cell; 2], share: Share| {
        TableRow::new(vec![Cell::text(name), expected, actual, Cell::share(share)])
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
        TableRow::new(vec![
            Cell::text(format!("{units} for {covers}")),
            show(found.priced.at_list.annual),
            show(found.priced.at_net.annual),
            Cell::text(standing(book, &found.verdict)),
            Cell::source(&rule.source),
        ])
    };
    let this = TableRow::new(vec![
        Cell::text("This usage, as invoiced"),
        Cell::default(),
        show(statement.annualized),
        Cell::text(""),
        Cell::text(""),
    ]);
    let header = ["Per year", "At list", "At net", "Needs", "Source"];
    Table::new(header, std::iter::once(this).chain(statement.subscribed.iter().map(row)))
}
