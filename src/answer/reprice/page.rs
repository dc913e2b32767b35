//! A row for each deal, with what it comes to beside it.

use super::{Impact, MetricChange, RepricedDeal};
use crate::answer::batch::{DealFigures, PairSink, RowPair};
use crate::approve::ApprovalOutcome;
use crate::book::PriceBook;
use crate::number::{Currency, Total};
use crate::text;
use std::borrow::Cow;

/// The names of the columns.
pub const HEADER: &str = "id,old_net_unit,new_net_unit,old_tcv,new_tcv,change,old_approval,\
                          new_approval,error\n";

/// Writes deals under two books.
#[derive(Debug)]
pub struct RepriceWriter<'b> {
    books: [&'b PriceBook; 2],
    /// What each standing is called, as a field, by its place: under either book.
    names: [Vec<String>; 2],
    minor: u32,
    top: usize,
    /// Whether anybody wants rows.
    writes: bool,
}

/// Some deals, written and summed up.
#[derive(Debug)]
pub struct RepriceOutput<'p> {
    pen: &'p RepriceWriter<'p>,
    /// What they come to.
    pub impact: Impact,
    /// A row of CSV for each, if rows are wanted.
    pub rows: Vec<u8>,
}

impl<'b> RepriceWriter<'b> {
    /// `top` says how many deals of a kind are named, and `writes` whether rows are wanted.
    pub fn new(old: &'b PriceBook, new: &'b PriceBook, top: usize, writes: bool) -> Self {
        let names = |book: &PriceBook| {
            ApprovalOutcome::names(book).map(|name| field(name).into_owned()).collect()
        };
        let (books, names) = ([old, new], [names(old), names(new)]);
        Self { books, names, minor: old.currency().minor, top, writes }
    }

    /// A page without deals.
    pub fn page(&self) -> RepriceOutput<'_> {
        let [old, new] = self.books;
        RepriceOutput { pen: self, impact: Impact::new(old, new, self.top), rows: Vec::new() }
    }

    /// The currency of all amounts.
    pub const fn currency(&self) -> &'b Currency {
        self.books[0].currency()
    }

    /// What a deal needs under one of the books, as a field: `vp`, and `vp+legal` with a review beside it.
    fn needs(&self, book: usize, figures: &DealFigures) -> Cow<'_, str> {
        let place = figures.outcome.place(self.books[book]);
        if figures.reviews.is_empty() {
            return Cow::Borrowed(&self.names[book][place]);
        }
        let level = figures.outcome.name(self.books[book]);
        let reviews = figures.reviews.iter().map(String::as_str);
        let needs: Vec<_> = std::iter::once(level).chain(reviews).collect();
        Cow::Owned(field(&needs.join("+")).into_owned())
    }
}

impl RepriceOutput<'_> {
    /// One more deal.
    pub fn add(&mut self, change: &RepricedDeal<'_>) {
        self.impact.add(change);
        if self.pen.writes {
            self.write(change);
        }
    }

    /// One more that cannot be read.
    pub fn add_unreadable(&mut self, id: &str, error: &str) {
        self.add(&RepricedDeal { id, old: Err(error), new: Err(error), parts: &[] });
    }

    /// One more that is in another currency, which `error` says.
    pub fn add_other_currency(&mut self, id: &str, error: &str) {
        self.impact.elsewhere += 1;
        if self.pen.writes {
            self.write(&RepricedDeal { id, old: Err(error), new: Err(error), parts: &[] });
        }
    }

    fn write(&mut self, change: &RepricedDeal<'_>) {
        let Self { pen, rows, .. } = self;
        let sides = [change.old.ok(), change.new.ok()];
        let unit = |side: Option<&DealFigures>| side.and_then(|it| it.net_unit);
        let tcv = sides.map(|side| side.map(|it| it.tcv));
        let change_in_tcv = match tcv {
            [Some(old), Some(new)] => Some(new.minus(old)),
            _ => None,
        };
        rows.extend_from_slice(field(change.id).as_bytes());
        for amount in [unit(sides[0]), unit(sides[1]), tcv[0], tcv[1], change_in_tcv] {
            rows.push(b',');
            put(rows, amount, pen.minor);
        }
        for (book, side) in sides.into_iter().enumerate() {
            rows.push(b',');
            let Some(side) = side else { continue };
            rows.extend_from_slice(pen.needs(book, side).as_bytes());
        }
        rows.push(b',');
        if let Some(error) = change.error() {
            rows.extend_from_slice(field(&error).as_bytes());
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

/// A text as a field that a spreadsheet takes for a text.
fn field(text: &str) -> Cow<'_, str> {
    let text = text::cell(text);
    if text.contains([',', '"']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        text
    }
}

/// An amount in plain digits. Most are whole coins, and written without a text in between.
fn put(rows: &mut Vec<u8>, amount: Option<Total>, minor: u32) {
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
        // A digit.
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        (rest, place) = (rest / 10, place + 1);
    }
    rows.extend_from_slice(&digits[at..]);
}
