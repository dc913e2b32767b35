//! Rows that are alike, and what the engine has said of them.
//!
//! A row's kind is the text of every column that decides its price but its quantity and its rate.
//! The first row of a kind is looked up by comparing those texts as they stand; the engine is asked
//! when a range of quantities of the kind is met for the first time. Only the very first row is priced
//! by itself: many a run has no second.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::cell::{PriceRange, RowPrice};
use super::desk::{RowPricer, RowTexts};
use super::key::{LONGEST, RowKey, RowKeyReader};
use super::row::{CsvBlock, CsvRow, FieldSpan, RowView, unquoted};
use super::shared::{MemoKey, SharedMemo};
use super::variants::{RateInput, RowVariants};
use super::{Column, ColumnLayout, cell, desk, number};
use crate::approve::Promise;
use crate::book::Program;
use crate::number::{Quantity, Rate};
use crate::price::SMALLEST_RATE;
use std::borrow::Cow;
use wide::u8x16;

/// How many kinds are kept. The rows of others are priced one by one.
const MOST: usize = 2048;

/// Slots of the table, a power of two.
const SLOTS: usize = 4 * MOST;

/// How many ranges of quantities a kind may have. Rows beyond the last break are priced one by one.
const RANGES: usize = 12;

/// Lanes that are compared at once; few rows have more.
const NEAR: usize = LONGEST / 2;

/// What has been asked so far.
pub(super) struct PriceMemo<'d, 'b> {
    desk: &'d RowPricer<'b>,
    layout: &'d ColumnLayout,
    shared: &'d SharedMemo,
    keys: RowKeyReader,
    quantity: FieldSpan,
    rate: Option<FieldSpan>,
    /// Places in `known` counted from 1, by the hash of a key.
    slots: Vec<u16>,
    known: Vec<RowKind>,
    cells: Vec<PriceRange>,
    asking: Vec<RowKindQuery>,
    /// Whether nothing has been asked for yet.
    is_new: bool,
}

/// Rows that differ in quantity and rate alone. What is looked at for every row lies close together:
/// a few hundred kinds are to fit where a processor keeps what it needs next.
#[repr(C, align(64))]
struct RowKind {
    near: [u8x16; NEAR],
    lengths: u64,
    /// Where ranges of quantities begin.
    breaks: [i32; RANGES],
    /// By range, and by what the rate is; there are four of those for what is quick to find.
    answers: [[PriceRangeIndex; 4]; RANGES],
    far: [u8x16; LONGEST - NEAR],
}

/// What is needed to ask about a kind.
struct RowKindQuery {
    breaks: Vec<u64>,
    /// The largest rate before the next breakpoint of a rule, in millionths.
    most: u64,
    /// Whether every rule promises that the corners of a range speak for all of it. Without that promise
    /// each row is priced by itself.
    is_proved: bool,
    texts: RowTexts<'static>,
}

/// What the engine said: the place of a cell, as far as there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PriceRangeIndex(u16);

impl PriceRangeIndex {
    const UNASKED: Self = Self(u16::MAX);
    /// Rows have to be priced one by one.
    const ONE_BY_ONE: Self = Self(u16::MAX - 1);
}

/// Where the price of a row is to be found.
#[derive(Debug, Clone, Copy)]
pub(super) struct MemoHit {
    /// By its place in `cells`; none has the largest number.
    cell: u32,
    /// In millionths.
    rate: u32,
    quantity: u32,
}

impl MemoHit {
    /// A row that has to be priced by itself.
    pub const NOWHERE: Self = Self { cell: u32::MAX, rate: 0, quantity: 0 };
}

impl<'d, 'b> PriceMemo<'d, 'b> {
    pub fn new(
        desk: &'d RowPricer<'b>,
        layout: &'d ColumnLayout,
        shared: &'d SharedMemo,
    ) -> Option<Self> {
        Some(Self {
            desk,
            layout,
            shared,
            keys: RowKeyReader::new(layout),
            quantity: FieldSpan::of(layout, Column::Quantity)?,
            rate: FieldSpan::of(layout, Column::StrategicRate),
            slots: vec![0; SLOTS],
            known: Vec::new(),
            cells: Vec::new(),
            asking: Vec::new(),
            is_new: true,
        })
    }

