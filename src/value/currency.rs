use super::{Money, Quantity};

/// The currency of a book, and how an amount in it is shown to people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Currency {
    /// ISO 4217, such as `USD`.
    pub code: String,
    /// What stands before an amount, such as `$`.
    pub symbol: String,
}

impl Currency {
    /// `$1,853.21`: grouped by thousands, with the decimals that the amount has and two at least.
    #[must_use]
    pub fn show(&self, amount: Money) -> String {
        let plain = amount.plain();
        let (sign, digits) = match plain.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", plain.as_str()),
        };
        format!("{sign}{}{}", self.symbol, grouped(digits))
    }
}

impl Quantity {
    /// For people, grouped by thousands: `10,000`.
    #[must_use]
    pub fn grouped(self) -> String {
        grouped(&self.to_string())
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
