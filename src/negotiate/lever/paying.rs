//! How and when the customer pays.

use super::among;
use crate::book::{PaymentTerm, Row, Way};
use crate::negotiate::Table;
use crate::negotiate::edit::Edit;

pub(super) fn prepay<'b>(table: &Table<'b>, words: &[&str]) -> Result<Vec<Edit<'b>>, String> {
    let (rows, _) = table.deal.book().prepayments().unwrap_or_default();
    let names = rows.iter().filter_map(|row| Row::choices(row).first()).map(String::as_str);
    let mut settings = Vec::new();
    // A way to bill of its own is none to prepay.
    if words.is_empty() && table.deal.prepay().is_none() {
        settings.push(Edit::AsAsked);
    }
    settings.extend(among("way to prepay", words, names)?.into_iter().map(Edit::Prepay));
    Ok(settings)
}

pub(super) fn payment<'b>(table: &Table<'b>, words: &[&str]) -> Result<Vec<Edit<'b>>, String> {
    let terms = table.deal.book().payment.as_ref().map_or(&[][..], |payment| &payment.terms);
    let names = terms.iter().map(PaymentTerm::name);
    Ok(or_as_asked(among("payment term", words, names)?, Edit::Payment))
}

pub(super) fn billing<'b>(table: &Table<'b>, words: &[&str]) -> Result<Vec<Edit<'b>>, String> {
    let ways = table.deal.book().billing.as_ref().map_or(&[][..], |billing| &billing.ways);
    let names = ways.iter().map(Way::name);
    let mut settings = or_as_asked(among("way to bill", words, names)?, Edit::Billing);
    if words.is_empty() {
        settings.insert(0, Edit::AsAsked);
    }
    Ok(settings)
}

fn or_as_asked<'b>(names: Vec<&'b str>, edit: fn(&'b str) -> Edit<'b>) -> Vec<Edit<'b>> {
    if names.is_empty() { vec![Edit::AsAsked] } else { names.into_iter().map(edit).collect() }
}
