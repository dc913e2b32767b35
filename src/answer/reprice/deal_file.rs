//! A deal file, priced under two books.

use super::{MetricChange, RepriceOutput, RepricedDeal};
use crate::answer::batch::DealFigures;
use crate::approve::PricedDeal;
use crate::book::Books;
use crate::deal::Draft;
use crate::number::{Date, Money, Total};
use crate::price::{Measured, Pricing};
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::source::Source;
use crate::{approve, deal, price};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Debug, Clone, Copy)]
pub struct BookPair<'b> {
    pub old: &'b Books,
    pub new: &'b Books,
    /// Code of the currency that is compared.
    pub currency: &'b str,
    /// Day of deals that name none.
    pub date: Date,
}

struct PricedDealFile<'b> {
    currency: &'b str,
    figures: DealFigures,
    /// Contract value by metric; services have no name.
    parts: BTreeMap<Option<&'b str>, Total>,
}

impl<'b> BookPair<'b> {
    pub fn file(&self, id: &str, source: &Arc<Source>, output: &mut RepriceOutput<'_>) {
        let draft = deal::read(source);
        let old = self.price(&draft, self.old);
        let mut new = self.price(&draft, self.new);
        let currencies = [&old, &new].map(|side| side.as_ref().ok().map(|priced| priced.currency));
        let is_other = |code: &&str| *code != self.currency;
        if let Some(code) = currencies[0].or(currencies[1]).filter(is_other) {
            let error = format!("the deal is in {code}: add --currency {code}");
            return output.add_other_currency(id, &error);
        }
        if let Some(code) = currencies[1].filter(is_other) {
            new = Err(format!("it prices the deal in {code}: state the currency in the deal"));
        }
        let mut parts = Vec::new();
        if let (Ok(old), Ok(new)) = (&old, &new) {
            // A deal names its metrics, so that both books have the same ones.
            parts.extend(old.parts.iter().map(|(metric, tcv)| {
                let new = new.parts.get(metric).copied().unwrap_or_default();
                MetricChange { metric: *metric, old: *tcv, new }
            }));
        }
        let [old, new] = [&old, &new].map(|side| match side {
            Ok(priced) => Ok(&priced.figures),
            Err(reason) => Err(reason.as_str()),
        });
        output.add(&RepricedDeal { id, old, new, parts: &parts });
    }

    fn price(&self, draft: &Draft, books: &'b Books) -> Result<PricedDealFile<'b>, String> {
        let deal = deal::resolve(draft, books, self.date).map_err(|errors| one_line(&errors))?;
        let deal = deal.on_any_day();
        let pricing = price::price(&deal);
        let verdict = approve::route(&PricedDeal { deal: &deal, pricing: &pricing });
        let figures = DealFigures {
            net_unit: net_unit(&pricing).map(Total::from),
            list_tcv: pricing.totals.list_tcv.into(),
            tcv: pricing.totals.tcv.into(),
            our_net: Measured::of(&deal, &pricing).our_net().tcv.into(),
            outcome: verdict.outcome(),
            reviews: verdict.reviews().into_iter().map(str::to_owned).collect(),
        };
        let mut parts: BTreeMap<_, Total> = BTreeMap::new();
        for priced in &pricing.lines {
            parts.entry(Some(priced.line.metric.name())).or_default().add(priced.tcv);
        }
        if !pricing.services.is_empty() {
            parts.insert(None, pricing.services_price().into());
        }
        Ok(PricedDealFile { currency: &deal.book.currency.code, figures, parts })
    }
}

/// Returns the net price of one unit, for a deal that has only one such price.
fn net_unit(pricing: &Pricing<'_>) -> Option<Money> {
    let [line] = pricing.lines.as_slice() else { return None };
    let [segment] = line.segments.as_slice() else { return None };
    Some(segment.net())
}

fn one_line(errors: &Diagnostics) -> String {
    errors.iter().map(Diagnostic::sentence).collect::<Vec<_>>().join(" | ")
}
