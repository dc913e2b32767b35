//! How a priced row is written.

use super::cell::{Cell, Cents};
use super::desk::{Desk, Priced, Standing};
use super::page::Page;
use super::row::Row;
use crate::book::PriceBook;
use crate::value::Currency;
use crate::text;

/// The names of the columns of the output.
pub const HEADER: &str = "id,list_unit,net_unit,annual,tcv,discount,approval\n";

/// What the output calls a deal that is outside policy.
pub const REFUSED: &str = "refused";

/// Writes the rows of a book.
#[derive(Debug)]
pub(super) struct Pen<'b> {
    currency: &'b Currency,
    /// How each standing ends a row, by its place.
    endings: Vec<String>,
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
        Self { currency: book.currency(), endings: names.map(|name| format!("{name}\n")).collect() }
    }

    /// A row whose figures come from a cell. `place` is that of its standing.
    #[inline]
    pub fn quick(&self, page: &mut Page, row: Row<'_>, id: usize, cents: &Cents, cell: &Cell, place: usize) {
        let span = row.span(id);
        page.open(span.len());
        if is_plain(row.bytes, span.start, span.len()) {
            page.put_from(row.bytes, span.start, span.len());
        } else {
            self.id(page, row, id);
        }
        page.put_text(&cell.list_text);
        page.put_cents(cents.net_unit);
        page.put_cents(cents.annual);
        page.put_cents(cents.tcv);
        page.put_share(cents.discount);
        page.put(self.endings[place].as_bytes());
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
        page.put(self.endings[place].as_bytes());
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

/// Whether an id stands in the output as it does in the input: letters and digits, with anything
/// visible but quotation marks behind the first of them.
#[inline]
fn is_plain(bytes: &[u8], at: usize, length: usize) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    if length == 0 || !bytes[at].is_ascii_alphanumeric() {
        return false;
    }
    let mut odd = 0;
    for from in (0..length).step_by(8) {
        let rest = (length - from).min(8);
        let kept = u64::MAX >> (64 - 8 * rest);
        let word = super::number::word(bytes, at + from) & kept | (0x61 * ONES) & !kept;
        let control = word.wrapping_sub(0x20 * ONES) & !word;
        odd |= (word | control) & HIGH | has_zero(word ^ 0x7f * ONES) | has_zero(word ^ 0x22 * ONES);
    }
    // A blank at the end would be taken away.
    odd == 0 && bytes[at + length - 1] != b' '
}
