//! Whole numbers of a deal that are typed, or stand in a row of a batch: years and hosts.

use super::line::Line;
use crate::number::Years;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};

/// Parses a term in whole years.
pub(crate) fn years(text: &str, place: &Place) -> Result<Written<Years>, Diagnostic> {
    let years = text.parse::<u64>().ok().and_then(Years::new).ok_or_else(|| {
        let message = format!("a term is a whole number of years from 1 to {}", Years::MAX);
        Diagnostic::new(Code::BadNumber, place.clone(), message)
    })?;
    Ok(Written::new(years, place.clone()))
}

pub(crate) fn hosts(text: &str, place: &Place) -> Result<Written<u32>, Diagnostic> {
    whole(text, place, "hosts are a whole number", Line::MAX_HOSTS)
}

/// Parses a whole number from 1 to `most`; `what` begins the message of the error.
pub(crate) fn whole(
    text: &str,
    place: &Place,
    what: &str,
    most: u32,
) -> Result<Written<u32>, Diagnostic> {
    let number = text.parse::<u32>().ok().filter(|number| (1..=most).contains(number));
    let number = number.ok_or_else(|| {
        let message = format!("{what} from 1 to {most}");
        Diagnostic::new(Code::BadNumber, place.clone(), message)
    })?;
    Ok(Written::new(number, place.clone()))
}