    /// Where the price of a row is; nowhere, if it has to be priced by itself.
    #[inline(always)]
    pub fn find(&mut self, view: RowView<'_>, block: CsvBlock<'_>, place: usize) -> MemoHit {
        match self.place(view, block, place) {
            Some(found) => found,
            None => MemoHit::NOWHERE,
        }
    }

    #[inline(always)]
    fn place(&mut self, view: RowView<'_>, block: CsvBlock<'_>, place: usize) -> Option<MemoHit> {
        let quantity = view.fields(&self.quantity);
        let quantity = match number::whole(view, quantity) {
            Some(quantity) => quantity,
            None => exact_quantity(view.text(quantity))?,
        };
        let (said, rate) = self.rate(view)?;
        let hash = self.keys.read(view)?;
        let kind = match self.known(hash) {
            Some(kind) => kind,
            None => self.add(block.row(place), hash)?,
        };
        let known = &self.known[kind];
        let range = known.range(quantity).checked_sub(1)?;
        let mut answer = known.answers[range][said as usize];
        if answer == PriceRangeIndex::UNASKED {
            answer = self.asked(kind, range, said);
        }
        // That rows have to be priced one by one is no place of a cell.
        Some(MemoHit { cell: answer.0.into(), rate, quantity })
    }

    /// The price that was found, with the cell that gives it; nothing, if that does not go so far.
    #[inline(always)]
    pub fn price(&self, found: MemoHit) -> Option<(RowPrice, &PriceRange)> {
        let cell = self.cells.get(found.cell as usize)?;
        Some((cell.figures(found.quantity.into(), found.rate.into())?, cell))
    }

    #[inline(always)]
    fn rate(&self, view: RowView<'_>) -> Option<(RateInput, u32)> {
        let Some(span) = &self.rate else { return Some((RateInput::Nothing, 0)) };
        let field = view.fields(span);
        match number::rate(view, field) {
            Some(rate) => Some((RateInput::of(field.length != 0, rate != 0), rate)),
            None => exact_rate(view.text(field)),
        }
    }

