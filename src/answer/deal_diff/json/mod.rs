//! `dealdesk.diff/1`: what changed in deals. Money and rates are texts in plain decimal.

mod line;
mod said;
mod sides;

use crate::answer::deal_diff::{Change, ComparedDeal, DealDiffs, FactChange, UncomparedDeal};
use crate::document::json::Json;
use crate::number::Money;
use crate::price::PricedService;
use crate::quote::json::price_book;
use line::LineChangeJson;
use said::{ApprovalChangeJson, ChangedTextJson};
use serde::Serialize;
use sides::{AmountChangeJson, ChangeJson, MinorUnits};

/// The answer as JSON, indented, with a line break at its end.
pub fn to_json(changes: &DealDiffs<'_, '_>) -> Json {
    crate::document::json::pretty(&DealDiffsJson::of(changes))
}

#[derive(Serialize)]
struct DealDiffsJson<'a> {
    schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<&'a str>,
    price_book: Json,
    deals: Vec<DealDiffJson<'a>>,
    /// In each currency that a deal is in.
    totals: Vec<TotalChangeJson<'a>>,
    /// Deals that could not be compared.
    failed: Vec<UncomparedDealJson<'a>>,
}

impl<'a> DealDiffsJson<'a> {
    fn of(changes: &'a DealDiffs<'a, 'a>) -> Self {
        let totals = changes.totals().into_iter();
        Self {
            schema: "dealdesk.diff/1",
            against: changes.against,
            price_book: price_book(changes.book),
            deals: changes.deals.iter().map(DealDiffJson::of).collect(),
            totals: totals
                .map(|(currency, tcv)| TotalChangeJson {
                    currency: &currency.code,
                    tcv: AmountChangeJson::of(tcv, MinorUnits::of(currency)),
                })
                .collect(),
            failed: changes.failed.iter().map(UncomparedDealJson::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct UncomparedDealJson<'a> {
    deal: &'a str,
    error: &'a str,
}

impl<'a> UncomparedDealJson<'a> {
    fn of(failed: &'a UncomparedDeal) -> Self {
        Self { deal: &failed.name, error: &failed.why }
    }
}

#[derive(Serialize)]
struct TotalChangeJson<'a> {
    currency: &'a str,
    tcv: AmountChangeJson,
}

#[derive(Serialize)]
struct DealDiffJson<'a> {
    deal: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<&'a str>,
    /// Reason why the version of the revision has no price.
    #[serde(skip_serializing_if = "Option::is_none")]
    unpriced: Option<&'a str>,
    id: ChangeJson<String>,
    date: ChangeJson<String>,
    currency: ChangeJson<&'a str>,
    list_tcv: AmountChangeJson,
    tcv: AmountChangeJson,
    arr: AmountChangeJson,
    discount: ChangeJson<String>,
    approval: ApprovalChangeJson<'a>,
    facts: Vec<FactChangeJson<'a>>,
    lines: Vec<LineChangeJson<'a>>,
    services: Vec<ServiceChangeJson<'a>>,
    required: Vec<ChangedTextJson<'a>>,
    violations: Vec<ChangedTextJson<'a>>,
    warnings: Vec<ChangedTextJson<'a>>,
}

impl<'a> DealDiffJson<'a> {
    fn of(compared: &'a ComparedDeal<'a, 'a>) -> Self {
        let difference = &compared.difference;
        let quotes = &difference.quotes;
        let coins = MinorUnits::of_both(difference);
        let amount = |change: Change<Money>| AmountChangeJson::of_money(change, coins);
        let violation = |it| ChangedTextJson::of_violation(it);
        Self {
            deal: &compared.name,
            status: difference.status().name(),
            customer: quotes.latest().and_then(|quote| quote.deal.customer()),
            unpriced: compared.unpriced.as_deref(),
            id: ChangeJson::of(quotes.map(|quote| quote.id())),
            date: ChangeJson::of(quotes.map(|quote| quote.deal.date().to_string())),
            currency: ChangeJson::of(
                quotes.map(|quote| quote.deal.book().currency().code.as_str()),
            ),
            list_tcv: amount(difference.list_tcv()),
            tcv: amount(difference.tcv()),
            arr: amount(difference.arr()),
            discount: ChangeJson::of(difference.discount().map(|share| share.plain())),
            approval: ApprovalChangeJson::of(difference),
            facts: difference.facts.iter().map(FactChangeJson::of).collect(),
            lines: difference.lines.iter().map(|line| LineChangeJson::of(line, coins)).collect(),
            services: difference
                .services
                .iter()
                .map(|it| ServiceChangeJson::of(it, coins))
                .collect(),
            required: difference
                .requirements
                .iter()
                .map(|it| ChangedTextJson::of_requirement(it, quotes))
                .collect(),
            violations: difference.violations.iter().map(violation).collect(),
            warnings: difference.notices.iter().map(ChangedTextJson::of_notice).collect(),
        }
    }
}

#[derive(Serialize)]
struct FactChangeJson<'a> {
    name: &'a str,
    #[serde(flatten)]
    value: ChangeJson<&'a str>,
}

impl<'a> FactChangeJson<'a> {
    fn of(fact: &'a FactChange) -> Self {
        Self { name: &fact.name, value: ChangeJson::of(fact.value.map(String::as_str)) }
    }
}

#[derive(Serialize)]
struct ServiceChangeJson<'a> {
    service: &'a str,
    status: &'static str,
    value: AmountChangeJson,
    price: AmountChangeJson,
}

impl<'a> ServiceChangeJson<'a> {
    fn of(change: &Change<&'a PricedService<'a>>, coins: MinorUnits) -> Self {
        let key = change.map(|it| (it.service.name(), it.value, it.price));
        Self {
            service: change.latest().map(|it| it.service.name()).unwrap_or_default(),
            status: key.status().name(),
            value: AmountChangeJson::of_money(change.map(|it| it.value), coins),
            price: AmountChangeJson::of_money(change.map(|it| it.price), coins),
        }
    }
}
