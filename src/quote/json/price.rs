//! What a unit costs, and what that comes to.

use super::step::WaterfallStepJson;
use crate::book::PricePeriod;
use crate::deal::Line;
use crate::number::{Currency, Money, Share};
use crate::price::{PricedLine, PricedSegment};
use serde::Serialize;

/// The keys that a line and each year of a ramp have.
#[derive(Serialize)]
pub(crate) struct UnitPriceJson<'a> {
    quantity: String,
    list_unit_price: String,
    net_unit_price: String,
    /// What policy gives by itself, where a price was agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_unit_price: Option<String>,
    /// What a unit price is for: `unit`, `package` or `line`.
    price_basis: &'static str,
    /// How many of them a line takes.
    price_times: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    monthly: Option<String>,
    /// Paid once, beside what is paid every year.
    #[serde(skip_serializing_if = "Option::is_none")]
    one_time: Option<String>,
    list_annual: String,
    annual: String,
    list_tcv: String,
    tcv: String,
    discount: String,
    waterfall: Vec<WaterfallStepJson<'a>>,
}

impl<'a> UnitPriceJson<'a> {
    pub(crate) fn of(currency: &Currency, line: &Line<'_>, priced: &'a PricedSegment<'_>) -> Self {
        let plain = |amount| currency.plain(amount);
        let net = priced.net();
        let times = priced.list.times;
        let steps = priced.waterfall.steps().iter();
        let monthly = match line.metric.price_period {
            PricePeriod::Year | PricePeriod::Once { .. } => None,
            PricePeriod::Hour { per_month } => Some(plain(net * times * per_month)),
        };
        Self {
            quantity: priced.segment.expected().to_string(),
            list_unit_price: plain(priced.list.price),
            net_unit_price: plain(net),
            policy_unit_price: priced.policy.map(|policy| plain(policy.price)),
            price_basis: priced.list.basis.name(),
            price_times: times.to_string(),
            monthly,
            one_time: (priced.at_net.once != Money::ZERO).then(|| plain(priced.at_net.once)),
            list_annual: plain(priced.at_list.annual),
            annual: plain(priced.at_net.annual),
            list_tcv: plain(priced.list_tcv()),
            tcv: plain(priced.tcv()),
            discount: priced.discount().plain(),
            waterfall: steps.map(|step| WaterfallStepJson::of(currency, step)).collect(),
        }
    }

    /// The contract value of all years: lines sum to totals, whatever their years.
    pub(crate) fn of_all_years(&mut self, currency: &Currency, line: &PricedLine<'_>) {
        self.list_tcv = currency.plain(line.list_tcv);
        self.tcv = currency.plain(line.tcv);
        self.discount = Share::off(line.list_tcv, line.tcv).plain();
    }

    /// The contract value of one of several years.
    pub(crate) fn of_one_year(&mut self) {
        self.list_tcv.clone_from(&self.list_annual);
        self.tcv.clone_from(&self.annual);
    }
}
