//! Services that a customer gets once: what the deals of a split include of them again.

use super::crossing::in_force_together;
use super::{SplitDeal, SplitNeed, SplitSaving, SplitSubject, whose};
use crate::answer::pipeline::judged_deal::JudgedDeal;
use crate::book::{BeyondIncluded, PriceBook, Service};
use crate::number::rounding::parts_by_weight;
use crate::number::{Date, Money, Total, counted};
use crate::price::price;
use std::cmp::Reverse;
use std::iter::repeat;

/// Decimal places at which the share of an amount is taken.
const SHARE_PLACES: u32 = 6;

/// Value of a service that a deal includes.
struct Included<'a> {
    date: Date,
    deal: &'a str,
    is_signed: bool,
    currency: &'a str,
    value: Money,
    /// The most that its book includes.
    most: Money,
}

/// Deals of which a customer gets a service once, and what they include too much.
struct IncludedAgain<'g, 'a> {
    within: Vec<&'g Included<'a>>,
    value: Money,
    extra: Money,
}

/// Returns the splits of services that a customer gets once. What is included in one currency uses up the same share of
/// what is included in another. What a deal states as included before lowers what the deal itself includes, and can be
/// what other deals here include: it lowers nothing twice.
pub(super) fn services_once<'a, 'b>(deals: &[&JudgedDeal<'a, 'b>]) -> Vec<SplitDeal<'a, 'b>> {
    let mut services: Vec<(&'b Service, &'b PriceBook)> = Vec::new();
    for (asked, judged) in deals.iter().flat_map(|it| it.deal.services.iter().zip(repeat(it))) {
        let book = judged.deal.book;
        let is_mine = |(known, of): &&mut (&Service, &PriceBook)| {
            known.name == asked.service.name && of.currency.code == book.currency.code
        };
        // Of several books that one counts which includes most.
        match services.iter_mut().find(is_mine) {
            Some(known) if known.0.included >= asked.service.included => {}
            Some(known) => *known = (asked.service, book),
            None => services.push((asked.service, book)),
        }
    }
    services.into_iter().flat_map(|(service, book)| service_once(deals, service, book)).collect()
}

/// Returns the splits of deals that include more of a service than a customer gets, in the currency of a book: those
/// that include most too much first, until every deal that is a part of one is in one of them.
fn service_once<'a, 'b>(
    deals: &[&JudgedDeal<'a, 'b>],
    service: &'b Service,
    book: &'b PriceBook,
) -> Vec<SplitDeal<'a, 'b>> {
    let given: Vec<_> = deals.iter().filter_map(|judged| included(judged, service)).collect();
    let sets = match service.included_months {
        Some(months) => within_months(&given, months),
        None => on_one_day(deals, &given, service),
    };
    let again = sets.into_iter().filter_map(|within| IncludedAgain::of(within, service, book));
    let mut again: Vec<_> = again.collect();
    again.sort_by_key(|it| Reverse(it.extra));
    let mut told: Vec<&str> = Vec::new();
    again.retain(|it| {
        let names: Vec<_> = it.within.iter().map(|it| it.deal).collect();
        let is_new = names.iter().any(|name| !told.contains(name));
        told.extend(names);
        is_new
    });
    again.iter().filter_map(|it| it.split(deals, service, book)).collect()
}

/// Returns the deals that are quoted within some months, whatever the days of their contracts: one set from each of
/// them on.
fn within_months<'g, 'a>(given: &'g [Included<'a>], months: u32) -> Vec<Vec<&'g Included<'a>>> {
    let Ok(months) = i32::try_from(months) else { return Vec::new() };
    let mut given: Vec<_> = given.iter().collect();
    given.sort_by_key(|it| it.date);
    let windows = given.iter().enumerate().map(|(at, first)| {
        let end = first.date.plus_months(months);
        given[at..].iter().take_while(|it| it.date < end).copied().collect()
    });
    windows.collect()
}

