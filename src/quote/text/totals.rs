//! The totals of a quote, each with what it is made of and the line of the book behind it.

use super::explain;
use super::words::{before_rounding, divisor, money, over};
use crate::book::{PriceBasis, PricePeriod};
use crate::deal::Line;
use crate::document::{Block, Cell, Table, TableRow};
use crate::number::Money;
use crate::price::{self, PricedSegment, StepSource, WaterfallStep};
use crate::quote::Quote;
use crate::text::source::Place;
use std::cmp::Ordering;
use std::fmt::Display;

pub(super) fn part(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    blocks.extend([Block::heading("Totals"), Block::Table(table(quote))]);
    if explained {
        blocks.push(Block::Lines(explain::totals(quote)));
    }
}

pub(super) fn result(quote: &Quote<'_, '_>) -> Vec<(&'static str, String)> {
    let totals = &quote.pricing.totals;
    let mut figures = vec![("Contract (TCV)", quote.show(totals.tcv))];
    if !totals.once.is_zero() {
        figures.push(("Paid once", quote.show(totals.once)));
    }
    match totals.exit_arr {
        Some(exit) => figures
            .extend([("First-year ARR", quote.show(totals.arr)), ("Exit ARR", quote.show(exit))]),
        None => figures.push(("Per year (ARR)", quote.show(totals.arr))),
    }
    figures.push(("Off list", format!("{}, {}", totals.discount, off_list(quote))));
    figures
}

/// "$1,720,185.00 less": the difference between the contract and its list price.
fn off_list(quote: &Quote<'_, '_>) -> String {
    let totals = &quote.pricing.totals;
    let off = totals.list_tcv - totals.tcv;
    let (off, word) = if off.is_negative() { (Money::ZERO - off, "more") } else { (off, "less") };
    format!("{} {word}", quote.show(off))
}

fn table(quote: &Quote<'_, '_>) -> Table {
    let totals = &quote.pricing.totals;
    let cell = |amount| money(quote, amount);
    // The rounding of the book sets no price: the step before it does.
    let net = sources(quote, |steps| {
        steps.iter().rfind(|step| !matches!(step.grant, StepSource::Rounding))
    });
    // What is made of lines and services stands in several lines of the book.
    let above = (!quote.pricing.services_price().is_zero()).then(|| "see above".to_owned());
    let list = above.clone().unwrap_or_else(|| sources(quote, <[_]>::first));
    let both = above.unwrap_or_else(|| net.clone());
    let made = TotalParts::lines(quote).with_services(quote);
    let mut rows = vec![
        row("List", cell(totals.list_tcv), &made.list, &list),
        row("Contract (TCV)", cell(totals.tcv), &made.contract, &both),
        row("Off list", Cell::share(totals.discount), &off_list(quote), &both),
    ];
    rows.extend(first_part(quote));
    if let Some(policy) = totals.policy_tcv {
        let negotiated = match totals.tcv.cmp(&policy) {
            Ordering::Less => format!("{} below", quote.show(policy - totals.tcv)),
            Ordering::Equal => "at".to_owned(),
            Ordering::Greater => format!("{} above", quote.show(totals.tcv - policy)),
        };
        let made_of = format!("negotiated: {negotiated} policy");
        rows.push(row("At policy prices", cell(policy), &made_of, ""));
    }
    if !totals.once.is_zero() {
        rows.push(row("Paid once", cell(totals.once), &made.once, once(quote, &both)));
    }
    match totals.exit_arr {
        None => rows.push(row("Per year (ARR)", cell(totals.arr), &made.year, &net)),
        Some(exit) => {
            let recurring = quote.show(totals.tcv - totals.once);
            let average =
                format!("{recurring} / {}{}", divisor(quote.deal.length()), before_rounding(quote));
            rows.push(row("First-year ARR", cell(totals.arr), "year 1 of every line", &net));
            rows.push(row("Exit ARR", cell(exit), "the last year of every line", &net));
            rows.push(row("Average per year (ACV)", cell(totals.acv), &average, ""));
        }
    }
    for priced in &quote.pricing.lines {
        if let [segment] = priced.segments.as_slice() {
            let metric = priced.line.metric;
            let name = format!("Monthly {}", metric.title.to_lowercase());
            rows.extend(month(quote, &name, &priced.line, segment, &metric.rule.source));
        }
    }
    rows.extend(committed(quote));
    Table::new(["Total", "Amount", "Calculation", "Source"], rows)
}

