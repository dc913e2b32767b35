//! Prices of all rows that differ in quantity and rate alone.
//!
//! Between two breakpoints of the book a quantity changes amounts and no rule, so that a unit price
//! depends on the rate only, and every rule of a verdict holds from some quantity and rate on, or up to
//! them: the contract of a rule. A [`PriceRange`] is made of what the engine answers at the corners of
//! such a rectangle of quantities and rates:
//!
//! - Every step of a waterfall is convex in the price that it starts from and never falls with
//!   it, so the price before rounding is convex in the rate. A convex curve through three points
//!   of a straight line is that line in between, and two points give it.
//! - A rule with the same answer at all corners has that answer everywhere inside. For a rule with
//!   two answers, bisection finds where its answer changes, and the corners of the four parts are
//!   asked again.
//!
//! A rectangle in which any of this fails, or whose formula does not give the engine's own figures at
//! every corner, has no range: its rows are priced one by one.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::super::fast::ShortText;
use super::super::price::{PricedRow, RowCalculation, RowPricer};
use super::super::row::RateInput;
use crate::approve::ApprovalOutcome;
use crate::book::{PriceBasis, PriceBook};
use crate::deal::Draft;
use crate::number::{Divisor, Money, Quantity, Rate, Rounding, Share, try_bisect};
use crate::text::source::Written;
use std::cell::RefCell;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// Decimal places that a range calculates in: cents.
pub(in super::super) const CENT_PLACES: u32 = 2;

const ONE: u64 = 1_000_000;

/// Largest quantity of a range that has no end in the book.
const LARGEST: u64 = 99_999_999;

/// Price of a row in cents, and the approval that it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct RowPrice {
    pub net_unit: u64,
    pub annual: u64,
    pub list_tcv: u64,
    pub tcv: u64,
    /// Share below list in ten-thousandths.
    pub discount: u64,
    /// Place of the approval outcome.
    pub outcome: u8,
}

impl RowPrice {
    pub fn share(&self) -> Share {
        Share::of_ten_thousandths(self.discount.try_into().unwrap_or(i64::MAX))
    }
}

/// Price of every row in a rectangle of quantities and rates.
#[derive(Debug, Clone)]
pub(in super::super) struct PriceRange {
    /// List price of a unit in cents.
    list: u64,
    /// Divisor of the list price; any, for a product that is free.
    list_divisor: Divisor,
    /// Unit price at a rate of zero, and the part that each millionth of a rate takes off it, both in
    /// units of the decimal place `scale + 6`.
    start: u64,
    drop: u64,
    scale: u32,
    /// Divisor that turns such units into cents.
    cent: Divisor,
    years: u64,
    rounding: Rounding,
    max_quantity: u64,
    /// Largest rate in millionths.
    max_rate: u64,
    /// Quantity and rate from which on a rule answers differently; `u64::MAX` where none does.
    changes_at: (u64, u64),
    /// Places of approval outcomes, by whether the quantity and whether the rate has reached its change.
    outcomes: [[u8; 2]; 2],
    /// List price as it is written, between commas.
    pub list_text: ShortText,
}

impl PriceRange {
    /// Finds the price of these quantities, at rates from the smallest one to `max_rate` in millionths.
    /// Returns `None` where the rows of the range have to be priced one by one.
    pub(super) fn of(
        book: &PriceBook,
        sampler: &RowSampler<'_, '_>,
        quantities: &RangeInclusive<u64>,
        max_rate: u64,
    ) -> Option<Self> {
        let low = *quantities.start();
        let high = last(sampler, low, *quantities.end(), max_rate)?;
        // Without a rate there is one price.
        let (min_rate, second) = if max_rate == 0 { (0, 0) } else { (1, 2.min(max_rate)) };
        let first = sampler.sample(low, min_rate)?;
        let step = first.exact - sampler.sample(low, second)?.exact;
        let (start, all) = (first.exact + step, step * 1_000_000);
        let scale = start.decimals().max(all.decimals()).max(CENT_PLACES);
        let list = first.priced.list_unit.scaled(CENT_PLACES)?;
        let mut range = Self {
            list,
            list_divisor: Divisor::new(list.max(2))?,
            start: start.scaled(scale)?.checked_mul(ONE)?,
            drop: all.scaled(scale)?,
            scale,
            cent: Divisor::new(ONE.checked_mul(10_u64.checked_pow(scale - CENT_PLACES)?)?)?,
            years: first.years.into(),
            rounding: book.rounding,
            max_quantity: high,
            max_rate,
            changes_at: (u64::MAX, u64::MAX),
            outcomes: [[0; 2]; 2],
            list_text: ShortText::new(&format!(
                ",{},",
                book.currency().plain(first.priced.list_unit)
            ))?,
        };
        range.check_limits()?;
        range.find_outcomes(book, sampler, low, min_rate)?;
        Some(range)
    }

