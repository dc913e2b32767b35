//! Numbers of a deal that are typed, or stand in a row of a batch: years, hosts, and counts of units, and the kind of a sale.

use super::line::Line;
use crate::book::{PartnerSale, UnitGroups};
use crate::number::{MOST_MONTHS, Years};
use crate::table::{Choice, suggestion};
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

/// Parses the length of a contract in months.
pub(crate) fn months(text: &str, place: &Place) -> Result<Written<u32>, Diagnostic> {
    whole(text, place, "a contract lasts a whole number of months", MOST_MONTHS)
}

/// Parses the groups of units from which a quantity is counted.
pub(crate) fn groups(text: &Written<String>) -> Result<Written<UnitGroups>, Diagnostic> {
    let groups = UnitGroups::parse(&text.value).ok_or_else(|| {
        text.fault(Code::BadNumber, "this is not a count of units inside units")
            .hint("write whole numbers above zero, such as \"4 x 2 x 12 + 1 x 2 x 8\"")
    })?;
    Ok(Written::new(groups, text.place.clone()))
}

pub(crate) fn sale(text: &Written<String>) -> Result<Written<PartnerSale>, Diagnostic> {
    let place = PartnerSale::WORDS.iter().position(|word| *word == text.value);
    let sale = place.map(|place| PartnerSale::VALUES[place]).ok_or_else(|| {
        let message = format!("a sale cannot be \"{}\"", text.value);
        let hint = suggestion(&text.value, PartnerSale::WORDS.iter().copied());
        text.fault(Code::UnknownChoice, message).hint(hint)
    })?;
    Ok(Written::new(sale, text.place.clone()))
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
