//! Answers as documents with typed cells, and every [format](FORMATS) that draws them.

mod canvas;
mod cell;
mod chart;
mod csv;
mod format;
mod html;
pub mod json;
mod markdown;
mod shorten;
mod svg;
mod terminal;

pub use canvas::Canvas;
pub use cell::Cell;
pub use csv::csv;
pub use format::{Answer, FORMATS, Format};
pub use html::html;
pub use markdown::markdown;
pub use svg::svg;
pub use terminal::terminal;
pub(crate) use terminal::wrap;

use crate::text::source::Place;

#[derive(Debug, Clone, Default)]
pub struct Document {
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone)]
pub enum Block {
    Title(String),
    /// The heading of the blocks that follow, in the tone of its news.
    Heading(String, Tone),
    Facts(Vec<(String, String)>),
    Table(Table),
    Items(Vec<ListItem>),
    /// Lines that keep their breaks.
    Lines(Vec<String>),
    Chart(Chart),
    /// Blocks for some readers, under a summary: folded away where a page can do that.
    Folded(String, Vec<Block>),
}

impl Block {
    /// A heading that brings no news.
    pub(crate) fn heading(words: impl Into<String>) -> Self {
        Self::Heading(words.into(), Tone::Plain)
    }

    pub(crate) fn facts<N: Into<String>>(facts: impl IntoIterator<Item = (N, String)>) -> Self {
        Self::Facts(facts.into_iter().map(|(name, value)| (name.into(), value)).collect())
    }

    /// Lists items under a heading in their tone; no blocks where there is nothing to list.
    pub(crate) fn items(
        heading: impl Into<String>,
        tone: Tone,
        items: impl IntoIterator<Item = ListItem>,
    ) -> Vec<Self> {
        let under = |list| vec![Self::Heading(heading.into(), tone), list];
        Self::list(items).map_or_else(Vec::new, under)
    }

    /// Lists items, if there are some.
    pub(crate) fn list(items: impl IntoIterator<Item = ListItem>) -> Option<Self> {
        let items: Vec<_> = items.into_iter().collect();
        (!items.is_empty()).then_some(Self::Items(items))
    }
}

/// Heights along an axis, as a drawing of any size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    pub title: String,
    pub along: String,
    /// The largest height there is.
    pub top: String,
    /// The smallest one.
    pub bottom: String,
    /// Places of the axis, with what they are.
    pub ticks: Vec<(u64, String)>,
    /// Lines: each a list of places with their heights, ascending.
    pub pieces: Vec<Vec<(u64, u64)>>,
    pub beside: Option<ReferenceLine>,
    pub marked: Vec<(u64, u64)>,
    pub mark: String,
}

/// A line that others are held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceLine {
    pub name: String,
    /// Places with their heights, ascending.
    pub points: Vec<(u64, u64)>,
}

impl Chart {
    /// The last place of the axis and the largest height, both from nothing.
    pub const SIDE: u64 = 10_000;

    /// Returns the place of a part on a side that stands for the whole.
    pub(crate) fn place(part: u64, whole: u64) -> u64 {
        let place = u128::from(part) * u128::from(Self::SIDE) / u128::from(whole.max(1));
        u64::try_from(place).unwrap_or(Self::SIDE).min(Self::SIDE)
    }

    /// The smallest height that is none.
    pub fn lowest(&self) -> Option<u64> {
        self.pieces.iter().flatten().map(|(_, height)| *height).filter(|it| *it > 0).min()
    }
}

#[derive(Debug, Clone, Default)]
pub struct Table {
    pub header: Vec<String>,
    /// Each as long as the header.
    pub rows: Vec<TableRow>,
}

/// A column of a table: its name, and the cell of an item.
pub type TableColumn<'f, T> = (&'f str, &'f dyn Fn(&T) -> Cell);

impl Table {
    pub fn new(
        header: impl IntoIterator<Item = impl Into<String>>,
        rows: impl IntoIterator<Item = TableRow>,
    ) -> Self {
        let header = header.into_iter().map(Into::into).collect();
        Self { header, rows: rows.into_iter().collect() }
    }

    /// Lists items, a row each, in columns that are declared beside their names.
    pub fn of_items<T>(items: impl IntoIterator<Item = T>, columns: &[TableColumn<'_, T>]) -> Self {
        let row = |item: T| TableRow::new(columns.iter().map(|(_, cell)| cell(&item)));
        Self::new(columns.iter().map(|(name, _)| *name), items.into_iter().map(row))
    }

    /// Leaves a column out unless it is shown.
    pub(crate) fn column_if(mut self, name: &str, is_shown: bool) -> Self {
        if !is_shown && let Some(at) = self.header.iter().position(|it| it == name) {
            self.header.remove(at);
            for row in &mut self.rows {
                row.cells.remove(at);
            }
        }
        self
    }

    /// Returns whether every cell of a column is a figure, so that the column stands at the right.
    pub fn is_figures(&self, column: usize) -> bool {
        self.rows.iter().filter_map(|row| row.cells.get(column)).all(Cell::is_figure)
    }
}

#[derive(Debug, Clone)]
pub struct TableRow {
    pub cells: Vec<Cell>,
    /// Whether the row adds up the rows above it.
    pub is_total: bool,
}

impl TableRow {
    pub fn new(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { cells: cells.into_iter().collect(), is_total: false }
    }

    pub fn total(cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { is_total: true, ..Self::new(cells) }
    }
}

#[derive(Debug, Clone)]
pub struct ListItem {
    pub tone: Tone,
    pub badge: String,
    pub text: String,
    /// The line of the price book or deal behind it.
    pub source: Option<String>,
}

impl ListItem {
    pub(crate) fn new(tone: Tone, badge: impl Into<String>, text: impl Into<String>) -> Self {
        Self { tone, badge: badge.into(), text: text.into(), source: None }
    }

    /// Adds the line of the price book or deal behind the item, if there is one.
    pub(crate) fn at<'p>(self, source: impl Into<Option<&'p Place>>) -> Self {
        Self { source: source.into().map(ToString::to_string), ..self }
    }
}

/// The kind of news that a text brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Plain,
    /// Good news: nobody has to act.
    Good,
    /// Somebody has to do something.
    Warning,
    /// This cannot go on.
    Bad,
}
