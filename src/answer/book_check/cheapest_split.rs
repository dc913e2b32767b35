//! The cheapest way to split an order into several, proved for every quantity.
//!
//! Within a piece of the price curve a total is linear in the quantity. Choose the pieces that the orders of a
//! split are in. The cheapest split of a quantity among those pieces starts each order at the smallest quantity
//! of its piece, and puts the rest where a unit costs least until that piece is full, then where it costs second
//! least, and so on. The cost of this split is convex in the quantity, and its slope changes only where a piece
//! is full; so the saved amount is concave. A few quantities then decide whether a split saves anything and where
//! it saves most, and bisection finds the first and the last quantity at which it does. Each choice of pieces is
//! tried by itself.
//!
//! A total that is rounded for each quantity (graduated tiers, flat amounts, minimums, packages) is linear but
//! for the rounding. Every split is priced by the engine, so its amounts are real; a split that saves less than
//! the rounding of its orders can be missed.

use crate::book::{PriceBasis, TierMode};
use crate::number::{Money, bisect};
use crate::price::curve::{LinePrices, PricedSpan, QuantitySpan};
use crate::price::{Growth, PricingStep};
use std::cmp::{Ordering, Reverse};
use std::iter::once;

/// The most orders of a split.
const MOST_ORDERS: usize = 4;

/// The most choices of pieces that are tried with more than two orders. A price list of more pieces is tried with
/// fewer orders, and always with two.
const MOST_CHOICES: usize = 20_000;

/// Decimal places in which totals are compared: 12 of a price, and 3 of a quantity.
const PLACES: u32 = 15;

/// Quantities each of which costs less as several orders, as counts of increments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SplitRange {
    pub from: u64,
    /// The last quantity; `None` where the range has no end.
    pub to: Option<u64>,
    /// The split that saves most.
    pub best: Split,
}

/// A quantity and its cheapest split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Split {
    pub quantity: u64,
    /// The quantities of the orders, largest first.
    pub orders: Vec<u64>,
    pub saved: Money,
}

/// Returns, for each of the ascending spans, the ranges of its quantities that cost less as several orders.
pub(super) fn cheapest_splits(spans: &[PricedSpan<'_, '_>]) -> Vec<Vec<SplitRange>> {
    let mut found: Vec<Vec<SplitRange>> = spans.iter().map(|_| Vec::new()).collect();
    let far = far(spans);
    let pieces = spans.iter().enumerate().filter_map(|(place, span)| Piece::new(place, *span, far));
    let mut pieces: Vec<Piece<'_, '_>> = pieces.collect();
    let targets: Vec<_> = dearer(&pieces).collect();
    if targets.is_empty() {
        return found;
    }
    // A split fills the pieces in this order.
    pieces.sort_by(|one, other| compare_each(one.growth(), other.growth()));
    for orders in 2..=MOST_ORDERS {
        if orders > 2 && choices(pieces.len(), orders) > MOST_CHOICES {
            break;
        }
        let mut choice = vec![0; orders];
        loop {
            let filling = Filling::new(choice.iter().map(|at| &pieces[*at]).collect());
            let first = targets.partition_point(|target| target.to < filling.least);
            for target in targets[first..].iter().take_while(|it| it.from <= filling.most) {
                found[target.place].extend(filling.saves_in(target));
            }
            if !advance(&mut choice, pieces.len()) {
                break;
            }
        }
    }
    for target in targets {
        found[target.place] = joined(std::mem::take(&mut found[target.place]), &target);
    }
    found
}

/// Returns a quantity in the last span beyond which no split of the others can reach: from there on a split that
/// saves anything has an order in the last span, and saves the same amount for every quantity.
fn far(spans: &[PricedSpan<'_, '_>]) -> u64 {
    let last = spans.last().map_or(0, |it| it.span.from);
    last.saturating_mul(MOST_ORDERS as u64 + 1).max(last.saturating_add(1))
}

