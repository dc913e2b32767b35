//! Money that a split saves: what deals of one customer cost apart and together.

use super::{SplitDeal, SplitNeed, whose};
use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::book::{Metric, Service};
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

/// Returns the split of deals whose lines of a metric cost less apart than together.
pub(super) fn saving<'a, 'b>(
    metric: &'b Metric,
    members: &[&JudgedDeal<'a, 'b>],
) -> Option<SplitDeal<'a, 'b>> {
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    let cost = |deal: &Deal<'b>| {
        let mut sum = Total::default();
        let pricing = price(deal);
        let mine = pricing.lines.iter().filter(|it| std::ptr::eq(it.line.metric, metric));
        mine.for_each(|line| sum.add(line.tcv));
        sum
    };
    let lines = CustomerLines::of(&deals);
    let first = members.first()?;
    let book = first.deal.book;
    let quantity = lines.most_of(&metric.name);
    let split = |crossing, reason| SplitDeal {
        customer: whose(first),
        deals: members.iter().map(|member| member.name).collect(),
        crossing,
        rule: metric.rule.clone(),
        reason,
        book,
    };
    let Some(beside) = lines.all_beside(&deals) else {
        let all = metric.count(quantity);
        let reason = format!("the price book has no price for {all} together");
        return Some(split(SplitNeed::Refused, reason));
    };
    let (mut apart, mut together) = (Total::default(), Total::default());
    for (alone, beside) in deals.iter().zip(&beside) {
        apart += cost(alone);
        together += cost(beside);
    }
    let saving = SplitSaving { subject: SplitSubject::Units(metric, quantity), apart, together };
    let show = |sum| book.currency.show_total(sum);
    let reason = format!("{} apart, {} as {}", show(apart), show(together), metric.count(quantity));
    // A part of a year is rounded for each deal: a coin of each is no saving.
    let rounding = Money::of_scaled(members.len() as u64, book.currency.minor);
    let saves = together > apart && saving.saved() > rounding.into();
    saves.then(|| split(SplitNeed::Pays(saving), reason))
}

/// Returns the splits of services that a customer gets once in so many months, whatever the days of its contracts:
/// of each service the deals, quoted within these months, that include most too much. What a deal states as included
/// before lowers what the deal itself includes, and can be what other deals here include: it lowers nothing twice.
pub(super) fn services_once<'a, 'b>(deals: &[&JudgedDeal<'a, 'b>]) -> Vec<SplitDeal<'a, 'b>> {
    let Some(book) = deals.first().map(|first| first.deal.book) else { return Vec::new() };
    let split = |service: &'b Service| {
        let months = i32::try_from(service.included_months?).ok()?;
        let of_deal = |judged: &&'_ &JudgedDeal<'a, 'b>| {
            let pricing = price(judged.deal);
            let priced = pricing.services.iter().find(|it| it.service.name == service.name)?;
            // A free license includes nothing, alone or not.
            let included = Some(priced.included).filter(|included| !included.is_zero())?;
            Some((judged.deal.date, judged.name, included))
        };
        let mut given: Vec<_> = deals.iter().filter_map(|judged| of_deal(&judged)).collect();
        given.sort_by_key(|it| it.0);
        let windows = given.iter().enumerate().filter_map(|(at, first)| {
            let end = first.0.plus_months(months);
            let within: Vec<_> = given[at..].iter().take_while(|it| it.0 < end).collect();
            let (most, included) = (service.included, within.iter().map(|it| it.2).sum::<Money>());
            (within.len() > 1 && included > most).then(|| (included - most, included, within))
        });
        let (extra, included, within) = windows.max_by_key(|it| it.0)?;
        let names: Vec<_> = within.iter().map(|it| it.1).collect();
        let first = deals.iter().find(|judged| names.contains(&judged.name))?;
        let (all, most) = (book.currency.show(included), book.currency.show(service.included));
        let reason = format!(
            "{}: {all} included, of {most} that a customer gets once in {months} months",
            service.title
        );
        let (subject, apart) = (SplitSubject::Service(service), Total::default());
        let saving = SplitSaving { subject, apart, together: extra.into() };
        Some(SplitDeal {
            customer: whose(first),
            deals: deals.iter().map(|it| it.name).filter(|name| names.contains(name)).collect(),
            crossing: SplitNeed::Pays(saving),
            rule: service.rule.clone(),
            reason,
            book,
        })
    };
    book.services.iter().filter_map(split).collect()
}
