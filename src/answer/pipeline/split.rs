//! Split deals: deals of one customer that together cross a threshold which each of them stays under, or cost
//! less apart than together.

use super::customers::{Links, by_customer, listed};
use super::judged_deal::JudgedDeal;
use crate::approve::{self, PricedDeal, Requirement, Verdict, Violation};
use crate::book::{ApprovalNeed, Level, Metric, PriceBook, Rule, Service};
use crate::deal::{CustomerLines, Deal};
use crate::number::{Date, Money, Quantity, Total};
use crate::price::{Measured, price};
use crate::quote::notice::Notice;

/// Deals of one customer that apart do not trigger a rule, or pay less, than together.
///
/// Whose deals they are says `by_customer`. Deals are joined whose contracts run on one day, whatever
/// their terms and payment, in three ways:
///
/// - The lines of a metric count together on their common days ([`CustomerLines`]), and each deal is
///   priced and judged at the tier and the steps that this gives, with all else as it is. Where the deals
///   then cost more in all, the difference is what the split saves.
/// - Deals with the same terms ([`Deal::has_same_terms`]) are joined into one deal, on which the approval
///   rules run as on any other: once with all lines side by side, and once with the lines of each metric
///   merged, where a metric counts each line by itself.
/// - The sums of ACV and TCV, apart or together, whichever is larger, are checked against the guardrails.
///
/// A service that a customer gets once in some months is added up over all deals that are quoted within them.
///
/// Pairs would not be enough, because three deals can split what no two of them do; and all subsets
/// would take too long. So for each level of the ladder, each review and the policy itself, all
/// deals of the customer that stay under that threshold alone are joined, and in the end all of its
/// deals; of each set those that are in force on one day, because contracts that follow each other are
/// never added up. A large deal that needs the level anyway therefore hides no split among the others. A split
/// says that its deals together cross a threshold, not that all of them are necessary for that.
///
/// An expired quote counts for as long as the book says. A split is a warning and does not change the
/// approvals of a deal, because the customer may well want two contracts.
#[derive(Debug, Clone)]
pub struct SplitDeal<'a, 'b> {
    /// The customer's name in the first of the deals, or its account or opportunity.
    pub customer: &'a str,
    /// The names of the deals, two at least.
    pub deals: Vec<&'a str>,
    /// The need that only all of them together have.
    pub crossing: SplitNeed<'b>,
    pub rule: Rule,
    pub reason: String,
    pub book: &'b PriceBook,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SplitNeed<'b> {
    Needs(ApprovalNeed),
    /// None that can be met: together the deals are outside policy.
    Refused,
    /// Together the deals cost more.
    Pays(SplitSaving<'b>),
}

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

impl SplitDeal<'_, '_> {
    /// The code of the warning that each of the deals gets.
    pub const CODE: &'static str = "deals-split";

    /// Returns the warning: "a.toml and b.toml of Acme Bank together need VP approval: ...".
    pub fn message(&self) -> String {
        self.message_of(|name| name)
    }

    /// Returns the warning with the deals' names changed by `name`.
    pub(crate) fn message_of<'n>(&'n self, name: impl Fn(&'n str) -> &'n str) -> String {
        let names: Vec<_> = self.deals.iter().map(|deal| name(deal)).collect();
        let whose = format!("{} of {}", listed(&names), self.customer);
        let needs = match &self.crossing {
            SplitNeed::Refused => "are outside policy".to_owned(),
            SplitNeed::Needs(ask) => {
                let level = format!("{} approval", self.book.ladder().title(ask.level));
                let level = (ask.level > Level::NONE).then_some(level);
                let review = ask.review.as_ref().map(|it| self.book.review_title(it).to_owned());
                format!(
                    "need {}",
                    level.into_iter().chain(review).collect::<Vec<_>>().join(" and ")
                )
            }
            SplitNeed::Pays(saving) => {
                let saved = self.book.currency.show_total(saving.saved());
                return format!("{whose} cost {saved} less than together: {}", self.reason);
            }
        };
        format!("{whose} together {needs}: {}", self.reason)
    }

    pub(super) fn notice(&self) -> Notice {
        Notice::warning(Self::CODE, self.message(), &self.rule)
    }
}

/// Returns the verdict on several deals as one; `None` where they cannot be joined.
type JointVerdict = fn(&[&JudgedDeal<'_, '_>]) -> Option<Verdict>;

/// Finds every split among deals, customer by customer in the order of the deals.
pub(super) fn splits<'a, 'b>(deals: &[&JudgedDeal<'a, 'b>], day: Date) -> Vec<SplitDeal<'a, 'b>> {
    let counted = deals.iter().filter(|judged| judged.counts_on(day));
    let counted: Vec<_> = counted.copied().collect();
    let mut found = Vec::new();
    for customer in by_customer(&counted) {
        // Deals in two currencies are of two books.
        let mut books: Vec<Vec<&JudgedDeal<'a, 'b>>> = Vec::new();
        for judged in customer.into_iter().map(|at| counted[at]) {
            match books.iter_mut().find(|it| std::ptr::eq(it[0].deal.book, judged.deal.book)) {
                Some(deals) => deals.push(judged),
                None => books.push(vec![judged]),
            }
        }
        found.extend(books.iter().flat_map(|deals| services_once(deals)));
        for deals in books.iter().flat_map(|deals| overlapping(deals)) {
            if deals.len() > 1 {
                of_customer(&deals, &mut found);
            }
        }
    }
    for split in &mut found {
        let is_mine = |judged: &&&JudgedDeal<'_, '_>| split.deals.contains(&judged.name);
        let rules = split.book.customers.expired_quotes.as_ref();
        if let Some(rules) =
            rules.filter(|_| counted.iter().filter(is_mine).any(|it| it.is_expired(day)))
        {
            let assumed = if rules.assumed { ", which is assumed" } else { "" };
            let (days, source) = (rules.days, &rules.rule.source);
            split.reason = format!(
                "{}; expired quotes count for {days} more days{assumed} ({source})",
                split.reason
            );
        }
    }
    found
}

/// Returns deals of one book in groups, in each of which all are connected by the days of their contracts,
/// through others of it or not.
fn overlapping<'j, 'a, 'b>(deals: &[&'j JudgedDeal<'a, 'b>]) -> Vec<Vec<&'j JudgedDeal<'a, 'b>>> {
    let days = deals.iter().map(|judged| judged.deal.contract_days());
    let mut days: Vec<_> = days.enumerate().map(|(at, (from, to))| (from, to, at)).collect();
    days.sort_unstable();
    let mut links = Links::new(deals.len());
    let mut open: Option<(Date, usize)> = None;
    for (from, to, at) in days {
        open = match open {
            Some((end, other)) if from <= end => {
                links.join(other, at);
                Some((end.max(to), at))
            }
            _ => Some((to, at)),
        };
    }
    let groups = links.groups().into_iter();
    groups.map(|group| group.into_iter().map(|at| deals[at]).collect()).collect()
}

