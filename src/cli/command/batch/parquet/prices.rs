//! Prices in Parquet, made from JSON Lines.

use super::plain;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, Int32Type, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{ColumnPath, Type};
use serde::Deserialize;
use std::borrow::Cow;
use std::io;
use std::io::{ErrorKind, Write};
use std::sync::Arc;

/// A row group is as long as this many rows, or this many bytes of ids.
const ROWS: usize = 120_000;
const BYTES: usize = 64 << 20;

/// Digits of an amount, of which fewer are 64 bits in all programs that read them.
const DIGITS: u32 = 18;

/// Digits of a discount, and its decimal places.
const DISCOUNT: (u32, u32) = (9, 4);

const AMOUNTS: [&str; 4] = ["list_unit", "net_unit", "annual", "tcv"];

/// A file of prices that is being written.
pub struct ParquetPrices<W: Write + Send> {
    file: SerializedFileWriter<W>,
    /// The decimal places of amounts.
    places: u32,
    /// A line without its end.
    line: Vec<u8>,
    rows: RowGroup,
    /// The texts of approvals so far: as many as the book has levels.
    approvals: Vec<ByteArray>,
}

/// A row group, column by column.
#[derive(Default)]
struct RowGroup {
    bytes: usize,
    id: Vec<ByteArray>,
    amounts: [Vec<i64>; AMOUNTS.len()],
    discount: Vec<i32>,
    approval: Vec<ByteArray>,
}

/// A row as it is written in JSON.
#[derive(Deserialize)]
struct ParquetRow<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    list_unit: &'a str,
    net_unit: &'a str,
    annual: &'a str,
    tcv: &'a str,
    discount: &'a str,
    #[serde(borrow)]
    approval: Cow<'a, str>,
}

impl<W: Write + Send> ParquetPrices<W> {
    /// Begins a file. `places` are the decimal places of amounts, as many as the currency has.
    pub fn new(target: W, places: u32) -> io::Result<Self> {
        let id = ColumnPath::from("id");
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            // No two of them are the same.
            .set_column_dictionary_enabled(id, false)
            .build();
        let schema = schema(places).map_err(plain)?;
        let file = SerializedFileWriter::new(target, Arc::new(schema), Arc::new(properties));
        Ok(Self {
            file: file.map_err(plain)?,
            places,
            line: Vec::new(),
            rows: RowGroup::default(),
            approvals: Vec::new(),
        })
    }

    /// Ends the file.
    pub fn finish(mut self) -> io::Result<W> {
        self.end_group()?;
        self.file.into_inner().map_err(plain)
    }

    fn put(&mut self, line: &[u8]) -> io::Result<()> {
        let price: ParquetRow<'_> = serde_json::from_slice(line)?;
        let Self { rows, approvals, places, .. } = self;
        let amounts = [price.list_unit, price.net_unit, price.annual, price.tcv];
        let numbers = amounts.map(|amount| scaled(amount, *places).ok_or(amount));
        for (column, number) in rows.amounts.iter_mut().zip(numbers) {
            column.push(number.map_err(|amount| unfit(&price.id, amount, DIGITS, *places))?);
        }
        let (digits, of) = DISCOUNT;
        let discount = scaled(price.discount, of).and_then(|it| i32::try_from(it).ok());
        let unfit = || unfit(&price.id, price.discount, digits, of);
        rows.discount.push(discount.ok_or_else(unfit)?);
        rows.bytes += price.id.len();
        rows.id.push(ByteArray::from(price.id.into_owned().into_bytes()));
        let approval = price.approval.as_bytes();
        let known = approvals.iter().find(|known| known.data() == approval).cloned();
        let approval = known.unwrap_or_else(|| {
            approvals.push(ByteArray::from(approval.to_vec()));
            ByteArray::from(approval.to_vec())
        });
        rows.approval.push(approval);
        if rows.id.len() == ROWS || rows.bytes >= BYTES {
            self.end_group()?;
        }
        Ok(())
    }

    fn end_group(&mut self) -> io::Result<()> {
        let rows = std::mem::take(&mut self.rows);
        if rows.id.is_empty() {
            return Ok(());
        }
        let group = self.file.next_row_group().map_err(plain)?;
        rows.write(group).map_err(plain)
    }
}

impl<W: Write + Send> Write for ParquetPrices<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            if !part.ends_with(b"\n") {
                self.line.extend_from_slice(part);
            } else if self.line.is_empty() {
                self.put(part)?;
            } else {
                let mut line = std::mem::take(&mut self.line);
                line.extend_from_slice(part);
                self.put(&line)?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl RowGroup {
    fn write<W: Write + Send>(self, mut group: SerializedRowGroupWriter<'_, W>) -> Result<()> {
        let missing = || ParquetError::General("a column is missing".to_owned());
        let mut column = group.next_column()?.ok_or_else(missing)?;
        column.typed::<ByteArrayType>().write_batch(&self.id, None, None)?;
        column.close()?;
        for amounts in &self.amounts {
            let mut column = group.next_column()?.ok_or_else(missing)?;
            column.typed::<Int64Type>().write_batch(amounts, None, None)?;
            column.close()?;
        }
        let mut column = group.next_column()?.ok_or_else(missing)?;
        column.typed::<Int32Type>().write_batch(&self.discount, None, None)?;
        column.close()?;
        let mut column = group.next_column()?.ok_or_else(missing)?;
        column.typed::<ByteArrayType>().write_batch(&self.approval, None, None)?;
        column.close()?;
        group.close().map(|_| ())
    }
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

/// Plain digits in units of the `places`-th decimal place, if they are a whole number of at most
/// [`DIGITS`] digits.
fn scaled(text: &str, places: u32) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let missing = places.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    let mut number: i64 = 0;
    for byte in whole.bytes().chain(fraction.bytes()) {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number = number.checked_mul(10)?.checked_add(i64::from(digit))?;
    }
    let number = number.checked_mul(10_i64.checked_pow(missing)?)?;
    (number < 10_i64.pow(DIGITS)).then_some(sign * number)
}

/// The file has one type for all rows, and this one is not of it.
fn unfit(id: &str, number: &str, digits: u32, places: u32) -> io::Error {
    let message = format!(
        "row {id}: {number} does not fit DECIMAL({digits},{places}); write CSV or JSON Lines"
    );
    io::Error::new(ErrorKind::InvalidData, message)
}