/// Returns the pieces in which a unit can cost more than in a smaller order. No other order is worth splitting.
fn dearer<'a, 'b>(pieces: &[Piece<'a, 'b>]) -> impl Iterator<Item = Piece<'a, 'b>> {
    let mut least: Option<(i128, i128)> = None;
    pieces.iter().copied().filter(move |piece| {
        let [start, end] = piece.each();
        let low = [start, end].into_iter().chain(least).min_by(|a, b| compare_each(*a, *b));
        least = low;
        low.is_some_and(|low| [start, end].iter().any(|each| compare_each(low, *each).is_lt()))
    })
}

/// Returns how many ways there are to choose pieces for so many orders.
fn choices(pieces: usize, orders: usize) -> usize {
    (0..orders).fold(1, |ways: usize, at| ways.saturating_mul(pieces + at) / (at + 1))
}

/// Moves on to the next ascending choice. Returns false after the last one.
fn advance(choice: &mut [usize], pieces: usize) -> bool {
    let Some(at) = choice.iter().rposition(|it| it + 1 < pieces) else { return false };
    let next = choice[at] + 1;
    choice[at..].fill(next);
    true
}

/// Compares two amounts, each for so many units, by the unit.
fn compare_each((one, units): (i128, i128), (other, others): (i128, i128)) -> Ordering {
    let rest = |amount: i128, units: i128, of: i128| (amount % units).saturating_mul(of);
    let whole = (one / units).cmp(&(other / others));
    whole.then_with(|| rest(one, units, others).cmp(&rest(other, others, units)))
}

/// A span with the totals at its ends.
#[derive(Debug, Clone, Copy)]
struct Piece<'a, 'b> {
    place: usize,
    from: u64,
    to: u64,
    is_open: bool,
    start: i128,
    end: i128,
    /// The cost of one more increment, where it is exact for every quantity.
    step: Option<i128>,
    prices: LinePrices<'a, 'b>,
}

impl<'a, 'b> Piece<'a, 'b> {
    /// Returns `None` for a span that is not priced, or is free at list: free units are no part of an order.
    fn new(place: usize, stretch: PricedSpan<'a, 'b>, far: u64) -> Option<Self> {
        let QuantitySpan { from, to } = stretch.span;
        let prices = stretch.prices;
        let first = prices.price_at(from)?;
        if first.list.price.is_zero() || first.list.times.is_zero() {
            return None;
        }
        let last = prices.last(from, to.unwrap_or_else(|| far.max(from)))?;
        let [start, end] = [units(first.tcv())?, units(prices.total(last)?)?];
        let metric = prices.metric()?;
        let is_linear = first.list.basis == PriceBasis::Unit
            && metric.growth() == Growth::Linear
            && !matches!(metric.mode, TierMode::Package { .. });
        let (rise, width) = (end - start, i128::from(last - from).max(1));
        let step = (is_linear && rise % width == 0).then(|| rise / width);
        Some(Self { place, from, to: last, is_open: to.is_none(), start, end, step, prices })
    }

    fn total(&self, quantity: u64) -> Option<i128> {
        match self.step {
            _ if quantity == self.from => Some(self.start),
            _ if quantity == self.to => Some(self.end),
            Some(step) => Some(self.start + step * i128::from(quantity - self.from)),
            None => units(self.prices.total(quantity)?),
        }
    }

    /// Returns the cost of the units between the ends, and their number.
    fn growth(&self) -> (i128, i128) {
        (self.end - self.start, i128::from(self.to - self.from).max(1))
    }

    /// Returns the totals at both ends, each with its number of units.
    fn each(&self) -> [(i128, i128); 2] {
        let of = |total, units: u64| (total, i128::from(units).max(1));
        [of(self.start, self.from), of(self.end, self.to)]
    }
}

fn units(amount: Money) -> Option<i128> {
    let (digits, places) = amount.digits();
    digits.checked_mul(10_i128.checked_pow(PLACES.checked_sub(places)?)?)
}

/// Returns the amount without the zeros at its end, which would take digits from it.
fn money(mut units: i128) -> Option<Money> {
    let mut places = PLACES;
    while places > 0 && units % 10 == 0 {
        (units, places) = (units / 10, places - 1);
    }
    Money::of_digits(units, places)
}

