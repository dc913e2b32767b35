//! Money that a split saves: what deals of one customer cost apart and together.

use super::{SplitDeal, SplitNeed, whose};
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

/// The largest number of deals of which every pair is looked at.
const MOST_PAIRED: usize = 16;

/// Deal with what its lines of a metric cost alone.
struct Member<'j, 'a, 'b> {
    judged: &'j JudgedDeal<'a, 'b>,
    alone: Total,
}

/// Deals beside each other, each with what its lines of a metric cost then.
struct DealsBeside<'m, 'j, 'a, 'b> {
    members: Vec<&'m Member<'j, 'a, 'b>>,
    together: Vec<Total>,
}

/// Returns the split of deals whose lines of a metric cost less apart than together, and a split of deals that
/// together have no price.
///
/// Some deals can cost less together than apart, and quotes that nobody means to sign would hide a split of the
/// others. So the deals that cost more together are looked at by themselves, until none of them costs less; and so
/// is every pair of up to 16 deals. The deals with the largest saving are told, for each currency.
pub(super) fn savings<'a, 'b>(
    metric: &str,
    members: &[&JudgedDeal<'a, 'b>],
) -> Vec<SplitDeal<'a, 'b>> {
    let members = members.iter().map(|&judged| Member { judged, alone: cost(metric, judged.deal) });
    let members: Vec<_> = members.collect();
    let mut sets = Vec::new();
    let mut rest: Vec<_> = members.iter().collect();
    while let Some(set) = DealsBeside::of(metric, &rest) {
        let dearer = set.dearer();
        let is_last = dearer.len() < 2 || dearer.len() == rest.len();
        sets.push(set);
        if is_last {
            break;
        }
        rest = dearer;
    }
    let refused = if sets.is_empty() { unsold(metric, &members) } else { None };
    if (3..=MOST_PAIRED).contains(&members.len()) {
        let pairs = members
            .iter()
            .enumerate()
            .flat_map(|(at, one)| members[at + 1..].iter().map(move |other| [one, other]));
        let pairs = pairs.filter(|[one, other]| overlap(one.judged.deal, other.judged.deal));
        sets.extend(pairs.filter_map(|pair| DealsBeside::of(metric, &pair)));
    }
    let most =
        books_by_currency(members.iter().map(|it| it.judged)).into_iter().filter_map(|book| {
            let savings = sets.iter().filter_map(|set| Some((set, set.saving(metric, book)?)));
            // Of equal savings that of the most deals comes first.
            let more = |most, next| if saved(&next) > saved(&most) { next } else { most };
            let (set, saving) = savings.reduce(more)?;
            set.split(metric, book, saving)
        });
    refused.into_iter().chain(most).collect()
}

fn saved<T>((_, saving): &(T, SplitSaving<'_>)) -> Total {
    saving.saved()
}

/// Returns the first book in each currency of some deals.
fn books_by_currency<'j, 'a: 'j, 'b: 'a>(
    deals: impl Iterator<Item = &'j JudgedDeal<'a, 'b>>,
) -> Vec<&'b PriceBook> {
    let mut books: Vec<&PriceBook> = Vec::new();
    for book in deals.map(|judged| judged.deal.book) {
        if books.iter().all(|known| known.currency.code != book.currency.code) {
            books.push(book);
        }
    }
    books
}

/// Returns what the lines of a metric cost.
fn cost(metric: &str, deal: &Deal<'_>) -> Total {
    let mut sum = Total::default();
    let pricing = price(deal);
    let mine = pricing.lines.iter().filter(|it| it.line.metric.name == metric);
    mine.for_each(|line| sum.add(line.tcv));
    sum
}

fn overlap(one: &Deal<'_>, other: &Deal<'_>) -> bool {
    let ((first, last), (other_first, other_last)) = (one.contract_days(), other.contract_days());
    first <= other_last && other_first <= last
}

/// Returns the split of deals whose quantity together the book does not sell.
fn unsold<'a, 'b>(metric: &str, members: &[Member<'_, 'a, 'b>]) -> Option<SplitDeal<'a, 'b>> {
    let members: Vec<_> = members.iter().collect();
    let book = members.first()?.judged.deal.book;
    let metric = book.metric(metric)?;
    let all = metric.count(most_of(metric, &members));
    let reason = format!("the price book has no price for {all} together");
    Some(split((book, metric), &members, SplitNeed::Refused, reason))
}

/// Returns the most units of a metric that deals have on one day.
fn most_of(metric: &Metric, members: &[&Member<'_, '_, '_>]) -> Quantity {
    let deals: Vec<_> = members.iter().map(|member| member.judged.deal).collect();
    CustomerLines::of(&deals).most_of(&metric.name)
}

fn split<'a, 'b>(
    (book, metric): (&'b PriceBook, &'b Metric),
    members: &[&Member<'_, 'a, 'b>],
    crossing: SplitNeed<'b>,
    reason: String,
) -> SplitDeal<'a, 'b> {
    SplitDeal {
        customer: whose(members[0].judged),
        deals: members.iter().map(|member| member.judged.name).collect(),
        crossing,
        rule: metric.rule.clone(),
        reason,
        book,
    }
}

impl<'m, 'j, 'a, 'b> DealsBeside<'m, 'j, 'a, 'b> {
    /// Returns `None` where the book does not sell the quantity of all of them.
    fn of(metric: &str, members: &[&'m Member<'j, 'a, 'b>]) -> Option<Self> {
        let deals: Vec<_> = members.iter().map(|member| member.judged.deal).collect();
        let beside = CustomerLines::of(&deals).all_beside(&deals)?;
        let together = beside.iter().map(|deal| cost(metric, deal)).collect();
        Some(Self { members: members.to_vec(), together })
    }

    /// Returns the deals that cost more together than alone.
    fn dearer(&self) -> Vec<&'m Member<'j, 'a, 'b>> {
        let members = self.members.iter().zip(&self.together);
        members.filter(|(member, together)| **together > member.alone).map(|it| *it.0).collect()
    }

    /// Returns what the deals in the currency of a book save.
    fn saving(&self, metric: &str, book: &'b PriceBook) -> Option<SplitSaving<'b>> {
        let (mut apart, mut together, mut deals) = (Total::default(), Total::default(), 0);
        for (member, beside) in self.members.iter().zip(&self.together) {
            if member.judged.deal.book.currency.code == book.currency.code {
                apart += member.alone;
                together += *beside;
                deals += 1;
            }
        }
        // A part of a year is rounded for each deal: a coin of each is no saving.
        let rounding = Money::of_scaled(deals, book.currency.minor);
        if together <= apart || together.minus(apart) <= rounding.into() {
            return None;
        }
        let metric = book.metric(metric)?;
        let subject = SplitSubject::Units(metric, most_of(metric, &self.members));
        Some(SplitSaving { subject, apart, together })
    }

    fn split(
        &self,
        metric: &str,
        book: &'b PriceBook,
        saving: SplitSaving<'b>,
    ) -> Option<SplitDeal<'a, 'b>> {
        let metric = book.metric(metric)?;
        let show = |sum| book.currency.show_total(sum);
        let (apart, together) = (show(saving.apart), show(saving.together));
        let all = metric.count(most_of(metric, &self.members));
        let reason = format!("{apart} apart, {together} as {all}");
        Some(split((book, metric), &self.members, SplitNeed::Pays(saving), reason))
    }
}