/// Finds the splits among deals of one customer that run on the same days. They have the verdict for separate
/// and for merged lines.
fn of_customer<'a, 'b>(deals: &[&JudgedDeal<'a, 'b>], found: &mut Vec<SplitDeal<'a, 'b>>) {
    let of_metrics = of_metrics(deals);
    for (metric, members) in &of_metrics {
        found.extend(saving(metric, members));
    }
    let merged = |judged: &&JudgedDeal<'a, 'b>| JudgedDeal {
        verdict: with_merged_lines(judged.deal, judged.verdict.clone()),
        notices: Vec::new(),
        money: judged.money.clone(),
        ..**judged
    };
    let first = found.len();
    let mut parts: Vec<Vec<JudgedDeal<'a, 'b>>> = Vec::new();
    for judged in deals {
        match parts.iter_mut().find(|part| part[0].deal.has_same_terms(judged.deal)) {
            Some(part) => part.push(merged(judged)),
            None => parts.push(vec![merged(judged)]),
        }
    }
    let mut are_all_one = parts.len() == 1;
    for part in &parts {
        are_all_one &= as_one(&part.iter().collect::<Vec<_>>()).is_some();
        crossings(part, as_one, first, found);
    }
    if !are_all_one {
        for (_, members) in &of_metrics {
            let members: Vec<_> = members.iter().map(merged).collect();
            crossings(&members, beside_each_other, first, found);
        }
        let all: Vec<_> = parts.into_iter().flatten().collect();
        crossings(&all, as_sums, first, found);
    }
}

