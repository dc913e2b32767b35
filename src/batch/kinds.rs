//! Rows that are alike, and what the engine has said of them.
//!
//! A row's kind is the text of every column that decides its price but its quantity and its rate.
//! The first row of a kind is looked up by comparing those texts as they stand; the engine is asked
//! when a range of quantities of the kind is met for the first time.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]
#![expect(clippy::cast_possible_truncation, reason = "what is cut off is nothing, or meant to be")]

use super::cell::{self, Cell, Cents};
use super::desk::{self, Desk, Texts};
use super::number;
use super::row::{Block, Field, Row, View};
use super::variants::{Said, Variants};
use super::{Column, Layout};
use crate::value::{Quantity, Rate};
use std::borrow::Cow;
use wide::u8x16;

/// How many kinds are kept. The rows of others are priced one by one.
const MOST: usize = 2048;

/// Slots of the table, a power of two.
const SLOTS: usize = 4 * MOST;

/// The longest text of a kind, in lanes of sixteen bytes.
const LONGEST: usize = 8;

/// The text of a kind: of each stretch its lanes, with zeros behind it.
#[derive(Debug, Clone, Copy)]
struct Key {
    lanes: [u8x16; LONGEST],
    /// How long each stretch is, eight bits for each. Without them a text with zeros of its own
    /// could look like a shorter one.
    lengths: u64,
}

/// Columns that stand side by side.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    first: usize,
    last: usize,
    /// How many lanes their text may have.
    lanes: usize,
}

/// How many ranges of quantities a kind may have. Rows beyond the last break are priced one by one.
const RANGES: usize = 14;

/// What has been asked so far.
pub(super) struct Kinds<'d, 'b> {
    desk: &'d Desk<'b>,
    layout: &'d Layout,
    stretches: Vec<Stretch>,
    quantity: usize,
    rate: Option<usize>,
    /// That of the row at hand. Every row of a layout has as many lanes.
    key: Key,
    lanes: usize,
    /// Places in `known` counted from 1, by the hash of a key.
    slots: Vec<u16>,
    known: Vec<Kind>,
    /// By kind, by range, and by what the rate is; there are four of those for what is quick to find.
    answers: Vec<[[Answer; 4]; RANGES]>,
    cells: Vec<Cell>,
    asking: Vec<Asking>,
}

/// Rows that differ in quantity and rate alone. What is looked at for every row lies close together:
/// a few hundred kinds are to fit where a processor keeps what it needs next.
#[repr(C, align(64))]
struct Kind {
    lanes: [u8x16; LONGEST],
    lengths: u64,
    /// Where ranges of quantities begin.
    breaks: [i32; RANGES],
}

/// What is needed to ask about a kind.
struct Asking {
    breaks: Vec<u64>,
    /// The largest rate that is asked for, in millionths.
    most: u64,
    texts: Texts<'static>,
}

/// What the engine said: the place of a cell, as far as there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Answer(u16);

impl Answer {
    const UNASKED: Self = Self(u16::MAX);
    /// Rows have to be priced one by one.
    const ONE_BY_ONE: Self = Self(u16::MAX - 1);
}

/// Where the price of a row is to be found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// By its place in `cells`; none has the largest number.
    cell: u32,
    /// In millionths.
    rate: u32,
    quantity: u64,
}

impl<'d, 'b> Kinds<'d, 'b> {
    pub fn new(desk: &'d Desk<'b>, layout: &'d Layout) -> Option<Self> {
        let stretches = stretches(layout);
        Some(Self {
            desk,
            layout,
            quantity: layout.place(Column::Quantity)?,
            rate: layout.place(Column::StrategicRate),
            lanes: stretches.iter().map(|stretch| stretch.lanes).sum(),
            stretches,
            key: Key { lanes: [u8x16::ZERO; LONGEST], lengths: 0 },
            slots: vec![0; SLOTS],
            known: Vec::new(),
            answers: Vec::new(),
            cells: Vec::new(),
            asking: Vec::new(),
        })
    }

    /// Where the price of a row is; nowhere, if it has to be priced by itself.
    #[inline(always)]
    pub fn find(&mut self, block: Block<'_>, place: usize) -> Found {
        const NOWHERE: Found = Found { cell: u32::MAX, rate: 0, quantity: 0 };
        match self.place(block, place) {
            Some(found) => found,
            None => NOWHERE,
        }
    }

