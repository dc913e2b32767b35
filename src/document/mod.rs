//! Answers as documents with typed cells, and every [format](FORMATS) that draws them.

mod cell;
mod chart;
mod csv;
mod format;
pub mod json;
mod markdown;
mod svg;
mod terminal;

pub use cell::{Cell, CellCurrency, CellValue};
pub use csv::csv;
pub use format::{Answer, FORMATS, Format};
pub use markdown::markdown;
pub use svg::svg;
pub(crate) use terminal::wrap;
pub use terminal::{Canvas, terminal};

/// Blocks from top to bottom.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone)]
pub enum Block {
    /// What the document is.
    Title(String),
    /// What follows, in the tone of its news.
    Heading(String, Tone),
    /// Names with their values.
    Facts(Vec<(String, String)>),
    /// Rows under a header.
    Table(Table),
    /// A list.
    Items(Vec<ListItem>),
    /// Lines that keep their breaks.
    Lines(Vec<String>),
    /// A drawing.
    Chart(Chart),
    /// What only some readers want, under the words that it is known by: shown at a terminal, and
    /// folded away where a page can do that.
    Folded(String, Vec<Block>),
}

/// Heights along an axis, as a drawing of any size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What is drawn.
    pub title: String,
    /// What the axis counts.
    pub along: String,
    /// The largest height there is.
    pub top: String,
    /// The smallest one.
    pub bottom: String,
    /// Places of the axis, with what they are.
    pub ticks: Vec<(u64, String)>,
    /// Lines: each a list of places with their heights, ascending.
    pub pieces: Vec<Vec<(u64, u64)>>,
    /// What they are held against, if there is something.
    pub beside: Option<ReferenceLine>,
    /// Stretches of the axis that are marked.
    pub marked: Vec<(u64, u64)>,
    /// What the mark means.
    pub mark: String,
}

/// A line that others are held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceLine {
    /// What it is.
    pub name: String,
    /// Places with their heights, ascending.
    pub points: Vec<(u64, u64)>,
}

impl Chart {
    /// The last place of the axis and the largest height, both from nothing.
    pub const SIDE: u64 = 10_000;

    /// The smallest height that is none.
    pub fn lowest(&self) -> Option<u64> {
        self.pieces.iter().flatten().map(|(_, height)| *height).filter(|it| *it > 0).min()
    }
}

/// Rows under a header.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The names of the columns.
    pub header: Vec<String>,
    /// Each as long as the header.
    pub rows: Vec<TableRow>,
}

impl Table {
    /// Rows under the names of their columns.
    pub fn new(
        header: impl IntoIterator<Item = impl Into<String>>,
        rows: impl IntoIterator<Item = TableRow>,
    ) -> Self {
        let header = header.into_iter().map(Into::into).collect();
        Self { header, rows: rows.into_iter().collect() }
    }
}

/// A column of a table: its name, and the cell of an item.
pub type Column<'f, T> = (&'f str, &'f dyn Fn(&T) -> Cell);

impl Table {
    /// Lists items, a row each, in columns that are declared beside their names.
    pub fn of_items<T>(items: impl IntoIterator<Item = T>, columns: &[Column<'_, T>]) -> Self {
        let row =
            |item: T| TableRow { cells: columns.iter().map(|(_, cell)| cell(&item)).collect() };
        Self::new(columns.iter().map(|(name, _)| *name), items.into_iter().map(row))
    }

    /// Returns whether every cell of a column is a figure, so that the column stands at the right.
    pub fn is_figures(&self, column: usize) -> bool {
        self.rows.iter().filter_map(|row| row.cells.get(column)).all(Cell::is_figure)
    }
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct TableRow {
    /// From left to right.
    pub cells: Vec<Cell>,
}

/// One thing in a list.
#[derive(Debug, Clone)]
pub struct ListItem {
    /// How the badge is coloured.
    pub tone: Tone,
    /// A word in front of it.
    pub badge: String,
    /// What is said.
    pub text: String,
    /// Where it comes from.
    pub source: Option<String>,
}

/// What kind of news it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// No news.
    Plain,
    /// Nothing to do.
    Good,
    /// Somebody has to do something.
    Warning,
    /// This cannot go on.
    Bad,
}
