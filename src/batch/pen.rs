//! How a priced row is written.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::cell::{Cell, Cents};
use super::desk::{Desk, Priced, Standing};
use super::page::{Page, Strip, Text};
use super::row::{Row, quoted, unquoted};
use super::stream::Form;
use crate::book::PriceBook;
use crate::text;
use crate::value::Currency;
use wide::u8x16;

/// The names of the columns of the output.
pub const HEADER: &str = "id,list_unit,net_unit,annual,tcv,discount,approval\n";

/// The names of the figures between the id and the approval.
const FIGURES: [&str; 5] = ["list_unit", "net_unit", "annual", "tcv", "discount"];

/// What the output calls a deal that is outside policy.
pub const REFUSED: &str = "refused";

/// Writes the rows of a book.
#[derive(Debug)]
pub(super) struct Pen<'b> {
    form: Form,
    currency: &'b Currency,
    /// How each standing ends a row, by its place; short ones of CSV also as what is copied at once.
    endings: Vec<(String, Text)>,
}

impl Standing {
    /// The levels of a ladder lowest first, and behind them what no level grants.
    #[must_use]
    pub fn place(self, book: &PriceBook) -> usize {
        match self {
            Self::Needs(level) => level.height(),
            Self::Refused => book.ladder().names().count(),
        }
    }
}

impl<'b> Pen<'b> {
    pub fn new(desk: &Desk<'b>, form: Form) -> Self {
        let book = desk.book();
        let names = book.ladder().names().chain([REFUSED]);
        let endings = names.map(|name| {
            let ending = match form {
                Form::Csv => format!("{}\n", quoted(&text::cell(name))),
                Form::JsonLines => format!(",\"approval\":{}}}\n", string(name)),
            };
            // A longer name than that is put by itself.
            let short = Text::new(&ending).unwrap_or_default();
            (ending, short)
        });
        Self { form, currency: book.currency(), endings: endings.collect() }
    }

    /// A row whose figures come from a cell. `place` is that of its standing.
    #[inline(always)]
    pub fn quick(
        &self,
        page: &mut Page,
        row: Row<'_>,
        id: usize,
        cents: &Cents,
        cell: &Cell,
        place: usize,
    ) {
        if self.form == Form::JsonLines {
            return self.quick_object(page, row, id, cents, cell, place);
        }
        let name = plain(row, id);
        if name.is_none() {
            put_id(page, row, id);
        }
        let (ending, short) = &self.endings[place];
        let Some(mut strip) = page.strip() else { return };
        if let Some((bytes, length)) = name {
            strip.put(bytes, length);
        }
        figures(&mut strip, cents, cell);
        strip.put_text(short);
        strip.end();
        if short.is_empty() {
            page.put(ending.as_bytes());
        }
    }

    #[cold]
    fn quick_object(
        &self,
        page: &mut Page,
        row: Row<'_>,
        id: usize,
        cents: &Cents,
        cell: &Cell,
        place: usize,
    ) {
        let mut line = Page::default();
        if let Some(mut strip) = line.strip() {
            figures(&mut strip, cents, cell);
            strip.end();
        }
        self.object(page, row, id, line.written(), place);
    }

    /// A row that was priced by itself.
    pub fn exact(&self, page: &mut Page, row: Row<'_>, id: usize, priced: &Priced, place: usize) {
        let amounts = [priced.list_unit, priced.net_unit, priced.annual, priced.tcv];
        let amounts = amounts.map(|amount| self.currency.plain(amount)).join(",");
        let figures = format!(",{amounts},{},", priced.discount.plain());
        if self.form == Form::JsonLines {
            return self.object(page, row, id, figures.as_bytes(), place);
        }
        put_id(page, row, id);
        page.put(figures.as_bytes());
        page.put(self.endings[place].0.as_bytes());
    }

    /// The same as an object, from the figures between their commas.
    fn object(&self, page: &mut Page, row: Row<'_>, id: usize, figures: &[u8], place: usize) {
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
        page.put(self.endings[place].0.as_bytes());
    }
}

/// An id that a spreadsheet takes for what it is: a text.
#[cold]
fn put_id(page: &mut Page, row: Row<'_>, id: usize) {
    let text = unquoted(row.raw(id));
    let text = String::from_utf8_lossy(&text);
    page.put(quoted(&text::cell(text.trim())).as_bytes());
}

/// A text of JSON.
fn string(text: &str) -> String {
    text::harmless(&serde_json::Value::from(text).to_string())
}

#[inline(always)]
fn figures(strip: &mut Strip<'_>, cents: &Cents, cell: &Cell) {
    strip.put_text(&cell.list_text);
    strip.put_cents(cents.net_unit);
    strip.put_cents(cents.annual);
    strip.put_cents(cents.tcv);
    strip.put_share(cents.discount);
}

/// Whether a row has an id that can be read.
#[inline(always)]
pub(super) fn has_id(row: Row<'_>, id: usize) -> bool {
    plain(row, id).is_some() || is_text(row, id)
}

#[cold]
fn is_text(row: Row<'_>, id: usize) -> bool {
    let text = unquoted(row.raw(id));
    std::str::from_utf8(&text).is_ok_and(|text| !text.trim().is_empty())
}

/// A short id that stands in the output as it does in the input, with what is behind it, and its
/// length: a letter or a digit, and then what can be seen but for quotation marks.
#[inline(always)]
fn plain(row: Row<'_>, id: usize) -> Option<(&[u8; 16], u8)> {
    let span = row.span(id);
    let length = u8::try_from(span.len()).ok().filter(|length| (1..=16).contains(length))?;
    let bytes = row.bytes.get(span.start..)?.first_chunk()?;
    let lane = u8x16::new(*bytes);
    let is = |lane: u8x16, first, last| {
        lane.max(u8x16::splat(first)).min(u8x16::splat(last)).simd_eq(lane)
    };
    let folded = lane | u8x16::splat(0x20);
    let first = (is(lane, b'0', b'9') | is(folded, b'a', b'z')).to_bitmask();
    let odd = (!is(lane, b'!', b'~') | lane.simd_eq(u8x16::splat(b'"'))).to_bitmask();
    let is_plain = odd & (u32::MAX >> (32 - u32::from(length))) | !first & 1 == 0;
    is_plain.then_some((bytes, length))
}
