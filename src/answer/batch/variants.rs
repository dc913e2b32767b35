//! A row of a kind with other quantities and rates, as the engine is asked for it.

use super::Column;
use super::cell::{Sample, SampleSource};
use super::desk::{RowPricer, RowTexts};
use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

/// What a row says of its rate. Nothing and zero are not the same: a program can have a rate of its
/// own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum RateInput {
    Nothing,
    Zero,
    Some,
}

impl RateInput {
    /// By whether there is a text and whether it says a rate. What has no text says none.
    #[inline(always)]
    pub const fn of(is_there: bool, is_some: bool) -> Self {
        // A branch would be guessed wrong every other time.
        const SAID: [RateInput; 3] = [RateInput::Nothing, RateInput::Zero, RateInput::Some];
        SAID[is_there as usize + is_some as usize]
    }
}

/// A row with other quantities and rates.
pub(super) struct RowVariants<'a, 'b> {
    desk: &'a RowPricer<'b>,
    texts: &'a RowTexts<'a>,
    rate_input: RateInput,
    sampled: RefCell<Vec<SampledVariant<'b>>>,
}

/// A row that has been asked about.
struct SampledVariant<'b> {
    quantity: u64,
    rate: u64,
    corner: Option<Rc<Sample<'b>>>,
}

impl<'a, 'b> RowVariants<'a, 'b> {
    pub fn new(desk: &'a RowPricer<'b>, texts: &'a RowTexts<'a>, rate_input: RateInput) -> Self {
        Self { desk, texts, rate_input, sampled: RefCell::default() }
    }
}

impl<'b> SampleSource<'b> for RowVariants<'_, 'b> {
    fn sample(&self, quantity: u64, rate: u64) -> Option<Rc<Sample<'b>>> {
        let mut asked = self.sampled.borrow_mut();
        if let Some(asked) = asked.iter().find(|it| (it.quantity, it.rate) == (quantity, rate)) {
            return asked.corner.clone();
        }
        let mut texts = self.texts.each_ref().map(|text| Cow::Borrowed(text.as_ref()));
        texts[Column::Quantity as usize] = Cow::Owned(quantity.to_string());
        texts[Column::StrategicRate as usize] = match self.rate_input {
            RateInput::Nothing => Cow::Borrowed(""),
            RateInput::Zero => Cow::Borrowed("0"),
            RateInput::Some => Cow::Owned(format!("{}.{:06}", rate / 1_000_000, rate % 1_000_000)),
        };
        let corner = self.desk.price_row(&texts, Sample::of).ok().flatten();
        let corner = corner.map(Rc::new);
        asked.push(SampledVariant { quantity, rate, corner: corner.clone() });
        corner
    }
}
