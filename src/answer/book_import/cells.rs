//! Numbers, ranges and periods of a price list, as people write them.

use crate::number::{Money, Quantity};
use crate::text::diagnostic::Code;

/// Error of a cell: its code, message and hint.
type CellError = (Code, String, &'static str);

/// Character before the decimals of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DecimalMark {
    Point,
    Comma,
}

impl DecimalMark {
    /// Returns a number in plain digits, without the marks between thousands. Returns `None` for any other text.
    ///
    /// A mark between thousands has three digits behind it, and is another one than the decimal mark.
    fn plain(self, text: &str) -> Option<String> {
        let (mark, group) = match self {
            Self::Point => ('.', ','),
            Self::Comma => (',', '.'),
        };
        let blanks = |c: char| c.is_whitespace() || ['\'', '’', '_'].contains(&c);
        let text = text.trim();
        let (whole, decimals) = match text.split_once(mark) {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (text, None),
        };
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let groups: Vec<&str> = whole.split(|c: char| c == group || blanks(c)).collect();
        let are_thousands = groups.iter().skip(1).all(|group| group.len() == 3)
            && (groups.len() == 1 || groups[0].len() <= 3);
        if !are_thousands || !groups.iter().all(|group| is_digits(group)) {
            return None;
        }
        let whole = groups.concat();
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        match decimals {
            None => Some(whole.to_owned()),
            Some(decimals) if is_digits(decimals) => Some(format!("{whole}.{decimals}")),
            Some(_) => None,
        }
    }

    fn whole(self, text: &str) -> Option<u64> {
        let plain = self.plain(text)?;
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let is_whole = decimals.bytes().all(|digit| digit == b'0');
        whole.parse().ok().filter(|number| is_whole && *number <= Quantity::MAX)
    }
}

/// Signs of currencies, each with the code that is assumed.
const SIGNS: [(char, &str); 4] = [('$', "USD"), ('€', "EUR"), ('£', "GBP"), ('¥', "JPY")];

/// Reads a price, with the code of a currency that stands before or behind it.
pub(super) fn price(text: &str, mark: DecimalMark) -> Result<(Money, Option<String>), CellError> {
    let sign = SIGNS.iter().find(|(sign, _)| text.contains(*sign));
    let bare = text.replace(|c| SIGNS.iter().any(|(sign, _)| *sign == c), "");
    let is_code = |word: &&str| word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    let code = bare.split_whitespace().find(is_code).map(str::to_owned);
    let digits = code.as_deref().map_or_else(|| bare.clone(), |code| bare.replacen(code, "", 1));
    let plain = mark.plain(&digits).and_then(|plain| Money::parse(&plain).ok());
    let price = plain.ok_or_else(|| {
        let message = format!("\"{text}\" is not a price");
        (Code::BadNumber, message, "write plain digits, such as 1500.00, or 1,500.00")
    })?;
    Ok((price, code.or_else(|| sign.map(|(_, code)| (*code).to_owned()))))
}

/// Range of a row: both ends can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListRange {
    pub from: Option<u64>,
    pub to: Option<u64>,
}

/// Reads a range from one cell, such as "1-49" or "50+", or from a cell for each end.
pub(super) fn range(
    written: Option<&str>,
    ends: [Option<&str>; 2],
    mark: DecimalMark,
) -> Result<ListRange, CellError> {
    let number = |text: &str| {
        mark.whole(text).ok_or_else(|| {
            let message = format!("\"{text}\" is not a whole number of units");
            (
                Code::BadRange,
                message,
                "write whole numbers, and leave the end of the last range empty",
            )
        })
    };
    let open = ["", "-", "∞", "+", "max", "unlimited", "and up"];
    let end = |text: &str| {
        if open.contains(&text.trim().to_lowercase().as_str()) {
            Ok(None)
        } else {
            number(text).map(Some)
        }
    };
    // A range can stand in the cell of its first number: "50+".
    let is_range = |text: &str| mark.whole(text).is_none() && !open.contains(&text);
    let written = written.or_else(|| ends[0].filter(|from| ends[1].is_none() && is_range(from)));
    if let (None, [from, to]) = (written, ends) {
        let from = from.map_or(Ok(None), end)?;
        let to = to.map_or(Ok(None), end)?;
        return Ok(ListRange { from, to });
    }
    let text = written.unwrap_or_default().trim().to_lowercase();
    for prefix in ["up to", "<=", "≤"] {
        if let Some(to) = text.strip_prefix(prefix) {
            return Ok(ListRange { from: None, to: Some(number(to)?) });
        }
    }
    for prefix in ["from", ">=", "≥"] {
        if let Some(from) = text.strip_prefix(prefix) {
            return Ok(ListRange { from: Some(number(from)?), to: None });
        }
    }
    for suffix in ["+", "and up", "and above", "or more"] {
        if let Some(from) = text.strip_suffix(suffix) {
            return Ok(ListRange { from: Some(number(from)?), to: None });
        }
    }
    for between in ["-", "–", "—", " to "] {
        if let Some((from, to)) = text.split_once(between) {
            return Ok(ListRange { from: Some(number(from)?), to: Some(number(to)?) });
        }
    }
    let only = number(&text)?;
    Ok(ListRange { from: Some(only), to: Some(only) })
}

/// Period that a price is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListPeriod {
    Year,
    Month,
    Hour,
    Once,
}

impl ListPeriod {
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        let word = word.strip_prefix("per ").unwrap_or(&word).trim_start_matches('/').trim();
        match word {
            "year" | "yearly" | "annual" | "annually" | "yr" | "y" | "12 months" => {
                Some(Self::Year)
            }
            "month" | "monthly" | "mo" | "m" => Some(Self::Month),
            "hour" | "hourly" | "h" | "hr" => Some(Self::Hour),
            "once" | "one-time" | "one time" | "onetime" | "perpetual" => Some(Self::Once),
            _ => None,
        }
    }

    /// Returns the word of the book.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Hour => "hour",
            Self::Once => "once",
        }
    }
}
