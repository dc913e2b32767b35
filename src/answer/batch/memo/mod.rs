//! Prices of rows that are alike, remembered.
//!
//! Rows are of one kind if their keys are the same bytes: they differ in quantity and rate alone. The
//! engine is asked when a range of quantities of a kind is met for the first time, and its answer, a
//! [`PriceRange`], prices every other row of the range. Only the very first row of a file is priced by
//! itself: many a file has no second.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

mod range;

pub(super) use range::{CENT_PLACES, PriceRange, RowPrice};

use super::column::{Column, ColumnLayout};
use super::fast::{KEY_LANES, QuickRow, RowKey, RowReader};
use super::price::{RowPricer, texts};
use super::row::{RateInput, Row, RowBlock};
use crate::approve::{Promise, promises, quantity_breakpoints};
use crate::book::Program;
use crate::deal::Draft;
use crate::number::Quantity;
use crate::price::SMALLEST_RATE;
use range::RowSampler;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use wide::bytemuck::cast;
use wide::u8x16;

/// Limit of the kinds. The rows of others are priced one by one.
const MAX_KINDS: usize = 2048;

/// Slots of the hash table, a power of two.
const SLOTS: usize = 4 * MAX_KINDS;

/// Limit of the ranges of quantities of a kind. Rows beyond the last breakpoint are priced one by one.
const RANGES: usize = 12;

/// Lanes of a key that are compared at once; few keys have more.
const NEAR: usize = KEY_LANES / 2;

pub(super) struct PriceMemo<'d, 'b> {
    pricer: &'d RowPricer<'b>,
    layout: &'d ColumnLayout,
    shared: &'d SharedMemo,
    /// Places in `kinds`, counted from 1, by the hash of a key.
    slots: Vec<u16>,
    kinds: Vec<RowKind>,
    ranges: Vec<PriceRange>,
    queries: Vec<RowKindQuery>,
    /// Whether no row has been looked up yet.
    is_new: bool,
}

/// Rows that differ in quantity and rate alone. The fields that are compared for every row lie close
/// together, so that a few hundred kinds fit into the first cache of a processor.
#[repr(C, align(64))]
struct RowKind {
    near: [u8x16; NEAR],
    lengths: u64,
    /// Breakpoints: quantities at which ranges begin.
    breaks: [i32; RANGES],
    /// Answers by range and by [`RateInput`]; a fourth one makes the index quick to calculate.
    answers: [[PriceRangeIndex; 4]; RANGES],
    far: [u8x16; KEY_LANES - NEAR],
}

/// Everything that the engine has to know of a kind.
struct RowKindQuery {
    breaks: Vec<u64>,
    /// Largest rate before the next breakpoint of a rule, in millionths.
    max_rate: u64,
    /// Deal of the kind, with any quantity. `None` if its rows have to be priced one by one: the deal cannot
    /// be read, the book does not round to cents, or a rule does not promise that the corners of a range
    /// decide all of it.
    draft: Option<Draft>,
}

/// Place of an answer in `ranges`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct PriceRangeIndex(u16);

impl PriceRangeIndex {
    /// The engine has not been asked.
    const UNKNOWN: Self = Self(u16::MAX);
    /// Rows have to be priced one by one.
    const ONE_BY_ONE: Self = Self(u16::MAX - 1);
}

/// Place of the price of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct MemoHit {
    /// Place in `ranges`; the largest number stands for none.
    range: u32,
    /// Rate in millionths.
    rate: u32,
    quantity: u32,
}

impl MemoHit {
    /// A row that has to be priced by itself.
    pub const NONE: Self = Self { range: u32::MAX, rate: 0, quantity: 0 };
}

impl<'d, 'b> PriceMemo<'d, 'b> {
    pub fn new(
        pricer: &'d RowPricer<'b>,
        layout: &'d ColumnLayout,
        shared: &'d SharedMemo,
    ) -> Self {
        Self {
            pricer,
            layout,
            shared,
            slots: vec![0; SLOTS],
            kinds: Vec::new(),
            ranges: Vec::new(),
            queries: Vec::new(),
            is_new: true,
        }
    }