/// Returns the deals whose contracts are in force on one day. A service that a contract includes once is included once
/// in them, as in one deal. Where more than is included is refused, deals of the same terms are refused as one deal.
fn on_one_day<'g, 'a>(
    deals: &[&JudgedDeal<'a, '_>],
    given: &'g [Included<'a>],
    service: &Service,
) -> Vec<Vec<&'g Included<'a>>> {
    let including = deals.iter().filter(|judged| given.iter().any(|it| it.deal == judged.name));
    let including: Vec<_> = including.copied().collect();
    let mut sets = in_force_together(&including);
    let is_one_deal = |set: &[&JudgedDeal<'_, '_>]| {
        set.iter().all(|judged| set[0].deal.has_same_terms(judged.deal))
    };
    sets.retain(|set| service.beyond == BeyondIncluded::Priced || !is_one_deal(set));
    let of_set = |set: &Vec<&JudgedDeal<'_, '_>>| {
        let mine = |it: &&Included<'_>| set.iter().any(|judged| judged.name == it.deal);
        given.iter().filter(mine).collect()
    };
    sets.iter().map(of_set).collect()
}

impl<'g, 'a> IncludedAgain<'g, 'a> {
    /// Returns `None` for deals that include no more in the currency of a book than a customer gets.
    fn of(within: Vec<&'g Included<'a>>, service: &Service, book: &PriceBook) -> Option<Self> {
        let (mine, minor) = (book.currency.code.as_str(), book.currency.minor);
        let (own, others) =
            within.iter().copied().partition::<Vec<&Included<'_>>, _>(|it| it.currency == mine);
        let elsewhere: Money = others.iter().map(|it| it.used_of(service.included, minor)).sum();
        let most = (service.included - elsewhere).max(Money::ZERO);
        let value: Money = own.iter().map(|it| it.value).sum();
        let is_new = within.iter().any(|it| !it.is_signed);
        (is_new && within.len() > 1 && value > most).then(|| Self {
            within,
            value,
            extra: value - most,
        })
    }

    fn split<'b>(
        &self,
        deals: &[&JudgedDeal<'a, 'b>],
        service: &'b Service,
        book: &'b PriceBook,
    ) -> Option<SplitDeal<'a, 'b>> {
        let Self { within, value, extra } = self;
        let is_mine =
            |judged: &&&JudgedDeal<'a, 'b>| within.iter().any(|it| it.deal == judged.name);
        let mut mine = deals.iter().filter(is_mine).peekable();
        let customer = whose(mine.peek()?);
        let (all, most) = (book.currency.show(*value), book.currency.show(*value - *extra));
        let title = &service.title;
        let once = match service.included_months {
            Some(months) => format!("a customer gets once in {}", counted(months, "month")),
            None => "one contract includes".to_owned(),
        };
        let (subject, apart) = (SplitSubject::Service(service), Total::default());
        let saving = SplitSaving { subject, apart, together: (*extra).into() };
        Some(SplitDeal {
            customer,
            deals: mine.map(|judged| judged.name).collect(),
            crossing: SplitNeed::Pays(saving),
            rule: service.rule.clone(),
            reason: format!("{title}: {all} included, of {most} that {once}"),
            book,
        })
    }
}

/// Returns what a deal includes of a service.
fn included<'a>(judged: &JudgedDeal<'a, '_>, service: &Service) -> Option<Included<'a>> {
    let asked = judged.deal.services.iter().find(|it| it.service.name == service.name)?;
    let pricing = price(judged.deal);
    let priced = pricing.services.iter().find(|it| it.service.name == service.name)?;
    // A free license includes nothing, alone or not.
    let value = Some(priced.included).filter(|included| !included.is_zero())?;
    Some(Included {
        date: judged.deal.date,
        deal: judged.name,
        is_signed: judged.is_signed(),
        currency: &judged.deal.book.currency.code,
        value,
        most: asked.service.included,
    })
}

impl Included<'_> {
    /// Returns the part of what a customer gets in another currency that the value uses up.
    fn used_of(&self, most: Money, minor: u32) -> Money {
        let scaled = |money: Money| money.scaled(SHARE_PLACES);
        let Some((used, all)) = scaled(self.value).zip(scaled(self.most)) else { return most };
        let weights = [used, all.saturating_sub(used)];
        parts_by_weight(most, &weights, minor).next().unwrap_or(most)
    }
}