    #[inline(always)]
    fn place(&mut self, block: Block<'_>, place: usize) -> Option<Found> {
        let view = block.view(place)?;
        let quantity = view.number(self.quantity);
        let quantity = match number::whole(view, quantity) {
            Some(quantity) => quantity,
            None => exact_quantity(view.text(quantity))?,
        };
        let (said, rate) = self.rate(view)?;
        let hash = self.read(view)?;
        let kind = match self.known(hash) {
            Some(kind) => kind,
            None => self.add(block.row(place), hash)?,
        };
        let range = self.known[kind].range(quantity).checked_sub(1)?;
        let mut answer = self.answers[kind][range][said as usize];
        if answer == Answer::UNASKED {
            answer = self.asked(kind, range, said);
        }
        // That rows have to be priced one by one is no place of a cell.
        Some(Found { cell: answer.0.into(), rate, quantity })
    }

    /// The price that was found, with the cell that gives it; nothing, if that does not go so far.
    #[inline(always)]
    pub fn price(&self, found: Found) -> Option<(Cents, &Cell)> {
        let cell = self.cells.get(found.cell as usize)?;
        Some((cell.figures(found.quantity, found.rate.into())?, cell))
    }

    #[inline(always)]
    fn rate(&self, view: View<'_>) -> Option<(Said, u32)> {
        let Some(field) = self.rate else { return Some((Said::Nothing, 0)) };
        let field = view.number(field);
        let rate = match number::rate(view, field) {
            Some(rate) => rate,
            None => exact_rate(view.text(field))?,
        };
        let said = [[Said::Some, Said::Zero], [Said::Nothing, Said::Nothing]];
        Some((said[usize::from(field.length == 0)][usize::from(rate == 0)], rate))
    }

    /// Reads the text of a row's kind into `key`, and says a hash of it; nothing, if it is too long.
    #[inline(always)]
    fn read(&mut self, view: View<'_>) -> Option<u64> {
        let Key { lanes, lengths } = &mut self.key;
        let (mut hash, mut place) = (0_u64, 0);
        *lengths = 0;
        for stretch in &self.stretches {
            let Field { at, length } = view.stretch(stretch.first, stretch.last);
            let length = usize::from(length);
            if length > 16 * stretch.lanes {
                return None;
            }
            *lengths = *lengths << 8 | length as u64;
            for index in 0..stretch.lanes {
                // What stands behind the text is read too, and masked: no branch depends on its
                // length.
                let rest = length.saturating_sub(16 * index).min(16);
                let lane = u8x16::new(*view.lane(at, index)) & u8x16::new(MASKS[rest]);
                lanes[place % LONGEST] = lane;
                place += 1;
                let [low, high] = halves(lane);
                hash = hash.rotate_left(17).wrapping_add(low.wrapping_mul(FACTOR) ^ high);
            }
        }
        hash ^= hash >> 32;
        Some(hash.wrapping_add(*lengths).wrapping_mul(FACTOR))
    }

    #[inline(always)]
    fn known(&self, hash: u64) -> Option<usize> {
        let mut slot = start(hash);
        loop {
            let kind = usize::from(self.slots[slot]).checked_sub(1)?;
            if self.known[kind].is(&self.key, self.lanes) {
                return Some(kind);
            }
            slot = (slot + 1) % SLOTS;
        }
    }

