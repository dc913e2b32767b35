//! A row as the texts of its columns.

use crate::laws::cases;
use proptest::prelude::*;

/// Every column, in an order that no file has to keep.
pub const NAMES: [&str; 12] = [
    "id",
    "customer",
    "metric",
    "quantity",
    "term_years",
    "prepay",
    "strategic",
    "strategic_rate",
    "volume",
    "edition",
    "hosts",
    "incumbent",
];

/// Text of each column; empty for a column that the file does not have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row(pub [String; NAMES.len()]);

impl Row {
    /// A row of pairs such as `("metric", "socket")`.
    pub fn of(texts: &[(&str, &str)]) -> Self {
        texts.iter().fold(Self::default(), |row, (name, text)| row.with(name, text))
    }

    /// Replaces the text of a column.
    pub fn with(mut self, name: &str, text: &str) -> Self {
        let column = NAMES.iter().position(|known| *known == name).expect("a column");
        text.clone_into(&mut self.0[column]);
        self
    }

    pub fn text(&self, name: &str) -> &str {
        &self.0[NAMES.iter().position(|known| *known == name).expect("a column")]
    }
}

/// Rows with the number of each as its id.
pub fn numbered(rows: impl IntoIterator<Item = Row>) -> Vec<Row> {
    let rows = rows.into_iter().enumerate();
    rows.map(|(at, row)| row.with("id", &format!("r{}", at + 1))).collect()
}

/// As CSV, by a program that writes nothing else, with a header.
pub fn csv(rows: &[Row]) -> Vec<u8> {
    csv_of(rows, &NAMES)
}

/// Writes rows as CSV with these columns, in their order.
pub fn csv_of(rows: &[Row], columns: &[&str]) -> Vec<u8> {
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(columns).expect("a header");
    for row in rows {
        file.write_record(columns.iter().map(|name| row.text(name))).expect("a row");
    }
    file.into_inner().expect("a file")
}

proptest! {
    #![proptest_config(cases(50))]

    /// Reads rows with another program as the texts that were written.
    #[test]
    fn rows_are_written_as_csv(texts in prop::array::uniform12("[a,\"\r\n é=]{0,6}")) {
        let row = Row(texts);
        let file = csv(std::slice::from_ref(&row));
        let mut file = csv::Reader::from_reader(file.as_slice());
        let read = file.records().next().expect("a row").expect("CSV");
        prop_assert_eq!(read.iter().collect::<Vec<_>>(), row.0.iter().collect::<Vec<_>>());
    }
}
