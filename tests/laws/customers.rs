//! A deal beside others of its customer is priced as a line among lines.

use super::world::world;
use dealdesk::deal::{CustomerLines, Deal};
use dealdesk::number::Money;
use dealdesk::price::price;
use proptest::prelude::*;

fn lines_tcv(deal: &Deal<'_>) -> Money {
    price(deal).lines.iter().map(|line| line.tcv).sum()
}

proptest! {
    #![proptest_config(super::cases(200))]

    /// Beside nobody, a deal costs what it costs.
    #[test]
    fn a_deal_beside_nobody_is_itself(world in world()) {
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let beside = CustomerLines::of(&[&deal]).beside(&deal, 0).expect("the deal");
        prop_assert_eq!(lines_tcv(&beside), lines_tcv(&deal));
    }

    /// Deals of the same terms and days cost beside each other what they cost as one deal, to the coin.
    #[test]
    fn deals_beside_each_other_cost_what_one_does(world in world(), others in 1..4_usize) {
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let deals = vec![&deal; others + 1];
        let lines = CustomerLines::of(&deals);
        let beside: Option<Vec<_>> = (0..deals.len()).map(|at| lines.beside(&deal, at)).collect();
        let (Some(beside), Some(one)) = (beside, Deal::joined(&deals)) else { return Ok(()) };
        let together: Money = beside.iter().map(lines_tcv).sum();
        prop_assert_eq!(together, lines_tcv(&one));
    }

    /// The order in which the other deals are given changes nothing.
    #[test]
    fn the_order_of_the_others_does_not_matter(one in world(), quantities in proptest::collection::vec(1..900_u64, 2..4)) {
        let books = one.load();
        let Some(deal) = one.resolve(&books) else { return Ok(()) };
        let other = |units: &u64| {
            let quantity = dealdesk::number::Quantity::whole(*units)?;
            deal.with_quantity(0, 0, quantity)
        };
        let mut others: Vec<_> = quantities.iter().filter_map(other).collect();
        others.insert(0, deal.clone());
        let priced = |deals: &[Deal<'_>], at: usize| {
            let all: Vec<_> = deals.iter().collect();
            CustomerLines::of(&all).beside(&deals[at], at).map(|deal| lines_tcv(&deal))
        };
        let forwards = priced(&others, 0);
        others.reverse();
        prop_assert_eq!(priced(&others, others.len() - 1), forwards);
    }
}
