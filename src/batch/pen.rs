//! How a priced row is written.
#![expect(clippy::inline_always, reason = "a hot path takes on the instructions of its caller")]

use super::cell::{Cell, Cents};
use super::desk::{Desk, Priced, Standing};
use super::page::{Page, Strip, Text};
use super::row::{Field, Row, View, quoted, unquoted};
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
    /// The name of each standing, by its place, and how it ends a row if that is copied at once.
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
            let ending = ending(form, name);
            // A longer name than that is put by itself.
            let short = Text::new(&ending).filter(|_| form == Form::Csv).unwrap_or_default();
            (name.to_owned(), short)
        });
        Self { form, currency: book.currency(), endings: endings.collect() }
    }

    /// Whether rows of a standing are written as [`Self::quick`] does.
    #[inline(always)]
    pub fn is_quick(&self, standing: usize) -> bool {
        !self.endings[standing].1.is_empty()
    }

    /// A row of CSV whose figures come from a cell. `standing` is its place.
    #[inline(always)]
    pub fn quick(
        &self,
        page: &mut Page,
        (id, length): (&[u8; 16], u8),
        cents: &Cents,
        cell: &Cell,
        standing: usize,
    ) {
        let Some(mut strip) = page.strip() else { return };
        strip.put(id, length);
        figures(&mut strip, cents, cell);
        strip.put_text(&self.endings[standing].1);
        strip.end();
    }

    /// The same of a row with another id, of a level with a long name, or as JSON.
    #[cold]
    pub fn slow(
        &self,
        page: &mut Page,
        row: Row<'_>,
        id: usize,
        cents: &Cents,
        cell: &Cell,
        standing: usize,
    ) {
        let mut line = Page::default();
        if let Some(mut strip) = line.strip() {
            figures(&mut strip, cents, cell);
            strip.end();
        }
        let ending = ending(self.form, &self.endings[standing].0);
        self.put(page, row, id, line.written(), &ending);
    }

    /// A row that was priced by itself.
    pub fn exact(
        &self,
        page: &mut Page,
        row: Row<'_>,
        id: usize,
        priced: &Priced,
        standing: usize,
    ) {
        let amounts = [priced.list_unit, priced.net_unit, priced.annual, priced.tcv];
        let amounts = amounts.map(|amount| self.currency.plain(amount)).join(",");
        let figures = format!(",{amounts},{},", priced.discount.plain());
        // Reviews stand beside the level: `none+legal`.
        let level = std::iter::once(&self.endings[standing].0);
        let names: Vec<&str> = level.chain(&priced.reviews).map(String::as_str).collect();
        let ending = ending(self.form, &names.join("+"));
        self.put(page, row, id, figures.as_bytes(), &ending);
    }

    /// A row with the figures between their commas.
    fn put(&self, page: &mut Page, row: Row<'_>, id: usize, figures: &[u8], ending: &str) {
        if self.form == Form::JsonLines {
            object(page, row, id, figures);
        } else {
            put_id(page, row, id);
            page.put(figures);
        }
        page.put(ending.as_bytes());
    }
}

/// How a row ends.
fn ending(form: Form, name: &str) -> String {
    match form {
        Form::Csv => format!("{}\n", quoted(&text::cell(name))),
        Form::JsonLines => format!(",\"approval\":{}}}\n", string(name)),
    }
}

/// The beginning of an object, from the figures between their commas.
fn object(page: &mut Page, row: Row<'_>, id: usize, figures: &[u8]) {
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
#[cold]
pub(super) fn has_id(row: Row<'_>, id: usize) -> bool {
    let text = unquoted(row.raw(id));
    std::str::from_utf8(&text)
        .is_ok_and(|text| !text.trim().is_empty() && !text.trim().contains(['\n', '\r']))
}

/// A short id that stands in the output as it does in the input, with what is behind it, and its
/// length: a letter or a digit, and then what can be seen but for quotation marks.
#[inline(always)]
pub(super) fn plain(view: View<'_>, id: usize) -> Option<(&[u8; 16], u8)> {
    let Field { at, length } = view.stretch(id, id);
    let bytes = view.lane(at, 0);
    let lane = u8x16::new(*bytes);
    let is = |lane: u8x16, first, last| {
        lane.max(u8x16::splat(first)).min(u8x16::splat(last)).simd_eq(lane)
    };
    let folded = lane | u8x16::splat(0x20);
    let first = (is(lane, b'0', b'9') | is(folded, b'a', b'z')).to_bitmask();
    let odd = (!is(lane, b'!', b'~') | lane.simd_eq(u8x16::splat(b'"'))).to_bitmask();
    let is_plain = (1..=16).contains(&length)
        && odd & (u32::MAX >> (32 - u32::from(length))) | !first & 1 == 0;
    is_plain.then_some((bytes, length))
}
