//! The cheapest way to split an order into several, proved for every quantity.
//!
//! Within a piece of the price curve a total is linear in the quantity: a piece ends where a range ends, and
//! where the price of the units reaches a minimum, a floor or the included units. Choose the pieces that the
//! orders of a split are in. The cheapest split of a quantity among those pieces starts each order at the
//! smallest quantity of its piece, and puts the rest where a unit costs least until that piece is full, then
//! where it costs second least, and so on. The cost of this split is convex in the quantity, and its slope
//! changes only where a piece is full; so the saved amount is concave. A few quantities then decide whether a
//! split saves anything and where it saves most, and bisection finds the first and the last quantity at which it
//! does. Each choice of pieces is tried by itself.
//!
//! A total that is rounded for each quantity (graduated tiers, flat amounts, minimums) is linear but for the
//! rounding. Every split is priced by the engine, so its amounts are real; a split that saves less than the
//! rounding of its orders can be missed.
//!
//! A total of packages grows with each started package. The first package of a range, the last full one and a
//! last one that the range cuts off are pieces of one amount. Of the packages between, a cheapest split has one
//! order at most: of two such orders, the cheaper one takes packages from the other until its piece is full or
//! the other one is at its first package. The saved amount is concave in the packages of the whole order, each
//! judged at its first unit, where a split saves most. So a range begins and ends exactly, and each started
//! package between has a quantity that costs less as several orders.

use crate::book::{Metric, PriceBasis, TierMode};
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

/// Returns, for each of the ascending spans, the ranges of its quantities that cost less as several orders. Each order
/// of a split is in a piece whose first quantity `can_be_part`.
pub(super) fn cheapest_splits(
    spans: &[PricedSpan<'_, '_>],
    can_be_part: impl Fn(u64) -> bool,
) -> Vec<Vec<SplitRange>> {
    let mut found: Vec<Vec<SplitRange>> = spans.iter().map(|_| Vec::new()).collect();
    let spans: Vec<_> =
        (0..).zip(spans).flat_map(|(place, span)| linear_spans(place, *span)).collect();
    let far = far(spans.last().map_or(0, |(_, last)| last.span.from));
    let mut pieces: Vec<Piece<'_, '_>> =
        spans.iter().filter_map(|(place, span)| Piece::new(*place, *span, far)).collect();
    let targets: Vec<_> = dearer(&pieces).collect();
    if targets.is_empty() {
        return found;
    }
    pieces.retain(|piece| can_be_part(piece.from));
    if pieces.is_empty() {
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
            if filling.can_be_cheapest() {
                let first = targets.partition_point(|target| target.to < filling.least);
                for target in targets[first..].iter().take_while(|it| it.from <= filling.most) {
                    found[target.place].extend(filling.saves_in(target));
                }
            }
            if !advance(&mut choice, pieces.len()) {
                break;
            }
        }
    }
    let end = targets.last().filter(|it| it.is_open).map(|it| it.to);
    found.into_iter().map(|ranges| joined(ranges, end)).collect()
}

/// Returns a quantity in the last span beyond which no split of the others can reach: from there on a split that
/// saves anything has an order in the last span, and saves the same amount for every quantity.
fn far(last: u64) -> u64 {
    last.saturating_mul(MOST_ORDERS as u64 + 1).max(last.saturating_add(1))
}

/// Cuts a span into spans on which a total is linear, but for packages and rounding.
fn linear_spans<'a, 'b>(
    place: usize,
    PricedSpan { span, prices }: PricedSpan<'a, 'b>,
) -> Vec<(usize, PricedSpan<'a, 'b>)> {
    let packages = prices.metric().and_then(Packages::of);
    let cut = |of: PricedSpan<'a, 'b>| match packages {
        Some(packages) => of.span.cut(&packages.starts(of.span)).collect(),
        None => vec![of.span],
    };
    let spans = prices.linear_spans(span).into_iter().flat_map(cut);
    spans.map(|span| (place, prices.priced_span(span))).collect()
}

/// The packages of a metric, as counts of increments.
#[derive(Debug, Clone, Copy)]
struct Packages {
    included: u64,
    size: u64,
}

impl Packages {
    fn of(metric: &Metric) -> Option<Self> {
        let TierMode::Package { size, included } = metric.mode else { return None };
        let count = |units: u32| metric.increment().last(units.into());
        Some(Self { included: count(included), size: count(size) })
    }

    /// Returns the number of started packages.
    const fn started(self, quantity: u64) -> u64 {
        quantity.saturating_sub(self.included).div_ceil(self.size)
    }

    /// Returns the last quantity with so many packages as this one.
    const fn end(self, quantity: u64) -> u64 {
        self.included.saturating_add(self.started(quantity).saturating_mul(self.size))
    }

    /// Returns the first quantity with so many packages as this one.
    fn start(self, quantity: u64) -> u64 {
        self.started(quantity).checked_sub(1).map_or(1, |it| self.included + it * self.size + 1)
    }

    /// Returns the starts of the pieces of a span: its first package, the packages between, its last full package,
    /// and a last package that is not full.
    fn starts(self, span: QuantitySpan) -> Vec<u64> {
        let second = self.end(span.from).saturating_add(1);
        let last = span.to.map(|to| (self.start(to), self.end(to) == to));
        let full = last.map(|(start, is_full)| if is_full { start } else { self.start(start - 1) });
        let last = last.map(|(start, _)| start);
        let starts = once(second).chain(full).chain(last);
        let is_inside = |it: &u64| *it > span.from && span.to.is_none_or(|to| *it <= to);
        let mut starts: Vec<u64> = once(span.from).chain(starts.filter(is_inside)).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }
}

