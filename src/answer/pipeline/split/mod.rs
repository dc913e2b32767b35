//! Split deals: deals of one customer that together cross a threshold which each of them stays under, or cost
//! less apart than together.

mod beside;
mod crossing;
mod exclusive;
mod following;
mod included;
mod rates_taken;
mod revenue;
mod saving;
mod shared;

pub use beside::{SplitSaving, SplitSubject};

use super::customers::{Links, by_customer, listed};
use super::judged_deal::JudgedDeal;
use crate::book::{ApprovalNeed, Level, PriceBook, Rule};
use crate::deal::{Deal, Line};
use crate::number::Date;
use crate::quote::notice::{Notice, kinds};
use crossing::{as_one, as_sums, crossings, crossings_of_units, with_merged_lines};
use exclusive::exclusive_apart;
use following::following;
use included::services_once;
use revenue::{as_one_revenue, by_revenue, of_several_customers};
use saving::savings;
use shared::shares_apart;

/// Deals of one customer that apart do not trigger a rule, or pay less, than together.
///
/// Whose deals they are says `by_customer`. Deals are joined whose contracts run on one day, whatever
/// their terms and payment, in five ways:
///
/// - The lines of a metric count together on their common days ([`CustomerLines`](crate::deal::CustomerLines)), and each deal is
///   priced and judged at the tier and the steps that this gives, with all else as it is. What the deals cost more
///   then, on the days on which they do, is what the split saves. Of deals some of which cost less together,
///   those are told that save most: two of three whose third one loses more are a split of these two, because nobody has to
///   sign the third.
/// - Deals with the same terms ([`Deal::has_same_terms`]) are joined into one deal, on which the approval
///   rules run as on any other: once with all lines side by side, and once with the lines of each metric
///   merged, where a metric counts each line by itself.
/// - The sums of ACV and TCV in one currency, apart or together, whichever is larger, are checked against the
///   guardrails.
/// - A revenue that a partner shares with us is one, whatever the terms of the deals that state it: our share of the
///   largest is compared with the price of all their lines. Deals of several customers share one where they state the
///   same amount on the same basis.
///
/// Deals of several price books, or in several currencies, count together by the names of metrics, programs and
/// services. What a split saves is told for each currency.
/// - A share of other lines, such as support, that some deals have is compared with that of the lines of all deals.
/// - A program that excludes every other discount, and a deal with one, are told as one deal with both would be refused.
///
/// Contracts that are signed together and follow each other are one for the guardrails on TCV, and for the years of a
/// program that all of them claim.
///
/// A service that a customer gets once in some months is added up over all deals that are quoted within them, and any
/// other service over the deals that are in force on one day.
///
/// Pairs would not be enough, because three deals can split what no two of them do; and all subsets
/// would take too long. So for each level of the ladder, each review and the policy itself, all
/// deals of the customer that stay under that threshold alone are joined, and in the end all of its
/// deals; of each set those that are in force on one day, because contracts that follow each other are
/// never added up. A large deal that needs the level anyway therefore hides no split among the others. A split
/// says that its deals together cross a threshold, not that all of them are necessary for that.
///
/// A contract that the customer has signed is one more deal. Contracts alone are no split: nobody can quote them otherwise.
///
/// Deals together take no more than they take apart of a discount with a rate that needs no approval, where none of
/// their lines costs less apart than it costs so. The savings are those of the whole discount.
///
/// An expired quote counts for as long as the book says. A split is a warning and does not change the
/// approvals of a deal, because the customer may well want two contracts.
#[derive(Debug, Clone)]
pub struct SplitDeal<'a, 'b> {
    /// The customer's name in the first of the deals, or its account or opportunity; of several customers, the name of
    /// their partner.
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

impl SplitDeal<'_, '_> {
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
        Notice::new(&kinds::DEALS_SPLIT, self.message(), &self.rule)
    }
}

/// Finds every split among deals, customer by customer in the order of the deals.
pub(super) fn splits<'a, 'b>(deals: &[&JudgedDeal<'a, 'b>], day: Date) -> Vec<SplitDeal<'a, 'b>> {
    let counted = deals.iter().filter(|judged| judged.counts_on(day));
    let counted: Vec<_> = counted.copied().collect();
    let mut found = Vec::new();
    let customers = by_customer(&counted);
    let numbered = customers
        .iter()
        .enumerate()
        .flat_map(|(number, customer)| customer.iter().map(|&at| (at, number)).collect::<Vec<_>>());
    let mut numbered: Vec<_> = numbered.collect();
    numbered.sort_unstable();
    for customer in customers {
        let mine: Vec<_> = customer.into_iter().map(|at| counted[at]).collect();
        let first = found.len();
        found.extend(services_once(&mine));
        for deals in overlapping(&mine, |judged| judged.deal.days_of_units()) {
            if deals.len() > 1 {
                of_customer(&deals, &mut found);
            }
        }
        following(&mine, first, &mut found);
    }
    let numbered = numbered.into_iter().map(|(at, number)| (counted[at], number));
    of_several_customers(&numbered.collect::<Vec<_>>(), &mut found);
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

/// Returns deals in groups of one currency, because amounts in two currencies are never added.
fn by_currency<'j, 'a, 'b>(deals: &[&'j JudgedDeal<'a, 'b>]) -> Vec<Vec<&'j JudgedDeal<'a, 'b>>> {
    let mut groups: Vec<Vec<&JudgedDeal<'a, 'b>>> = Vec::new();
    for &judged in deals {
        let code = |it: &JudgedDeal<'_, 'b>| &it.deal.book.currency.code;
        match groups.iter_mut().find(|group| code(group[0]) == code(judged)) {
            Some(group) => group.push(judged),
            None => groups.push(vec![judged]),
        }
    }
    groups
}

