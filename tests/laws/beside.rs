//! A free line, an estimate or a partner beside a deal never makes it easier to approve.

use super::channel::{partner, percent_channel};
use super::world::{World, load, resolve, world};
use dealdesk::approve::{PricedDeal, route};
use dealdesk::deal::Deal;
use dealdesk::price::price;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The place of the outcome among those of the book, and the lines of the book that ask or refuse.
fn judged(deal: &Deal<'_>) -> (usize, BTreeSet<(bool, String)>) {
    let pricing = price(deal);
    let verdict = route(&PricedDeal { deal, pricing: &pricing });
    let required = verdict.required.iter().map(|it| (false, it.rule.source.to_string()));
    let refused = verdict.violations.iter().map(|it| (true, it.rule.source.to_string()));
    (verdict.outcome().place(deal.book()), required.chain(refused).collect())
}

/// Whether a deal with something beside it needs at least as much as the deal. Each line of the book that asks or
/// refuses does so in both.
fn never_easier(alone: &Deal<'_>, beside: &Deal<'_>, text: &str) -> Result<(), TestCaseError> {
    let ((alone, asking), (beside, all)) = (judged(alone), judged(beside));
    prop_assert!(alone <= beside, "{alone} > {beside}\n{text}");
    let lost: Vec<_> = asking.difference(&all).collect();
    prop_assert!(lost.is_empty(), "{lost:?}\n{text}");
    Ok(())
}

/// A metric that costs nothing, and one for use by the hour that nobody commits to.
fn metrics(world: &World) -> String {
    let currencies = &world.book.currencies;
    let is_one = currencies.others.is_empty();
    let main = currencies.main;
    let only = if is_one { String::new() } else { format!("currencies = [\"{main}\"]\n") };
    let amount = |price: u32| {
        if is_one { format!("\"{price}\"") } else { format!("{{ {main} = \"{price}\" }}") }
    };
    let metric = |name: &str, per: &str, price: u32| {
        format!(
            "\n[metric.{name}]\ntitle = \"{name}\"\nunit = \"u\"\nunits = \"us\"\n{per}mode = \"volume\"\n\
             places = 0\n{only}tiers = [{{ quantity = \"1+\", price = {} }}]\n",
            amount(price)
        )
    };
    metric("zz-free", "per = \"year\"\n", 0)
        + &metric("zz-use", "per = \"hour\"\nhours_per_month = 730\n", 3)
}

proptest! {
    #![proptest_config(super::cases(200))]

    #[test]
    fn a_free_line_or_an_estimate_never_makes_a_deal_easier(
        world in world(),
        metric in prop::sample::select(&["zz-free", "zz-use"][..]),
        quantity in 1..2_000_u32,
    ) {
        let books = load(&(world.book.toml() + &metrics(&world)));
        let text = world.deal.toml(&world.book);
        let more = format!("{text}\n[[line]]\nmetric = \"{metric}\"\nquantity = {quantity}\n");
        let (Ok(alone), Ok(beside)) = (resolve(&text, &books), resolve(&more, &books)) else {
            return Ok(());
        };
        never_easier(&alone, &beside, &more)?;
    }

    /// Lines of a metric that stands in no other line of the deal, and that are free at list or only expected.
    #[test]
    fn a_free_or_expected_line_of_the_book_never_makes_a_deal_easier(world in world()) {
        let books = world.load();
        let mut more = world.deal.clone();
        for line in &mut more.lines {
            line.committed = None;
        }
        let is_extra = |metric: usize| {
            let metric = &world.book.metrics[metric];
            let is_free = metric.fee.is_none() && metric.minimum.is_none() && metric.tiers.iter().all(|tier| {
                tier.flat.is_none() && tier.fee.is_none() && tier.price.is_none_or(|it| it.micros == 0)
            });
            is_free || metric.per.is_metered()
        };
        let mut alone = more.clone();
        alone.lines.retain(|line| !is_extra(line.metric));
        if alone.lines.is_empty() || alone.lines.len() == more.lines.len() {
            return Ok(());
        }
        let (alone, more) = (World { deal: alone, ..world.clone() }, World { deal: more, ..world.clone() });
        let (Some(alone), Some(beside)) = (alone.resolve(&books), more.resolve(&books)) else {
            return Ok(());
        };
        never_easier(&alone, &beside, &more.deal.toml(&more.book))?;
    }

    #[test]
    fn a_partner_never_makes_a_deal_easier(world in world(), partner in partner()) {
        let (of_book, of_deal) = percent_channel(partner);
        let books = load(&(world.book.toml() + &of_book));
        let text = world.deal.toml(&world.book);
        let more = text.clone() + &of_deal;
        let (Ok(alone), Ok(beside)) = (resolve(&text, &books), resolve(&more, &books)) else {
            return Ok(());
        };
        never_easier(&alone, &beside, &more)?;
    }
}
