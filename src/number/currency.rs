//! Currencies, and the notation of amounts.

use super::{Money, MoneyRange, Quantity, Total, grouped};

/// Currency of a price book, with the notation of its amounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    /// ISO 4217 code, such as `USD`.
    pub code: String,
    /// Symbol before an amount, such as `$`.
    pub symbol: String,
    /// Decimal places of the smallest coin: 2 for USD, 0 for JPY, 3 for BHD.
    pub minor: u32,
}

impl Currency {
    /// Returns the currency with this ISO 4217 code. Returns `None` for an unknown code, and for
    /// codes without coins, such as gold. Without a symbol, the code stands before an amount.
    pub fn new(code: &str, symbol: Option<String>) -> Option<Self> {
        let minor = iso_currency::Currency::from_code(code)?.exponent()?;
        Some(Self {
            code: code.to_owned(),
            symbol: symbol.unwrap_or_else(|| format!("{code} ")),
            minor: minor.into(),
        })
    }

    /// Returns plain digits for programs, with at least the currency's places: `1853.21`.
    pub fn plain(&self, amount: Money) -> String {
        amount.at_least(self.minor)
    }

    /// Returns the amount for people, grouped by thousands: `$1,853.21`.
    pub fn show(&self, amount: Money) -> String {
        self.shown(&self.plain(amount))
    }

    /// Returns a total for people, grouped by thousands.
    pub fn show_total(&self, total: Total) -> String {
        self.shown(&total.plain(self.minor))
    }

    fn shown(&self, plain: &str) -> String {
        let (sign, digits) = match plain.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", plain),
        };
        format!("{sign}{}{}", self.symbol, grouped(digits))
    }

    /// Returns a range for people: `$50,000.00 to $100,000.00`, or a single amount.
    pub fn show_range(&self, range: MoneyRange) -> String {
        let least = self.show(range.least);
        if range.is_one() { least } else { format!("{least} to {}", self.show(range.most)) }
    }
}

impl Quantity {
    /// Returns the quantity for people, grouped by thousands: `10,000`.
    pub fn grouped(self) -> String {
        grouped(&self)
    }
}
