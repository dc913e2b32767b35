//! Terms in whole years.

use std::fmt;

/// A term in whole years, 1 to [`Years::MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Years(u8);

impl Years {
    /// One year.
    pub const ONE: Self = Self(1);

    /// The longest term that can be written down; what may be sold is the book's to say.
    pub const MAX: u64 = 30;

    /// A term, if it has at least one year and at most [`Years::MAX`].
    pub fn new(count: u64) -> Option<Self> {
        if !(1..=Self::MAX).contains(&count) {
            return None;
        }
        u8::try_from(count).ok().map(Self)
    }

    /// As a number.
    pub fn count(self) -> u32 {
        u32::from(self.0)
    }
}

/// "1 year", "3 years".
impl fmt::Display for Years {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} year{}", self.0, if self.0 == 1 { "" } else { "s" })
    }
}