/// Returns each metric whose lines count together, with those deals whose lines of it run on the same days.
fn of_metrics<'j, 'a, 'b>(
    deals: &[&'j JudgedDeal<'a, 'b>],
) -> Vec<(&'b Metric, Vec<&'j JudgedDeal<'a, 'b>>)> {
    let Some(book) = deals.first().map(|first| first.deal.book) else { return Vec::new() };
    let metrics = book.metrics.iter().filter(|metric| metric.counts_all_lines());
    let of_metric = |metric: &'b Metric| {
        let has = |deal: &Deal<'_>| deal.lines.iter().any(|it| std::ptr::eq(it.metric, metric));
        let mine: Vec<_> = deals.iter().filter(|judged| has(judged.deal)).copied().collect();
        let groups = overlapping(&mine).into_iter();
        groups.filter(|group| group.len() > 1).map(move |group| (metric, group))
    };
    metrics.flat_map(of_metric).collect()
}

/// Returns the split of deals whose lines of a metric cost less apart than together.
fn saving<'a, 'b>(
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
    let beside: Option<Vec<_>> =
        deals.iter().enumerate().map(|(at, deal)| lines.beside(deal, at)).collect();
    let Some(beside) = beside else {
        let all = metric.count(quantity);
        let reason = format!("the price book has no price for {all} together");
        return Some(split(SplitNeed::Refused, reason));
    };
    let sum = |all: &mut dyn Iterator<Item = Total>| {
        all.fold(Total::default(), |mut sum, cost| {
            sum += cost;
            sum
        })
    };
    let apart = sum(&mut deals.iter().map(|deal| cost(deal)));
    let together = sum(&mut beside.iter().map(cost));
    let saving = SplitSaving { subject: SplitSubject::Units(metric, quantity), apart, together };
    let show = |sum| book.currency.show_total(sum);
    let reason = format!("{} apart, {} as {}", show(apart), show(together), metric.count(quantity));
    (together > apart).then(|| split(SplitNeed::Pays(saving), reason))
}

/// Returns the splits of services that a customer gets once in so many months, whatever the days of its contracts:
/// of each service the deals, quoted within these months, that include most too much.
fn services_once<'a, 'b>(deals: &[&JudgedDeal<'a, 'b>]) -> Vec<SplitDeal<'a, 'b>> {
    let Some(book) = deals.first().map(|first| first.deal.book) else { return Vec::new() };
    let split = |service: &'b Service| {
        let months = i32::try_from(service.included_months?).ok()?;
        let of_deal = |judged: &&'_ &JudgedDeal<'a, 'b>| {
            let asked = judged.deal.services.iter().find(|it| it.service.name == service.name)?;
            let pricing = price(judged.deal);
            let priced = pricing.services.iter().find(|it| it.service.name == service.name)?;
            // A free license includes nothing, alone or not.
            let included = Some(priced.included).filter(|included| !included.is_zero())?;
            Some((judged.deal.date, judged.name, included, asked.included_before))
        };
        let mut given: Vec<_> = deals.iter().filter_map(|judged| of_deal(&judged)).collect();
        given.sort_by_key(|it| it.0);
        let windows = given.iter().enumerate().filter_map(|(at, first)| {
            let end = first.0.plus_months(months);
            let within: Vec<_> = given[at..].iter().take_while(|it| it.0 < end).collect();
            let before = within.iter().map(|it| it.3).max().unwrap_or_default();
            let most = (service.included - before).max(Money::ZERO);
            let included: Money = within.iter().map(|it| it.2).sum();
            (within.len() > 1 && included > most).then(|| (included - most, included, within))
        });
        let (extra, included, within) = windows.max_by_key(|it| it.0)?;
        let names: Vec<_> = within.iter().map(|it| it.1).collect();
        let first = deals.iter().find(|judged| names.contains(&judged.name))?;
        let (all, most) = (book.currency.show(included), book.currency.show(included - extra));
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