    #[inline(always)]
    fn known(&self, hash: u64) -> Option<usize> {
        let mut slot = start(hash);
        loop {
            let kind = usize::from(self.slots[slot]).checked_sub(1)?;
            if self.known[kind].is(self.keys.last(), self.keys.is_far()) {
                return Some(kind);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    #[cold]
    fn add(&mut self, row: CsvRow<'_>, hash: u64) -> Option<usize> {
        if self.known.len() == MOST {
            return None;
        }
        let said = desk::texts(row, self.layout).ok()?;
        let said = said.map(|text| Cow::Owned(text.into_owned()));
        let book = self.desk.book();
        let metric = book.metric(&said[Column::Metric as usize]);
        let breaks = metric.map(|it| self.desk.quantity_breakpoints(it)).unwrap_or_default();
        let promises = metric.map(|it| self.desk.promises(it)).unwrap_or_default();
        let program =
            book.programs().find(|(_, program)| program.name() == said[Column::Strategic as usize]);
        let most = program.map_or(0, |(_, program)| last_rate(&promises, program));
        let is_proved = promises.iter().all(Promise::is_proved);
        let mut first = [i32::MAX; RANGES];
        for (first, from) in first.iter_mut().zip(&breaks) {
            *first = i32::try_from(*from).ok()?;
        }
        self.known.push(RowKind::new(self.keys.last(), first));
        self.asking.push(RowKindQuery { breaks, most, is_proved, texts: said });
        let mut slot = start(hash);
        while self.slots[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = u16::try_from(self.known.len()).ok()?;
        Some(self.known.len() - 1)
    }

    /// Asks the engine for a range of quantities.
    #[cold]
    fn asked(&mut self, place: usize, range: usize, said: RateInput) -> PriceRangeIndex {
        // To ask takes several prices; the next row in this range asks.
        if std::mem::take(&mut self.is_new) {
            return PriceRangeIndex::UNASKED;
        }
        let RowKindQuery { breaks, most, is_proved, texts } = &self.asking[place];
        let end = breaks.get(range + 1).map_or(Quantity::MAX, |next| next - 1);
        let quantities = breaks[range]..=end;
        let most = if said == RateInput::Some { *most } else { 0 };
        let book = self.desk.book();
        let metric = book.metric(&texts[Column::Metric as usize]);
        // A cell rounds to cents and is written in them.
        let is_in_cents = book.currency().minor == cell::PLACES
            && metric.is_some_and(|metric| metric.places() == cell::PLACES);
        let cell = match said {
            _ if !is_in_cents || !is_proved => None,
            RateInput::Some if most == 0 => None,
            // A question is asked in the moment in which its row has been read.
            _ => self.shared.answer(MemoKey::new(self.keys.last(), range, said), || {
                PriceRange::of(book, &RowVariants::new(self.desk, texts, said), &quantities, most)
            }),
        };
        let answer = match (cell, u16::try_from(self.cells.len())) {
            (Some(cell), Ok(place)) if place < PriceRangeIndex::ONE_BY_ONE.0 => {
                self.cells.push(cell);
                PriceRangeIndex(place)
            }
            _ => PriceRangeIndex::ONE_BY_ONE,
        };
        self.known[place].answers[range][said as usize] = answer;
        answer
    }
}

/// Returns the last rate of a program, in millionths, before a rule judges it by another condition. Rates
/// begin with the smallest one above zero, which is a breakpoint itself.
fn last_rate(promises: &[Promise<'_>], program: &Program) -> u64 {
    let mine = promises.iter().filter(|it| it.rule == &program.rule);
    let breakpoints = mine.flat_map(|it| it.rate.breakpoints.iter().copied());
    let next = breakpoints.filter(|it| *it > SMALLEST_RATE).min();
    // A program that does not apply to the metric is judged by nobody.
    next.map_or(program.max_rate().millionths().into(), |next| next - 1)
}

/// Which slot a hash begins at: its high bits, which all of its text has gone into.
#[inline(always)]
fn start(hash: u64) -> usize {
    usize::try_from(hash >> (64 - SLOTS.ilog2())).unwrap_or_default()
}

impl RowKind {
    fn new(key: &RowKey, breaks: [i32; RANGES]) -> Self {
        let lanes = |from| std::array::from_fn(|lane| key.lanes[from + lane]);
        Self {
            near: lanes(0),
            lengths: key.lengths,
            breaks,
            answers: [[PriceRangeIndex::UNASKED; 4]; RANGES],
            far: lanes(NEAR),
        }
    }

    /// Whether it has that text, which has lanes that are `far` or has none.
    #[inline(always)]
    fn is(&self, key: &RowKey, is_far: bool) -> bool {
        let odd = |mine: &[u8x16; NEAR], from: usize| {
            let [a, b, c, d]: [_; NEAR] = std::array::from_fn(|at| mine[at] ^ key.lanes[from + at]);
            (a | b) | (c | d)
        };
        let mut all = odd(&self.near, 0);
        if is_far {
            all |= odd(&self.far, NEAR);
        }
        all.simd_eq(u8x16::ZERO).to_bitmask() == 0xffff && self.lengths == key.lengths
    }

    /// How many of its breaks a quantity has reached.
    #[inline(always)]
    fn range(&self, quantity: u32) -> usize {
        let quantity = quantity.cast_signed();
        self.breaks.iter().map(|&from| usize::from(from <= quantity)).sum()
    }
}

/// A whole quantity that is written in another way, or between quotation marks.
#[cold]
fn exact_quantity(raw: &[u8]) -> Option<u32> {
    let raw = unquoted(raw);
    let quantity = Quantity::parse(std::str::from_utf8(&raw).ok()?.trim()).ok()?;
    quantity.is_whole().then(|| quantity.ceil())?.try_into().ok()
}

/// A rate that is written in another way, in millionths.
#[cold]
fn exact_rate(raw: &[u8]) -> Option<(RateInput, u32)> {
    let raw = unquoted(raw);
    let text = std::str::from_utf8(&raw).ok()?.trim();
    if text.is_empty() {
        return Some((RateInput::Nothing, 0));
    }
    let rate = Rate::parse(text).ok()?;
    Some((if rate.is_zero() { RateInput::Zero } else { RateInput::Some }, rate.millionths()))
}
