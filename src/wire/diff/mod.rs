//! `dealdesk.diff/1`: what changed in deals. Money and rates are texts in plain decimal.

mod line;
mod said;
mod sides;

use super::book::BookWire;
use crate::diff::{Change, Changes, Compared, Fact, Failed};
use crate::price::PricedService;
use crate::value::Money;
use line::LineWire;
use said::{ApprovalWire, ChangedWire};
use serde::Serialize;
use sides::{AmountWire, Coins, SidesWire};

/// The answer as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(changes: &Changes<'_, '_>) -> String {
    super::pretty(&Wire::of(changes))
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<&'a str>,
    price_book: BookWire<'a>,
    deals: Vec<DealWire<'a>>,
    /// In each currency that a deal is in.
    totals: Vec<TotalWire<'a>>,
    /// Deals that could not be compared.
    failed: Vec<FailedWire<'a>>,
}

impl<'a> Wire<'a> {
    fn of(changes: &'a Changes<'a, 'a>) -> Self {
        let totals = changes.totals().into_iter();
        Self {
            schema: "dealdesk.diff/1",
            against: changes.against,
            price_book: BookWire::of(changes.book),
            deals: changes.deals.iter().map(DealWire::of).collect(),
            totals: totals
                .map(|(currency, tcv)| TotalWire {
                    currency: &currency.code,
                    tcv: AmountWire::of(tcv, Coins::of(currency)),
                })
                .collect(),
            failed: changes.failed.iter().map(FailedWire::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct FailedWire<'a> {
    deal: &'a str,
    error: &'a str,
}

impl<'a> FailedWire<'a> {
    fn of(failed: &'a Failed) -> Self {
        Self { deal: &failed.name, error: &failed.why }
    }
}

#[derive(Serialize)]
struct TotalWire<'a> {
    currency: &'a str,
    tcv: AmountWire,
}

#[derive(Serialize)]
struct DealWire<'a> {
    deal: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<&'a str>,
    /// Why the version of the revision has no price.
    #[serde(skip_serializing_if = "Option::is_none")]
    unpriced: Option<&'a str>,
    id: SidesWire<String>,
    date: SidesWire<String>,
    currency: SidesWire<&'a str>,
    list_tcv: AmountWire,
    tcv: AmountWire,
    arr: AmountWire,
    discount: SidesWire<String>,
    approval: ApprovalWire<'a>,
    facts: Vec<FactWire<'a>>,
    lines: Vec<LineWire<'a>>,
    services: Vec<ServiceWire<'a>>,
    required: Vec<ChangedWire<'a>>,
    violations: Vec<ChangedWire<'a>>,
    warnings: Vec<ChangedWire<'a>>,
}

impl<'a> DealWire<'a> {
    fn of(compared: &'a Compared<'a, 'a>) -> Self {
        let difference = &compared.difference;
        let quotes = &difference.quotes;
        let coins = Coins::of_both(difference);
        let amount = |change: Change<Money>| AmountWire::of_money(change, coins);
        let violation = |it| ChangedWire::of_violation(it);
        Self {
            deal: &compared.name,
            status: difference.status().name(),
            customer: quotes.latest().and_then(|quote| quote.deal.customer()),
            unpriced: compared.unpriced.as_deref(),
            id: SidesWire::of(quotes.map(|quote| quote.id())),
            date: SidesWire::of(quotes.map(|quote| quote.deal.date().to_string())),
            currency: SidesWire::of(quotes.map(|quote| quote.deal.book().currency().code.as_str())),
            list_tcv: amount(difference.list_tcv()),
            tcv: amount(difference.tcv()),
            arr: amount(difference.arr()),
            discount: SidesWire::of(difference.discount().map(|share| share.plain())),
            approval: ApprovalWire::of(difference),
            facts: difference.facts.iter().map(FactWire::of).collect(),
            lines: difference.lines.iter().map(|line| LineWire::of(line, coins)).collect(),
            services: difference.services.iter().map(|it| ServiceWire::of(it, coins)).collect(),
            required: difference
                .requirements
                .iter()
                .map(|it| ChangedWire::of_requirement(it, quotes))
                .collect(),
            violations: difference.violations.iter().map(violation).collect(),
            warnings: difference.notices.iter().map(ChangedWire::of_notice).collect(),
        }
    }
}

#[derive(Serialize)]
struct FactWire<'a> {
    name: &'a str,
    #[serde(flatten)]
    value: SidesWire<&'a str>,
}

impl<'a> FactWire<'a> {
    fn of(fact: &'a Fact) -> Self {
        Self { name: &fact.name, value: SidesWire::of(fact.value.map(String::as_str)) }
    }
}

#[derive(Serialize)]
struct ServiceWire<'a> {
    service: &'a str,
    status: &'static str,
    value: AmountWire,
    price: AmountWire,
}

impl<'a> ServiceWire<'a> {
    fn of(change: &Change<&'a PricedService<'a>>, coins: Coins) -> Self {
        let key = change.map(|it| (it.service.name(), it.value, it.price));
        Self {
            service: change.latest().map(|it| it.service.name()).unwrap_or_default(),
            status: key.status().name(),
            value: AmountWire::of_money(change.map(|it| it.value), coins),
            price: AmountWire::of_money(change.map(|it| it.price), coins),
        }
    }
}
