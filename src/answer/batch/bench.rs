//! A chunk of rows, priced one after another.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::csv::{Chunk, FieldEnds, MalformedRow};
use super::desk::RowPricer;
use super::kinds::{MemoHit, PriceMemo};
use super::page::OutputBuffer;
use super::pen::{RowWriter, has_id, plain};
use super::row::{CsvBlock, CsvRow, FRONT, Field, FieldSpan};
use super::shared::SharedMemo;
use super::stream::RowFormat;
use super::tally::{CentTally, Tally};
use super::{Column, ColumnLayout, json_lines};
use multiversion::multiversion;

/// What a chunk of rows came to.
#[derive(Debug)]
pub(super) struct ChunkResult {
    /// The output.
    pub page: OutputBuffer,
    /// Rows that could not be priced, in their order.
    pub faults: Vec<RowError>,
    /// How many rows there were.
    pub rows: u64,
    pub tally: Tally,
}

/// A row that could not be priced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RowError {
    /// Which row of the chunk, counted from 1.
    pub row: u64,
    /// As much of its id as could be read.
    pub id: String,
    pub error: String,
}

/// Some whole rows of the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChunkRows {
    /// CSV from the first byte up to here, every quotation mark of which is where it belongs or not.
    Csv { end: usize, is_plain: bool },
    /// A line for each, up to here.
    Json { end: usize },
    /// One that is longer than any chunk, from its first byte on.
    TooLong,
}

/// A place where rows are priced; each thread has its own.
pub(super) struct Worker<'d, 'b> {
    desk: &'d RowPricer<'b>,
    layout: &'d ColumnLayout,
    id: FieldSpan,
    pen: RowWriter<'b>,
    kinds: PriceMemo<'d, 'b>,
    marks: FieldEnds,
    line: json_lines::JsonRow,
    looked: Vec<LookedUp>,
    quick: CentTally,
    done: ChunkResult,
}

impl<'d, 'b> Worker<'d, 'b> {
    /// Nothing, if rows of the layout have no id or no quantity.
    pub fn new(
        desk: &'d RowPricer<'b>,
        layout: &'d ColumnLayout,
        shared: &'d SharedMemo,
        written: RowFormat,
    ) -> Option<Self> {
        let tally = Tally::new(desk);
        Some(Self {
            desk,
            layout,
            id: FieldSpan::of(layout, Column::Id)?,
            pen: RowWriter::new(desk, written),
            kinds: PriceMemo::new(desk, layout, shared)?,
            marks: FieldEnds::default(),
            line: json_lines::JsonRow::default(),
            looked: Vec::new(),
            quick: CentTally::default(),
            done: ChunkResult { page: OutputBuffer::default(), faults: Vec::new(), rows: 0, tally },
        })
    }

    /// Prices rows. What they came to can be read until the next ones.
    pub fn price(&mut self, chunk: &Chunk, rows: ChunkRows) -> &ChunkResult {
        self.done.page.clear();
        self.done.faults.clear();
        self.done.rows = 0;
        self.done.tally = Tally::new(self.desk);
        match rows {
            ChunkRows::Csv { end, is_plain } => self.csv(chunk, end, is_plain),
            ChunkRows::Json { end } => self.json(&chunk.bytes[FRONT..end]),
            ChunkRows::TooLong => self.broken(MalformedRow::TooLong { row: &chunk.bytes[FRONT..] }),
        }
        self.quick.drain(&mut self.done.tally);
        self.done.tally.failed = self.done.faults.len() as u64;
        &self.done
    }

    /// What the last rows came to.
    pub const fn done(&self) -> &ChunkResult {
        &self.done
    }

    fn csv(&mut self, chunk: &Chunk, end: usize, is_plain: bool) {
        let mut marks = std::mem::take(&mut self.marks);
        let width = self.layout.width();
        marks.rows(chunk, (end, is_plain), width, |rows| match rows {
            Ok(rows) => price(self, rows),
            Err(broken) => self.broken(broken),
        });
        self.marks = marks;
    }

    fn json(&mut self, bytes: &[u8]) {
        let mut line = std::mem::take(&mut self.line);
        for text in bytes.split(|&byte| byte == b'\n').filter(|text| !text.trim_ascii().is_empty())
        {
            match line.read(text, self.layout) {
                Ok(row) => price(self, row),
                Err((id, error)) => self.fault(id, error),
            }
        }
        self.line = line;
    }

    #[cold]
    fn write_single_row(&mut self, row: CsvRow<'_>) {
        match self.desk.price(row, self.layout) {
            Ok(priced) => {
                let place = priced.outcome.place(self.desk.book());
                self.done.tally.exact(&priced, place);
                self.pen.write_exact(&mut self.done.page, row, self.id.first(), &priced, place);
            }
            Err(error) => {
                let id = row.text(self.layout, Column::Id).unwrap_or_default();
                self.fault(id.into_owned(), error);
            }
        }
    }

