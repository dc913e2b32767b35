//! Services beyond what is included, where a book refuses that.

use super::{Case, Verdict};

pub(super) fn judge(case: &Case<'_, '_>, verdict: &mut Verdict) {
    for priced in &case.pricing.services {
        let service = priced.service;
        if service.refused_beyond && !priced.price.is_zero() {
            let message = format_args!(
                "{}: the most is a value of {}, and this is {}",
                service.title,
                case.show(service.included),
                case.show(priced.value)
            );
            verdict.refuse(&service.rule, message);
        }
    }
}
