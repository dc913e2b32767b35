//! How a priced row is written.

use super::cell::{Cell, Cents};
use super::desk::{Desk, Priced, Standing};
use super::page::{Page, Strip, Text};
use super::row::Row;
use crate::book::PriceBook;
use crate::text;
use crate::value::Currency;
use std::ops::Range;
use wide::u8x16;

/// The names of the columns of the output.
pub const HEADER: &str = "id,list_unit,net_unit,annual,tcv,discount,approval\n";

/// What the output calls a deal that is outside policy.
pub const REFUSED: &str = "refused";

/// Writes the rows of a book.
#[derive(Debug)]
pub(super) struct Pen<'b> {
    currency: &'b Currency,
    /// How each standing ends a row, by its place.
    endings: Vec<(String, Option<Text>)>,
}

impl Standing {
    /// The levels of a ladder lowest first, and behind them what no level grants.
    pub fn place(self, book: &PriceBook) -> usize {
        match self {
            Self::Needs(level) => level.height(),
            Self::Refused => book.ladder().names().count(),
        }
    }
}

impl<'b> Pen<'b> {
    pub fn new(desk: &Desk<'b>) -> Self {
        let book = desk.book();
        let names = book.ladder().names().chain([REFUSED]);
        let endings = names.map(|name| {
            let ending = format!("{name}\n");
            let short = Text::new(&ending);
            (ending, short)
        });
        Self { currency: book.currency(), endings: endings.collect() }
    }

    /// A row whose figures come from a cell. `place` is that of its standing.
    #[inline]
    pub fn quick(
        &self,
        page: &mut Page,
        row: Row<'_>,
        id: usize,
        cents: &Cents,
        cell: &Cell,
        place: usize,
    ) {
        let span = row.span(id);
        let (ending, short) = &self.endings[place];
        let (Some(bytes), Some(short)) = (plain(row.bytes, &span), short) else {
            self.id(page, row, id);
            page.strip(|strip| figures(strip, cents, cell));
            return page.put(ending.as_bytes());
        };
        page.strip(|strip| {
            strip.put(bytes, span.len() as u8);
            figures(strip, cents, cell);
            strip.put_text(short);
        });
    }

    /// A row that was priced by itself.
    pub fn exact(&self, page: &mut Page, row: Row<'_>, id: usize, priced: &Priced, place: usize) {
        self.id(page, row, id);
        let amounts = [priced.list_unit, priced.net_unit, priced.annual, priced.tcv];
        for amount in amounts {
            page.put(b",");
            page.put(self.currency.plain(amount).as_bytes());
        }
        page.put(b",");
        page.put(priced.discount.plain().as_bytes());
        page.put(b",");
        page.put(self.endings[place].0.as_bytes());
    }

    /// An id that a spreadsheet takes for what it is: a text.
    fn id(&self, page: &mut Page, row: Row<'_>, id: usize) {
        let text = super::row::unquoted(row.raw(id));
        let text = String::from_utf8_lossy(&text);
        let text = text::cell(text.trim());
        if text.contains([',', '"', '\n', '\r']) {
            page.put(format!("\"{}\"", text.replace('"', "\"\"")).as_bytes());
        } else {
            page.put(text.as_bytes());
        }
    }
}

#[inline]
fn figures(strip: &mut Strip<'_>, cents: &Cents, cell: &Cell) {
    strip.put_text(&cell.list_text);
    strip.put_cents(cents.net_unit);
    strip.put_cents(cents.annual);
    strip.put_cents(cents.tcv);
    strip.put_share(cents.discount);
}

/// A short id that stands in the output as it does in the input: a letter or a digit, and behind it
/// what can be seen but for quotation marks.
#[inline]
fn plain<'a>(bytes: &'a [u8], span: &Range<usize>) -> Option<&'a [u8; 16]> {
    let bytes = bytes.get(span.start..)?.first_chunk()?;
    let lane = u8x16::new(*bytes);
    let in_sight = lane.max(u8x16::splat(b'!')).min(u8x16::splat(b'~')).simd_eq(lane);
    let folded = lane | u8x16::splat(0x20);
    let is = |lane: u8x16, first, last| lane.max(u8x16::splat(first)).min(u8x16::splat(last)).simd_eq(lane);
    let first = (is(lane, b'0', b'9') | is(folded, b'a', b'z')).to_bitmask();
    let odd = (!in_sight | lane.simd_eq(u8x16::splat(b'"'))).to_bitmask();
    let is_plain =
        (1..=16).contains(&span.len()) && odd & (u32::MAX >> (32 - span.len())) | !first & 1 == 0;
    is_plain.then_some(bytes)
}
