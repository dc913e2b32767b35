//! Rows that are alike, and what the engine has said of them.
//!
//! A row's kind is the text of every column that decides its price but its quantity and its rate.
//! The first row of a kind is looked up by comparing those texts as they stand; the engine is asked
//! when a range of quantities of the kind is met for the first time.

use super::cell::{Ask, Cell, Cents, Corner};
use super::desk::{self, Desk, Texts};
use super::number::{self, word};
use super::row::Row;
use super::{Column, Layout};
use crate::value::{Quantity, Rate};
use std::borrow::Cow;
use std::cell::RefCell;

/// How many kinds are kept. The rows of others are priced one by one.
const MOST: usize = 2048;

/// Slots of the table, a power of two.
const SLOTS: usize = 4 * MOST;

/// The longest text of a kind. Rows with longer ones are priced one by one.
const LONGEST: usize = 512;

/// Columns that stand side by side, by the first and the last of them.
type Stretch = (usize, usize);

/// What has been asked so far.
pub(super) struct Kinds<'d, 'b> {
    desk: &'d Desk<'b>,
    layout: &'d Layout,
    stretches: Vec<Stretch>,
    quantity: usize,
    rate: Option<usize>,
    /// Places in `kinds` counted from 1, by the hash of a key.
    slots: Vec<u16>,
    kinds: Vec<Kind>,
}

/// Rows that differ in quantity and rate alone.
struct Kind {
    /// What stands in each stretch.
    texts: Vec<Box<[u8]>>,
    /// Where ranges of quantities begin.
    breaks: Vec<u64>,
    /// The largest rate that is asked for, in millionths.
    most: u64,
    /// By range, and by what the rate is.
    cells: Vec<[Answer; 3]>,
    said: Texts<'static>,
}

/// What the engine said.
enum Answer {
    Unasked,
    Alike(Box<Cell>),
    /// Rows have to be priced one by one.
    OneByOne,
}

/// What a row says of its rate. Nothing and zero are not the same: a program can have a rate of its
/// own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Zero,
    Some,
}

impl<'d, 'b> Kinds<'d, 'b> {
    pub fn new(desk: &'d Desk<'b>, layout: &'d Layout) -> Option<Self> {
        let stretches = stretches(layout);
        Some(Self {
            desk,
            layout,
            quantity: layout.place(Column::Quantity)?,
            rate: layout.place(Column::StrategicRate),
            stretches,
            slots: vec![0; SLOTS],
            kinds: Vec::new(),
        })
    }

    /// The price of a row, with the cell that gave it; nothing, if it has to be priced by itself.
    #[inline]
    pub fn price(&mut self, row: Row<'_>) -> Option<(Cents, &Cell)> {
        let quantity = row.number(self.quantity);
        let quantity = number::whole(row.bytes, quantity.start, quantity.len())
            .or_else(|| exact_quantity(&row.bytes[quantity]))?;
        let (said, rate) = self.rate(row)?;
        let hash = self.hash(row)?;
        let kind = match self.find(row, hash) {
            Some(kind) => kind,
            None => self.add(row, hash)?,
        };
        let kind = &mut self.kinds[kind];
        let range = kind.breaks.partition_point(|&from| from <= quantity).checked_sub(1)?;
        let answer = &mut kind.cells[range][said as usize];
        if matches!(answer, Answer::Unasked) {
            *answer = asked(self.desk, &kind.said, &kind.breaks, range, said, kind.most);
        }
        match answer {
            Answer::Alike(cell) => Some((cell.figures(quantity, rate)?, cell)),
            Answer::Unasked | Answer::OneByOne => None,
        }
    }

    #[inline]
    fn rate(&self, row: Row<'_>) -> Option<(Said, u64)> {
        let Some(field) = self.rate else { return Some((Said::Nothing, 0)) };
        let span = row.number(field);
        if span.is_empty() {
            return Some((Said::Nothing, 0));
        }
        let rate = number::rate(row.bytes, span.start, span.len());
        let rate = rate.or_else(|| exact_rate(&row.bytes[span]))?;
        Some((if rate == 0 { Said::Zero } else { Said::Some }, rate))
    }

    /// A hash of the text of a row's kind; nothing, if it is too long.
    #[inline]
    fn hash(&self, row: Row<'_>) -> Option<u64> {
        let mut hash = 0_u64;
        for stretch in &self.stretches {
            let span = row.stretch(*stretch);
            let (length, last) = (span.len(), span.end.saturating_sub(8));
            if length > LONGEST {
                return None;
            }
            hash = mixed(hash, length as u64);
            let mut at = span.start;
            while at < last {
                hash = mixed(hash, word(row.bytes, at));
                at += 8;
            }
            // What is left, or all of a short text.
            let at = last.max(span.start);
            hash = mixed(hash, word(row.bytes, at) & MASKS[length.min(8)]);
        }
        Some(hash)
    }

