//! Currencies, and how amounts in them are written.

use super::{Money, MoneyRange, Quantity, Total};

/// The currency of a price book, and how an amount in it is shown to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    /// ISO 4217, such as `USD`.
    pub code: String,
    /// What stands before an amount, such as `$`.
    pub symbol: String,
    /// Decimal places of its smallest coin: 2 for USD, 0 for JPY, 3 for BHD.
    pub minor: u32,
}

impl Currency {
    /// The currency of an ISO 4217 code, if there is one and it has coins: gold and test codes
    /// have none. Without a symbol, its code stands before an amount.
    pub fn new(code: &str, symbol: Option<String>) -> Option<Self> {
        let minor = iso_currency::Currency::from_code(code)?.exponent()?;
        Some(Self {
            code: code.to_owned(),
            symbol: symbol.unwrap_or_else(|| format!("{code} ")),
            minor: minor.into(),
        })
    }

    /// Plain digits, for machines: `1853.21`, with the decimals that the amount has and those of
    /// the currency at least.
    pub fn plain(&self, amount: Money) -> String {
        amount.at_least(self.minor)
    }

    /// `$1,853.21`: the same for people, grouped by thousands.
    pub fn show(&self, amount: Money) -> String {
        self.shown(&self.plain(amount))
    }

    /// The same of a sum.
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

    /// `$50,000.00 to $100,000.00`; of one amount only that.
    pub fn show_range(&self, range: MoneyRange) -> String {
        let least = self.show(range.least());
        if range.is_one() { least } else { format!("{least} to {}", self.show(range.most())) }
    }
}

impl Quantity {
    /// For people, grouped by thousands: `10,000`.
    pub fn grouped(self) -> String {
        grouped(&self.to_string())
    }
}

/// "2 decimal places", "a whole amount".
pub(crate) fn decimals(places: u32) -> String {
    match places {
        0 => "a whole amount".to_owned(),
        1 => "1 decimal place".to_owned(),
        _ => format!("{places} decimal places"),
    }
}

/// Plain digits, grouped by thousands: `1,853.21`.
pub(crate) fn grouped(digits: &str) -> String {
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut text = String::with_capacity(digits.len() + whole / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && at < whole && (whole - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
