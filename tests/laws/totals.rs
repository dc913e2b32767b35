//! From net prices to the figures of the whole deal.

use super::exact::{Exact, Half, exact, read, round, scaled, whole, zero};
use super::model::{Deal as Wanted, Line};
use super::oracle;
use super::oracle::{Charges, PricedYear};
use super::world::{World, world};
use dealdesk::deal::Deal;
use dealdesk::number::Share;
use dealdesk::price::{PricedLine, Pricing, price};
use proptest::prelude::*;

pub fn sum<'a>(amounts: impl Iterator<Item = &'a Exact>) -> Exact {
    amounts.fold(zero(), |sum, amount| sum + amount)
}

/// How far net lies below list, to 4 places.
fn off(list: &Exact, net: &Exact) -> Exact {
    if *list == zero() { zero() } else { round(&((list - net) / list), 4, Half::Away) }
}

fn share(share: Share) -> Exact {
    read(&share.plain())
}

fn line_holds(priced: &PricedLine<'_>, years: &[PricedYear]) -> Result<(), TestCaseError> {
    prop_assert_eq!(exact(priced.tcv), contract(years, |year| &year.net));
    prop_assert_eq!(exact(priced.list_tcv), contract(years, |year| &year.list));
    let mut years = years;
    for segment in &priced.segments {
        let (mine, rest) = years.split_at(segment.length.years() as usize);
        years = rest;
        let (list_tcv, tcv) = (contract(mine, |year| &year.list), contract(mine, |year| &year.net));
        prop_assert_eq!(exact(segment.list_tcv()), list_tcv.clone());
        prop_assert_eq!(exact(segment.tcv()), tcv.clone());
        prop_assert_eq!(share(segment.discount()), off(&list_tcv, &tcv));
        for year in mine {
            prop_assert_eq!(&exact(segment.at_list.once), &year.list.once);
            prop_assert_eq!(&exact(segment.at_list.annual), &year.list.annual);
            prop_assert_eq!(&exact(segment.at_net.once), &year.net.once);
            prop_assert_eq!(&exact(segment.at_net.annual), &year.net.annual);
            prop_assert_eq!(&exact(segment.annual_before_programs), &year.before_programs);
        }
    }
    Ok(())
}

/// What is paid once, and every year of a line.
pub fn contract(years: &[PricedYear], charges: impl Fn(&PricedYear) -> &Charges) -> Exact {
    &charges(&years[0]).once + sum(years.iter().map(|year| &charges(year).annual))
}

/// What is charged for services: what their values are more than what is included.
fn services(world: &World, pricing: &Pricing<'_>) -> Result<Exact, TestCaseError> {
    let mut charged = zero();
    prop_assert_eq!(pricing.services.len(), world.deal.services.len());
    for ((service, value), priced) in world.deal.services.iter().zip(&pricing.services) {
        let beyond = value.saturating_sub(world.book.services[*service].included);
        prop_assert_eq!(exact(priced.price), scaled(beyond, 2));
        prop_assert_eq!(exact(priced.included + priced.price), scaled(*value, 2));
        charged += scaled(beyond, 2);
    }
    Ok(charged)
}

/// The deal with no more use than it commits to.
fn without_estimates(world: &World) -> Wanted {
    let mut deal = world.deal.clone();
    deal.lines.retain_mut(|line| {
        if !world.book.metrics[line.metric].per.is_metered() {
            return true;
        }
        let Some(committed) = line.committed else { return false };
        for year in &mut line.years {
            year.quantity = committed;
        }
        true
    });
    deal
}

/// Whether every figure of a deal that was resolved is what fractions make of its world.
pub fn hold(world: &World, deal: &Deal<'_>) -> Result<(), TestCaseError> {
    let pricing = price(deal);
    let lines = oracle::price(&world.book, &world.deal);
    for (priced, years) in pricing.lines.iter().zip(&lines) {
        line_holds(priced, years)?;
    }

    let totals = pricing.totals;
    let all = |charges: fn(&PricedYear) -> &Charges| {
        lines.iter().fold(zero(), |sum, years| sum + contract(years, charges))
    };
    let charged = services(world, &pricing)?;
    let (list_tcv, tcv) = (all(|year| &year.list) + &charged, all(|year| &year.net) + &charged);
    let once = sum(lines.iter().map(|years| &years[0].net.once)) + charged;
    let last = |years: &'_ Vec<PricedYear>| years[years.len() - 1].clone();
    let ends: Vec<_> = lines.iter().map(last).collect();
    prop_assert_eq!(exact(totals.tcv), tcv.clone());
    prop_assert_eq!(exact(totals.list_tcv), list_tcv.clone());
    prop_assert_eq!(exact(totals.once), once.clone());
    prop_assert_eq!(exact(totals.arr), sum(lines.iter().map(|years| &years[0].net.annual)));
    let certain = oracle::price(&world.book, &without_estimates(world));
    // Each line counts for no more than it costs as the deal stands.
    let is_certain =
        |line: &Line| line.committed.is_some() || !world.book.metrics[line.metric].per.is_metered();
    let stands = world.deal.lines.iter().zip(&ends).filter(|(line, _)| is_certain(line));
    let before =
        certain.iter().map(last).zip(stands).map(|(certain, (_, stands))| {
            certain.before_programs.min(stands.before_programs.clone())
        });
    let before: Vec<_> = before.collect();
    prop_assert_eq!(exact(totals.arr_before_programs), sum(before.iter()));
    if let Some(exit) = totals.exit_arr {
        prop_assert_eq!(exact(exit), sum(ends.iter().map(|year| &year.net.annual)));
    }
    let term = whole(world.deal.term.into());
    let minor = world.book.currencies.minor();
    prop_assert_eq!(exact(totals.acv), round(&((&tcv - once) / term), minor, world.book.half()));

    let discount = share(totals.discount);
    prop_assert_eq!(discount.clone(), off(&list_tcv, &tcv));
    if list_tcv != zero() {
        let wrong = discount - (&list_tcv - &tcv) / &list_tcv;
        let half = scaled(5, 5);
        prop_assert!(wrong <= half && -wrong <= half);
    }
    Ok(())
}

proptest! {
    #![proptest_config(super::cases(250))]

    /// Unit price times quantity times periods is a year, the years add up to the line, and the
    /// lines to the deal, to the last digit. Averages and shares are rounded once.
    #[test]
    fn everything_adds_up(world in world()) {
        let book = world.load();
        if let Some(deal) = world.resolve(&book) {
            hold(&world, &deal)?;
        }
    }
}
