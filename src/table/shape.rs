//! Shapes of tables without types, for the schema and for readers of any table.

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Noun for the table in messages: "a tier".
    pub what: &'static str,
    /// Description for editors, in one or two sentences.
    pub about: &'static str,
    pub keys: &'static [Key],
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    /// Meaning of the value, with its unit.
    pub about: &'static str,
}

impl Key {
    pub const fn required(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, required: true, about }
    }

    pub const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name, kind, required: false, about }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Text,
    Choice(&'static [&'static str]),
    Whole(u32, u32),
    /// An exact amount: "1500.00". In a book with several currencies, one in each of them.
    Money,
    /// An exact amount, or a range of them: "50000.00-100000.00".
    MoneyRange,
    /// A share: "15%" or "0.15".
    Rate,
    /// A share of any size: "288%" or "2.88".
    Percentage,
    Rates,
    /// A number of units: 500 or "100.5".
    Quantity,
    /// A rate in one place, an amount or a number of years in another.
    Threshold,
    /// "3-49", "500+" or "2".
    Range,
    /// 2026-11-21.
    Date,
    /// The currencies in which the table holds: a list of codes. All currencies if it is left out.
    Currencies,
    Flag,
    /// True or false, or a text in place of true that says more.
    FlagOrText,
    Texts,
    Table(&'static Shape),
    Tables(&'static Shape),
    TableOrTables(&'static Shape),
    /// A table of tables, each under a name that the author of the file chooses.
    Named(&'static Shape),
    /// A table of rates or of these words, each under a name that the author of the file chooses.
    NamedRates(&'static [&'static str]),
}

impl Shape {
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}
