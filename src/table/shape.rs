//! What a table may hold, written down once for the reader and for editors.

/// What a table may hold.
#[derive(Debug)]
pub struct Shape {
    /// What the table is, for messages: "a tier".
    pub what: &'static str,
    /// One or two sentences for editors.
    pub about: &'static str,
    /// Every key that it may have.
    pub keys: &'static [Key],
}

/// One key of a table.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What its value looks like.
    pub kind: Kind,
    /// Whether it has to be there.
    pub required: bool,
    /// What it means, with its unit.
    pub about: &'static str,
}

impl Key {
    /// A key that has to be there.
    pub const fn required(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, required: true, about }
    }

    /// A key that may be left out.
    pub const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, required: false, about }
    }
}

/// What a key's value looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Words.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A whole number within these bounds.
    Whole(u32, u32),
    /// An exact amount: "1500.00". In a book with several currencies, one in each of them.
    Money,
    /// An exact amount, or a range of them: "50000.00-100000.00".
    MoneyRange,
    /// A share: "15%" or "0.15".
    Rate,
    /// A share of any size: "288%" or "2.88".
    Percentage,
    /// A range of rates: "30%-35%".
    Rates,
    /// A number of units: 500 or "100.5".
    Quantity,
    /// A rate in one place, an amount or a number of years in another.
    Threshold,
    /// "3-49", "500+" or "2".
    Range,
    /// 2026-11-21.
    Date,
    /// The currencies in which a table holds: a list of codes, all of them if it is left out.
    Currencies,
    /// true or false.
    Flag,
    /// A list of words.
    Texts,
    /// A table.
    Table(&'static Shape),
    /// A list of tables.
    Tables(&'static Shape),
    /// A table, or a list of them.
    TableOrTables(&'static Shape),
    /// A table whose keys are names of the author's own, each with such a table.
    Named(&'static Shape),
    /// A table whose keys are names of the author's own, each with a rate or one of these words.
    NamedRates(&'static [&'static str]),
}

impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Shape {
    /// The key of that name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}