    /// Finds where the answer of a rule changes, and compares the corners of every part with the engine.
    /// Returns `None` where the formula or a rule fails.
    fn find_outcomes(
        &mut self,
        book: &PriceBook,
        sampler: &RowSampler<'_, '_>,
        low: u64,
        min_rate: u64,
    ) -> Option<()> {
        let (high, max_rate) = (self.max_quantity, self.max_rate);
        let first = sampler.sample(low, min_rate)?;
        let is_same = |quantity, rate| Some(sampler.sample(quantity, rate)?.rules == first.rules);
        self.changes_at = (
            first_change(low, high, |quantity| is_same(quantity, min_rate))?,
            first_change(min_rate, max_rate, |rate| is_same(low, rate))?,
        );
        for (beyond, quantities) in parts(low, high, self.changes_at.0).enumerate() {
            for (deeper, rates) in parts(min_rate, max_rate, self.changes_at.1).enumerate() {
                let first = sampler.sample(quantities.0, rates.0)?;
                let place = first.priced.outcome.place(book);
                self.outcomes[beyond][deeper] = u8::try_from(place).ok()?;
                for quantity in [quantities.0, quantities.1] {
                    for rate in [rates.0, rates.1] {
                        let corner = sampler.sample(quantity, rate)?;
                        let is_alike = corner.rules == first.rules;
                        (is_alike && self.agrees(book, quantity, rate, &corner)).then_some(())?;
                    }
                }
            }
        }
        Some(())
    }

    /// Returns `None` if a product of the formula could exceed 64 bits, or a difference lie below zero.
    fn check_limits(&self) -> Option<()> {
        let (list, half) = (u128::from(self.list), u128::from(u64::MAX / 2));
        let start = u128::from(self.start);
        let is_small = start <= half
            && list * u128::from(self.max_quantity) * u128::from(self.years) <= half
            && list * 10_000 <= half
            && u128::from(self.cent.by()) <= half;
        let is_off_list = start <= list * u128::from(self.cent.by())
            && u128::from(self.drop) * u128::from(self.max_rate) <= start;
        (is_small && is_off_list).then_some(())
    }

    /// Says whether the formula gives the engine's figures.
    fn agrees(
        &self,
        book: &PriceBook,
        quantity: u64,
        rate: u64,
        corner: &RowCalculation<'_>,
    ) -> bool {
        let Some(price) = self.price(quantity, rate) else { return false };
        self.priced_row(&price, book) == corner.priced
            && usize::from(price.outcome) == corner.priced.outcome.place(book)
            && corner.exact.scaled(self.scale + 6) == Some(self.exact(rate))
    }

    /// Turns a price of this range into exact amounts.
    pub fn priced_row(&self, price: &RowPrice, book: &PriceBook) -> PricedRow {
        let money = |cents| Money::of_scaled(cents, CENT_PLACES);
        PricedRow {
            list_unit: money(self.list),
            net_unit: money(price.net_unit),
            // Other rows are priced one by one.
            basis: PriceBasis::Unit,
            annual: money(price.annual),
            list_tcv: money(price.list_tcv),
            tcv: money(price.tcv),
            discount: price.share(),
            outcome: ApprovalOutcome::from_place(price.outcome.into(), book),
            // Rows that need a review are priced one by one.
            reviews: Vec::new(),
        }
    }

    /// Returns the unit price before it is rounded, which is linear in the rate.
    #[inline(always)]
    const fn exact(&self, rate: u64) -> u64 {
        self.start - self.drop * rate
    }

