//! Lines that count together: the quantity that finds the tier and the volume step of each.
//!
//! A metric says with `counted` whose quantity that is. With "deal", all its lines of one contract year
//! count as one, so that nobody gets another price, approval or policy result for the same units in more
//! lines. Units of an edition that is free at list count for no paid line: they are not bought.

use super::cut::{cut, join};
use super::order::count_orders;
use super::pool::{LinePool, PoolShare, SameTerms, SharedAmounts};
use super::{AgreedPrice, Line, Segment};
use crate::book::{ListPrice, PriceBasis, Tier};
use crate::number::{Length, Money, Quantity, Rounding};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Quantity of all lines that count together, which the book does not sell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UnsoldCount {
    /// Place of the last of the lines.
    pub line: usize,
    pub quantity: Quantity,
}

/// Whether two lines count together.
pub(super) fn count_together(one: &Line<'_>, other: &Line<'_>) -> bool {
    std::ptr::eq(one.metric, other.metric)
        && one.metric.counts_all_lines()
        && free_edition(one) == free_edition(other)
}

/// Returns the edition that a line names, if that is free at list.
fn free_edition<'b>(line: &Line<'b>) -> Option<&'b str> {
    line.edition.filter(|edition| line.metric.is_free_at(edition))
}

/// Finds the list price of each line by the quantity that counts for it. Lines that count together are
/// cut where a year of any of them differs, and equal years that follow each other are joined again. A
/// deal with one line for each metric stays as it is.
///
/// # Errors
/// Lines whose quantity together is not sold.
pub(super) fn recount(lines: &mut [Line<'_>], rounding: Rounding) -> Result<(), UnsoldCount> {
    for at in 0..lines.len() {
        let (before, rest) = lines.split_at(at);
        let Some((line, after)) = rest.split_first() else { continue };
        let is_mine = |other: &Line<'_>| count_together(line, other);
        if before.iter().any(is_mine) || !after.iter().any(is_mine) && is_counted_alone(line) {
            continue;
        }
        let others = after.iter().zip(at + 1..).filter(|(it, _)| is_mine(it));
        let mine: Vec<usize> = std::iter::once(at).chain(others.map(|(_, at)| at)).collect();
        count(lines, &mine, rounding)?;
    }
    count_orders(lines);
    cut_by_steps(lines);
    share_years(lines);
    Ok(())
}

/// Cuts the years of lines where a discount for years of the contract gives another step.
pub(super) fn cut_by_steps(lines: &mut [Line<'_>]) {
    for line in lines.iter_mut().filter(|line| !line.metric.year_starts.is_empty()) {
        let years = line.year_ends().last().unwrap_or_default();
        let steps = line.metric.year_starts.iter().map(|year| year - 1);
        let mut ends: Vec<u32> = steps.filter(|end| *end < years).collect();
        ends.extend(line.year_ends());
        ends.sort_unstable();
        ends.dedup();
        line.segments = cut(&line.segments, &ends);
        line.number_years();
    }
}

/// Numbers the years of all lines, and cuts those of a share of other lines where a year of these differs.
fn share_years(lines: &mut [Line<'_>]) {
    lines.iter_mut().for_each(Line::number_years);
    for at in 0..lines.len() {
        let Some(share) = lines[at].metric.share.as_ref() else { continue };
        let shared = |line: &&Line<'_>| share.is_of(line.metric);
        let mut ends: Vec<u32> = lines.iter().filter(shared).flat_map(Line::year_ends).collect();
        ends.extend(lines[at].year_ends());
        ends.sort_unstable();
        ends.dedup();
        lines[at].segments = cut(&lines[at].segments, &ends);
        lines[at].number_years();
        let of_year = |segment: &Segment<'_>| {
            let of_lines = lines.iter().filter(shared).filter_map(|line| {
                let year =
                    line.segments.get(line.segment_of_year(segment.year).unwrap_or_default())?;
                let times = line.metric.price_period.times_per_year();
                Some(year.list_of_year(line.metric.places) * times)
            });
            share.in_year(segment.year, of_lines.sum())
        };
        let prices: Vec<Money> = lines[at].segments.iter().map(of_year).collect();
        for (segment, price) in lines[at].segments.iter_mut().zip(prices) {
            segment.list.price = price;
            segment.list.basis = PriceBasis::Line;
        }
    }
}

/// Whether the list prices of a line are those of its own quantities.
fn is_counted_alone(line: &Line<'_>) -> bool {
    line.segments.iter().all(|it| it.counted == it.quantity && it.pool.is_none())
}

/// Counts lines together.
fn count(lines: &mut [Line<'_>], mine: &[usize], rounding: Rounding) -> Result<(), UnsoldCount> {
    let mut ends: Vec<u32> = mine.iter().flat_map(|&at| lines[at].year_ends()).collect();
    ends.sort_unstable();
    ends.dedup();
    // A draft whose term could not be read can have ramps of any length, and is no deal.
    if mine.iter().any(|&at| lines[at].year_ends().last() != ends.last().copied()) {
        return Ok(());
    }
    for &at in mine {
        lines[at].segments = cut(&lines[at].segments, &ends);
    }
    for run in 0..ends.len() {
        count_years(lines, mine, (run, rounding))?;
    }
    for &at in mine {
        join(&mut lines[at].segments);
    }
    Ok(())
}

/// Returns the quantity of some lines together in each run of years in which it stays the same.
pub(super) fn years_together(lines: &[&Line<'_>]) -> Vec<(Length, Quantity)> {
    let mut ends: Vec<u32> = lines.iter().flat_map(|line| line.year_ends()).collect();
    ends.sort_unstable();
    ends.dedup();
    let cut: Vec<_> = lines.iter().map(|line| cut(&line.segments, &ends)).collect();
    let mut years: Vec<(Length, Quantity)> = Vec::new();
    for (run, first) in cut.first().into_iter().flatten().enumerate() {
        let all = cut.iter().filter_map(|segments| segments.get(run)).map(|it| it.quantity).sum();
        match years.last_mut().filter(|(_, known)| *known == all) {
            Some((last, _)) => *last = last.and(first.length.years()),
            None => years.push((first.length, all)),
        }
    }
    years
}

/// Counts the years of one run of lines that were cut alike.
fn count_years(
    lines: &mut [Line<'_>],
    mine: &[usize],
    (run, rounding): (usize, Rounding),
) -> Result<(), UnsoldCount> {
    let Some((&last, &first)) = mine.last().zip(mine.first()) else { return Ok(()) };
    let metric = lines[first].metric;
    let counted = sum(lines, mine, run);
    // Lines of other deals can have no units in years of this one. Nothing is bought then, and nothing is priced.
    if counted.is_zero() && metric.tier(counted).is_none() {
        return Ok(());
    }
    let unsold = UnsoldCount { line: last, quantity: counted };
    let is_sold = Quantity::whole(Quantity::MAX).is_some_and(|most| counted <= most);
    let landed = metric.tier(counted).filter(|_| is_sold).ok_or(unsold)?;
    let mut tiers: Vec<(&Tier, Vec<usize>)> = Vec::new();
    for &at in mine {
        let named = lines[at].edition.and_then(|name| metric.edition(name));
        let tier = named.unwrap_or(landed);
        match tiers.iter_mut().find(|(known, _)| std::ptr::eq(*known, tier)) {
            Some((_, members)) => members.push(at),
            None => tiers.push((tier, vec![at])),
        }
    }
    for (_, members) in tiers {
        price_pool(lines, &members, (run, rounding), counted).ok_or(unsold)?;
    }
    Ok(())
}

fn sum(lines: &[Line<'_>], members: &[usize], run: usize) -> Quantity {
    members.iter().map(|&at| lines[at].segments[run].quantity).sum()
}

/// Finds the list price of lines that take the price of the same range.
fn price_pool(
    lines: &mut [Line<'_>],
    members: &[usize],
    (run, rounding): (usize, Rounding),
    counted: Quantity,
) -> Option<()> {
    let first = &lines[*members.first()?];
    let (metric, edition) = (first.metric, first.edition);
    let quantity = sum(lines, members, run);
    let list = metric.list_counted(counted, quantity, edition)?;
    let fees = || members.iter().map(|&at| lines[at].segments[run].fee);
    // A fee is for all of the lines together: what each of them names is its part of it.
    let named = list.tier.fee.filter(|_| fees().any(|fee| fee.is_some()));
    let named = named.map(|_| fees().flatten().sum());
    let (list, outside) = named.map_or((list, None), |fee| list.at_fee(fee));
    let by_fee = named.is_some() && fees().all(|fee| fee.is_some());
    for &at in members {
        let segment = &mut lines[at].segments[run];
        segment.counted = counted;
        let times = if list.basis == PriceBasis::Unit { segment.quantity } else { list.times };
        segment.list = ListPrice { times, ..list };
        segment.pool = None;
        settle_fee(segment, list.tier, outside);
    }
    if members.len() > 1 {
        let charged = |agreed: AgreedPrice| rounding.round(agreed.price(list.price), metric.places);
        share_out(lines, members, run, &charged, (quantity, named, by_fee));
    }
    Some(())
}

/// Keeps the fee of a line where the book has fees, with the amount that all lines have outside its range.
fn settle_fee(segment: &mut Segment<'_>, tier: &Tier, outside: Option<Money>) {
    if segment.fee.is_none() && tier.fee.is_none() {
        return;
    }
    if !matches!(segment.agreed, Some(AgreedPrice::Discount(_))) {
        segment.agreed = outside.map(AgreedPrice::UnitPrice);
    }
    segment.fee = segment.fee.filter(|_| tier.fee.is_some());
}

/// Gives each line its place in a pool, in a group of those whose agreed price is charged as the same.
fn share_out(
    lines: &mut [Line<'_>],
    members: &[usize],
    run: usize,
    charged: &dyn Fn(AgreedPrice) -> Money,
    (quantity, fee, by_fee): (Quantity, Option<Money>, bool),
) {
    // The coins that are left go to the first groups, whatever the order of the lines.
    let mut groups: BTreeMap<Option<Money>, Vec<usize>> = BTreeMap::new();
    for &at in members {
        groups.entry(lines[at].segments[run].agreed.map(charged)).or_default().push(at);
    }
    let fees = || members.iter().filter_map(|&at| lines[at].segments[run].fee);
    let finest = fees().map(Money::decimals).max().unwrap_or(0);
    let by_fee = by_fee && fees().all(|fee| fee.scaled(finest).is_some());
    let weight = |&at: &usize| {
        let segment = &lines[at].segments[run];
        let fee = segment.fee.filter(|_| by_fee).and_then(|fee| fee.scaled(finest));
        fee.unwrap_or_else(|| segment.quantity.thousandths())
    };
    let same_terms = groups.iter().map(|(agreed, members)| SameTerms {
        agreed: *agreed,
        quantity: sum(lines, members, run),
        places: members.clone(),
        weights: members.iter().map(weight).collect(),
    });
    let same_terms: Vec<SameTerms> = same_terms.collect();
    let weights = same_terms.iter().map(|it| it.weights.iter().sum()).collect();
    let pool = Arc::new(LinePool {
        quantity,
        fee,
        weights,
        groups: same_terms,
        shared: SharedAmounts::default(),
    });
    for (group, (_, members)) in groups.into_iter().enumerate() {
        for (line, at) in members.into_iter().enumerate() {
            let share = PoolShare { pool: Arc::clone(&pool), group, line, joined: None };
            lines[at].segments[run].pool = Some(share);
        }
    }
}
