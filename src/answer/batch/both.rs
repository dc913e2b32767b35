//! Rows priced at two desks in one pass: what they cost here, and what they cost there.

use super::bench::{ChunkRows, malformed_row_message};
use super::cell::{PLACES, RowPrice};
use super::csv::{Chunk, FieldEnds};
use super::desk::{PricedRow, RowPricer};
use super::intake::ChunkReader;
use super::kinds::PriceMemo;
use super::line::ChunkStage;
use super::pen::{has_id, plain};
use super::row::{CsvBlock, CsvRow, FRONT, FieldSpan};
use super::shared::SharedMemo;
use super::stream::{BatchError, BatchJob};
use super::{Column, ColumnLayout, json_lines, line};
use crate::approve::ApprovalOutcome;
use crate::book::PriceBook;
use crate::number::Total;
use multiversion::multiversion;
use std::borrow::Cow;
use std::io;
use std::io::Read;

/// What a deal costs, and who must say yes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealFigures {
    /// Of one unit, package or line, where the deal has one such price.
    pub net_unit: Option<Total>,
    /// The contract value at list.
    pub list_tcv: Total,
    /// The contract value.
    pub tcv: Total,
    /// Who must say yes.
    pub outcome: ApprovalOutcome,
    /// The reviews beside that, by name.
    pub reviews: Vec<String>,
}

/// A row, priced at both desks. What cannot be priced says why.
#[derive(Debug)]
pub struct RowPair<'a> {
    /// What it is known by.
    pub id: Cow<'a, str>,
    /// The metric that it names.
    pub metric: Cow<'a, str>,
    /// At the first desk, and at the other one.
    pub sides: [Result<DealFigures, String>; 2],
}

/// What is made of a chunk of rows.
pub trait PairSink: Send {
    /// The next row.
    fn row(&mut self, pair: &RowPair<'_>);
}

/// The other desk, and what is made of rows that both have priced.
pub struct SecondPricer<'a, 'b, S> {
    /// Where rows are priced a second time.
    pub desk: &'a RowPricer<'b>,
    /// Begins what is made of a chunk.
    pub sheet: &'a (dyn Fn() -> S + Sync),
}

/// Prices every row of an input at two desks, and hands over what was made of each chunk in the order
/// of the input. A form in which rows are written is none of its business.
///
/// # Errors
/// The header is wrong, the input cannot be read, or `done` fails.
pub fn run_both<S: PairSink>(
    job: &BatchJob<'_, '_>,
    beside: &SecondPricer<'_, '_, S>,
    input: &mut (dyn Read + Send),
    done: &mut (dyn FnMut(S) -> io::Result<()> + Send),
) -> Result<(), BatchError> {
    let (intake, layout) = ChunkReader::open(job, input)?;
    let pricing = PairPricingStage { job, beside, layout: &layout, shared: &Default::default() };
    let mut put = |place: &mut PairWorkerState<'_, '_, S>, _| match place.sheet.take() {
        Some(sheet) => done(sheet).map_err(BatchError::Write),
        None => Ok(()),
    };
    line::run(&pricing, intake, job.threads, job.progress, &mut put)
}

/// Rows are priced twice at benches.
struct PairPricingStage<'p, 'a, 'b, S> {
    job: &'p BatchJob<'a, 'b>,
    beside: &'p SecondPricer<'a, 'b, S>,
    layout: &'p ColumnLayout,
    shared: &'p [SharedMemo; 2],
}

/// A bench, and what was made of the chunk that was priced there.
struct PairWorkerState<'d, 'b, S> {
    bench: PairWorker<'d, 'b>,
    sheet: Option<S>,
}

impl<'p, 'b, S: PairSink> ChunkStage for PairPricingStage<'p, '_, 'b, S> {
    type WorkerState = PairWorkerState<'p, 'b, S>;

    fn place(&self) -> Option<Self::WorkerState> {
        let bench = PairWorker::new([self.job.desk, self.beside.desk], self.layout, self.shared)?;
        Some(PairWorkerState { bench, sheet: None })
    }

    fn chunk(&self, place: &mut Self::WorkerState, chunk: &Chunk, rows: ChunkRows) -> u64 {
        place.bench.price(chunk, rows, place.sheet.insert((self.beside.sheet)()))
    }
}

/// A place where rows are priced twice; each thread has its own.
struct PairWorker<'d, 'b> {
    layout: &'d ColumnLayout,
    id: FieldSpan,
    desks: [&'d RowPricer<'b>; 2],
    kinds: [PriceMemo<'d, 'b>; 2],
    marks: FieldEnds,
    line: json_lines::JsonRow,
    rows: u64,
}

