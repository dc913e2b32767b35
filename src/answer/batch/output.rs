//! Priced rows, written as CSV or JSON Lines or handed on as values.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::column::{Column, ColumnLayout};
use super::fast::{OutputBuffer, ShortText, TOO_LARGE};
use super::json::json_text;
use super::memo::{PriceRange, RowPrice};
use super::price::{PricedRow, RowPricer};
use super::row::{Row, RowBlock, UnreadableRow};
use super::summary::{CentTally, MAX_OUTCOMES, Tally};
use super::worker::{Priced, RowSink};
use super::{BatchError, RowFormat};
use crate::approve::ApprovalOutcome;
use crate::book::{PriceBasis, PriceBook};
use crate::number::{Money, Share};
use crate::text::csv_field;
use std::borrow::Cow;
use std::io::{self, Write};

pub const HEADER: &str = "id,list_unit,net_unit,annual,tcv,discount,approval\n";

/// Header of a file that also says what its unit prices are for.
pub(super) const HEADER_WITH_BASIS: &str =
    "id,list_unit,net_unit,annual,tcv,discount,approval,basis\n";

/// Names of the figures between the id and the approval.
const FIGURES: [&str; 5] = ["list_unit", "net_unit", "annual", "tcv", "discount"];

pub enum BatchTarget<'s> {
    Text(RowFormat, &'s mut (dyn Write + Send)),
    /// Text with one more column: whether the list price and the net price are for a unit, a package or the
    /// whole line.
    TextWithBasis(RowFormat, &'s mut (dyn Write + Send)),
    Values(&'s mut dyn PriceSink),
}

/// Prices that are taken as values, such as the columns of a Parquet file.
pub trait PriceSink: Send {
    /// Takes the next row.
    ///
    /// # Errors
    /// The row cannot be written.
    fn add(&mut self, row: &RowValues) -> io::Result<()>;
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowValues {
    pub id: String,
    /// List price of one unit, its net price, the amount due every year, and the contract value.
    pub amounts: [Money; 4],
    pub discount: Share,
    /// Approval level with the reviews beside it, such as `none+legal`.
    pub approval: String,
}

/// Output of a chunk under one book.
pub(super) struct ChunkOutput<'d, 'b> {
    writer: RowWriter<'b>,
    pricer: &'d RowPricer<'b>,
    layout: &'d ColumnLayout,
    buffer: OutputBuffer,
    values: Vec<RowValues>,
    /// Number of each row without a price, and its error.
    errors: Vec<(u64, UnreadableRow)>,
    tally: Tally,
    cents: CentTally,
}

impl<'d, 'b> ChunkOutput<'d, 'b> {
    /// Writes rows in a format of text, with what their unit prices are for or without, or keeps them as values if
    /// there is no format.
    pub fn new(
        pricer: &'d RowPricer<'b>,
        layout: &'d ColumnLayout,
        format: Option<RowFormat>,
        with_basis: bool,
    ) -> Self {
        Self {
            writer: RowWriter::new(pricer.book(), format, with_basis),
            pricer,
            layout,
            buffer: OutputBuffer::default(),
            values: Vec::new(),
            errors: Vec::new(),
            tally: Tally::new(pricer.book()),
            cents: CentTally::default(),
        }
    }
}

impl RowSink<1> for ChunkOutput<'_, '_> {
    fn begin(&mut self) {
        self.buffer.clear();
        self.values.clear();
        self.errors.clear();
        self.tally = Tally::new(self.pricer.book());
    }

    #[inline(always)]
    fn add_fast(
        &mut self,
        _: (RowBlock<'_>, usize),
        id: (&[u8; 16], u8),
        [price]: [Option<(RowPrice, &PriceRange)>; 1],
    ) -> bool {
        let Some((price, range)) = price else { return false };
        let ending = &self.writer.endings[usize::from(price.outcome) % MAX_OUTCOMES];
        // No amount that is written is larger than the contract value.
        if ending.is_empty() || price.tcv >= TOO_LARGE {
            return false;
        }
        let amounts = [price.net_unit, price.annual, price.tcv];
        let figures = (amounts, price.discount);
        let is_written = self.buffer.put_row(id, &range.list_text, figures, ending);
        if is_written {
            self.cents.add(&price);
        }
        is_written
    }

    fn add(&mut self, number: u64, row: Row<'_>, [priced]: [Result<Priced<'_>, String>; 1]) {
        let id = row.text(self.layout, Column::Id).unwrap_or_default();
        let priced = match priced {
            Ok(priced) => priced,
            Err(error) => {
                return self.add_unreadable(number, UnreadableRow { id: id.into_owned(), error });
            }
        };
        match &priced {
            Priced::Known(price, _) => self.cents.add(price),
            Priced::Exact(priced) => {
                self.tally.add_row(priced, priced.outcome.place(self.pricer.book()));
            }
        }
        if let Some(format) = self.writer.format {
            let (figures, approval) = self.writer.texts(&priced);
            let basis = self.writer.with_basis.then(|| match &priced {
                Priced::Known(..) => PriceBasis::Unit.name(),
                Priced::Exact(row) => row.basis.name(),
            });
            put_row(&mut self.buffer, format, &id, &figures, (&approval, basis));
        } else {
            self.values.push(self.writer.values(&id, priced));
        }
    }

    #[cold]
    fn add_unreadable(&mut self, number: u64, row: UnreadableRow) {
        self.errors.push((number, row));
    }

    fn end(&mut self) {
        self.cents.drain(&mut self.tally);
        self.tally.failed = self.errors.len() as u64;
    }
}

struct RowWriter<'b> {
    format: Option<RowFormat>,
    with_basis: bool,
    book: &'b PriceBook,
    /// Name of each approval outcome, by its place.
    names: Vec<String>,
    /// End of a row of CSV by the place of its approval outcome; empty for one that is not copied at once.
    endings: [ShortText; MAX_OUTCOMES],
}

impl<'b> RowWriter<'b> {
    fn new(book: &'b PriceBook, format: Option<RowFormat>, with_basis: bool) -> Self {
        let names = ApprovalOutcome::names(book);
        let mut endings = [ShortText::default(); MAX_OUTCOMES];
        if format == Some(RowFormat::Csv) {
            // What is copied at once is a price of a unit.
            let basis =
                if with_basis { format!(",{}", PriceBasis::Unit.name()) } else { String::new() };
            for (ending, name) in endings.iter_mut().zip(names.clone()) {
                let ends = format!("{}{basis}\n", csv_field(name));
                *ending = ShortText::new(&ends).unwrap_or_default();
            }
        }
        Self { format, with_basis, book, names: names.map(str::to_owned).collect(), endings }
    }

    fn texts(&self, priced: &Priced<'_>) -> ([Cow<'_, str>; 5], Cow<'_, str>) {
        match priced {
            // Cents are written without decimals in between: a batch into JSON Lines takes this way for
            // every row.
            Priced::Known(price, range) => {
                let list = range.list_text.as_str().trim_matches(',');
                let cents = |cents| Cow::Owned(format!("{}.{:02}", cents / 100, cents % 100));
                let [net_unit, annual, tcv] = [price.net_unit, price.annual, price.tcv].map(cents);
                let discount = Cow::Owned(price.share().plain());
                let list = Cow::Owned(list.to_owned());
                let approval = &self.names[usize::from(price.outcome)];
                ([list, net_unit, annual, tcv, discount], Cow::Borrowed(approval))
            }
            Priced::Exact(row) => {
                let money = |amount| Cow::Owned(self.book.currency().plain(amount));
                let [list, net_unit, annual, tcv] =
                    [row.list_unit, row.net_unit, row.annual, row.tcv].map(money);
                let discount = Cow::Owned(row.discount.plain());
                ([list, net_unit, annual, tcv, discount], Cow::Owned(self.approval(row)))
            }
        }
    }

    fn values(&self, id: &str, priced: Priced<'_>) -> RowValues {
        let row = match priced {
            Priced::Known(price, range) => range.priced_row(&price, self.book),
            Priced::Exact(row) => row,
        };
        RowValues {
            id: id.to_owned(),
            amounts: [row.list_unit, row.net_unit, row.annual, row.tcv],
            discount: row.discount,
            approval: self.approval(&row),
        }
    }

    /// Names the approval level of a row, with the reviews beside it: `none+legal`.
    fn approval(&self, row: &PricedRow) -> String {
        let level = &self.names[row.outcome.place(self.book)];
        let names: Vec<_> =
            std::iter::once(level).chain(&row.reviews).map(String::as_str).collect();
        names.join("+")
    }
}

fn put_row(
    buffer: &mut OutputBuffer,
    format: RowFormat,
    id: &str,
    figures: &[Cow<'_, str>; 5],
    (approval, basis): (&str, Option<&str>),
) {
    match format {
        RowFormat::Csv => {
            buffer.put(csv_field(id).as_bytes());
            for figure in figures {
                buffer.put(b",");
                buffer.put(figure.as_bytes());
            }
            buffer.put(b",");
            buffer.put(csv_field(approval).as_bytes());
            if let Some(basis) = basis {
                buffer.put(b",");
                buffer.put(basis.as_bytes());
            }
            buffer.put(b"\n");
        }
        RowFormat::JsonLines => {
            buffer.put(b"{\"id\":");
            buffer.put(json_text(id).as_bytes());
            for (name, figure) in FIGURES.iter().zip(figures) {
                buffer.put(b",\"");
                buffer.put(name.as_bytes());
                buffer.put(b"\":\"");
                buffer.put(figure.as_bytes());
                buffer.put(b"\"");
            }
            buffer.put(b",\"approval\":");
            buffer.put(json_text(approval).as_bytes());
            if let Some(basis) = basis {
                buffer.put(b",\"basis\":");
                buffer.put(json_text(basis).as_bytes());
            }
            buffer.put(b"}\n");
        }
    }
}

pub(super) struct BatchOutput<'t, 'e> {
    pub target: BatchTarget<'t>,
    pub errors: &'e mut (dyn Write + Send),
    pub tally: Tally,
}

impl BatchOutput<'_, '_> {
    /// Writes a chunk, behind so many rows.
    pub fn write(&mut self, chunk: &ChunkOutput<'_, '_>, before: u64) -> Result<(), BatchError> {
        match &mut self.target {
            BatchTarget::Text(_, output) | BatchTarget::TextWithBasis(_, output) => {
                output.write_all(chunk.buffer.written())
            }
            BatchTarget::Values(sink) => chunk.values.iter().try_for_each(|row| sink.add(row)),
        }
        .map_err(BatchError::Write)?;
        if !chunk.errors.is_empty() {
            let header = if self.tally.failed == 0 { "row,id,error\n" } else { "" };
            let rows = chunk.errors.iter().map(|(number, UnreadableRow { id, error })| {
                format!("{},{},{}\n", before + number, csv_field(id), csv_field(error))
            });
            let table = std::iter::once(header.to_owned()).chain(rows).collect::<String>();
            self.errors.write_all(table.as_bytes()).map_err(BatchError::WriteErrors)?;
        }
        self.tally.add(&chunk.tally);
        Ok(())
    }
}
