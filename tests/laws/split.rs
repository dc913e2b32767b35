//! A deal that is one of several is what it is alone, and several are told where they are more.

use super::world::{load, resolve, world};
use crate::support::DAY;
use dealdesk::answer::pipeline::{
    Check, NamedDeal, SplitDeal, SplitNeed, SplitSaving, SplitSubject, check,
};
use dealdesk::approve::ApprovalOutcome;
use dealdesk::approve::{PricedDeal, Verdict, route};
use dealdesk::book::Books;
use dealdesk::deal::Deal;
use dealdesk::number::Date;
use dealdesk::price::{Measured, price};
use dealdesk::quote::quote;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Checks deals that are known by their numbers.
fn with<'b, T>(deals: &[Deal<'b>], books: &'b Books, look: impl FnOnce(&Check<'_, 'b>) -> T) -> T {
    let named = deals.iter().enumerate();
    let named: Vec<_> = named
        .map(|(at, deal)| NamedDeal { name: at.to_string(), deal: Ok(deal.clone()) })
        .collect();
    look(&check(&named, books.first(), Date::parse(DAY).expect("a date"), None))
}

fn judge(deal: &Deal<'_>) -> Verdict {
    let pricing = price(deal);
    route(&PricedDeal { deal, pricing: &pricing })
}

/// Every rule that asks for something, and every one that refuses. One rule can do both.
fn rules(verdict: &Verdict) -> BTreeSet<(bool, String)> {
    let required = verdict.required.iter().map(|it| (false, it.rule.id.clone()));
    let refused = verdict.violations.iter().map(|it| (true, it.rule.id.clone()));
    required.chain(refused).collect()
}

/// What is told, however the deals are ordered.
fn told(checked: &Check<'_, '_>, number: impl Fn(usize) -> usize) -> BTreeSet<String> {
    let told = |split: &SplitDeal<'_, '_>| {
        let numbers = split.deals.iter().map(|name| number(name.parse().expect("a number")));
        let numbers: BTreeSet<_> = numbers.collect();
        format!("{} {numbers:?}", split.rule.id)
    };
    checked.splits.iter().map(told).collect()
}

/// Seats at 100.00, and a VP for all beyond 10,000.00.
const SEATS: &str = r#"
[book]
name = "Seats"
version = "1"
currency = "USD"
quote_valid = "30 days"
[[approval]]
level = "vp"
title = "VP"
[metric.seat]
title = "Seat"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
places = 2
tiers = [{ quantity = "1+", price = "100.00" }]
[[guardrail]]
name = "large"
measure = "tcv"
above = "10000.00"
approval = "vp"
reason = "Large"
"#;