/// Returns the charge of a month, for a line that is priced by the month or the hour.
fn month(
    quote: &Quote<'_, '_>,
    name: &str,
    line: &Line<'_>,
    priced: &PricedSegment<'_>,
    source: &Place,
) -> Option<TableRow> {
    let per_month = line.metric.price_period.times_per_month()?;
    let month = price::month(quote.deal.book, priced, per_month);
    let exact = priced.net() * priced.list.times * per_month;
    let rounded = if month == exact { "" } else { ", rounded" };
    let hours = match line.metric.price_period {
        PricePeriod::Hour { per_month } => format!(" × {per_month} hours"),
        _ => String::new(),
    };
    let made_of = format!("{}{hours}{rounded}", product(quote, priced, priced.net()));
    Some(row(name, money(quote, month), &made_of, source))
}

/// Returns the committed charges, due even without use: of a month, and of the whole contract.
fn committed(quote: &Quote<'_, '_>) -> Vec<TableRow> {
    let deal = quote.deal;
    let Some(certain) = price::committed_tcv(deal, &quote.pricing) else { return Vec::new() };
    let mut rows = Vec::new();
    let mut made_of = "all lines; usage only as committed".to_owned();
    let (mut made_by, mut is_capped) = (String::new(), false);
    for (at, line) in deal.lines.iter().enumerate().filter(|(_, it)| it.segments.len() == 1) {
        let Some(least) = price::committed(deal, at, 0) else { continue };
        let source = &least.list.tier.rule.source;
        let Some(row) = month(quote, "Monthly commitment", line, &least, source) else { continue };
        rows.push(row);
        is_capped |= least.tcv() > quote.pricing.lines[at].tcv;
        if deal.lines.len() == 1 {
            made_of = TotalParts::one(quote, line, &least).with_services(quote).contract;
            let is_alone = quote.pricing.services_price().is_zero();
            made_by = if is_alone { source.to_string() } else { "see above".to_owned() };
        }
    }
    // More use can land in a cheaper range, and then no more than its price is certain.
    if is_capped {
        "all lines; usage as expected, which costs less than committed".clone_into(&mut made_of);
        "see above".clone_into(&mut made_by);
    }
    rows.push(row("Committed (TCV)", money(quote, certain), &made_of, &made_by));
    rows
}

/// Returns the charge for the part of a year before the first whole one, and how it is counted.
fn first_part(quote: &Quote<'_, '_>) -> Option<TableRow> {
    let part = quote.deal.length().part()?;
    let proration = quote.deal.book().billing.as_ref().and_then(|it| it.proration.as_ref());
    // The months of a deal are counted by it alone.
    let counts = proration.filter(|_| quote.deal.months_in_term.is_none());
    let source = counts.map(|(_, rule)| rule.source.to_string()).unwrap_or_default();
    let firsts = || quote.pricing.lines.iter().filter_map(|line| line.segments.first());
    let year = match quote.pricing.lines.as_slice() {
        [_] => quote.show(firsts().map(|first| first.at_net.annual).sum()),
        _ => "a year of each line".to_owned(),
    };
    let floored = firsts().any(|segment| segment.part_costs_floor);
    let made_of = match (floored, quote.pricing.lines.len()) {
        (false, _) => format!("{part} of {year}, rounded"),
        (true, 1) => "the floor of a started year".to_owned(),
        (true, _) => format!("{part} of {year}, or the floor of a started year"),
    };
    let stubs = firsts().map(|first| first.stub).sum();
    Some(row("First part of a year", money(quote, stubs), &made_of, source))
}

fn row(name: &str, amount: Cell, made_of: &str, source: impl Display) -> TableRow {
    let source = Cell::source(source);
    TableRow::new([Cell::text(name), amount, Cell::text(made_of), source])
}

/// The calculation of each total, in figures that stand above it.
struct TotalParts {
    list: String,
    contract: String,
    once: String,
    year: String,
}

impl TotalParts {
    /// Lines, and with them what is charged for services.
    fn with_services(self, quote: &Quote<'_, '_>) -> Self {
        let charged = quote.pricing.services_price();
        if charged.is_zero() {
            return self;
        }
        let charged = format!("{} services", quote.show(charged));
        let with = |lines: String| match lines.as_str() {
            "" => charged.clone(),
            _ => format!("{lines} + {charged}"),
        };
        let Self { list, contract, once, year } = self;
        Self { list: with(list), contract: with(contract), once: with(once), year }
    }

