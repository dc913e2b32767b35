//! Lines beside the same by subscription.

use crate::number::{Currency, Money, Ratio};
use crate::quote::Quote;
use crate::quote::subscription_comparison::{
    ComparedCosts, ConsumptionCosts, ConsumptionYear, PerpetualCostByYear, PerpetualCosts,
    SubscriptionComparison,
};
use crate::text::source::Place;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct SubscriptionComparisonJson<'a> {
    /// From 1, as they stand in `lines`.
    line: usize,
    first_year: u32,
    metric: &'a str,
    instead_of: &'a str,
    quantity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    /// Level that the subscription would need as a deal of its own.
    level: &'a str,
    outside_policy: bool,
    #[serde(flatten)]
    costs: ComparedCostsJson,
    source: &'a Place,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum ComparedCostsJson {
    Perpetual {
        horizon_years: u32,
        at_list: PerpetualCostByYearJson,
        at_net: PerpetualCostByYearJson,
    },
    Consumption {
        at_list: ConsumptionYearJson,
        at_net: ConsumptionYearJson,
    },
}

#[derive(Serialize)]
struct PerpetualCostByYearJson {
    one_time: String,
    maintenance_annual: String,
    subscription_annual: String,
    /// After the horizon.
    perpetual: String,
    subscription: String,
    /// The share of the perpetual costs that the subscription saves, to 8 places.
    #[serde(skip_serializing_if = "Option::is_none")]
    saved: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    saved_exact: Option<bool>,
    /// The first year after which perpetual has cost no more, as digits; none, if never.
    break_even_year: Option<String>,
}

#[derive(Serialize)]
struct ConsumptionYearJson {
    consumption_annual: String,
    /// Committed part, due even without use.
    #[serde(skip_serializing_if = "Option::is_none")]
    committed_annual: Option<String>,
    subscription_annual: String,
    /// To 3 places.
    #[serde(skip_serializing_if = "Option::is_none")]
    multiple: Option<String>,
    /// The share of all hours below which consumption costs less, to 4 places; none, if never.
    #[serde(skip_serializing_if = "Option::is_none")]
    break_even_use: Option<String>,
}

impl<'a> SubscriptionComparisonJson<'a> {
    pub(crate) fn all(quote: &'a Quote<'_, '_>) -> Vec<Self> {
        quote.comparisons.iter().map(|comparison| Self::of(quote, comparison)).collect()
    }

    fn of(quote: &'a Quote<'_, '_>, comparison: &'a SubscriptionComparison<'_>) -> Self {
        let book = quote.deal.book();
        let line = &comparison.bought;
        Self {
            line: comparison.line + 1,
            first_year: comparison.first_year,
            metric: line.metric.name(),
            instead_of: comparison.metric.name(),
            quantity: comparison.quantity.to_string(),
            edition: comparison.subscription.list.tier.edition.as_deref(),
            level: book.ladder().name(comparison.verdict.level()),
            outside_policy: comparison.verdict.is_refused(),
            costs: match &comparison.costs {
                ComparedCosts::Perpetual(costs) => {
                    ComparedCostsJson::perpetual(book.currency(), costs)
                }
                ComparedCosts::Consumption(costs) => {
                    ComparedCostsJson::consumption(book.currency(), costs)
                }
            },
            source: &line.metric.rule.source,
        }
    }
}

impl ComparedCostsJson {
    fn perpetual(currency: &Currency, costs: &PerpetualCosts) -> Self {
        let years = costs.horizon;
        let course = |course: &PerpetualCostByYear| {
            let plain = |amount: Money| currency.plain(amount);
            let saved = course.saved(years);
            PerpetualCostByYearJson {
                one_time: plain(course.license.once),
                maintenance_annual: plain(course.license.annual),
                subscription_annual: plain(course.subscription),
                perpetual: plain(course.perpetual(years)),
                subscription: plain(course.subscribed(years)),
                saved: saved.map(Ratio::plain),
                saved_exact: saved.map(Ratio::is_exact),
                break_even_year: course.break_even().map(|year| year.to_string()),
            }
        };
        Self::Perpetual {
            horizon_years: years,
            at_list: course(&costs.at_list),
            at_net: course(&costs.at_net),
        }
    }

    fn consumption(currency: &Currency, costs: &ConsumptionCosts) -> Self {
        let used = |costs: &ConsumptionYear| ConsumptionYearJson {
            consumption_annual: currency.plain(costs.consumption),
            committed_annual: (!costs.committed.is_zero()).then(|| currency.plain(costs.committed)),
            subscription_annual: currency.plain(costs.subscription),
            multiple: costs.multiple().map(Ratio::plain),
            break_even_use: costs
                .break_even()
                .filter(|_| !costs.is_never_cheaper())
                .map(Ratio::plain),
        };
        Self::Consumption { at_list: used(&costs.at_list), at_net: used(&costs.at_net) }
    }
}