    /// Prices a quantity from the first one of the range on, at a rate in millionths. Returns `None`
    /// beyond the range.
    #[inline(always)]
    pub fn price(&self, quantity: u64, rate: u64) -> Option<RowPrice> {
        if quantity > self.max_quantity || rate > self.max_rate {
            return None;
        }
        let net_unit = self.rounding.whole(self.exact(rate), self.cent);
        let annual = net_unit * quantity;
        let (beyond, deeper) = (quantity >= self.changes_at.0, rate >= self.changes_at.1);
        Some(RowPrice {
            net_unit,
            annual,
            list_tcv: self.list * quantity * self.years,
            tcv: annual * self.years,
            discount: Share::off_scaled(self.list - net_unit, self.list_divisor),
            outcome: self.outcomes[usize::from(beyond)][usize::from(deeper)],
        })
    }
}

/// Finds the largest quantity of a range that the engine prices, up to [`LARGEST`].
fn last(sampler: &RowSampler<'_, '_>, low: u64, high: u64, rate: u64) -> Option<u64> {
    let mut last = high.min(LARGEST.max(low));
    while sampler.sample(last, rate).is_none() {
        last /= 10;
        if last < low.max(1) {
            return None;
        }
    }
    Some(last)
}

/// Finds the first number of a range whose rules answer otherwise than those of `low`; `u64::MAX` if those of
/// `high` answer the same.
fn first_change(low: u64, high: u64, is_same: impl Fn(u64) -> Option<bool>) -> Option<u64> {
    if is_same(high)? {
        return Some(u64::MAX);
    }
    try_bisect(low + 1, high, |it| Some(!is_same(it)?))
}

/// Splits a range at a change, if the change lies within it.
fn parts(low: u64, high: u64, change: u64) -> impl Iterator<Item = (u64, u64)> {
    let beyond = (change <= high).then_some((change, high));
    std::iter::once((low, high.min(change - 1))).chain(beyond)
}

/// Prices one row with other quantities and rates, each pair of them once.
pub(super) struct RowSampler<'a, 'b> {
    pricer: &'a RowPricer<'b>,
    rate_input: RateInput,
    draft: RefCell<Draft>,
    samples: RefCell<Vec<KnownSample<'b>>>,
}

/// Quantity, rate in millionths, and the answer for them.
type KnownSample<'b> = (u64, u64, Option<Rc<RowCalculation<'b>>>);

impl<'a, 'b> RowSampler<'a, 'b> {
    pub fn new(pricer: &'a RowPricer<'b>, draft: &Draft, rate_input: RateInput) -> Self {
        let draft = RefCell::new(draft.clone());
        Self { pricer, rate_input, draft, samples: RefCell::default() }
    }

    /// Prices the row with a quantity and a rate in millionths. Returns `None` if the engine has no price by
    /// unit and year for it, and for a row that needs a review: a review is written beside the level, and
    /// only for a row that is priced by itself.
    fn sample(&self, quantity: u64, rate: u64) -> Option<Rc<RowCalculation<'b>>> {
        let mut samples = self.samples.borrow_mut();
        if let Some((_, _, known)) = samples.iter().find(|it| (it.0, it.1) == (quantity, rate)) {
            return known.clone();
        }
        let sample = self.price(quantity, rate).map(Rc::new);
        samples.push((quantity, rate, sample.clone()));
        sample
    }

    fn price(&self, quantity: u64, rate: u64) -> Option<RowCalculation<'b>> {
        let mut draft = self.draft.borrow_mut();
        let place = draft.place.clone();
        let quantity = Quantity::whole(quantity)?;
        draft.lines.first_mut()?.quantity = Some(Written::new(quantity, place.clone()));
        if let Some(program) = draft.programs.first_mut() {
            let rate = match self.rate_input {
                RateInput::Absent => None,
                RateInput::Zero => Some(Rate::ZERO),
                RateInput::Positive => Some(Rate::of_millionths(u32::try_from(rate).ok()?)),
            };
            program.rate = rate.map(|rate| Written::new(rate, place));
        }
        let answer = self.pricer.calculate(&draft).ok()?;
        Some(answer).filter(|it| it.is_by_unit && it.priced.reviews.is_empty())
    }
}
