//! Columns of a file of deals, and where each of them stands in a row.

use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Name of the row; the output repeats it.
    Id,
    /// Customer. No price depends on it.
    Customer,
    /// Metric of the book that is bought.
    Metric,
    Quantity,
    /// Term in years; an empty field is one year.
    TermYears,
    /// One of the book's ways to prepay.
    Prepay,
    Strategic,
    StrategicRate,
    /// How much of the volume discount is taken.
    Volume,
    /// Edition, where the quantity should not decide.
    Edition,
    /// Number of hosts that the product runs on.
    Hosts,
    /// Vendor of the product that is to be replaced.
    Incumbent,
    /// Length of the contract in months, in place of a term in years.
    Months,
    /// Segment of the customer.
    Segment,
    /// Region of the customer.
    Region,
}

impl Column {
    /// Every column with its name in a header, in the order of the fields of a row of JSON.
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
        ("months", Self::Months),
        ("segment", Self::Segment),
        ("region", Self::Region),
    ];

    /// Columns without which no row can be priced. An empty field of any other is the default.
    pub(super) const NEEDED: &'static [Self] = &[Self::Id, Self::Metric, Self::Quantity];

    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
    }

    /// Returns how many bytes of the key of a row the column may take, with the comma behind it.
    ///
    /// Zero for a column that is not part of the key: no price depends on the customer or the id, and
    /// quantities and rates are read as numbers.
    pub(super) const fn key_bytes(self) -> usize {
        match self {
            Self::Id | Self::Customer | Self::Quantity | Self::StrategicRate => 0,
            Self::TermYears | Self::Months => 4,
            Self::Volume | Self::Hosts => 8,
            Self::Prepay => 12,
            Self::Metric | Self::Edition | Self::Segment | Self::Region => 16,
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

/// Place of each column in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnLayout {
    /// Field of each column, in the order of [`Column::ALL`].
    fields: [Option<usize>; Column::ALL.len()],
    pub(crate) width: usize,
    ignored: Vec<String>,
}

impl ColumnLayout {
    /// Lays out a row in the order of [`Column::ALL`], for formats that name each value.
    pub fn in_order(ignored: &[String]) -> Self {
        let ignored = ignored.to_vec();
        Self { fields: std::array::from_fn(Some), width: Column::ALL.len(), ignored }
    }

    /// Lays out a row in the order of its file; `None` stands for a column that is not read.
    pub(super) fn new(columns: &[Option<Column>]) -> Self {
        let field = |at: usize| columns.iter().position(|it| *it == Some(Column::ALL[at].1));
        Self { fields: std::array::from_fn(field), width: columns.len(), ignored: Vec::new() }
    }

    pub fn ignores(&self, name: &str) -> bool {
        self.ignored.iter().any(|known| known == name)
    }

    /// Returns the field of a column, or `None` if the file does not have the column.
    pub const fn field(&self, column: Column) -> Option<usize> {
        self.fields[column as usize]
    }
}
