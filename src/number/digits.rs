//! Reads and writes plain decimal digits, exactly.

use rust_decimal::Decimal;
use std::fmt;

/// Decimal digits that every value can hold exactly (a 96-bit coefficient).
///
/// Deals whose figures could need more are refused before they are priced, so arithmetic neither
/// overflows nor drops a digit.
pub const DIGITS: u32 = 28;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberError {
    NotANumber,
    /// Number with separators: `1,000`, `1_000`; with its plain form, if there is one.
    Separator(Option<String>),
    Negative,
    TooLarge(&'static str),
    TooPrecise(u32),
    /// Bare 1 as a rate, which could be 1% or 100%.
    OneOrAll,
    /// Bare whole number as a percentage of any size, which could be percent or times.
    Unmarked(String),
    /// Rate above 100%, with the text as a percentage if that is plausible.
    AboveOne(Option<String>),
}

impl fmt::Display for NumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => write!(f, "this is not a plain number"),
            Self::Separator(_) => write!(f, "numbers are written without separators"),
            Self::Negative => write!(f, "this cannot be negative"),
            Self::TooLarge(limit) => write!(f, "this number is too large: the limit is {limit}"),
            Self::TooPrecise(places) => {
                write!(f, "this number has more than {places} decimal places")
            }
            Self::OneOrAll => write!(f, "this could be 1% or 100%"),
            Self::Unmarked(text) => write!(f, "this could be {text}% or {text} times"),
            Self::AboveOne(_) => write!(f, "a rate cannot be above 100%"),
        }
    }
}

impl NumberError {
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NotANumber => Some("write plain digits, such as 500 or 1500.00".to_owned()),
            Self::Separator(Some(plain)) => Some(format!("write {plain}")),
            Self::Separator(None) => {
                Some("write digits with a point before the decimals, such as 1500.00".to_owned())
            }
            Self::AboveOne(Some(percent)) => Some(format!("for {percent}, write \"{percent}\"")),
            Self::Unmarked(text) => Some(format!("write \"{text}%\" or \"{text}.0\"")),
            Self::OneOrAll => Some("write \"1%\" or \"100%\"".to_owned()),
            Self::Negative => Some("write it without the minus sign".to_owned()),
            Self::TooPrecise(places) => Some(format!("round it to {places} decimal places")),
            Self::AboveOne(None) | Self::TooLarge(_) => None,
        }
    }
}

/// Largest value of one kind of number, and the same in words for a message.
pub(super) type Largest = (Decimal, &'static str);

/// Reads plain decimal digits, exactly or not at all. Trailing zeros are no decimal places.
///
/// Exponents, hexadecimal, separators, `inf` and `nan` are refused, not interpreted: people read a
/// price list, and nobody should have to wonder what `1e3` costs.
pub(super) fn exact(text: &str, most: Largest, places: u32) -> Result<Decimal, NumberError> {
    let text = text.trim();
    match text.strip_prefix('-') {
        Some(rest) => unsigned(rest, most, places).and(Err(NumberError::Negative)),
        None => unsigned(text, most, places),
    }
}

/// Reads a share with or without a percent sign, each with its largest number. `places` are those
/// of the share.
pub(super) fn share(
    text: &str,
    places: u32,
    [percent, plain]: [Largest; 2],
) -> Result<Decimal, NumberError> {
    let (digits, most, shift) = match text.strip_suffix('%') {
        Some(digits) => (digits, percent, 2),
        None => (text, plain, 0),
    };
    let value = exact(digits, most, places - shift)?;
    Ok((value * Decimal::new(1, shift)).normalize())
}

fn unsigned(text: &str, most: Largest, places: u32) -> Result<Decimal, NumberError> {
    if text.contains([',', '_', '\'', ' ']) {
        return Err(NumberError::Separator(ungrouped(text)));
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return Err(NumberError::NotANumber);
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let found = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
    if found > places {
        return Err(NumberError::TooPrecise(places));
    }
    // More digits than any limit, and perhaps more than a Decimal holds: refuse before building it.
    if whole.len() > 15 {
        return Err(NumberError::TooLarge(most.1));
    }
    let digits = whole.bytes().chain(fraction.bytes()).map(|byte| i128::from(byte - b'0'));
    let all = digits.fold(0, |all, digit| 10 * all + digit);
    let value = Decimal::from_i128_with_scale(all, found);
    if value > most.0 {
        return Err(NumberError::TooLarge(most.1));
    }
    Ok(value)
}

/// Returns "1,000" without its separators, if they group by thousands.
fn ungrouped(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let groups: Vec<&str> = whole.split([',', '_', '\'', ' ']).collect();
    let grouped = groups.len() > 1
        && (1..=3).contains(&groups[0].len())
        && groups[1..].iter().all(|group| group.len() == 3)
        && (whole.chars().chain(fraction.chars()))
            .all(|c| c.is_ascii_digit() || [',', '_', '\'', ' '].contains(&c));
    grouped.then(|| {
        let mut plain = groups.concat();
        if !fraction.is_empty() {
            plain.push('.');
            plain.push_str(fraction);
        }
        plain
    })
}

/// Returns the number of digits after the point, trailing zeros not counted.
pub(super) fn decimals(value: Decimal) -> u32 {
    value.normalize().scale()
}

/// Returns the digits before and after the point: the share of [`DIGITS`] that it takes.
pub(super) fn width(value: Decimal) -> u32 {
    let value = value.normalize();
    let whole = value.trunc().mantissa().unsigned_abs();
    whole.checked_ilog10().map_or(1, |tens| tens + 1) + value.scale()
}

/// Appends a decimal number in plain digits: `units / 10^scale`, with at least `places` decimal
/// places and no trailing zeros after those.
pub fn push_decimal(text: &mut Vec<u8>, units: i128, scale: u32, places: u32) {
    let (mut rest, mut scale) = (units.unsigned_abs(), scale);
    while scale > places && rest.is_multiple_of(10) {
        (rest, scale) = (rest / 10, scale - 1);
    }
    // 2^128 has 39 digits.
    let mut digits = [b'0'; 39];
    let mut at = digits.len();
    // Division of 128 bits takes many times as long.
    while u64::try_from(rest).is_err() {
        at -= 1;
        digits[at] += u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
    let mut rest = u64::try_from(rest).unwrap_or_default();
    while rest > 0 {
        at -= 1;
        digits[at] += u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
    let digits = &digits[at..];
    let [scale, places] = [scale, places].map(|count| usize::try_from(count).unwrap_or_default());
    let (whole, behind) = digits.split_at(digits.len().saturating_sub(scale));
    if units < 0 {
        text.push(b'-');
    }
    text.extend_from_slice(if whole.is_empty() { b"0" } else { whole });
    if scale.max(places) > 0 {
        text.push(b'.');
        text.extend(std::iter::repeat_n(b'0', scale - behind.len()));
        text.extend_from_slice(behind);
        text.extend(std::iter::repeat_n(b'0', places.saturating_sub(scale)));
    }
}

/// Returns what [`push_decimal`] appends.
///
/// ```
/// use dealdesk::number::plain_decimal;
/// assert_eq!(plain_decimal(-1_500, 3, 0), "-1.5");
/// assert_eq!(plain_decimal(7, 3, 2), "0.007");
/// assert_eq!(plain_decimal(0, 12, 2), "0.00");
/// ```
pub fn plain_decimal(units: i128, scale: u32, places: u32) -> String {
    let mut text = Vec::with_capacity(16);
    push_decimal(&mut text, units, scale, places);
    String::from_utf8(text).unwrap_or_default()
}