/// Returns the customer of a deal in a sentence: its name, or what stands in for it.
fn whose<'a>(judged: &JudgedDeal<'a, '_>) -> &'a str {
    let deal = judged.deal;
    deal.customer().or(deal.account()).or(deal.opportunity()).unwrap_or_default()
}

/// Adds the splits among the members under each threshold, and then among all of them. What was found from the
/// place `first` on is told of fewer or as many of them, and not again.
fn crossings<'a, 'b>(
    members: &[JudgedDeal<'a, 'b>],
    together: JointVerdict,
    first: usize,
    found: &mut Vec<SplitDeal<'a, 'b>>,
) {
    let Some(book) = members.first().map(|first| first.deal.book) else { return };
    let under = |is_under: &dyn Fn(&Verdict) -> bool| -> Vec<&JudgedDeal<'a, 'b>> {
        members.iter().filter(|member| is_under(&member.verdict)).collect()
    };
    let levels = (1..).map_while(|height| book.ladder().level_at(height));
    let mut sets: Vec<_> = levels.map(|level| under(&|it| it.level() < level)).collect();
    sets.extend(
        book.reviews
            .iter()
            .map(|review| under(&|it| !it.reviews().contains(&review.name.as_str()))),
    );
    sets.extend([under(&|it| !it.is_refused()), members.iter().collect()]);
    // Most thresholds have the same deals under them, so that each set is looked at once.
    let mut seen: Vec<Vec<&str>> = Vec::new();
    for members in sets.iter().flat_map(|members| in_force_together(members)) {
        let names: Vec<_> = members.iter().map(|member| member.name).collect();
        if names.len() > 1 && !seen.contains(&names) {
            of_members(&members, &names, together, (first, found));
            seen.push(names);
        }
    }
}

/// Returns the largest sets of deals that are in force on one day, each in the order of the deals.
fn in_force_together<'m, 'a, 'b>(
    members: &[&'m JudgedDeal<'a, 'b>],
) -> Vec<Vec<&'m JudgedDeal<'a, 'b>>> {
    let days = |member: &JudgedDeal<'_, '_>| {
        let period = member.deal.days_in_force();
        (period.start(), period.end())
    };
    let mut starts: Vec<Date> = members.iter().map(|member| days(member).0).collect();
    starts.sort_unstable();
    starts.dedup();
    // A set is complete when the last of its deals begins, and a part of the next one if none of them has ended
    // by then.
    let nexts = starts.iter().skip(1).map(Some).chain([None]);
    let sets = starts.iter().zip(nexts).filter_map(|(day, next)| {
        let is_in_force = |member: &&&JudgedDeal<'_, '_>| {
            let (start, end) = days(member);
            start <= *day && *day <= end
        };
        let set: Vec<_> = members.iter().filter(is_in_force).copied().collect();
        let is_part = next.is_some_and(|next| set.iter().all(|member| *next <= days(member).1));
        (!is_part).then_some(set)
    });
    sets.collect()
}

