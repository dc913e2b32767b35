//! Use that nobody commits to changes no guardrail, and a commitment is no more than the deal as it stands.

use super::counting::seen;
use super::world::{World, world};
use dealdesk::deal::Deal;
use dealdesk::price::{Measured, MeasuredMoney, price};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The guardrails that a deal meets.
fn measured(deal: &Deal<'_>) -> BTreeSet<(bool, String)> {
    let mut found = seen(deal).1;
    found.retain(|(_, rule)| rule.starts_with("guardrail."));
    found
}

proptest! {
    #![proptest_config(super::cases(600))]

    /// A deal meets the guardrails that it meets without its lines by use that nobody commits to.
    #[test]
    fn an_estimate_changes_no_guardrail(world in world()) {
        let books = world.load();
        let metrics = &world.book.metrics;
        let is_estimate = |metric: usize| metrics[metric].per.is_metered();
        let mut deal = world.deal.clone();
        for line in &mut deal.lines {
            line.committed = None;
        }
        let mut certain = deal.clone();
        certain.lines.retain(|line| !is_estimate(line.metric));
        if certain.lines.is_empty() || certain.lines.len() == deal.lines.len() {
            return Ok(());
        }
        let (all, certain) = (World { deal, ..world.clone() }, World { deal: certain, ..world.clone() });
        let (Some(all), Some(certain)) = (all.resolve(&books), certain.resolve(&books)) else {
            return Ok(());
        };
        prop_assert_eq!(all.lines().len() > certain.lines().len(), true);
        prop_assert_eq!(measured(&all), measured(&certain), "{}", world.deal.toml(&world.book));
    }

    /// No figure of what is committed is more than that of the deal as it stands, for the deal and for each line.
    #[test]
    fn a_commitment_is_no_more_than_the_deal(world in world()) {
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let pricing = price(&deal);
        let (certain, stands) = (Measured::committed(&deal, &pricing), Measured::of(&deal, &pricing));
        let figures = |it: &MeasuredMoney| [it.net, it.tcv, it.acv, it.largest_year];
        for (certain, stands) in figures(&certain.customer).into_iter().zip(figures(&stands.customer)) {
            prop_assert!(certain <= stands, "{}", world.deal.toml(&world.book));
        }
        for (certain, stands) in certain.customer.lines.iter().zip(&stands.customer.lines) {
            prop_assert!(certain.net <= stands.net, "{}", world.deal.toml(&world.book));
        }
    }
}
