//! Comparisons of several deals, and their totals.

use super::{Change, DealDiff};
use crate::book::PriceBook;
use crate::number::{Currency, Total};

#[derive(Debug)]
pub struct DealDiffs<'q, 'b> {
    /// Revision of git that the deals are compared with, if it is one.
    pub against: Option<&'q str>,
    /// Book, in the first of its currencies.
    pub book: &'b PriceBook,
    /// Compared deals, in the order of the command line.
    pub deals: Vec<ComparedDeal<'q, 'b>>,
    pub failed: Vec<UncomparedDeal>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncomparedDeal {
    /// Name of the deal file.
    pub name: String,
    /// Reason, in one line.
    pub why: String,
}

#[derive(Debug)]
pub struct ComparedDeal<'q, 'b> {
    /// Name of the deal file.
    pub name: String,
    /// Reason why the old version has no price, so that the new version is shown as an added deal.
    pub unpriced: Option<String>,
    pub difference: DealDiff<'q, 'b>,
}

impl<'b> DealDiffs<'_, 'b> {
    /// Returns the contract value of all deals, one for each currency: amounts in two currencies
    /// are never added.
    pub fn totals(&self) -> Vec<(&'b Currency, Change<Total>)> {
        let mut totals: Vec<(&Currency, [Total; 2])> = Vec::new();
        for deal in &self.deals {
            let quotes = &deal.difference.quotes;
            for (side, quote) in [quotes.old, quotes.new].into_iter().enumerate() {
                let Some(quote) = quote else { continue };
                let currency = &quote.deal.book.currency;
                let at = totals.iter().position(|(known, _)| *known == currency);
                let at = at.unwrap_or_else(|| {
                    totals.push((currency, [Total::default(); 2]));
                    totals.len() - 1
                });
                totals[at].1[side].add(quote.pricing.totals.tcv);
            }
        }
        let totals = totals.into_iter();
        let change = |[old, new]: [Total; 2]| Change { old: Some(old), new: Some(new) };
        totals.map(|(currency, sides)| (currency, change(sides))).collect()
    }
}
