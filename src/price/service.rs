//! Services, which cost nothing up to the value that is included.

use crate::book::Service;
use crate::deal::DealService;
use crate::number::Money;

/// The figures of a service.
#[derive(Debug, Clone, Copy)]
pub struct PricedService<'b> {
    /// The service of the book.
    pub service: &'b Service,
    /// What it would cost by itself.
    pub value: Money,
    /// How much of that is included. It is no price, and so no discount either.
    pub included: Money,
    /// What is left of it, paid once. No discount applies.
    pub price: Money,
}

impl<'b> PricedService<'b> {
    pub(super) fn of(asked: &DealService<'b>) -> Self {
        let DealService { service, value } = *asked;
        let included = value.min(service.included);
        Self { service, value, included, price: value - included }
    }
}
