//! What the whole contract comes to.

use crate::number::Money;
use crate::price::committed_tcv;
use crate::quote::Quote;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct TotalsJson {
    list_tcv: String,
    tcv: String,
    /// The same without any use, where something is committed.
    #[serde(skip_serializing_if = "Option::is_none")]
    committed_tcv: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    one_time: Option<String>,
    arr: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    exit_arr: Option<String>,
    acv: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_tcv: Option<String>,
    discount: String,
}

impl TotalsJson {
    pub(crate) fn of(quote: &Quote<'_, '_>) -> Self {
        let (deal, pricing) = (quote.deal, &quote.pricing);
        let (currency, totals) = (deal.book.currency(), &pricing.totals);
        let plain = |amount| currency.plain(amount);
        Self {
            list_tcv: plain(totals.list_tcv),
            tcv: plain(totals.tcv),
            committed_tcv: committed_tcv(deal, pricing).map(plain),
            one_time: (totals.once != Money::ZERO).then(|| plain(totals.once)),
            arr: plain(totals.arr),
            exit_arr: totals.exit_arr.map(plain),
            acv: plain(totals.acv),
            policy_tcv: totals.policy_tcv.map(plain),
            discount: totals.discount.plain(),
        }
    }
}
