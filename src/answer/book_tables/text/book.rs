//! A price book as a person reads it.

use super::curve;
use crate::answer::book_tables::{
    BookTable, BookTables, Entry, EntryValue, TableGroup, json, rows,
};
use crate::book::{Books, PriceBook, PriceColumn};
use crate::deal::Deal;
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Chart, Document, Table, TableRow};
use crate::number::Currency;
use crate::price::curve::PriceCurve;
use crate::table::STANDARD;

/// A price book as an answer, or what of it concerns one metric.
#[derive(Debug, Clone, Copy)]
pub struct BookView<'a> {
    pub books: &'a Books,
    /// The book in the currency that is shown.
    pub book: &'a PriceBook,
    pub listing: &'a BookTables,
    /// The metric that alone is shown, if there is one.
    pub metric: Option<&'a str>,
    /// The prices of that metric at every quantity, if they were computed.
    pub curve: Option<&'a (Deal<'a>, PriceCurve<'a>)>,
    /// Whether document and JSON have the prices too.
    pub with_charts: bool,
}

impl<'a> BookView<'a> {
    fn charted(&self) -> Option<&'a (Deal<'a>, PriceCurve<'a>)> {
        self.curve.filter(|_| self.with_charts)
    }
}

impl Answer for BookView<'_> {
    fn document(&self) -> Document {
        let (book, currency) = (self.book, &self.book.currency);
        let currencies: Vec<_> = self.books.currencies().collect();
        let amounts = match currencies[..] {
            [_] => currency.code.clone(),
            _ => format!("{}, of {}", currency.code, currencies.join(", ")),
        };
        let standard = self.books.columns().next().map(|_| STANDARD);
        let own = self.book.price_column().map(PriceColumn::name).or(standard);
        let columns = standard.into_iter().chain(self.books.columns().map(PriceColumn::name));
        let columns: Vec<_> = columns.collect();
        let prices =
            own.map(|own| ("Prices".to_owned(), format!("{own}, of {}", columns.join(", "))));
        let is_identity = |part: &&BookTable| part.kind == "book";
        let identity = self.listing.parts.iter().filter(is_identity);
        let identity = identity.flat_map(|part| &part.entries).map(fact);
        let rest = [("SHA-256", book.sha256.clone()), ("Amounts in", amounts)];
        let rest = rest.map(|(name, value)| (name.to_owned(), value));
        let name = format!("Price book {}", book.name);
        let mut blocks = vec![Block::Title(name), Block::facts(identity.chain(rest).chain(prices))];
        for part in self.listing.tables_for(self.metric).filter(|part| !is_identity(part)) {
            let heading = heading(part.kind, part.name.as_deref(), title(part));
            blocks.push(Block::heading(heading));
            // The heading has the title.
            let entries = part.entries.iter().filter(|it| it.key != "title");
            let facts: Vec<_> = entries.map(fact).collect();
            if !facts.is_empty() {
                blocks.push(Block::Facts(facts));
            }
            blocks.extend(part.groups.iter().map(|group| Block::Table(table(group, currency))));
        }
        let curve = self.charted().into_iter();
        blocks.extend(curve.flat_map(|(deal, curve)| curve::blocks(curve, deal)));
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::entries(self.book, self.listing, self.metric)
    }

    fn json(&self) -> Json {
        json::book(self.books, self.book, self.listing, self.metric, self.charted())
    }

    fn charts(&self) -> Vec<Chart> {
        self.curve.map(|(deal, curve)| curve::charts(curve, deal)).unwrap_or_default()
    }
}

fn title(part: &BookTable) -> Option<&str> {
    part.entry("title").map(|entry| entry.value.shown.as_str())
}

/// "Metric socket: CPU socket".
pub(crate) fn heading(kind: &str, name: Option<&str>, title: Option<&str>) -> String {
    let kind = match kind {
        "book" => "Book",
        "currency" => "Currencies",
        "term" => "Terms",
        "approval" => "Approval ladder, lowest level first",
        "review" => "Reviews",
        "payment" => "Payment terms",
        "billing" => "Billing schedules",
        "guardrail" => "Guardrails",
        "example" => "Examples",
        "channel" if name.is_some() => "Channel",
        "channel" => "Channels",
        "service" => "Services",
        "clause" => "Contract clauses",
        "alternative" => "Alternative",
        other => &label(other),
    };
    let name = name.map(|name| format!(" {name}")).unwrap_or_default();
    let title = title.map(|title| format!(": {title}")).unwrap_or_default();
    format!("{kind}{name}{title}")
}

/// The words for a key: `max_rate` is "Max rate".
pub(crate) fn label(key: &str) -> String {
    if let Some(rest) = key.strip_prefix("arr_") {
        return format!("ARR {rest}");
    }
    let words = key.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn fact(entry: &Entry) -> (String, String) {
    (label(entry.key), format!("{}  [{}]", entry.value.shown, entry.place))
}

fn table(group: &TableGroup, currency: &Currency) -> Table {
    let keys = group.keys();
    let labels = keys.iter().map(|key| label(key));
    let header = ["Name".to_owned()].into_iter().chain(labels).chain(["Source".to_owned()]);
    let rows = group.rows.iter().map(|row| {
        let cells = keys.iter().map(|key| match row.entry(key).map(|entry| &entry.value) {
            Some(value) => cell(currency, value),
            None if is_number(group, key) => Cell::default(),
            None => Cell::text(""),
        });
        let (name, source) = (Cell::text(&row.name), Cell::source(row.source()));
        TableRow::new([name].into_iter().chain(cells).chain([source]))
    });
    Table::new(header, rows).column_if("Name", group.is_named)
}

/// Returns a value of the book, an amount as one.
fn cell(currency: &Currency, value: &EntryValue) -> Cell {
    let amount = value.amount.as_ref().map(|(amount, _)| Cell::money(currency, *amount));
    // A range of fees begins with an amount.
    match amount.filter(|amount| amount.shown == value.shown) {
        Some(amount) => amount,
        None if value.is_number => Cell::figure(&value.shown),
        None => Cell::text(&value.shown),
    }
}

fn is_number(group: &TableGroup, key: &str) -> bool {
    group.rows.iter().filter_map(|row| row.entry(key)).any(|entry| entry.value.is_number)
}
