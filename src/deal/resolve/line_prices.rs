//! Fees and negotiated prices of lines, against the price list.

use super::Resolver;
use crate::book::{ListPrice, Metric, PriceBasis};
use crate::deal::{AgreedPrice, DraftLine};
use crate::number::decimals;
use crate::text::diagnostic::Code;
use crate::text::source::Written;

impl Resolver<'_, '_> {
    /// Reports a fee where the book has none, and a missing one where the book has a range of fees.
    pub(super) fn check_fee(&mut self, draft: &DraftLine, metric: &Metric, list: &ListPrice<'_>) {
        match (list.tier.fee, &draft.fee) {
            (Some(_), Some(fee)) => {
                self.check_precision(&fee.clone().map(AgreedPrice::UnitPrice), metric);
            }
            (None, Some(fee)) => {
                let message = format!("{} has no range of fees", metric.title);
                let hint = "remove it: `fee` is for metrics with a range of fees";
                self.fault(Code::Conflict, &fee.place, message, hint);
            }
            (Some(range), None) if !range.is_one() && !draft.names_fee => {
                let costs = self.book.currency.show_range(range);
                let title = &metric.title;
                let message = format!("{title} costs {costs}, and this line has no fee");
                let least = self.book.currency.plain(range.least);
                let hint = format!(
                    "add fee = \"{least}\", or --fee {least} on the command line ({})",
                    list.tier.rule.source
                );
                self.fault(Code::MissingKey, &draft.place, message, hint);
            }
            _ => {}
        }
    }

    /// Reports an agreed unit price of a line that has one price as a whole.
    pub(super) fn check_basis(&mut self, agreed: &Written<AgreedPrice>, list: &ListPrice<'_>) {
        if list.basis == PriceBasis::Line && matches!(agreed.value, AgreedPrice::UnitPrice(_)) {
            let message = "this line is priced as a whole, so it cannot have a unit price";
            let hint = match list.tier.fee {
                Some(_) => "use `fee` instead",
                None => "use a `discount` off list instead",
            };
            self.fault(Code::Conflict, &agreed.place, message, hint);
        }
    }

    /// Reports an agreed price with a digit that would be rounded away.
    pub(super) fn check_precision(&mut self, agreed: &Written<AgreedPrice>, metric: &Metric) {
        let AgreedPrice::UnitPrice(price) = agreed.value else { return };
        let (found, places) = (price.decimals(), metric.places);
        if found > places && self.currency_known {
            let message = format!("this price would be rounded to {}", decimals(places));
            let hint = "a negotiated price is not rounded: write the exact price";
            self.fault(Code::BadNumber, &agreed.place, message, hint);
        }
    }
}
