//! The effect of changed price books on all deals of the repository, those that the change leaves alone included.

use super::Gate;
use crate::answer::batch::DealFigures;
use crate::answer::pipeline::{CheckedDeal, JudgedDeal};
use crate::answer::reprice::{Impact, RepricedDeal, Repricing};

/// The most deals of a kind that are named.
const MOST_NAMED: usize = 10;

impl Gate<'_, '_> {
    /// Sums up what the deals cost and need by the price books of the base and by those of the change, and names at most
    /// `most` deals of each kind; `None` where the change leaves every key of the price books as it is. Deals are compared in the currency of
    /// the base.
    pub(super) fn impact(&self, most: usize) -> Option<Impact> {
        let (base, own) = (self.by_base.as_ref()?, self.by_own.as_ref()?);
        if self.books.iter().all(|book| book.changes.is_empty()) {
            return None;
        }
        let mut impact = Impact::new(most.min(MOST_NAMED));
        // Both checks have the same deals in the same order.
        for (old, new) in base.deals.iter().zip(&own.deals) {
            let mut currencies = [old, new].into_iter().filter_map(CheckedDeal::judged);
            if currencies.any(|it| it.deal.book().currency().code != base.book.currency.code) {
                impact.elsewhere += 1;
                continue;
            }
            let [old_figures, new_figures] = [old, new].map(figures);
            impact.add(&RepricedDeal {
                id: old.name,
                old: old_figures.as_ref().map_err(String::as_str),
                new: new_figures.as_ref().map_err(String::as_str),
                parts: &[],
            });
        }
        Some(impact)
    }

    /// Returns an impact with the price books that it compares.
    pub(super) fn repricing<'r>(&'r self, impact: &'r Impact) -> Option<Repricing<'r>> {
        let (old, new) = (self.by_base.as_ref()?.book, self.by_own.as_ref()?.book);
        Some(Repricing { input: "", output: None, old, new, date: self.day, impact })
    }
}

fn figures(deal: &CheckedDeal<'_, '_>) -> Result<DealFigures, String> {
    let of = |judged: &JudgedDeal<'_, '_>| DealFigures {
        net_unit: None,
        list_tcv: judged.totals.list_tcv.into(),
        tcv: judged.totals.tcv.into(),
        our_net: judged.money.our_net().tcv.into(),
        outcome: judged.verdict.outcome(),
        reviews: judged.verdict.reviews().into_iter().map(str::to_owned).collect(),
    };
    deal.outcome.as_ref().map(of).map_err(|errors| errors.join(" | "))
}
