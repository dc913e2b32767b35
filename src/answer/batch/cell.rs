//! What the engine says of all rows that differ in quantity and rate alone.
//!
//! Between two breaks of the book a quantity changes amounts and no rule, so a unit price depends
//! on the rate only, and every rule of a verdict holds from some quantity and rate on, or up to
//! them. A [`Cell`] is made of what the engine answers at the corners of such a rectangle:
//!
//! - Every step of a waterfall is convex in the price that it starts from and never falls with
//!   it, so the price before rounding is convex in the rate. A convex curve through three points
//!   of a straight line is that line in between, and two points give it.
//! - A rule that says the same at all corners says the same everywhere inside. Where one does not,
//!   bisection finds where it turns, and the corners of the four parts are asked again.
//!
//! What does not work out so, and what does not give the engine's own figures at every corner, is
//! no cell: such rows are priced one by one.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::desk::{PricedRow, RowCalculation};
use super::page::ShortText;
use crate::book::PriceBook;
use crate::number::{Divisor, Money, Rounding, Share};
use std::ops::RangeInclusive;
use std::rc::Rc;

/// The decimal places that a cell calculates in: cents.
pub(super) const PLACES: u32 = 2;

/// Millionths in all of something.
const ALL: u64 = 1_000_000;

/// The largest quantity of a cell whose range has no end.
const LARGEST: u64 = 99_999_999;

/// What a row costs, in cents, and who must say yes to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RowPrice {
    pub net_unit: u64,
    pub annual: u64,
    pub list_tcv: u64,
    pub tcv: u64,
    /// In ten-thousandths.
    pub discount: u64,
    /// By its place.
    pub outcome: u8,
}

impl RowPrice {
    /// The largest amount of them that is written.
    #[inline(always)]
    pub const fn most(&self) -> u64 {
        self.tcv
    }
}

/// The engine's answer for a range of quantities and of rates.
#[derive(Debug, Clone)]
pub(super) struct PriceRange {
    /// The list price of a unit.
    list: u64,
    /// The same to divide by; anything, for what is free.
    whole: Divisor,
    /// The unit price without the rate, and what each millionth of a rate takes off it, both as whole
    /// numbers of something small.
    start: u64,
    drop: u64,
    /// Decimal places of those, beside the six of the rate.
    scale: u32,
    /// How much of that is a cent.
    cent: Divisor,
    years: u64,
    rounding: Rounding,
    /// The largest quantity and rate that it speaks for.
    most: (u64, u64),
    /// From which quantity and from which rate on a rule says something else.
    turns: (u64, u64),
    /// Places of standings, by whether the quantity and whether the rate lies beyond its turn.
    outcomes: [[u8; 2]; 2],
    /// The list price as it is written, between commas.
    pub list_text: ShortText,
}

/// Asks the engine for a row of the kind with that quantity and that rate in millionths.
pub(super) trait SampleSource<'b> {
    fn sample(&self, quantity: u64, rate: u64) -> Option<Rc<Sample<'b>>>;
}

/// What the engine says of one row.
#[derive(Debug)]
pub(super) struct Sample<'b> {
    priced: PricedRow,
    exact: Money,
    rules: Vec<&'b str>,
    years: u32,
}

impl<'b> Sample<'b> {
    /// Nothing, if it is no price of a unit.
    pub fn of(worked: RowCalculation<'b>) -> Option<Self> {
        // A review is written beside the level, which only a row by itself is.
        let RowCalculation { priced, exact, is_by_unit, rules, years } = worked;
        (is_by_unit && priced.reviews.is_empty()).then_some(Self { priced, exact, rules, years })
    }
}