/// Returns the pieces in which a unit can cost more than in a smaller order. No other order is worth splitting.
/// A piece of packages always can: the first unit of a package costs most.
fn dearer<'a, 'b>(pieces: &[Piece<'a, 'b>]) -> impl Iterator<Item = Piece<'a, 'b>> {
    let mut least: Option<(i128, i128)> = None;
    pieces.iter().copied().filter(move |piece| {
        let [start, end] = piece.each();
        let low = [start, end].into_iter().chain(least).min_by(|a, b| compare_each(*a, *b));
        least = low;
        piece.packages.is_some()
            || low
                .is_some_and(|low| [start, end].iter().any(|each| compare_each(low, *each).is_lt()))
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
    packages: Option<Packages>,
    /// The cost of one more increment or package, where it is exact for every quantity.
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
        let [start, end] = [units(prices.total(from)?)?, units(prices.total(last)?)?];
        let metric = prices.metric()?;
        let packages = Packages::of(metric);
        let is_linear = first.list.basis != PriceBasis::Line && metric.growth() == Growth::Linear;
        let width = packages.map_or(last - from, |it| it.started(last) - it.started(from));
        let (rise, width) = (end - start, i128::from(width).max(1));
        let step = (is_linear && rise % width == 0).then(|| rise / width);
        Some(Self {
            place,
            from,
            to: last,
            is_open: to.is_none(),
            start,
            end,
            packages,
            step,
            prices,
        })
    }

    fn total(&self, quantity: u64) -> Option<i128> {
        match self.step {
            _ if quantity == self.from => Some(self.start),
            _ if quantity == self.to => Some(self.end),
            Some(step) => {
                let more = self.packages.map_or(quantity - self.from, |it| {
                    it.started(quantity) - it.started(self.from)
                });
                Some(self.start + step * i128::from(more))
            }
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

    /// Returns whether the choice can have a cheapest split: it has more than one package to choose in one order
    /// at most.
    fn can_be_cheapest(&self) -> bool {
        let grows = |it: &&&Piece<'_, '_>| it.packages.is_some() && it.start != it.end;
        self.pieces.iter().filter(grows).count() <= 1
    }

    /// Returns the quantities of a piece for which this split saves anything. Of packages they are the first and
    /// the last such quantity: each started package between has one.
    fn saves_in(&self, target: &Piece<'_, '_>) -> Option<SplitRange> {
        let (low, high) = (target.from.max(self.least), target.to.min(self.most));
        let full = self.pieces.iter().scan(self.least, |at, piece| {
            *at += piece.to - piece.from;
            Some(*at)
        });
        let between = full.filter(|at| low < *at && *at < high);
        let turns = once(low).chain(between).chain([high]);
        // A split saves most at the first unit of a package of the whole order.
        let start = |at: u64| target.packages.map_or(at, |it| it.start(at).max(low));
        let next = |at: u64| target.packages.map(|it| it.end(at) + 1).filter(|next| *next <= high);
        let mut turns: Vec<u64> = turns.flat_map(|at| once(start(at)).chain(next(at))).collect();
        turns.sort_unstable();
        turns.dedup();
        let saves = |at: u64| self.saved(target, at).is_some_and(|saved| saved > 0);
        let saved = turns.iter().enumerate().filter_map(|(place, at)| {
            self.saved(target, *at).filter(|saved| *saved > 0).map(|saved| (place, *at, saved))
        });
        let saved: Vec<(usize, u64, i128)> = saved.collect();
        let ((first, from, _), (last, to, _)) = (*saved.first()?, *saved.last()?);
        let from = match first.checked_sub(1) {
            Some(before) => bisect(turns[before], from, |at| saves(start(at))),
            None => from,
        };
        let to = match turns.get(last + 1) {
            Some(after) => bisect(to, *after, |at| !saves(start(at))) - 1,
            None => high,
        };
        let is_last = target.is_open && to == target.to;
        let to = if is_last { to } else { bisect(start(to), to + 1, |at| !saves(at)) - 1 };
        let &(_, quantity, amount) = saved.iter().min_by_key(|it| (Reverse(it.2), it.1))?;
        let mut orders: Vec<u64> = self.orders(quantity).map(|(_, order)| order).collect();
        orders.sort_unstable_by_key(|order| Reverse(*order));
        let saved = money(amount)?;
        Some(SplitRange { from, to: Some(to), best: Split { quantity, orders, saved } })
    }
}

/// Joins the ranges of one span that overlap or follow one another. A range up to `end` has no end. Of equal splits
/// the first one is kept: the one with the fewest orders.
fn joined(mut ranges: Vec<SplitRange>, end: Option<u64>) -> Vec<SplitRange> {
    ranges.sort_by_key(|it| it.from);
    let mut all: Vec<SplitRange> = Vec::new();
    for range in ranges {
        match all.last_mut().filter(|last| last.to.is_none_or(|to| range.from <= to + 1)) {
            Some(last) => last.extend(range),
            None => all.push(range),
        }
    }
    if let Some(last) = all.last_mut().filter(|last| end.is_some() && last.to == end) {
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
