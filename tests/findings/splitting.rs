//! Splits that cost less, held against trying every way to cut an order into up to four.

use super::{BOOK, count, found, terms};
use dealdesk::answer::book_check::Finding;
use dealdesk::deal::Deal;
use dealdesk::number::{Money, Quantity};
use dealdesk::price::price;

/// The most that a split saves at each quantity, zero where none does, by trying every way to cut it
/// into two to four orders. The first entry is of the quantity 0. Free units are no order.
pub fn most_saved(deal: &Deal<'_>, last: usize) -> Vec<u64> {
    // Four orders can cost more than 64 bits hold.
    let alone: Vec<Option<u128>> =
        (0..=last).map(|count| alone(deal, count).map(u128::from)).collect();
    let mut least = alone.clone();
    let mut split: Vec<Option<u128>> = vec![None; last + 1];
    for _ in 2..=4 {
        let mut more: Vec<Option<u128>> = vec![None; last + 1];
        for (whole, cheapest) in more.iter_mut().enumerate() {
            let ways = (1..whole).filter_map(|one| Some(alone[one]? + least[whole - one]?));
            *cheapest = ways.min();
        }
        for (whole, cost) in more.iter().enumerate() {
            split[whole] = [split[whole], *cost].into_iter().flatten().min();
        }
        least = more;
    }
    let saved = alone.iter().zip(split);
    saved
        .map(|(one, many)| one.zip(many).map_or(0, |(one, many)| one.saturating_sub(many)))
        .map(|saved| u64::try_from(saved).expect("no more than an order costs"))
        .collect()
}

fn alone(deal: &Deal<'_>, count: usize) -> Option<u64> {
    priced_alone(deal, Quantity::whole(count.try_into().ok()?)?)
}

/// The cost of one order in millionths, unless it is free at list or not sold.
pub fn priced_alone(deal: &Deal<'_>, quantity: Quantity) -> Option<u64> {
    let pricing = price(&deal.with_order(deal.lines()[0].metric(), quantity)?);
    let list = pricing.lines[0].segments[0].list;
    let is_free = list.price == Money::ZERO || list.times.is_zero();
    (!is_free).then(|| pricing.totals.tcv.scaled(6).expect("an amount"))
}

/// Returns for each quantity up to `last` whether a finding speaks of it.
pub fn told(found: &[&Finding<'_>], last: usize) -> Vec<bool> {
    let mut told = vec![false; last + 1];
    for it in found {
        let (from, to) = counts(it, last);
        told.iter_mut().take(to + 1).skip(from).for_each(|told| *told = true);
    }
    told
}

/// The first and the last count of a finding, no more than `last`.
fn counts(it: &Finding<'_>, last: usize) -> (usize, usize) {
    let metric = it.book.metric(it.metric.expect("a metric")).expect("a metric");
    let (from, to) = it.quantities.expect("quantities");
    let count = |quantity| usize::try_from(count(metric, quantity)).expect("a count");
    (count(from), to.map_or(last, count).min(last))
}

pub fn splits<'a, 'b>(found: &'a [Finding<'b>], metric: &str) -> Vec<&'a Finding<'b>> {
    let splits = found.iter().filter(|it| it.code.name == "splitting-costs-less");
    splits.filter(|it| it.metric == Some(metric)).collect()
}

/// Every quantity to 2,000, under the terms of the message and under all other terms of the book.
#[test]
fn trying_every_split_finds_the_same() {
    const LAST: usize = 2_000;
    let found = found(&BOOK);
    for metric in ["socket", "core", "perpetual", "node"] {
        let mine = splits(&found, metric);
        let plain: Vec<_> = mine.iter().copied().filter(|it| it.elsewhere.is_none()).collect();
        let standard = most_saved(&terms(&BOOK, metric, 1, "annual"), LAST);
        let is_saved: Vec<bool> = standard.iter().map(|saved| *saved > 0).collect();
        assert_eq!(told(&plain, LAST), is_saved, "{metric}");
        // A prepayment for several years needs two.
        let all = (1..=5).flat_map(|years| [(years, "annual"), (years, "multi-year")]);
        let all = all.filter(|it| *it != (1, "multi-year"));
        let all: Vec<_> = all
            .map(|(years, prepay)| most_saved(&terms(&BOOK, metric, years, prepay), LAST))
            .collect();
        for it in plain {
            let (from, to) = counts(it, LAST);
            let worst = it.worst.expect("a worst case");
            let most = |saved: &Vec<u64>| saved[from..=to].iter().copied().max();
            assert_eq!(worst.extra.scaled(6), most(&standard), "{}", it.message);
            let at_most = it.at_most.as_ref().expect("terms");
            if at_most.terms.programs.is_empty() {
                let most = all.iter().filter_map(most).max();
                assert_eq!(at_most.worst.extra.scaled(6), most, "{}", it.message);
            }
            let sum: Quantity = it.orders.iter().copied().sum();
            assert_eq!(sum, worst.quantity, "{}", it.message);
        }
    }
}
