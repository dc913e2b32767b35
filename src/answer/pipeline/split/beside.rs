//! Deals beside each other: what the lines of a metric cost together and apart.

use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::book::{Metric, PriceBook, Service};
use crate::deal::{CustomerLines, Deal};
use crate::number::{Money, Quantity, Total};
use crate::price::price;

/// Cost of deals apart and together, at the customer's prices.
#[derive(Debug, Clone, Copy)]
pub struct SplitSaving<'b> {
    pub subject: SplitSubject<'b>,
    pub apart: Total,
    pub together: Total,
}

/// Subject of a saving: units of a metric, or a service.
#[derive(Debug, Clone, Copy)]
pub enum SplitSubject<'b> {
    /// A metric, with the most units of it that all deals have on one day.
    Units(&'b Metric, Quantity),
    /// A service that a customer gets once for nothing, up to a value.
    Service(&'b Service),
}

impl SplitSaving<'_> {
    /// Returns what the customer saves by the split.
    pub const fn saved(&self) -> Total {
        self.together.minus(self.apart)
    }
}

impl PartialEq for SplitSaving<'_> {
    fn eq(&self, other: &Self) -> bool {
        let subject = |it: &Self| match it.subject {
            SplitSubject::Units(metric, quantity) => (metric.name().to_owned(), Some(quantity)),
            SplitSubject::Service(service) => (service.name.clone(), None),
        };
        subject(self) == subject(other)
            && (self.apart, self.together) == (other.apart, other.together)
    }
}

impl Eq for SplitSaving<'_> {}

/// Deal with what its lines of a metric cost alone.
pub(super) struct Member<'j, 'a, 'b> {
    pub(super) judged: &'j JudgedDeal<'a, 'b>,
    /// Place among the deals of the customer.
    pub(super) place: usize,
    /// Number of what the deal says: deals that say the same are of one kind.
    pub(super) kind: usize,
    pub(super) alone: Total,
}

/// Deals beside each other, each with what its lines of a metric cost then.
pub(super) struct DealsBeside<'m, 'j, 'a, 'b> {
    pub(super) members: Vec<&'m Member<'j, 'a, 'b>>,
    pub(super) together: Vec<Total>,
}

/// Deals that cost less apart, with what they save.
#[derive(Clone)]
pub(super) struct SavingSet<'m, 'j, 'a, 'b> {
    pub(super) members: Vec<&'m Member<'j, 'a, 'b>>,
    pub(super) saving: SplitSaving<'b>,
}

/// Whether deals are contracts alone, which nobody can quote otherwise.
pub(super) fn are_all_signed(members: &[&Member<'_, '_, '_>]) -> bool {
    members.iter().all(|member| member.judged.is_signed())
}

/// Returns what the lines of a metric cost.
pub(super) fn cost(metric: &str, deal: &Deal<'_>) -> Total {
    let mut sum = Total::default();
    let pricing = price(deal);
    let mine = pricing.lines.iter().filter(|it| it.line.metric.name == metric);
    mine.for_each(|line| sum.add(line.tcv));
    sum
}

/// Returns the most units of a metric that deals have on one day.
pub(super) fn most_of(metric: &Metric, members: &[&Member<'_, '_, '_>]) -> Quantity {
    let deals: Vec<_> = members.iter().map(|member| member.judged.deal).collect();
    CustomerLines::of(&deals).most_of(&metric.name)
}

impl<'m, 'j, 'a, 'b> DealsBeside<'m, 'j, 'a, 'b> {
    /// Returns `None` where the book does not sell the quantity of all of them.
    pub(super) fn of(metric: &str, members: &[&'m Member<'j, 'a, 'b>]) -> Option<Self> {
        let deals: Vec<_> = members.iter().map(|member| member.judged.deal).collect();
        let together = if is_one_deal(&deals) {
            costs_as_one(metric, &deals)?
        } else {
            let beside = CustomerLines::of(&deals).all_beside(&deals)?;
            beside.iter().map(|deal| cost(metric, deal)).collect()
        };
        Some(Self { members: members.to_vec(), together })
    }

    /// Returns the deals that cost more together than alone.
    pub(super) fn dearer(&self) -> Vec<&'m Member<'j, 'a, 'b>> {
        let members = self.members.iter().zip(&self.together);
        members.filter(|(member, together)| **together > member.alone).map(|it| *it.0).collect()
    }

    /// Returns what the deals save in the currency of a book.
    pub(super) fn saving(
        &self,
        metric: &str,
        book: &'b PriceBook,
    ) -> Option<SavingSet<'m, 'j, 'a, 'b>> {
        let (mut apart, mut together, mut years) = (Total::default(), Total::default(), 0);
        for (member, beside) in self.members.iter().zip(&self.together) {
            let deal = member.judged.deal;
            if deal.book.currency.code == book.currency.code {
                apart += member.alone;
                together += *beside;
                years += u64::from(deal.length().years_begun());
            }
        }
        // Each year of each deal is rounded by itself: a coin of each is no saving.
        let rounding = Money::of_scaled(years, book.currency.minor);
        if together <= apart || together.minus(apart) <= rounding.into() {
            return None;
        }
        let metric = book.metric(metric)?;
        let subject = SplitSubject::Units(metric, most_of(metric, &self.members));
        let saving = SplitSaving { subject, apart, together };
        Some(SavingSet { members: self.members.clone(), saving })
    }
}

/// Whether deals could be one deal: of the same terms, on the same days.
fn is_one_deal(deals: &[&Deal<'_>]) -> bool {
    let is_mine = |first: &Deal<'_>, it: &Deal<'_>| {
        first.has_same_terms(it) && first.contract_days() == it.contract_days()
    };
    deals.iter().all(|it| is_mine(deals[0], it))
}

/// Returns what the lines of a metric of each deal cost in one deal with the lines of all.
fn costs_as_one(metric: &str, deals: &[&Deal<'_>]) -> Option<Vec<Total>> {
    let pricing = price(&Deal::joined(deals)?);
    let mut lines = pricing.lines.iter();
    let costs = deals.iter().map(|deal| {
        let mut sum = Total::default();
        let own = lines.by_ref().take(deal.lines.len());
        own.filter(|it| it.line.metric.name == metric).for_each(|line| sum.add(line.tcv));
        sum
    });
    Some(costs.collect())
}
