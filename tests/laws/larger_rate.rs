//! Asking for more.

use super::model::{Measure, Rate, Style};
use super::world::{World, world};
use dealdesk::quote::quote;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A world in which no rule on a whole quote looks at its size: a larger discount makes a contract
/// smaller, and a smaller contract may rightly need less.
fn without_size_rules(mut world: World) -> World {
    let by_size = |measure| matches!(measure, Measure::Acv(_) | Measure::Tcv(_));
    world
        .book
        .guardrails
        .retain(|guardrail| !by_size(guardrail.measure) && !guardrail.also.is_some_and(by_size));
    world
}

/// The world in which one claim asks for so much more. Not where it asked for nothing and excludes
/// every other discount: from there a deal can become dearer.
fn asking_more(world: &World, claim: usize, more: u32) -> Option<World> {
    let mut asking = world.clone();
    let claims = asking.deal.claims.len();
    let claim = &mut asking.deal.claims[claim % claims];
    let program = &world.book.discounts[claim.program.0].programs()[claim.program.1];
    let nothing = Rate { millionths: 0, style: Style::Quoted };
    let given = if program.fixed { program.max_rate } else { nothing };
    let rate = claim.rate.unwrap_or(given);
    // A claim that begins can end a violation: an agreed price then has its program.
    let agreed =
        || world.deal.lines.iter().flat_map(|line| &line.years).any(|it| it.unit_price.is_some());
    if rate.millionths == 0 && (program.exclusive || agreed()) {
        return None;
    }
    claim.rate = Some(Rate { millionths: (rate.millionths + more).min(1_000_000), ..rate });
    Some(asking)
}

impl World {
    /// Every claim that names a rate asks for all that its program grants.
    fn ask_for_the_most(&mut self) {
        for claim in self.deal.claims.iter_mut().filter(|claim| claim.rate.is_some()) {
            let programs = self.book.discounts[claim.program.0].programs();
            claim.rate = claim.rate.map(|_| programs[claim.program.1].max_rate);
        }
    }
}

proptest! {
    #![proptest_config(super::cases(300))]

    /// A larger strategic rate never costs more, never needs a lower level, and never makes a
    /// violation disappear.
    #[test]
    fn a_larger_rate_asks_for_no_less(
        world in world().prop_map(without_size_rules),
        claim in 0..4_usize,
        from_the_most in any::<bool>(),
        more in prop_oneof![(1..=50_u32).prop_map(|percent| percent * 10_000), 1..=1_000_000_u32],
    ) {
        if world.deal.claims.is_empty() {
            return Ok(());
        }
        let mut world = world;
        if from_the_most {
            world.ask_for_the_most();
        }
        let Some(asking) = asking_more(&world, claim, more) else { return Ok(()) };
        let book = world.load();
        let (Some(less), Some(more)) = (world.resolve(&book), asking.resolve(&book)) else {
            return Ok(());
        };
        let (less, more) = (quote(&less), quote(&more));
        prop_assert!(more.pricing.totals.tcv <= less.pricing.totals.tcv);
        for (less, more) in less.pricing.lines.iter().zip(&more.pricing.lines) {
            for (less, more) in less.segments.iter().zip(&more.segments) {
                prop_assert!(more.tcv() <= less.tcv());
            }
        }
        prop_assert!(more.verdict.level() >= less.verdict.level());
        let rules = |quote: &dealdesk::quote::Quote<'_, '_>| -> BTreeSet<String> {
            quote.verdict.violations.iter().map(|violation| violation.rule.id.clone()).collect()
        };
        prop_assert!(rules(&more).is_superset(&rules(&less)));
    }
}
