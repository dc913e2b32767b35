//! A deal file, priced under two books.

use super::{MetricChange, RepriceOutput, RepricedDeal};
use crate::answer::batch::DealFigures;
use crate::approve::PricedDeal;
use crate::book::Books;
use crate::deal::Draft;
use crate::number::{Date, Money, Total};
use crate::price::Pricing;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::source::Source;
use crate::{approve, deal, price};
use std::sync::Arc;

#[derive(Debug, Clone, Copy)]
pub struct BookPair<'b> {
    /// Book in force.
    pub old: &'b Books,
    /// Book that is to replace it.
    pub new: &'b Books,
    /// Code of the currency that is compared.
    pub currency: &'b str,
    /// Day of deals that name none.
    pub date: Date,
}

struct PricedDealFile {
    currency: String,
    figures: DealFigures,
    /// Contract value by metric, services last.
    parts: Vec<(Option<String>, Total)>,
}

impl BookPair<'_> {
    pub fn file(&self, id: &str, source: &Arc<Source>, output: &mut RepriceOutput<'_>) {
        let draft = deal::read(source);
        let old = self.price(&draft, self.old);
        let mut new = self.price(&draft, self.new);
        let currency = |side: &Result<PricedDealFile, String>| {
            side.as_ref().ok().map(|priced| priced.currency.clone())
        };
        if let Some(code) = currency(&old).or_else(|| currency(&new))
            && code != self.currency
        {
            let error = format!("the deal is in {code}: add --currency {code}");
            return output.add_other_currency(id, &error);
        }
        if let Some(code) = currency(&new)
            && code != self.currency
        {
            new = Err(format!("it prices the deal in {code}: state the currency in the deal"));
        }
        let parts = match (&old, &new) {
            (Ok(old), Ok(new)) => parts(&old.parts, &new.parts),
            _ => Vec::new(),
        };
        output.add(&RepricedDeal { id, old: side(&old), new: side(&new), parts: &parts });
    }

    fn price(&self, draft: &Draft, books: &Books) -> Result<PricedDealFile, String> {
        let deal = deal::resolve(draft, books, self.date).map_err(|errors| one_line(&errors))?;
        let pricing = price::price(&deal);
        let verdict = approve::route(&PricedDeal { deal: &deal, pricing: &pricing });
        let figures = DealFigures {
            net_unit: net_unit(&pricing).map(Total::from),
            list_tcv: pricing.totals.list_tcv.into(),
            tcv: pricing.totals.tcv.into(),
            outcome: verdict.outcome(),
            reviews: verdict.reviews().into_iter().map(str::to_owned).collect(),
        };
        let currency = deal.book.currency.code.clone();
        Ok(PricedDealFile { currency, figures, parts: by_metric(&pricing) })
    }
}

fn side(side: &Result<PricedDealFile, String>) -> Result<&DealFigures, &str> {
    side.as_ref().map(|priced| &priced.figures).map_err(String::as_str)
}

/// Returns the net price of one unit, for a deal that has only one such price.
fn net_unit(pricing: &Pricing<'_>) -> Option<Money> {
    let [line] = pricing.lines.as_slice() else { return None };
    let [segment] = line.segments.as_slice() else { return None };
    Some(segment.net())
}

/// Sums up the contract value of each metric, and of services behind them.
fn by_metric(pricing: &Pricing<'_>) -> Vec<(Option<String>, Total)> {
    let mut parts: Vec<(Option<String>, Total)> = Vec::new();
    let lines = pricing.lines.iter().map(|it| (Some(it.line.metric.name()), it.tcv));
    let services = (!pricing.services.is_empty()).then(|| (None, pricing.services_price()));
    for (name, tcv) in lines.chain(services) {
        match parts.iter_mut().find(|(known, _)| known.as_deref() == name) {
            Some((_, total)) => total.add(tcv),
            None => parts.push((name.map(str::to_owned), tcv.into())),
        }
    }
    parts
}

/// Pairs the parts of a deal under two books. A deal names its metrics, so that both have the same ones.
fn parts<'a>(
    old: &'a [(Option<String>, Total)],
    new: &[(Option<String>, Total)],
) -> Vec<MetricChange<'a>> {
    let parts = old.iter().map(|(name, old)| {
        let there = new.iter().find(|(there, _)| there == name);
        let new = there.map_or_else(Total::default, |(_, total)| *total);
        MetricChange { metric: name.as_deref(), old: *old, new }
    });
    parts.collect()
}

fn one_line(errors: &Diagnostics) -> String {
    errors.iter().map(Diagnostic::sentence).collect::<Vec<_>>().join(" | ")
}
