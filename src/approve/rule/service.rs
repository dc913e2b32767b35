//! Services beyond what is included, where a book refuses that.

use crate::approve::{PricedDeal, VerdictSink};
use crate::book::BeyondIncluded;

pub(crate) fn judge<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
    for priced in &case.pricing.services {
        let service = priced.service;
        if service.beyond == BeyondIncluded::Refused && !priced.price.is_zero() {
            let message = format_args!(
                "{}: the most is a value of {}, and this is {}",
                service.title,
                case.show(service.included),
                case.show(priced.value)
            );
            clerk.refuse(&service.rule, message);
        }
    }
}