/// Orders in chosen pieces, which are filled in their order.
struct Filling<'p, 'a, 'b> {
    pieces: Vec<&'p Piece<'a, 'b>>,
    /// The smallest and the largest quantity that the orders have together.
    least: u64,
    most: u64,
}

impl<'p, 'a, 'b> Filling<'p, 'a, 'b> {
    fn new(pieces: Vec<&'p Piece<'a, 'b>>) -> Self {
        let least = pieces.iter().map(|it| it.from).sum();
        let most = pieces.iter().map(|it| it.to).sum();
        Self { pieces, least, most }
    }

    /// Returns the orders of the cheapest split of a quantity, each with its piece.
    fn orders(&self, quantity: u64) -> impl Iterator<Item = (&'p Piece<'a, 'b>, u64)> {
        let mut rest = quantity - self.least;
        self.pieces.iter().map(move |piece| {
            let more = rest.min(piece.to - piece.from);
            rest -= more;
            (*piece, piece.from + more)
        })
    }

    fn saved(&self, target: &Piece<'_, '_>, quantity: u64) -> Option<i128> {
        let costs = self.orders(quantity).map(|(piece, order)| piece.total(order));
        Some(target.total(quantity)? - costs.sum::<Option<i128>>()?)
    }

    /// Returns the quantities of a piece for which this split saves anything.
    fn saves_in(&self, target: &Piece<'_, '_>) -> Option<SplitRange> {
        let (low, high) = (target.from.max(self.least), target.to.min(self.most));
        let full = self.pieces.iter().scan(self.least, |at, piece| {
            *at += piece.to - piece.from;
            Some(*at)
        });
        let between = full.filter(|at| low < *at && *at < high);
        let mut turns: Vec<u64> = once(low).chain(between).chain([high]).collect();
        turns.dedup();
        let saves = |at: u64| self.saved(target, at).is_some_and(|saved| saved > 0);
        let saved = turns.iter().enumerate().filter_map(|(place, at)| {
            self.saved(target, *at).filter(|saved| *saved > 0).map(|saved| (place, *at, saved))
        });
        let saved: Vec<(usize, u64, i128)> = saved.collect();
        let ((first, from, _), (last, to, _)) = (*saved.first()?, *saved.last()?);
        let from = match first.checked_sub(1) {
            Some(before) => bisect(turns[before], from, saves),
            None => from,
        };
        let to = match turns.get(last + 1) {
            Some(after) => bisect(to, *after, |at| !saves(at)) - 1,
            None => to,
        };
        let &(_, quantity, amount) = saved.iter().min_by_key(|it| (Reverse(it.2), it.1))?;
        let mut orders: Vec<u64> = self.orders(quantity).map(|(_, order)| order).collect();
        orders.sort_unstable_by_key(|order| Reverse(*order));
        let saved = money(amount)?;
        Some(SplitRange { from, to: Some(to), best: Split { quantity, orders, saved } })
    }
}

/// Joins the ranges of one piece that overlap or follow one another. Of equal splits the first one is kept: the
/// one with the fewest orders.
fn joined(mut ranges: Vec<SplitRange>, piece: &Piece<'_, '_>) -> Vec<SplitRange> {
    ranges.sort_by_key(|it| it.from);
    let mut all: Vec<SplitRange> = Vec::new();
    for range in ranges {
        match all.last_mut().filter(|last| last.to.is_none_or(|to| range.from <= to + 1)) {
            Some(last) => last.extend(range),
            None => all.push(range),
        }
    }
    if let Some(last) = all.last_mut().filter(|last| piece.is_open && last.to == Some(piece.to)) {
        last.to = None;
    }
    all
}

impl SplitRange {
    /// Joins a range that begins in this one or right behind it.
    pub fn extend(&mut self, next: Self) {
        self.to = self.to.zip(next.to).map(|(one, other)| one.max(other));
        let rank = |it: &Split| (Reverse(it.saved), it.orders.len(), it.quantity);
        if rank(&next.best) < rank(&self.best) {
            self.best = next.best;
        }
    }
}