    fn lines(quote: &Quote<'_, '_>) -> Self {
        if let [priced] = quote.pricing.lines.as_slice()
            && let [segment] = priced.segments.as_slice()
        {
            return Self::one(quote, &priced.line, segment);
        }
        let all = "all lines above".to_owned();
        let is_once = quote.pricing.totals.once != quote.pricing.services_price();
        let once = if is_once { all.clone() } else { String::new() };
        Self { list: all.clone(), contract: all.clone(), once, year: all }
    }

    /// A deal with one price is a product that anybody can do again.
    fn one(quote: &Quote<'_, '_>, line: &Line<'_>, priced: &PricedSegment<'_>) -> Self {
        let show = |amount| quote.show(amount);
        let at_list = |year: &str| over(priced, year, &show(priced.stub_at_list));
        let at_net = |year: &str| over(priced, year, &show(priced.stub));
        let times = line.metric.price_period.factor();
        let product = |price, charge| {
            let product = format!("{}{times}", product(quote, priced, price));
            let often = line.metric.price_period.times_per_year();
            ChargeParts { product, exact: price * priced.list.times * often, charge }
        };
        match line.metric.price_period {
            PricePeriod::Year
            | PricePeriod::Month
            | PricePeriod::Hour { .. }
            | PricePeriod::Use => {
                let list = product(priced.list.price, priced.at_list.annual);
                let net = product(priced.net(), priced.at_net.annual);
                Self {
                    list: at_list(&list.as_factor(quote)),
                    contract: at_net(&net.as_factor(quote)),
                    once: String::new(),
                    year: net.calculation(),
                }
            }
            PricePeriod::Once { maintenance } => {
                let list = product(priced.list.price, priced.at_list.once);
                let net = product(priced.net(), priced.at_net.once);
                let (once, made) = (net.calculation(), net.as_factor(quote));
                if maintenance.is_zero() {
                    let list = list.as_factor(quote);
                    let year = "no yearly charge".to_owned();
                    return Self { list, contract: made, once, year };
                }
                let (at_list, at_net) =
                    (at_list(&show(priced.at_list.annual)), at_net(&show(priced.at_net.annual)));
                let year = ChargeParts {
                    product: format!("{maintenance} of {made}"),
                    exact: maintenance.of(priced.at_net.once),
                    charge: priced.at_net.annual,
                };
                Self {
                    list: format!("{} + {at_list}", list.as_factor(quote)),
                    contract: format!("{made} + {at_net}"),
                    year: year.calculation(),
                    once,
                }
            }
        }
    }
}

/// A charge, and the product that it was rounded from.
struct ChargeParts {
    product: String,
    exact: Money,
    charge: Money,
}

impl ChargeParts {
    fn calculation(&self) -> String {
        let rounded = if self.exact == self.charge { "" } else { ", rounded" };
        format!("{}{rounded}", self.product)
    }

    /// Returns the product where it is the charge, which can be multiplied again, and else the charge.
    fn as_factor(&self, quote: &Quote<'_, '_>) -> String {
        if self.exact == self.charge { self.product.clone() } else { quote.show(self.charge) }
    }
}

/// The line of the book behind what is paid once: that of a service, if it is all there is.
fn once(quote: &Quote<'_, '_>, both: &str) -> String {
    let charged = quote.pricing.services.iter().find(|service| !service.price.is_zero());
    let alone = charged.filter(|service| service.price == quote.pricing.totals.once);
    alone.map_or_else(|| both.to_owned(), |service| service.service.rule.source.to_string())
}

/// `500 × $1,853.21`, or the price of a line that is priced as a whole.
fn product(quote: &Quote<'_, '_>, priced: &PricedSegment<'_>, price: Money) -> String {
    let price = quote.show(price);
    match priced.list.basis {
        PriceBasis::Line => price,
        PriceBasis::Unit | PriceBasis::Package(_) => {
            format!("{} × {price}", priced.list.times.grouped())
        }
    }
}

/// The line of the book behind one step of every waterfall, if there is only one.
fn sources<'b>(
    quote: &Quote<'_, 'b>,
    pick: impl for<'s> Fn(&'s [WaterfallStep<'b>]) -> Option<&'s WaterfallStep<'b>>,
) -> String {
    let segments = quote.pricing.lines.iter().flat_map(|line| &line.segments);
    let mut rules = segments.filter_map(|segment| Some(pick(&segment.waterfall.steps)?.rule));
    match rules.next() {
        Some(first) if rules.all(|rule| rule == first) => first.source.to_string(),
        _ => "see lines".to_owned(),
    }
}
