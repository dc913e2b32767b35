//! Answers of the engine for one row with other quantities and rates.

use super::super::price::{PricedRow, RowCalculation, RowPricer};
use super::super::row::RateInput;
use crate::deal::Draft;
use crate::number::{Money, Quantity, Rate};
use crate::text::source::Written;
use std::cell::RefCell;
use std::rc::Rc;

/// Answer of the engine for one row that is priced by unit and year.
#[derive(Debug)]
pub(super) struct Sample<'b> {
    pub priced: PricedRow,
    /// Unit price before it was rounded.
    pub exact: Money,
    /// Ids of the rules that require an approval or refuse.
    pub rules: Vec<&'b str>,
    pub years: u32,
}

impl<'b> Sample<'b> {
    /// Returns `None` for a price of a package or a line, and for a row that needs a review: a review is
    /// written beside the level, and only for a row that is priced by itself.
    fn of(calculation: RowCalculation<'b>) -> Option<Self> {
        let RowCalculation { priced, exact, is_by_unit, rules, years } = calculation;
        (is_by_unit && priced.reviews.is_empty()).then_some(Self { priced, exact, rules, years })
    }
}

/// Prices one row with other quantities and rates, each pair of them once.
pub(super) struct RowSampler<'a, 'b> {
    pricer: &'a RowPricer<'b>,
    rate_input: RateInput,
    draft: RefCell<Draft>,
    samples: RefCell<Vec<KnownSample<'b>>>,
}

/// Quantity, rate in millionths, and the answer for them.
type KnownSample<'b> = (u64, u64, Option<Rc<Sample<'b>>>);

impl<'a, 'b> RowSampler<'a, 'b> {
    pub fn new(pricer: &'a RowPricer<'b>, draft: &Draft, rate_input: RateInput) -> Self {
        let draft = RefCell::new(draft.clone());
        Self { pricer, rate_input, draft, samples: RefCell::default() }
    }

    /// Prices the row with a quantity and a rate in millionths. Returns `None` if the engine has no price by
    /// unit and year for it.
    pub fn sample(&self, quantity: u64, rate: u64) -> Option<Rc<Sample<'b>>> {
        let mut samples = self.samples.borrow_mut();
        if let Some((_, _, known)) = samples.iter().find(|it| (it.0, it.1) == (quantity, rate)) {
            return known.clone();
        }
        let sample = self.price(quantity, rate).map(Rc::new);
        samples.push((quantity, rate, sample.clone()));
        sample
    }

    fn price(&self, quantity: u64, rate: u64) -> Option<Sample<'b>> {
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
        Sample::of(self.pricer.calculate(&draft).ok()?)
    }
}
