//! Several deals that were compared, and what that comes to.

use super::{Change, DealDiff};
use crate::book::PriceBook;
use crate::number::{Currency, Total};

/// Deals that were compared, all of them by one book.
#[derive(Debug)]
pub struct DealDiffs<'q, 'b> {
    /// The revision that they are held against, if it is one.
    pub against: Option<&'q str>,
    /// The book, in the first of its currencies.
    pub book: &'b PriceBook,
    /// In the order in which they were named.
    pub deals: Vec<ComparedDeal<'q, 'b>>,
    /// Those that could not be compared.
    pub failed: Vec<UncomparedDeal>,
}

/// A deal that could not be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncomparedDeal {
    /// What its file is called.
    pub name: String,
    /// Why, in one line.
    pub why: String,
}

/// A deal that was compared.
#[derive(Debug)]
pub struct ComparedDeal<'q, 'b> {
    /// What its file is called.
    pub name: String,
    /// Why its old version has no price, so that the new one is told as if it were the first.
    pub unpriced: Option<String>,
    /// What changed.
    pub difference: DealDiff<'q, 'b>,
}

impl<'b> DealDiffs<'_, 'b> {
    /// The contract value of all deals, in each of their currencies: no two are ever added up.
    pub fn totals(&self) -> Vec<(&'b Currency, Change<Total>)> {
        let mut totals: Vec<(&Currency, [Total; 2])> = Vec::new();
        for deal in &self.deals {
            let quotes = &deal.difference.quotes;
            for (side, quote) in [quotes.old, quotes.new].into_iter().enumerate() {
                let Some(quote) = quote else { continue };
                let currency = quote.deal.book().currency();
                let at = totals.iter().position(|(known, _)| *known == currency);
                let at = at.unwrap_or_else(|| {
                    totals.push((currency, [Total::default(); 2]));
                    totals.len() - 1
                });
                totals[at].1[side].add(quote.pricing.totals.tcv);
            }
        }
        let totals = totals.into_iter();
        totals.map(|(currency, [old, new])| (currency, Change::new(Some(old), Some(new)))).collect()
    }
}
