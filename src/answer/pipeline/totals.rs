//! Totals of several deals. Amounts in different currencies are never added.

use super::judged_deal::JudgedDeal;
use crate::number::{Currency, Total};

/// A sum for each currency that occurs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CurrencyTotals<'b>(Vec<(&'b Currency, Total)>);

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DealTotals<'b> {
    pub deals: usize,
    pub tcv: CurrencyTotals<'b>,
}

impl<'b> CurrencyTotals<'b> {
    /// Returns each currency with its sum, in the order in which the currencies first occur.
    pub fn iter(&self) -> impl Iterator<Item = (&'b Currency, Total)> {
        self.0.iter().copied()
    }

    fn add(&mut self, currency: &'b Currency, amount: Total) {
        match self.0.iter_mut().find(|(known, _)| known.code == currency.code) {
            Some((_, sum)) => *sum += amount,
            None => self.0.push((currency, amount)),
        }
    }

    /// Formats the sums: "$10.00 and ¥500"; "none" without any.
    pub fn show(&self) -> String {
        let shown: Vec<_> = self.iter().map(|(currency, sum)| currency.show_total(sum)).collect();
        if shown.is_empty() { "none".to_owned() } else { shown.join(" and ") }
    }
}

impl<'b, 'j, 'a: 'j> FromIterator<&'j JudgedDeal<'a, 'b>> for DealTotals<'b>
where
    'b: 'j,
{
    fn from_iter<I: IntoIterator<Item = &'j JudgedDeal<'a, 'b>>>(deals: I) -> Self {
        let mut totals = Self::default();
        for judged in deals {
            totals.deals += 1;
            totals.tcv.add(&judged.deal.book.currency, judged.totals.tcv.into());
        }
        totals
    }
}