impl<'d, 'b> PairWorker<'d, 'b> {
    /// Nothing, if rows of the layout have no id or no quantity.
    fn new(
        desks: [&'d RowPricer<'b>; 2],
        layout: &'d ColumnLayout,
        shared: &'d [SharedMemo; 2],
    ) -> Option<Self> {
        let kinds = |side: usize| PriceMemo::new(desks[side], layout, &shared[side]);
        Some(Self {
            layout,
            id: FieldSpan::of(layout, Column::Id)?,
            desks,
            kinds: [kinds(0)?, kinds(1)?],
            marks: FieldEnds::default(),
            line: json_lines::JsonRow::default(),
            rows: 0,
        })
    }

    /// Prices a chunk, and says how many rows it has.
    fn price(&mut self, chunk: &Chunk, rows: ChunkRows, sheet: &mut impl PairSink) -> u64 {
        self.rows = 0;
        match rows {
            ChunkRows::Csv { end, is_plain } => {
                let mut marks = std::mem::take(&mut self.marks);
                let width = self.layout.width();
                marks.rows(chunk, (end, is_plain), width, |rows| match rows {
                    Ok(rows) => price(self, rows, sheet),
                    Err(broken) => {
                        self.fault(malformed_row_message(&broken, width, self.id.first()), sheet);
                    }
                });
                self.marks = marks;
            }
            ChunkRows::Json { end } => {
                let mut line = std::mem::take(&mut self.line);
                let lines = chunk.bytes[FRONT..end].split(|&byte| byte == b'\n');
                for text in lines.filter(|text| !text.trim_ascii().is_empty()) {
                    match line.read(text, self.layout) {
                        Ok(row) => price(self, row, sheet),
                        Err(fault) => self.fault(fault, sheet),
                    }
                }
                self.line = line;
            }
            ChunkRows::TooLong => {
                let broken = super::csv::MalformedRow::TooLong { row: &chunk.bytes[FRONT..] };
                self.fault(
                    malformed_row_message(&broken, self.layout.width(), self.id.first()),
                    sheet,
                );
            }
        }
        self.rows
    }

    #[cold]
    fn fault(&mut self, (id, error): (String, String), sheet: &mut impl PairSink) {
        self.rows += 1;
        let sides = [Err(error.clone()), Err(error)];
        sheet.row(&RowPair { id: Cow::Owned(id), metric: Cow::Borrowed(""), sides });
    }

    #[cold]
    fn price_single_row(&self, place: usize, row: CsvRow<'_>) -> Result<DealFigures, String> {
        self.desks[place].price(row, self.layout).map(|priced| DealFigures::from(&priced))
    }
}

#[multiversion(targets("x86_64+avx2+bmi1+bmi2+lzcnt+popcnt"))]
fn price(bench: &mut PairWorker<'_, '_>, block: CsvBlock<'_>, sheet: &mut impl PairSink) {
    for place in 0..block.count {
        let row = block.row(place);
        let view = block.view(place);
        let is_plain = view.is_some_and(|view| plain(view, &bench.id).is_some());
        let view = view.filter(|_| is_plain || has_id(row, bench.id.first()));
        let found = [0, 1].map(|side: usize| {
            let kinds = &mut bench.kinds[side];
            let found = kinds.find(view?, block, place);
            let (cents, _) = kinds.price(found)?;
            Some(DealFigures::of(&cents, bench.desks[side].book()))
        });
        let [first, other] = found;
        let sides = [
            first.map_or_else(|| bench.price_single_row(0, row), Ok),
            other.map_or_else(|| bench.price_single_row(1, row), Ok),
        ];
        let text = |column| row.text(bench.layout, column).unwrap_or_default();
        bench.rows += 1;
        sheet.row(&RowPair { id: text(Column::Id), metric: text(Column::Metric), sides });
    }
}

impl DealFigures {
    fn of(cents: &RowPrice, book: &PriceBook) -> Self {
        let total = |cents: u64| {
            let mut total = Total::default();
            total.add_scaled(cents.into(), PLACES);
            total
        };
        Self {
            net_unit: Some(total(cents.net_unit)),
            list_tcv: total(cents.list_tcv),
            tcv: total(cents.tcv),
            outcome: ApprovalOutcome::from_place(cents.outcome.into(), book),
            // Rows that need one have no cents: they are priced by themselves.
            reviews: Vec::new(),
        }
    }
}

impl From<&PricedRow> for DealFigures {
    fn from(priced: &PricedRow) -> Self {
        Self {
            net_unit: Some(priced.net_unit.into()),
            list_tcv: priced.list_tcv.into(),
            tcv: priced.tcv.into(),
            outcome: priced.outcome,
            reviews: priced.reviews.clone(),
        }
    }
}
