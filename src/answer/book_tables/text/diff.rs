//! Changes from one version of a price book to another.

use super::book::{heading, label};
use crate::answer::book_tables::{BookChange, ChangeSide, Entry, json, rows};
use crate::answer::reprice::{Repricing, text};
use crate::book::PriceBook;
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, Table, TableRow, Tone};
use crate::number::Total;

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
        let mut facts = text::books(old, new);
        facts.push(("Changes".to_owned(), self.changes.len().to_string()));
        let title = format!("Price book {}, version {} to {}", new.name, old.version, new.version);
        let mut blocks = vec![Block::Title(title), Block::Facts(facts)];
        if self.changes.is_empty() {
            let files = if old.sha256 == new.sha256 {
                "The files are the same."
            } else {
                "The files differ, but the price books in them are the same."
            };
            blocks.push(Block::Lines(vec![files.to_owned()]));
        }
        let mut codes = self.changes.iter().filter_map(BookChange::currency);
        let first = codes.next();
        let several = codes.any(|code| Some(code) != first);
        for part in
            self.changes.chunk_by(|one, other| (one.kind, &one.name) == (other.kind, &other.name))
        {
            let Some(first) = part.first() else { continue };
            let title = heading(first.kind, first.name.as_deref(), None);
            blocks.push(Block::Heading(title, Tone::Plain));
            blocks.push(Block::Table(table(part, several)));
        }
        if let Some(repricing) = self.repricing {
            let title = format!("Effect on {}", repricing.input);
            blocks.push(Block::Heading(title, Tone::Plain));
            blocks.push(Block::Facts(text::counts(repricing)));
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
    let has_share = changes.iter().any(|change| share(change).is_some());
    let rows = changes.iter().map(|change| {
        let said = |side: &Option<ChangeSide>| side.as_ref().map(|it| said(change, it));
        let source = |side: &Option<ChangeSide>| side.as_ref().map(|side| side.place.to_string());
        let cells = [
            Some(what(change, several)),
            Some(change.word().to_owned()),
            said(&change.old),
            said(&change.new),
        ];
        let share = has_share.then(|| share(change).unwrap_or_default());
        let sources = [source(&change.old), source(&change.new)];
        let text = |text: Option<String>| Cell::text(text.unwrap_or_default());
        TableRow::new(cells.map(text).into_iter().chain(share).chain(sources.map(text)).collect())
    });
    let share = has_share.then_some("Share");
    let header = ["Item", "Change", "Old", "New"].into_iter().chain(share);
    Table::new(header.chain(["Old line", "New line"]), rows.collect::<Vec<_>>())
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
