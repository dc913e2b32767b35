//! Words for counts, and digits for people.

/// Returns "2 decimal places", or "a whole amount" for 0.
pub(crate) fn decimals(places: u32) -> String {
    match places {
        0 => "a whole amount".to_owned(),
        1 => "1 decimal place".to_owned(),
        _ => format!("{places} decimal places"),
    }
}

/// Returns "1 deal", "2,000 deals".
pub(crate) fn counted(count: impl TryInto<u64>, noun: &str) -> String {
    let count = count.try_into().unwrap_or(u64::MAX);
    format!("{} {noun}{}", grouped(&count), plural(count))
}

/// Returns the "s" behind a noun, unless the count is one.
pub(crate) fn plural(count: impl TryInto<u64>) -> &'static str {
    if count.try_into().is_ok_and(|count| count == 1) { "" } else { "s" }
}

/// Groups the digits of a number by thousands: `1,853.21`.
pub(crate) fn grouped(number: &(impl ToString + ?Sized)) -> String {
    let digits = number.to_string();
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
