//! Invoices add up to the contract, whatever its term, start and billing.

use super::exact::{Exact, exact, scaled, whole, zero};
use super::model;
use super::sameness::year_by_year;
use super::world::{World, load, resolve, world};
use crate::support::OUR_BOOK;
use dealdesk::deal::{ContractPeriod, Deal, to_toml};
use dealdesk::number::{Date, Money, ProrationConvention, Years, rounding};
use dealdesk::price::PricedLine;
use dealdesk::quote::billing::{CoveredPeriod, DealItem, InvoiceSchedule};
use dealdesk::quote::json::to_json;
use dealdesk::quote::quote;
use dealdesk::table::Choice;
use proptest::prelude::*;

fn sum(amounts: impl Iterator<Item = Money>) -> Exact {
    amounts.fold(zero(), |sum, amount| sum + exact(amount))
}

/// The smallest coin of a deal's currency.
fn coin(deal: &Deal<'_>) -> Exact {
    scaled(1, deal.book().currency().minor)
}

/// Whether an amount is whole coins.
fn is_coins(deal: &Deal<'_>, amount: &Exact) -> bool {
    (amount / coin(deal)).is_integer()
}

/// A world whose book says how it bills, and whose deal when it starts.
#[derive(Debug, Clone)]
struct Billed {
    world: World,
    start: Date,
    /// Days from there to the first whole year.
    lead: u32,
    way: &'static str,
    proration: &'static str,
}

const WAYS: [&str; 6] = ["annual", "half", "quarterly", "monthly", "after", "whole"];

const BILLING: &str = r#"
[payment]
standard = "net-30"
[payment.terms.net-30]
title = "Net 30"
days = 30

[billing]
standard = "annual"
proration = "PRORATION"
[billing.ways]
annual = { title = "a", months = 12 }
half = { title = "b", months = 6 }
quarterly = { title = "c", months = 3 }
monthly = { title = "d", months = 1 }
after = { title = "e", months = 1, arrears = true }
whole = { title = "f", whole_term = true }
"#;

fn start() -> impl Strategy<Value = Date> {
    // Leap years, and ends of months more often than chance would have it.
    let month = (2027..2034_i32, 1..=12_i32, prop_oneof![1..=31_u32, 28..=31_u32]);
    month.prop_map(|(year, month, day)| {
        let first = Date::parse(&format!("{year}-{month:02}-01")).expect("a date");
        let last = first.plus_months(1).minus_days(1);
        first.plus_days(day - 1).min(last)
    })
}

fn billed() -> impl Strategy<Value = Billed> {
    let lead = prop_oneof![Just(0_u32), 1..364_u32];
    let proration = prop::sample::select(vec!["actual/actual", "30/360", "whole months"]);
    (world(), start(), lead, prop::sample::select(WAYS.to_vec()), proration).prop_map(
        |(world, start, lead, way, proration)| Billed { world, start, lead, way, proration },
    )
}

impl Billed {
    fn book(&self) -> String {
        self.world.book.toml() + &BILLING.replace("PRORATION", self.proration)
    }

    fn deal(&self) -> String {
        let first = self.start.plus_days(self.lead);
        let dates =
            format!("start = {}\nfirst_year = {first}\nbilling = \"{}\"\n", self.start, self.way);
        // Keys of the deal itself stand before its first table.
        dates + &self.world.deal.toml(&self.world.book)
    }
}

/// What is invoiced for one line, in the order of its days.
fn of_line(schedule: &InvoiceSchedule, line: usize) -> Vec<(CoveredPeriod, Money)> {
    let items = schedule.invoices.iter().flat_map(|invoice| &invoice.items);
    items
        .filter(|item| item.item == DealItem::Line(line))
        .map(|item| (item.covers, item.amount))
        .collect()
}

fn invoices_hold(deal: &Deal<'_>, schedule: &InvoiceSchedule) -> Result<(), TestCaseError> {
    let mut last = None;
    for invoice in &schedule.invoices {
        prop_assert!(last < Some(invoice.date), "ascending, and no date twice");
        last = Some(invoice.date);
        prop_assert_eq!(invoice.due, invoice.date.plus_days(30));
        prop_assert!(!invoice.items.is_empty());
        let items = sum(invoice.items.iter().map(|item| item.amount));
        prop_assert_eq!(exact(invoice.amount), items);
        for item in &invoice.items {
            let amount = exact(item.amount);
            prop_assert!(amount >= coin(deal) && is_coins(deal, &amount), "whole coins");
            if let CoveredPeriod::Days(from, to) = item.covers {
                let period = deal.period().expect("it says when it starts");
                prop_assert!(period.start() <= from && from <= to && to <= period.end());
                prop_assert!(invoice.date == from || invoice.date == to.plus_days(1));
            }
        }
    }
    Ok(())
}

