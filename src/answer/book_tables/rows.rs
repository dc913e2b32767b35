//! A price book, and the changes of one, as rows of a spreadsheet: one for each value.

use crate::answer::book_tables::{
    BookChange, BookTables, ChangeSide, Entry, EntryValue, PlainValue,
};
use crate::book::PriceBook;
use crate::document::{Cell, Table};
use crate::quote::rows::with_book;

/// Lists the values of a book, or those that concern a metric, each with its line of the file.
pub fn entries(book: &PriceBook, listing: &BookTables, metric: Option<&str>) -> Table {
    let items = listing.tables_for(metric).flat_map(|part| {
        let own = part.entries.iter().map(|entry| (None, None, entry));
        let rows = part.groups.iter().flat_map(|it| it.rows.iter().map(move |row| (it.key, row)));
        let inside = rows.flat_map(|(key, row)| {
            row.entries.iter().map(move |entry| (key, Some(row.name.as_str()), entry))
        });
        own.chain(inside).map(move |it| (part, it))
    });
    let words = |words: Option<&str>| Cell::text(words.unwrap_or_default());
    let table = Table::of_items(
        items,
        &[
            ("kind", &|(part, _)| Cell::text(part.kind)),
            ("name", &|(part, _)| words(part.name.as_deref())),
            ("list", &|(_, (list, ..))| words(*list)),
            ("row", &|(_, (_, row, _))| words(*row)),
            ("key", &|(_, (.., entry))| Cell::text(entry.key)),
            ("value", &|(_, (.., entry))| value(book, &entry.value)),
            ("currency", &|(_, (.., entry))| currency(entry)),
            ("source", &|(_, (.., entry))| Cell::source(&entry.place)),
        ],
    );
    with_book(table, book)
}

/// Lists the changes from the old book to the new one. The last columns name the new book.
pub fn changes([old, new]: [&PriceBook; 2], changes: &[BookChange]) -> Table {
    let source = |side: &Option<ChangeSide>| {
        side.as_ref().map(|side| Cell::source(&side.place)).unwrap_or_default()
    };
    let table = Table::of_items(
        changes,
        &[
            ("path", &|change| Cell::text(change.path())),
            ("change", &|change| Cell::text(change.word())),
            ("old", &|change| said(old, change, change.old.as_ref())),
            ("new", &|change| said(new, change, change.new.as_ref())),
            ("currency", &|change| Cell::text(change.currency().unwrap_or_default())),
            ("old_source", &|change| source(&change.old)),
            ("new_source", &|change| source(&change.new)),
            ("effect", &|change| Cell::text(change.effect.name())),
            ("old_book_version", &|_| Cell::text(&old.version)),
            ("old_book_sha256", &|_| Cell::text(&old.sha256)),
        ],
    );
    with_book(table, new)
}

/// Returns the value of a key, or every value of a table that came or went: `from 1; price 10`.
fn said(book: &PriceBook, change: &BookChange, side: Option<&ChangeSide>) -> Cell {
    let entries = side.map_or(&[][..], |side| side.entries.as_slice());
    if let ([entry], Some(_)) = (entries, change.key) {
        return value(book, &entry.value);
    }
    let of = |entry: &Entry| format!("{} {}", entry.key, value(book, &entry.value).plain());
    Cell::text(entries.iter().map(of).collect::<Vec<_>>().join("; "))
}

/// Returns a value as programs read it; the words of a list have blanks between them.
fn value(book: &PriceBook, value: &EntryValue) -> Cell {
    match (&value.plain, &value.amount) {
        // A range of fees begins with an amount.
        (PlainValue::Text(text), Some((amount, _))) if *text == book.currency.plain(*amount) => {
            Cell::money(&book.currency, *amount)
        }
        (PlainValue::Text(text), _) => Cell::text(text),
        (PlainValue::List(words), _) => Cell::text(words.join(" ")),
        (PlainValue::Flag, _) => Cell::text("true"),
    }
}

fn currency(entry: &Entry) -> Cell {
    Cell::text(entry.value.amount.as_ref().map(|(_, code)| code.as_str()).unwrap_or_default())
}
