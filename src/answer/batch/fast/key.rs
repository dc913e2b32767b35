//! Keys of rows: the bytes of every column that decides a price, but for quantity and rate.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::super::column::{Column, ColumnLayout};
use super::view::{Field, FieldSpan, RowView};
use wide::bytemuck::cast;
use wide::{u8x16, u64x2};

/// Longest key, in lanes of sixteen bytes.
pub(in super::super) const LONGEST: usize = 8;

/// Key of a row: the lanes of each span of columns, with zeros behind its text.
pub(in super::super) struct RowKey {
    pub lanes: [u8x16; LONGEST],
    /// Length of each span, in eight bits: else a text with zeros of its own could look like a shorter one.
    pub lengths: u64,
}

/// Columns that stand side by side.
struct ColumnSpan {
    fields: FieldSpan,
    /// Limit of the lanes of their text.
    lanes: usize,
}

/// Reads the keys of rows of one layout.
pub(in super::super) struct RowKeyReader {
    spans: Vec<ColumnSpan>,
    /// Whether a key may have lanes beyond the first half of them.
    pub is_far: bool,
    /// Key of the row that was read last. Its lanes behind the last span stay empty.
    pub key: RowKey,
}

impl RowKeyReader {
    pub fn new(layout: &ColumnLayout) -> Self {
        let key = RowKey { lanes: [u8x16::ZERO; LONGEST], lengths: 0 };
        let spans = spans(layout);
        let lanes: usize = spans.iter().map(|span| span.lanes).sum();
        Self { spans, is_far: lanes > LONGEST / 2, key }
    }

    /// Reads the key of a row, and returns its hash; `None` if the key is too long.
    #[inline(always)]
    pub fn read(&mut self, view: RowView<'_>) -> Option<u64> {
        let (mut sum, mut lengths, mut place) = (u64x2::ZERO, 0, 0);
        for span in &self.spans {
            let text = view.fields(&span.fields);
            if usize::from(text.length) > 16 * span.lanes {
                return None;
            }
            // Of more spans than there are lanes, some have no room for any text.
            if span.lanes == 0 {
                continue;
            }
            lengths = lengths << 8 | u64::from(text.length);
            // Each number of lanes has code of its own, without a loop.
            let to = (&mut self.key.lanes, &mut place, &mut sum);
            match span.lanes {
                1 => read_lanes::<1>(view, text, to),
                2 => read_lanes::<2>(view, text, to),
                3 => read_lanes::<3>(view, text, to),
                4 => read_lanes::<4>(view, text, to),
                5 => read_lanes::<5>(view, text, to),
                6 => read_lanes::<6>(view, text, to),
                7 => read_lanes::<7>(view, text, to),
                _ => read_lanes::<LONGEST>(view, text, to),
            }
        }
        self.key.lengths = lengths;
        let [low, high] = sum.to_array();
        let hash = low.wrapping_mul(FACTOR) ^ high ^ lengths;
        Some((hash ^ hash >> 32).wrapping_mul(FACTOR))
    }
}

/// Reads the lanes of the text of a span, and mixes them into a sum. Bytes behind the text are read too, and
/// masked, so that no branch depends on its length.
#[inline(always)]
fn read_lanes<const LANES: usize>(
    view: RowView<'_>,
    Field { at, length }: Field,
    (lanes, place, sum): (&mut [u8x16; LONGEST], &mut usize, &mut u64x2),
) {
    let kept = &KEPT[KEPT.len() / 2 - usize::from(length)..];
    let Some(lanes) = lanes[*place % LONGEST..].first_chunk_mut::<LANES>() else { return };
    for (index, lane) in lanes.iter_mut().enumerate() {
        let kept = kept[16 * index..].first_chunk().unwrap_or(&[0; 16]);
        *lane = u8x16::new(*view.lane(at, index)) & u8x16::new(*kept);
        *sum = (*sum + (*sum << 5)) ^ cast::<u8x16, u64x2>(*lane);
    }
    *place += LANES;
}

/// Mask of the bytes of a text: 512 ones, and as many zeros behind them. It begins as many bytes before the
/// zeros as the text is long.
const KEPT: [u8; 1024] = {
    let mut kept = [0; 1024];
    let mut at = 0;
    while at < 512 {
        kept[at] = 0xff;
        at += 1;
    }
    kept
};

/// Golden ratio in 64 bits, which spreads keys that differ little over all slots.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Finds the columns of the key, with those together that stand side by side.
fn spans(layout: &ColumnLayout) -> Vec<ColumnSpan> {
    let columns = Column::ALL.iter().filter(|(_, column)| column.key_bytes() > 0);
    let mut fields: Vec<_> = columns
        .filter_map(|(_, column)| Some((layout.field(*column)?, column.key_bytes())))
        .collect();
    fields.sort_unstable();
    let mut joined: Vec<(usize, usize, usize)> = Vec::new();
    for (field, bytes) in fields {
        match joined.last_mut() {
            Some((_, last, all)) if *last + 1 == field => (*last, *all) = (field, *all + bytes),
            _ => joined.push((field, field, bytes)),
        }
    }
    let span = |(first, last, bytes): (usize, usize, usize)| {
        let fields = FieldSpan::new(first, last, layout.width)?;
        Some(ColumnSpan { fields, lanes: bytes.div_ceil(16) })
    };
    let mut spans: Vec<_> = joined.into_iter().filter_map(span).collect();
    // Where columns lie so far apart that this is too much, the longest text gets less room.
    while spans.iter().map(|span| span.lanes).sum::<usize>() > LONGEST {
        if let Some(longest) = spans.iter_mut().max_by_key(|span| span.lanes) {
            longest.lanes -= 1;
        }
    }
    spans
}
