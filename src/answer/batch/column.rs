//! Which column of the input is what.

use std::fmt;

/// A column of a file of deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// What the row is known by; the output repeats it.
    Id,
    /// Who buys. No price depends on it.
    Customer,
    /// What is counted.
    Metric,
    /// How many.
    Quantity,
    /// The commitment; one year, if the cell is empty.
    TermYears,
    /// One of the book's ways to prepay.
    Prepay,
    /// The program that is claimed.
    Strategic,
    /// Its rate.
    StrategicRate,
    /// How much of the volume discount is taken.
    Volume,
    /// An edition, where the quantity should not decide.
    Edition,
    /// The hosts that it runs on.
    Hosts,
    /// Whose product is to be replaced.
    Incumbent,
}

impl Column {
    /// All of them, with the names that a header has for them.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("id", Self::Id),
        ("customer", Self::Customer),
        ("metric", Self::Metric),
        ("quantity", Self::Quantity),
        ("term_years", Self::TermYears),
        ("prepay", Self::Prepay),
        ("strategic", Self::Strategic),
        ("strategic_rate", Self::StrategicRate),
        ("volume", Self::Volume),
        ("edition", Self::Edition),
        ("hosts", Self::Hosts),
        ("incumbent", Self::Incumbent),
    ];

    /// Those without which nothing can be priced. Of any other an empty cell is the default.
    pub(super) const NEEDED: &'static [Self] = &[Self::Id, Self::Metric, Self::Quantity];

    /// The name that a header has for it.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// The column of that name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
    }

    /// How many bytes its text may have, with the comma behind it, where rows are told apart by it.
    /// Nothing, if they are not: who buys decides no price, and quantities and rates are numbers.
    pub(super) const fn room(self) -> usize {
        match self {
            Self::Id | Self::Customer | Self::Quantity | Self::StrategicRate => 0,
            Self::TermYears => 4,
            Self::Volume | Self::Hosts => 8,
            Self::Prepay => 12,
            Self::Metric | Self::Edition => 16,
            Self::Incumbent => 24,
            Self::Strategic => 32,
        }
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Where each column stands in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnLayout {
    /// By column.
    places: [Option<usize>; Column::ALL.len()],
    width: usize,
    /// Names of columns that say nothing.
    ignored: Vec<String>,
}

impl ColumnLayout {
    /// The order of [`Column::ALL`], which rows of other formats are brought into.
    pub fn plain(ignored: &[String]) -> Self {
        let ignored = ignored.to_vec();
        Self { places: std::array::from_fn(Some), width: Column::ALL.len(), ignored }
    }

    /// Columns in an order of their own; `None` for those that are to be ignored.
    pub(super) fn new(columns: &[Option<Column>]) -> Self {
        let at = |(_, column): &(&str, Column)| columns.iter().position(|it| *it == Some(*column));
        let mut places = [None; Column::ALL.len()];
        for (place, column) in places.iter_mut().zip(Column::ALL) {
            *place = at(column);
        }
        Self { places, width: columns.len(), ignored: Vec::new() }
    }

    /// Whether a column of that name says nothing.
    pub fn ignores(&self, name: &str) -> bool {
        self.ignored.iter().any(|known| known == name)
    }

    /// How many fields a row has.
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Which field of a row a column is, if the file has it.
    pub const fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }
}
