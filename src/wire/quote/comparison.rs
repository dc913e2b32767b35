//! Lines beside the same by subscription.

use crate::compare::{
    Comparison, ConsumptionCosts, ConsumptionUse, Costs, PerpetualCosts, PerpetualCourse,
};
use crate::quote::Quote;
use crate::source::Place;
use crate::value::{Currency, Money, Ratio};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct ComparisonWire<'a> {
    /// From 1, as they stand in `lines`.
    line: usize,
    first_year: u32,
    metric: &'a str,
    instead_of: &'a str,
    quantity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    /// What the subscription would need as a deal of its own.
    level: &'a str,
    outside_policy: bool,
    #[serde(flatten)]
    costs: CostsWire,
    source: &'a Place,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum CostsWire {
    Perpetual { horizon_years: u32, at_list: CourseWire, at_net: CourseWire },
    Consumption { at_list: UseWire, at_net: UseWire },
}

#[derive(Serialize)]
struct CourseWire {
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
struct UseWire {
    consumption_annual: String,
    /// What of it is paid even if nothing is used.
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

impl<'a> ComparisonWire<'a> {
    pub(super) fn all(quote: &'a Quote<'_, '_>) -> Vec<Self> {
        quote.comparisons.iter().map(|comparison| Self::of(quote, comparison)).collect()
    }

    fn of(quote: &'a Quote<'_, '_>, comparison: &'a Comparison<'_>) -> Self {
        let book = quote.deal.book();
        let line = &quote.deal.lines()[comparison.line];
        let before = &quote.pricing.lines[comparison.line].segments[..comparison.segment];
        Self {
            line: comparison.line + 1,
            first_year: 1 + before.iter().map(|segment| segment.length.years()).sum::<u32>(),
            metric: line.metric.name(),
            instead_of: comparison.metric.name(),
            quantity: comparison.quantity.to_string(),
            edition: comparison.subscription.list.tier.edition.as_deref(),
            level: book.ladder().name(comparison.verdict.level()),
            outside_policy: comparison.verdict.is_refused(),
            costs: match &comparison.costs {
                Costs::Perpetual(costs) => CostsWire::perpetual(book.currency(), costs),
                Costs::Consumption(costs) => CostsWire::consumption(book.currency(), costs),
            },
            source: &line.metric.rule.source,
        }
    }
}

impl CostsWire {
    fn perpetual(currency: &Currency, costs: &PerpetualCosts) -> Self {
        let years = costs.horizon;
        let course = |course: &PerpetualCourse| {
            let plain = |amount: Money| currency.plain(amount);
            let saved = course.saved(years);
            CourseWire {
                one_time: plain(course.licence.once),
                maintenance_annual: plain(course.licence.annual),
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
        let used = |costs: &ConsumptionUse| UseWire {
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
