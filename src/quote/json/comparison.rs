//! Lines compared with a subscription.

use crate::document::json::{Json, object};
use crate::number::{Currency, Ratio};
use crate::quote::Quote;
use crate::quote::subscription_comparison::{
    ComparedCosts, ConsumptionYear, PerpetualCostByYear, SubscriptionComparison,
};

pub(super) fn all(quote: &Quote<'_, '_>) -> impl Iterator<Item = Json> {
    quote.comparisons.iter().map(|comparison| one(quote, comparison))
}

/// A comparison. `level` is the approval that the subscription would need as a deal of its own.
fn one(quote: &Quote<'_, '_>, comparison: &SubscriptionComparison<'_>) -> Json {
    let book = quote.deal.book;
    let currency = &book.currency;
    let costs = match &comparison.costs {
        ComparedCosts::Perpetual(costs) => object! {
            kind: "perpetual",
            horizon_years: costs.horizon,
            at_list: perpetual(currency, &costs.at_list, costs.horizon),
            at_net: perpetual(currency, &costs.at_net, costs.horizon),
        },
        ComparedCosts::Consumption(costs) => object! {
            kind: "consumption",
            at_list: consumption(currency, &costs.at_list),
            at_net: consumption(currency, &costs.at_net),
        },
    };
    object! {
        line: comparison.line + 1,
        first_year: comparison.first_year,
        metric: comparison.bought.metric.name(),
        instead_of: comparison.metric.name(),
        quantity: comparison.quantity,
        edition: comparison.subscription.list.tier.edition.as_deref(),
        level: book.ladder().name(comparison.verdict.level()),
        outside_policy: comparison.verdict.is_refused(),
        ..costs,
        source: &comparison.bought.metric.rule.source,
    }
}

/// Costs of a perpetual license and of the subscription, after a horizon in years.
fn perpetual(currency: &Currency, costs: &PerpetualCostByYear, years: u32) -> Json {
    let plain = |amount| currency.plain(amount);
    let saved = costs.saved(years);
    object! {
        one_time: plain(costs.license.once),
        maintenance_annual: plain(costs.license.annual),
        subscription_annual: plain(costs.subscription),
        perpetual: plain(costs.perpetual(years)),
        subscription: plain(costs.subscribed(years)),
        saved,
        saved_exact: saved.map(Ratio::is_exact),
        break_even_year: Json::from(costs.break_even().map(|year| year.to_string())).or_null(),
    }
}

/// Costs of a year of use and of the subscription. `break_even_use` is the share of all hours below
/// which use costs less.
fn consumption(currency: &Currency, costs: &ConsumptionYear) -> Json {
    let plain = |amount| currency.plain(amount);
    let break_even = costs.break_even().filter(|_| !costs.is_never_cheaper());
    object! {
        consumption_annual: plain(costs.consumption),
        committed_annual: (!costs.committed.is_zero()).then(|| plain(costs.committed)),
        subscription_annual: plain(costs.subscription),
        multiple: costs.multiple(),
        break_even_use: break_even,
    }
}
