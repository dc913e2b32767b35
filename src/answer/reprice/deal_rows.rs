//! Rows of CSV for the deals of a portfolio, summed up as they are written.

use super::{ApprovalsNeeded, Impact, MetricChange, RepricedDeal};
use crate::answer::batch::{DealFigures, PairSink, RowPair};
use crate::book::PriceBook;
use crate::number::Total;
use crate::text::csv_field;

pub const HEADER: &str = "id,old_net_unit,new_net_unit,old_tcv,new_tcv,change,old_approval,\
                          new_approval,error\n";

#[derive(Debug)]
pub struct RepriceWriter<'b> {
    books: [&'b PriceBook; 2],
    /// Number of deals of each kind that are named.
    top: usize,
    writes: bool,
}

/// Deals that are summed up, and written if rows are wanted.
#[derive(Debug)]
pub struct RepriceOutput<'p> {
    writer: &'p RepriceWriter<'p>,
    pub impact: Impact,
    pub rows: Vec<u8>,
}

impl<'b> RepriceWriter<'b> {
    /// Names at most `top` deals of each kind; `writes` says whether rows are wanted.
    pub fn new(old: &'b PriceBook, new: &'b PriceBook, top: usize, writes: bool) -> Self {
        Self { books: [old, new], top, writes }
    }

    pub fn output(&self) -> RepriceOutput<'_> {
        RepriceOutput { writer: self, impact: Impact::new(self.top), rows: Vec::new() }
    }
}

impl RepriceOutput<'_> {
    pub fn add(&mut self, change: &RepricedDeal<'_>) {
        self.impact.add(change);
        if self.writer.writes {
            self.write(change);
        }
    }

    pub fn add_unreadable(&mut self, id: &str, error: &str) {
        self.add(&RepricedDeal { id, old: Err(error), new: Err(error), parts: &[] });
    }

    /// Adds a deal in another currency, which `error` names.
    pub fn add_other_currency(&mut self, id: &str, error: &str) {
        self.impact.elsewhere += 1;
        if self.writer.writes {
            self.write(&RepricedDeal { id, old: Err(error), new: Err(error), parts: &[] });
        }
    }

    fn write(&mut self, change: &RepricedDeal<'_>) {
        let Self { writer, rows, .. } = self;
        let minor = writer.books[0].currency.minor;
        let sides = [change.old.ok(), change.new.ok()];
        let [old_unit, new_unit] = sides.map(|side| side.and_then(|it| it.net_unit));
        let [old, new] = sides.map(|side| side.map(|it| it.tcv));
        let change_in_tcv = old.zip(new).map(|(old, new)| new.minus(old));
        rows.extend_from_slice(csv_field(change.id).as_bytes());
        for amount in [old_unit, new_unit, old, new, change_in_tcv] {
            rows.push(b',');
            put_amount(rows, amount, minor);
        }
        for (book, side) in writer.books.iter().zip(sides) {
            rows.push(b',');
            if let Some(side) = side {
                put_approval(rows, side, book);
            }
        }
        rows.push(b',');
        if let Some(error) = change.error() {
            rows.extend_from_slice(csv_field(&error).as_bytes());
        }
        rows.push(b'\n');
    }
}

impl PairSink for RepriceOutput<'_> {
    fn row(&mut self, pair: &RowPair<'_>) {
        let [old, new] = &pair.sides;
        let [old, new] = [old, new].map(|side| side.as_ref().map_err(String::as_str));
        let part = old.ok().zip(new.ok()).map(|(old, new)| MetricChange {
            metric: Some(&*pair.metric),
            old: old.tcv,
            new: new.tcv,
        });
        self.add(&RepricedDeal { id: &pair.id, old, new, parts: part.as_slice() });
    }
}

/// Writes the approvals of a deal under a book: `vp`, or `vp+legal` with a review.
fn put_approval(rows: &mut Vec<u8>, figures: &DealFigures, book: &PriceBook) {
    if figures.reviews.is_empty() {
        rows.extend_from_slice(csv_field(figures.outcome.name(book)).as_bytes());
    } else {
        let needs = ApprovalsNeeded::of(figures).name(book);
        rows.extend_from_slice(csv_field(&needs).as_bytes());
    }
}

/// Writes an amount in plain digits. Most are whole numbers of the smallest coin, and are written without a
/// text in between: a file has five amounts in a row.
fn put_amount(rows: &mut Vec<u8>, amount: Option<Total>, minor: u32) {
    let Some(amount) = amount else { return };
    let Some(coins) = amount.scaled(minor) else {
        return rows.extend_from_slice(amount.plain(minor).as_bytes());
    };
    if coins < 0 {
        rows.push(b'-');
    }
    let mut digits = [0; 24];
    let (mut rest, mut at, mut place) = (coins.unsigned_abs(), digits.len(), 0);
    while rest > 0 || place <= minor {
        if place == minor && minor > 0 {
            at -= 1;
            digits[at] = b'.';
        }
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        (rest, place) = (rest / 10, place + 1);
    }
    rows.extend_from_slice(&digits[at..]);
}
