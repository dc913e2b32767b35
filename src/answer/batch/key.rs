//! What rows are known by: the texts that decide a price, as they stand.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::row::{Field, FieldSpan, RowView};
use super::{Column, ColumnLayout};
use wide::bytemuck::cast;
use wide::{u8x16, u64x2};

/// The longest text of a kind, in lanes of sixteen bytes.
pub(super) const LONGEST: usize = 8;

/// The text of a row's kind: of each stretch its lanes, with zeros behind it.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowKey {
    pub lanes: [u8x16; LONGEST],
    /// How long each stretch is, eight bits for each. Without them a text with zeros of its own
    /// could look like a shorter one.
    pub lengths: u64,
}

/// Columns that stand side by side.
#[derive(Debug, Clone, Copy)]
struct ColumnSpan {
    fields: FieldSpan,
    /// How many lanes their text may have.
    lanes: usize,
}

/// Reads the texts of rows of one layout.
pub(super) struct RowKeyReader {
    stretches: Vec<ColumnSpan>,
    is_far: bool,
    /// Its lanes behind the last stretch stay empty.
    key: RowKey,
}

impl RowKeyReader {
    pub fn new(layout: &ColumnLayout) -> Self {
        let key = RowKey { lanes: [u8x16::ZERO; LONGEST], lengths: 0 };
        let stretches = stretches(layout);
        let lanes: usize = stretches.iter().map(|stretch| stretch.lanes).sum();
        Self { stretches, is_far: lanes > LONGEST / 2, key }
    }

    /// Whether a text may have lanes beyond the first half of them.
    #[inline(always)]
    pub const fn is_far(&self) -> bool {
        self.is_far
    }

    /// That of the row which was read last.
    #[inline(always)]
    pub const fn last(&self) -> &RowKey {
        &self.key
    }

    /// Reads the text of a row, and says a hash of it; nothing, if it is too long.
    #[inline(always)]
    pub fn read(&mut self, view: RowView<'_>) -> Option<u64> {
        let (mut sum, mut lengths, mut place) = (u64x2::ZERO, 0, 0);
        for stretch in &self.stretches {
            let Field { at, length } = view.fields(&stretch.fields);
            if usize::from(length) > 16 * stretch.lanes {
                return None;
            }
            lengths = lengths << 8 | u64::from(length);
            // Each number of lanes has a way of its own, without a loop.
            let text = ColumnText { view, at, length };
            let lanes = &mut self.key.lanes;
            match stretch.lanes {
                1 => text.read::<1>(lanes, &mut place, &mut sum),
                2 => text.read::<2>(lanes, &mut place, &mut sum),
                3 => text.read::<3>(lanes, &mut place, &mut sum),
                4 => text.read::<4>(lanes, &mut place, &mut sum),
                5 => text.read::<5>(lanes, &mut place, &mut sum),
                6 => text.read::<6>(lanes, &mut place, &mut sum),
                7 => text.read::<7>(lanes, &mut place, &mut sum),
                _ => text.read::<LONGEST>(lanes, &mut place, &mut sum),
            }
        }
        self.key.lengths = lengths;
        let [low, high] = sum.to_array();
        let hash = low.wrapping_mul(FACTOR) ^ high ^ lengths;
        Some((hash ^ hash >> 32).wrapping_mul(FACTOR))
    }
}

/// The text of a stretch.
#[derive(Clone, Copy)]
struct ColumnText<'a> {
    view: RowView<'a>,
    at: u8,
    length: u8,
}

impl ColumnText<'_> {
    /// Reads its lanes, and mixes them into a sum. What stands behind the text is read too, and
    /// masked: no branch depends on its length.
    #[inline(always)]
    fn read<const LANES: usize>(
        self,
        lanes: &mut [u8x16; LONGEST],
        place: &mut usize,
        sum: &mut u64x2,
    ) {
        let kept = &KEPT[KEPT.len() / 2 - usize::from(self.length)..];
        let Some(lanes) = lanes[*place % LONGEST..].first_chunk_mut::<LANES>() else { return };
        for (index, lane) in lanes.iter_mut().enumerate() {
            let kept = kept[16 * index..].first_chunk().unwrap_or(&[0; 16]);
            *lane = u8x16::new(*self.view.lane(self.at, index)) & u8x16::new(*kept);
            *sum = (*sum + (*sum << 5)) ^ cast::<u8x16, u64x2>(*lane);
        }
        *place += LANES;
    }
}

/// Ones, as many as bytes of a text are kept, and zeros behind them, from somewhere on.
const KEPT: [u8; 1024] = {
    let mut kept = [0; 1024];
    let mut at = 0;
    while at < 512 {
        kept[at] = 0xff;
        at += 1;
    }
    kept
};

/// The golden ratio, in 64 bits.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// The columns that make a kind, with those together that stand side by side.
fn stretches(layout: &ColumnLayout) -> Vec<ColumnSpan> {
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
    let stretch = |(first, last, room): (usize, usize, usize)| {
        let fields = FieldSpan::new(first, last, layout.width())?;
        Some(ColumnSpan { fields, lanes: room.div_ceil(16) })
    };
    let mut stretches: Vec<_> = stretches.into_iter().filter_map(stretch).collect();
    // Where columns lie so far apart that this is too much, the longest text gets less room.
    while stretches.iter().map(|stretch| stretch.lanes).sum::<usize>() > LONGEST {
        if let Some(longest) = stretches.iter_mut().max_by_key(|stretch| stretch.lanes) {
            longest.lanes -= 1;
        }
    }
    stretches
}
