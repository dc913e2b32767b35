//! Quantity, rate and key of a row, which decide its price, read without building a deal.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::super::column::{Column, ColumnLayout};
use super::super::row::{RateInput, RowBlock};
use super::key::RowKeyReader;
use super::number;
use super::view::{Field, FieldSpan, RowView};
use crate::number::{Quantity, Rate};
use wide::u8x16;

pub(in super::super) struct RowReader {
    id: FieldSpan,
    quantity: FieldSpan,
    rate: Option<FieldSpan>,
    pub keys: RowKeyReader,
}

/// Numbers of a row, and the hash of its key.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct QuickRow {
    pub quantity: u32,
    pub rate_input: RateInput,
    /// Rate in millionths.
    pub rate: u32,
    pub hash: u64,
}

impl RowReader {
    /// Returns `None` if rows of the layout have no id or no quantity.
    pub fn new(layout: &ColumnLayout) -> Option<Self> {
        Some(Self {
            id: FieldSpan::of(layout, Column::Id)?,
            quantity: FieldSpan::of(layout, Column::Quantity)?,
            rate: FieldSpan::of(layout, Column::StrategicRate),
            keys: RowKeyReader::new(layout),
        })
    }

    /// Reads a row, whose key can be looked at until the next one is read. Returns `None` for a row that
    /// has to be priced by itself: a fraction of a unit, a text that is no number, or a long key.
    #[inline(always)]
    pub fn read(
        &mut self,
        view: RowView<'_>,
        block: RowBlock<'_>,
        index: usize,
    ) -> Option<QuickRow> {
        let quantity = match number::whole(view, view.fields(&self.quantity)) {
            Some(quantity) => quantity,
            None => exact_quantity(block, index, self.quantity.first.into())?,
        };
        let (rate_input, rate) = self.rate(view, block, index)?;
        let hash = self.keys.read(view)?;
        Some(QuickRow { quantity, rate_input, rate, hash })
    }

    /// Finds a short id that stands in the output as it does in the input: a letter or a digit, and then
    /// visible ASCII characters other than quotation marks and commas.
    #[inline(always)]
    pub fn plain_id(&self, view: RowView<'_>) -> Option<Field> {
        let Field { at, length } = view.fields(&self.id);
        let lane = u8x16::new(*view.lane(at, 0));
        let seen = lane.max(u8x16::splat(b'!')).min(u8x16::splat(b'~')).simd_eq(lane);
        let mark = lane.simd_eq(u8x16::splat(b'"')) | lane.simd_eq(u8x16::splat(b','));
        let odd = (!seen | mark).to_bitmask();
        let is_plain = (1..=16).contains(&length)
            && odd & (u32::MAX >> (32 - u32::from(length))) == 0
            && view.lane(at, 0)[0].is_ascii_alphanumeric();
        is_plain.then_some(Field { at, length })
    }

    #[inline(always)]
    fn rate(
        &self,
        view: RowView<'_>,
        block: RowBlock<'_>,
        index: usize,
    ) -> Option<(RateInput, u32)> {
        let Some(span) = &self.rate else { return Some((RateInput::Absent, 0)) };
        let field = view.fields(span);
        match number::rate(view, field) {
            Some(rate) => {
                Some((RATE_INPUTS[usize::from(field.length != 0) + usize::from(rate != 0)], rate))
            }
            None => exact_rate(block, index, span.first.into()),
        }
    }
}

/// Rates by whether there is a text, and whether it is above zero: a branch would be guessed wrong often.
const RATE_INPUTS: [RateInput; 3] = [RateInput::Absent, RateInput::Zero, RateInput::Positive];

/// Reads a whole quantity that is written in an unusual form, or between quotation marks.
#[cold]
fn exact_quantity(block: RowBlock<'_>, index: usize, field: usize) -> Option<u32> {
    let value = block.row(index).value(field);
    let quantity = Quantity::parse(std::str::from_utf8(&value).ok()?.trim()).ok()?;
    quantity.is_whole().then(|| quantity.ceil())?.try_into().ok()
}

/// Reads a rate that is written in an unusual form, in millionths.
#[cold]
fn exact_rate(block: RowBlock<'_>, index: usize, field: usize) -> Option<(RateInput, u32)> {
    let value = block.row(index).value(field);
    let text = std::str::from_utf8(&value).ok()?.trim();
    if text.is_empty() {
        return Some((RateInput::Absent, 0));
    }
    let rate = Rate::parse(text).ok()?;
    let input = if rate.is_zero() { RateInput::Zero } else { RateInput::Positive };
    Some((input, rate.millionths()))
}
