//! Services that come with a contract.

use crate::quote::Quote;
use crate::text::source::Place;
use serde::Serialize;

/// A service that comes with the contract.
#[derive(Serialize)]
pub(crate) struct ServiceJson<'a> {
    name: &'a str,
    title: &'a str,
    /// What it would cost by itself.
    value: String,
    /// How much of that costs nothing.
    included: String,
    /// What is left of it, paid once; part of `totals.one_time`.
    price: String,
    source: &'a Place,
}

impl<'a> ServiceJson<'a> {
    pub(crate) fn all(quote: &'a Quote<'_, '_>) -> Vec<Self> {
        let currency = quote.deal.book.currency();
        let services = quote.pricing.services.iter().map(|priced| Self {
            name: &priced.service.name,
            title: &priced.service.title,
            value: currency.plain(priced.value),
            included: currency.plain(priced.included),
            price: currency.plain(priced.price),
            source: &priced.service.rule.source,
        });
        services.collect()
    }
}
