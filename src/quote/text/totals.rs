//! The totals of a quote, each with what it is made of and the line of the book behind it.

use super::explain;
use super::words::{divisor, money, over};
use crate::book::{PriceBasis, PricePeriod};
use crate::deal::Line;
use crate::document::{Block, Cell, Table, TableRow, Tone};
use crate::number::Money;
use crate::price;
use crate::price::{PricedSegment, StepSource, WaterfallStep};
use crate::quote::Quote;
use std::cmp::Ordering;
use std::fmt::Display;

pub(crate) fn part(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    blocks.push(Block::Heading("Totals".to_owned(), Tone::Plain));
    blocks.push(Block::Table(table(quote)));
    if explained {
        blocks.push(Block::Lines(explain::totals(quote)));
    }
}

/// Returns the figures that a quote opens with.
pub(super) fn result(quote: &Quote<'_, '_>) -> Vec<(String, String)> {
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
    figures.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// "$1,720,185.00 less": the difference between the contract and its list price.
fn off_list(quote: &Quote<'_, '_>) -> String {
    let totals = &quote.pricing.totals;
    let off = totals.list_tcv - totals.tcv;
    if off.is_negative() {
        format!("{} more", quote.show(Money::ZERO - off))
    } else {
        format!("{} less", quote.show(off))
    }
}

fn table(quote: &Quote<'_, '_>) -> Table {
    let totals = &quote.pricing.totals;
    let show = |amount| quote.show(amount);
    let list = sources(quote, <[_]>::first);
    // The rounding of the book sets no price: the step before it does.
    let net = sources(quote, |steps| {
        steps.iter().rfind(|step| !matches!(step.grant, StepSource::Rounding))
    });
    // What is made of lines and services stands in several lines of the book.
    let (list, both) = if quote.pricing.services_price().is_zero() {
        (list, net.clone())
    } else {
        ("see above".to_owned(), "see above".to_owned())
    };
    let made = TotalParts::of(quote);
    let off = off_list(quote);
    let mut rows = vec![
        row("List", money(quote, totals.list_tcv), &made.list, &list),
        row("Contract (TCV)", money(quote, totals.tcv), &made.contract, &both),
        row("Off list", Cell::share(totals.discount), &off, &both),
    ];
    rows.extend(first_part(quote));
    if let Some(policy) = totals.policy_tcv {
        let more = totals.tcv - policy;
        let made_of = match more.cmp(&Money::ZERO) {
            Ordering::Less => {
                format!("negotiated: {} below policy", show(Money::ZERO - more))
            }
            Ordering::Equal => "negotiated: at policy".to_owned(),
            Ordering::Greater => format!("negotiated: {} above policy", show(more)),
        };
        rows.push(row("At policy prices", money(quote, policy), &made_of, ""));
    }
    if !totals.once.is_zero() {
        rows.push(row("Paid once", money(quote, totals.once), &made.once, once(quote, &both)));
    }
    match totals.exit_arr {
        None => rows.push(row("Per year (ARR)", money(quote, totals.arr), &made.year, &net)),
        Some(exit) => {
            let recurring = show(totals.tcv - totals.once);
            let average = format!("{recurring} / {}", divisor(quote.deal.length()));
            rows.push(row(
                "First-year ARR",
                money(quote, totals.arr),
                "year 1 of every line",
                &net,
            ));
            rows.push(row("Exit ARR", money(quote, exit), "the last year of every line", &net));
            rows.push(row("Average per year (ACV)", money(quote, totals.acv), &average, ""));
        }
    }
    for priced in &quote.pricing.lines {
        let line = &priced.line;
        if let (PricePeriod::Hour { per_month }, [segment]) =
            (line.metric.price_period, priced.segments.as_slice())
        {
            let month = segment.net() * segment.list.times * per_month;
            let hours = format!("{} × {per_month} hours", product(quote, segment, segment.net()));
            let name = format!("Monthly {}", line.metric.title().to_lowercase());
            rows.push(row(&name, money(quote, month), &hours, &line.metric.rule.source));
        }
    }
    rows.extend(committed(quote));
    Table::new(["Total", "Amount", "Calculation", "Source"], rows)
}

/// Returns the committed charges, due even without use: of a month, and of the whole contract.
fn committed(quote: &Quote<'_, '_>) -> Vec<TableRow> {
    let deal = quote.deal;
    let Some(certain) = price::committed_tcv(deal, &quote.pricing) else { return Vec::new() };
    let mut rows = Vec::new();
    let mut made_of = "all lines; usage only as committed".to_owned();
    let mut made_by = String::new();
    for line in &deal.lines {
        let (PricePeriod::Hour { per_month }, [segment]) =
            (line.metric.price_period, line.segments.as_slice())
        else {
            continue;
        };
        let Some(least) = price::committed(deal, line, segment) else { continue };
        let month = least.net() * least.list.times * per_month;
        let hours = format!("{} × {per_month} hours", product(quote, &least, least.net()));
        let source = &least.list.tier.rule.source;
        rows.push(row("Monthly commitment", money(quote, month), &hours, source));
        if deal.lines.len() == 1 {
            made_of = TotalParts::one(quote, line, &least).with_services(quote).contract;
            if quote.pricing.services_price().is_zero() {
                made_by = source.to_string();
            } else {
                "see above".clone_into(&mut made_by);
            }
        }
    }
    rows.push(row("Committed (TCV)", money(quote, certain), &made_of, &made_by));
    rows
}

/// Returns the charge for the part of a year before the first whole one, and how it is counted.
fn first_part(quote: &Quote<'_, '_>) -> Option<TableRow> {
    let show = |amount| quote.show(amount);
    let part = quote.deal.length().part()?;
    let (_, rule) = quote.deal.book().billing.as_ref()?.proration.as_ref()?;
    let firsts = || quote.pricing.lines.iter().filter_map(|line| line.segments.first());
    let made_of = match quote.pricing.lines.as_slice() {
        [_] => {
            let annual = firsts().map(|first| first.at_net.annual).sum();
            format!("{part} of {}, rounded", show(annual))
        }
        _ => format!("{part} of a year of each line, rounded"),
    };
    let stubs = firsts().map(|first| first.stub).sum();
    Some(row("First part of a year", money(quote, stubs), &made_of, &rule.source))
}

fn row(name: &str, amount: Cell, made_of: &str, source: impl Display) -> TableRow {
    let source = Cell::source(source);
    TableRow::new(vec![Cell::text(name), amount, Cell::text(made_of), source])
}

/// The calculation of each total, in figures that stand above it.
struct TotalParts {
    list: String,
    contract: String,
    once: String,
    year: String,
}

impl TotalParts {
    fn of(quote: &Quote<'_, '_>) -> Self {
        Self::lines(quote).with_services(quote)
    }

    /// Lines, and with them what is charged for services.
    fn with_services(self, quote: &Quote<'_, '_>) -> Self {
        let lines = self;
        let charged = quote.pricing.services_price();
        if charged.is_zero() {
            return lines;
        }
        let charged = format!("{} services", quote.show(charged));
        let with = |lines: String| match lines.as_str() {
            "" => charged.clone(),
            _ => format!("{lines} + {charged}"),
        };
        Self {
            list: with(lines.list),
            contract: with(lines.contract),
            once: with(lines.once),
            year: lines.year,
        }
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
        let (list, net) = (priced.list.price, priced.net());
        let (list, net) = (product(quote, priced, list), product(quote, priced, net));
        let stubs = (show(priced.stub_at_list), show(priced.stub));
        let contract = |year: &str, stub: &str| over(priced, year, stub);
        match line.metric.price_period {
            PricePeriod::Year => Self {
                list: contract(&list, &stubs.0),
                contract: contract(&net, &stubs.1),
                once: String::new(),
                year: net,
            },
            PricePeriod::Hour { per_month } => {
                let a_year = |price: &str| format!("{price} × {per_month} hours × 12");
                Self {
                    list: contract(&a_year(&list), &stubs.0),
                    contract: contract(&a_year(&net), &stubs.1),
                    once: String::new(),
                    year: a_year(&net),
                }
            }
            PricePeriod::Once { maintenance } if maintenance.is_zero() => {
                Self { list, contract: net.clone(), once: net, year: "no yearly charge".to_owned() }
            }
            PricePeriod::Once { maintenance } => {
                let (at_list, at_net) = (show(priced.at_list.annual), show(priced.at_net.annual));
                Self {
                    list: format!("{list} + {}", contract(&at_list, &stubs.0)),
                    contract: format!("{net} + {}", contract(&at_net, &stubs.1)),
                    year: format!("{maintenance} of {net}"),
                    once: net,
                }
            }
        }
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
    let mut rules = segments.filter_map(|segment| Some(pick(segment.waterfall.steps())?.rule));
    match rules.next() {
        Some(first) if rules.all(|rule| rule == first) => first.source.to_string(),
        _ => "see lines".to_owned(),
    }
}
