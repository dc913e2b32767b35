//! Shapes of tables without types, for the schema and for readers of any table.

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Noun for the table in messages: "a tier".
    pub what: &'static str,
    /// Description for editors, in one or two sentences.
    pub about: &'static str,
    pub keys: &'static [Key],
    /// Other words that people write for its keys and their values.
    pub guesses: &'static [Guess],
}

/// Words that are not known to a table, and the place of the idea that people mean by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guess {
    /// Key whose value is guessed; `None` for a guess of a key.
    pub value_of: Option<&'static str>,
    pub words: &'static [&'static str],
    /// Known word, or a sentence that leads to the place of the idea.
    pub meant: &'static str,
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
    /// A table that another reader opens, with keys of its own.
    AnyTable,
    Table(&'static Shape),
    Tables(&'static Shape),
    TableOrTables(&'static Shape),
    /// A table of tables, each under a name that the author of the file chooses.
    Named(&'static Shape),
    /// A table of rates or of these words, each under a name that the author of the file chooses.
    NamedRates(&'static [&'static str]),
}

impl Shape {
    /// Returns the keys with another kind of value for the key `name`.
    ///
    /// # Panics
    /// Where `N` is not the number of keys: a static with another number does not compile.
    pub const fn keys_with<const N: usize>(&self, name: &str, kind: Kind) -> [Key; N] {
        assert!(self.keys.len() == N, "as many keys as the shape has");
        let mut keys = [self.keys[0]; N];
        let mut index = 0;
        while index < N {
            keys[index] = self.keys[index];
            if is_same_word(keys[index].name, name) {
                keys[index].kind = kind;
            }
            index += 1;
        }
        keys
    }

    /// Returns the meaning of a word that is not known as a key, or as a value of `value_of`.
    pub fn meant(&self, value_of: Option<&str>, word: &str) -> Option<&'static str> {
        let word = word.to_lowercase().replace('-', "_");
        let is_it = |guess: &&Guess| {
            guess.value_of == value_of && guess.words.iter().any(|known| *known == word)
        };
        self.guesses.iter().find(is_it).map(|guess| guess.meant)
    }

    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// Compares two texts where `==` cannot, in a constant.
pub const fn is_same_word(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut index = 0;
    while index < one.len() && index < other.len() && one[index] == other[index] {
        index += 1;
    }
    index == one.len() && index == other.len()
}