    /// Finds the price of a row, whose numbers and key the reader has just read.
    #[inline(always)]
    pub fn find(
        &mut self,
        quick: QuickRow,
        reader: &RowReader,
        (block, index): (RowBlock<'_>, usize),
    ) -> Option<MemoHit> {
        let kind = match self.find_kind(quick.hash, reader) {
            Some(kind) => kind,
            None => self.add(block.row(index), quick.hash, &reader.keys.key)?,
        };
        let known = &self.kinds[kind];
        let range = known.range(quick.quantity).checked_sub(1)?;
        let mut answer = known.answers[range][quick.rate_input as usize];
        if answer == PriceRangeIndex::UNKNOWN {
            answer = self.ask(kind, range, quick.rate_input, &reader.keys.key);
        }
        // `ONE_BY_ONE` is no place in `ranges`.
        Some(MemoHit { range: answer.0.into(), rate: quick.rate, quantity: quick.quantity })
    }

    /// Returns the price of a row that was found, with its range; `None` beyond the range.
    #[inline(always)]
    pub fn price(&self, hit: MemoHit) -> Option<(RowPrice, &PriceRange)> {
        let range = self.ranges.get(hit.range as usize)?;
        Some((range.price(hit.quantity.into(), hit.rate.into())?, range))
    }

    #[inline(always)]
    fn find_kind(&self, hash: u64, reader: &RowReader) -> Option<usize> {
        let mut slot = first_slot(hash);
        loop {
            let kind = usize::from(self.slots[slot]).checked_sub(1)?;
            if self.kinds[kind].has_key(&reader.keys.key, reader.keys.is_far) {
                return Some(kind);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    /// Adds the kind of a row. Returns `None` for a row that has to be priced by itself.
    #[cold]
    fn add(&mut self, row: Row<'_>, hash: u64, key: &RowKey) -> Option<usize> {
        // A kind takes several prices; a file of one row takes one.
        if std::mem::take(&mut self.is_new) || self.kinds.len() == MAX_KINDS {
            return None;
        }
        let mut texts = texts(row, self.layout).ok()?;
        // Each range sets a rate of its own.
        texts[Column::StrategicRate as usize] = Cow::Borrowed("");
        let (book, rules) = (self.pricer.book_of(&texts), self.pricer.rules);
        let metric = book.metric(&texts[Column::Metric as usize]);
        let breaks = metric.map(|it| quantity_breakpoints(rules, book, it)).unwrap_or_default();
        let promises = metric.map(|it| promises(rules, book, it)).unwrap_or_default();
        let program = &texts[Column::Strategic as usize];
        let program = book.programs().find(|(_, known)| known.name() == program);
        let max_rate = program.map_or(0, |(_, program)| last_rate(&promises, program));
        let is_in_cents = book.currency().minor == CENT_PLACES
            && metric.is_some_and(|metric| metric.places == CENT_PLACES);
        let has_ranges = is_in_cents && promises.iter().all(Promise::is_proved);
        let mut first = [i32::MAX; RANGES];
        for (first, from) in first.iter_mut().zip(&breaks) {
            *first = i32::try_from(*from).ok()?;
        }
        let lanes = |from| std::array::from_fn(|lane| key.lanes[from + lane]);
        self.kinds.push(RowKind {
            near: lanes(0),
            lengths: key.lengths,
            breaks: first,
            answers: [[PriceRangeIndex::UNKNOWN; 4]; RANGES],
            far: lanes(NEAR),
        });
        let draft = has_ranges.then(|| self.pricer.draft(&texts).ok()).flatten();
        self.queries.push(RowKindQuery { breaks, max_rate, draft });
        let mut slot = first_slot(hash);
        while self.slots[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = u16::try_from(self.kinds.len()).ok()?;
        Some(self.kinds.len() - 1)
    }

    /// Asks the engine for a range of quantities.
    #[cold]
    fn ask(
        &mut self,
        kind: usize,
        range: usize,
        input: RateInput,
        key: &RowKey,
    ) -> PriceRangeIndex {
        let RowKindQuery { breaks, max_rate, draft } = &self.queries[kind];
        let end = breaks.get(range + 1).map_or(Quantity::MAX, |next| next - 1);
        let quantities = breaks[range]..=end;
        let max_rate = if input == RateInput::Positive { *max_rate } else { 0 };
        let has_range = input != RateInput::Positive || max_rate > 0;
        let found = draft.as_ref().filter(|_| has_range).and_then(|draft| {
            let key = MemoKey { lanes: cast(key.lanes), lengths: key.lengths, range, input };
            self.shared.answer(key, || {
                let sampler = RowSampler::new(self.pricer, draft, input);
                PriceRange::of(self.pricer.book(), &sampler, &quantities, max_rate)
            })
        });
        let answer = match (found, u16::try_from(self.ranges.len())) {
            (Some(found), Ok(place)) if place < PriceRangeIndex::ONE_BY_ONE.0 => {
                self.ranges.push(found);
                PriceRangeIndex(place)
            }
            _ => PriceRangeIndex::ONE_BY_ONE,
        };
        self.kinds[kind].answers[range][input as usize] = answer;
        answer
    }
}

/// Returns the last rate of a program, in millionths, before a rule judges it by another condition. Rates
/// begin with the smallest one above zero, which is a breakpoint itself.
fn last_rate(promises: &[Promise<'_>], program: &Program) -> u64 {
    let mine = promises.iter().filter(|it| it.rule == &program.rule);
    let breakpoints = mine.flat_map(|it| it.rate.breakpoints.iter().copied());
    let next = breakpoints.filter(|it| *it > SMALLEST_RATE).min();
    // No rule judges a program that does not apply to the metric.
    next.map_or(program.max_rate.millionths().into(), |next| next - 1)
}

/// Returns the slot at which the search begins: the high bits depend on every bit of the key.
#[inline(always)]
fn first_slot(hash: u64) -> usize {
    usize::try_from(hash >> (64 - SLOTS.ilog2())).unwrap_or_default()
}

impl RowKind {
    /// Says whether the key is that of the kind. `is_long` keys have lanes behind the near ones.
    #[inline(always)]
    fn has_key(&self, key: &RowKey, is_long: bool) -> bool {
        let difference = |mine: &[u8x16; NEAR], from: usize| {
            let [a, b, c, d]: [_; NEAR] = std::array::from_fn(|at| mine[at] ^ key.lanes[from + at]);
            (a | b) | (c | d)
        };
        let mut all = difference(&self.near, 0);
        if is_long {
            all |= difference(&self.far, NEAR);
        }
        all.simd_eq(u8x16::ZERO).to_bitmask() == 0xffff && self.lengths == key.lengths
    }

    #[inline(always)]
    fn range(&self, quantity: u32) -> usize {
        let quantity = quantity.cast_signed();
        self.breaks.iter().map(|&from| usize::from(from <= quantity)).sum()
    }
}

/// Answers of the engine that the threads of one run share, so that none is asked for twice.
#[derive(Debug, Default)]
pub(super) struct SharedMemo(Mutex<HashMap<MemoKey, Arc<OnceLock<Option<PriceRange>>>>>);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct MemoKey {
    lanes: [u128; KEY_LANES],
    lengths: u64,
    range: usize,
    input: RateInput,
}

impl SharedMemo {
    /// Returns the answer for a range, which one thread asks for while others ask for other ones.
    fn answer(&self, key: MemoKey, ask: impl FnOnce() -> Option<PriceRange>) -> Option<PriceRange> {
        // A thread that panicked has left no answer half done.
        let answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = Arc::clone({ answers }.entry(key).or_default());
        answer.get_or_init(ask).clone()
    }
}