fn of_members<'a, 'b>(
    members: &[&JudgedDeal<'a, 'b>],
    names: &[&'a str],
    together: JointVerdict,
    (known, found): (usize, &mut Vec<SplitDeal<'a, 'b>>),
) {
    let (Some(verdict), Some(first)) = (together(members), members.first()) else { return };
    let mut add = |crossing: SplitNeed<'b>, rule: Rule, reason: String| {
        let is_known = |known: &SplitDeal<'_, '_>| {
            known.rule == rule && known.deals.iter().all(|name| names.contains(name))
        };
        if !found[known..].iter().any(is_known) {
            let customer = whose(first);
            let book = first.deal.book;
            found.push(SplitDeal { customer, deals: names.to_vec(), crossing, rule, reason, book });
        }
    };
    for Violation { rule, message } in verdict.violations {
        if members.iter().all(|it| it.verdict.violations.iter().all(|known| known.rule != rule)) {
            add(SplitNeed::Refused, rule, message);
        }
    }
    for Requirement { approval, rule, reason } in verdict.required {
        let mut known = members.iter().flat_map(|member| &member.verdict.required);
        // An approver of each of the deals sees all of them anyway.
        let is_higher = |verdict: &Verdict| {
            let reviews = verdict.reviews();
            approval.level > verdict.level()
                || approval.review.as_deref().is_some_and(|review| !reviews.contains(&review))
        };
        if known.all(|known| known.rule != rule) && members.iter().any(|it| is_higher(&it.verdict))
        {
            add(SplitNeed::Needs(approval), rule, reason);
        }
    }
}

/// Returns the verdict on deals with the same terms, joined into one.
fn as_one(members: &[&JudgedDeal<'_, '_>]) -> Option<Verdict> {
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    let deal = Deal::joined(&deals)?;
    Some(with_merged_lines(&deal, route(&deal)))
}

/// Returns the verdicts on deals at the tier and the steps that they have beside each other.
fn beside_each_other(members: &[&JudgedDeal<'_, '_>]) -> Option<Verdict> {
    let mut all = Verdict::default();
    for deal in beside(members)? {
        add_new(&mut all, route(&deal));
    }
    Some(all)
}

/// Returns deals as they are beside each other.
fn beside<'b>(members: &[&JudgedDeal<'_, 'b>]) -> Option<Vec<Deal<'b>>> {
    let deals: Vec<_> = members.iter().map(|member| member.deal).collect();
    let lines = CustomerLines::of(&deals);
    deals.iter().enumerate().map(|(at, deal)| lines.beside(deal, at)).collect()
}

/// Returns the verdict on the sums of ACV and TCV, each ACV rounded to its smallest coin: those of the deals as
/// they are, or beside each other where that is more. Of a deal through a partner the larger side counts.
fn as_sums(members: &[&JudgedDeal<'_, '_>]) -> Option<Verdict> {
    let sums = |all: &mut dyn Iterator<Item = Measured>| {
        let (mut acv, mut tcv) = (Total::default(), Total::default());
        for money in all {
            acv.add(money.largest(|side| side.acv).0.acv);
            tcv.add(money.largest(|side| side.tcv).0.tcv);
        }
        (acv, tcv)
    };
    let measured = |deal: &Deal<'_>| Measured::committed(deal, &price(deal));
    let (mut acv, mut tcv) = sums(&mut members.iter().map(|member| measured(member.deal)));
    if let Some(together) = beside(members) {
        let (more_acv, more_tcv) = sums(&mut together.iter().map(measured));
        (acv, tcv) = (acv.max(more_acv), tcv.max(more_tcv));
    }
    Some(approve::of_sums(members.first()?.deal.book, acv, tcv))
}

/// Adds to the verdict on a deal what the deal needs with the lines of each metric merged.
fn with_merged_lines(deal: &Deal<'_>, mut verdict: Verdict) -> Verdict {
    if let Some(merged) = deal.with_lines_joined() {
        add_new(&mut verdict, route(&merged));
    }
    verdict
}

/// Adds what a verdict says of rules of which another one says nothing.
fn add_new(verdict: &mut Verdict, other: Verdict) {
    for required in other.required {
        if verdict.required.iter().all(|known| known.rule != required.rule) {
            verdict.required.push(required);
        }
    }
    for violation in other.violations {
        if verdict.violations.iter().all(|known| known.rule != violation.rule) {
            verdict.violations.push(violation);
        }
    }
}

fn route(deal: &Deal<'_>) -> Verdict {
    approve::route(&PricedDeal { deal, pricing: &price(deal) })
}
