//! How a priced row is written.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::cell::{PriceRange, RowPrice};
use super::desk::{PricedRow, RowPricer};
use super::page::{LONG, OutputBuffer, ShortText};
use super::row::{CsvRow, Field, FieldSpan, RowView, quoted, unquoted};
use super::stream::RowFormat;
use crate::approve::ApprovalOutcome;
use crate::number::{Currency, Share};
use crate::text;
use wide::u8x16;

/// The names of the columns of the output.
pub const HEADER: &str = "id,list_unit,net_unit,annual,tcv,discount,approval\n";

/// The names of the figures between the id and the approval.
const FIGURES: [&str; 5] = ["list_unit", "net_unit", "annual", "tcv", "discount"];

/// More than there are standings: a ladder has at most sixteen levels beside `none`.
pub(super) const PLACES: usize = 32;

/// Writes the rows of a book.
#[derive(Debug)]
pub(super) struct RowWriter<'b> {
    form: RowFormat,
    currency: &'b Currency,
    /// The name of each standing, by its place.
    names: Vec<String>,
    /// How each of them ends a row; nothing, where that is not copied at once.
    endings: [ShortText; PLACES],
}

impl<'b> RowWriter<'b> {
    pub fn new(desk: &RowPricer<'b>, form: RowFormat) -> Self {
        let book = desk.book();
        let names = ApprovalOutcome::names(book);
        let mut endings = [ShortText::default(); PLACES];
        for (short, name) in endings.iter_mut().zip(names.clone()) {
            // A longer name than that is put by itself.
            let whole = ShortText::new(&ending(form, name));
            *short = whole.filter(|_| form == RowFormat::Csv).unwrap_or_default();
        }
        Self { form, currency: book.currency(), names: names.map(str::to_owned).collect(), endings }
    }

    /// A row of CSV whose figures come from a cell, with a plain id. Nothing is put, and that is said,
    /// where it needs [`Self::slow`].
    #[inline(always)]
    pub fn write_fast(
        &self,
        page: &mut OutputBuffer,
        id: (&[u8; 16], u8),
        cents: &RowPrice,
        cell: &PriceRange,
    ) -> bool {
        let ending = &self.endings[usize::from(cents.outcome) % PLACES];
        if ending.is_empty() || cents.most() >= LONG {
            return false;
        }
        let Some(mut strip) = page.strip() else { return false };
        strip.put(id.0, id.1);
        strip.put_text(&cell.list_text);
        strip.put_figures([cents.net_unit, cents.annual, cents.tcv], cents.discount);
        strip.put_text(ending);
        strip.end();
        true
    }

    /// The same of a row with another id, of a level with a long name, of a large amount, or as JSON.
    #[cold]
    pub fn write_general(
        &self,
        page: &mut OutputBuffer,
        row: CsvRow<'_>,
        id: usize,
        cents: &RowPrice,
        cell: &PriceRange,
    ) {
        let amounts = [cents.net_unit, cents.annual, cents.tcv];
        let amounts = amounts.map(|cents| format!("{}.{:02},", cents / 100, cents % 100)).concat();
        let share = Share::of_ten_thousandths(cents.discount.try_into().unwrap_or(i64::MAX));
        let figures = [cell.list_text.as_str(), &amounts, &share.plain(), ","].concat();
        let ending = ending(self.form, &self.names[usize::from(cents.outcome)]);
        self.put(page, row, id, figures.as_bytes(), &ending);
    }

    /// A row that was priced by itself.
    pub fn write_exact(
        &self,
        page: &mut OutputBuffer,
        row: CsvRow<'_>,
        id: usize,
        priced: &PricedRow,
        standing: usize,
    ) {
        let amounts = [priced.list_unit, priced.net_unit, priced.annual, priced.tcv];
        let amounts = amounts.map(|amount| self.currency.plain(amount)).join(",");
        let figures = format!(",{amounts},{},", priced.discount.plain());
        // Reviews stand beside the level: `none+legal`.
        let level = std::iter::once(&self.names[standing]);
        let names: Vec<&str> = level.chain(&priced.reviews).map(String::as_str).collect();
        let ending = ending(self.form, &names.join("+"));
        self.put(page, row, id, figures.as_bytes(), &ending);
    }

    /// A row with the figures between their commas.
    fn put(
        &self,
        page: &mut OutputBuffer,
        row: CsvRow<'_>,
        id: usize,
        figures: &[u8],
        ending: &str,
    ) {
        if self.form == RowFormat::JsonLines {
            object(page, row, id, figures);
        } else {
            put_id(page, row, id);
            page.put(figures);
        }
        page.put(ending.as_bytes());
    }
}

/// How a row ends.
fn ending(form: RowFormat, name: &str) -> String {
    match form {
        RowFormat::Csv => format!("{}\n", quoted(&text::cell(name))),
        RowFormat::JsonLines => format!(",\"approval\":{}}}\n", string(name)),
    }
}

/// The beginning of an object, from the figures between their commas.
fn object(page: &mut OutputBuffer, row: CsvRow<'_>, id: usize, figures: &[u8]) {
    let text = unquoted(row.raw(id));
    let text = String::from_utf8_lossy(&text);
    page.put(b"{\"id\":");
    page.put(string(text.trim()).as_bytes());
    let figures = figures.split(|&byte| byte == b',').skip(1);
    for (name, figure) in FIGURES.iter().zip(figures) {
        page.put(b",\"");
        page.put(name.as_bytes());
        page.put(b"\":\"");
        page.put(figure);
        page.put(b"\"");
    }
}

/// An id that a spreadsheet takes for what it is: a text.
#[cold]
fn put_id(page: &mut OutputBuffer, row: CsvRow<'_>, id: usize) {
    let text = unquoted(row.raw(id));
    let text = String::from_utf8_lossy(&text);
    page.put(quoted(&text::cell(text.trim())).as_bytes());
}

/// A text of JSON.
fn string(text: &str) -> String {
    text::escape_invisible(&serde_json::Value::from(text).to_string())
}

/// Whether a row has an id that can be read.
#[cold]
pub(super) fn has_id(row: CsvRow<'_>, id: usize) -> bool {
    let text = unquoted(row.raw(id));
    std::str::from_utf8(&text)
        .is_ok_and(|text| !text.trim().is_empty() && !text.trim().contains(['\n', '\r']))
}

/// A short id that stands in the output as it does in the input: a letter or a digit, and then what
/// can be seen but for quotation marks.
#[inline(always)]
pub(super) fn plain(view: RowView<'_>, id: &FieldSpan) -> Option<Field> {
    let Field { at, length } = view.fields(id);
    let lane = u8x16::new(*view.lane(at, 0));
    let seen = lane.max(u8x16::splat(b'!')).min(u8x16::splat(b'~')).simd_eq(lane);
    let odd = (!seen | lane.simd_eq(u8x16::splat(b'"'))).to_bitmask();
    let is_plain = (1..=16).contains(&length)
        && odd & (u32::MAX >> (32 - u32::from(length))) == 0
        && view.lane(at, 0)[0].is_ascii_alphanumeric();
    is_plain.then_some(Field { at, length })
}