    #[cold]
    fn add(&mut self, row: Row<'_>, hash: u64) -> Option<usize> {
        if self.known.len() == MOST {
            return None;
        }
        let said = desk::texts(row, self.layout).ok()?;
        let said = said.map(|text| Cow::Owned(text.into_owned()));
        let book = self.desk.book();
        let metric = book.metric(&said[Column::Metric as usize]);
        let breaks = metric.map(|metric| book.breaks(metric)).unwrap_or_default();
        let program =
            book.programs().find(|(_, program)| program.name() == said[Column::Strategic as usize]);
        let most = program.map_or(0, |(_, program)| program.max_rate().millionths().into());
        let mut first = [i32::MAX; RANGES];
        for (first, from) in first.iter_mut().zip(&breaks) {
            *first = i32::try_from(*from).ok()?;
        }
        let Key { lanes, lengths } = self.key;
        self.known.push(Kind { lanes, lengths, breaks: first });
        self.answers.push([[Answer::UNASKED; 4]; RANGES]);
        self.asking.push(Asking { breaks, most, texts: said });
        let mut slot = start(hash);
        while self.slots[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = u16::try_from(self.known.len()).ok()?;
        Some(self.known.len() - 1)
    }

    /// Asks the engine for a range of quantities.
    #[cold]
    fn asked(&mut self, place: usize, range: usize, said: Said) -> Answer {
        let Asking { breaks, most, texts } = &self.asking[place];
        let end = breaks.get(range + 1).map_or(Quantity::MAX, |next| next - 1);
        let quantities = breaks[range]..=end;
        let variants = Variants::new(self.desk, texts, said);
        let most = if said == Said::Some { *most } else { 0 };
        let book = self.desk.book();
        let metric = book.metric(&texts[Column::Metric as usize]);
        // A cell rounds to cents and is written in them.
        let is_in_cents = book.currency().minor == cell::PLACES
            && metric.is_some_and(|metric| metric.places() == cell::PLACES);
        let cell = match said {
            _ if !is_in_cents => None,
            Said::Some if most == 0 => None,
            _ => Cell::of(book, &variants, &quantities, most),
        };
        let answer = match (cell, u16::try_from(self.cells.len())) {
            (Some(cell), Ok(place)) if place < Answer::ONE_BY_ONE.0 => {
                self.cells.push(cell);
                Answer(place)
            }
            _ => Answer::ONE_BY_ONE,
        };
        self.answers[place][range][said as usize] = answer;
        answer
    }
}

/// Which slot a hash begins at: its high bits, which all of its text has gone into.
#[inline(always)]
fn start(hash: u64) -> usize {
    usize::try_from(hash >> (64 - SLOTS.ilog2())).unwrap_or_default()
}

/// A lane as two words.
#[inline(always)]
fn halves(lane: u8x16) -> [u64; 2] {
    let all = u128::from_le_bytes(lane.to_array());
    [all as u64, (all >> 64) as u64]
}

/// By how many bytes of a lane belong to a text.
const MASKS: [[u8; 16]; 17] = {
    let mut masks = [[0; 16]; 17];
    let mut length = 0;
    while length <= 16 {
        let mut at = 0;
        while at < length {
            masks[length][at] = 0xff;
            at += 1;
        }
        length += 1;
    }
    masks
};

/// The golden ratio, in 64 bits.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

impl Kind {
    /// Whether it has that text, of so many lanes.
    #[inline(always)]
    fn is(&self, key: &Key, lanes: usize) -> bool {
        let lanes = self.lanes.iter().zip(&key.lanes).take(lanes);
        let odd = lanes.fold(u8x16::ZERO, |odd, (mine, other)| odd | (*mine ^ *other));
        odd.simd_eq(u8x16::ZERO).to_bitmask() == 0xffff && self.lengths == key.lengths
    }

    /// How many of its breaks a quantity has reached.
    #[inline(always)]
    fn range(&self, quantity: u64) -> usize {
        // A quantity is at most a billion.
        let quantity = i32::try_from(quantity).unwrap_or_default();
        self.breaks.iter().map(|&from| usize::from(from <= quantity)).sum()
    }
}

/// The columns that make a kind, with those together that stand side by side.
fn stretches(layout: &Layout) -> Vec<Stretch> {
    let columns = Column::ALL.iter().filter(|(_, column)| column.room() > 0);
    let mut fields: Vec<_> =
        columns.filter_map(|(_, column)| Some((layout.place(*column)?, column.room()))).collect();
    fields.sort_unstable();
    let mut stretches: Vec<(usize, usize, usize)> = Vec::new();
    for (field, room) in fields {
        match stretches.last_mut() {
            Some((_, last, all)) if *last + 1 == field => (*last, *all) = (field, *all + room),
            _ => stretches.push((field, field, room)),
        }
    }
    let stretch = |(first, last, room): (usize, usize, usize)| Stretch {
        first,
        last,
        lanes: room.div_ceil(16),
    };
    let mut stretches: Vec<_> = stretches.into_iter().map(stretch).collect();
    // Where columns lie so far apart that this is too much, the longest text gets less room.
    while stretches.iter().map(|stretch| stretch.lanes).sum::<usize>() > LONGEST {
        if let Some(longest) = stretches.iter_mut().max_by_key(|stretch| stretch.lanes) {
            longest.lanes -= 1;
        }
    }
    stretches
}

/// A whole quantity that is written in another way.
#[cold]
fn exact_quantity(raw: &[u8]) -> Option<u64> {
    let quantity = Quantity::parse(std::str::from_utf8(raw).ok()?.trim()).ok()?;
    quantity.is_whole().then(|| quantity.ceil())
}

/// A rate that is written in another way, in millionths.
#[cold]
fn exact_rate(raw: &[u8]) -> Option<u32> {
    let rate = Rate::parse(std::str::from_utf8(raw).ok()?.trim()).ok()?;
    Some(rate.millionths())
}