/// Returns deals in groups, in each of which all are connected by their days, through others of it or not.
fn overlapping<T: Copy>(deals: &[T], days: impl Fn(T) -> (Date, Date)) -> Vec<Vec<T>> {
    let days = deals.iter().map(|deal| days(*deal));
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
        found.extend(savings(metric, members));
    }
    found.extend(shares_apart(deals));
    found.extend(exclusive_apart(deals));
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
        let sets = in_one_year(&part.iter().collect::<Vec<_>>());
        are_all_one &= sets.len() == 1;
        for part in sets {
            are_all_one &= as_one(&part).is_some() && part.iter().all(|it| !keeps_units(it.deal));
            crossings(&part, as_one, first, found);
        }
    }
    if !are_all_one {
        for (_, members) in &of_metrics {
            let members: Vec<_> = members.iter().map(merged).collect();
            crossings_of_units(&members.iter().collect::<Vec<_>>(), first, found);
        }
        let all: Vec<_> = parts.iter().flatten().collect();
        for members in by_currency(&all) {
            crossings(&members, as_sums, first, found);
            for members in by_revenue(&members) {
                crossings(&members, as_one_revenue, first, found);
            }
        }
    }
}

/// Returns the largest sets of deals that begin in one year, if the years of a deal differ: these are joined year by year.
/// Deals of equal years are joined whenever they begin.
fn in_one_year<'j, 'a, 'b>(deals: &[&'j JudgedDeal<'a, 'b>]) -> Vec<Vec<&'j JudgedDeal<'a, 'b>>> {
    let differs = |judged: &&JudgedDeal<'_, '_>| judged.deal.lines.iter().any(Line::is_ramp);
    if !deals.iter().any(differs) {
        return vec![deals.to_vec()];
    }
    let mut firsts: Vec<_> = deals.iter().map(|judged| judged.deal).collect();
    firsts.sort_by_key(|deal| deal.contract_days().0);
    let mut sets: Vec<Vec<&JudgedDeal<'a, 'b>>> = Vec::new();
    for first in firsts {
        let begins_with = |judged: &&&JudgedDeal<'a, 'b>| {
            first.contract_days().0 <= judged.deal.contract_days().0
                && first.years_to(judged.deal) == 0
        };
        let set: Vec<_> = deals.iter().filter(begins_with).copied().collect();
        let is_in = |known: &Vec<&JudgedDeal<'_, '_>>| {
            set.iter().all(|one| known.iter().any(|other| std::ptr::eq(*one, *other)))
        };
        if !sets.iter().any(is_in) {
            sets.push(set);
        }
    }
    sets
}

/// Returns the name of each metric, with those deals whose lines of it run on the same days.
fn of_metrics<'j, 'a, 'b>(
    deals: &[&'j JudgedDeal<'a, 'b>],
) -> Vec<(&'b str, Vec<&'j JudgedDeal<'a, 'b>>)> {
    let mut names: Vec<&'b str> = Vec::new();
    for book in books(deals.iter().copied()) {
        let new = book.metrics.iter().map(|metric| metric.name.as_str());
        let new: Vec<_> = new.filter(|name| !names.contains(name)).collect();
        names.extend(new);
    }
    let of_metric = |name: &'b str| {
        let has = |deal: &Deal<'_>| deal.lines.iter().any(|it| it.metric.name == name);
        let mine: Vec<_> = deals.iter().filter(|judged| has(judged.deal)).copied().collect();
        let groups = overlapping(&mine, |judged| judged.deal.days_of_units()).into_iter();
        groups.filter(|group| group.len() > 1).map(move |group| (name, group))
    };
    names.into_iter().flat_map(of_metric).collect()
}

/// Whether the customer keeps units of a deal after its contract.
fn keeps_units(deal: &Deal<'_>) -> bool {
    deal.days_of_units() != deal.contract_days()
}

/// Returns the books of deals, in the order of the deals.
fn books<'j, 'a: 'j, 'b: 'a>(
    deals: impl Iterator<Item = &'j JudgedDeal<'a, 'b>>,
) -> Vec<&'b PriceBook> {
    let mut books: Vec<&PriceBook> = Vec::new();
    for book in deals.map(|judged| judged.deal.book) {
        if books.iter().all(|known| !std::ptr::eq(*known, book)) {
            books.push(book);
        }
    }
    books
}

/// Returns the customer of a deal in a sentence: its name, or what stands in for it.
fn whose<'a>(judged: &JudgedDeal<'a, '_>) -> &'a str {
    let deal = judged.deal;
    deal.customer().or(deal.account()).or(deal.opportunity()).unwrap_or_default()
}
