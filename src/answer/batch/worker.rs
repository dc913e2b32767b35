//! Rows of a chunk, priced one after another under one book or under several.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::column::{Column, ColumnLayout};
use super::fast::{Field, RowReader};
use super::memo::{MemoHit, PriceMemo, PriceRange, RowPrice, SharedMemo};
use super::price::{PricedRow, RowPricer};
use super::read::{Chunk, RowFinder};
use super::row::{Row, RowBlock, UnreadableRow};
use multiversion::multiversion;

pub(super) enum Priced<'m> {
    /// From the memo, in cents.
    Known(RowPrice, &'m PriceRange),
    Exact(PricedRow),
}

/// Output of a thread for the chunk that it prices, under `BOOKS` books at once.
pub(super) trait RowSink<const BOOKS: usize> {
    /// Removes the output of the chunk before.
    fn begin(&mut self) {}

    /// Adds a row whose id is plain, if all of its prices are known. Returns `false` for a row that
    /// [`Self::add`] has to take.
    fn add_fast(
        &mut self,
        row: (RowBlock<'_>, usize),
        id: (&[u8; 16], u8),
        prices: [Option<(RowPrice, &PriceRange)>; BOOKS],
    ) -> bool;

    /// Adds any row. `number` counts the rows of the chunk from 1.
    fn add(&mut self, number: u64, row: Row<'_>, prices: [Result<Priced<'_>, String>; BOOKS]);

    fn add_unreadable(&mut self, number: u64, row: UnreadableRow);

    fn end(&mut self) {}
}

/// Pricing of one thread: all that it has read, remembers, and has priced.
pub(super) struct Worker<'d, 'b, S, const BOOKS: usize> {
    finder: RowFinder<'d>,
    blocks: BlockPricer<'d, 'b, S, BOOKS>,
}

impl<'d, 'b, S: RowSink<BOOKS>, const BOOKS: usize> Worker<'d, 'b, S, BOOKS> {
    /// Returns `None` if rows of the layout have no id or no quantity.
    pub fn new(
        pricers: [&'d RowPricer<'b>; BOOKS],
        layout: &'d ColumnLayout,
        shared: &'d [SharedMemo; BOOKS],
        sink: S,
    ) -> Option<Self> {
        let memo = |book: usize| PriceMemo::new(pricers[book], layout, &shared[book]);
        let blocks = BlockPricer {
            pricers,
            layout,
            reader: RowReader::new(layout)?,
            memos: std::array::from_fn(memo),
            looked_up: Vec::new(),
            rows: 0,
            sink,
        };
        Some(Self { finder: RowFinder::new(layout)?, blocks })
    }

    /// Prices the rows of a chunk into the sink, and returns how many there are.
    pub fn price(&mut self, chunk: &Chunk) -> u64 {
        let blocks = &mut self.blocks;
        blocks.sink.begin();
        blocks.rows = 0;
        self.finder.rows(chunk, |rows| match rows {
            Ok(block) => price(blocks, block),
            Err(row) => {
                blocks.rows += 1;
                blocks.sink.add_unreadable(blocks.rows, row);
            }
        });
        blocks.sink.end();
        blocks.rows
    }

    pub const fn sink(&mut self) -> &mut S {
        &mut self.blocks.sink
    }
}

struct BlockPricer<'d, 'b, S, const BOOKS: usize> {
    pricers: [&'d RowPricer<'b>; BOOKS],
    layout: &'d ColumnLayout,
    reader: RowReader,
    memos: [PriceMemo<'d, 'b>; BOOKS],
    looked_up: Vec<LookedUp<BOOKS>>,
    rows: u64,
    sink: S,
}

/// Plain id of a row, and the places of its prices.
#[derive(Debug, Clone, Copy)]
struct LookedUp<const BOOKS: usize> {
    id: u32,
    /// Length of the id; zero for an id that is not plain.
    length: u8,
    hits: [MemoHit; BOOKS],
}