impl PriceRange {
    /// The cell of these quantities, and of rates from the smallest one to `most`; nothing, where
    /// the rows of the range have to be priced one by one.
    pub fn of<'b>(
        book: &PriceBook,
        ask: &impl SampleSource<'b>,
        quantities: &RangeInclusive<u64>,
        most: u64,
    ) -> Option<Self> {
        let low = *quantities.start();
        let high = last(ask, low, *quantities.end(), most)?;
        // Without a rate there is one price.
        let (least, second) = if most == 0 { (0, 0) } else { (1, 2.min(most)) };
        let first = ask.sample(low, least)?;
        let step = first.exact - ask.sample(low, second)?.exact;
        let (start, all) = (first.exact + step, step * 1_000_000);
        let scale = start.decimals().max(all.decimals()).max(PLACES);
        let list = first.priced.list_unit.scaled(PLACES)?;
        let mut cell = Self {
            list,
            whole: Divisor::new(list.max(2))?,
            start: start.scaled(scale)?.checked_mul(ALL)?,
            drop: all.scaled(scale)?,
            scale,
            cent: Divisor::new(ALL.checked_mul(10_u64.checked_pow(scale - PLACES)?)?)?,
            years: first.years.into(),
            rounding: book.rounding(),
            most: (high, most),
            turns: (u64::MAX, u64::MAX),
            outcomes: [[0; 2]; 2],
            list_text: ShortText::new(&format!(
                ",{},",
                book.currency().plain(first.priced.list_unit)
            ))?,
        };
        cell.fits()?;
        cell.judge(book, ask, low, least)?;
        Some(cell)
    }

    /// Finds where rules turn, and asks the engine for the corners of every part.
    fn judge<'b>(
        &mut self,
        book: &PriceBook,
        ask: &impl SampleSource<'b>,
        low: u64,
        least: u64,
    ) -> Option<()> {
        let (high, most) = self.most;
        let first = ask.sample(low, least)?;
        let is_same = |quantity, rate| Some(ask.sample(quantity, rate)?.rules == first.rules);
        self.turns = (
            turn(low, high, |quantity| is_same(quantity, least))?,
            turn(least, most, |rate| is_same(low, rate))?,
        );
        for (beyond, quantities) in parts(low, high, self.turns.0).enumerate() {
            for (deeper, rates) in parts(least, most, self.turns.1).enumerate() {
                let first = ask.sample(quantities.0, rates.0)?;
                let place = first.priced.outcome.place(book);
                self.outcomes[beyond][deeper] = u8::try_from(place).ok()?;
                for quantity in [quantities.0, quantities.1] {
                    for rate in [rates.0, rates.1] {
                        let corner = ask.sample(quantity, rate)?;
                        let is_alike = corner.rules == first.rules;
                        (is_alike && self.is(book, quantity, rate, &corner)).then_some(())?;
                    }
                }
            }
        }
        Some(())
    }

    /// Whether every product that it can come to is within 64 bits, and none is below nothing.
    fn fits(&self) -> Option<()> {
        let (list, half) = (u128::from(self.list), u128::from(u64::MAX / 2));
        let start = u128::from(self.start);
        let is_small = start <= half
            && list * u128::from(self.most.0) * u128::from(self.years) <= half
            && list * 10_000 <= half
            && u128::from(self.cent.by()) <= half;
        let is_off_list = start <= list * u128::from(self.cent.by())
            && u128::from(self.drop) * u128::from(self.most.1) <= start;
        (is_small && is_off_list).then_some(())
    }

    /// Whether it says what the engine does.
    fn is(&self, book: &PriceBook, quantity: u64, rate: u64, corner: &Sample<'_>) -> bool {
        let Some(cents) = self.figures(quantity, rate) else { return false };
        let money = |cents| Money::of_scaled(cents, PLACES);
        let said = PricedRow {
            list_unit: money(self.list),
            net_unit: money(cents.net_unit),
            annual: money(cents.annual),
            list_tcv: money(cents.list_tcv),
            tcv: money(cents.tcv),
            discount: Share::of_ten_thousandths(cents.discount.try_into().unwrap_or(i64::MAX)),
            outcome: corner.priced.outcome,
            reviews: Vec::new(),
        };
        let exact = self.exact(rate);
        let place = corner.priced.outcome.place(book);
        said == corner.priced
            && usize::from(cents.outcome) == place
            && corner.exact.scaled(self.scale + 6) == Some(exact)
    }

    /// The unit price before it is rounded, on the straight line.
    #[inline(always)]
    const fn exact(&self, rate: u64) -> u64 {
        self.start - self.drop * rate
    }

    /// The figures of a quantity from its range on, at a rate in millionths; nothing beyond it.
    #[inline(always)]
    pub fn figures(&self, quantity: u64, rate: u64) -> Option<RowPrice> {
        if quantity > self.most.0 || rate > self.most.1 {
            return None;
        }
        let net_unit = self.rounding.whole(self.exact(rate), self.cent);
        let annual = net_unit * quantity;
        let (beyond, deeper) = (quantity >= self.turns.0, rate >= self.turns.1);
        Some(RowPrice {
            net_unit,
            annual,
            list_tcv: self.list * quantity * self.years,
            tcv: annual * self.years,
            discount: Share::off_scaled(self.list - net_unit, self.whole),
            outcome: self.outcomes[usize::from(beyond)][usize::from(deeper)],
        })
    }
}

/// The largest quantity of a range that the engine prices: of one without an end, a large one.
fn last<'b>(ask: &impl SampleSource<'b>, low: u64, high: u64, rate: u64) -> Option<u64> {
    let mut last = high.min(LARGEST.max(low));
    while ask.sample(last, rate).is_none() {
        last /= 10;
        if last < low.max(1) {
            return None;
        }
    }
    Some(last)
}

/// The first number of a range whose rules are no longer those of `low`; beyond all numbers, if those
/// of `high` are the same.
fn turn(mut low: u64, mut high: u64, is_same: impl Fn(u64) -> Option<bool>) -> Option<u64> {
    if is_same(high)? {
        return Some(u64::MAX);
    }
    while high - low > 1 {
        let middle = low.midpoint(high);
        if is_same(middle)? {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(high)
}

/// A range before its turn, and from it on if it lies within.
fn parts(low: u64, high: u64, turn: u64) -> impl Iterator<Item = (u64, u64)> {
    let beyond = (turn <= high).then_some((turn, high));
    std::iter::once((low, high.min(turn - 1))).chain(beyond)
}