/// The days of a line follow one another, from the start of the contract to its end, unless an
/// amount is too small for each of them to have a coin.
fn days_hold(
    period: &ContractPeriod,
    items: &[(CoveredPeriod, Money)],
) -> Result<(), TestCaseError> {
    let days: Vec<_> = items
        .iter()
        .filter_map(|(covers, _)| match covers {
            CoveredPeriod::Days(from, to) => Some((*from, *to)),
            CoveredPeriod::Once => None,
        })
        .collect();
    for pair in days.windows(2) {
        prop_assert!(pair[0].1 < pair[1].0, "no day twice");
    }
    let covered: u32 = days.iter().map(|(from, to)| from.days_to(*to) + 1).sum();
    prop_assert!(covered <= period.start().days_to(period.end()) + 1);
    Ok(())
}

proptest! {
    #![proptest_config(super::cases(300))]

    /// Invoices are the contract, and those of a line what the line costs; so is each whole year of it.
    #[test]
    fn invoices_sum_to_the_contract(billed in billed()) {
        let book = load(&billed.book());
        let Ok(deal) = resolve(&billed.deal(), &book) else { return Ok(()) };
        let quote = quote(&deal);
        let schedule = quote.schedule.as_ref().expect("it says when it starts");
        prop_assert_eq!(schedule.total, quote.pricing.totals.tcv);
        prop_assert!(is_coins(&deal, &exact(quote.pricing.totals.list_tcv)));
        prop_assert_eq!(sum(schedule.invoices.iter().map(|it| it.amount)), exact(schedule.total));
        invoices_hold(&deal, schedule)?;
        let period = deal.period().expect("it says when it starts");
        for (index, line) in quote.pricing.lines.iter().enumerate() {
            let items = of_line(schedule, index);
            prop_assert_eq!(sum(items.iter().map(|(_, amount)| *amount)), exact(line.tcv));
            days_hold(period, &items)?;
            years_hold(&deal, line, &items)?;
        }
    }

    /// A ramp of equal years is billed as the flat line that it is, to the byte, and so is a deal
    /// that was saved.
    #[test]
    fn the_same_deal_in_other_words_has_the_same_invoices(billed in billed()) {
        let book = load(&billed.book());
        let Ok(deal) = resolve(&billed.deal(), &book) else { return Ok(()) };
        let json = to_json(&quote(&deal)).to_string();
        let saved = resolve(&to_toml(&deal), &book);
        let saved = saved.map_err(|faults| TestCaseError::fail(faults.to_string()))?;
        prop_assert_eq!(&to_json(&quote(&saved)).to_string(), &json);
        let world = &billed.world;
        let lines = world.deal.lines.iter();
        let lines = lines.map(|line| year_by_year(&world.book, line, world.deal.term)).collect();
        let ramp = World { deal: model::Deal { lines, ..world.deal.clone() }, ..world.clone() };
        let ramp = Billed { world: ramp, ..billed.clone() }.deal();
        let ramp = resolve(&ramp, &book);
        let ramp = ramp.map_err(|faults| TestCaseError::fail(faults.to_string()))?;
        prop_assert_eq!(to_json(&quote(&ramp)).to_string(), json);
    }

    /// What is due for a part of a year is that part of a year, rounded once, and no less than the floor of a
    /// program.
    #[test]
    fn a_part_of_a_year_costs_that_part(billed in billed()) {
        let book = load(&billed.book());
        let Ok(deal) = resolve(&billed.deal(), &book) else { return Ok(()) };
        let pricing = quote(&deal).pricing;
        let part = deal.period().and_then(|period| period.length().part());
        prop_assert_eq!(part.is_some(), billed.lead > 0);
        for line in &pricing.lines {
            let first = &line.segments[0];
            let expected = part.map_or(zero(), |part| {
                let share = whole(part.count().into()) / whole(part.of().into());
                exact(first.at_net.annual) * share
            });
            let least = first.least_year.filter(|_| part.is_some()).map_or(zero(), exact);
            let off = exact(first.stub) - expected.max(least);
            let most = coin(&deal) / whole(2);
            prop_assert!(off <= most && -off <= most);
        }
    }

    /// An amount in parts is the amount; each part is off its share by less than a coin, and a
    /// heavier one is not smaller.
    #[test]
    fn parts_sum_to_the_whole(
        cents in 0..1_000_000_000_000_u64,
        weights in prop::collection::vec(0..400_u32, 1..60),
        places in 0..4_u32,
    ) {
        let total = Money::parse(&(cents / 1000).to_string()).expect("an amount");
        let parts: Vec<_> = rounding::split(total, &weights, places).collect();
        let all: u32 = weights.iter().sum();
        prop_assert_eq!(parts.len(), weights.len());
        prop_assert_eq!(sum(parts.iter().copied()), exact(total));
        for (part, weight) in parts.iter().zip(&weights) {
            if all > 0 {
                let off = exact(*part) - exact(total) * whole((*weight).into()) / whole(all.into());
                prop_assert!(off < scaled(1, places) && -off < scaled(1, places));
            }
            for (other, lighter) in parts.iter().zip(&weights) {
                prop_assert!(lighter >= weight || other <= part);
            }
        }
    }

    /// Two lines of one price are one line. Only a part of a year is rounded by line: two are off
    /// by no more than half a coin each, beside that of the one.
    #[test]
    fn splitting_a_line_changes_at_most_its_roundings(
        (one, two) in (1..5000_u32, 1..5000_u32),
        price in 1..100_000_u32,
        (start, lead) in (start(), prop_oneof![Just(0_u32), 1..364_u32]),
        term in 1..6_u32,
    ) {
        let book = load(OUR_BOOK);
        let first = start.plus_days(lead);
        let line = |count: u32| {
            let price = format!("{}.{:02}", price / 100, price % 100);
            format!("[[line]]\nmetric = \"node\"\nquantity = {count}\nunit_price = \"{price}\"\n")
        };
        let tcv = |lines: &str| {
            let top = format!("term_years = {term}\nstart = {start}\nfirst_year = {first}\n");
            let deal = resolve(&(top + lines), &book).expect("a deal");
            exact(quote(&deal).pricing.totals.tcv)
        };
        let off = tcv(&(line(one) + &line(two))) - tcv(&line(one + two));
        let most = if lead == 0 { zero() } else { scaled(15, 3) };
        prop_assert!(off <= most && -off <= most);
    }

    /// A contract that ends with another is the one that runs from its start over its whole years,
    /// however it is written.
    #[test]
    fn an_end_and_a_first_year_are_one_contract(
        (start, lead, term) in (start(), 0..364_u32, 1..6_u64),
        convention in prop::sample::select(ProrationConvention::VALUES),
    ) {
        let (first, years) = (start.plus_days(lead), Years::new(term).expect("years"));
        let led = ContractPeriod::led(start, first, years, convention);
        let joined = ContractPeriod::co_term(start, led.end(), convention);
        prop_assert_eq!(joined.end(), led.end());
        // From the 29th of February on, an end is that of two days.
        if led.end().plus_days(1) == first.plus_months(i32::try_from(12 * term).expect("few"))
            && first.plus_months(12).plus_months(-12) == first
        {
            prop_assert_eq!(joined.length(), led.length());
            prop_assert_eq!(joined.boundary(0), led.boundary(0));
        }
        let days: Vec<_> = (0..=12 * joined.length().years()).map(|at| joined.boundary(at)).collect();
        prop_assert!(days.windows(2).all(|pair| pair[0] < pair[1]));
        let beginnings = joined.beginnings(3);
        prop_assert_eq!(beginnings[0], start);
        prop_assert!(beginnings.windows(2).all(|pair| pair[0] < pair[1]));
    }
}

/// Each whole year of a line is invoiced for what it costs.
fn years_hold(
    deal: &Deal<'_>,
    line: &PricedLine<'_>,
    items: &[(CoveredPeriod, Money)],
) -> Result<(), TestCaseError> {
    let costs = line
        .segments
        .iter()
        .flat_map(|segment| (0..segment.length.years()).map(|_| exact(segment.at_net.annual)));
    let costs: Vec<_> = costs.collect();
    let Some(period) = deal.period() else { return Ok(()) };
    let is_one = items.iter().any(|(covers, _)| {
        matches!(covers, CoveredPeriod::Days(from, to)
        if *from == period.start() && *to == period.end())
    });
    if is_one {
        return Ok(());
    }
    for (year, cost) in (0..).zip(costs) {
        let (from, to) = (period.boundary(12 * year), period.boundary(12 * (year + 1)));
        let mine = items.iter().filter(
            |(covers, _)| matches!(covers, CoveredPeriod::Days(first, _) if from <= *first && *first < to),
        );
        prop_assert_eq!(sum(mine.map(|(_, amount)| *amount)), cost);
    }
    Ok(())
}
