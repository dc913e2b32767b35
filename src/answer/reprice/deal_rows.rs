//! Rows of CSV for the deals of a portfolio, summed up as they are written.

use super::{Impact, MetricChange, RepricedDeal};
use crate::answer::batch::{DealFigures, PairSink, RowPair, csv_field};
use crate::approve::ApprovalOutcome;
use crate::book::PriceBook;
use crate::number::Total;
use std::borrow::Cow;

pub const HEADER: &str = "id,old_net_unit,new_net_unit,old_tcv,new_tcv,change,old_approval,\
                          new_approval,error\n";

/// Writes deals under two books.
#[derive(Debug)]
pub struct RepriceWriter<'b> {
    books: [&'b PriceBook; 2],
    /// Name of each approval outcome as a field of CSV, by its place, under either book.
    names: [Vec<String>; 2],
    minor: u32,
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
        let names = |book: &PriceBook| {
            ApprovalOutcome::names(book).map(|name| csv_field(name).into_owned()).collect()
        };
        let (books, names) = ([old, new], [names(old), names(new)]);
        Self { books, names, minor: old.currency.minor, top, writes }
    }

    pub fn output(&self) -> RepriceOutput<'_> {
        let [old, new] = self.books;
        RepriceOutput { writer: self, impact: Impact::new(old, new, self.top), rows: Vec::new() }
    }

    /// Returns the approval of a deal under one of the books as a field of CSV: `vp`, or `vp+legal` with a
    /// review.
    fn approval(&self, book: usize, figures: &DealFigures) -> Cow<'_, str> {
        let place = figures.outcome.place(self.books[book]);
        if figures.reviews.is_empty() {
            return Cow::Borrowed(&self.names[book][place]);
        }
        let level = figures.outcome.name(self.books[book]);
        let reviews = figures.reviews.iter().map(String::as_str);
        let names: Vec<_> = std::iter::once(level).chain(reviews).collect();
        Cow::Owned(csv_field(&names.join("+")).into_owned())
    }
}

impl RepriceOutput<'_> {
    pub fn add(&mut self, change: &RepricedDeal<'_>) {
        self.impact.add(change);
        if self.writer.writes {
            self.write(change);
        }
    }

    /// Adds a deal that cannot be read.
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
        let sides = [change.old.ok(), change.new.ok()];
        let unit = |side: Option<&DealFigures>| side.and_then(|it| it.net_unit);
        let tcv = sides.map(|side| side.map(|it| it.tcv));
        let change_in_tcv = match tcv {
            [Some(old), Some(new)] => Some(new.minus(old)),
            _ => None,
        };
        rows.extend_from_slice(csv_field(change.id).as_bytes());
        for amount in [unit(sides[0]), unit(sides[1]), tcv[0], tcv[1], change_in_tcv] {
            rows.push(b',');
            put_amount(rows, amount, writer.minor);
        }
        for (book, side) in sides.into_iter().enumerate() {
            rows.push(b',');
            let Some(side) = side else { continue };
            rows.extend_from_slice(writer.approval(book, side).as_bytes());
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
        let part = match (old, new) {
            (Ok(old), Ok(new)) => {
                Some(MetricChange { metric: Some(&*pair.metric), old: old.tcv, new: new.tcv })
            }
            _ => None,
        };
        let (old, new) =
            (old.as_ref().map_err(String::as_str), new.as_ref().map_err(String::as_str));
        self.add(&RepricedDeal { id: &pair.id, old, new, parts: part.as_slice() });
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
