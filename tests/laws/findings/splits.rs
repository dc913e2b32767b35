//! Orders that cost less in several parts, held against trying every split.

use super::small;
use crate::findings::splitting::{most_saved, priced_alone, splits, told};
use crate::findings::{day, resolve};
use crate::laws::larger_order::LAST;
use crate::laws::world::world;
use dealdesk::answer::book_check::{Finding, findings};
use dealdesk::book::{Metric, PriceBasis};
use dealdesk::number::Increment;
use dealdesk::price::{Growth, PricingStep, price};
use proptest::prelude::*;

/// The finding is under the shortest term, with the standard prepayment and no program.
fn is_standard(it: &Finding<'_>) -> bool {
    let first = it.quantities.map(|(from, _)| from);
    it.elsewhere.as_ref().is_none_or(|at| Some(at.from) != first)
}

proptest! {
    #![proptest_config(crate::laws::cases(160))]

    /// Each split that is named costs what is said, and none is missing but for the rounding of single orders.
    #[test]
    fn splits_that_cost_less_are_all_found(world in world().prop_map(small)) {
        let books = world.load();
        let found = findings(&[&books], day());
        let book = books.first();
        let is_tried = |it: &&Metric| {
            it.increment() == Increment::UNIT && it.tiers().iter().all(|tier| tier.fee().is_none())
        };
        let last = usize::try_from(LAST).expect("a count") + 40;
        for metric in book.metrics().iter().filter(is_tried) {
            let first = metric.tiers()[0].quantity().from().max(1);
            let code = &book.currency().code;
            let text = format!(
                "currency = \"{code}\"\n[[line]]\nmetric = \"{}\"\nquantity = {first}", metric.name()
            );
            let Some(deal) = resolve(&books, &text) else { continue };
            let all = splits(&found, metric.name());
            let all: Vec<_> = all.into_iter().filter(|it| it.book.currency() == book.currency()).collect();
            let mine: Vec<_> = all.iter().copied().filter(|it| is_standard(it)).collect();
            for it in &mine {
                let alone = |count| priced_alone(&deal, count).expect("an order");
                let worst = it.worst.expect("a worst case");
                let parts: u64 = it.orders.iter().map(|order| alone(*order)).sum();
                prop_assert_eq!(
                    Some(alone(worst.quantity) - parts), worst.extra.scaled(6), "{}", it.message
                );
            }
            let is_by_unit = price(&deal).lines[0].segments[0].list.basis == PriceBasis::Unit;
            if metric.growth() != Growth::Linear || !is_by_unit {
                continue;
            }
            let saved = most_saved(&deal, last);
            let (said, everywhere) = (told(&mine, last), told(&all, last));
            for (count, saved) in saved.iter().enumerate() {
                prop_assert!(*saved == 0 || everywhere[count], "{count}: {saved}\n{}", world.book.toml());
                prop_assert!(*saved > 0 || !said[count], "{count}\n{}", world.book.toml());
            }
        }
    }
}