    #[inline]
    fn find(&self, row: Row<'_>, hash: u64) -> Option<usize> {
        let mut slot = start(hash);
        loop {
            let kind = usize::from(self.slots[slot]).checked_sub(1)?;
            let mut texts = self.stretches.iter().zip(&self.kinds[kind].texts);
            if texts.all(|(stretch, text)| row.bytes[row.stretch(*stretch)] == **text) {
                return Some(kind);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    #[cold]
    fn add(&mut self, row: Row<'_>, hash: u64) -> Option<usize> {
        if self.kinds.len() == MOST {
            return None;
        }
        let said = desk::texts(row, self.layout).ok()?.map(|text| Cow::Owned(text.into_owned()));
        let book = self.desk.book();
        let metric = book.metric(&said[Column::Metric as usize]);
        let breaks = metric.map(|metric| book.breaks(metric)).unwrap_or_default();
        let program = book
            .programs()
            .find(|(_, program)| program.name() == said[Column::Strategic as usize]);
        let most = program.map_or(0, |(_, program)| program.max_rate().millionths().into());
        let cells =
            breaks.iter().map(|_| [Answer::Unasked, Answer::Unasked, Answer::Unasked]).collect();
        let texts = self.stretches.iter().map(|stretch| row.bytes[row.stretch(*stretch)].into());
        let texts = texts.collect();
        self.kinds.push(Kind { texts, breaks, most, cells, said });
        let mut slot = start(hash);
        while self.slots[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = u16::try_from(self.kinds.len()).ok()?;
        Some(self.kinds.len() - 1)
    }
}

/// Which slot a hash begins at: its high bits, which all of its text has gone into.
#[inline]
fn start(hash: u64) -> usize {
    usize::try_from(hash >> (64 - SLOTS.ilog2())).unwrap_or_default()
}

/// By how many bytes of a word belong to a text.
const MASKS: [u64; 9] = [
    0,
    0xff,
    0xffff,
    0x00ff_ffff,
    0xffff_ffff,
    0x00ff_ffff_ffff,
    0xffff_ffff_ffff,
    0x00ff_ffff_ffff_ffff,
    u64::MAX,
];

/// A hash with eight bytes more.
#[inline]
const fn mixed(hash: u64, word: u64) -> u64 {
    (hash.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// The columns that make a kind, with those together that stand side by side.
fn stretches(layout: &Layout) -> Vec<Stretch> {
    let columns = Column::ALL.iter().filter(|(_, column)| column.makes_a_kind());
    let mut fields: Vec<_> = columns.filter_map(|(_, column)| layout.place(*column)).collect();
    fields.sort_unstable();
    let mut stretches: Vec<Stretch> = Vec::new();
    for field in fields {
        match stretches.last_mut() {
            Some((_, last)) if *last + 1 == field => *last = field,
            _ => stretches.push((field, field)),
        }
    }
    stretches
}

/// Asks the engine for a range of quantities.
#[cold]
fn asked(
    desk: &Desk<'_>,
    texts: &Texts<'_>,
    breaks: &[u64],
    range: usize,
    said: Said,
    most: u64,
) -> Answer {
    let end = breaks.get(range + 1).map_or(Quantity::MAX, |next| next - 1);
    let quantities = breaks[range]..=end;
    let variants = Variants { desk, texts, said, known: RefCell::default() };
    let most = if said == Said::Some { most } else { 0 };
    if said == Said::Some && most == 0 {
        return Answer::OneByOne;
    }
    match Cell::of(desk.book(), &variants, &quantities, most) {
        Some(cell) => Answer::Alike(Box::new(cell)),
        None => Answer::OneByOne,
    }
}

/// A row with other quantities and rates.
struct Variants<'a, 'b> {
    desk: &'a Desk<'b>,
    texts: &'a Texts<'a>,
    said: Said,
    known: RefCell<Vec<((u64, u64), Option<Corner>)>>,
}

impl Ask for Variants<'_, '_> {
    fn ask(&self, quantity: u64, rate: u64) -> Option<Corner> {
        let at = (quantity, rate);
        if let Some((_, known)) = self.known.borrow().iter().find(|(known, _)| *known == at) {
            return known.clone();
        }
        let mut texts = self.texts.clone();
        texts[Column::Quantity as usize] = Cow::Owned(quantity.to_string());
        texts[Column::StrategicRate as usize] = match self.said {
            Said::Nothing => Cow::Borrowed(""),
            Said::Zero => Cow::Borrowed("0"),
            Said::Some => Cow::Owned(format!("{}.{:06}", rate / 1_000_000, rate % 1_000_000)),
        };
        let corner = self.desk.work(&texts, |worked| Corner::of(worked)).ok().flatten();
        self.known.borrow_mut().push((at, corner.clone()));
        corner
    }
}

/// A whole quantity that is written in another way.
#[cold]
fn exact_quantity(raw: &[u8]) -> Option<u64> {
    let quantity = Quantity::parse(std::str::from_utf8(raw).ok()?.trim()).ok()?;
    quantity.is_whole().then(|| quantity.ceil())
}

/// A rate that is written in another way, in millionths.
#[cold]
fn exact_rate(raw: &[u8]) -> Option<u64> {
    let rate = Rate::parse(std::str::from_utf8(raw).ok()?.trim()).ok()?;
    Some(rate.millionths().into())
}
