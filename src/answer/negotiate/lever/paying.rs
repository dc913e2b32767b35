//! How and when the customer pays.

use super::among;
use crate::answer::negotiate::CustomerRequest;
use crate::answer::negotiate::edit::DraftEdit;
use crate::book::{BillingSchedule, DiscountStep, PaymentTerm};

pub(super) fn prepay<'b>(
    table: &CustomerRequest<'b>,
    words: &[&str],
) -> Result<Vec<DraftEdit<'b>>, String> {
    let (rows, _) = table.deal.book().prepayments().unwrap_or_default();
    let names =
        rows.iter().filter_map(|row| DiscountStep::choices(row).first()).map(String::as_str);
    let mut settings = Vec::new();
    // A way to bill of its own is none to prepay.
    if words.is_empty() && table.deal.prepay().is_none() {
        settings.push(DraftEdit::AsAsked);
    }
    settings.extend(among("way to prepay", words, names)?.into_iter().map(DraftEdit::Prepay));
    Ok(settings)
}

pub(super) fn payment<'b>(
    table: &CustomerRequest<'b>,
    words: &[&str],
) -> Result<Vec<DraftEdit<'b>>, String> {
    let terms = table.deal.book().payment.as_ref().map_or(&[][..], |payment| &payment.terms);
    let names = terms.iter().map(PaymentTerm::name);
    Ok(or_as_asked(among("payment term", words, names)?, DraftEdit::Payment))
}

pub(super) fn billing<'b>(
    table: &CustomerRequest<'b>,
    words: &[&str],
) -> Result<Vec<DraftEdit<'b>>, String> {
    let ways = table.deal.book().billing.as_ref().map_or(&[][..], |billing| &billing.schedules);
    let names = ways.iter().map(BillingSchedule::name);
    let mut settings = or_as_asked(among("way to bill", words, names)?, DraftEdit::Billing);
    if words.is_empty() {
        settings.insert(0, DraftEdit::AsAsked);
    }
    Ok(settings)
}

fn or_as_asked<'b>(names: Vec<&'b str>, edit: fn(&'b str) -> DraftEdit<'b>) -> Vec<DraftEdit<'b>> {
    if names.is_empty() { vec![DraftEdit::AsAsked] } else { names.into_iter().map(edit).collect() }
}