    #[cold]
    fn broken(&mut self, broken: MalformedRow<'_>) {
        let (id, error) = malformed_row_message(&broken, self.layout.width(), self.id.first());
        self.fault(id, error);
    }

    fn fault(&mut self, id: String, error: String) {
        self.done.rows += 1;
        self.done.faults.push(RowError { row: self.done.rows, id, error });
    }
}

/// What is wrong with a row that has no fields, behind as much of its id as can be read.
#[cold]
pub(super) fn malformed_row_message(
    broken: &MalformedRow<'_>,
    width: usize,
    id: usize,
) -> (String, String) {
    let (row, error) = match broken {
        MalformedRow::Width { found, row } => {
            let plural = if *found == 1 { "" } else { "s" };
            (row, format!("row: it has {found} field{plural}, and the header has {width}"))
        }
        MalformedRow::Open { row } => {
            let message = "row: a quotation mark is not closed before a comma or the end of the \
                           line, or the text in it is longer than 64 KiB";
            (row, message.to_owned())
        }
        MalformedRow::TooLong { row } => (row, "row: it is longer than 512 KiB".to_owned()),
    };
    // The fields before the fault may be those of the header.
    let id = row.split(|&byte| byte == b',').nth(id).unwrap_or_default();
    (String::from_utf8_lossy(id).trim().chars().take(64).collect(), error)
}

/// A row that was looked at: its id, as far as that is plain, and where its price is.
#[derive(Debug, Clone, Copy)]
struct LookedUp {
    /// Where its id begins.
    id: u32,
    /// Nothing, if it is not plain.
    length: u8,
    found: MemoHit,
}

/// Prices rows. One alone gains nothing from instructions that not every processor has, and to find
/// out about those takes longer than to price it.
fn price(bench: &mut Worker<'_, '_>, block: CsvBlock<'_>) {
    if block.count == 1 { write_block(bench, block) } else { many(bench, block) }
}

#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn many(bench: &mut Worker<'_, '_>, block: CsvBlock<'_>) {
    write_block(bench, block);
}

/// Looks up rows, then writes them: two short ways, of which a processor has several rows in hand
/// at once.
#[inline(always)]
fn write_block(bench: &mut Worker<'_, '_>, block: CsvBlock<'_>) {
    let mut room = std::mem::take(&mut bench.looked);
    if room.len() < block.count {
        room.resize(block.count, LookedUp::NOTHING);
    }
    let looked = &mut room[..block.count];
    // A loop of its own: what is handed to `extend` is built without the instructions of its caller.
    for (place, looked) in looked.iter_mut().enumerate() {
        *looked = bench.look(block, place);
    }
    let before = bench.done.rows;
    for (place, looked) in looked.iter().enumerate() {
        if !bench.write(block, looked) {
            bench.done.rows = before + place as u64;
            bench.slowly(block.row(place), looked.found);
        }
    }
    bench.done.rows = before + block.count as u64;
    bench.looked = room;
}

impl LookedUp {
    /// A row that has to be priced by itself.
    const NOTHING: Self = Self { id: 0, length: 0, found: MemoHit::NOWHERE };
}

impl Worker<'_, '_> {
    #[inline(always)]
    fn look(&mut self, block: CsvBlock<'_>, place: usize) -> LookedUp {
        let Some(view) = block.view(place) else { return LookedUp::NOTHING };
        let found = self.kinds.find(view, block, place);
        match plain(view, &self.id) {
            Some(Field { at, length }) => {
                LookedUp { id: view.start() + u32::from(at), length, found }
            }
            None => LookedUp { id: 0, length: 0, found },
        }
    }

    /// Writes a row with a plain id and a price that was looked up; says whether it could.
    #[inline(always)]
    fn write(&mut self, block: CsvBlock<'_>, looked: &LookedUp) -> bool {
        if looked.length == 0 {
            return false;
        }
        let Some((cents, cell)) = self.kinds.price(looked.found) else { return false };
        let id = block.bytes.get(looked.id as usize..).and_then(<[u8]>::first_chunk);
        let Some(id) = id else { return false };
        let is_put = self.pen.write_fast(&mut self.done.page, (id, looked.length), &cents, cell);
        if is_put {
            self.quick.add(&cents);
        }
        is_put
    }

    /// Writes any other row.
    #[cold]
    fn slowly(&mut self, row: CsvRow<'_>, found: MemoHit) {
        match self.kinds.price(found).filter(|_| has_id(row, self.id.first())) {
            Some((cents, cell)) => {
                self.pen.write_general(&mut self.done.page, row, self.id.first(), &cents, cell);
                self.quick.add(&cents);
            }
            None => self.write_single_row(row),
        }
    }
}
