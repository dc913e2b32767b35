//! Deals beside each other: what the lines of a metric cost together and apart.

use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::book::{Metric, PriceBook, Service};
use crate::deal::{CustomerLines, DaysOfYear, Deal, DealOnDays};
use crate::number::{Date, Days, Money, Quantity, Total};
use crate::price::{PricedLine, price};

const ALL_DAYS: Days = Days { from: Date::FIRST, until: Date::LAST };

/// Cost of deals apart and together, at the customer's prices.
#[derive(Debug, Clone, Copy)]
pub struct SplitSaving<'b> {
    pub subject: SplitSubject<'b>,
    pub apart: Total,
    /// Cost where no day costs less together than apart.
    pub together: Total,
}

/// Subject of a saving: units of a metric, or a service.
#[derive(Debug, Clone, Copy)]
pub enum SplitSubject<'b> {
    /// A metric, with the most units of it that all deals have on one day on which they cost more together.
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
    /// The deal with lines that count together as one.
    pub(super) deal: Deal<'b>,
    /// Place among the deals of the customer.
    pub(super) place: usize,
    /// Number of what the deal says: deals that say the same are of one kind.
    pub(super) kind: usize,
    /// Cost of each contract year.
    pub(super) alone: Vec<Total>,
}

/// Deals beside each other, each with what its lines of a metric cost more then than alone.
pub(super) struct DealsBeside<'m, 'j, 'a, 'b> {
    pub(super) members: Vec<&'m Member<'j, 'a, 'b>>,
    extras: Vec<Vec<Extra>>,
}

/// Deals that cost less apart, with what they save.
#[derive(Clone)]
pub(super) struct SavingSet<'m, 'j, 'a, 'b> {
    pub(super) members: Vec<&'m Member<'j, 'a, 'b>>,
    pub(super) saving: SplitSaving<'b>,
    /// Whether the deals cost less together on some days.
    pub(super) has_cheaper_days: bool,
}

/// Amount that a contract year costs more together than alone, on days for which it does; below zero where it costs less.
struct Extra {
    run: DaysOfYear,
    of_year: Total,
}

impl Extra {
    /// Returns its share of some of its days.
    fn on(&self, days: Days) -> Total {
        self.of_year.parts(days.from.days_to(days.until), self.run.of)
    }

    fn whole(&self) -> Total {
        self.on(self.run.days)
    }
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

/// Returns what some lines of a deal cost in each of its contract years. A part of a year before the first whole one
/// belongs to it.
fn by_year<'p, 'b: 'p>(
    deal: &Deal<'_>,
    lines: impl Iterator<Item = &'p PricedLine<'b>>,
) -> Vec<Total> {
    let mut years = vec![Total::default(); deal.length().years().max(1) as usize];
    for (first, segment) in lines.flat_map(PricedLine::by_year) {
        let first = first as usize - 1;
        if let Some(year) = years.get_mut(first) {
            year.add(segment.at_net.once + segment.stub);
        }
        let mine = years.iter_mut().skip(first).take(segment.length.years() as usize);
        mine.for_each(|year| year.add(segment.at_net.annual));
    }
    years
}

/// Returns what the lines of a metric cost in each contract year.
pub(super) fn cost_by_year(metric: &str, deal: &Deal<'_>) -> Vec<Total> {
    let pricing = price(deal);
    by_year(deal, pricing.lines.iter().filter(|it| it.line.metric.name == metric))
}

