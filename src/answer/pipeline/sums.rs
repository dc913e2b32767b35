//! What deals come to. Amounts in one currency are never added to those in another.

use super::JudgedDeal;
use crate::number::{Currency, Total};

/// A sum in each currency that there is something in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CurrencyTotals<'b>(Vec<(&'b Currency, Total)>);

/// How many deals, and what they come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DealTotals<'b> {
    /// How many.
    pub deals: usize,
    /// Their contract value.
    pub tcv: CurrencyTotals<'b>,
}

impl<'b> CurrencyTotals<'b> {
    /// Each currency with its sum, in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&'b Currency, Total)> {
        self.0.iter().copied()
    }

    fn add(&mut self, currency: &'b Currency, amount: Total) {
        match self.0.iter_mut().find(|(known, _)| known.code == currency.code) {
            Some((_, sum)) => *sum += amount,
            None => self.0.push((currency, amount)),
        }
    }

    /// As people read it: "$10.00 and ¥500"; "none" of nothing.
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
        let mut worth = Self::default();
        for judged in deals {
            worth.deals += 1;
            worth.tcv.add(judged.deal.book().currency(), judged.totals.tcv.into());
        }
        worth
    }
}