impl<const BOOKS: usize> LookedUp<BOOKS> {
    /// A row that has to be priced by itself.
    const NONE: Self = Self { id: 0, length: 0, hits: [MemoHit::NONE; BOOKS] };
}

/// Prices a block of rows. A single row gains nothing from instructions that not every processor has, and
/// to find out about those takes longer than to price it.
fn price<S: RowSink<BOOKS>, const BOOKS: usize>(
    blocks: &mut BlockPricer<'_, '_, S, BOOKS>,
    block: RowBlock<'_>,
) {
    if block.count == 1 { blocks.price(block) } else { price_many(blocks, block) }
}

#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn price_many<S: RowSink<BOOKS>, const BOOKS: usize>(
    blocks: &mut BlockPricer<'_, '_, S, BOOKS>,
    block: RowBlock<'_>,
) {
    blocks.price(block);
}

impl<S: RowSink<BOOKS>, const BOOKS: usize> BlockPricer<'_, '_, S, BOOKS> {
    /// Looks up all rows, then writes them: of two short loops, a processor has several rows in hand at once.
    #[inline(always)]
    fn price(&mut self, block: RowBlock<'_>) {
        let mut room = std::mem::take(&mut self.looked_up);
        if room.len() < block.count {
            room.resize(block.count, LookedUp::NONE);
        }
        let looked_up = &mut room[..block.count];
        // A loop of its own: a closure for `extend` is built without the instructions of its caller.
        for (index, looked_up) in looked_up.iter_mut().enumerate() {
            *looked_up = self.look_up(block, index);
        }
        let before = self.rows;
        for (index, looked_up) in looked_up.iter().enumerate() {
            if !self.add_fast(block, index, looked_up) {
                self.add(before + index as u64 + 1, block.row(index), looked_up.hits);
            }
        }
        self.rows = before + block.count as u64;
        self.looked_up = room;
    }

    #[inline(always)]
    fn look_up(&mut self, block: RowBlock<'_>, index: usize) -> LookedUp<BOOKS> {
        let Some(view) = block.view(index) else { return LookedUp::NONE };
        let Some(quick) = self.reader.read(view, block, index) else { return LookedUp::NONE };
        let mut hits = [MemoHit::NONE; BOOKS];
        for (hit, memo) in hits.iter_mut().zip(&mut self.memos) {
            if let Some(found) = memo.find(quick, &self.reader, (block, index)) {
                *hit = found;
            }
        }
        match self.reader.plain_id(view) {
            Some(Field { at, length }) => {
                LookedUp { id: view.start() + u32::from(at), length, hits }
            }
            None => LookedUp { hits, ..LookedUp::NONE },
        }
    }

    /// Adds a row with a plain id and known prices; says whether the row was added.
    #[inline(always)]
    fn add_fast(&mut self, block: RowBlock<'_>, index: usize, looked_up: &LookedUp<BOOKS>) -> bool {
        if looked_up.length == 0 {
            return false;
        }
        let id = block.bytes.get(looked_up.id as usize..).and_then(<[u8]>::first_chunk);
        let Some(id) = id else { return false };
        let mut prices = [None; BOOKS];
        for (book, price) in prices.iter_mut().enumerate() {
            *price = self.memos[book].price(looked_up.hits[book]);
        }
        self.sink.add_fast((block, index), (id, looked_up.length), prices)
    }

    #[cold]
    fn add(&mut self, number: u64, row: Row<'_>, hits: [MemoHit; BOOKS]) {
        let id = row.text(self.layout, Column::Id);
        let has_id = id.is_some_and(|id| !id.is_empty() && !id.contains(['\n', '\r']));
        let prices = std::array::from_fn(|book| {
            match self.memos[book].price(hits[book]).filter(|_| has_id) {
                Some((price, range)) => Ok(Priced::Known(price, range)),
                None => self.pricers[book].price(row, self.layout).map(Priced::Exact),
            }
        });
        self.sink.add(number, row, prices);
    }
}