/// Returns the most units of a metric that deals have on one day of some.
fn most_on(metric: &Metric, members: &[&Member<'_, '_, '_>], days: &[Days]) -> Quantity {
    let deals: Vec<_> = members.iter().map(|member| member.judged.deal).collect();
    CustomerLines::of(&deals).most_on(&metric.name, days)
}

/// Returns the most units of a metric that deals have on one day.
pub(super) fn most_of(metric: &Metric, members: &[&Member<'_, '_, '_>]) -> Quantity {
    most_on(metric, members, &[ALL_DAYS])
}

impl<'m, 'j, 'a, 'b> DealsBeside<'m, 'j, 'a, 'b> {
    /// Returns `None` where the book does not sell the quantity of all of them.
    pub(super) fn of(metric: &str, members: &[&'m Member<'j, 'a, 'b>]) -> Option<Self> {
        let deals: Vec<_> = members.iter().map(|member| &member.deal).collect();
        let extras = if is_one_deal(&deals) {
            let costs = costs_as_one(metric, &deals)?.into_iter().zip(members);
            costs.map(|(years, member)| member.extras_of_years(&years)).collect()
        } else {
            let all = CustomerLines::of(&deals);
            let extras = |(at, member): (usize, &&Member<'_, '_, 'b>)| {
                let beside = all.on_each_day(metric, &member.deal, at)?;
                Some(beside.iter().flat_map(|it| member.extras(metric, it)).collect())
            };
            members.iter().enumerate().map(extras).collect::<Option<_>>()?
        };
        Some(Self { members: members.to_vec(), extras })
    }

    /// Returns the deals that cost more together than alone.
    pub(super) fn dearer(&self) -> Vec<&'m Member<'j, 'a, 'b>> {
        let members = self.members.iter().zip(&self.extras);
        let is_dearer = |extras: &[Extra]| sum(extras.iter().map(Extra::whole)) > Total::default();
        members.filter(|(_, extras)| is_dearer(extras)).map(|it| *it.0).collect()
    }

    /// Returns what the deals save in the currency of a book: the sum over all days on which they cost more together. Days
    /// on which they cost less take nothing from it: a year in which one order would be cheaper is no reason to split
    /// another one.
    pub(super) fn saving(
        &self,
        metric: &str,
        book: &'b PriceBook,
    ) -> Option<SavingSet<'m, 'j, 'a, 'b>> {
        let (mut apart, mut years, mut extras) = (Total::default(), 0, Vec::new());
        for (member, mine) in self.members.iter().zip(&self.extras) {
            let deal = member.judged.deal;
            if deal.book.currency.code == book.currency.code {
                apart += sum(member.alone.iter().copied());
                years += u64::from(deal.length().years_begun());
                extras.extend(mine);
            }
        }
        let metric = book.metric(metric)?;
        // Perpetual units are bought once, for all days: what one of them costs more, another one can cost less.
        let days = if metric.is_perpetual() {
            vec![(ALL_DAYS, sum(extras.iter().map(|it| it.whole())))]
        } else {
            day_by_day(&extras)
        };
        let none = Total::default();
        let (dearer, cheaper): (Vec<_>, Vec<_>) = days.into_iter().partition(|it| it.1 > none);
        let saved = sum(dearer.iter().map(|(_, extra)| *extra));
        let saved = saved.rounded(book.currency.minor);
        // Each year of each deal is rounded by itself: a coin of each is no saving.
        let rounding = Total::from(Money::of_scaled(years, book.currency.minor));
        if saved <= rounding {
            return None;
        }
        let cheaper = none.minus(sum(cheaper.into_iter().map(|(_, extra)| extra)));
        let dearer: Vec<_> = dearer.into_iter().map(|(days, _)| days).collect();
        let most = most_on(metric, &self.members, &dearer);
        let subject = SplitSubject::Units(metric, most);
        let saving = SplitSaving { subject, apart, together: apart.plus(saved) };
        let has_cheaper_days = cheaper > rounding;
        Some(SavingSet { members: self.members.clone(), saving, has_cheaper_days })
    }
}

fn sum(all: impl Iterator<Item = Total>) -> Total {
    all.fold(Total::default(), Total::plus)
}

/// Returns what deals cost more together in each run of days on which none of them changes.
fn day_by_day(extras: &[&Extra]) -> Vec<(Days, Total)> {
    let ends = extras.iter().flat_map(|it| [it.run.days.from, it.run.days.until]);
    let mut ends: Vec<_> = ends.collect();
    ends.sort_unstable();
    ends.dedup();
    let runs = ends.windows(2).map(|ends| Days { from: ends[0], until: ends[1] });
    let mut runs: Vec<_> = runs.map(|days| (days, Total::default())).collect();
    for extra in extras {
        let Days { from, until } = extra.run.days;
        let first = runs.partition_point(|(days, _)| days.from < from);
        for (days, sum) in runs[first..].iter_mut().take_while(|(days, _)| days.until <= until) {
            *sum += extra.on(*days);
        }
    }
    runs
}

impl<'b> Member<'_, '_, 'b> {
    /// Returns what the deal costs more beside others, on the days on which it is so.
    fn extras(&self, metric: &str, beside: &DealOnDays<'b>) -> Vec<Extra> {
        let costs = cost_by_year(metric, &beside.deal);
        let extra = |run: &DaysOfYear| Extra {
            run: *run,
            of_year: costs[run.year].minus(self.alone[run.year]),
        };
        beside.runs.iter().map(extra).filter(|it| !it.of_year.is_zero()).collect()
    }

    /// Returns what each whole contract year costs more.
    fn extras_of_years(&self, costs: &[Total]) -> Vec<Extra> {
        let runs = self.judged.deal.days_of_years().into_iter();
        let costs = costs.iter().zip(&self.alone);
        let extras = runs
            .zip(costs)
            .map(|(run, (beside, alone))| Extra { run, of_year: beside.minus(*alone) });
        extras.filter(|it| !it.of_year.is_zero()).collect()
    }
}

/// Whether deals could be one deal: of the same terms, on the same days.
fn is_one_deal(deals: &[&Deal<'_>]) -> bool {
    let is_mine = |first: &Deal<'_>, it: &Deal<'_>| {
        first.has_same_terms(it) && first.contract_days() == it.contract_days()
    };
    deals.iter().all(|it| is_mine(deals[0], it))
}

/// Returns what the lines of a metric of each deal cost in one deal with the lines of all, year by year.
fn costs_as_one(metric: &str, deals: &[&Deal<'_>]) -> Option<Vec<Vec<Total>>> {
    let joined = Deal::joined(deals)?;
    let pricing = price(&joined);
    let mut lines = pricing.lines.iter();
    let costs = deals.iter().map(|deal| {
        let own: Vec<_> = lines.by_ref().take(deal.lines.len()).collect();
        by_year(deal, own.into_iter().filter(|it| it.line.metric.name == metric))
    });
    Some(costs.collect())
}
