//! What is proved of a book, held against trying.

mod gives;

use super::larger_order::{LAST, small};
use super::world::world;
use crate::findings::{day, proved, resolve, total, tried};
use dealdesk::book::Per;
use dealdesk::findings::findings;
use dealdesk::value::Quantity;
use proptest::prelude::*;

proptest! {
    #![proptest_config(super::cases(120))]

    /// Larger orders that cost less are found at every quantity, and nowhere else.
    #[test]
    fn larger_orders_that_cost_less_are_all_found(world in world().prop_map(small)) {
        let books = world.load();
        let found = findings(&[&books], day());
        let book = books.first();
        let part = Quantity::parse("1.5").expect("a quantity");
        let is_tried = |it: &&dealdesk::book::Metric| {
            // Of what is sold in parts the next larger order is no next whole number.
            it.sold_as(part) != Some(part) &&
            // What is sold at a fee is no matter of quantity, and nobody orders use.
            !matches!(it.per(), Per::Hour { .. }) && it.tiers().iter().all(|tier| tier.fee().is_none())
        };
        for metric in book.metrics().iter().filter(is_tried) {
            let first = metric.tiers()[0].quantity().from().max(1);
            let code = &book.currency().code;
            let text = format!(
                "currency = \"{code}\"\n[[line]]\nmetric = \"{}\"\nquantity = {first}", metric.name()
            );
            let Some(deal) = resolve(&books, &text) else { continue };
            // Odd rates can need more digits for one quantity than for a larger one, which is then
            // priced and it is not. What no quote can say is no finding.
            let is_priced: Vec<_> = (first..LAST + 12).map(|it| total(&deal, it).is_some()).collect();
            if is_priced.windows(2).any(|it| it == [false, true]) {
                continue;
            }
            let mine: Vec<_> = found
                .iter()
                .filter(|it| it.book.currency() == book.currency())
                // At the shortest term, with the standard prepayment.
                .filter(|it| it.elsewhere.is_none_or(|at| Some(at.from) != it.quantities.map(|it| it.0)))
                .cloned()
                .collect();
            prop_assert_eq!(proved(&mine, metric.name()), tried(&deal, LAST + 12), "{}\n{}", metric.name(), world.book.toml());
        }
    }
}
