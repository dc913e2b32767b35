//! Rows priced under two books in one pass.

use super::BatchError;
use super::column::{Column, ColumnLayout};
use super::memo::{CENT_PLACES, PriceRange, RowPrice};
use super::price::{PricedRow, RowPricer};
use super::read::{BatchSource, ChunkReader};
use super::row::{Row, RowBlock, UnreadableRow};
use super::run::{BatchJob, price_chunks};
use super::worker::{Priced, RowSink};
use crate::approve::ApprovalOutcome;
use crate::book::PriceBook;
use crate::number::Total;
use std::borrow::Cow;
use std::io;

/// Price of a deal under one book, and the approval that it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DealFigures {
    /// `None` where the deal has no one price of a unit.
    pub net_unit: Option<Total>,
    pub list_tcv: Total,
    pub tcv: Total,
    /// TCV without what a partner keeps. A row has no partner.
    pub our_net: Total,
    pub outcome: ApprovalOutcome,
    /// Reviews beside the approval level, by name.
    pub reviews: Vec<String>,
}

/// A row under two books, with the reason where a book has no price for it.
#[derive(Debug)]
pub struct RowPair<'a> {
    pub id: Cow<'a, str>,
    pub metric: Cow<'a, str>,
    /// Figures under the first book and under the second one.
    pub sides: [Result<DealFigures, String>; 2],
}

pub trait PairSink: Send {
    fn row(&mut self, pair: &RowPair<'_>);
}

/// Prices every row of an input under two books. `sink` begins the output of a chunk, and `done` takes the
/// outputs in the order of the input.
///
/// # Errors
/// The header is wrong, the input cannot be read, or `done` fails.
pub fn run_two_books<S: PairSink>(
    job: &BatchJob<'_, '_, 2>,
    source: BatchSource<'_>,
    sink: &(dyn Fn() -> S + Sync),
    done: &mut (dyn FnMut(S) -> io::Result<()> + Send),
) -> Result<(), BatchError> {
    let (reader, layout) = ChunkReader::open(source, job.name, job.ignored)?;
    let books = job.pricers.map(RowPricer::book);
    let output = || PairOutput { books, layout: &layout, sink: sink() };
    price_chunks(job, reader, &layout, &output, &mut |output, _| {
        done(std::mem::replace(&mut output.sink, sink())).map_err(BatchError::Write)
    })
}

struct PairOutput<'d, S> {
    books: [&'d PriceBook; 2],
    layout: &'d ColumnLayout,
    /// Output of the chunk, which is replaced as it is handed over.
    sink: S,
}

impl<S: PairSink> PairOutput<'_, S> {
    fn put(&mut self, row: Row<'_>, sides: [Result<DealFigures, String>; 2]) {
        let text = |column| row.text(self.layout, column).unwrap_or_default();
        let (id, metric) = (text(Column::Id), text(Column::Metric));
        self.sink.row(&RowPair { id, metric, sides });
    }
}

impl<S: PairSink> RowSink<2> for PairOutput<'_, S> {
    fn add_fast(
        &mut self,
        (block, index): (RowBlock<'_>, usize),
        _: (&[u8; 16], u8),
        prices: [Option<(RowPrice, &PriceRange)>; 2],
    ) -> bool {
        let [Some((old, _)), Some((new, _))] = prices else { return false };
        let [old_book, new_book] = self.books;
        let sides = [Ok(DealFigures::of(&old, old_book)), Ok(DealFigures::of(&new, new_book))];
        self.put(block.row(index), sides);
        true
    }

    fn add(&mut self, _: u64, row: Row<'_>, prices: [Result<Priced<'_>, String>; 2]) {
        let [old_book, new_book] = self.books;
        let figures = |priced, book| match priced {
            Priced::Known(price, _) => DealFigures::of(&price, book),
            Priced::Exact(priced) => DealFigures::from(priced),
        };
        let [old, new] = prices;
        let sides = [old.map(|it| figures(it, old_book)), new.map(|it| figures(it, new_book))];
        self.put(row, sides);
    }

    #[cold]
    fn add_unreadable(&mut self, _: u64, UnreadableRow { id, error }: UnreadableRow) {
        let sides = [Err(error.clone()), Err(error)];
        self.sink.row(&RowPair { id: Cow::Owned(id), metric: Cow::Borrowed(""), sides });
    }
}

impl DealFigures {
    fn of(price: &RowPrice, book: &PriceBook) -> Self {
        let total = |cents: u64| {
            let mut total = Total::default();
            total.add_scaled(cents.into(), CENT_PLACES);
            total
        };
        Self {
            net_unit: Some(total(price.net_unit)),
            list_tcv: total(price.list_tcv),
            tcv: total(price.tcv),
            our_net: total(price.tcv),
            outcome: ApprovalOutcome::from_place(price.outcome.into(), book),
            // Rows that need a review are priced one by one.
            reviews: Vec::new(),
        }
    }
}

impl From<PricedRow> for DealFigures {
    fn from(priced: PricedRow) -> Self {
        Self {
            net_unit: Some(priced.net_unit.into()),
            list_tcv: priced.list_tcv.into(),
            tcv: priced.tcv.into(),
            our_net: priced.tcv.into(),
            outcome: priced.outcome,
            reviews: priced.reviews,
        }
    }
}
