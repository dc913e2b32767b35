//! Changes from one version of a price book to another.

use super::book::{heading, label};
use crate::answer::book_tables::{BookChange, ChangeEffect, ChangeSide, Entry, json, rows};
use crate::answer::reprice::{Repricing, text};
use crate::book::PriceBook;
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, Table};
use crate::number::Total;
use crate::text::visible_signs;

/// The changes of a book as an answer, with what they do to deals.
#[derive(Debug, Clone, Copy)]
pub struct BookDiffView<'a> {
    /// The old book and the new one.
    pub books: [&'a PriceBook; 2],
    pub changes: &'a [BookChange],
    /// The deals that were priced by both books, if some were.
    pub repricing: Option<&'a Repricing<'a>>,
}

impl Answer for BookDiffView<'_> {
    fn document(&self) -> Document {
        let [old, new] = self.books;
        let loosening = self.changes.iter().filter(|it| it.effect == ChangeEffect::Loosens).count();
        let changes =
            ("Changes", format!("{}, {loosening} of them loosen the book", self.changes.len()));
        let facts = Block::facts(text::books(old, new).into_iter().chain([changes]));
        let title = format!("Price book {}, version {} to {}", new.name, old.version, new.version);
        let mut blocks = vec![Block::Title(title), facts];
        if self.changes.is_empty() {
            let files = if old.sha256 == new.sha256 {
                "The files are the same."
            } else {
                "The files differ, but the price books in them are the same."
            };
            blocks.push(Block::Lines(vec![files.to_owned()]));
        }
        let [before, after] = [old, new].map(|book| visible_signs(&book.version));
        if !self.changes.is_empty() && before == after {
            let message =
                format!("The price book changed, and its version is still {}.", new.version);
            blocks.push(Block::Lines(vec![message]));
        }
        let mut codes = self.changes.iter().filter_map(BookChange::currency);
        let first = codes.next();
        let several = codes.any(|code| Some(code) != first);
        for part in
            self.changes.chunk_by(|one, other| (one.kind, &one.name) == (other.kind, &other.name))
        {
            let Some(first) = part.first() else { continue };
            blocks.push(Block::heading(heading(first.kind, first.name.as_deref(), None)));
            blocks.push(Block::Table(table(part, several)));
        }
        if let Some(repricing) = self.repricing {
            blocks.push(Block::heading(format!("Effect on {}", repricing.input)));
            blocks.push(Block::facts(text::counts(repricing)));
            blocks.extend(text::impact(repricing));
        }
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::changes(self.books, self.changes)
    }

    fn json(&self) -> Json {
        json::diff(self.books, self.changes, self.repricing)
    }
}

fn table(changes: &[BookChange], several: bool) -> Table {
    let text = |text: Option<String>| Cell::text(text.unwrap_or_default());
    let value = |change: &BookChange, side: &Option<ChangeSide>| {
        text(side.as_ref().map(|side| said(change, side)))
    };
    let source = |side: Option<&ChangeSide>| text(side.map(|side| side.place.to_string()));
    let table = Table::of_items(
        changes,
        &[
            ("Item", &|it| Cell::text(what(it, several))),
            ("Change", &|it| Cell::text(it.word())),
            ("Old", &|it| value(it, &it.old)),
            ("New", &|it| value(it, &it.new)),
            ("Share", &|it| share(it).unwrap_or_default()),
            ("Effect", &|it| Cell::text(it.effect.name())),
            ("Line", &|it| source(it.new.as_ref().or(it.old.as_ref()))),
        ],
    );
    table.column_if("Share", changes.iter().any(|change| share(change).is_some()))
}

/// "50-499, price", with the currency of an amount where changes are in several.
fn what(change: &BookChange, several: bool) -> String {
    let row = change.row.as_ref().map(|(_, row)| row.clone());
    let key = change.key.map(|key| match row {
        Some(_) => label(key).to_lowercase(),
        None => label(key),
    });
    let currency = change.currency().filter(|_| several).map(str::to_owned);
    let what: Vec<_> = row.into_iter().chain(key).chain(currency).collect();
    if what.is_empty() { "all of it".to_owned() } else { what.join(", ") }
}

/// The value of a key; of a table as a whole each of its values with its key.
fn said(change: &BookChange, side: &ChangeSide) -> String {
    let name = change.row.as_ref().map(|(_, name)| name);
    // What a row goes by is said already.
    let is_new = |entry: &&Entry| change.key.is_some() || Some(&entry.value.shown) != name;
    let entries = side.entries.iter().filter(is_new).map(|entry| match change.key {
        Some(_) => entry.value.shown.clone(),
        None => format!("{} {}", label(entry.key).to_lowercase(), entry.value.shown),
    });
    entries.collect::<Vec<_>>().join("; ")
}

/// Returns the change of an amount as a share of the old one.
fn share(change: &BookChange) -> Option<Cell> {
    let amount = |side: &Option<ChangeSide>| match side.as_ref()?.entries.as_slice() {
        [entry] if change.key.is_some() => entry.value.amount.clone(),
        _ => None,
    };
    let ((old, currency), (new, other)) = (amount(&change.old)?, amount(&change.new)?);
    let is_one = currency == other && !old.is_zero();
    is_one.then(|| Cell::share(Total::from(old).growth_to(new.into())).plus_if(new > old))
}
