//! Prices written as Parquet.

use super::plain;
use crate::answer::batch::{PriceSink, RowValues};
use crate::number::Money;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type};
use std::io::{self, ErrorKind, Write};
use std::sync::Arc;

/// Limits of a row group: rows, and bytes of ids.
const ROWS: usize = 120_000;
const BYTES: usize = 64 << 20;

/// Digits of an amount: the most that every program reads as 64 bits.
const DIGITS: u32 = 18;

/// Least decimal places of amounts; a currency with more has more.
const LEAST_PLACES: u32 = 2;

const DISCOUNT: (u32, u32) = (9, 4);

const AMOUNTS: [&str; 4] = ["list_unit", "net_unit", "annual", "tcv"];

pub struct ParquetPrices<W: Write + Send> {
    file: SerializedFileWriter<W>,
    /// Decimal places of the currency, and those of amounts in the file.
    minor: u32,
    places: u32,
    rows: RowGroup,
    /// Texts of approvals so far, about as many as the book has levels: rows share their bytes.
    approvals: Vec<ByteArray>,
}

#[derive(Default)]
struct RowGroup {
    bytes: usize,
    id: Vec<ByteArray>,
    amounts: [Vec<i64>; AMOUNTS.len()],
    discount: Vec<i32>,
    approval: Vec<ByteArray>,
}

impl<W: Write + Send> ParquetPrices<W> {
    pub fn new(target: W, minor: u32) -> io::Result<Self> {
        let places = minor.max(LEAST_PLACES);
        let id = ColumnPath::from("id");
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            // No two ids are the same, so that a dictionary would hold them all.
            .set_column_dictionary_enabled(id, false)
            .build();
        let schema = schema(places).map_err(plain)?;
        let file = SerializedFileWriter::new(target, Arc::new(schema), Arc::new(properties));
        let (rows, approvals) = (RowGroup::default(), Vec::new());
        Ok(Self { file: file.map_err(plain)?, minor, places, rows, approvals })
    }

    pub fn finish(mut self) -> io::Result<W> {
        self.end_group()?;
        self.file.into_inner().map_err(plain)
    }

    fn end_group(&mut self) -> io::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        if rows.id.is_empty() {
            return Ok(());
        }
        let mut write = || {
            let mut group = self.file.next_row_group()?;
            write_column::<ByteArrayType>(&mut group, &rows.id)?;
            for amounts in &rows.amounts {
                write_column::<Int64Type>(&mut group, amounts)?;
            }
            write_column::<Int32Type>(&mut group, &rows.discount)?;
            write_column::<ByteArrayType>(&mut group, &rows.approval)?;
            group.close().map(|_| ())
        };
        write().map_err(plain)
    }
}

impl<W: Write + Send> PriceSink for ParquetPrices<W> {
    fn add(&mut self, row: &RowValues) -> io::Result<()> {
        let Self { rows, approvals, minor, places, .. } = self;
        for (column, amount) in rows.amounts.iter_mut().zip(row.amounts) {
            let number = scaled(amount, *places);
            let unfit = || unfit(&row.id, &amount.at_least(*minor), DIGITS, *places);
            column.push(number.ok_or_else(unfit)?);
        }
        let (digits, of) = DISCOUNT;
        let discount = i32::try_from(row.discount.ten_thousandths());
        let unfit = |_| unfit(&row.id, &row.discount.plain(), digits, of);
        rows.discount.push(discount.map_err(unfit)?);
        rows.bytes += row.id.len();
        rows.id.push(ByteArray::from(row.id.clone().into_bytes()));
        let approval = row.approval.as_bytes();
        let known = approvals.iter().find(|known| known.data() == approval).cloned();
        rows.approval.push(known.unwrap_or_else(|| {
            let approval = ByteArray::from(approval.to_vec());
            approvals.push(approval.clone());
            approval
        }));
        if rows.id.len() == ROWS || rows.bytes >= BYTES {
            self.end_group()?;
        }
        Ok(())
    }
}

fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, impl Write + Send>,
    values: &[T::T],
) -> Result<()> {
    let missing = || ParquetError::General("a column is missing".to_owned());
    let mut column = group.next_column()?.ok_or_else(missing)?;
    column.typed::<T>().write_batch(values, None, None)?;
    column.close()
}

fn schema(places: u32) -> Result<Type> {
    let text = |name| {
        let column = Type::primitive_type_builder(name, Physical::BYTE_ARRAY);
        column.with_logical_type(Some(LogicalType::String))
    };
    let decimal = |name, physical, digits: u32, places: u32| {
        let (precision, scale) = (digits.cast_signed(), places.cast_signed());
        Type::primitive_type_builder(name, physical)
            .with_logical_type(Some(LogicalType::decimal(scale, precision)))
            .with_precision(precision)
            .with_scale(scale)
    };
    let mut columns = vec![text("id")];
    columns.extend(AMOUNTS.map(|name| decimal(name, Physical::INT64, DIGITS, places)));
    columns.push(decimal("discount", Physical::INT32, DISCOUNT.0, DISCOUNT.1));
    columns.push(text("approval"));
    let columns = columns
        .into_iter()
        .map(|column| column.with_repetition(Repetition::REQUIRED).build().map(Arc::new));
    Type::group_type_builder("prices").with_fields(columns.collect::<Result<_>>()?).build()
}

/// Returns an amount in units of the `places`-th decimal place, if it is whole and fits [`DIGITS`].
fn scaled(amount: Money, places: u32) -> Option<i64> {
    let (digits, decimals) = amount.digits();
    let missing = places.checked_sub(decimals)?;
    let number = digits.checked_mul(10_i128.checked_pow(missing)?)?;
    let limit = 10_i128.pow(DIGITS);
    i64::try_from(number).ok().filter(|_| number.abs() < limit)
}

/// Reports a row whose number is not of the one type that the file has for all rows.
fn unfit(id: &str, number: &str, digits: u32, places: u32) -> io::Error {
    let message = format!(
        "row {id}: {number} does not fit DECIMAL({digits},{places}); write CSV or JSON Lines"
    );
    io::Error::new(ErrorKind::InvalidData, message)
}