proptest! {
    #![proptest_config(super::cases(150))]

    /// Its figures, its level and its notices are those of its quote, whoever is checked beside it.
    #[test]
    fn a_deal_in_a_check_is_its_quote(world in world(), others in 0..4_usize) {
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let alone = quote(&deal);
        let deals = vec![deal.clone(); others + 1];
        with(&deals, &books, |checked| {
            for judged in checked.judged() {
                let level = match judged.standing() {
                    ApprovalOutcome::Needs(level) => Some(level),
                    ApprovalOutcome::Refused => None,
                };
                let expected = (!alone.verdict.is_refused()).then(|| alone.verdict.level());
                prop_assert_eq!(level, expected);
                prop_assert_eq!(judged.totals, alone.pricing.totals);
                // A check adds what a salesperson knows, and what concerns several deals.
                let added = ["deals-split", "customer-not-named", "review-open"];
                let own = judged.notices.iter().filter(|it| !added.contains(&it.kind.code));
                prop_assert!(own.eq(&alone.notices));
            }
            Ok(())
        })?;
    }

    /// Lines beside each other cost what they cost in deals of their own.
    #[test]
    fn deals_that_are_joined_cost_what_they_cost(world in world(), others in 1..4_usize) {
        let books = world.load();
        let Some(mut deal) = world.resolve(&books) else { return Ok(()) };
        // A service that is there once includes less than one that is there twice.
        if !world.deal.services.is_empty() {
            let text = super::model::Deal { services: Vec::new(), ..world.deal.clone() };
            deal = resolve(&text.toml(&world.book), &books).expect("the same without services");
        }
        let Some(joined) = Deal::joined(&vec![&deal; others + 1]) else { return Ok(()) };
        let one = price(&deal).totals.tcv;
        let sum = (0..=others).map(|_| one).sum();
        prop_assert_eq!(price(&joined).totals.tcv, sum);
        prop_assert!(deal.has_same_terms(&deal) && deal.has_same_terms(&joined) && joined.has_same_terms(&deal));
    }

    /// What is told of several asks for something of all of them as one, and of none alone. One deal
    /// has nothing to be told of, and neither have deals of nobody.
    #[test]
    fn what_is_told_is_asked_of_none_alone(
        mut world in world(),
        others in 0..4_usize,
        named in proptest::bool::weighted(0.8),
    ) {
        world.deal.customer = named.then(|| "Acme".to_owned());
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let deals = vec![deal.clone(); others + 1];
        let alone = rules(&judge(&deal));
        let together: Vec<_> = Deal::joined(&deals.iter().collect::<Vec<_>>())
            .into_iter()
            .flat_map(|deal| [deal.with_lines_joined(), Some(deal)])
            .flatten()
            .collect();
        with(&deals, &books, |checked| {
            prop_assert!(checked.splits.is_empty() || (others > 0 && named));
            for split in &checked.splits {
                // A service that each of them includes is asked for by nobody.
                let is_service = |it: &SplitSaving<'_>| matches!(it.subject, SplitSubject::Service(_));
                if matches!(&split.crossing, SplitNeed::Pays(saving) if is_service(saving)) {
                    continue;
                }
                let rule = (split.crossing == SplitNeed::Refused, split.rule.id.clone());
                prop_assert!(!alone.contains(&rule), "{}", split.rule.id);
                let is_asked = together.iter().any(|it| rules(&judge(it)).contains(&rule));
                prop_assert!(is_asked || together.is_empty(), "{}", split.rule.id);
            }
            Ok(())
        })?;
    }

    /// Any deal under any book: where what it comes to is the limit, it is under it, and two of it are
    /// above it.
    #[test]
    fn two_of_any_deal_are_above_the_limit_of_one(mut world in world(), others in 1..3_usize) {
        world.deal.customer = Some("Acme".to_owned());
        // The limit is written in one currency.
        if !world.book.currencies.others.is_empty() {
            return Ok(());
        }
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let tcv = Measured::committed(&deal, &price(&deal)).customer.tcv;
        // An amount of a book has fewer digits than a sum may have.
        let fits = tcv.decimals() <= 6 && tcv.is_within(999_999_999_999);
        if tcv.is_zero() || tcv.is_negative() || !fits {
            return Ok(());
        }
        let limit = format!(
            "\n[[guardrail]]\nname = \"limit\"\nmeasure = \"tcv\"\nabove = \"{}\"\nrefuse = true\nreason = \"Much\"\n",
            tcv.at_least(0)
        );
        let books = load(&(world.book.toml() + &limit));
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        prop_assert!(!rules(&judge(&deal)).contains(&(true, "guardrail.limit".to_owned())));
        // Written with one line of each metric, it can cost more.
        if deal.with_lines_joined().is_some_and(|it| Measured::committed(&it, &price(&it)).customer.tcv > tcv) {
            return Ok(());
        }
        with(&vec![deal; others + 1], &books, |checked| {
            let mine = checked.splits.iter().filter(|it| it.rule.id == "guardrail.limit");
            let counts: Vec<_> = mine.map(|split| split.deals.len()).collect();
            prop_assert_eq!(counts, [others + 1]);
            Ok(())
        })?;
    }

    /// Seats of one customer and a rule on money: what is told is that those which stay under it are
    /// above it together, and nothing else, in whatever order they come.
    #[test]
    fn a_rule_on_money_is_told_of_those_who_cross_it(
        quantities in proptest::collection::vec(1..=130_u32, 0..7),
        years in proptest::collection::vec(1..=2_u32, 7),
    ) {
        let books = load(SEATS);
        let deal = |quantity: u32, years: u32| {
            let text = format!(
                "customer = \"Acme\"\nterm_years = {years}\n[[line]]\nmetric = \"seat\"\nquantity = {quantity}\n"
            );
            resolve(&text, &books).expect("a deal")
        };
        let wished: Vec<_> = quantities.iter().copied().zip(years).enumerate().collect();
        let deals: Vec<_> = wished.iter().map(|(_, (seats, years))| deal(*seats, *years)).collect();
        let seats = |of: Option<u32>| {
            let mine = wished.iter().filter(|(_, (seats, years))| {
                seats * years <= 100 && of.is_none_or(|of| of == *years)
            });
            mine.map(|(at, (seats, years))| (*at, seats * years)).collect::<Vec<_>>()
        };
        let crossed = |seats: &[(usize, u32)]| {
            (seats.len() > 1 && seats.iter().map(|(_, q)| q).sum::<u32>() > 100).then(|| {
                let numbers: BTreeSet<_> = seats.iter().map(|(at, _)| *at).collect();
                format!("guardrail.large {numbers:?}")
            })
        };
        // Of those with the same terms, or else of all of them.
        let mut expected: BTreeSet<_> =
            [Some(1), Some(2)].into_iter().filter_map(|years| crossed(&seats(years))).collect();
        if expected.is_empty() {
            expected.extend(crossed(&seats(None)));
        }
        let found = with(&deals, &books, |checked| told(checked, |at| at));
        prop_assert_eq!(&found, &expected);
        let last = deals.len().saturating_sub(1);
        let backwards: Vec<_> = deals.iter().rev().cloned().collect();
        let found = with(&backwards, &books, |checked| told(checked, |at| last - at));
        prop_assert_eq!(&found, &expected);
    }
}
