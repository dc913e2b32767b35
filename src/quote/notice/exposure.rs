//! Money that the customer could ask back.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::quote::billing::exposures;

pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for exposure in exposures(case.deal, case.pricing) {
        let start = match case.deal.period() {
            Some(_) => String::new(),
            None => ", if the contract started on the day of the quote".to_owned(),
        };
        let message = format!(
            "{}: up to {} could be asked back, which is what is invoiced from {} to {}{start}",
            exposure.clause.title,
            case.show(exposure.amount),
            exposure.from,
            exposure.until
        );
        notices.push(Notice::warning("refund-exposure", message, &exposure.clause.rule));
    }
}
