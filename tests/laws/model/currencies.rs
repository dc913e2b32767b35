//! The currencies of a book.

/// The currencies of a book.
#[derive(Debug, Clone)]
pub struct Currencies {
    /// That of the deals.
    pub main: &'static str,
    pub others: Vec<&'static str>,
    /// How many of the others stand before the main one.
    pub before: usize,
    /// The book sells something that is not sold in the main one.
    pub foreign: bool,
    /// Deals name the main one even where it is the first.
    pub named: bool,
}

impl Currencies {
    /// A book with one, which its deals have no need to name.
    pub const fn only(main: &'static str) -> Self {
        Self { main, others: Vec::new(), before: 0, foreign: false, named: false }
    }

    /// The decimal places of the smallest coin of the main one.
    pub fn minor(&self) -> u32 {
        match self.main {
            "JPY" => 0,
            "BHD" => 3,
            _ => 2,
        }
    }

    /// So many hundredths, as far as there are coins for them.
    pub fn coins(&self, hundredths: u64) -> u64 {
        if self.minor() == 0 { hundredths / 100 * 100 } else { hundredths }
    }

    /// In the order of the file, each with its place in [`Money::elsewhere`].
    pub fn in_order(&self) -> Vec<(&'static str, Option<usize>)> {
        let others = self.others.iter().enumerate().map(|(at, code)| (*code, Some(at)));
        let mut all: Vec<_> = others.collect();
        all.insert(self.before.min(all.len()), (self.main, None));
        all
    }
}
